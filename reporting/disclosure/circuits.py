"""Finds, for each hidden cell, other tables that fit everything published; hides more where there are none.

See reporting.disclosure.suppress for the algorithm and what it guarantees. Cells are numbers here, in the order of
their names, so that the same publication gives the same pattern.
"""

from collections.abc import Iterable, Mapping

from reporting.disclosure.tables import Key, Publication

UNLIMITED = 10**9
NODES = 400  # Steps of one search. What is not found within it costs cells, not safety.
ALLOWED = (1, 2, 3, 4, 6, 8, 12, 16, 24)  # How many shown cells one circuit may take in, cheapest first.

OUTSIDER = -1

Move = dict[int, int]


class Circuits:
    def __init__(self, publication: Publication, insiders: Mapping[str, Iterable[Key]]):
        self.keys = sorted(publication.counts)
        number = {cell: at for at, cell in enumerate(self.keys)}
        self.number = number
        self.count = [publication.counts[cell] for cell in self.keys]
        self.members: list[list[tuple[int, int]]] = []  # per sum: cell and +1 for a part, -1 for the whole
        self.sums: list[list[tuple[int, int]]] = [[] for _ in self.keys]  # per cell: sum and that sign
        for relation in sorted(publication.relations, key=lambda relation: (relation.whole, relation.parts)):
            members = [(number[relation.whole], -1), *((number[part], 1) for part in relation.parts)]
            for cell, sign in members:
                self.sums[cell].append((len(self.members), sign))
            self.members.append(members)
        self.height = self._heights()
        self.down = [0] * len(self.keys)  # how far a cell can go from the true count, as far as a reader can tell
        self.up = [0] * len(self.keys)
        self.need: dict[int, int] = {}
        self.offered: set[int] = set()
        self.withholdable: dict[int, int] = {}
        self.insiders = [self._with_sums({number[cell] for cell in own if cell in number}) for own in insiders.values()]
        self.insiders_of: dict[int, list[int]] = {}
        for at, own in enumerate(self.insiders):
            for cell in own:
                self.insiders_of.setdefault(cell, []).append(at)
        # Per cell and value of a witness: the insiders who would see through every witness with that value.
        self.seen: dict[int, dict[int, frozenset[int]]] = {}
        self.taken: set[int] = set()
        self.withheld: set[int] = set()
        self.todo: list[int] = []
        self.is_along = False  # whether every step goes in the direction of the first

    def _heights(self) -> list[int]:
        """How many sums lie below a cell: what is lost is better a part than a total."""
        height = [0] * len(self.keys)
        for _ in range(len(self.members)):
            changed = False
            for (whole, _sign), *parts in self.members:
                above = 1 + max((height[part] for part, _ in parts), default=0)
                if above > height[whole]:
                    height[whole], changed = above, True
            if not changed:
                break
        return height

    def _with_sums(self, own: set[int]) -> frozenset[int]:
        """An insider also knows what is only a sum of the own cells, such as a region of one samenwerkingsverband."""
        todo = {sum_ for cell in own for sum_, _ in self.sums[cell]}
        while todo:
            unknown = [cell for cell, _ in self.members[todo.pop()] if cell not in own]
            if len(unknown) == 1:
                own.update(unknown)
                todo.update(sum_ for sum_, _ in self.sums[unknown[0]])
        return frozenset(own)

    def open(self, key: Key, lowest: int, highest: int | None, *, need: int) -> None:
        cell = self.number[key]
        self._free(cell, lowest, highest, need)

    def _free(self, cell: int, lowest: int, highest: int | None, need: int) -> None:
        self.down[cell] = self.count[cell] - lowest
        self.up[cell] = UNLIMITED if highest is None else highest - self.count[cell]
        self.need[cell] = need

    def offer(self, key: Key, lowest: int) -> None:
        """A shown cell that may be hidden; a search may use it at a price."""
        cell = self.number[key]
        self.offered.add(cell)
        self.down[cell], self.up[cell] = self.count[cell] - lowest, UNLIMITED

    def may_withhold(self, key: Key, need: int) -> None:
        self.withholdable[self.number[key]] = need

    def close(self) -> tuple[set[Key], set[Key], bool]:
        """Which shown cells are hidden in addition, which are withheld, and whether every hidden cell is safe."""
        self.todo = sorted(self.need, key=lambda cell: (-self.need[cell], cell))
        is_safe = True
        for cell in self.todo:  # grows while we go
            is_safe = (self._protect(cell) or self._protect_by_withholding(cell)) and is_safe
        # A cell that was withheld later needs its own witnesses; those found before stay witnesses.
        names = [{self.keys[cell] for cell in found} for found in (self.taken - self.withheld, self.withheld)]
        return names[0], names[1], is_safe

    # What is still open

    def _values(self, cell: int, reader: int) -> int:
        """How many values this reader cannot exclude, as far as witnesses go; the true one is one of them."""
        return 1 + sum(reader not in by for by in self.seen.get(cell, {}).values())

    def _open_reader(self, cell: int) -> int | None:
        """The first reader with too few values left: the outsider, or one of the insiders."""
        readers = frozenset().union(*self.seen.get(cell, {}).values())
        for reader in (OUTSIDER, *sorted(readers.difference(self.insiders_of.get(cell, ())))):
            if self._values(cell, reader) < self.need[cell]:
                return reader
        return None

    def _protect(self, cell: int) -> bool:
        while (reader := self._open_reader(cell)) is not None:
            barred = frozenset() if reader == OUTSIDER else self.insiders[reader]
            stuck = self._walk(cell, reader, barred)
            if stuck and not self._hide_more(cell, barred, stuck):
                return False
        return True

    def _walk(self, cell: int, reader: int, barred: frozenset[int]) -> list[tuple[int, Move]]:
        """Steps away from the true table, up and down, until this reader has enough values left; else where it ends."""
        stuck = []
        for sign in (1, -1):
            away: Move = {}
            for _ in range(self.need[cell] - 1):
                step = _Search(self, cell, barred, away).circuit(sign)
                if step is None:
                    break
                away = added(away, step)
                self._remember(away)
                if self._values(cell, reader) >= self.need[cell]:
                    return []
            stuck.append((sign, away))
        return stuck

    def _hide_more(self, cell: int, barred: frozenset[int], stuck: list[tuple[int, Move]]) -> bool:
        """Takes in the shown cells of the cheapest circuit that goes on from there, whatever their counts."""
        for allowed in ALLOWED:
            for sign, away in stuck:
                step = _Search(self, cell, barred, away, allowed).circuit(sign)
                if step is not None:
                    for taken in sorted(self.offered.intersection(step)):
                        self._take(taken)
                    self._remember(added(away, step))  # if it fits after all, it is a witness
                    return True
        return False

    def _take(self, cell: int) -> None:
        self.offered.discard(cell)
        self.need[cell] = 2
        self.taken.add(cell)
        self.todo.append(cell)

    def _remember(self, away: Move) -> None:
        """The true table plus this change, or a multiple of it, fits: a witness for every cell that changes."""
        for sign in (1, -1):
            times = sign
            while self._fits(away, times) and abs(times) <= 4:
                by = frozenset(insider for cell in away for insider in self.insiders_of.get(cell, ()))
                for cell in away:
                    seen, value = self.seen.setdefault(cell, {}), self.count[cell] + times * away[cell]
                    seen[value] = seen.get(value, by) & by
                times += sign

    def _fits(self, away: Move, times: int) -> bool:
        return all(-self.down[cell] <= times * change <= self.up[cell] for cell, change in away.items())

    # The last resort

    def _protect_by_withholding(self, cell: int) -> bool:
        """First the sign of the cell itself, then of the sums it stands in, smallest first, then wider and wider."""
        sums = sorted((len(self.members[sum_]), sum_) for sum_, _ in self.sums[cell])
        ring = {cell}
        for wider in ([], *([sum_] for _, sum_ in sums)):
            ring.update(self._members(wider))
            if self._protect_without(ring, cell):
                return True
        while (wider := ring | self._members(sum_ for at in ring for sum_, _ in self.sums[at])) != ring:
            ring = wider
            if self._protect_without(ring, cell):
                return True
        # Now that all is withheld: one youth more, in this cell and in all totals above it.
        self.is_along = True
        is_safe = self._protect(cell)
        self.is_along = False
        return is_safe

    def _members(self, sums: Iterable[int]) -> set[int]:
        return {member for sum_ in sums for member, _ in self.members[sum_]}

    def _protect_without(self, ring: set[int], cell: int) -> bool:
        before = len(self.withheld)
        for other in sorted(ring):
            self._withhold(other)
        return len(self.withheld) > before and self._protect(cell)

    def _withhold(self, cell: int) -> None:
        if cell not in self.withholdable or cell in self.withheld:
            return
        self.offered.discard(cell)
        self.withheld.add(cell)
        self._free(cell, 0, None, self.withholdable[cell])
        self.todo.append(cell)


