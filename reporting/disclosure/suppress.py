"""Hides small counts, and whatever else would give them back.

The algorithm
-------------
Complementary cell suppression by alternating circuits, audited by witnesses. In the literature: the circuits (plus and
minus over the corners of a block) are those of the hypercube method GHMITER (Repsilber 1994; Giessing and Repsilber
2002); to take, cell by cell, the circuit that costs fewest new cells is a shortest-path heuristic as in Castro (2007);
that an attacker's interval must stay wide, over all related tables at once, is the protection level of Fischetti and
Salazar-Gonzalez (2001). All are described in Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapter 4.
Ours takes any sums between cells, not only tables with axes, and counts on an attacker who reads the signs.

1. Primary: a count from 1 to threshold - 1 is hidden, sign "<5". A whole that small is not split: its parts are
   withheld, zeros too, because four signs "<5" under a "<5" say 1, 1, 1, 1.
2. Audit: for every hidden cell look for a *circuit*: a change that leaves every shown cell and every sum alone and
   keeps each hidden cell within what its sign says. The table plus that change is a *witness*: a complete table that
   fits everything published, in which the cell has another value.
3. Secondary: where the audit finds too few, take in shown cells of at least the threshold, those of the circuit that
   needs fewest of them. They get the sign "x" and are audited too. Then audit again.
4. If there is no such circuit, the cells around are withheld, in wider rings; at last the publication is refused.

The guarantee
-------------
A hidden cell is safe only with witnesses in hand: `Rule.keep` different values for a small count ("<5" leaves four,
one may be lost, so three), two for every other hidden cell. A witness solves the attacker's own system, in whole
numbers, so no solver can exclude its values. Hiding more never spoils a witness. A search that misses a circuit costs
cells, never safety. The same holds against each *insider*, someone who sees some cells in full (staff of a
samenwerkingsverband): of every other cell as many values remain by witnesses that leave what the insider knows alone.

What the choice gives away
--------------------------
Which shown cell is taken in depends on names, sums and signs, and on what the sums say about cells already hidden; not
on its own count. So there is no "smallest first" that ranks two hidden cells. That the audit failed is something that
a reader who replays the algorithm can know: 1 + 5 = 6 fails, and then the total is hidden as well. With two values
asked that would be the only such row, and hiding would tell it; with three, 1 + 6 and 2 + 5 look the same. That is why
three. The tests replay every row of two. Larger tables are not proof against replaying: of all tables of two by two
with a total up to 8, one printed pattern in seven tells a cell to who replays every one of them.

Not protected: the sign itself; differences between shown counts (a total that goes from 12 to 13 shows one more youth);
two insiders who put their heads together, unless given as one insider; what someone knows from elsewhere. So publish
closed periods, and no free filters.

Earlier publications: a cell that was shown and has the same count now is shown again and not leaned upon; a cell that
was hidden stays hidden, or the figures beside it, shown today, would open it in the edition of yesterday.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from reporting.disclosure.circuits import Circuits
from reporting.disclosure.tables import Key, Publication


@dataclass(frozen=True)
class Rule:
    """From 1 to threshold - 1 is small. `loss`: how many of the values that "<5" leaves may be excluded by sums."""

    threshold: int = 5
    zero_shows: bool = True
    loss: int = 1

    def __post_init__(self):
        if self.threshold < 3 or self.keep < 2:
            raise ValueError("Nothing can stay hidden under this rule")

    @property
    def lowest(self) -> int:
        return 1 if self.zero_shows else 0

    @property
    def keep(self) -> int:
        return self.threshold - self.lowest - self.loss

    def is_small(self, count: int) -> bool:
        return self.lowest <= count < self.threshold


class Sign(Enum):
    SHOWN = "shown"
    SMALL = "small"
    SECONDARY = "secondary"
    WITHHELD = "withheld"


REASONS = {
    Sign.SHOWN: "",
    Sign.SMALL: "Dit aantal is te klein om te tonen.",
    Sign.SECONDARY: "Niet getoond: hiermee kun je een klein aantal uitrekenen.",
    Sign.WITHHELD: "Niet getoond, om een klein aantal te beschermen.",
}
REFUSED = "Deze cijfers zijn niet te tonen zonder dat een klein aantal bekend wordt."


@dataclass(frozen=True)
class Cell:
    """What a reader gets. `value` is None where the count is hidden: the count is not in here."""

    sign: Sign
    value: int | None = None
    text: str = ""

    @property
    def is_shown(self) -> bool:
        return self.sign is Sign.SHOWN

    @property
    def reason(self) -> str:
        return REASONS[self.sign]


@dataclass(frozen=True)
class Protected:
    """One edition as it may leave the house; every screen, pdf and export of it is made from this."""

    cells: Mapping[Key, Cell]
    rule: Rule = field(default_factory=Rule)
    refused: str = ""

    def hidden(self, *signs: Sign) -> set[Key]:
        wanted = signs or (Sign.SMALL, Sign.SECONDARY, Sign.WITHHELD)
        return {cell for cell, shown in self.cells.items() if shown.sign in wanted}

    def shown(self) -> dict[Key, int]:
        return {cell: shown.value for cell, shown in self.cells.items() if shown.is_shown}


@dataclass(frozen=True)
class Loss:
    """How much of an edition is gone, and why."""

    cells: int
    small: int
    secondary: int
    withheld: int

    @property
    def secondary_share(self) -> float:
        return self.secondary / self.cells if self.cells else 0.0


def loss_of(protected: Protected) -> Loss:
    numbers = {sign: len(protected.hidden(sign)) for sign in REASONS}
    return Loss(len(protected.cells), numbers[Sign.SMALL], numbers[Sign.SECONDARY], numbers[Sign.WITHHELD])


def protect(
    publication: Publication,
    rule: Rule | None = None,
    *,
    insiders: Mapping[str, Iterable[Key]] | None = None,
    earlier: Iterable[Protected] = (),
) -> Protected:
    """The publication with every small count hidden, from outsiders and from each insider.

    `insiders`: per reader who sees some cells in full, which ones. What is shown is the same for all of them; in_full()
    adds their own cells.
    `earlier`: what was published before about the same period. Its cells must be in this publication too, or sums that
    run through them go unseen.
    """
    rule = rule or Rule()
    earlier = list(earlier)
    hidden_before = set().union(*(edition.hidden() for edition in earlier))
    signs = first_signs(publication, rule, earlier)
    known = known_already(publication, earlier)
    circuits = Circuits(publication, insiders or {})
    for cell, count in publication.counts.items():
        sign = signs.get(cell)
        if sign is None:  # printed nowhere: only a small count asks for protection
            circuits.open(cell, 0, None, need=rule.keep if rule.is_small(count) else 1)
        elif sign is Sign.SHOWN:
            if count >= rule.threshold and cell not in known:
                circuits.offer(cell, rule.threshold)
        else:
            lowest, highest = bounds_of(cell, sign, count, rule, earlier)
            need = rule.keep if rule.is_small(count) else 2
            circuits.open(cell, lowest, highest, need=need)
    for cell, sign in signs.items():  # what had a sign before keeps what that sign said
        if not (sign is Sign.SHOWN and cell in known) and cell not in hidden_before:
            circuits.may_withhold(cell, rule.keep if rule.is_small(publication.counts[cell]) else 2)

    taken, withheld, is_safe = circuits.close()

    if not is_safe:
        taken, withheld = set(), set(signs)
    signs |= dict.fromkeys(taken, Sign.SECONDARY) | dict.fromkeys(withheld, Sign.WITHHELD)
    cells = {cell: as_cell(sign, publication.counts[cell], rule) for cell, sign in signs.items()}
    return Protected(cells, rule, "" if is_safe else REFUSED)


def as_cell(sign: Sign, count: int, rule: Rule) -> Cell:
    if sign is Sign.SHOWN:
        return Cell(sign, count, str(count))
    return Cell(sign, None, f"<{rule.threshold}" if sign is Sign.SMALL else "x")


def in_full(protected: Protected, own: Mapping[Key, int]) -> Protected:
    """The same edition for a reader who sees these cells in full."""
    cells = {
        cell: Cell(Sign.SHOWN, own[cell], str(own[cell])) if cell in own else shown
        for cell, shown in protected.cells.items()
    }
    return Protected(cells, protected.rule, protected.refused)


def known_already(publication: Publication, earlier: list[Protected]) -> set[Key]:
    """Cells that an earlier edition showed with the count that they still have."""
    counts = publication.counts
    return {cell for edition in earlier for cell, count in edition.shown().items() if counts.get(cell) == count}


def first_signs(publication: Publication, rule: Rule, earlier: list[Protected]) -> dict[Key, Sign]:
    """The signs before anything is taken in addition: small counts, what lies below them, what was hidden before."""
    counts = publication.counts
    public = [cell for cell in counts if cell not in publication.unpublished]
    known = known_already(publication, earlier)
    signs = {}
    for cell in public:
        signs[cell] = Sign.SMALL if rule.is_small(counts[cell]) and cell not in known else Sign.SHOWN
    for cell in not_split(publication, {cell for cell in public if signs[cell] is Sign.SMALL}):
        if cell in signs and cell not in known:
            signs[cell] = Sign.WITHHELD
    for edition in earlier:
        for cell in edition.hidden():
            if cell in signs and cell not in known:
                signs[cell] = Sign.WITHHELD
    return signs


def not_split(publication: Publication, small: set[Key]) -> set[Key]:
    """Everything below a small whole, except a 0 that follows from a 0 above it that is shown."""
    parts: dict[Key, list[Key]] = {}
    wholes: dict[Key, list[Key]] = {}
    for relation in publication.relations:
        parts.setdefault(relation.whole, []).extend(relation.parts)
        for part in relation.parts:
            wholes.setdefault(part, []).append(relation.whole)
    found: set[Key] = set()
    todo = list(small)
    while todo:
        for part in parts.get(todo.pop(), ()):
            if part not in found:
                found.add(part)
                todo.append(part)

    def follows(cell):
        above = [whole for whole in wholes.get(cell, ()) if whole not in found and whole not in publication.unpublished]
        return any(publication.counts[whole] == 0 for whole in above)

    zeros = [cell for cell in found if publication.counts[cell] == 0]
    while freed := [cell for cell in zeros if cell in found and follows(cell)]:
        found.difference_update(freed)
    return found


def bounds_of(cell: Key, sign: Sign, count: int, rule: Rule, earlier: list[Protected]) -> tuple[int, int | None]:
    """What a reader knows about a hidden cell from its sign, and from the sign it had before if that still holds."""
    lowest, highest = 0, None
    seen = [sign, *(edition.cells[cell].sign for edition in earlier if cell in edition.cells)]
    if Sign.SMALL in seen and rule.is_small(count):
        return rule.lowest, rule.threshold - 1
    if Sign.SECONDARY in seen and count >= rule.threshold:
        return rule.threshold, None
    return lowest, highest
