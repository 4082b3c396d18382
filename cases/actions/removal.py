"""The decision after a withdrawal: started with it, and taken once by leerplicht."""

from datetime import timedelta

from django.utils import timezone

from cases.models import ConsentTerms, RemovalDecision, scope_of


def start_removal(*, case, by, today):
    """One open decision per case; `case` is locked by the caller."""
    if RemovalDecision.objects.visible_to(by).filter(case=case).open().exists():
        return
    decide_by = today + timedelta(days=ConsentTerms.on(today).removal_days)
    RemovalDecision.objects.create(**scope_of(case), started_on=today, decide_by=decide_by)


def decide_removal(*, decision, by, outcome, reason):
    """False when a colleague decided first."""
    waiting = RemovalDecision.objects.editable_by(by).open().filter(pk=decision.pk)
    return bool(waiting.update(outcome=outcome, reason=reason, decided_by=by, decided_at=timezone.now()))
