"""What is published together: cells with counts, and which cell is the sum of which others.

A cell is named by its codes: `key(schooljaar="2025/26", swv="po2001")`. A dimension that is left out is the total, so a
cell that stands in several tables has one name and is one cell. That is the point: tables, filters, totals, periods and
exports that somebody can lay side by side belong in one publication, or they open each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

Key = tuple[tuple[str, str], ...]


def key(**codes: str | None) -> Key:
    return tuple(sorted((name, code) for name, code in codes.items() if code is not None))


@dataclass(frozen=True)
class Relation:
    """The whole is the sum of its parts."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Dimension:
    """One way to split, with every sum that holds between its codes; None is the total.

    `Dimension("plaats", ((None, ("noord", "zuid")), ("noord", ("swv1", "swv2"))))`. Sums may overlap, such as two ways
    to put ages in bands.
    """

    name: str
    sums: tuple[tuple[str | None, tuple[str, ...]], ...]

    @property
    def codes(self) -> tuple[str | None, ...]:
        found = {code: None for whole, parts in self.sums for code in (whole, *parts)}
        return tuple(found)


@dataclass(frozen=True)
class Table:
    """Every combination of the codes of its dimensions; `fixed` holds for the whole table, such as one indicator."""

    dimensions: tuple[Dimension, ...]
    fixed: Key = ()

    def cells(self) -> list[Key]:
        names = [dimension.name for dimension in self.dimensions]
        combinations = product(*(dimension.codes for dimension in self.dimensions))
        return [self._key(zip(names, codes, strict=True)) for codes in combinations]

    def relations(self) -> list[Relation]:
        found = []
        for at, dimension in enumerate(self.dimensions):
            others = [*self.dimensions[:at], *self.dimensions[at + 1 :]]
            names = [other.name for other in others]
            for codes in product(*(other.codes for other in others)):
                rest = list(zip(names, codes, strict=True))
                for whole, parts in dimension.sums:
                    found.append(
                        Relation(
                            self._key([*rest, (dimension.name, whole)]),
                            tuple(self._key([*rest, (dimension.name, part)]) for part in parts),
                        )
                    )
        return found

    def _key(self, codes: Iterable[tuple[str, str | None]]) -> Key:
        return key(**dict(self.fixed), **dict(codes))


@dataclass(frozen=True)
class Publication:
    """Counts and the sums between them.

    `unpublished` cells are printed nowhere, but follow from what is: the youths with filter A and not B are A minus
    "A and B". Their small counts are guarded like any other.
    """

    counts: Mapping[Key, int]
    relations: tuple[Relation, ...]
    unpublished: frozenset[Key] = field(default_factory=frozenset)

    def __post_init__(self):
        for cell, count in self.counts.items():
            if type(count) is not int or count < 0:
                raise ValueError(f"No count: {cell}")
        for relation in self.relations:
            members = (relation.whole, *relation.parts)
            if len(set(members)) != len(members):
                raise ValueError(f"A cell stands twice in one sum: {relation.whole}")
            if not all(member in self.counts for member in members):
                raise ValueError(f"A cell of this sum has no count: {relation.whole}")
            if self.counts[relation.whole] != sum(self.counts[part] for part in relation.parts):
                raise ValueError(f"Does not add up: {relation.whole}")
        if not self.unpublished <= self.counts.keys():
            raise ValueError("An unpublished cell has no count")

    @classmethod
    def of(cls, tables: Iterable[Table], counts: Mapping[Key, int]) -> "Publication":
        """The cells of these tables; a cell that `counts` does not name is 0."""
        tables = list(tables)
        cells = {cell: counts.get(cell, 0) for table in tables for cell in table.cells()}
        relations = {relation: None for table in tables for relation in table.relations()}
        return cls(cells, tuple(relations))
