"""What leerplicht states, per period: an exemption or absence; and the terms of the law, each with its start date."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import BooleanField, F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from access.prepared import execute_prepared
from access.school_year import school_year_end
from cases.models.case import KNOWN_SQL, CasePart, known_by, reach_values
from cases.models.scoped import ScopedQuerySet
from cases.rules.exemption import Terms, notice_window

# In SQL, for Vandaag asks all of this of every exemption: the ORM took longer to build it than PostgreSQL to answer.
FOLLOWED = """EXISTS (
    SELECT FROM cases_legalstatus later
    WHERE later.case_id = cases_legalstatus.case_id AND later.kind = '5a'
      AND later.starts_on > cases_legalstatus.starts_on)"""
# What an exemption asks for ("vrijstelling in verbinding"), and of `ask_days` the day that its condition needs.
# What has been followed by a later exemption does not end, and needs no notice.
ASKS = {
    "ends_soon": (f"ends_on <= %s AND NOT {FOLLOWED}", "soon"),
    "needs_notice": (f"duration = 'tijdelijk' AND ends_on <= %s AND NOT {FOLLOWED}", "notice"),
    "needs_review": ("duration = 'blijvend' AND ends_on IS NULL AND review_on <= %s", "soon"),
    "lacks_plan": ("NOT has_plan", None),
}
COUNT_ASKING = """
SELECT count(*), NUMBERS
FROM (
  SELECT CONDITIONS
  FROM cases_legalstatus
  WHERE KNOWN AND kind = '5a' AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
    AND EXISTS (SELECT FROM cases_case c WHERE c.id = cases_legalstatus.case_id AND c.closed_on IS NULL)
) asked
WHERE ANYTHING
"""
for word, sql in {
    "NUMBERS": ", ".join(f"count(*) FILTER (WHERE {name})" for name in ASKS),
    "CONDITIONS": ", ".join(f"{sql.replace('%s', f'%({day})s')} AS {name}" for name, (sql, day) in ASKS.items()),
    "KNOWN": KNOWN_SQL,
    "ANYTHING": " OR ".join(ASKS),
}.items():
    COUNT_ASKING = COUNT_ASKING.replace(word, sql)


def ask_days(today, terms):
    """Until which last day an exemption ends soon, and asks for a notice; nothing when it is too early for notices."""
    first_notice, _ = notice_window(today, terms)
    return {
        "soon": today + timedelta(days=terms.ending_days),
        "notice": school_year_end(today) if today >= first_notice else None,
    }


def count_asking(user, today, terms):
    """How many exemptions that `user` knows of ask for something ("total"), and how many for each thing."""
    values = reach_values(user, right=(), today=today) | ask_days(today, terms)
    with connection.cursor() as cursor:
        execute_prepared(cursor, COUNT_ASKING, values)
        return dict(zip(("total", *ASKS), cursor.fetchone(), strict=True))


class LegalStatusQuerySet(ScopedQuerySet):
    """For leerplicht only, also when the case is shared: the team reads situation and duration on the Overzicht."""

    def visible_to(self, user):
        return self.narrowed(known_by(user))

    editable_by = visible_to

    def exemptions(self):
        return self.filter(kind=LegalStatus.Kind.EXEMPT)

    def in_force(self, today):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)

    def overlapping(self, starts_on, ends_on):
        """Periods that share a day with this one; no last day means that it goes on."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        return found.filter(starts_on__lte=ends_on) if ends_on else found

    def with_asks(self, today, terms):
        """Exemptions in force of open cases, each with what it asks for."""
        days = ask_days(today, terms)
        asks = {
            name: RawSQL(sql, [days[day]] if day else [], output_field=BooleanField())  # noqa: S611 -- from ASKS only
            for name, (sql, day) in ASKS.items()
        }
        return self.exemptions().in_force(today).filter(case__closed_on=None).annotate(**asks)

    def asking(self, today, terms):
        """Those that ask for something."""
        return self.with_asks(today, terms).filter(reduce(or_, (Q(**{name: True}) for name in ASKS)))


