from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.rules.ages import age_on, birthday
from cases.rules.consent import (
    GRACE_DAYS,
    THRESHOLDS,
    UNKNOWN_PARENT,
    YOUTH,
    Answer,
    State,
    Statement,
    asked_again_on,
    consent_state,
    deciders,
    deciders_text,
    needed_at_age_text,
)

TODAY = date(2026, 3, 18)
PARENTS = ("moeder", "vader")
TALK = "bespreken"


def born(age, days_ago=100):
    """A birth that makes someone ``age`` for ``days_ago`` days on TODAY."""
    day = TODAY - timedelta(days=days_ago)
    return day.replace(year=day.year - age)


def said(person, answer=Answer.GIVEN, answered_on=TODAY - timedelta(days=30), **others):
    return Statement(person, others.pop("purpose", TALK), answer, answered_on, **others)


def state(statements, born_on, today=TODAY, parents=PARENTS, cannot_judge=False, **others):
    return consent_state(statements, TALK, born_on, parents, cannot_judge, today, **others)


@pytest.mark.parametrize(
    ("age", "needed"),
    [
        (4, {"moeder", "vader"}),
        (11, {"moeder", "vader"}),
        (12, {"moeder", "vader", YOUTH}),
        (15, {"moeder", "vader", YOUTH}),
        (16, {YOUTH}),
        (17, {YOUTH}),
        (18, {YOUTH}),
        (22, {YOUTH}),
    ],
)
def test_who_decides_follows_age(age, needed):
    assert deciders(age, PARENTS) == needed
    assert deciders(age, PARENTS, cannot_judge=True) == set(PARENTS)


@pytest.mark.parametrize(
    ("age", "cannot_judge", "text"),
    [
        (11, False, "de ouders met gezag"),
        (12, False, "de jongere en de ouders met gezag"),
        (16, False, "de jongere"),
        (16, True, "de ouders met gezag"),
        (18, True, "de wettelijk vertegenwoordiger"),
    ],
)
def test_who_decides_in_words(age, cannot_judge, text):
    assert deciders_text(age, cannot_judge) == text


@pytest.mark.parametrize(
    ("age", "answers", "expected", "missing"),
    [
        (11, {"moeder": "given", "vader": "given"}, State.GIVEN, ()),
        (11, {"moeder": "given"}, State.ASKED, ("vader",)),
        (11, {"moeder": "given", "vader": "refused"}, State.REFUSED, ("vader",)),
        (11, {YOUTH: "given"}, State.NOT_ASKED, PARENTS),
        (12, {"moeder": "given", "vader": "given"}, State.ASKED, (YOUTH,)),
        (15, {"moeder": "given", "vader": "given", YOUTH: "given"}, State.GIVEN, ()),
        (14, {"moeder": "given", "vader": "given", YOUTH: "refused"}, State.REFUSED, (YOUTH,)),
        (14, {"moeder": "withdrawn", "vader": "refused", YOUTH: "given"}, State.WITHDRAWN, PARENTS),
        (16, {"moeder": "refused", "vader": "refused", YOUTH: "given"}, State.GIVEN, ()),
        (16, {"moeder": "given", "vader": "given"}, State.NOT_ASKED, (YOUTH,)),
        (17, {YOUTH: "asked"}, State.ASKED, (YOUTH,)),
        (18, {YOUTH: "given"}, State.GIVEN, ()),
        (10, {}, State.NOT_ASKED, PARENTS),
    ],
)
def test_sharing_by_age_and_answers(age, answers, expected, missing):
    statements = [said(person, Answer(answer)) for person, answer in answers.items()]

    found = state(statements, born(age))

    assert (found.state, found.missing, found.is_valid) == (expected, missing, expected is State.GIVEN)
    assert found.is_valid or found.valid_until is None


def test_one_parent_is_enough_when_that_is_on_record():
    assert state([said("moeder")], born(8), parents=["moeder"]).is_valid


