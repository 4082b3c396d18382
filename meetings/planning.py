"""Whether a jeugdige can be planned at a table on a day (R6.5), and what is left to do for a place on the agenda."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text
from cases.models import CaseMember
from meetings import preparation
from meetings.models import Participant
from regions.models import GemeenteSwv, Membership, Role


@dataclass(frozen=True)
class Block:
    """What has to be there first, and the page with the way out."""

    key: str
    text: str
    url: str
    action: str


def blocks(case, *, user, day=None):
    """What holds the table closed for this jeugdige on `day`; nothing when it can be planned."""
    day = day or timezone.localdate()
    found = [block for check in BLOCKS if (block := check(case, user, day))]
    known = {block.key for block in found}
    return found + [task_block(task) for task in preparation.blocks(case, user) if task.key not in known]


def task_block(task):
    """One of the four that hold the table closed, in a line."""
    return Block(task.key, f"{task.title}: {task.status[0].lower()}{task.status[1:]}.", task.url, "Bekijk")


def consent_block(case, user, day):
    if case.shared_until >= day:
        return None
    today = timezone.localdate()
    text = "Er is nog geen toestemming om dit te delen."
    if case.is_shared(today):
        text = f"De toestemming loopt tot {date_text(case.shared_until, today)}. De tafel is later."
    return Block("consent", text, reverse("cases:consent", args=[case.pk]), "Bekijk toestemming")


def owner_block(case, user, day):
    owner = owner_of(case, user)
    if owner and works_near(case, today=timezone.localdate()).filter(user=owner.user_id).exists():
        return None
    text = "Er is geen eigenaar die hier werkt. De eigenaar zit altijd mee aan tafel."
    return Block("owner", text, reverse("cases:owner", args=[case.pk]), "Wijs een eigenaar aan")


BLOCKS = [consent_block, owner_block]


def owner_of(case, user):
    found = CaseMember.objects.visible_to(user).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
    return found.select_related("user").first()


def works_near(case, *, today):
    """Werkplekken of who may sit at this table with an account; the policy on the people at it asks the same."""
    around = GemeenteSwv.objects.filter(swv_id=case.swv_id, is_doubtful=False)
    return Membership.objects.in_force(today).filter(
        Q(swv_id=case.swv_id)
        | Q(gemeente_id=case.gemeente_id)
        | Q(role=Role.LEERPLICHT, gemeente_id__in=around.values("gemeente")),
        user__is_active=True,
    )


def tasks(item, people, *, may_plan):
    """The list of ux 5.3: what is done, and where the rest is done. `people` are those at the table."""
    asked = [person for person in people if person.is_mailed]
    invited = [person for person in asked if person.invited_at]
    owner = next((person for person in people if person.role == Participant.Role.OWNER), None)
    chair = next((person for person in people if person.role == Participant.Role.CHAIR), None)
    prepare = reverse("meetings:item_prepare", args=[item.pk])
    crowd = reverse("meetings:people_add", args=[item.pk])
    found = [
        _task(
            "owner", "Eigenaar bekend", reverse("cases:detail", args=[item.case_id]), owner, str(owner or "Nog niet")
        ),
        _task(
            "consent",
            "Toestemming geldig",
            reverse("cases:consent", args=[item.case_id]),
            item.shared_until >= timezone.localdate(item.starts_at),
            f"Tot {date_text(item.shared_until, timezone.localdate())}",
        ),
    ]
    if may_plan:
        found += [
            _task("people", "Deelnemers gevraagd", crowd, asked, _counted(asked)),
            _task("chair", "Voorzitter bekend", crowd, chair, str(chair or "Nog niet")),
        ]
    found += [
        _task("place", "Plek gekozen door de jongere", prepare, item.place, item.place or "Nog niet"),
        _task("treat", "Iets lekkers geregeld", prepare, item.treat, item.treat or "Nog niet"),
    ]
    if may_plan:
        to_do = len(asked) - len(invited)
        done = asked and not to_do
        status = "Verstuurd" if done else f"Nog {to_do}" if invited else "Nog niet"
        found.append(_task("sent", "Uitnodiging verstuurd", reverse("meetings:invite", args=[item.pk]), done, status))
    return found


def _task(key, title, url, done, status):
    return {"id": f"task-{key}", "title": title, "url": url, "done": bool(done), "status": status}


def _counted(people):
    return f"{len(people)} mens" if len(people) == 1 else f"{len(people)} mensen"
