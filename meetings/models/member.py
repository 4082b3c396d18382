"""Who takes part in a WEL-team: people with an account, and partners of whom WEL keeps no more than their work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models.team import TeamQuerySet, WelTeam
from regions.models import GemeenteSwv, Membership, Role, Samenwerkingsverband


def works_in(swv_id, today):
    """Werkplekken in this SWV today, also those of leerplicht in one of its gemeenten.

    A new member must have one: the policy of migrations/0001_initial.py asks the same.
    """
    around = GemeenteSwv.objects.filter(swv_id=swv_id, is_doubtful=False)
    return Membership.objects.in_force(today).filter(
        Q(swv_id=swv_id) | Q(role=Role.LEERPLICHT, gemeente_id__in=around.values("gemeente"))
    )


class TeamMember(models.Model):
    class Role(models.TextChoices):
        CHAIR = "voorzitter", "Voorzitter"
        CORE = "kernteam", "Kernteam"
        PARTNER = "partner", "Partner, sluit aan als het past"

    team = models.ForeignKey(WelTeam, on_delete=models.PROTECT, related_name="members", verbose_name="WEL-team")
    # Of the team; a foreign key on both keeps them equal (migrations/0001_initial.py).
    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    role = models.CharField("rol", max_length=10, choices=Role)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.CharField("organisatie", max_length=100, blank=True)
    function = models.CharField("functie", max_length=80, blank=True)
    email = models.EmailField("e-mailadres van het werk", max_length=254, blank=True)
    starts_on = models.DateField("vanaf", default=timezone.localdate)
    ends_on = models.DateField("tot en met", null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "teamlid"
        verbose_name_plural = "teamleden"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="teammember_known_by_account_or_work",
                condition=Q(user__isnull=False, email="")
                | Q(user=None) & ~Q(organisation="") & ~Q(function="") & ~Q(email=""),
                violation_error_message="Vul de organisatie, de functie en het e-mailadres van het werk in.",
            ),
            models.CheckConstraint(
                name="teammember_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.UniqueConstraint(
                fields=["team", "user"], name="teammember_once", condition=Q(user__isnull=False, ends_on=None)
            ),
            models.UniqueConstraint(
                fields=["team", "email"], name="teammember_partner_once", condition=Q(user=None, ends_on=None)
            ),
        ]

    def __str__(self):
        return self.user.name if self.user else f"{self.function}, {self.organisation}"

    def is_active_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def address(self):
        return self.user.email if self.user else self.email

    @property
    def work(self):
        """What somebody does where, as far as it is written down."""
        return ", ".join(word for word in (self.function, self.organisation) if word)
