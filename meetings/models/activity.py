"""The register of activities: what was held where, and who of the professionals was there (R15.1, R15.2, R13.2)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from cases.models.scoped import ScopedQuerySet
from meetings.models.meeting import CASE_CODE, Meeting
from meetings.rules.activities import TO_READ, ActivityKind
from regions.models import Region, Role, Samenwerkingsverband, grants_of

KEPT = timedelta(days=30)  # how long what was removed can be put back; manage.py wipe_activities ends it
TEXTS = (
    "title", "organiser", "trainers", "worked", "take_along", "stand_for", "to_do", "right_people", "same_way",
)  # fmt: skip


def register_swvs(user):
    """SWVs whose register this user keeps: the coördinator and the SWV-contact. The project keeps them all."""
    grants = grants_of(user)
    return grants.swvs("work_on_cases") | grants.swvs("account_for_subsidies")


def is_project(user):
    return Role.PROJECT in grants_of(user).roles


def reads_register(user):
    return is_project(user) or bool(register_swvs(user))


def register_regions(user):
    """Regions with a gemeente of an own SWV: their activities are read along."""
    if (found := getattr(user, "_register_regions", None)) is None:
        around = Region.objects.filter(
            gemeenten__swv_rows__swv_id__in=register_swvs(user), gemeenten__swv_rows__is_doubtful=False
        )
        found = user._register_regions = sorted(set(around.order_by().values_list("pk", flat=True)))
    return found


def kept_by(user):
    """Of the own SWVs, or everything. The policies of migrations/0013_activities.py give the same answers."""
    return Q() if is_project(user) else Q(swv_id__in=register_swvs(user))


class ActivityQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """The own ones, those for an own SWV or its region, and the national ones."""
        found = self.filter(deleted_at=None)
        if is_project(user):
            return found.narrowed()
        if not (own := sorted(register_swvs(user))):
            return found.none().narrowed()
        return found.narrowed(
            Q(swv_id__in=own)
            | Q(for_swvs__overlap=own)
            | Q(for_regions__overlap=register_regions(user))
            | Q(for_swvs=[], for_regions=[])
        )

    def editable_by(self, user):
        return self.filter(deleted_at=None).narrowed(kept_by(user))

    def removed_for(self, user):
        """What can still be put back."""
        return self.filter(deleted_at__gt=timezone.now() - KEPT).narrowed(kept_by(user))


class Activity(models.Model):
    """Of a SWV, or of the project (no `swv`). For these SWVs and regions; for none of them is for the whole country."""

    Kind = ActivityKind

    kind = models.CharField("soort", max_length=11, choices=ActivityKind)
    happened_on = models.DateField("datum")
    # Whose register it is in; it stays there. Also the first of those it was for.
    swv = models.ForeignKey(
        Samenwerkingsverband, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bijgehouden door",
        editable=False,
    )  # fmt: skip
    for_swvs = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name="samenwerkingsverbanden")
    for_regions = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name="regio’s")
    title = models.CharField("onderwerp", max_length=120, blank=True)
    organiser = models.CharField("organisator", max_length=120, blank=True)
    trainers = models.CharField("trainers", max_length=200, blank=True)
    attendees = models.PositiveSmallIntegerField("aanwezigheden", null=True, blank=True)
    # Of those the ones that count for the first time, where no list says who they are.
    unique_people = models.PositiveSmallIntegerField("unieke personen zonder lijst", null=True, blank=True)
    readers = models.PositiveIntegerField("lezers", null=True, blank=True)
    worked = models.TextField("wat werkte", max_length=800, blank=True)
    take_along = models.TextField("wat nemen we mee", max_length=800, blank=True)
    stand_for = models.CharField("waar staan we voor", max_length=300, blank=True)
    to_do = models.CharField("wat moeten we gaan doen", max_length=300, blank=True)
    right_people = models.CharField("hebben we de juiste mensen aan tafel", max_length=300, blank=True)
    same_way = models.CharField("staan alle neuzen dezelfde kant op", max_length=300, blank=True)
    is_ready = models.BooleanField("klaar voor casuïstiek", null=True, blank=True)
    # Held by a WEL-team: kind, day and SWV are those of the meeting, and stay so (a trigger).
    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, null=True, related_name="activity", editable=False, verbose_name="overleg"
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    deleted_at = models.DateTimeField("weggehaald op", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="activity_numbers_make_sense",
                condition=(Q(attendees=None) | Q(attendees__lte=5000))
                & (Q(unique_people=None) | Q(unique_people__lte=F("attendees"), attendees__isnull=False))
                & (Q(readers=None) | Q(readers__lte=1_000_000)),
                violation_error_message="Een van de getallen is te groot.",
            ),
            models.CheckConstraint(
                name="activity_read_or_attended",
                condition=Q(kind__in=[str(kind) for kind in TO_READ], attendees=None)
                | ~Q(kind__in=[str(kind) for kind in TO_READ]) & Q(readers=None),
            ),
            models.CheckConstraint(
                name="activity_questions_of_werkatelier",
                condition=Q(kind="atelier")
                | Q(stand_for="", to_do="", right_people="", same_way="", is_ready__isnull=True),
            ),
            models.CheckConstraint(
                name="activity_other_has_name",
                condition=~Q(kind="anders") | ~Q(title=""),
                violation_error_message="Schrijf op wat voor activiteit het was.",
            ),
            models.CheckConstraint(
                name="activity_names_no_case",
                condition=~Q(*(Q(**{f"{name}__iregex": CASE_CODE}) for name in TEXTS), _connector=Q.OR),
            ),
            models.CheckConstraint(name="activity_of_swv_has_no_region", condition=Q(swv=None) | Q(for_regions=[])),
        ]
        indexes = [models.Index(fields=["-happened_on", "-id"], name="activity_by_day")]

    def __str__(self):
        return self.title if self.kind == ActivityKind.OTHER else self.get_kind_display()

    @property
    def is_to_read(self):
        return self.kind in TO_READ

    @property
    def is_national(self):
        return not self.for_swvs and not self.for_regions


class ProfessionalQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Of the own register, and who stands on a list that this user reads."""
        listed = Participation.objects.visible_to(user).values("professional")
        return self.narrowed(kept_by(user) | Q(pk__in=listed))

    def editable_by(self, user):
        return self.narrowed(kept_by(user))