def test_no_parent_on_record_is_never_consent():
    found = state([said("moeder"), said("vader")], born(8), parents=[])

    assert (found.state, found.missing) == (State.NOT_ASKED, (UNKNOWN_PARENT,))


def test_parents_decide_for_someone_who_cannot_judge():
    statements = [said("moeder"), said("vader"), said(YOUTH, Answer.REFUSED)]

    assert state(statements, born(17), cannot_judge=True).is_valid
    assert not state(statements, born(17)).is_valid


def test_the_latest_answer_of_a_day_is_the_one_with_the_highest_number():
    yes = said(YOUTH, number=2)
    no = said(YOUTH, Answer.WITHDRAWN, number=1)

    assert state([yes, no], born(17)).is_valid
    assert not state([replace(yes, number=1), replace(no, number=2)], born(17)).is_valid


def test_an_older_answer_that_is_recorded_later_does_not_count():
    yes = said(YOUTH, answered_on=TODAY - timedelta(days=40), number=2)
    no = said(YOUTH, Answer.WITHDRAWN, TODAY - timedelta(days=10), number=1)

    assert state([yes, no], born(17)).state is State.WITHDRAWN


def test_asking_again_leaves_a_yes_standing_and_does_not_undo_a_no():
    again = said(YOUTH, Answer.ASKED, TODAY)

    assert state([said(YOUTH), again], born(17)).state is State.GIVEN
    assert state([said(YOUTH, Answer.REFUSED), again], born(17)).state is State.ASKED


def test_consent_lasts_through_its_last_day():
    statements = [said(YOUTH, expires_on=TODAY)]

    assert state(statements, born(17)).valid_until == TODAY
    assert state(statements, born(17), today=TODAY + timedelta(days=1)).state is State.EXPIRED


def test_the_first_expiry_ends_it():
    statements = [
        said("moeder", expires_on=date(2026, 7, 31)),
        said("vader", expires_on=date(2026, 5, 1)),
        said(YOUTH),
    ]

    assert state(statements, born(13)).valid_until == date(2026, 5, 1)


def test_without_an_end_date_or_a_birthday_to_come_it_has_no_end():
    found = state([said(YOUTH)], born(18))

    assert found.is_valid
    assert not found.has_end


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_a_threshold_birthday_gives_thirty_days_to_ask_again(threshold):
    born_on = date(2026, 4, 1).replace(year=2026 - threshold)
    statements = [said(person) for person in deciders(threshold - 1, PARENTS)]
    last = date(2026, 4, 1) + timedelta(days=GRACE_DAYS)

    assert state(statements, born_on).valid_until == last
    assert state(statements, born_on, today=last).missing == tuple(sorted(deciders(threshold, PARENTS)))
    assert state(statements, born_on, today=last + timedelta(days=1)).state is not State.GIVEN


@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1)], ids=["before", "on", "grace"])
def test_it_is_known_that_a_birthday_ends_it(threshold, day):
    born_on = date(2026, 4, 1).replace(year=2026 - threshold)
    statements = [said(person) for person in deciders(threshold - 1, PARENTS)]

    assert state(statements, born_on, today=day).ends_at_age == threshold


def test_a_no_that_will_count_on_the_birthday_ends_it_on_the_eve():
    statements = [*(said(person) for person in PARENTS), said(YOUTH, Answer.REFUSED)]

    found = state(statements, date(2014, 4, 1))

    assert (found.valid_until, found.ends_at_age) == (date(2026, 3, 31), 12)


@pytest.mark.parametrize("expires_on", [date(2026, 4, 30), date(2026, 5, 1)])
def test_an_answer_that_ends_sooner_or_as_soon_is_the_reason_itself(expires_on):
    statements = [said(person, expires_on=expires_on) for person in PARENTS]

    found = state(statements, date(2014, 4, 1))

    assert (found.valid_until, found.ends_at_age) == (expires_on, None)


