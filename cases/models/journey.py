"""De Reis van de Jeugdige: the story as a map, in the youth's own words and those of the people around (R5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases import conflict
from cases.models.case import WORK, CasePart, JourneyPartQuerySet, reach
from cases.models.log import KEPT


class Journey(CasePart):
    """One Reis per case. The youth's words and those of professionals are separate fields (R5.5)."""

    class Present(models.TextChoices):
        NOT = "niet", "Nog niet"
        PARTLY = "deels", "Voor een deel"
        FULLY = "helemaal", "Helemaal"

    class Seen(models.TextChoices):
        YES = "ja", "Ja"
        NOT_YET = "nog_niet", "Nog niet"

    class Distance(models.IntegerChoices):
        """Afstand tot onderwijs: no official scale exists; this one is a proposal (R5.4)."""

        NONE = 1, "Nog geen activiteit"
        ELSEWHERE = 2, "Ontwikkeling thuis of elders"
        CARE = 3, "Dagbesteding of zorg met leren"
        CONTACT = 4, "Contact met school"
        PARTLY = 5, "Gedeeltelijk onderwijs"
        ENROLLED = 6, "Ingeschreven en volgend"

    # In the youth's own words; who wrote it down, and when, stands beside it.
    wensdroom = models.TextField("wensdroom, in eigen woorden", max_length=2000, blank=True)
    wensdroom_short = models.CharField("wensdroom in een paar woorden", max_length=60, blank=True)
    wensdroom_on = models.DateField("gezegd op", null=True, blank=True)
    wensdroom_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    wensdroom_parents = models.TextField("wensdroom van de ouders", max_length=2000, blank=True)

    departure = models.TextField("vertrekpunt", max_length=4000, blank=True)
    departure_on = models.DateField("begonnen op", null=True, blank=True)
    luggage = models.TextField("bagage: wat gaat al goed?", max_length=4000, blank=True)
    worked_content = models.TextField("wat werkte: inhoud", max_length=4000, blank=True)
    worked_process = models.TextField("wat werkte: proces", max_length=4000, blank=True)
    worked_attitude = models.TextField("wat werkte: houding en gedrag", max_length=4000, blank=True)

    # The items DUS-I asks for before a Reis counts as complete (R5.3).
    cooperation = models.TextField("samenwerking tussen partijen", max_length=4000, blank=True)
    plan = models.TextField("plan voor ontwikkeling", max_length=4000, blank=True)
    # What every plan is held against (R5.2): autonomy, competence, belonging, the world of the family, and safety.
    plan_autonomy = models.BooleanField("de jongere kiest mee", default=False, db_default=False)
    plan_competence = models.BooleanField("de jongere kan laten zien wat al lukt", default=False, db_default=False)
    plan_belonging = models.BooleanField("de jongere hoort erbij", default=False, db_default=False)
    plan_fits_family = models.BooleanField("het past bij het gezin", default=False, db_default=False)
    plan_is_safe = models.BooleanField("het is veilig", default=False, db_default=False)
    means_needed = models.TextField("middelen en mogelijkheden: wat is nodig?", max_length=4000, blank=True)
    means_present = models.CharField("in hoeverre aanwezig?", max_length=10, choices=Present, blank=True)
    means_note = models.TextField("toelichting op wat er is", max_length=4000, blank=True)
    distance_start = models.PositiveSmallIntegerField(
        "afstand tot onderwijs bij de start", choices=Distance, null=True, blank=True
    )
    distance_start_reason = models.TextField("toelichting bij de start", max_length=2000, blank=True)
    distance_now = models.PositiveSmallIntegerField("afstand tot onderwijs nu", choices=Distance, null=True, blank=True)
    distance_now_reason = models.TextField("toelichting nu", max_length=2000, blank=True)
    # Being enrolled is not the only success: each is a yes or no, a day, and what shows it (R5.4).
    development_seen = models.CharField(
        "ontwikkeling die er al is, erkend", max_length=8, choices=Seen, blank=True, default="", db_default=""
    )
    development_on = models.DateField("erkend op", null=True, blank=True)
    development_evidence = models.TextField(
        "waaraan is de ontwikkeling te zien?", max_length=2000, blank=True, default="", db_default=""
    )
    movement_seen = models.CharField(
        "nieuwe beweging", max_length=8, choices=Seen, blank=True, default="", db_default=""
    )
    movement_on = models.DateField("beweging gezien op", null=True, blank=True)
    movement_evidence = models.TextField(
        "waaraan is de beweging te zien?", max_length=2000, blank=True, default="", db_default=""
    )
    look_back = models.TextField("terugblik", max_length=4000, blank=True)
    effect = models.TextField(
        "wat heeft het de jongere gebracht?", max_length=4000, blank=True, default="", db_default=""
    )
    lessons = models.TextField(
        "wat kunnen anderen ervan leren?", max_length=4000, blank=True, default="", db_default=""
    )
    aftercare = models.TextField("hoe blijft het goed gaan?", max_length=4000, blank=True, default="", db_default="")

    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = JourneyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "reis"
        verbose_name_plural = "reizen"
        constraints = [models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="journey_one_per_case")]

    def fingerprint(self, fields):
        """Tells what in a chapter changed since somebody opened it, so that writing in another one does no harm."""
        return conflict.fingerprint(self, fields)


