"""Who works where, as what, and the object grants that follow from it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from regions.models.reference import Gemeente, Samenwerkingsverband


class Role(models.TextChoices):
    LEERPLICHT = "leerplicht", "Leerplichtambtenaar"
    COORDINATOR = "coordinator", "Coördinator WEL-team"
    CASEWORKER = "betrokken", "Eigenaar of inbrenger"
    INTERVIEWER = "interviewer", "Interviewer (ziet ook redenen)"
    SWV_CONTACT = "swv_contact", "SWV-contact / financiën"
    PROJECT = "project", "Projectmedewerker"
    FG = "fg", "Functionaris gegevensbescherming"
    BEHEER = "beheer", "Beheerder"


# Who may be eigenaar, inbrenger or verbinder, each in the own SWV or gemeente.
CASE_ROLES = (Role.LEERPLICHT, Role.COORDINATOR, Role.CASEWORKER)


class InForceQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))


class Membership(models.Model):
    """A person works in a role: in a gemeente or SWV, or for the national roles nowhere in particular."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("rol", max_length=12, choices=Role)
    swv = models.ForeignKey(
        Samenwerkingsverband, on_delete=models.PROTECT, null=True, blank=True, verbose_name="samenwerkingsverband"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, null=True, blank=True, verbose_name="gemeente")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "werkplek"
        verbose_name_plural = "werkplekken"
        ordering = ["user", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="membership_scope_fits_role",
                condition=(
                    Q(role=Role.LEERPLICHT, swv=None, gemeente__isnull=False)
                    | Q(role=Role.LEERPLICHT, swv__isnull=False, gemeente=None)
                    | Q(
                        role__in=[Role.COORDINATOR, Role.SWV_CONTACT, Role.CASEWORKER, Role.INTERVIEWER],
                        swv__isnull=False,
                        gemeente=None,
                    )
                    | Q(role__in=[Role.PROJECT, Role.FG, Role.BEHEER], swv=None, gemeente=None)
                ),
                violation_error_message="Kies bij deze rol de gemeente of het samenwerkingsverband dat erbij hoort.",
            ),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ]

    def __str__(self):
        place = self.swv or self.gemeente
        return f"{self.get_role_display()}, {place}" if place else self.get_role_display()


class Grant(UserObjectPermissionBase):
    """A guardian object permission with a period; made from memberships, never by hand (regions/actions.py)."""

    starts_on = models.DateField(default=date.min)
    ends_on = models.DateField(null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


class SamenwerkingsverbandGrant(Grant):
    content_object = models.ForeignKey(Samenwerkingsverband, on_delete=models.CASCADE)


class GemeenteGrant(Grant):
    content_object = models.ForeignKey(Gemeente, on_delete=models.CASCADE)