def test_closed_or_without_an_end_no_birthday_is_named():
    assert state([], date(2014, 4, 1)).ends_at_age is None
    assert state([said(YOUTH)], born(18)).ends_at_age is None


@pytest.mark.parametrize(
    ("age", "cannot_judge", "words"),
    [
        (12, False, "ook van de jongere zelf"),
        (16, False, "van de jongere zelf"),
        (18, False, "van de jongere zelf"),
        (12, True, "van de ouders met gezag"),
        (16, True, "van de ouders met gezag"),
        (18, True, "van de wettelijk vertegenwoordiger"),
    ],
)
def test_whose_yes_is_needed_anew_at_a_birthday(age, cannot_judge, words):
    assert needed_at_age_text(age, cannot_judge) == words


def test_a_yes_after_the_birthday_carries_on():
    born_on = date(2010, 3, 1)
    before = [said(person, answered_on=date(2026, 2, 1)) for person in (*PARENTS, YOUTH)]

    found = state([*before, said(YOUTH, answered_on=date(2026, 3, 5))], born_on)

    assert found.missing == ()
    assert found.valid_until == birthday(born_on, 18) + timedelta(days=GRACE_DAYS)


def test_the_grace_can_be_another_and_renewal_can_be_left_out():
    born_on = date(2010, 4, 1)
    statements = [said(person) for person in (*PARENTS, YOUTH)]

    assert state(statements, born_on, grace_days=0).valid_until == date(2026, 4, 1)
    assert not state(statements, born_on, renew_at=()).has_end


def test_in_the_grace_a_no_closes_at_once():
    born_on = date(2014, 3, 10)
    statements = [said(person, answered_on=date(2026, 3, 1)) for person in PARENTS]

    assert state(statements, born_on).valid_until == date(2026, 4, 9)
    assert state([*statements, said(YOUTH, Answer.REFUSED, TODAY)], born_on).state is State.REFUSED
    assert state([*statements, said("vader", Answer.WITHDRAWN, TODAY)], born_on).state is State.WITHDRAWN


def test_there_is_no_grace_for_what_was_never_agreed_before_the_birthday():
    born_on = date(2014, 3, 10)
    statements = [said(person, answered_on=date(2026, 3, 11)) for person in PARENTS]

    assert state(statements, born_on).missing == (YOUTH,)
    assert not state(statements, born_on).is_valid


def test_tomorrows_statement_does_not_count_today():
    assert state([said(YOUTH, answered_on=TODAY + timedelta(days=1))], born(17)).state is State.NOT_ASKED


def test_asked_again_on_is_the_last_threshold_reached():
    born_on = date(2010, 3, 1)

    assert asked_again_on(born_on, date(2022, 2, 28)) is None
    assert asked_again_on(born_on, date(2022, 3, 1)) == date(2022, 3, 1)
    assert asked_again_on(born_on, TODAY) == date(2026, 3, 1)


people = st.sampled_from([*PARENTS, YOUTH, "oom"])
statements_of = st.builds(
    Statement,
    person=people,
    purpose=st.sampled_from([TALK, "monitor"]),
    answer=st.sampled_from([Answer.GIVEN] * 4 + [Answer.ASKED, Answer.REFUSED, Answer.WITHDRAWN]),
    answered_on=st.dates(TODAY - timedelta(days=900), TODAY),
    expires_on=st.none() | st.dates(TODAY - timedelta(days=100), TODAY + timedelta(days=900)),
)
histories = st.lists(statements_of, max_size=9).map(
    lambda rows: [replace(row, number=number) for number, row in enumerate(rows)]
)
births = st.dates(date(2003, 4, 1), TODAY - timedelta(days=1000))


