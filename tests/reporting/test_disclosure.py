"""Statistical disclosure control: the worked examples, the promises, and an attacker who tries to break them."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.disclosure.percent import percentage
from reporting.disclosure.suppress import Cell, Rule, Sign, in_full, loss_of, protect
from reporting.disclosure.tables import Dimension, Publication, Relation, Table, key
from tests.reporting import broken
from tests.reporting.attacker import Attacker, attack, attack_editions, narrowed
from tests.reporting.figures import count, edition, own_cells, places, plain, youths_at

SETS = 24


def row(*counts, rule=None, **more):
    """One sum: the parts a, b, c ... and their total."""
    names = "abcdefgh"[: len(counts)]
    table = Table((Dimension("deel", ((None, tuple(names)),)),))
    publication = Publication.of(
        [table], {key(): sum(counts), **{key(deel=n): c for n, c in zip(names, counts, strict=True)}}
    )
    return publication, protect(publication, rule, **more)


def texts(protected):
    return " ".join(protected.cells[cell].text for cell in sorted(protected.cells, key=lambda cell: (not cell, cell)))


def square(values):
    """Two rows, two columns, all margins."""
    table = Table((Dimension("rij", ((None, ("r0", "r1")),)), Dimension("kolom", ((None, ("k0", "k1")),))))
    counts = {}
    for (r, k), value in zip(product((0, 1), repeat=2), values, strict=True):
        for cell in (key(rij=f"r{r}", kolom=f"k{k}"), key(rij=f"r{r}"), key(kolom=f"k{k}"), key()):
            counts[cell] = counts.get(cell, 0) + value
    return Publication.of([table], counts)


def assert_safe(publication, protected, readers=((),)):
    for reader in readers:
        result = attack(publication, protected, reader)
        assert (result.recovered, result.undecided, narrowed(publication, protected, result)) == ({}, set(), set())


# The worked examples. In texts() the parts come first, the total last.


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((3, 2, 0, 12), "<5 <5 0 12 17"),
        ((3, 14), "<5 x 17"),
        ((3, 14, 20), "<5 x 20 37"),
        ((6, 7), "6 7 13"),
        ((0, 7), "0 7 7"),
        ((0, 0), "0 0 0"),
        ((5, 5), "5 5 10"),
        ((4, 4), "<5 <5 x"),  # 8 would say 4 and 4
        ((1, 5), "<5 x x"),  # x is at least 5, so 6 would say 1
        ((1, 1, 1, 1), "x x x x <5"),  # four times "<5" under a "<5" would say 1 each
        ((1, 2, 0), "x x x <5"),
    ],
)
def test_a_row_and_its_total(counts, expected):
    _, protected = row(*counts)

    assert texts(protected) == expected


def test_a_shown_zero_may_be_a_small_count_too():
    _, protected = row(0, 9, 9, rule=Rule(zero_shows=False))

    assert texts(protected) == "<5 x 9 18"


def test_the_threshold_is_a_choice():
    _, protected = row(3, 3, 30, rule=Rule(threshold=6))

    assert texts(protected) == "<6 <6 30 36"


def test_a_rule_that_hides_nothing_is_refused():
    with pytest.raises(ValueError, match="Nothing can stay hidden"):
        Rule(loss=3)


def test_a_hidden_cell_does_not_carry_its_count_and_says_why():
    _, protected = row(3, 14)
    small, partner = protected.cells[key(deel="a")], protected.cells[key(deel="b")]

    assert (small.value, partner.value) == (None, None)
    assert "3" not in repr(small)
    assert "14" not in repr(partner)
    assert small.reason == "Dit aantal is te klein om te tonen."
    assert partner.reason == "Niet getoond: hiermee kun je een klein aantal uitrekenen."


def test_figures_that_do_not_add_up_are_no_publication():
    with pytest.raises(ValueError, match="Does not add up"):
        Publication({key(): 5, key(a="1"): 4}, (Relation(key(), (key(a="1"),)),))


def test_what_a_filter_leaves_out_is_a_cell_as_well():
    counts = {key(): 30, key(soort="a"): 12, key(soort="b"): 18, key(filter="in"): 10, key(filter="uit"): 2}
    relations = (
        Relation(key(), (key(soort="a"), key(soort="b"))),
        Relation(key(soort="a"), (key(filter="in"), key(filter="uit"))),
    )
    publication = Publication(counts, relations, frozenset({key(filter="uit")}))

    protected = protect(publication)

    assert protected.cells.keys() == counts.keys() - {key(filter="uit")}
    assert not (protected.cells[key(soort="a")].is_shown and protected.cells[key(filter="in")].is_shown)
    assert_safe(publication, protected)


def test_the_same_figures_give_the_same_pattern_in_any_order():
    publication = edition(3)
    turned = Publication(
        dict(reversed(publication.counts.items())), tuple(reversed(publication.relations)), publication.unpublished
    )

    assert protect(turned).cells == protect(publication).cells


def test_two_large_counts_change_places_without_changing_the_pattern():
    _, one = row(3, 14, 20)
    _, other = row(3, 20, 14)

    assert one.hidden() == other.hidden() == {key(deel="a"), key(deel="b")}


# Insiders


def test_staff_of_one_of_two_do_not_read_the_other_from_the_region():
    publication, for_outsiders = row(9, 4, 1)
    own = {"a": [key(deel="a")], "b": [key(deel="b")], "c": [key(deel="c")]}

    protected = protect(publication, insiders=own)

    # b knows its 4, so 14 - 9 - 4 would say 1.
    assert attack(publication, for_outsiders, own["b"]).recovered == {key(deel="c"): 1}
    assert_safe(publication, protected, ((), *own.values()))


def test_in_full_adds_the_own_cells_and_nothing_else():
    publication, protected = row(3, 14, 20)

    mine = in_full(protected, {key(deel="a"): publication.counts[key(deel="a")]})

    assert texts(mine) == "3 x 20 37"
    assert texts(protected) == "<5 x 20 37"


# Editions


def test_what_was_shown_before_is_not_leaned_upon():
    first, shown = row(6, 7, 9)
    assert texts(shown) == "6 7 9 22"

    table = Table((Dimension("deel", ((None, ("a", "b", "c")),)),))
    second = Publication.of([table], {key(deel="a"): 3, key(deel="b"): 7, key(deel="c"): 9, key(): 19})
    later = protect(second, earlier=[shown])

    # Hiding b as if nobody knew its 7 would be no use: 19 - 7 - 9. Only the total is new.
    assert later.cells[key(deel="a")].text != "3"
    assert not later.cells[key()].is_shown
    for result in attack_editions([(first, shown), (second, later)]):
        assert result.recovered == {}


def test_what_was_hidden_before_stays_hidden():
    _, hidden = row(3, 14, 20)
    table = Table((Dimension("deel", ((None, ("a", "b", "c")),)),))
    second = Publication.of([table], {key(deel="a"): 6, key(deel="b"): 14, key(deel="c"): 20, key(): 40})

    later = protect(second, earlier=[hidden])

    # 14 now would open the 3 of then: 37 - 14 - 20.
    assert texts(protect(second)) == "6 14 20 40"
    assert texts(later) == "x x 20 40"


# The attacker


def test_the_attacker_finds_what_can_be_found():
    relations = (Relation("t", ("a", "b", "c")), Relation("u", ("a", "b")))
    bounds = {"t": (9, 9), "u": (None or 0, None), "a": (1, 4), "b": (1, 4), "c": (7, None)}

    result = Attacker(relations, bounds).attack({"a", "b", "c", "u"})

    assert result.recovered == {"a": 1, "b": 1, "c": 7, "u": 2}
    assert result.undecided == set()


@pytest.mark.parametrize("wrong", [*broken.FOR_OUTSIDERS, *broken.FOR_INSIDERS], ids=lambda wrong: wrong.__name__)
def test_the_attacker_breaks_what_is_broken(wrong):
    def opened(seed):
        publication = edition(seed)
        own = own_cells(publication)
        readers = own.values() if wrong in broken.FOR_INSIDERS else ((),)
        protected = wrong(publication, own)
        recovered = [attack(publication, protected, reader, seed).recovered for reader in readers]
        assert all(publication.counts[cell] == count for found in recovered for cell, count in found.items())
        return recovered

    assert any(recovered for seed in range(SETS) for recovered in opened(seed))


@pytest.mark.parametrize("seed", range(SETS))
def test_nothing_comes_back_by_totals_filters_and_insiders(seed):
    publication = edition(seed)
    own = own_cells(publication)

    protected = protect(publication, insiders=own)

    assert protected.refused == ""
    assert any(Rule().is_small(count) for count in publication.counts.values())
    assert_safe(publication, protected, ((), own[sorted(own)[seed % len(own)]]))


def test_most_of_what_is_not_small_is_still_shown():
    where, when = places((8, 8, 8)), plain("jaar", 2)
    youths = youths_at((where, when), random.Random(1), lambda: 3 + len(when.codes))
    publication = Publication.of([table := Table((where, when))], count([table], youths[: 3 * len(youths) // 4]))

    protected = protect(publication, insiders=own_cells(publication))

    large = {cell for cell, number in publication.counts.items() if number >= 5}
    assert protected.cells[key()].is_shown
    assert len(large & protected.shown().keys()) > len(large) / 2


def test_nothing_comes_back_by_laying_two_editions_side_by_side():
    refused = 0
    for seed in range(0, SETS, 4):
        first, second = edition(seed), edition(seed, corrected=True)
        own = own_cells(first)
        shown = protect(first, insiders=own)

        later = protect(second, insiders=own, earlier=[shown])

        refused += bool(later.refused)
        assert first.counts != second.counts
        for reader in ((), own[sorted(own)[0]]):
            results = attack_editions([(first, shown), (second, later)], reader, seed)
            for result in results:
                assert (result.recovered, result.undecided) == ({}, set())

    assert refused <= SETS // 8


def test_an_edition_by_itself_opens_the_one_before():
    """So that the test above has something to find."""

    def opened(seed):
        first, second = edition(seed), edition(seed, corrected=True)
        pairs = [(one, protect(one)) for one in (first, second)]
        return [cell for result in attack_editions(pairs, (), seed) for cell in result.recovered]

    assert any(opened(seed) for seed in range(6))


# Whoever replays the algorithm


def replayed(publications):
    """Per thing that is printed: every table that gives exactly that."""
    found = {}
    for publication in publications:
        protected = protect(publication)
        found.setdefault(tuple(sorted((c, s.text) for c, s in protected.cells.items())), []).append(
            (publication, protected)
        )
    return found


def replay_opens(tables):
    """Hidden cells that have the same count in every table that gives what is printed."""
    _, protected = tables[0]
    return {cell for cell in protected.hidden() if len({other.counts[cell] for other, _ in tables}) == 1}


def test_replaying_the_algorithm_on_a_row_tells_no_count():
    rows = [row(*counts)[0] for counts in product(range(20), repeat=2)]

    # Of larger totals not every row is among these.
    complete = [tables for tables in replayed(rows).values() if all(one.counts[key()] < 20 for one, _ in tables)]

    assert len(complete) > 100
    assert [tables[0][0].counts for tables in complete if replay_opens(tables)] == []


# Any small shape


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_every_square_is_safe(values):
    publication = square(values)

    protected = protect(publication)

    assert protected.refused == ""
    assert {c: n for c, n in protected.shown().items() if publication.counts[c] != n or 0 < n < 5} == {}
    assert_safe(publication, protected)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_every_row_is_safe(counts):
    publication, protected = row(*counts)

    loss = loss_of(protected)

    assert loss.cells == len(counts) + 1
    assert loss.small + loss.secondary + loss.withheld + len(protected.shown()) == loss.cells
    assert_safe(publication, protected)


# Percentages


def shown(value):
    return Cell(Sign.SHOWN, value, str(value))


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (6, 200, "5%"),  # 3 %
        (10, 200, "5%"),
        (9, 200, "5%"),
        (11, 200, "6%"),
        (0, 200, "0%"),
        (26, 37, "70%"),
        (11, 37, "30%"),
        (190, 200, "95%"),
        (194, 200, "95%"),  # 97 %
        (200, 200, "95%"),
        (0, 0, ""),
    ],
)
def test_extreme_percentages_are_capped(part, whole, text):
    assert percentage(shown(part), shown(whole)).text == text


def test_capping_is_an_option_and_decimals_have_a_comma():
    assert percentage(shown(6), shown(200), capped=False).text == "3%"
    assert percentage(shown(116), shown(151), decimals=1).text == "76,8%"
    assert percentage(shown(6), shown(200)).is_capped


@pytest.mark.parametrize("hidden", [Sign.SMALL, Sign.SECONDARY, Sign.WITHHELD])
def test_a_percentage_of_something_hidden_is_hidden(hidden):
    assert percentage(Cell(hidden), shown(200)).text == "x"
    assert percentage(shown(6), Cell(hidden)).value is None
