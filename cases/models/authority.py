"""Who decides about consent, and how that is known: rows that are only ever added, for leerplicht alone (R2.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet, known_by


class AuthorityQuerySet(PartQuerySet):
    """Why somebody cannot judge may be about health, so the team reads on the case that it is so, and not why."""

    def visible_to(self, user):
        return self.narrowed(known_by(user))

    editable_by = visible_to


class Authority(CasePart):
    """What was put on record at one moment. The newest row is what the case itself says (a trigger keeps it so)."""

    parents_with_authority = models.PositiveSmallIntegerField("ouders met gezag")
    checked_how = models.CharField("hoe nagegaan", max_length=200, blank=True)
    cannot_judge_reason = models.CharField("kan belangen niet overzien, want", max_length=200, blank=True)
    cannot_judge_by = models.CharField("vastgesteld door", max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "wie beslist"
        verbose_name_plural = "wie beslist"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="authority_one_or_two",
                condition=Q(parents_with_authority__range=(0, 2)),
                violation_error_message="Kies hoeveel ouders gezag hebben: geen, één of twee.",
            ),
            models.CheckConstraint(
                name="authority_reason_has_a_name",
                condition=Q(cannot_judge_reason="", cannot_judge_by="")
                | (~Q(cannot_judge_reason="") & ~Q(cannot_judge_by="")),
                violation_error_message="Schrijf op waarom, en wie het vaststelde.",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="authority_of_case")]
