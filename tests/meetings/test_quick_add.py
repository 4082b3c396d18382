"""The line that is typed at the table."""

import pytest

from meetings.rules.quick_add import Line, read_line

OLGA, OSCAR, DOCTOR, YOUTH = 1, 2, 3, 4
PEOPLE = [
    (OLGA, ["Olga", "Jansen"]),
    (OSCAR, ["Oscar", "de", "Boer"]),
    (DOCTOR, ["jeugdarts", "GGD"]),
    (YOUTH, ["jongere"]),
]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Vraag of oom zaterdag meegaat @Olga 4d", Line("Vraag of oom zaterdag meegaat", "4d", OLGA)),
        ("4u @ol Stuur een berichtje", Line("Stuur een berichtje", "4u", OLGA)),
        ("Bel de bakker", Line("Bel de bakker", None, None)),
        ("Bel de bakker 4D", Line("Bel de bakker", "4d", None)),
        ("Eerst 4d en toch 4w", Line("Eerst en toch", "4w", None)),
        ("Regel vervoer @JEUGDARTS", Line("Regel vervoer", None, DOCTOR)),
        ("Regel vervoer @boer,", Line("Regel vervoer", None, OSCAR)),
        # Not recognised, or not one person: it stays to be read
        ("Vraag @o", Line("Vraag @o", None, None)),
        ("Vraag @niemand", Line("Vraag @niemand", None, None)),
        ("Vraag @niemand en @jongere", Line("Vraag @niemand en", None, YOUTH)),
        ("Mail naar olga@voorbeeld.test", Line("Mail naar olga@voorbeeld.test", None, None)),
        ("Koop 14d brood voor 4drie", Line("Koop 14d brood voor 4drie", None, None)),
        ("  4m  ", Line("", "4m", None)),
        ("@", Line("@", None, None)),
    ],
)
def test_a_line_says_what_who_and_when(typed, line):
    assert read_line(typed, PEOPLE) == line
