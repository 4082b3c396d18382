"""De casusinbreng: what somebody answered on the questions of one version of the vragenlijst (R6.3)."""

from django.db import models
from django.db.models import Q

from cases.models import CasePart, Question, QuestionList
from meetings.models.intake import Versioned, person


class Bringing(Versioned, CasePart):
    """One per jeugdige. It keeps the version it was begun with: the numbers in `answers` are those of its questions,
    and a version in use never changes."""

    question_list = models.ForeignKey(
        QuestionList, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="vragen"
    )
    answers = models.JSONField("antwoorden", default=dict, editable=False)
    begun_by = person()
    begun_on = models.DateField("begonnen op", editable=False)
    ready_at = models.DateTimeField("klaar op", null=True, editable=False)
    ready_by = person(null=True, verbose_name="klaar gemeld door")

    class Meta:
        verbose_name = "casusinbreng"
        verbose_name_plural = "casusinbrengen"
        constraints = [
            models.UniqueConstraint(fields=["case", "swv", "gemeente"], name="bringing_once"),
            models.CheckConstraint(
                name="bringing_ready_with_answers",
                condition=Q(ready_at=None, ready_by=None)
                | Q(ready_at__isnull=False, ready_by__isnull=False) & ~Q(answers={}),
            ),
        ]

    @property
    def is_ready(self):
        return self.ready_at is not None

    def answer_to(self, question):
        return self.answers.get(str(question.pk), "")


def questions_of(question_list):
    return list(Question.objects.filter(question_list=question_list))
