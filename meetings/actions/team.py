"""Writes of a WEL-team and its members: each in the name of a coördinator, none over that of a colleague."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import TeamMember, WelTeam


def add_team(*, swv, values, by):
    team = WelTeam(swv=swv, updated_by=by, **values)
    team.save(force_insert=True)
    return team


def change_team(*, team, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`."""
    return _change(WelTeam, team, values, version, by)


def add_member(*, team, values, by):
    """None when a colleague was first with the same person."""
    member = TeamMember(team=team, swv_id=team.swv_id, updated_by=by, **values)
    return member if _once(lambda: member.save(force_insert=True) or True) else None


def change_member(*, member, values, version, by):
    """False when it was changed elsewhere since `version`; None when the same person is in the team already."""
    return _once(lambda: _change(TeamMember, member, values, version, by))


def _change(model, row, values, version, by):
    mine = model.objects.editable_by(by).filter(pk=row.pk, version=version)
    return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))


def _once(write):
    """What `write` gives, or None where somebody would be in the team twice."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if "teammember_once" in str(error) or "teammember_partner_once" in str(error):
            return None
        raise
