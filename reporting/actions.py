"""Writes of the accounts: a subsidy kept up to date, and a pdf asked for, made and kept."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from access import audit
from access.school_year import school_year
from regions.models import Samenwerkingsverband
from reporting.models import AccountabilityReport
from reporting.tasks import make_report


@transaction.atomic
def save_subsidy(*, subsidy, fields, by):
    """Save the changed fields of a subsidy. Returns False when somebody saved it in between, and changes nothing."""
    if subsidy.pk is None:
        try:
            with transaction.atomic():
                subsidy.save(force_insert=True)
        except IntegrityError:  # somebody else was first
            subsidy.pk = None
            return False
        return True
    changes = {name: getattr(subsidy, name) for name in fields}
    rows = type(subsidy).objects.editable_by(by).filter(pk=subsidy.pk, version=subsidy.version)
    return rows.update(**changes, version=F("version") + 1) == 1


@transaction.atomic
def ask_report(*, swv, by):
    """Put a new version of the accountability pdf of `swv` in the queue; earlier versions stay as they were."""
    year = school_year(timezone.localdate())
    # Two who ask at once each get a version of their own.
    Samenwerkingsverband.objects.select_for_update(no_key=True).get(pk=swv.pk)
    newest = AccountabilityReport.objects.filter(swv=swv, school_year=year).aggregate(Max("version"))["version__max"]
    report = AccountabilityReport.objects.create(swv=swv, school_year=year, version=(newest or 0) + 1, made_by=by)
    audit.record("report_asked", ground="verantwoording", detail={"swv": swv.pk, "report": report.pk})
    make_report.enqueue(report.pk, by.pk)
    return report
