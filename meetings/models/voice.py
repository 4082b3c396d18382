"""The stem van de jongere: a private link, what the youth answered, and who of the people around may read it.

The youth has no account. Every write goes through a function of the database, by the secret of the link
(migrations/0003_voice.py); the web role itself only reads, and only what was sent.
"""

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from access.prepared import execute_prepared
from cases.models.case import WORK, CasePart, PartQuerySet, known_by, reach
from meetings.models.agenda import table_case_ids
from meetings.rules.voice import QUESTIONS
from regions.models import CASE_ROLES

# The same in SQL: access.owner_scope(). Unlike member_case_ids() also where the SWV opens the case anyway.
OWNED_CASES = """
SELECT m.case_id FROM cases_casemember m
WHERE m.user_id = %(user)s AND m.role = 'eigenaar'
  AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
  AND EXISTS (
    SELECT FROM regions_membership w
    WHERE w.user_id = %(user)s AND w.role = ANY (%(work)s) AND (w.swv_id = m.swv_id OR w.gemeente_id = m.gemeente_id)
      AND w.starts_on <= %(today)s AND (w.ends_on IS NULL OR w.ends_on >= %(today)s))
"""


def owned_case_ids(user):
    """Ids of the cases of which `user` is eigenaar today; fetched once per request."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if (owned := getattr(user, "_owned_cases", None)) is None:
        with connection.cursor() as cursor:
            values = {"user": user.pk, "today": timezone.localdate(), "work": list(CASE_ROLES)}
            execute_prepared(cursor, OWNED_CASES, values)
            owned = user._owned_cases = frozenset(pk for (pk,) in cursor.fetchall())
    return owned


class VoiceLinkQuerySet(PartQuerySet):
    def newest(self):
        return self.order_by("-pk")


class SentQuerySet(PartQuerySet):
    """What the youth gave: nothing before it was sent, and to the table only what the youth chose."""

    def visible_to(self, user):
        """The eigenaar and leerplicht read all of it, who else works on the case what the table may read."""
        everything = known_by(user) | Q(case_id__in=owned_case_ids(user))
        return self.narrowed(reach(user, right=WORK), Q(sent_at__isnull=False), everything | Q(may_table_read=True))

    def editable_by(self, user):
        """Nobody but the youth."""
        return self.narrowed(Q(pk__in=[]))


class AnswerQuerySet(SentQuerySet):
    def given_to_table(self, user):
        """What the youth chose to give the table, for who sits there or works on the jeugdige."""
        table = Q(case_id__in=table_case_ids(user), shared_until__gte=timezone.localdate())
        return self.narrowed(table | reach(user, right=WORK), Q(sent_at__isnull=False, may_table_read=True))


class VoiceLink(CasePart):
    """One invitation: the same link until it is withdrawn, wiped or over. What stands in it is kept nowhere."""

    token_hash = models.CharField("kenmerk", max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="gemaakt door"
    )
    made_at = models.DateTimeField("gemaakt op", default=timezone.now)
    expires_on = models.DateField("geldig tot en met")
    closes_at = models.DateTimeField("de tafel begint op", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    sent_at = models.DateTimeField("verstuurd op", null=True)
    # The last change that readers can see; on Vandaag until the eigenaar read it.
    changed_at = models.DateTimeField("veranderd op", null=True)
    read_at = models.DateTimeField("gelezen op", null=True)
    wiped_at = models.DateTimeField("gewist op", null=True)

    objects = VoiceLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link voor de stem"
        verbose_name_plural = "links voor de stem"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "case"], name="voice_link_of_case"),
            models.CheckConstraint(
                name="voice_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="voice_link_by_case"),
            # What Vandaag asks for.
            models.Index(
                fields=["case"],
                condition=Q(changed_at__isnull=False, wiped_at=None)
                & (Q(read_at=None) | Q(read_at__lt=F("changed_at"))),
                name="voice_link_unread",
            ),
        ]

    def is_open(self, now):
        """Whether the youth can still come in; the same in SQL: OPEN in migrations/0003_voice.py."""
        return (
            self.withdrawn_at is None
            and self.wiped_at is None
            and self.expires_on >= timezone.localdate(now)
            and (self.closes_at is None or self.closes_at > now)
        )


class VoiceAnswer(CasePart):
    """What the youth said to one question; an empty answer is no row."""

    link = models.ForeignKey(VoiceLink, on_delete=models.CASCADE, db_constraint=False, related_name="answers")
    question = models.CharField("vraag", max_length=8, choices=[(each.key, each.text) for each in QUESTIONS])
    choice = models.CharField("keuze", max_length=12, blank=True)
    text = models.TextField("antwoord", max_length=2000, blank=True)
    may_table_read = models.BooleanField("de tafel mag dit lezen", default=False)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    # After it was sent the youth said something else.
    changed_at = models.DateTimeField("veranderd op", null=True)
    updated_at = models.DateTimeField("bewaard op", default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord van de jongere"
        verbose_name_plural = "antwoorden van de jongere"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["link", "question", "swv", "gemeente"], name="voice_one_answer"),
        ]


class VoiceDrawing(CasePart):
    """A drawing or photo that the youth sent along, in the store of Documenten under a name of its own."""

    link = models.ForeignKey(VoiceLink, on_delete=models.CASCADE, db_constraint=False, related_name="drawings")
    stored_as = models.UUIDField("bestand", unique=True, editable=False)
    file_type = models.CharField("bestandssoort", max_length=4, editable=False)
    size = models.PositiveIntegerField("grootte", editable=False)
    may_table_read = models.BooleanField("de tafel mag dit zien", default=False)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    changed_at = models.DateTimeField("veranderd op", null=True)
    added_at = models.DateTimeField("toegevoegd op", default=timezone.now)

    objects = SentQuerySet.as_manager()

    class Meta:
        verbose_name = "tekening van de jongere"
        verbose_name_plural = "tekeningen van de jongere"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["link", "swv", "gemeente"], name="voice_one_drawing"),
            models.CheckConstraint(name="voice_drawing_file_type", condition=Q(file_type__in=["jpg", "png"])),
        ]

    @property
    def path(self):
        return drawing_path(self.stored_as)

    @property
    def name(self):
        return f"{self.case.code}-stem-{timezone.localdate(self.added_at):%Y-%m-%d}.{self.file_type}"


def drawing_path(stored_as):
    """Beside the documents and not among them: their daily round must not take it for one that belongs to nothing."""
    return f"stem/{stored_as.hex[:2]}/{stored_as.hex}"
