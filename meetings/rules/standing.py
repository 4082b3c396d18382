"""Stand van zaken: activities per kind, with people and attendances both (R13.2), and what adds up to what."""

from dataclasses import dataclass, field

from meetings.rules.activities import GROUPS, TO_READ, ActivityKind


@dataclass(frozen=True)
class Held:
    """One activity as figures; `people` are the keys of who stands on its list, which may be nobody."""

    kind: str
    attendees: int | None = None
    unique: int | None = None
    readers: int | None = None
    people: frozenset = frozenset()

    @property
    def attended(self):
        """How many were there: what was counted, or who is on the list when those are more. None when nobody knows."""
        if self.attendees is None and not self.people:
            return None
        return max(self.attendees or 0, len(self.people))

    @property
    def has_unknown(self):
        """Whether somebody came of whom it is not known if they count for the first time."""
        if self.people:
            return self.attended > len(self.people)
        return bool(self.attendees) and self.unique is None


@dataclass(frozen=True)
class Row:
    label: str
    number: int  # of activities
    attended: int
    persons: int
    average: float | None  # over the activities of which it is known how many were there
    uncounted: int  # activities of which that is not known
    unnamed: int  # of which it is not known of everybody who came: there are at least so many persons


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple
    total: Row


@dataclass(frozen=True)
class Read:
    label: str
    number: int
    readers: int
    average: float | None
    uncounted: int


@dataclass(frozen=True)
class Standing:
    groups: tuple
    total: Row
    read: tuple = field(default=())


def standing(activities):
    """Kinds of which nothing was held yet are left out, and a group of which nothing was."""
    by_kind = {kind: [held for held in activities if held.kind == kind] for kind in ActivityKind}
    groups = []
    for title, kinds in GROUPS:
        rows = tuple(_row(kind.label, by_kind[kind]) for kind in kinds if by_kind[kind])
        if rows:
            groups.append(Group(title, rows, _row("Samen", [held for kind in kinds for held in by_kind[kind]])))
    sessions = [held for held in activities if held.kind not in TO_READ]
    read = tuple(_read(kind.label, by_kind[kind]) for kind in TO_READ if by_kind[kind])
    return Standing(tuple(groups), _row("Alles samen", sessions), read)


def _row(label, activities):
    """Persons are counted once over all of these, so rows do not add up to their total."""
    listed = frozenset().union(*(held.people for held in activities))
    without_list = [held for held in activities if not held.people]
    counted = [held.attended for held in activities if held.attended is not None]
    return Row(
        label=label,
        number=len(activities),
        attended=sum(counted),
        persons=len(listed) + sum(held.unique or 0 for held in without_list),
        average=_average(counted),
        uncounted=len(activities) - len(counted),
        unnamed=len([held for held in activities if held.has_unknown]),
    )


def _read(label, activities):
    readers = [held.readers for held in activities if held.readers is not None]
    return Read(label, len(activities), sum(readers), _average(readers), len(activities) - len(readers))


def _average(numbers):
    return round(sum(numbers) / len(numbers), 1) if numbers else None
