"""Someone who wants the hidden counts back. Knows every shown value, every sum, what each sign means and what an insider
knows; shares no code with the algorithm and never sees the true counts.

Exact, in integers: first bounds are tightened until nothing moves, then a complete search looks per hidden cell for a
second value. A cell with no second value is recovered.
"""

import random
from dataclasses import dataclass, field

FAR = 999  # no count of the tests comes near; to leave out what lies beyond only makes the attacker bolder


class Impossible(Exception):
    pass


class OutOfBreath(Exception):
    pass


@dataclass
class Attack:
    recovered: dict = field(default_factory=dict)  # cell: the one value that is left
    values: dict = field(default_factory=dict)  # cell: values that fit
    undecided: set = field(default_factory=set)


class Attacker:
    def __init__(self, relations, bounds, seed=0):
        self.names = list(bounds)
        at = {name: number for number, name in enumerate(self.names)}
        self.sums = [(at[one.whole], [at[part] for part in one.parts]) for one in relations]
        self.sums_of = [[] for _ in self.names]
        for number, (whole, parts) in enumerate(self.sums):
            for cell in (whole, *parts):
                self.sums_of[cell].append(number)
        self.low = [bounds[name][0] for name in self.names]
        self.high = [FAR if bounds[name][1] is None else bounds[name][1] for name in self.names]
        self.random = random.Random(seed)
        self._tighten(self.low, self.high, range(len(self.sums)))

    def attack(self, hidden, wanted=lambda cell: 2):
        """Per hidden cell values that fit, until there are as many as `wanted`, or no more exist."""
        result = Attack()
        at = {name: number for number, name in enumerate(self.names)}
        found = {name: set() for name in hidden}
        self._note(found, self._solve({}))
        for name in sorted(hidden):
            cell = at[name]
            # From both ends inwards: the widest interval first.
            candidates = list(range(self.low[cell], min(self.high[cell], self.low[cell] + 12) + 1))
            while candidates and len(found[name]) < wanted(name):
                value = candidates.pop(0 if len(candidates) % 2 else -1)
                if value in found[name]:
                    continue
                try:
                    self._note(found, self._solve({cell: (value, value)}))
                except Impossible:
                    continue
                except OutOfBreath:
                    result.undecided.add(name)
            if len(found[name]) < wanted(name) and self.high[cell] > self.low[cell] + 12:
                result.undecided.add(name)
            if len(found[name]) == 1 and name not in result.undecided:
                result.recovered[name] = next(iter(found[name]))
        result.values = found
        result.undecided = {name for name in result.undecided if len(found[name]) < wanted(name)}
        return result

    def _note(self, found, solution):
        for name, value in zip(self.names, solution, strict=True):
            if name in found:
                found[name].add(value)

    def _solve(self, extra):
        """A whole table that fits, as different from the last one as chance makes it."""
        for _ in range(12):
            low, high = list(self.low), list(self.high)
            for cell, (lowest, highest) in extra.items():
                low[cell], high[cell] = max(low[cell], lowest), min(high[cell], highest)
                if low[cell] > high[cell]:
                    raise Impossible
            self._tighten(low, high, {number for cell in extra for number in self.sums_of[cell]})
            self.breath = 250
            try:
                return self._search(low, high)
            except OutOfBreath:
                continue
        raise OutOfBreath

    def _search(self, low, high):
        open_cells = [cell for cell in range(len(low)) if low[cell] < high[cell]]
        if not open_cells:
            return low
        self.breath -= 1
        if self.breath < 0:
            raise OutOfBreath
        cell = min(open_cells, key=lambda one: (high[one] - low[one], self.random.random()))
        middle = self.random.randint(low[cell], min(high[cell], low[cell] + 6))
        for lowest, highest in ((middle, middle), (low[cell], middle - 1), (middle + 1, high[cell])):
            if lowest > highest:
                continue
            lower, higher = list(low), list(high)
            lower[cell], higher[cell] = lowest, highest
            try:
                self._tighten(lower, higher, self.sums_of[cell])
                return self._search(lower, higher)
            except Impossible:
                continue
        raise Impossible

    def _tighten(self, low, high, sums):
        todo = set(sums)
        while todo:
            whole, parts = self.sums[todo.pop()]
            least, most = sum(low[part] for part in parts), sum(high[part] for part in parts)
            limits = [(whole, least, most)]
            limits += [(part, low[whole] - most + high[part], high[whole] - least + low[part]) for part in parts]
            for cell, lowest, highest in limits:
                if lowest > low[cell] or highest < high[cell]:
                    low[cell], high[cell] = max(low[cell], lowest), min(high[cell], highest)
                    if low[cell] > high[cell]:
                        raise Impossible
                    todo.update(self.sums_of[cell])


MEANING = {"small": lambda rule: (rule.lowest, rule.threshold - 1), "secondary": lambda rule: (rule.threshold, None)}


def what_is_known(publication, protected, insider=()):
    """Bounds per cell for this reader. The counts are only read where the reader reads them."""
    bounds = {}
    for cell in publication.counts:
        shown = protected.cells.get(cell)
        if cell in insider:
            bounds[cell] = (publication.counts[cell],) * 2
        elif shown is None:
            bounds[cell] = (0, None)
        elif shown.is_shown:
            bounds[cell] = (shown.value,) * 2
        else:
            bounds[cell] = MEANING.get(shown.sign.value, lambda rule: (0, None))(protected.rule)
    return bounds


def attack(publication, protected, insider=(), seed=0):
    """What this reader gets of the cells that the publication hides, and of small counts that it does not print."""
    return _attack(publication, protected, insider, what_is_known(publication, protected, set(insider)), seed)


def attack_editions(editions, insider=(), seed=0):
    """The same reader with two editions side by side, who also knows which cells were not corrected."""
    if editions[-1][1].refused:  # never left the house
        editions = [*editions[:-1], editions[0]]
    known = [what_is_known(publication, protected, set(insider)) for publication, protected in editions]
    (old, _), (new, _) = editions
    same = {cell for cell in old.counts.keys() & new.counts.keys() if old.counts[cell] == new.counts[cell]}
    attacks = []
    for (publication, protected), bounds, others in zip(editions, known, reversed(known), strict=True):
        both = {cell: _narrowest(own, others[cell]) if cell in same else own for cell, own in bounds.items()}
        attacks.append(_attack(publication, protected, insider, both, seed))
    return attacks


def _narrowest(one, other):
    highest = [end for _, end in (one, other) if end is not None]
    return max(one[0], other[0]), min(highest, default=None)


def _attack(publication, protected, insider, bounds, seed):
    guarded = {cell for cell in publication.unpublished if protected.rule.is_small(publication.counts[cell])}
    hidden = (protected.hidden() | guarded).difference(insider)
    small = {cell for cell in hidden if protected.rule.is_small(publication.counts[cell])}
    attacker = Attacker(publication.relations, bounds, seed)
    return attacker.attack(hidden, lambda cell: protected.rule.keep if cell in small else 2)


def narrowed(publication, protected, result):
    """Small counts of which fewer values are left than the rule promises."""
    small = (cell for cell in result.values if protected.rule.is_small(publication.counts[cell]))
    return {cell for cell in small if len(result.values[cell]) < protected.rule.keep} - result.undecided
