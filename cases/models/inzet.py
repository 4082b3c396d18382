"""Inzet: what was done for a jeugdige, what it cost and who agreed (R10); of a case, or of its SWV only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from access.school_year import school_year
from cases.models.case import Case, CasePart, ScopedQuerySet, member_case_ids
from regions.models import Gemeente, Samenwerkingsverband, Subsidy, grants_of

ENTER, ACCOUNT = "work_on_cases", "account_for_subsidies"


def enters(user, *, case_field="case_id"):
    """The condition on a case or its part: the SWV's team and the people of the case, while it is shared.

    Leerplicht as such has no part in money; who is eigenaar has.
    """
    near = Q(swv_id__in=grants_of(user).swvs(ENTER)) | Q(**{f"{case_field}__in": member_case_ids(user)})
    return Q(shared_until__gte=timezone.localdate()) & near


def inzet_cases(user):
    """Cases of which this user sees what was done and paid."""
    accounts = Q(swv_id__in=grants_of(user).swvs(ACCOUNT), shared_until__gte=timezone.localdate())
    return Case.objects.narrowed(enters(user, case_field="pk") | accounts)


def inzet_cases_to_enter(user):
    return Case.objects.narrowed(enters(user, case_field="pk"))


def enters_in(user, case):
    """The answer of `inzet_cases_to_enter` for a case already fetched."""
    return case.is_shared(timezone.localdate()) and (
        case.swv_id in grants_of(user).swvs(ENTER) or case.pk in member_case_ids(user)
    )


def sees_inzet(user, case):
    """The answer of `inzet_cases` for a case already fetched."""
    accounts = case.is_shared(timezone.localdate()) and case.swv_id in grants_of(user).swvs(ACCOUNT)
    return accounts or enters_in(user, case)


class InzetQuerySet(ScopedQuerySet):
    """Rows of a case that is shared, and rows of a SWV without a case."""

    def visible_to(self, user):
        grants = grants_of(user)
        shared = Q(shared_until__gte=timezone.localdate())
        of_swv = Q(case=None, swv_id__in=grants.swvs(ENTER) | grants.swvs(ACCOUNT))
        return self.narrowed(enters(user) | of_swv | (shared & Q(swv_id__in=grants.swvs(ACCOUNT))))

    def editable_by(self, user):
        return self.narrowed(enters(user) | Q(case=None, swv_id__in=grants_of(user).swvs(ENTER)))


class CostLineQuerySet(InzetQuerySet):
    def visible_to(self, user):
        """Also what one's SWV pays for a jeugdige of another."""
        grants = grants_of(user)
        shared = Q(shared_until__gte=timezone.localdate())
        accounts = grants.swvs(ACCOUNT)
        return self.narrowed(
            enters(user)
            | Q(case=None, swv_id__in=grants.swvs(ENTER) | accounts)
            | (shared & (Q(swv_id__in=accounts) | Q(payer_id__in=accounts)))
        )

    def editable_by(self, user):
        """Of what one enters, the lines that one could have had paid this way: by the SWV of the case, or one's own."""
        return super().editable_by(user).filter(Q(payer_id=F("swv_id")) | Q(payer_id__in=grants_of(user).swvs(ENTER)))

    def decidable_by(self, user):
        """What this user may agree to: paid by the own SWV, and neither entered nor last changed by oneself."""
        accounts = Q(payer_id__in=grants_of(user).swvs(ACCOUNT))
        readable = Q(case=None) | Q(shared_until__gte=timezone.localdate())
        return self.narrowed(accounts & readable).exclude(entered_by=user).exclude(changed_by=user)

    def waiting(self):
        return self.filter(decision="", stage__in=CostLine.DUE)

    def approved(self):
        return self.filter(decision=CostLine.Decision.YES)


class Agreement(models.Model):
    """Overeenkomst: nothing is passed on to another party without one (R10.4)."""

    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="+", editable=False)
    party = models.CharField("met wie", max_length=120)
    signed_on = models.DateField("datum")
    amount = models.DecimalField("bedrag", max_digits=9, decimal_places=2)
    purpose = models.CharField("waarvoor", max_length=300)
    is_on_file = models.BooleanField("getekend exemplaar bewaard", default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class AgreementQuerySet(ScopedQuerySet):
        def visible_to(self, user):
            grants = grants_of(user)
            return self.narrowed(Q(swv_id__in=grants.swvs(ENTER) | grants.swvs(ACCOUNT)))

        def editable_by(self, user):
            return self.narrowed(Q(swv_id__in=grants_of(user).swvs(ACCOUNT)))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "overeenkomst"
        verbose_name_plural = "overeenkomsten"
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "swv"], name="agreement_scope"),
            models.CheckConstraint(
                name="agreement_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Vul een bedrag in dat groter is dan nul.",
            ),
        ]

    def __str__(self):
        return f"{self.party}, {self.signed_on.day}-{self.signed_on.month}-{self.signed_on.year}"


