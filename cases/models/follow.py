"""Volgen, nazorg and afronden: what happened after, who asks how it goes, and how a journey is rounded off (R11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet


class FollowEvent(CasePart):
    """Something that moved, up or down; each entry says which way, and none of them is a mark (R11.1, R11.2)."""

    class Kind(models.TextChoices):
        STEP = "stap", "Een stap in de ontwikkeling"
        MEANWHILE = "ondertussen", "Tijd van ondertussen"
        ENROLLED = "ingeschreven", "Ingeschreven op een school"
        ATTENDS = "gaat", "Gaat naar de school of de plek"
        RESTART = "herstart", "Opnieuw begonnen"
        RELAPSE = "thuis", "Weer thuis"
        NEW_EXEMPTION = "vrijstelling", "Nieuwe vrijstelling"
        LONGER_EXEMPTION = "verlengd", "Vrijstelling verlengd"
        NO_EXEMPTION = "vervallen", "Vrijstelling vervallen"
        TLV = "tlv", "Toelaatbaarheidsverklaring (TLV)"
        OPP = "opp", "Ontwikkelingsperspectief (OPP)"
        ELSEWHERE = "variawet", "Onderwijs op een andere locatie (Variawet)"
        OZA = "oza", "Onderwijs-zorgarrangement"
        CARE_STARTS = "zorg_start", "Zorg gestart"
        CARE_ENDS = "zorg_stop", "Zorg gestopt"
        MOVED = "verhuisd", "Verhuisd"

    class Movement(models.TextChoices):
        UP = "vooruit", "Vooruit"
        LEVEL = "gelijk", "Even gelijk"
        DOWN = "terug", "Een stapje terug"

    WITH_PLACE = (Kind.ENROLLED, Kind.ELSEWHERE, Kind.MOVED)

    kind = models.CharField("wat", max_length=12, choices=Kind)
    happened_on = models.DateField("datum", default=timezone.localdate)
    movement = models.CharField("beweging", max_length=8, choices=Movement, default=Movement.LEVEL)
    place = models.CharField("school, plek of gemeente", max_length=80, blank=True)
    is_partial = models.BooleanField("voor een deel van de week", default=False)
    note = models.TextField("wat zie je gebeuren?", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["case", "-happened_on", "-id"], name="follow_event_by_case")]


class FollowUpQuerySet(PartQuerySet):
    def open(self):
        return self.filter(outcome="")


class FollowUp(CasePart):
    """A moment on which somebody asks how it goes; it follows from an event, or somebody planned it."""

    class Kind(models.TextChoices):
        AFTERCARE = "nazorg", "Vraag hoe het gaat"
        HANDOVER = "overdracht", "Draag warm over"
        RESTART = "herstart", "Kijk samen wat nu nodig is"

    class Outcome(models.TextChoices):
        WELL = "goed", "Het gaat goed"
        SUPPORT = "steun", "Er is steun nodig"
        HOME = "thuis", "Weer thuis"
        ARRANGED = "geregeld", "Geregeld"
        NOT_NEEDED = "vervallen", "Niet meer nodig"

    kind = models.CharField("wat", max_length=10, choices=Kind)
    due_on = models.DateField("uiterlijk")
    outcome = models.CharField("hoe gaat het?", max_length=10, choices=Outcome, blank=True)
    note = models.TextField("toelichting", max_length=500, blank=True)
    done_on = models.DateField("gesproken op", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "nazorgmoment"
        verbose_name_plural = "nazorgmomenten"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_done_by_somebody",
                condition=Q(outcome="", done_on=None, done_by=None)
                | (~Q(outcome="") & Q(done_on__isnull=False, done_by__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], name="follow_up_by_case"),
            models.Index(fields=["due_on"], condition=Q(outcome=""), name="follow_up_open"),
        ]


class ClosingQuerySet(PartQuerySet):
    def due_for_removal(self, today):
        """Kept as long as was said, and nothing happens by itself: somebody is asked to decide."""
        return self.filter(case__closed_on__isnull=False, remove_on__lte=today)


class Closing(CasePart):
    """Who keeps contact afterwards, why it was rounded off before everything was there, and until when all is kept."""

    keeper = models.CharField("wie blijft contact houden?", max_length=200, blank=True)
    exception = models.CharField("waarom toch afronden?", max_length=300, blank=True)
    remove_on = models.DateField("bewaren tot", null=True, blank=True)
    hold_reason = models.CharField("waarom langer bewaren?", max_length=200, blank=True)
    # Written by the daily round only: from then on somebody is asked to decide (access.propose_removals).
    proposed_on = models.DateField("wissen voorgesteld op", null=True, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = "afronding"
        verbose_name_plural = "afrondingen"
        constraints = [models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="closing_one_per_case")]
        indexes = [models.Index(fields=["remove_on"], name="closing_remove_on")]
