"""A place on the agenda of a meeting for one jeugdige, and until when who sat there may read along (R7.3, R0.4)."""

import uuid

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from meetings.models.meeting import Meeting
from regions.models import Samenwerkingsverband, grants_of

MINE = ("invited", "read", "cases", "reports")


def table_item_ids(user):
    """Places at a table where `user` promised care and may read along today; access.table_items() is the answer."""
    return _mine(user)["read"]


def invited_item_ids(user):
    """Places to which `user` was invited and did not say no, whether or not care was promised yet."""
    return _mine(user)["invited"]


def table_case_ids(user):
    """The jeugdigen of those tables: log entries for the table, and the wensdroom. Never who it is."""
    return _mine(user)["cases"]


def shared_report_ids(user):
    """The verslagen of those tables that were shared with `user`; access.shared_reports() is the answer."""
    return _mine(user)["reports"]


def _mine(user):
    """Asked of the database once per request, because the policies ask it there too."""
    if not user.is_authenticated or not user.is_active:
        return dict.fromkeys(MINE, ())
    if (mine := getattr(user, "_tables", None)) is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT access.invited_items(), access.table_items(), access.table_cases(), access.shared_reports()"
            )
            mine = user._tables = dict(zip(MINE, cursor.fetchone(), strict=True))
    return mine


def forget_tables(user):
    """Drop what was kept, after an answer, a promise or sharing in the same request or test."""
    user.__dict__.pop("_tables", None)


class AgendaQuerySet(PartQuerySet):
    def visible_to(self, user):
        """Who works on the jeugdige, and who was invited."""
        return self.narrowed(reach(user, right=WORK) | Q(pk__in=invited_item_ids(user)))

    def prepared_by(self, user):
        """Who may write down the place and the treat: whoever works on the jeugdige."""
        return super().editable_by(user)

    def editable_by(self, user):
        """The coördinator of the team, while the jeugdige is of that SWV and shared."""
        return self.narrowed(
            Q(team_swv_id__in=grants_of(user).swvs("work_on_cases"), swv_id=F("team_swv_id")),
            Q(shared_until__gte=timezone.localdate()),
        )

    def standing(self):
        """What was not taken off the agenda."""
        return self.exclude(status=AgendaItem.Status.LAPSED)


class AgendaItem(CasePart):
    class Status(models.TextChoices):
        PLANNED = "gepland", "Gepland"
        DISCUSSED = "besproken", "Besproken"
        LAPSED = "vervallen", "Gaat niet door"

    class Presence(models.TextChoices):
        """As the youth may choose in the stem (ux 5.6, question 8)."""

        THERE = "erbij", "Is erbij"
        ONLINE = "online", "Is er online bij"
        SPOKEN_FOR = "iemand", "Iemand praat namens de jongere"
        AFTERWARDS = "daarna", "Hoort het daarna"

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, db_constraint=False, related_name="agenda", verbose_name="overleg"
    )
    # Of the meeting. A column of its own: when the jeugdige moves to another SWV, this stays where it was.
    team_swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    # Always true: with meeting and SWV it refers to a meeting that may be about a jeugdige, and to no other.
    holds_cases = models.BooleanField("gaat over jeugdigen", default=True, editable=False)
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")
    presence = models.CharField("hoe doet de jongere mee?", max_length=8, choices=Presence, blank=True)
    place = models.CharField("plek die de jongere koos", max_length=120, blank=True)
    treat = models.CharField("iets lekkers", max_length=120, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, db_constraint=False, related_name="later"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    # What every calendar knows this by, whatever changes.
    uid = models.UUIDField("kenmerk in de agenda", default=uuid.uuid4, unique=True, editable=False)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgendaQuerySet.as_manager()

    class Meta:
        verbose_name = "plek aan tafel"
        verbose_name_plural = "plekken aan tafel"
        ordering = ["starts_at", "id"]
        # Beside these (migrations/0004_agenda.py): within the time of its meeting, no two at once, and no more than the
        # team has room for.
        constraints = [
            models.UniqueConstraint(fields=["id", "case"], name="agendaitem_of_case"),
            models.UniqueConstraint(
                fields=["meeting", "case", "swv", "gemeente"],
                condition=~Q(status="vervallen"),
                name="agendaitem_once_per_meeting",
            ),
            models.CheckConstraint(name="agendaitem_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="agendaitem_holds_case", condition=Q(holds_cases=True)),
        ]
        indexes = [models.Index(fields=["meeting", "starts_at"], name="agenda_of_meeting")]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("meetings:item", args=[self.pk])

    @property
    def code(self):
        """As on the case, which who sits at the table cannot open."""
        return f"WEL-{self.case_id:04d}"

    def may_be_planned_by(self, user):
        """The answer of `editable_by` for a row already fetched."""
        return (
            self.swv_id == self.team_swv_id
            and self.team_swv_id in grants_of(user).swvs("work_on_cases")
            and self.shared_until >= timezone.localdate()
        )

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED
