"""The WEL-team of a samenwerkingsverband: how often it meets, where, and how much fits at its table (R0.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.learning import learning_swvs
from cases.models.scoped import ScopedQuerySet
from meetings.rules.rhythm import Rhythm, rhythm_text
from regions.models import Samenwerkingsverband, grants_of


def team_swvs(user):
    """SWVs whose teams this user may know: where somebody works with jeugdigen, or accounts for the subsidy.

    The policies of migrations/0001_initial.py give the same answer.
    """
    return learning_swvs(user) | grants_of(user).swvs("account_for_subsidies")


class TeamQuerySet(ScopedQuerySet):
    """Rows of a SWV about its team: no jeugdige stands in these."""

    def visible_to(self, user):
        return self.narrowed(Q(swv_id__in=team_swvs(user)))

    def editable_by(self, user):
        """The coördinator of that SWV."""
        return self.narrowed(Q(swv_id__in=grants_of(user).swvs("work_on_cases")))

    def active_on(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class WelTeam(models.Model):
    """A SWV may have more than one; a team that stops gets a last day and stays."""

    class Place(models.TextChoices):
        ONLINE = "online", "Online"
        PHYSICAL = "fysiek", "Bij elkaar"
        BOTH = "beide", "Bij elkaar, en online kan ook"

    class Weekday(models.IntegerChoices):
        MONDAY = 1, "maandag"
        TUESDAY = 2, "dinsdag"
        WEDNESDAY = 3, "woensdag"
        THURSDAY = 4, "donderdag"
        FRIDAY = 5, "vrijdag"
        SATURDAY = 6, "zaterdag"
        SUNDAY = 7, "zondag"

    class MonthWeek(models.IntegerChoices):
        FIRST = 1, "eerste"
        SECOND = 2, "tweede"
        THIRD = 3, "derde"
        FOURTH = 4, "vierde"
        LAST = 5, "laatste"

    swv = models.ForeignKey(
        Samenwerkingsverband, on_delete=models.PROTECT, related_name="wel_teams", verbose_name="samenwerkingsverband"
    )
    name = models.CharField("naam van het team", max_length=80)
    table_word = models.CharField("naam van de tafel", max_length=40, default="WEL-tafel")
    rhythm = models.CharField("hoe vaak", max_length=8, choices=Rhythm, default=Rhythm.WEEKS)
    every_weeks = models.PositiveSmallIntegerField("om de hoeveel weken", null=True, blank=True)
    month_week = models.PositiveSmallIntegerField("welke week van de maand", choices=MonthWeek, null=True, blank=True)
    weekday = models.PositiveSmallIntegerField("dag", choices=Weekday, null=True, blank=True)
    starts_at = models.TimeField("begint om", null=True, blank=True)
    place_kind = models.CharField("online of bij elkaar", max_length=6, choices=Place, default=Place.ONLINE)
    default_place = models.CharField("vaste plek", max_length=120, blank=True)
    cases_per_session = models.PositiveSmallIntegerField("jeugdigen per keer", default=2)
    minutes_per_case = models.PositiveSmallIntegerField("minuten per jeugdige", default=45)
    soft_maximum = models.PositiveSmallIntegerField("mensen aan tafel", default=5)
    feedback_days = models.PositiveSmallIntegerField("dagen tot de terugkoppeling", default=7)
    advice_is_binding = models.BooleanField("advies is bindend", default=False)
    starts_on = models.DateField("vanaf", default=timezone.localdate)
    ends_on = models.DateField("tot en met", null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "WEL-team"
        verbose_name_plural = "WEL-teams"
        ordering = ["swv", "name", "id"]
        constraints = [
            # What a member refers to, so that nobody is in a team of another SWV.
            models.UniqueConstraint(fields=["id", "swv"], name="welteam_scope"),
            models.CheckConstraint(
                name="welteam_rhythm_complete",
                condition=(
                    Q(rhythm=Rhythm.WEEKS, every_weeks__isnull=False, month_week=None)
                    & Q(weekday__isnull=False, starts_at__isnull=False)
                    | Q(rhythm=Rhythm.MONTH, every_weeks=None, month_week__isnull=False)
                    & Q(weekday__isnull=False, starts_at__isnull=False)
                    | Q(rhythm=Rhythm.REQUEST, every_weeks=None, month_week=None, weekday=None, starts_at=None)
                ),
                violation_error_message="Vul de dag en de tijd in die bij het ritme horen.",
            ),
            models.CheckConstraint(
                name="welteam_place_known",
                condition=Q(place_kind="online", default_place="") | ~Q(place_kind="online") & ~Q(default_place=""),
                violation_error_message="Vul de plek in waar jullie bij elkaar komen.",
            ),
            models.CheckConstraint(
                name="welteam_numbers_make_sense",
                condition=Q(cases_per_session__range=(1, 8))
                & Q(minutes_per_case__range=(15, 180))
                & Q(soft_maximum__range=(2, 20))
                & Q(feedback_days__range=(1, 14))
                & (Q(every_weeks=None) | Q(every_weeks__range=(1, 12)))
                & (Q(month_week=None) | Q(month_week__range=(1, 5)))
                & (Q(weekday=None) | Q(weekday__range=(1, 7))),
                violation_error_message="Een van de getallen is te groot of te klein.",
            ),
            models.CheckConstraint(
                name="welteam_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self):
        return self.name

    def is_active_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def rhythm_text(self):
        return rhythm_text(
            self.rhythm,
            every_weeks=self.every_weeks,
            month_week=self.get_month_week_display(),
            weekday=self.get_weekday_display(),
            starts_at=self.starts_at,
        )
