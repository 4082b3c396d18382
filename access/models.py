"""Who is asking (User), what is written down about it (AuditEvent), and mail: what waits, what it reminded of."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


def short_name(name):
    """ "Youssef A.": enough to recognise a colleague, short enough for a bar."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first


class User(AbstractBaseUser, PermissionsMixin):
    """A staff account; the e-mail address is the login name. Youths and parents have none."""

    class Theme(models.TextChoices):
        AUTO = "auto", "Volg het apparaat"
        LIGHT = "light", "Licht"
        DARK = "dark", "Donker"

    email = models.EmailField("e-mailadres", max_length=254)
    name = models.CharField("naam", max_length=120)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    is_active = models.BooleanField("actief", default=True)
    created_at = models.DateTimeField("gemaakt", default=timezone.now, editable=False)
    theme = models.CharField("licht of donker", max_length=5, choices=Theme, default=Theme.AUTO)
    # {key of a kind of reminder: when}, as far as somebody chose; see reminders.py.
    mail_choices = models.JSONField("meldingen", default=dict, db_default={}, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message="Er is al een account met dit e-mailadres.",
            ),
            # A superuser would pass every permission check of the first wall.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_never_superuser"),
        ]

    def __str__(self):
        return self.name

    @property
    def initials(self):
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    @property
    def short_name(self):
        return short_name(self.name)


class AuditEvent(models.Model):
    """One line of the audit log; written by database functions only, and never changed (see migrations/0002)."""

    at = models.DateTimeField("wanneer")
    user_id = models.BigIntegerField("wie", null=True)
    on_behalf_of = models.CharField("namens", max_length=120, blank=True)
    event = models.CharField("wat", max_length=60)
    case_id = models.BigIntegerField("jeugdige", null=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    detail = models.JSONField("bijzonderheden", default=dict)
    request_id = models.CharField("verzoek", max_length=36, blank=True)
    # The chain is closed at commit, by a deferred trigger: one line of order over all transactions.
    sequence = models.BigIntegerField(null=True, unique=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logboek inzage"
        indexes = [
            models.Index(fields=["case_id", "-id"]),
            models.Index(fields=["user_id", "-id"]),
            models.Index(fields=["event", "-id"]),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.event}"


class MailJob(models.Model):
    """One mail to one person, in numbers: no name and no words are kept here (see mail_queue.py).

    An address that somebody typed is encrypted, and gone once the mail left (migrations/0007).
    """

    class Status(models.TextChoices):
        WAITING = "wacht", "Wacht"
        SENDING = "bezig", "Bezig"
        SENT = "verstuurd", "Verstuurd"
        DROPPED = "vervallen", "Niet meer nodig"
        UNCERTAIN = "onzeker", "Misschien verstuurd"
        FAILED = "mislukt", "Niet verstuurd"

    kind = models.CharField("soort", max_length=100)
    arguments = models.JSONField("waarover")
    key = models.CharField("sleutel", max_length=120, unique=True)
    not_before = models.DateTimeField("niet voor")
    status = models.CharField("status", max_length=9, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField("keer geprobeerd", default=0)
    error = models.CharField("wat er misging", max_length=60, blank=True)
    created_at = models.DateTimeField("gemaakt", default=timezone.now)
    tried_at = models.DateTimeField("geprobeerd", null=True)
    sent_at = models.DateTimeField("verstuurd", null=True)

    class Meta:
        verbose_name = "mail in de wachtrij"
        verbose_name_plural = "mail in de wachtrij"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["status"],
                name="mail_not_sent",
                condition=~models.Q(status__in=["verstuurd", "vervallen"]),
            )
        ]

    def __str__(self):
        return f"mail {self.pk}"


class Reminder(models.Model):
    """That somebody was reminded of one thing, in numbers: with the same four no second mail (reminders.py)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="wie")
    kind = models.CharField("soort", max_length=20)
    number = models.BigIntegerField("waarover")
    falls_at = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = [models.UniqueConstraint(fields=["user", "kind", "number", "falls_at"], name="reminder_once")]
        indexes = [models.Index(fields=["falls_at"], name="reminder_by_moment")]

    def __str__(self):
        return f"herinnering {self.pk}"
