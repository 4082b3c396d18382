"""The subsidy a samenwerkingsverband holds under the Subsidieregeling Wel in Ontwikkeling (Stcrt. 2022, 16574)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from regions.models.grants import grants_of
from regions.models.membership import Role
from regions.models.reference import Samenwerkingsverband


class SubsidyQuerySet(models.QuerySet):
    def visible_to(self, user):
        grants = grants_of(user)
        if Role.PROJECT in grants.roles:
            return self
        return self.filter(swv_id__in=grants.swvs("account_for_subsidies") | grants.swvs("work_on_cases"))

    def editable_by(self, user):
        return self.filter(swv_id__in=grants_of(user).swvs("account_for_subsidies"))


class Subsidy(models.Model):
    class Status(models.TextChoices):
        REQUESTED = "aangevraagd", "Aangevraagd"
        GRANTED = "verleend", "Verleend"
        PAID = "uitbetaald", "Uitbetaald"
        RUNNING = "loopt", "Loopt"
        ACCOUNTED = "verantwoord", "Verantwoord"
        SETTLED = "vastgesteld", "Vastgesteld"
        RECLAIMED = "teruggevorderd", "Teruggevorderd"
        OBJECTION = "bezwaar", "Bezwaar"

    class Round(models.IntegerChoices):
        ONE = 1, "Ronde 1 (1 juli – 30 september 2022)"
        TWO = 2, "Ronde 2 (1 april – 15 mei 2023)"

    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="subsidies")
    scheme = models.CharField("regeling", max_length=120, default="Subsidieregeling Wel in Ontwikkeling")
    round = models.PositiveSmallIntegerField("ronde", choices=Round)
    reference = models.CharField("kenmerk", max_length=60, blank=True)
    applied_on = models.DateField("aangevraagd op", null=True, blank=True)
    granted_on = models.DateField("beschikking van", null=True, blank=True)
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField("van", null=True, blank=True)
    ends_on = models.DateField("tot en met", default=date(2025, 7, 31))
    direct_text = models.TextField("directe activiteiten", blank=True)
    indirect_text = models.TextField("indirecte activiteiten", blank=True)
    goal_text = models.TextField("verband met het doel", blank=True)
    contact = models.CharField("contact bij DUS-I", max_length=120, blank=True)
    status = models.CharField("status", max_length=14, choices=Status, default=Status.REQUESTED)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = "subsidie"
        constraints = [
            # A SWV that applied in round 1 cannot apply in round 2 (R14.2).
            models.UniqueConstraint(
                fields=["swv", "scheme"],
                name="subsidy_once_per_scheme",
                violation_error_message="Dit samenwerkingsverband heeft al een subsidie volgens deze regeling.",
            ),
            # What an inclusion refers to, so that a youth counts for a subsidy of its own SWV only.
            models.UniqueConstraint(fields=["id", "swv"], name="subsidy_scope"),
            models.CheckConstraint(
                name="subsidy_amount_positive",
                condition=Q(amount=None) | Q(amount__gt=0),
                violation_error_message="Vul een bedrag in dat groter is dan nul.",
            ),
            models.CheckConstraint(
                name="subsidy_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ]

    def __str__(self):
        return f"{self.scheme}, ronde {self.round}"
