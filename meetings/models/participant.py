"""Who is asked to a table: with an account, or known by work only; youth and parents stand there without mail."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from meetings.models.agenda import AgendaItem, invited_item_ids, table_item_ids
from regions.models import grants_of


class ParticipantQuerySet(PartQuerySet):
    def visible_to(self, user):
        """Who works on the jeugdige, who sits at the table and promised care, and of the others their own row."""
        own = Q(user_id=user.pk, item_id__in=invited_item_ids(user))
        return self.narrowed(reach(user, right=WORK) | Q(item_id__in=table_item_ids(user)) | own)

    def editable_by(self, user):
        """The coördinator, while the jeugdige is shared."""
        return self.narrowed(
            Q(swv_id__in=grants_of(user).swvs("work_on_cases"), shared_until__gte=timezone.localdate())
        )

    def at_table(self):
        return self.filter(removed_at=None)

    def mailed(self):
        """Everybody but the youth and the parents."""
        return self.exclude(role__in=Participant.NOT_MAILED)


class Participant(CasePart):
    class Role(models.TextChoices):
        CHAIR = "voorzitter", "Voorzitter"
        OWNER = "eigenaar", "Eigenaar"
        BRINGER = "inbrenger", "Inbrenger"
        CORE = "kernteam", "Kernteam"
        LEERPLICHT = "leerplicht", "Leerplicht"
        GUEST = "deelnemer", "Deelnemer"
        YOUTH = "jongere", "De jongere"
        PARENT = "ouder", "Ouder of verzorger"

    NOT_MAILED = (Role.YOUTH, Role.PARENT)

    class Answer(models.TextChoices):
        NONE = "", "Nog geen antwoord"
        YES = "ja", "Komt"
        NO = "nee", "Komt niet"

    class Attendance(models.TextChoices):
        UNKNOWN = "", "Nog niet bekend"
        PRESENT = "aanwezig", "Aanwezig"
        NOTICE = "bericht", "Afwezig met bericht"
        ABSENT = "afwezig", "Afwezig"

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, db_constraint=False, related_name="participants", verbose_name="plek"
    )
    role = models.CharField("rol", max_length=10, choices=Role, default=Role.GUEST)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.CharField("organisatie", max_length=100, blank=True)
    function = models.CharField("functie", max_length=80, blank=True)
    email = models.EmailField("e-mailadres van het werk", max_length=254, blank=True)
    invited_at = models.DateTimeField("uitgenodigd op", null=True, editable=False)
    # Which version of the invitation stands, and which one was mailed: a higher number is a mail to come.
    sequence = models.PositiveIntegerField("versie van de uitnodiging", default=0, editable=False)
    told = models.IntegerField("gemailde versie", default=-1, editable=False)
    # SHA-256 of what stands in the link of the mail.
    token_hash = models.CharField("link", max_length=64, null=True, unique=True, editable=False)
    answer = models.CharField("antwoord", max_length=3, choices=Answer, blank=True, editable=False)
    answered_at = models.DateTimeField("geantwoord op", null=True, editable=False)
    confidential_at = models.DateTimeField("zorgvuldigheid beloofd op", null=True, editable=False)
    attendance = models.CharField("aanwezig", max_length=8, choices=Attendance, blank=True)
    removed_at = models.DateTimeField("van tafel gehaald op", null=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField("gevraagd op", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "iemand aan tafel"
        verbose_name_plural = "mensen aan tafel"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="participant_known_by_account_or_work",
                condition=Q(role__in=["jongere", "ouder"], user=None, organisation="", function="", email="")
                & Q(invited_at=None)
                | ~Q(role__in=["jongere", "ouder"])
                & (
                    Q(user__isnull=False, email="")
                    | Q(user=None) & ~Q(organisation="") & ~Q(function="") & ~Q(email="")
                ),
                violation_error_message="Vul de organisatie, de functie en het e-mailadres van het werk in.",
            ),
            # The eigenaar works in WEL; a voorzitter may be a partner.
            models.CheckConstraint(
                name="participant_owner_has_account",
                condition=~Q(role__in=["eigenaar", "inbrenger"]) | Q(user__isnull=False),
            ),
            models.CheckConstraint(name="participant_told_what_stands", condition=Q(told__lte=F("sequence"))),
            # SWV and gemeente are named, so that an error tells nothing of another SWV's table.
            *(
                models.UniqueConstraint(
                    fields=["item", "swv", "gemeente", *fields],
                    condition=Q(removed_at=None) & condition,
                    name=f"participant_{name}",
                )
                for name, fields, condition in (
                    ("once", ["user"], Q(user__isnull=False)),
                    ("address_once", ["email"], ~Q(email="")),
                    ("one_chair", [], Q(role="voorzitter")),
                    ("one_owner", [], Q(role="eigenaar")),
                    ("one_youth", [], Q(role="jongere")),
                )
            ),
        ]
        indexes = [models.Index(fields=["user", "item"], name="tables_of_user")]

    def __str__(self):
        if self.role in self.NOT_MAILED:
            return self.get_role_display()
        return self.user.name if self.user else f"{self.function}, {self.organisation}"

    @property
    def is_mailed(self):
        return self.role not in self.NOT_MAILED

    @property
    def work(self):
        """What somebody does where, as far as it is written down."""
        return ", ".join(word for word in (self.function, self.organisation) if word)

    @property
    def short(self):
        """ "Olga J.", or the work of a partner: enough at the table."""
        if self.user:
            return self.user.short_name
        return self.function or self.get_role_display()

    @property
    def initials(self):
        words = str(self).replace(",", " ").split() if not self.user else []
        return self.user.initials if self.user else "".join(word[0] for word in words[:2]).upper()
