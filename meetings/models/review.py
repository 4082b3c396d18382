"""After a table: did the advice work (R9.3), and what did who sat there think of it (R9.2)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet
from cases.models.learning import Theme
from meetings.models.agenda import AgendaItem
from meetings.models.intake import Versioned
from meetings.models.participant import Participant
from meetings.rules.review import Moment
from regions.models import grants_of


def of_item(related_name):
    return models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, db_constraint=False, related_name=related_name, verbose_name="plek"
    )


class Felt(models.TextChoices):
    YES = "ja", "Ja"
    PARTLY = "deels", "Deels"
    NO = "nee", "Nee"
    UNKNOWN = "onbekend", "Weet ik niet"


def need(label):
    return models.CharField(label, max_length=8, choices=Felt)


def note(label):
    return models.CharField(label, max_length=500, blank=True)


class AdviceReview(Versioned, CasePart):
    """Looking back four weeks and four months later, with the three basic needs: without those no plan works."""

    Moment, Felt = Moment, Felt

    class Worked(models.TextChoices):
        YES = "ja", "Ja"
        PARTLY = "deels", "Deels"
        NO = "nee", "Nee"
        TOO_SOON = "nog", "Nog niet te zeggen"

    item = of_item("reviews")
    moment = models.CharField("moment", max_length=2, choices=Moment)
    held_on = models.DateField("teruggekeken op")
    worked = models.CharField("werkte ons advies?", max_length=5, choices=Worked)
    happened = models.TextField("wat gebeurde er?", max_length=2000)
    autonomy = need("autonomie: kan zelf kiezen")
    autonomy_note = note("over autonomie")
    competence = need("competentie: merkt dat iets lukt")
    competence_note = note("over competentie")
    belonging = need("verbondenheid: hoort erbij")
    belonging_note = note("over verbondenheid")
    next_step = models.CharField("volgende kleine stap", max_length=300, blank=True)
    needs_table = models.BooleanField("tweede tafel nodig")

    class Meta:
        verbose_name = "terugblik op een tafel"
        verbose_name_plural = "terugblikken op tafels"
        ordering = ["item", "moment"]
        constraints = [
            models.UniqueConstraint(fields=["item", "moment", "swv", "gemeente"], name="advicereview_once"),
            models.CheckConstraint(name="advicereview_moment", condition=Q(moment__in=["4w", "4m"])),
            models.CheckConstraint(name="advicereview_says_what", condition=~Q(happened="")),
        ]
        indexes = [
            models.Index(fields=["swv", "item"], name="review_asks_table", condition=Q(needs_table=True)),
        ]

    @property
    def needs(self):
        """The three basic needs, each with its word on screen, the answer, and what was written with it."""
        return [
            (word, short, getattr(self, f"get_{name}_display")(), getattr(self, f"{name}_note"))
            for name, word, short in NEEDS
        ]


NEEDS = (
    ("autonomy", "Autonomie", "kan zelf kiezen"),
    ("competence", "Competentie", "merkt dat iets lukt"),
    ("belonging", "Verbondenheid", "hoort erbij"),
)


class ReflectionQuerySet(PartQuerySet):
    def editable_by(self, user):
        """The coördinator, while the jeugdige is shared: who phones round after the table."""
        return self.narrowed(
            Q(swv_id__in=grants_of(user).swvs("work_on_cases"), shared_until__gte=timezone.localdate())
        )


class TableReflection(Versioned, CasePart):
    """ "Wat vond je ervan?", asked the next working day; read by who works on the jeugdige, not at the table."""

    item = of_item("reflections")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, db_constraint=False, related_name="reflections", verbose_name="wie"
    )
    # Empty where nobody phoned, and nobody will.
    called_on = models.DateField("gebeld op", null=True, blank=True)
    worked = models.CharField("wat werkte", max_length=1000, blank=True)
    better = models.CharField("wat kan beter", max_length=1000, blank=True)
    theme = models.CharField("thema", max_length=8, choices=Theme, blank=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = "reflectie op een tafel"
        verbose_name_plural = "reflecties op tafels"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "swv", "gemeente"], name="tablereflection_once"),
            models.CheckConstraint(
                name="tablereflection_called_or_not",
                condition=Q(called_on=None, worked="", better="", theme="")
                | Q(called_on__isnull=False) & ~Q(worked="", better=""),
            ),
        ]

    @property
    def was_called(self):
        return self.called_on is not None
