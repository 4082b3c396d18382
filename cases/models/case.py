"""The jeugdige (Case), who they are (Identity, closed to the web role), and the people let near."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from access.prepared import execute_prepared
from cases.models.scoped import ScopedQuerySet
from regions.models import CASE_ROLES, Gemeente, Samenwerkingsverband, grants_of

# "Not shared" is a date, not NULL: a composite foreign key with a NULL in it checks nothing.
NOT_SHARED = date(1900, 1, 1)


# In SQL, as in regions/models/grants.py: nearly every page asks this.
MEMBER_CASES = """
SELECT m.case_id, m.swv_id = ANY (%(swvs)s::bigint[]) OR m.gemeente_id = ANY (%(gemeenten)s::bigint[])
FROM cases_casemember m
WHERE m.user_id = %(user)s AND m.role = ANY (%(roles)s)
  AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
  AND NOT m.swv_id = ANY (%(team)s::bigint[])
  AND EXISTS (
    SELECT FROM regions_membership w
    WHERE w.user_id = %(user)s AND w.role = ANY (%(work)s) AND (w.swv_id = m.swv_id OR w.gemeente_id = m.gemeente_id)
      AND w.starts_on <= %(today)s AND (w.ends_on IS NULL OR w.ends_on >= %(today)s))
"""


def member_case_ids(user):
    """Ids of the cases in which `user` is eigenaar, inbrenger or verbinder today; fetched once per request.

    Only where `user` works today in the SWV or gemeente of the case: who left a werkplek left the jeugdigen there.

    Without those in a SWV whose shared cases this user works on anyway: there the SWV opens them, and a long list of
    ids would only slow each query down. `access.case_scope()` gives the same answer.
    """
    return frozenset(_member_cases(user))


def member_ids_elsewhere(user):
    """Of these the ones that `user` does not know as leerplicht: for a query, which finds the rest by its area."""
    return frozenset(pk for pk, is_known in _member_cases(user).items() if not is_known)


def _member_cases(user):
    """{id: whether `user` is leerplicht of it}"""
    if not user.is_authenticated or not user.is_active:
        return {}
    if (cases := getattr(user, "_member_cases", None)) is None:
        grants = grants_of(user)
        values = {
            "user": user.pk,
            "roles": list(CaseMember.WORKING_ROLES),
            "today": timezone.localdate(),
            "work": list(CASE_ROLES),
            "team": list(grants.swvs("work_on_cases")),
            "swvs": list(grants.swvs("register_cases")),
            "gemeenten": list(grants.gemeenten("register_cases")),
        }
        with connection.cursor() as cursor:
            execute_prepared(cursor, MEMBER_CASES, values)
            cases = user._member_cases = dict(cursor.fetchall())
    return cases


def known_by(user):
    """The condition on a row of (a part of) a case: `user` is leerplicht of its gemeente or SWV."""
    grants = grants_of(user)
    return Q(gemeente_id__in=grants.gemeenten("register_cases")) | Q(swv_id__in=grants.swvs("register_cases"))


def reach(user, *, right, case_field="case_id"):
    """The condition on a row of (a part of) a case: leerplicht always, others while it is shared.

    `right` says which right on the SWV opens a shared case; the people of the case itself always may.
    """
    grants = grants_of(user)
    near = Q(swv_id__in=frozenset().union(*(grants.swvs(name) for name in right)))
    return known_by(user) | (
        Q(shared_until__gte=timezone.localdate()) & (near | Q(**{f"{case_field}__in": member_ids_elsewhere(user)}))
    )


# The same in SQL, for a statement that asks several parts at once: the ORM takes longer to build it than to ask it.
KNOWN_SQL = "(gemeente_id = ANY (%(gemeenten)s::bigint[]) OR swv_id = ANY (%(swvs)s::bigint[]))"
REACH_SQL = (
    f"({KNOWN_SQL} OR (shared_until >= %(today)s"
    " AND (swv_id = ANY (%(team)s::bigint[]) OR case_id = ANY (%(elsewhere)s::bigint[]))))"
)


def reach_values(user, *, right, today):
    """What REACH_SQL and KNOWN_SQL ask for."""
    grants = grants_of(user)
    return {
        "gemeenten": list(grants.gemeenten("register_cases")),
        "swvs": list(grants.swvs("register_cases")),
        "team": list(frozenset().union(*(grants.swvs(name) for name in right))),
        "elsewhere": list(member_ids_elsewhere(user)),
        "today": today,
    }


WORK = ("work_on_cases",)
WORK_OR_ACCOUNT = ("work_on_cases", "view_journeys")


class CaseQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Cases this user may open: leerplicht its own, others only while consent to share is in force."""
        return self.narrowed(reach(user, right=WORK_OR_ACCOUNT, case_field="pk"))

    def editable_by(self, user):
        """Cases this user works on; a SWV-contact reads only."""
        return self.narrowed(reach(user, right=WORK, case_field="pk"))

    def known_to(self, user):
        """Cases of which this user, as leerplicht, may know and record who it is and what was consented."""
        return self.narrowed(known_by(user))

    def included_by(self, user):
        """Cases that this user may let count for the subsidy: leerplicht, and the SWV's team while it is shared."""
        team = grants_of(user).swvs("work_on_cases")
        return self.narrowed(known_by(user) | Q(swv_id__in=team, shared_until__gte=timezone.localdate()))

    def open(self):
        return self.filter(closed_on=None)

    def side_group_counts(self):
        """Key and number of each nevengroep that has somebody in it; apart from the two groups of the regeling."""
        found = self.exclude(side_group="").order_by("side_group").values_list("side_group")
        return dict(found.annotate(total=models.Count("pk")))


