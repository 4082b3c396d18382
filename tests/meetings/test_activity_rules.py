"""How a list of people is read, and how activities add up to Stand van zaken."""

import pytest

from meetings.rules.activities import CHOICES, GROUPS, ActivityKind
from meetings.rules.attendance import Person, read_people
from meetings.rules.standing import Held, standing


def people(text):
    found, faults = read_people(text)
    assert faults == []
    return found


def test_one_person_per_line_with_what_is_known():
    text = "Janna  Verzonnen, GGD Nergenshuizen, jeugdarts, Janna@voorbeeld.test\n\n Ties Bedacht ,School De Fictie\n"

    assert people(text) == [
        Person("Janna Verzonnen", "GGD Nergenshuizen", "jeugdarts", "janna@voorbeeld.test"),
        Person("Ties Bedacht", "School De Fictie"),
    ]


def test_an_address_may_stand_anywhere_and_a_sheet_can_be_pasted():
    assert people("Ties;ties@voorbeeld.test;School De Fictie") == [
        Person("Ties", "School De Fictie", "", "ties@voorbeeld.test")
    ]
    assert people("Ties\tSchool, locatie Oost\tmentor") == [Person("Ties", "School, locatie Oost", "mentor")]


def test_who_stands_there_twice_is_one():
    assert people("Ties, School\nTIES, school\nTies, Andere school") == [
        Person("Ties", "School"), Person("Ties", "Andere school")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Ties, School\nJanna", "Regel 2: schrijf een naam en een organisatie, met een komma ertussen."),
        (", School", "Regel 1: schrijf een naam en een organisatie, met een komma ertussen."),
        ("Ties, School, mentor, nog iets", "Regel 1: hier staat meer dan naam, organisatie, functie en e-mail."),
        ("Ties, School, ties@voorbeeld", "Regel 1: dit e-mailadres klopt niet."),
        ("Ties" * 30 + ", School", "Regel 1: dit is te lang."),
        ("T, S\n" * 201, "Dit zijn 201 regels. Zet er hoogstens 200 tegelijk bij."),
    ],
)
def test_a_fault_names_its_line(text, fault):
    assert read_people(text)[1] == [fault]


def test_every_kind_is_in_one_group_and_can_be_chosen():
    grouped = [kind for _, kinds in GROUPS for kind in kinds]

    assert sorted([*grouped, ActivityKind.NEWSLETTER, ActivityKind.POSTER]) == sorted(ActivityKind)
    assert sorted(value for _, choices in CHOICES for value, _ in choices) == sorted(ActivityKind.values)


def test_a_person_counts_once_over_all_and_comes_as_often_as_they_came():
    found = standing(
        [
            Held("handig", people=frozenset({"janna", "ties"})),
            Held("handig", attendees=5, people=frozenset({"janna"})),  # of five one is on the list
            Held("ziezon", people=frozenset({"ties", "wim"})),
            Held("ziezon", attendees=8, unique=6),
        ]
    )

    handy, ziezon = found.groups[0].rows
    assert (handy.number, handy.attended, handy.persons, handy.average) == (2, 7, 2, 3.5)
    assert (ziezon.number, ziezon.attended, ziezon.persons) == (2, 10, 8)
    assert (found.total.attended, found.total.persons) == (17, 9)  # Ties came to both
    assert (handy.unnamed, ziezon.unnamed, found.total.unnamed) == (1, 0, 1)


def test_what_is_not_known_is_said_and_weighs_nothing():
    found = standing([Held("atelier"), Held("atelier", attendees=10), Held("atelier", attendees=8, unique=0)])

    (row,) = found.groups[0].rows
    assert (row.number, row.attended, row.persons, row.average) == (3, 18, 0, 9.0)
    assert (row.uncounted, row.unnamed) == (1, 1)


def test_what_is_read_is_apart_from_what_people_come_to():
    found = standing([Held("nieuwsbrief", readers=210), Held("nieuwsbrief"), Held("anders", attendees=3)])

    (read,) = found.read
    assert (read.number, read.readers, read.average, read.uncounted) == (2, 210, 210.0, 1)
    assert (found.total.number, found.total.attended) == (1, 3)
