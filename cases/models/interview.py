"""Het waarderend interview: who spoke when, what each said on each question, and the words that may be quoted.

Until when it may be read and used follows from consent (InterviewConsent), here and in the policies.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from access.school_year import school_year
from cases.models.case import NOT_SHARED, WORK, Case, CasePart, PartQuerySet, known_by, reach
from cases.models.question_list import Perspective, Question, QuestionList


class InterviewConsent(CasePart):
    """Until when a case may be interviewed and quoted, its reasons kept, and it may be discussed at a WEL-tafel.

    The rules count it out of the statements (cases/actions/interview_consent.py); only leerplicht sets it, by a
    function that asks for a standing yes, and the database closes it with a withdrawal. Parts carry their own date by
    a foreign key, as they do with `shared_until`.
    """

    interview_since = models.DateField("interview sinds", default=NOT_SHARED, editable=False)
    interview_until = models.DateField("interview tot en met", default=NOT_SHARED, editable=False)
    quotes_until = models.DateField("citaten tot en met", default=NOT_SHARED, editable=False)
    reasons_until = models.DateField("redenen tot en met", default=NOT_SHARED, editable=False)
    table_until = models.DateField("tafel tot en met", default=NOT_SHARED, db_default=NOT_SHARED, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "toestemming voor het interview"
        constraints = [
            models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="interview_consent_once"),
            # What the foreign keys of the parts refer to.
            models.UniqueConstraint(fields=["case", "interview_until"], name="interview_consent_until"),
            models.UniqueConstraint(fields=["case", "quotes_until"], name="interview_consent_quotes"),
            models.UniqueConstraint(fields=["case", "reasons_until"], name="interview_consent_reasons"),
        ]

    def allows_interview(self, today):
        return self.interview_until >= today

    def allows_quotes(self, today):
        return self.quotes_until >= today

    def allows_reasons(self, today):
        return self.reasons_until >= today

    def allows_table(self, today):
        return self.table_until >= today


class InterviewPartQuerySet(PartQuerySet):
    def visible_to(self, user):
        """Leerplicht always, for it decides what becomes of it; others while the yes to the interview is in force."""
        return self.narrowed(reach(user, right=WORK), known_by(user) | Q(interview_until__gte=timezone.localdate()))

    def editable_by(self, user):
        """Nobody writes without that yes."""
        return self.narrowed(reach(user, right=WORK), Q(interview_until__gte=timezone.localdate()))


class InterviewQuerySet(InterviewPartQuerySet):
    def held_between(self, first, last):
        return self.filter(held_on__range=(first, last))

    def counts(self):
        """How many interviews, over how many jeugdigen, in which situation, and with whom.

        An interview with a jeugdige and a parent counts for both, so the perspectives may add up to more.
        """
        return self.aggregate(
            interviews=Count("pk"),
            cases=Count("case", distinct=True),
            **{f"situation_{value}": Count("pk", filter=Q(situation=value)) for value in Case.Situation.values},
            **{value: Count("pk", filter=Q(**{field: True})) for value, field in Interview.PRESENT.items()},
        )


class Interview(CasePart):
    PRESENT = {
        Perspective.YOUTH: "with_youth",
        Perspective.PARENT: "with_parents",
        Perspective.PROFESSIONAL: "with_professional",
    }

    interview_until = models.DateField(editable=False)
    # The version it was held with; it keeps that one.
    question_list = models.ForeignKey(
        QuestionList, on_delete=models.PROTECT, related_name="+", verbose_name="vragenlijst"
    )
    held_on = models.DateField("datum", default=timezone.localdate)
    place = models.CharField("plek", max_length=80, blank=True)
    with_youth = models.BooleanField("met de jeugdige", default=False)
    with_parents = models.BooleanField("met een ouder", default=False)
    with_professional = models.BooleanField("met een professional", default=False)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="interviewer"
    )
    is_trained = models.BooleanField("geschoold in Het andere gesprek", default=False)
    # As it was that day: what a later count asks for.
    situation = models.CharField("situatie", max_length=8, choices=Case.Situation, editable=False)
    # Since when the yes that it was held under is in force.
    consented_on = models.DateField("toestemming sinds", editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField("aangepast op", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = "waarderend interview"
        verbose_name_plural = "waarderende interviews"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "case"], name="interview_of_case"),
            models.CheckConstraint(
                name="interview_with_somebody",
                condition=Q(with_youth=True) | Q(with_parents=True) | Q(with_professional=True),
                violation_error_message="Kies met wie het gesprek was.",
            ),
            models.CheckConstraint(
                name="interview_after_consent",
                condition=Q(held_on__gte=models.F("consented_on")),
                violation_error_message="Op die dag was er nog geen toestemming.",
            ),
        ]
        indexes = [models.Index(fields=["swv", "-held_on"], name="interview_by_swv")]

    @property
    def present(self):
        """Who took part, in the order of the perspectives."""
        return [perspective for perspective, field in self.PRESENT.items() if getattr(self, field)]

    @property
    def school_year(self):
        return school_year(self.held_on)


class AnswerQuerySet(InterviewPartQuerySet):
    def counts_by(self, tag):
        """Number of answers per `theme`, `level` or `perspective`; "" is what has no tag."""
        return dict(self.order_by(tag).values_list(tag).annotate(total=Count("pk")))


class Answer(CasePart):
    """What one said on one question. Several answers to a question stand beside each other, each with its tags."""

    class Theme(models.TextChoices):
        CONTENT = "inhoud", "Inhoud"
        PROCESS = "proces", "Proces"
        ATTITUDE = "houding", "Houding en gedrag"

    class Level(models.TextChoices):
        CHILD = "kind", "Kind"
        PARENT = "ouder", "Ouder"
        PROFESSIONAL = "professional", "Professional"
        SWV = "swv", "Samenwerkingsverband"
        SYSTEM = "systeem", "Systeem"

    interview_until = models.DateField(editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, db_constraint=False, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    perspective = models.CharField("wie zei dit?", max_length=12, choices=Perspective)
    theme = models.CharField("thema", max_length=8, choices=Theme, blank=True)
    level = models.CharField("niveau", max_length=12, choices=Level, blank=True)
    text = models.TextField("antwoord", max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField("aangepast op", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["id", "case"], name="answer_of_case")]
        indexes = [models.Index(fields=["interview", "id"], name="answer_by_interview")]


class QuoteQuerySet(PartQuerySet):
    """Nobody reads a quote without the yes to it, leerplicht neither."""

    def visible_to(self, user):
        today = timezone.localdate()
        return self.narrowed(
            reach(user, right=WORK), known_by(user) | Q(interview_until__gte=today), Q(quotes_until__gte=today)
        )

    def editable_by(self, user):
        today = timezone.localdate()
        return self.narrowed(reach(user, right=WORK), Q(interview_until__gte=today, quotes_until__gte=today))


class Quote(CasePart):
    """Words out of an answer that others may read, without a name. A withdrawal deletes them (migration 0026)."""

    interview_until = models.DateField(editable=False)
    quotes_until = models.DateField(editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, db_constraint=False, related_name="quotes")
    text = models.CharField("citaat", max_length=300)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = "citaat"
        verbose_name_plural = "citaten"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "case", "swv", "gemeente"], name="quote_once_per_answer")
        ]
