"""Percentages of shown counts, with the extremes capped."""

from dataclasses import dataclass

from reporting.disclosure.suppress import Cell

EXTREME = 5
HIDDEN = "x"


@dataclass(frozen=True)
class Percentage:
    value: float | None
    text: str
    is_capped: bool = False


def percentage(part: Cell, whole: Cell, *, capped: bool = True, decimals: int = 0) -> Percentage:
    """Only of two shown counts: then it says nothing that was not shown already.

    CBS and NCO show less than 5 % as 5 % and more than 95 % as 95 %: "almost nobody" and "almost everybody" say
    something about each single youth. 0 % stays 0 %, as a shown 0 does.
    """
    if not (part.is_shown and whole.is_shown) or not whole.value:
        return Percentage(None, HIDDEN if not (part.is_shown and whole.is_shown) else "")
    hundredfold, is_capped = 100 * part.value, False
    if capped and 0 < hundredfold < EXTREME * whole.value:
        value, is_capped = float(EXTREME), True
    elif capped and hundredfold > (100 - EXTREME) * whole.value:
        value, is_capped = float(100 - EXTREME), True
    else:
        scale = 10**decimals  # half up, in whole numbers
        value = (2 * hundredfold * scale + whole.value) // (2 * whole.value) / scale
    shown = f"{value:.{0 if is_capped else decimals}f}".replace(".", ",")
    return Percentage(value, f"{shown}%", is_capped)
