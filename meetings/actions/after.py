"""Writes after a table: the youth was told."""

from django.db.models import F

from meetings.models import Feedback


def tell(*, feedback, by, values, version):
    """What was told, how and when, and what the youth said. False when somebody changed it since `version`."""
    mine = Feedback.objects.editable_by(by).filter(pk=feedback.pk, version=version)
    return bool(mine.update(**values, recorded_by=by, version=F("version") + 1))