class CostLine(CasePart):
    """An activity or voorziening and what it costs, including btw; it counts once another person agreed."""

    class Kind(models.TextChoices):
        COURSE = "cursus", "Cursus"
        TRAINING = "training", "Training"
        HOMEWORK = "huiswerk", "Huiswerkbegeleiding"
        BOOKS = "lesmateriaal", "Lesmateriaal of boeken"
        ICT = "ict", "Laptop of andere ICT"
        WORKPLACE = "werkplek", "Aangepast bureau of werkplek"
        AT_HOME = "aan_huis", "Begeleiding aan huis"
        AT_SCHOOL = "op_school", "Meedoen met een activiteit op school"
        CREATIVE = "creatief", "Creatief: muziek, schrijven, schilderen, foto, games"
        PRACTICE = "praktijk", "Praktijkleren of leermeester"
        INTERNSHIP = "stage", "Stage of baantje"
        OUTDOORS = "natuur", "Natuur, lichaam of sport"
        CARE_FARM = "zorgboerderij", "Zorgboerderij of dagbesteding"
        CARE_SCHOOL = "zorglocatie", "Onderwijs op een zorglocatie"
        OZA = "oza", "Onderwijs-zorgarrangement"
        SOCIAL_WORK = "maatschappelijk_werk", "Maatschappelijk werk"
        TRANSPORT = "vervoer", "Vervoer"
        EXAM = "staatsexamen", "Staatsexamen"
        DRIVING = "rijbewijs", "Rijbewijs"
        COORDINATION = "coordinatie", "Inzet coördinator of trekker"
        TALKS = "gesprekken", "Gesprekken en uren"
        SCHOOLING = "scholing", "Scholing"
        RESEARCH = "onderzoek", "Onderzoek"
        ROOM = "materieel", "Materieel of vergaderruimte"
        PUBLICITY = "pr", "PR of praatplaat"
        PASSED_ON = "doorgegeven", "Geld doorgegeven aan een andere partij"
        OTHER = "anders", "Anders"

    class Stage(models.TextChoices):
        PLANNED = "begroot", "Begroot: we willen dit doen"
        COMMITTED = "verplicht", "Verplicht: besteld of toegezegd"
        SPENT = "besteed", "Besteed: betaald"
        DROPPED = "vervallen", "Vervallen: telt niet mee"

    DUE = (Stage.COMMITTED, Stage.SPENT)  # what somebody is to agree to

    class Decision(models.TextChoices):
        YES = "akkoord", "Akkoord"
        NO = "niet", "Niet akkoord"

    # Without a case it is casusoverstijgend: then all of its scope but the SWV is empty (a constraint says so).
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_constraint=False, null=True, editable=False, related_name="costline_rows"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    shared_until = models.DateField(null=True, editable=False)
    # After a handover to another SWV the line stays with who paid; this tells whose it was.
    moved_case = models.BigIntegerField("overgedragen jeugdige", null=True, editable=False)
    # Whose money it is; a SWV may pay for a jeugdige of another when they pool.
    payer = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="+", editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="overeenkomst"
    )
    kind = models.CharField("activiteit", max_length=20, choices=Kind)
    description = models.CharField("omschrijving", max_length=200, blank=True)
    is_direct = models.BooleanField("direct", default=True)
    stage = models.CharField("stand", max_length=10, choices=Stage)
    spent_on = models.DateField("datum")
    amount = models.DecimalField("bedrag", max_digits=9, decimal_places=2)
    is_own_contribution = models.BooleanField("eigen bijdrage", default=False)
    has_receipt = models.BooleanField("bon of factuur", default=False)
    reference = models.CharField("nummer van de bon of factuur", max_length=40, blank=True)
    effect = models.CharField("wat het opleverde", max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="ingevoerd door",
    )
    entered_at = models.DateTimeField("ingevoerd op", default=timezone.now, editable=False)
    # Who wrote what stands there now; kept by a trigger, which also withdraws the approval of what changed.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="gewijzigd door",
    )
    # Written by access.decide_cost only.
    decision = models.CharField("akkoord", max_length=8, choices=Decision, blank=True, editable=False)
    decision_reason = models.CharField("reden", max_length=300, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="akkoord door",
    )
    decided_at = models.DateTimeField("besloten op", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CostLineQuerySet.as_manager()

    class Meta:
        verbose_name = "inzet"
        verbose_name_plural = "inzet"
        ordering = ["-spent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="cost_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Vul een bedrag in dat groter is dan nul.",
            ),
            models.CheckConstraint(
                name="cost_of_a_case_or_of_its_payer",
                condition=Q(case__isnull=False, gemeente__isnull=False, shared_until__isnull=False)
                | Q(case=None, gemeente=None, shared_until=None, swv=F("payer")),
            ),
            models.CheckConstraint(name="cost_moved_has_no_case", condition=Q(moved_case=None) | Q(case=None)),
            models.CheckConstraint(
                name="cost_decision_complete_or_absent",
                condition=Q(decision="", decision_reason="", decided_by=None, decided_at=None)
                | Q(decision="akkoord", decision_reason="", decided_by__isnull=False, decided_at__isnull=False)
                | (Q(decision="niet", decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision_reason="")),
            ),
            models.CheckConstraint(
                name="cost_decided_by_another",
                condition=Q(decided_by=None) | (~Q(decided_by=F("entered_by")) & ~Q(decided_by=F("changed_by"))),
                violation_error_message="Iemand anders dan wie invoerde geeft akkoord.",
            ),
            models.CheckConstraint(
                name="cost_decided_only_when_due",
                condition=Q(decision="") | Q(stage__in=("verplicht", "besteed")),
            ),
            models.CheckConstraint(
                name="cost_passed_on_by_agreement",
                condition=~Q(kind="doorgegeven") | Q(agreement__isnull=False),
                violation_error_message="Geld doorgeven kan alleen met een overeenkomst.",
            ),
        ]
        indexes = [
            models.Index(fields=["payer", "-spent_on", "-id"], name="cost_by_payer"),
            models.Index(fields=["case", "-spent_on", "-id"], name="cost_by_case"),
            models.Index(fields=["subsidy", "decision", "stage"], include=["amount"], name="cost_sums"),
        ]

    @property
    def school_year(self):
        return school_year(self.spent_on)

    @property
    def calendar_year(self):
        return self.spent_on.year

    @property
    def place(self):
        """The code of the jeugdige, or the word of the programme for what is not about one."""
        if self.moved_case:
            return f"WEL-{self.moved_case:04d}, overgedragen"
        return f"WEL-{self.case_id:04d}" if self.case_id else "casusoverstijgend"

    @property
    def stage_word(self):
        return self.get_stage_display().partition(":")[0]

    @property
    def state(self):
        """Key and words of where the approval stands; only what is promised or paid asks for one."""
        if self.decision:
            return self.decision, self.get_decision_display()
        if self.stage in self.DUE:
            return "wacht", "Wacht op akkoord"
        return self.stage, self.stage_word


