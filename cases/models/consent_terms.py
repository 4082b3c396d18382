"""The terms around consent, each set with the day from which it holds; beside those of the exemption."""

from django.db import models

from cases.rules.consent import Terms


class ConsentTerms(models.Model):
    """A change is a new row, by a migration: how long a youth stays shared is no setting to try out."""

    starts_on = models.DateField("geldt vanaf", unique=True)
    grace_days = models.PositiveSmallIntegerField("dagen om opnieuw te vragen na 12, 16 of 18 worden")
    removal_days = models.PositiveSmallIntegerField("dagen om te beslissen na intrekken")

    class Meta:
        verbose_name = "termijnen van toestemming"
        verbose_name_plural = "termijnen van toestemming"
        ordering = ["starts_on"]

    @classmethod
    def grace_on(cls, day):
        """To annotate jeugdigen with the grace that is in force, for whom there is no query to spare."""
        newest = cls._default_manager.filter(starts_on__lte=day).order_by("-starts_on")
        return models.Subquery(newest.values("grace_days")[:1])

    @classmethod
    def on(cls, day):
        """The terms in force on `day`."""
        row = cls._default_manager.filter(starts_on__lte=day).latest("starts_on")
        return Terms(grace_days=row.grace_days, removal_days=row.removal_days)
