"""Jobs of the worker: making an accountability pdf, in the name of whoever asked for it."""

import hashlib

import structlog
from django.utils import timezone
from django_tasks import task

from access.context import acting_as
from access.models import User
from access.pdf import PdfError, render_pdf
from reporting.accounts import read_accounts
from reporting.models import AccountabilityReport

log = structlog.get_logger(__name__)
TEMPLATE = "reporting/pdf/accountability.html"
Status = AccountabilityReport.Status


@task()
def make_report(report_id, user_id):
    """Make the pdf of one report. Asked again for a finished report, it does nothing; after a crash it starts anew."""
    maker = User.objects.get(pk=user_id)
    with acting_as(maker):
        # Only one's own: a queue row in another's name finds nothing.
        report = AccountabilityReport.objects.select_related("swv").get(pk=report_id, made_by=maker)
        if report.status == Status.DONE:
            return
        report.status = Status.RUNNING
        report.save(update_fields=["status"])
    try:
        with acting_as(maker):
            accounts = read_accounts(
                user=maker,
                swv=report.swv,
                today=timezone.localdate(report.requested_at),
                version=report.version,
                ground="verantwoording als pdf",
            )
        content = render_pdf(TEMPLATE, {"document": accounts.document})
    except PdfError:
        log.warning("report_failed", report=report_id)
        _finish(maker, report, status=Status.FAILED)
        return
    except Exception:
        _finish(maker, report, status=Status.FAILED)
        raise
    _finish(
        maker,
        report,
        status=Status.DONE,
        file=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        figures={"complete": accounts.document.complete_count, "content": accounts.document.checksum},
    )


def _finish(maker, report, **fields):
    with acting_as(maker):
        for name, value in {**fields, "finished_at": timezone.now()}.items():
            setattr(report, name, value)
        report.save(update_fields=[*fields, "finished_at"])
