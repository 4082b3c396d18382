"""Counting for the subsidy: what held for a youth on the day of inclusion, kept for good (R3.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK_OR_ACCOUNT, Case, CasePart, JourneyPartQuerySet
from regions.models import Gemeente, Subsidy, grants_of


class InclusionQuerySet(JourneyPartQuerySet):
    def visible_to(self, user):
        """Also those of a jeugdige that was handed over since: they stay where they were counted."""
        near = frozenset().union(*(grants_of(user).swvs(right) for right in WORK_OR_ACCOUNT))
        return self.narrowed(Q(pk__in=super().visible_to(user).values("pk")) | Q(case=None, swv_id__in=near))

    def handed_over(self):
        return self.filter(case=None)


class Inclusion(CasePart):
    """A youth counts where and as what it was included; enrolling or moving later does not undo that (R3.3)."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_constraint=False, null=True, editable=False, related_name="inclusion_rows"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    shared_until = models.DateField(null=True, editable=False)
    # After a handover to another SWV: whose it was, and whether the Reis was complete by then.
    moved_case = models.BigIntegerField("overgedragen jeugdige", null=True, editable=False)
    was_complete = models.BooleanField("reis was compleet", null=True, editable=False)
    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="inclusions")
    included_on = models.DateField("meegeteld vanaf", default=timezone.localdate)
    situation = models.CharField("situatie op die dag", max_length=8, choices=Case.Situation)
    outcome = models.CharField("uitkomst volgens artikel 1", max_length=30)
    is_eligible = models.BooleanField("telt mee")
    reason = models.CharField("waarom deze jeugdige?", max_length=300, blank=True, default="", db_default="")
    included_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = InclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "meegeteld voor de subsidie"
        ordering = ["included_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subsidy", "case"],
                name="inclusion_once_per_subsidy",
                violation_error_message="Deze jeugdige telt al mee.",
            ),
            models.CheckConstraint(
                name="inclusion_of_a_case_or_moved",
                condition=Q(
                    case__isnull=False,
                    gemeente__isnull=False,
                    shared_until__isnull=False,
                    moved_case=None,
                    was_complete=None,
                )
                | Q(case=None, gemeente=None, shared_until=None, moved_case__isnull=False, was_complete__isnull=False),
            ),
        ]

    @property
    def code(self):
        return f"WEL-{self.case_id or self.moved_case:04d}"
