"""Het klad: what somebody is still typing, kept on the server and shown to nobody else."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from cases.models.interview import InterviewConsent

# The places at which somebody writes down what was said in an interview: "vraag-3-12" and "antwoord-40".
OF_INTERVIEW = r"^(vraag|antwoord)-"


class DraftQuerySet(PartQuerySet):
    def visible_to(self, user):
        """One's own, as long as one works on the case: a withdrawal closes a klad with all the rest.

        Of an answer in an interview only while there is a yes to that, as the answers themselves.
        """
        allowed = InterviewConsent.objects.narrowed().filter(
            case=OuterRef("case"), interview_until__gte=timezone.localdate()
        )
        return self.narrowed(
            reach(user, right=WORK), Q(author=user), ~Q(place__regex=OF_INTERVIEW) | Q(Exists(allowed))
        )

    editable_by = visible_to

    def open(self):
        return self.filter(closed_at=None)


class Draft(CasePart):
    """One window of one person. What is saved, or thrown away and not put back, leaves no text behind."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    place = models.CharField("waar", max_length=40)  # "logboek", "logboek-12", "reis-plan"
    token = models.UUIDField("venster")
    step = models.PositiveIntegerField("beurt", default=0)
    answers = models.JSONField("klad", default=dict)
    saved_at = models.DateTimeField("bewaard om", default=timezone.now)
    closed_at = models.DateTimeField("klaar om", null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "klad"
        verbose_name_plural = "kladjes"
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "case", "swv", "gemeente", "place", "token"], name="draft_one_per_window"
            )
        ]