class Case(models.Model):
    """A child, youth or young adult without school enrolment, known on screen by a code and never by a name."""

    class Situation(models.TextChoices):
        EXEMPT = "5a", "Vrijstelling 5 onder a"
        ABSENT = "av", "Absoluut verzuim"
        OTHER = "anders", "Anders, zonder schoolinschrijving"

    class ExemptionKind(models.TextChoices):
        TEMPORARY = "tijdelijk", "Tijdelijk"
        PERMANENT = "blijvend", "Blijvend"
        UNKNOWN = "onbekend", "Weet ik niet"

    class SideGroup(models.TextChoices):
        """Beside the two groups of the regeling: supported, counted apart, never for the subsidy (R1.1)."""

        AGED_FOUR = "vier", "4 jaar, nog niet ingeschreven"
        ENROLLED = "thuiszitter", "Ingeschreven, en langer dan 4 weken niet op school"
        PRESCHOOL = "voorschools", "Op een voorschoolse voorziening"
        LONG_CARE = "wlz", "Zorg uit de Wet langdurige zorg (Wlz)"
        ILL = "somatisch", "Lichamelijk ziek"

    class Status(models.TextChoices):
        """The process of R3.1; on screen under the seven words of `STATUS_WORDS`."""

        SIGNAL = "signaal", "Signaal"
        APPROACHED = "benaderd", "Benaderd"
        CONSENTED = "toestemming", "Toestemming"
        INTERVIEW = "interview", "Interview"
        PREPARING = "voorbereiding", "Voorbereiding"
        ENTERED = "aangemeld", "Aangemeld WEL-tafel"
        PLANNED = "gepland", "Gepland"
        DISCUSSED = "besproken", "Besproken"
        UNDERWAY = "uitvoering", "In ontwikkeling"
        AFTERCARE = "nazorg", "Nazorg"
        REST = "rustpunt", "Rustpunt"
        DONE = "afgerond", "Afgerond"
        STOPPED = "gestopt", "Gestopt"

    STATUS_WORDS = {
        "in_beeld": ("In beeld", (Status.SIGNAL, Status.APPROACHED)),
        "in_gesprek": ("In gesprek", (Status.CONSENTED, Status.INTERVIEW)),
        "naar_de_tafel": ("Naar de tafel", (Status.PREPARING, Status.ENTERED, Status.PLANNED, Status.DISCUSSED)),
        "op_reis": ("Op reis", (Status.UNDERWAY, Status.AFTERCARE)),
        "rustpunt": ("Rustpunt", (Status.REST,)),
        "aangekomen": ("Aangekomen", (Status.DONE,)),
        "gestopt": ("Gestopt", (Status.STOPPED,)),
    }

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    swv = models.ForeignKey(
        Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", verbose_name="samenwerkingsverband"
    )
    # Coarse on purpose: the birth date itself is part of the identity.
    birth_year = models.PositiveSmallIntegerField("geboortejaar")
    birth_month = models.PositiveSmallIntegerField(
        "geboortemaand", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    is_signal = models.BooleanField("zonder naam aangemeld", default=False)
    situation = models.CharField("situatie", max_length=8, choices=Situation)
    since = models.DateField("sinds", null=True, blank=True, help_text="Eerste dag van de maand.")
    exemption_kind = models.CharField("duur vrijstelling", max_length=10, choices=ExemptionKind, blank=True)
    side_group = models.CharField("nevengroep", max_length=12, choices=SideGroup, blank=True, default="", db_default="")
    strengths = models.TextField("wat is er al?", max_length=2000, blank=True)
    hardship = models.TextField("wat maakt het lastig?", max_length=2000, blank=True)
    next_step = models.CharField("volgende stap", max_length=200, blank=True)
    status = models.CharField("status", max_length=16, choices=Status, default=Status.SIGNAL)
    # Both parents, unless it is on record that one decides (R2.2).
    parents_with_authority = models.PositiveSmallIntegerField("ouders met gezag", default=2)
    # Why, and who established it, is for leerplicht only (models/authority.py).
    cannot_judge = models.BooleanField("kan belangen niet overzien", default=False, db_default=False)
    # The last day on which the WEL-team may see this; kept by access.share_case and the withdrawal trigger only.
    shared_until = models.DateField("gedeeld tot en met", default=NOT_SHARED, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="aangemeld door"
    )
    registered_on = models.DateField("aangemeld op", default=timezone.localdate)
    last_contact_on = models.DateField("laatste contact", null=True, blank=True)
    closed_on = models.DateField("afgesloten op", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Kept by the database only (migrations/0025): a verbinder is looking for contact; what was said on the other side
    # of a handover no longer opens anything; and who was counted elsewhere is not counted again.
    connection_lost = models.BooleanField("verbinding verbroken", default=False, db_default=False, editable=False)
    consent_from = models.DateTimeField("toestemming telt vanaf", null=True, editable=False)
    counts_elsewhere = models.BooleanField("telt elders mee", default=False, db_default=False, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "jeugdige"
        verbose_name_plural = "jeugdigen"
        ordering = ["-id"]
        constraints = [
            # What the composite foreign keys of all parts refer to.
            models.UniqueConstraint(fields=["id", "swv", "gemeente", "shared_until"], name="case_scope"),
            models.CheckConstraint(
                name="case_kind_only_with_exemption",
                condition=Q(exemption_kind="") | Q(situation="5a"),
                violation_error_message="De duur hoort alleen bij een vrijstelling 5 onder a.",
            ),
            models.CheckConstraint(
                name="case_side_group_is_other",
                condition=Q(side_group="") | Q(situation="anders"),
                violation_error_message="Een nevengroep hoort bij de situatie ‘Anders’.",
            ),
            models.CheckConstraint(
                name="case_authority_one_or_two",
                condition=Q(parents_with_authority__gte=0) & Q(parents_with_authority__lte=2),
                violation_error_message="Kies hoeveel ouders gezag hebben: geen, één of twee.",
            ),
            models.CheckConstraint(
                name="case_birth_month", condition=Q(birth_month=None) | Q(birth_month__range=(1, 12))
            ),
        ]
        indexes = [
            models.Index(fields=["swv", "-id"]),
            models.Index(fields=["gemeente", "-id"]),
            # Every column that the policy asks for, so that a count need not open the rows.
            models.Index(
                fields=["swv", "status"], include=["gemeente", "shared_until", "id"], name="case_by_swv_status"
            ),
            models.Index(fields=["swv", "shared_until", "gemeente", "id"], name="case_by_swv"),
            models.Index(fields=["gemeente", "swv", "shared_until", "id"], name="case_by_gemeente"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("cases:detail", args=[self.pk])

    @property
    def code(self):
        return f"WEL-{self.pk:04d}"

    @property
    def status_word(self):
        """Key and label of the word on screen for the finer process step."""
        for key, (label, statuses) in self.STATUS_WORDS.items():
            if self.status in statuses:
                return key, label
        raise AssertionError(self.status)

    def is_shared(self, today):
        return self.shared_until >= today


class CasePart(models.Model):
    """A row that belongs to one case and carries the columns its policy needs.

    They equal those of the case by a composite foreign key (migrations), so that the policy asks one table.
    Uniqueness per case names swv and gemeente too: else an error would tell what another SWV's case has.
    Create with `Model(**scope_of(case), ...)`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="%(class)s_rows")
    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", editable=False)
    shared_until = models.DateField(editable=False)

    class Meta:
        abstract = True


def scope_of(case):
    """The columns that a part of `case` shares with it."""
    return {
        "case": case,
        "swv_id": case.swv_id,
        "gemeente_id": case.gemeente_id,
        "shared_until": case.shared_until,
    }


class PartQuerySet(ScopedQuerySet):
    """Parts that follow their case: who may open the case may read them, who works on it may change them."""

    readers = WORK

    def visible_to(self, user):
        return self.narrowed(reach(user, right=self.readers))

    def editable_by(self, user):
        return self.narrowed(reach(user, right=WORK))


class JourneyPartQuerySet(PartQuerySet):
    """Parts that the SWV accounts for: a SWV-contact reads them too."""

    readers = WORK_OR_ACCOUNT


class CaseMember(CasePart):
    """A person near one case, for a period: exactly what R0.4 asks, access per case and not per organisation."""

    class Role(models.TextChoices):
        OWNER = "eigenaar", "Eigenaar"
        BRINGER = "inbrenger", "Inbrenger"
        CONNECTOR = "verbinder", "Verbinder"
        GUEST = "deelnemer", "Deelnemer"

    WORKING_ROLES = (Role.OWNER, Role.BRINGER, Role.CONNECTOR)

    class Reason(models.TextChoices):
        """Why somebody is no longer eigenaar (R3.4)."""

        WORK = "werk", "Ander werk of een andere plek"
        LEAVE = "afwezig", "Langere tijd afwezig"
        ASKED = "vraag", "De jongere of de ouders vroegen erom"
        TASKS = "verdeling", "Het werk is anders verdeeld"
        BROKEN = "verbinding", "Het contact lukte niet meer"
        HANDOVER = "overdracht", "Overgedragen naar een andere gemeente of SWV"
        OTHER = "anders", "Anders"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rol", max_length=10, choices=Role)
    starts_on = models.DateField("vanaf", default=timezone.localdate)
    ends_on = models.DateField("tot en met", null=True, blank=True)
    # What an eigenaar said about stopping; it stays eigenaar until somebody else is.
    leaves_on = models.DateField("stopt op", null=True, blank=True)
    reason = models.CharField("waarom", max_length=10, choices=Reason, blank=True, default="", db_default="")
    note = models.CharField("toelichting", max_length=200, blank=True, default="", db_default="")
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = JourneyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "reisgenoot met account"
        # Beside these an EXCLUDE (migrations/0025): one eigenaar at a time, also in the past. The day on which one
        # takes over from another counts for the new one.
        constraints = [
            models.UniqueConstraint(
                fields=["case", "swv", "gemeente"],
                condition=Q(role="eigenaar", ends_on=None),
                name="case_one_open_owner",
                violation_error_message="Er is al een eigenaar.",
            ),
            models.CheckConstraint(
                name="case_member_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"]),
            # Who are the owners here: answered from the index (access.case_owners).
            models.Index(
                fields=["swv", "shared_until", "user"],
                condition=Q(role="eigenaar", ends_on=None),
                name="open_owner_by_swv",
            ),
            models.Index(
                fields=["gemeente", "user"], condition=Q(role="eigenaar", ends_on=None), name="open_owner_by_gemeente"
            ),
        ]


class Identity(models.Model):
    """Who it is. The web role has no right at all on this table; see access.identities() in the migrations."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="+")
    first_name = models.CharField("roepnaam", max_length=80)
    last_name = models.CharField("achternaam", max_length=120)
    born_on = models.DateField("geboortedatum")
    parent_name = models.CharField("ouder of verzorger", max_length=160, blank=True)
    contact = models.CharField("telefoon of e-mail", max_length=160, blank=True)

    class Meta:
        verbose_name = "identiteit"
        indexes = [models.Index(fields=["born_on"])]


class IdentityGrant(CasePart):
    """Leerplicht lets one person know who it is, for a purpose, until a day; only while the case is shared."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="wie")
    purpose = models.CharField("waarvoor", max_length=200)
    until = models.DateField("tot en met")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "toegang tot de naam"
        ordering = ["-granted_at"]