class HoursLine(CasePart):
    """Hours as the pilot plan counts them: per person, times persons, regular or extra work (R10.5)."""

    class Activity(models.TextChoices):
        """The lines of the pilot plan."""

        PREPARE = "voorbereiding", "Voorbereiding en afstemming"
        COLLECT = "informatie", "Informatie verzamelen"
        PARENTS = "ouders", "Gesprekken met ouders"
        LEARN = "scholing", "Ondersteuning of scholing voor gesprekken"
        CASE = "gesprekken", "Gesprekken rond een jeugdige, met voorbereiding en nazorg"
        CHAIR = "voorzitter", "Voorzitten en leiden"
        NOTES = "analyse", "Notuleren en analyse"
        REPORT = "rapportage", "Rapportage en monitor"
        SHARE = "delen", "Rapportage delen"
        MEETING = "bijeenkomst", "Bijeenkomst over wat het opleverde"

    class Role(models.TextChoices):
        LEERPLICHT = "leerplicht", "Leerplichtambtenaar"
        YOUTH_CARE = "jeugd", "Afdeling Jeugd"
        POLICY = "beleid", "Beleidsambtenaar"
        SWV = "swv", "Samenwerkingsverband"
        SCHOOL = "onderwijs", "Onderwijs"
        OUTSIDE = "extern", "Stichting of andere partij"

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_constraint=False, null=True, editable=False, related_name="hoursline_rows"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    shared_until = models.DateField(null=True, editable=False)
    # After a handover to another SWV they stay with who worked; this tells whose it was.
    moved_case = models.BigIntegerField("overgedragen jeugdige", null=True, editable=False)
    activity = models.CharField("waarvoor", max_length=16, choices=Activity)
    role = models.CharField("wie", max_length=12, choices=Role)
    done_on = models.DateField("datum")
    hours = models.DecimalField("uren per persoon", max_digits=6, decimal_places=2)
    persons = models.PositiveSmallIntegerField("aantal personen", default=1)
    is_extra = models.BooleanField("extra taak", default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InzetQuerySet.as_manager()

    class Meta:
        verbose_name = "uren"
        verbose_name_plural = "uren"
        ordering = ["-done_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="hours_positive",
                condition=Q(hours__gt=0) & Q(persons__gte=1),
                violation_error_message="Vul uren en personen in die groter zijn dan nul.",
            ),
            models.CheckConstraint(
                name="hours_of_a_case_or_of_a_swv",
                condition=Q(case__isnull=False, gemeente__isnull=False, shared_until__isnull=False)
                | Q(case=None, gemeente=None, shared_until=None),
            ),
            models.CheckConstraint(name="hours_moved_has_no_case", condition=Q(moved_case=None) | Q(case=None)),
        ]
        indexes = [
            models.Index(fields=["case", "-done_on", "-id"], name="hours_by_case"),
            models.Index(fields=["swv", "-done_on", "-id"], name="hours_by_swv"),
        ]

    @property
    def total(self):
        return self.hours * self.persons