class YouthWords(CasePart):
    """What the youth said and when, kept for good: a trigger adds a row whenever the wensdroom in the Reis changes.

    R5.5: own words are never overwritten. The web role may read here and nothing else.
    """

    text = models.TextField("eigen woorden", max_length=2000)
    said_on = models.DateField("gezegd op", null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = JourneyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "uitspraak van de jongere"
        verbose_name_plural = "uitspraken van de jongere"
        ordering = ["-id"]


class StopQuerySet(JourneyPartQuerySet):
    def visible_to(self, user):
        return super().visible_to(user).filter(deleted_at=None)

    def editable_by(self, user):
        return super().editable_by(user).filter(deleted_at=None)

    def removed_for(self, user):
        """What somebody who works on the case may still put back, whoever took it away."""
        return self.narrowed(reach(user, right=WORK), Q(deleted_at__gt=timezone.now() - KEPT))

    def with_removed(self, user):
        """Every halte, also those out of sight: they keep their place in the order."""
        return super().editable_by(user)


class Stop(CasePart):
    """A halte on the road, with the hobbel before it and the olifantenpaadje around that."""

    class State(models.TextChoices):
        MADE = "gemaakt", "Gemaakt"
        NOW = "nu", "Hier zijn we nu"
        PLANNED = "gepland", "Gepland"
        IDEA = "idee", "Idee"

    MOST_SPARKS = 99

    position = models.PositiveSmallIntegerField("volgorde")
    title = models.CharField("naam van de halte", max_length=80)
    note = models.TextField("wat gebeurde er?", max_length=2000, blank=True)
    place = models.CharField("datum of plek, kort", max_length=40, blank=True)
    happened_on = models.DateField("datum", null=True, blank=True)
    state = models.CharField("stand", max_length=8, choices=State, default=State.PLANNED)
    hobble = models.CharField("hobbel op weg hierheen", max_length=80, blank=True)
    detour = models.CharField("olifantenpaadje eromheen", max_length=80, blank=True)
    is_rest = models.BooleanField("rustpunt", default=False)
    is_look_back = models.BooleanField("terugblik op deze plek", default=False)
    sparks = models.PositiveSmallIntegerField("lichtjes", default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = "halte"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "swv", "gemeente", "position"],
                name="stop_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["case", "swv", "gemeente"], condition=Q(state="nu", deleted_at=None), name="stop_one_now"
            ),
            # What the composite foreign keys of a reflectie and of an earlier text refer to.
            models.UniqueConstraint(fields=["id", "case"], name="stop_of_case"),
            models.CheckConstraint(
                name="stop_detour_needs_hobble",
                condition=Q(detour="") | ~Q(hobble=""),
                violation_error_message="Een olifantenpaadje loopt om een hobbel heen. Schrijf eerst de hobbel op.",
            ),
        ]

    def __str__(self):
        return self.title
