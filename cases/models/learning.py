"""Leren: the story of a jeugdige with consent, knelpunten of the system, and solutions that carry nobody (R12)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from cases.models.scoped import ScopedQuerySet
from regions.models import CASE_ROLES, GemeenteSwv, Membership, Role, Samenwerkingsverband, grants_of


class Theme(models.TextChoices):
    CONTENT = "inhoud", "Inhoud"
    PROCESS = "proces", "Proces"
    ATTITUDE = "houding", "Houding en gedrag"


class Level(models.TextChoices):
    CHILD = "kind", "Kind"
    PARENT = "ouder", "Ouder"
    SWV = "swv", "Samenwerkingsverband"
    SYSTEM = "systeem", "Systeem"


class Domain(models.TextChoices):
    FUNDING = "financiering", "Geld voor onderwijs en zorg"
    MANDATE_TO_TEACH = "bevoegdheid", "Bevoegdheid om les te geven"
    WAITING = "wachtlijst", "Wachtlijst"
    CAPACITY = "capaciteit", "Plekken in het speciaal onderwijs"
    STAFF = "personeel", "Personeel"
    TRANSPORT = "vervoer", "Vervoer"
    COOPERATION = "samenwerking", "Samenwerking"
    MANDATE = "mandaat", "Mandaat"
    RULES = "regelgeving", "Regels en wetten"
    PRIVACY = "avg", "Privacy (AVG)"
    OTHER = "overig", "Overig"


def learning_swvs(user):
    """SWVs in whose knelpunten and solutions this user writes; `access.learning_swvs()` gives the same answer."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if (found := getattr(user, "_learning_swvs", None)) is None:
        grants, today = grants_of(user), timezone.localdate()
        found = set(grants.swvs("register_cases") | grants.swvs("work_on_cases"))
        places = Membership.objects.in_force(today).filter(user=user, role__in=CASE_ROLES, swv__isnull=False)
        around = GemeenteSwv.objects.filter(gemeente_id__in=grants.gemeenten("register_cases"), is_doubtful=False)
        found |= set(places.values_list("swv", flat=True).union(around.values_list("swv", flat=True)))
        found = user._learning_swvs = frozenset(found)
    return found


class StoryQuerySet(PartQuerySet):
    def editable_by(self, user):
        """Only the writer; a second reader reads, and says yes or no."""
        return self.narrowed(reach(user, right=WORK), Q(author=user))

    def out(self, today):
        """What others read now. The database asks the consent itself once more (access.stories)."""
        return self.filter(approved_version=F("version"), public_until__gte=today)


