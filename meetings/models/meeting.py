"""A meeting of a WEL-team: of which kind, when and where, and whether it takes place (R7.1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models.team import TeamQuerySet, WelTeam
from meetings.rules.kinds import ABOUT_CASES, TABLES, Kind
from regions.models import Samenwerkingsverband

# The code of a jeugdige in a text that everybody in the SWV reads; the same as CODE in cases/rules/learning.py.
CASE_CODE = r"\mWEL-?\s?[0-9]{3,}"


# Why WEL calls a meeting of a series off by itself (R7.2).
NO_CASE = "Er is geen jeugdige voor deze tafel."


class Meeting(models.Model):
    class Status(models.TextChoices):
        PLANNED = "gepland", "Gepland"
        HELD = "geweest", "Geweest"
        CANCELLED = "afgezegd", "Afgezegd"

    Kind = Kind

    team = models.ForeignKey(WelTeam, on_delete=models.PROTECT, related_name="meetings", verbose_name="WEL-team")
    # Of the team; a foreign key on both keeps them equal (migrations/0002_meetings.py).
    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("soort overleg", max_length=10, choices=Kind, default=Kind.TABLE)
    # PostgreSQL fills this in from the kind: what is about a jeugdige refers to (id, swv, true), so no network meeting
    # can hold any.
    holds_cases = models.GeneratedField(
        expression=Q(kind__in=[str(kind) for kind in ABOUT_CASES]),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name="gaat over jeugdigen",
    )
    topic = models.CharField("onderwerp", max_length=120, blank=True)
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")
    place_kind = models.CharField("online of bij elkaar", max_length=6, choices=WelTeam.Place)
    place = models.CharField("plek", max_length=120, blank=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.PLANNED, editable=False)
    cancel_reason = models.CharField("waarom afgezegd", max_length=200, blank=True, editable=False)
    # The day of the rhythm that this stands for, where WEL planned it by itself; it stays when the meeting moves.
    series_on = models.DateField("dag van de reeks", null=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "swv", "holds_cases"], name="meeting_scope"),
            models.UniqueConstraint(fields=["team", "series_on"], name="meeting_once_in_series"),
            models.CheckConstraint(name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_place_known",
                condition=Q(place_kind="online", place="") | ~Q(place_kind="online") & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_with_reason",
                condition=Q(status="afgezegd") & ~Q(cancel_reason="") | ~Q(status="afgezegd") & Q(cancel_reason=""),
            ),
            models.CheckConstraint(
                name="meeting_names_no_case",
                condition=~Q(topic__iregex=CASE_CODE)
                & ~Q(place__iregex=CASE_CODE)
                & ~Q(cancel_reason__iregex=CASE_CODE),
            ),
        ]
        indexes = [models.Index(fields=["swv", "starts_at"], name="meeting_by_swv")]

    def __str__(self):
        """ "MDO+" where the team calls its table so; of another kind, what kind it is."""
        if self.kind not in TABLES:
            return self.get_kind_display()
        return self.team.table_word if self.kind == Kind.TABLE else f"Tweede keer {self.team.table_word}"

    @property
    def is_by_itself(self):
        """The last change was not somebody's: WEL planned it by the rhythm, or called it off for want of a jeugdige."""
        return self.series_on is not None and (self.version == 1 or self.cancel_reason == NO_CASE)

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED
