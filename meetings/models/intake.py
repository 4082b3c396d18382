"""Aanmelding voor de WEL-tafel: the steps that come first (R6.1), the checklist, and the visit at home (R6.6, R6.7)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet
from meetings.rules.checklist import GROUPS, ITEMS
from meetings.rules.intake import STEPS


def person(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **{"editable": False, **options}
    )


class Versioned(models.Model):
    """Beside CasePart: a part that is saved as a whole, and says by whom and when it was last."""

    updated_by = person()
    updated_at = models.DateTimeField("aangepast op", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


def of_step(name):
    """(not yet, done) of a step: it took place with a result, or it is skipped with a reason."""
    none, no_result, no_skip = (
        {f"{name}_{rest}": value} for rest, value in (("on", None), ("result", ""), ("skip", ""))
    )
    held = Q(**{f"{name}_on__isnull": False}, **no_skip) & ~Q(**no_result)
    skipped = Q(**none, **no_result) & ~Q(**no_skip)
    return Q(**none, **no_result, **no_skip), held | skipped


NO_MDO, MDO_DONE = of_step("mdo")
NO_SWV, SWV_DONE = of_step("swv_step")
NO_CONTACT = Q(contact_on=None, contact_with=None, contact_channel="", contact_agreed="")
CONTACT_DONE = Q(contact_on__isnull=False, contact_with__isnull=False) & ~Q(contact_channel="") & ~Q(contact_agreed="")


class Intake(Versioned, CasePart):
    """One way to the table, step by step, in an order that the database keeps. What the coördinator accepted stays."""

    class Channel(models.TextChoices):
        PHONE = "telefoon", "Telefoon"
        VIDEO = "beeldbellen", "Beeldbellen"
        TALK = "gesprek", "Gesprek bij elkaar"
        MAIL = "mail", "Mail"

    mdo_on = models.DateField("MDO op school op", null=True, blank=True)
    mdo_result = models.TextField("uitkomst van het MDO", max_length=1000, blank=True)
    mdo_skip = models.CharField("MDO niet van toepassing", max_length=200, blank=True)
    swv_step_on = models.DateField("inzet van het SWV op", null=True, blank=True)
    swv_step_result = models.TextField("uitkomst van de inzet van het SWV", max_length=1000, blank=True)
    swv_step_skip = models.CharField("inzet van het SWV niet van toepassing", max_length=200, blank=True)
    contact_on = models.DateField("contact met de coördinator op", null=True, blank=True)
    contact_with = person(null=True, blank=True, editable=True, verbose_name="coördinator")
    contact_channel = models.CharField("hoe", max_length=12, choices=Channel, blank=True)
    contact_agreed = models.TextField("wat is afgesproken", max_length=1000, blank=True)
    entered_at = models.DateTimeField("aangemeld op", null=True, editable=False)
    entered_by = person(null=True, verbose_name="aangemeld door")
    accepted_at = models.DateTimeField("aangenomen op", null=True, editable=False)
    accepted_by = person(null=True, verbose_name="aangenomen door")

    class Meta:
        verbose_name = "aanmelding voor de WEL-tafel"
        verbose_name_plural = "aanmeldingen voor de WEL-tafel"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["swv"], condition=Q(accepted_at=None, entered_at__isnull=False), name="intake_to_accept"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "swv", "gemeente"], name="intake_one_open", condition=Q(accepted_at=None)
            ),
            models.CheckConstraint(name="intake_mdo", condition=NO_MDO | MDO_DONE),
            models.CheckConstraint(name="intake_swv_after_mdo", condition=NO_SWV | MDO_DONE & SWV_DONE),
            models.CheckConstraint(name="intake_contact_after_swv", condition=NO_CONTACT | SWV_DONE & CONTACT_DONE),
            models.CheckConstraint(
                name="intake_entered_after_contact",
                condition=Q(entered_at=None, entered_by=None)
                | Q(entered_at__isnull=False, entered_by__isnull=False) & CONTACT_DONE,
            ),
            models.CheckConstraint(
                name="intake_accepted_after_entered",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, entered_at__isnull=False),
            ),
        ]

    def is_done(self, key):
        name = STEPS[key].name
        return bool(getattr(self, f"{name}_on") or getattr(self, f"{name}_skip", ""))

    def may_do(self, key):
        """Whether what comes before it is there."""
        before = STEPS[key].before
        return not before or self.is_done(before)

    @property
    def is_entered(self):
        return self.entered_at is not None

    @property
    def is_accepted(self):
        return self.accepted_at is not None


class Checklist(Versioned, CasePart):
    """What was ticked of R6.6, and what somebody wants to say about each group."""

    ticked = ArrayField(
        models.CharField(max_length=20, choices=[(key, key) for key in ITEMS]), default=list, verbose_name="geregeld"
    )
    preparation_remark = models.TextField("over de voorbereiding", max_length=1000, blank=True)
    people_remark = models.TextField("over wie", max_length=1000, blank=True)
    lead_remark = models.TextField("over regie", max_length=1000, blank=True)
    mandate_remark = models.TextField("over advies en mandaat", max_length=1000, blank=True)
    learning_remark = models.TextField("over leren", max_length=1000, blank=True)

    class Meta:
        verbose_name = "checklist voor de WEL-tafel"
        verbose_name_plural = "checklists voor de WEL-tafel"
        constraints = [
            models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="checklist_once"),
            models.CheckConstraint(name="checklist_known_items", condition=Q(ticked__contained_by=list(ITEMS))),
        ]

    @property
    def remarks(self):
        return {group.key: getattr(self, group.remark) for group in GROUPS}


class HomeVisit(Versioned, CasePart):
    """With the youth at the table: somebody came by first, and it is the youth who wants to, at a place of choice."""

    visited_on = models.DateField("huisbezoek op")
    visitors = models.CharField("wie ging", max_length=200)
    wants_to = models.BooleanField("de jongere wil zelf", default=False)
    place = models.CharField("plek die de jongere koos", max_length=120, blank=True)
    is_prepared = models.BooleanField("voorbereid op de grootte van de groep", default=False)
    note = models.TextField("afspraken", max_length=1000, blank=True)

    class Meta:
        verbose_name = "huisbezoek voor de WEL-tafel"
        verbose_name_plural = "huisbezoeken voor de WEL-tafel"
        constraints = [models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="home_visit_once")]


class NoVoice(Versioned, CasePart):
    """Why there is no stem of the youth now (R6.5). It holds until there is one, or somebody tries again."""

    class Why(models.TextChoices):
        BROKEN = "verbroken", "De verbinding is verbroken"
        NOT_NOW = "wil_niet", "De jongere wil nu niet"
        UNABLE = "lukt_niet", "Het lukt de jongere nu niet"
        OTHER = "anders", "Anders"

    why = models.CharField("waarom", max_length=10, choices=Why)
    note = models.CharField("toelichting", max_length=300)
    holds = models.BooleanField("geldt nog", default=True, editable=False)

    class Meta:
        verbose_name = "reden zonder stem"
        verbose_name_plural = "redenen zonder stem"
        constraints = [
            models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="no_voice_once"),
            models.CheckConstraint(name="no_voice_with_note", condition=~Q(note="")),
        ]
