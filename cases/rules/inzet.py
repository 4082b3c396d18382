"""What is left of a subsidy: the amount that was granted beside what is planned, promised and spent (R10.3)."""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal("0.00")
WARN_AT = 80  # percent of the granted amount


@dataclass(frozen=True)
class Budget:
    """Sums of one subsidy. What is paid from own means (eigen bijdrage) is kept apart: it takes nothing from it."""

    granted: Decimal | None  # from the beschikking, never assumed
    planned: Decimal = ZERO  # begroot
    committed: Decimal = ZERO  # verplicht, and approved
    spent: Decimal = ZERO  # besteed, and approved
    waiting: Decimal = ZERO  # verplicht or besteed, nobody said yes yet
    own: Decimal = ZERO  # eigen bijdrage, and approved

    @property
    def used(self):
        return self.committed + self.spent

    @property
    def left(self):
        return None if self.granted is None else self.granted - self.used

    @property
    def percent(self):
        """Whole percents, rounded down: 100 is said only when it is all gone."""
        return None if self.granted is None else int(self.used * 100 // self.granted)

    @property
    def is_nearly_used(self):
        return self.granted is not None and self.used * 100 >= self.granted * WARN_AT

    @property
    def is_used_up(self):
        return self.granted is not None and self.used >= self.granted

    def has_room_for(self, amount):
        return self.granted is not None and self.used + amount <= self.granted

    def __add__(self, other):
        """What several SWVs have together; unknown while one of them is."""
        granted = None if None in (self.granted, other.granted) else self.granted + other.granted
        return Budget(
            granted,
            self.planned + other.planned,
            self.committed + other.committed,
            self.spent + other.spent,
            self.waiting + other.waiting,
            self.own + other.own,
        )


def tally(lines):
    """Sums of these lines; the same rule as `access.inzet_sums` in the database."""
    sums = dict.fromkeys(("planned", "committed", "spent", "waiting", "own"), ZERO)
    for line in lines:
        if line.stage == "begroot":
            part = None if line.is_own_contribution else "planned"
        elif line.stage == "vervallen" or line.decision == "niet":
            part = None
        elif not line.decision:
            part = "waiting"
        elif line.is_own_contribution:
            part = "own"
        else:
            part = "committed" if line.stage == "verplicht" else "spent"
        if part:
            sums[part] += line.amount
    return Budget(granted=None, **sums)


def pool(budgets):
    """Several SWVs together: the sum of what each of them accounts for itself."""
    total = Budget(granted=ZERO)
    for budget in budgets:
        total += budget
    return total
