"""Writes of leren: stories with consent and a second reader, knelpunten, and solutions for the bank."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from cases.actions.consent import as_rules, parents_of
from cases.models import Case, Consent, ConsentTerms, Obstacle, ObstacleLink, Solution, Story, scope_of
from cases.rules.consent import consent_state
from cases.rules.learning import consent_until

LONGEST = 730  # days; the database allows two years


def story_until(case, user, today):
    """The last day that stories of `case` may be read, or None without consent for that purpose."""
    said = Consent.objects.visible_to(user).filter(case=case, purpose=Consent.Purpose.STORY)
    said = list(said.annotate(grace_days=ConsentTerms.grace_on(today)))
    if not said:
        return None
    month = date(case.birth_year, case.birth_month or 1, 1)
    last = date(case.birth_year, case.birth_month or 12, 28) + timedelta(days=4)
    ends = {month, last.replace(day=1) - timedelta(days=1)}
    states = [
        consent_state(
            as_rules(said),
            Consent.Purpose.STORY,
            born_on,
            [str(parent) for parent in parents_of(case)],
            case.cannot_judge,
            today,
            grace_days=said[0].grace_days,
        )
        for born_on in ends
    ]
    until = consent_until(states)
    if until is None:
        return None
    longest = today + timedelta(days=LONGEST)
    return min(until, longest) if until else longest


@transaction.atomic
def write_story(*, case, values, by):
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    story = Story(**scope_of(case), author=by, **values)
    story.save(force_insert=True)
    return story


def change_story(*, story, values, version, by):
    """False when it was changed elsewhere since `version`. Any change asks for a second reader again (a trigger)."""
    mine = Story.objects.editable_by(by).filter(pk=story.pk, version=version)
    return bool(mine.update(**values, updated_at=timezone.now()))


def names_left(story):
    """{field: the text without names} of what still holds one; raises for who may not know the name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT field, cleaned FROM access.check_story(%s)", [story.pk])
        return dict(cursor.fetchall())


@transaction.atomic
def approve_story(*, story, version, by, today):
    """ "gelezen", or why not: "veranderd" since `version`, "toestemming" or "naam".

    The case is locked, as where consent is recorded: a no of this moment is seen here, or takes the story back.
    """
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=story.case_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.approve_story(%s, %s, %s)", [story.pk, version, story_until(case, by, today)])
        return cursor.fetchone()[0]


def return_story(*, story, version, why):
    """Back to the writer with a word on what to change; False when it was changed meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.return_story(%s, %s, %s)", [story.pk, version, why])
        return cursor.fetchone()[0]


@transaction.atomic
def add_obstacle(*, swv, values, by, case=None):
    """With a `case`, who works on that one sees that it pinches there; the knelpunt itself does not know."""
    obstacle = Obstacle(swv=swv, author=by, **values)
    obstacle.save(force_insert=True)
    if case:
        link_obstacle(obstacle=obstacle, case=case, by=by)
    return obstacle


@transaction.atomic
def link_obstacle(*, obstacle, case, by):
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    rows = ObstacleLink.objects.visible_to(by).filter(case=case, obstacle=obstacle)
    if not rows.exists():
        ObstacleLink(**scope_of(case), obstacle=obstacle, linked_by=by).save(force_insert=True)


def change_obstacle(*, obstacle, values, version, by):
    found = Obstacle.objects.editable_by(by).filter(pk=obstacle.pk, version=version)
    return bool(found.update(**values, version=F("version") + 1))


def add_solution(*, swv, values, by):
    solution = Solution(swv=swv, author=by, **values)
    solution.save(force_insert=True)
    return solution


def change_solution(*, solution, values, version, by):
    """What stands in the bank stays as it was read, until somebody else reads this version."""
    return bool(Solution.objects.editable_by(by).filter(pk=solution.pk, version=version).update(**values))


def share_solution(*, solution, version):
    """False when it was changed since `version`; raises for who wrote it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.share_solution(%s, %s)", [solution.pk, version])
        return cursor.fetchone()[0]


def withdraw_solution(*, solution):
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.withdraw_solution(%s)", [solution.pk])
