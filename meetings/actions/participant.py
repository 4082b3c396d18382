"""Who sits at the table: asked, invited, answering, and promising to be careful."""

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from cases.models import scope_of
from meetings.actions.agenda import participant_of
from meetings.mails import mail_due_invitations
from meetings.models import Participant
from meetings.models.agenda import forget_tables
from meetings.refusals import rule_of

# What the database says when a colleague was first with the same person or role, and what a page may say about it.
REFUSED = {
    "participant_once": "Die zit al aan tafel.",
    "participant_address_once": "Die zit al aan tafel.",
    "participant_one_chair": "Er is al een voorzitter. Geef die eerst een andere rol.",
    "participant_one_youth": "De jongere staat er al bij.",
    "chair_is_independent": "De voorzitter staat los van de jongere. Kies niet de eigenaar of de inbrenger.",
}


class NotAtTable(Exception):
    """Its text is Dutch and meant for the person who chose."""


def _refusing(write):
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if rule_of(error) not in REFUSED:
            raise
        raise NotAtTable(REFUSED[rule_of(error)]) from error


def add_people(*, item, members, users, marks, by):
    """Members of the team with their role there, colleagues as deelnemer, and youth or parents as a mark."""
    scope = scope_of(item.case) | {"item": item, "added_by": by}
    rows = [participant_of(member, role=_role_at_table(member), **scope) for member in members]
    rows += [Participant(user=user, **scope) for user in users]
    rows += [Participant(role=mark, **scope) for mark in marks]
    _refusing(lambda: [row.save(force_insert=True) for row in rows])
    return len(rows)


def _role_at_table(member):
    """A second voorzitter of the team sits there as kernteam; who leads is chosen apart."""
    return Participant.Role.GUEST if member.role == "partner" else Participant.Role.CORE


def add_guest(*, item, values, by):
    row = Participant(**scope_of(item.case), item=item, added_by=by, **values)
    _refusing(lambda: row.save(force_insert=True))
    return row


def change_participant(*, participant, values, version, by):
    """False when it was changed elsewhere since `version`."""
    mine = Participant.objects.editable_by(by).filter(pk=participant.pk, version=version, removed_at=None)
    return _refusing(lambda: bool(mine.update(**values, version=F("version") + 1)))


@transaction.atomic
def take_chair(*, item, participant, by):
    """This one leads; whoever did so before stays as kernteam."""
    people = Participant.objects.editable_by(by).filter(item=item, removed_at=None)

    def write():
        people.filter(role=Participant.Role.CHAIR).exclude(pk=participant.pk).update(
            role=Participant.Role.CORE, version=F("version") + 1
        )
        return people.filter(pk=participant.pk).update(role=Participant.Role.CHAIR, version=F("version") + 1)

    return bool(_refusing(write))


@transaction.atomic
def remove_participant(*, participant, version, by):
    """Not expected any more, and told so where the invitation went out. The eigenaar stays.

    False when it was changed elsewhere since `version`.
    """
    mine = Participant.objects.editable_by(by).filter(pk=participant.pk, version=version, removed_at=None)
    done = bool(mine.exclude(role=Participant.Role.OWNER).update(removed_at=timezone.now(), version=F("version") + 1))
    if done:
        mail_due_invitations.enqueue()
    return done


@transaction.atomic
def invite(*, item, by):
    """To who was not invited yet; says to how many."""
    waiting = Participant.objects.editable_by(by).filter(item=item, removed_at=None, invited_at=None)
    number = waiting.mailed().update(invited_at=timezone.now(), version=F("version") + 1)
    if number:
        mail_due_invitations.enqueue()
    return number


def promise_care(*, item, by):
    forget_tables(by)
    return _ask("SELECT access.promise_care(%s)", item.pk)


def answer_table(*, item, said, by):
    forget_tables(by)
    return _ask("SELECT access.answer_table(%s, %s)", item.pk, said)


def answer_invitation(*, hashed, said):
    """By the link of the mail: nobody is asking, and the database knows whose it is."""
    return _ask("SELECT access.answer_invitation(%s, %s)", hashed, said)


def open_invitation(hashed):
    """What the page behind a link shows; None for one that nobody has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access.open_invitation(%s)", [hashed])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    return dict(zip(names, row, strict=True)) if row else None


def _ask(statement, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()[0]