class LegalStatus(CasePart):
    """One period of one jeugdige (R1.2); no two share a day (migration 0011). It holds no text, so no diagnosis."""

    class Kind(models.TextChoices):
        EXEMPT = "5a", "Vrijstelling 5 onder a"
        ABSENT = "av", "Absoluut verzuim"

    class Duration(models.TextChoices):
        TEMPORARY = "tijdelijk", "Tijdelijk"
        PERMANENT = "blijvend", "Blijvend"

    class Ground(models.TextChoices):
        """The words of the law, and no more than those."""

        BODY = "lichamelijk", "Lichamelijke gronden"
        MIND = "psychisch", "Psychische gronden"
        BOTH = "beide", "Lichamelijke en psychische gronden"

    class Expert(models.TextChoices):
        DOCTOR = "arts", "Arts"
        PEDAGOGUE = "pedagoog", "Pedagoog"
        PSYCHOLOGIST = "psycholoog", "Psycholoog"

    class Independence(models.TextChoices):
        """A statement by who treats the youth is refused, so it has no value here."""

        CONFIRMED = "bevestigd", "Niet de behandelaar, dat is nagegaan"
        UNKNOWN = "onbekend", "Nog niet nagegaan"

    kind = models.CharField("wat is vastgesteld?", max_length=2, choices=Kind)
    duration = models.CharField("duur", max_length=10, choices=Duration, blank=True)
    ground = models.CharField("grond", max_length=12, choices=Ground, blank=True)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    notified_on = models.DateField("kennisgeving van de ouders", null=True, blank=True)
    statement_on = models.DateField("datum van de verklaring", null=True, blank=True)
    statement_by = models.CharField("verklaring van", max_length=10, choices=Expert, blank=True)
    independence = models.CharField("behandelt die de jeugdige?", max_length=10, choices=Independence, blank=True)
    has_swv_advice = models.BooleanField("advies van het SWV", default=False)
    has_plan = models.BooleanField("plan voor ontwikkeling", default=False)
    review_on = models.DateField("opnieuw kijken op", null=True, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    stated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LegalStatusQuerySet.as_manager()

    class Meta:
        verbose_name = "wat leerplicht vaststelde"
        verbose_name_plural = "wat leerplicht vaststelde"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="legal_status_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                name="legal_status_temporary_ends",
                condition=~Q(duration="tijdelijk") | Q(ends_on__isnull=False),
                violation_error_message="Een tijdelijke vrijstelling heeft een laatste dag.",
            ),
            models.CheckConstraint(
                name="legal_status_permanent_review",
                condition=~Q(duration="blijvend") | Q(review_on__isnull=False),
                violation_error_message="Kies wanneer je opnieuw kijkt.",
            ),
            models.CheckConstraint(
                name="legal_status_duration_of_exemption",
                condition=Q(kind="5a", duration__in=("tijdelijk", "blijvend")) | Q(kind="av", duration=""),
                violation_error_message="Alleen een vrijstelling is tijdelijk of blijvend.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "ends_on"], condition=Q(kind="5a"), name="exemption_by_gemeente"),
            models.Index(fields=["swv", "ends_on"], condition=Q(kind="5a"), name="exemption_by_swv"),
        ]

    @property
    def is_exemption(self):
        return self.kind == self.Kind.EXEMPT

    def is_in_force(self, today):
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)


MONTH = (MinValueValidator(1), MaxValueValidator(12))
DAY = (MinValueValidator(1), MaxValueValidator(28))


class ExemptionTerms(models.Model):
    """The terms since a day. A change of the law is a new row; what came before keeps its own terms."""

    starts_on = models.DateField("geldt vanaf", unique=True)
    statement_months = models.PositiveSmallIntegerField("maanden dat een verklaring geldig is")
    notify_month = models.PositiveSmallIntegerField("kennisgeving vóór, maand", validators=MONTH)
    notify_day = models.PositiveSmallIntegerField("kennisgeving vóór, dag", validators=DAY)
    warn_month = models.PositiveSmallIntegerField("melding vanaf, maand", validators=MONTH)
    warn_day = models.PositiveSmallIntegerField("melding vanaf, dag", validators=DAY)
    review_months = models.PositiveSmallIntegerField("maanden tot opnieuw kijken")
    ending_days = models.PositiveSmallIntegerField("dagen dat een einde vooraf wordt gemeld")

    class Meta:
        verbose_name = "termijnen van de vrijstelling"
        verbose_name_plural = "termijnen van de vrijstelling"
        ordering = ["starts_on"]

    @classmethod
    def on(cls, day):
        """The terms in force on `day`."""
        return cls._default_manager.filter(starts_on__lte=day).latest("starts_on").as_terms()

    @classmethod
    def by_day(cls):
        """All of them, as a function of the day: one query for a page with many dates."""
        rows = list(cls._default_manager.all())

        def on(day):
            return max((row for row in rows if row.starts_on <= day), key=lambda row: row.starts_on).as_terms()

        return on

    def as_terms(self):
        return Terms(
            statement_months=self.statement_months,
            notify_before=(self.notify_month, self.notify_day),
            warn_from=(self.warn_month, self.warn_day),
            review_months=self.review_months,
            ending_days=self.ending_days,
        )
