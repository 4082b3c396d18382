"""Whom parents and youth want at the table, and whom not (R2.6): per party a yes or a no of one of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet
from cases.models.consent import Consent


class TableWish(CasePart):
    """For who works on the case: they invite. A SWV-contact reads no names of people around a youth."""

    class Wish(models.TextChoices):
        YES = "ja", "Ja, graag aan tafel"
        NO = "nee", "Nee, liever niet"

    party = models.CharField("wie (naam of rol)", max_length=120)
    wish = models.CharField("wens", max_length=3, choices=Wish)
    said_by = models.CharField("gezegd door", max_length=10, choices=Consent.Person)
    said_on = models.DateField("gezegd op", default=timezone.localdate)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "wens voor de tafel"
        verbose_name_plural = "wensen voor de tafel"
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="table_wish_of_case")]