class Professional(models.Model):
    """Somebody who came as a professional. One row per register, so that no SWV learns whom another one knows."""

    swv = models.ForeignKey(
        Samenwerkingsverband, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bijgehouden door",
        editable=False,
    )  # fmt: skip
    name = models.CharField("naam", max_length=100)
    organisation = models.CharField("organisatie", max_length=100)
    function = models.CharField("functie", max_length=80, blank=True)
    # Who is the same person in a count, also over registers.
    key = models.GeneratedField(
        expression=Concat(Lower("name"), Value("|"), Lower("organisation")),
        output_field=models.CharField(max_length=201),
        db_persist=True,
        verbose_name="herkenning",
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        verbose_name = "deelnemer aan activiteiten"
        verbose_name_plural = "deelnemers aan activiteiten"
        ordering = ["name", "organisation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["swv", "key"], name="professional_once", nulls_distinct=False),
            models.CheckConstraint(name="professional_known_by_work", condition=~Q(name="") & ~Q(organisation="")),
        ]

    def __str__(self):
        return self.name

    @property
    def work(self):
        return ", ".join(word for word in (self.function, self.organisation) if word)


class AddressQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Only of the own register: who reads a list along does not get the addresses."""
        return self.narrowed(Q(professional__in=Professional.objects.editable_by(user)))

    editable_by = visible_to


class ProfessionalAddress(models.Model):
    """Apart from the person, because fewer people may read it."""

    professional = models.OneToOneField(Professional, on_delete=models.PROTECT, related_name="address")
    email = models.EmailField("e-mailadres van het werk", max_length=254, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mailadres van een deelnemer"
        verbose_name_plural = "e-mailadressen van deelnemers"


class ParticipationQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(removed_at=None).narrowed(Q(activity__in=Activity.objects.visible_to(user)))

    def editable_by(self, user):
        return self.narrowed(Q(activity__in=Activity.objects.editable_by(user)))


class Participation(models.Model):
    """That somebody was there. The person is one of the same register as the activity (a function in the policy)."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="participations", verbose_name="activiteit"
    )
    professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, related_name="participations", verbose_name="deelnemer"
    )
    removed_at = models.DateTimeField("van de lijst gehaald op", null=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField("erbij gezet op", default=timezone.now, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "deelname aan een activiteit"
        verbose_name_plural = "deelnames aan activiteiten"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "professional"], name="participation_once")]
