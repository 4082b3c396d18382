"""The card of a moreel beraad (R8.4): an ethical question of the team, apart from any jeugdige."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from meetings.models.meeting import CASE_CODE, Meeting
from meetings.models.team import TeamQuerySet
from meetings.rules.kinds import Kind
from regions.models import Samenwerkingsverband


class MoralCard(models.Model):
    class Method(models.TextChoices):
        DILEMMA = "dilemma", "Dilemmamethode"
        SOCRATIC = "socratisch", "Socratisch gesprek"
        UTRECHT = "utrecht", "Utrechts stappenplan"
        OTHER = "anders", "Anders"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moral_cards", editable=False)
    # Of the meeting; a foreign key on all three keeps them equal, so that a card is of a moreel beraad only.
    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("soort overleg", max_length=10, default=Kind.MORAL, editable=False)
    question = models.TextField("ethische vraag", max_length=1000)
    leader = models.CharField("gespreksleider", max_length=120)
    method = models.CharField("methode", max_length=10, choices=Method)
    method_other = models.CharField("welke andere methode", max_length=120, blank=True)
    # [{"perspective": ..., "text": ...}], in the order in which they were weighed.
    considerations = models.JSONField("overwegingen", default=list, blank=True)
    conclusion = models.TextField("conclusie", max_length=2000, blank=True)
    policy = models.TextField("betekenis voor beleid", max_length=1000, blank=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "kaart van een moreel beraad"
        verbose_name_plural = "kaarten van moreel beraad"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "swv"], name="moralcard_once"),
            models.CheckConstraint(name="moralcard_of_moral", condition=Q(kind=Kind.MORAL.value)),
            models.CheckConstraint(
                name="moralcard_method_known",
                condition=Q(method="anders") & ~Q(method_other="") | ~Q(method="anders") & Q(method_other=""),
            ),
            # Also in the considerations, whose text the migration looks through.
            models.CheckConstraint(
                name="moralcard_names_no_case",
                condition=~Q(question__iregex=CASE_CODE)
                & ~Q(leader__iregex=CASE_CODE)
                & ~Q(method_other__iregex=CASE_CODE)
                & ~Q(conclusion__iregex=CASE_CODE)
                & ~Q(policy__iregex=CASE_CODE),
            ),
        ]

    @property
    def method_text(self):
        return self.method_other if self.method == self.Method.OTHER else self.get_method_display()
