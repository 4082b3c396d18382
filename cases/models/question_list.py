"""Vragenlijsten of interview and casusinbreng, in versions: one in use never changes, a new one is a copy."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Perspective(models.TextChoices):
    """Who speaks in an interview; also for whom a question is."""

    YOUTH = "jeugdige", "Jeugdige"
    PARENT = "ouder", "Ouder"
    PROFESSIONAL = "professional", "Professional"


class QuestionListQuerySet(models.QuerySet):
    def of(self, kind):
        return self.filter(kind=kind)

    def published(self):
        return self.exclude(published_at=None)

    def drafts(self):
        return self.filter(published_at=None)


class QuestionList(models.Model):
    """One version. The database refuses every change after `published_at`, whoever asks."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "Waarderend interview"
        BRINGING = "inbreng", "Casusinbreng"

    kind = models.CharField("soort", max_length=10, choices=Kind, default=Kind.INTERVIEW, db_default=Kind.INTERVIEW)
    number = models.PositiveIntegerField("versie")
    title = models.CharField("titel", max_length=120)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, editable=False, verbose_name="kopie van"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    made_at = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name="in gebruik genomen door",
    )
    published_at = models.DateTimeField("in gebruik sinds", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = QuestionListQuerySet.as_manager()

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="question_list_number_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(published_at=None), name="question_list_one_draft"
            ),
        ]

    def __str__(self):
        return f"{self.title}, versie {self.number}"

    @property
    def is_draft(self):
        return self.published_at is None


class Question(models.Model):
    question_list = models.ForeignKey(QuestionList, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField("plaats")
    text = models.CharField("vraag", max_length=300)
    # Empty: for everybody.
    asked_of = models.CharField("voor wie", max_length=12, choices=Perspective, blank=True)

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question_list", "position"], name="question_place_once")]

    def __str__(self):
        return self.text