@st.composite
def open_cases(draw):
    """A birth and a history under which sharing is allowed today."""
    born_on = draw(births)
    everyone = [
        said(person, answered_on=TODAY - timedelta(days=draw(st.integers(0, 60))), number=50, expires_on=draw(ends))
        for person in deciders(age_on(born_on, TODAY), PARENTS)
    ]
    history = [row for row in draw(histories) if row.answered_on < TODAY - timedelta(days=60)] + everyone
    assume(state(history, born_on).is_valid)
    return born_on, history


ends = st.none() | st.dates(TODAY, TODAY + timedelta(days=900))


@given(open_cases(), st.data())
def test_a_no_by_anyone_needed_closes_at_any_time(case, data):
    born_on, history = case
    person = data.draw(st.sampled_from(sorted(deciders(age_on(born_on, TODAY), PARENTS))))
    answer = data.draw(st.sampled_from([Answer.WITHDRAWN, Answer.REFUSED]))

    found = state([*history, said(person, answer, TODAY, number=99)], born_on)

    assert (found.is_valid, found.valid_until) == (False, None)
    assert person in found.missing


@given(histories, births.filter(lambda born_on: age_on(born_on, TODAY) >= 16), st.sampled_from(PARENTS))
def test_from_16_a_parents_refusal_changes_nothing(history, born_on, parent):
    no = said(parent, Answer.REFUSED, TODAY, number=99)

    assert state([*history, no], born_on) == state(history, born_on)


@given(histories, births, st.booleans())
def test_outsiders_and_other_purposes_change_nothing(history, born_on, cannot_judge):
    own = [row for row in history if row.purpose == TALK and row.person != "oom"]

    assert state(history, born_on, cannot_judge=cannot_judge) == state(own, born_on, cannot_judge=cannot_judge)


@given(histories, births, st.randoms())
def test_the_order_of_reading_does_not_matter(history, born_on, random):
    shuffled = random.sample(history, len(history))

    assert state(shuffled, born_on) == state(history, born_on)


@given(open_cases())
def test_it_never_outlasts_an_expiry_it_rests_on(case):
    born_on, history = case
    latest = {
        row.person: row
        for row in sorted(history, key=lambda row: (row.answered_on, row.number))
        if row.purpose == TALK and row.answer is not Answer.ASKED
    }
    needed = deciders(age_on(born_on, TODAY), PARENTS)

    expiries = [latest[person].expires_on for person in needed if person in latest and latest[person].expires_on]

    found = state(history, born_on)
    assert not expiries or TODAY <= found.valid_until <= min(expiries)


@given(open_cases())
def test_valid_until_is_exactly_the_last_open_day(case):
    born_on, history = case

    last = state(history, born_on).valid_until

    if last is None:
        assert state(history, born_on, today=date(2090, 1, 1)).is_valid
    else:
        between = TODAY + (last - TODAY) / 2
        assert [state(history, born_on, today=day).is_valid for day in (between, last)] == [True, True]
        assert not state(history, born_on, today=last + timedelta(days=1)).is_valid


@given(histories, births)
def test_without_a_new_yes_nothing_opens_by_itself_within_an_age(history, born_on):
    assume(not state(history, born_on).is_valid)
    upcoming = [birthday(born_on, age) for age in THRESHOLDS if birthday(born_on, age) > TODAY]

    day = min([TODAY + timedelta(days=700), *(start - timedelta(days=1) for start in upcoming)])

    assert not state(history, born_on, today=day).is_valid


@given(histories, births)
def test_a_new_yes_never_closes_and_a_longer_grace_never_shortens(history, born_on):
    found = state(history, born_on)
    longer = state(history, born_on, grace_days=GRACE_DAYS + 10)

    for person in (*PARENTS, YOUTH):
        assert state([*history, said(person, answered_on=TODAY, number=99)], born_on).is_valid or not found.is_valid
    assert longer.is_valid or not found.is_valid
    if found.is_valid and longer.has_end:
        assert found.has_end
        assert found.valid_until <= longer.valid_until