def added(one: Move, other: Move) -> Move:
    both = {cell: one.get(cell, 0) + other.get(cell, 0) for cell in (*one, *other)}
    return {cell: change for cell, change in both.items() if change}


class _Search:
    """Depth first, best step first, from one changed cell until every sum holds again."""

    def __init__(self, circuits: Circuits, target: int, barred: frozenset[int], away: Move, allowed: int = 0):
        self.circuits, self.target, self.allowed = circuits, target, allowed
        self.away, self.must_hide = away, allowed > 0
        self.barred = barred
        self.nodes = NODES
        self.move: Move = {}
        self.gaps: dict[int, int] = {}  # per sum that does not hold: parts minus whole

    def circuit(self, sign: int) -> Move | None:
        if not self._has_room(self.target, sign):
            return None
        self._change(self.target, sign)
        return dict(self.move) if self._mend() else None

    def _has_room(self, cell: int, change: int) -> bool:
        if cell in self.circuits.offered:
            return True
        return -self.circuits.down[cell] <= self.away.get(cell, 0) + change <= self.circuits.up[cell]

    def _change(self, cell: int, change: int) -> None:
        self.move[cell] = change
        self._shift(cell, change)
        self.allowed -= cell in self.circuits.offered

    def _undo(self, cell: int) -> None:
        self._shift(cell, -self.move.pop(cell))
        self.allowed += cell in self.circuits.offered

    def _shift(self, cell: int, change: int) -> None:
        for sum_, sign in self.circuits.sums[cell]:
            gap = self.gaps.get(sum_, 0) + sign * change
            if gap:
                self.gaps[sum_] = gap
            else:
                del self.gaps[sum_]

    def _mend(self) -> bool:
        if not self.gaps:
            return not self.must_hide or not self.circuits.offered.isdisjoint(self.move)
        if self.nodes <= 0:
            return False
        fewest: list[tuple[int, int]] | None = None
        for sum_ in reversed(self.gaps):
            steps = self._steps(sum_, None if fewest is None else len(fewest))
            if fewest is None or len(steps) < len(fewest):
                fewest = steps
            if len(fewest) < 2:
                break
        for cell, change in self._ordered(fewest):
            self.nodes -= 1
            self._change(cell, change)
            if self._mend():
                return True
            self._undo(cell)
            if self.nodes <= 0:
                break
        return False

    def _steps(self, sum_: int, enough: int | None) -> list[tuple[int, int]]:
        """Which cells can mend this sum. The sum with the fewest is mended first, so a dead end shows at once."""
        circuits, move, barred = self.circuits, self.move, self.barred
        direction = -1 if self.gaps[sum_] > 0 else 1
        steps = []
        for cell, sign in circuits.members[sum_]:
            if cell in move or cell in barred or (not self.allowed and cell in circuits.offered):
                continue
            change = direction * sign
            if circuits.is_along and change != move[self.target]:
                continue
            if self._has_room(cell, change):
                steps.append((cell, change))
                if len(steps) == enough:
                    break
        return steps

    def _ordered(self, steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """First what leaves the fewest other sums open, then what is hidden already, then parts before totals. Never by
        how large a cell is."""
        circuits = self.circuits
        ordered = []
        for cell, change in steps:
            score = 2 * (cell in circuits.offered)
            for other, sign_there in circuits.sums[cell]:
                gap = self.gaps.get(other, 0)
                score += abs(gap + sign_there * change) - abs(gap)
            ordered.append((score, circuits.height[cell], cell, change))
        ordered.sort()
        return [(cell, change) for _score, _height, cell, change in ordered]