class Story(CasePart):
    """What worked for one jeugdige, told without a name: read by others only with consent and after a second reader."""

    class Perspective(models.TextChoices):
        YOUTH = "jeugdige", "Jongere"
        PARENT = "ouder", "Ouder"
        PROFESSIONAL = "professional", "Professional"

    TEXTS = ("title", "what_worked", "hobble", "detour")

    # What others know it by: no number of ours, so that it tells neither the order nor the case.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("wat werkte, in één zin", max_length=120)
    what_worked = models.TextField("het verhaal", max_length=3000)
    hobble = models.CharField("hobbel", max_length=200, blank=True)
    detour = models.CharField("olifantenpaadje", max_length=200, blank=True)
    theme = models.CharField("thema", max_length=8, choices=Theme)
    perspective = models.CharField("door wiens ogen?", max_length=12, choices=Perspective)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    is_ready = models.BooleanField("klaar voor de tweede lezer", default=False)
    # Only by access.approve_story and access.return_story; any change of the text takes them away (a trigger).
    approved_version = models.PositiveIntegerField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    public_until = models.DateField("te lezen tot en met", null=True, editable=False)
    returned_note = models.CharField("wat de tweede lezer vroeg", max_length=300, blank=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = "verhaal"
        verbose_name_plural = "verhalen"
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="story_read_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
                violation_error_message="Iemand anders dan de schrijver leest het verhaal na.",
            ),
            models.CheckConstraint(
                name="story_approved_complete_or_absent",
                condition=Q(approved_version=None, approved_by=None, approved_at=None, public_until=None)
                | Q(
                    approved_version__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    public_until__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-updated_at"], name="story_by_case"),
            models.Index(fields=["public_until"], condition=Q(approved_version__isnull=False), name="story_out"),
        ]


class LearningQuerySet(ScopedQuerySet):
    """Rows of a SWV without anybody in them."""

    def visible_to(self, user):
        return self.narrowed(Q(swv_id__in=learning_swvs(user)))

    editable_by = visible_to


class Obstacle(models.Model):
    """Knelpunt: where the system pinches, who could solve that, and what they answered. No persons in it (R12.1)."""

    class Status(models.TextChoices):
        COLLECTED = "verzameld", "Verzameld"
        EXAMINED = "onderzocht", "Onderzocht"
        ADDRESSED = "geadresseerd", "Geadresseerd"
        ANSWERED = "antwoord", "Antwoord gekregen"
        SOLVED = "opgelost", "Opgelost"
        UNSOLVABLE = "niet", "Niet op te lossen"

    class Addressee(models.TextChoices):
        SCHOOL = "school", "School of schoolbestuur"
        SWV = "swv", "Samenwerkingsverband"
        GEMEENTE = "gemeente", "Gemeente"
        CARE = "zorg", "Zorgaanbieder of zorgkantoor"
        REGION = "regio", "Regio of jeugdregio"
        STATE = "rijk", "Rijk: OCW of VWS"
        INSPECTION = "inspectie", "Inspectie van het Onderwijs"
        OTHER = "anders", "Een andere partij"

    WITH_ADDRESS = (Status.ADDRESSED, Status.ANSWERED, Status.SOLVED, Status.UNSOLVABLE)
    CLOSED = (Status.SOLVED, Status.UNSOLVABLE)

    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", verbose_name="SWV")
    title = models.CharField("wat wringt er?", max_length=120)
    description = models.TextField("toelichting", max_length=2000, blank=True)
    level = models.CharField("op welk niveau?", max_length=8, choices=Level)
    theme = models.CharField("thema", max_length=8, choices=Theme)
    domain = models.CharField("waar gaat het over?", max_length=14, choices=Domain)
    status = models.CharField("stap", max_length=14, choices=Status, default=Status.COLLECTED)
    addressee = models.CharField("wie kan dit oplossen?", max_length=10, choices=Addressee, blank=True)
    addressee_name = models.CharField("welke organisatie?", max_length=120, blank=True)
    addressed_on = models.DateField("gevraagd op", null=True, blank=True)
    answer = models.TextField("antwoord", max_length=2000, blank=True)
    answered_on = models.DateField("antwoord gekregen op", null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LearningQuerySet.as_manager()

    class Meta:
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"
        ordering = ["-id"]
        constraints = [
            # What the link of a jeugdige refers to, so that it is a knelpunt of its own SWV.
            models.UniqueConstraint(fields=["id", "swv"], name="obstacle_scope"),
            models.CheckConstraint(
                name="obstacle_addressed_to_somebody",
                condition=~Q(status__in=("geadresseerd", "antwoord", "opgelost", "niet"))
                | (~Q(addressee="") & Q(addressed_on__isnull=False)),
                violation_error_message="Kies wie dit kan oplossen, en wanneer dat is gevraagd.",
            ),
            models.CheckConstraint(
                name="obstacle_answer_complete",
                condition=~Q(status="antwoord") | (~Q(answer="") & Q(answered_on__isnull=False)),
                violation_error_message="Schrijf het antwoord op, en de dag waarop het kwam.",
            ),
        ]
        indexes = [models.Index(fields=["swv", "-id"], name="obstacle_by_swv")]


class ObstacleLink(CasePart):
    """For which jeugdige it pinches; read by who works on that one, and never beside the knelpunt by anybody else."""

    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, related_name="links")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "knelpunt bij een jeugdige"
        verbose_name_plural = "knelpunten bij een jeugdige"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "swv", "gemeente", "obstacle"], name="obstacle_link_once")
        ]


class Solution(models.Model):
    """What worked, for the bank: a place, a way, a route for money. Of a SWV until another person shared it (R12.4)."""

    class Kind(models.TextChoices):
        DETOUR = "olifantenpaadje", "Olifantenpaadje"
        PLACE = "plek", "Plek om te leren"
        FUNDING = "geld", "Route voor geld"
        CONTACT = "contact", "Organisatie om te bellen"

    TEXTS = ("title", "description", "place")

    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+", verbose_name="SWV")
    kind = models.CharField("wat is het?", max_length=16, choices=Kind)
    title = models.CharField("in één zin", max_length=120)
    description = models.TextField("hoe werkt het?", max_length=2000)
    place = models.CharField("welke organisatie of plek?", max_length=160, blank=True)
    domain = models.CharField("waar gaat het over?", max_length=14, choices=Domain)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    # Which copy stands in the bank, and of which version; only by access.share_solution.
    bank_id = models.UUIDField(null=True, editable=False)
    shared_version = models.PositiveIntegerField(null=True, editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LearningQuerySet.as_manager()

    class Meta:
        verbose_name = "oplossing"
        verbose_name_plural = "oplossingen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="solution_shared_by_another",
                condition=Q(shared_by=None) | ~Q(shared_by=F("author")),
                violation_error_message="Iemand anders dan de schrijver deelt de oplossing.",
            )
        ]
        indexes = [models.Index(fields=["swv", "-id"], name="solution_by_swv")]


READERS_OF_BANK = {*CASE_ROLES, Role.SWV_CONTACT, Role.PROJECT}


class BankEntryQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """All of it for who works with jeugdigen or learns from them, in any SWV; nobody stands in it."""
        grants = grants_of(user)
        return self.narrowed() if grants.roles & READERS_OF_BANK else self.narrowed(Q(pk__in=()))


class BankEntry(models.Model):
    """A solution as every SWV reads it: words only. No jeugdige, no SWV, no writer, and of the day only the month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("wat is het?", max_length=16, choices=Solution.Kind)
    title = models.CharField("in één zin", max_length=120)
    description = models.TextField("hoe werkt het?", max_length=2000)
    place = models.CharField("welke organisatie of plek?", max_length=160, blank=True)
    domain = models.CharField("waar gaat het over?", max_length=14, choices=Domain)
    month = models.DateField("gedeeld in")

    objects = BankEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "oplossing in de bank"
        verbose_name_plural = "oplossingenbank"
        ordering = ["-month", "id"]
