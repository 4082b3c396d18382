"""Reads amounts the way people type them; what can be read in two ways is refused, not guessed."""

import re
from decimal import Decimal

DUTCH = re.compile(r"(?:\d+|\d{1,3}(?:[. ]\d{3})+)(?:,(?:\d{1,2}|-{1,2}))?", re.ASCII)
ENGLISH = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)\.\d{1,2}", re.ASCII)
# 1.250 may be twelve hundred and fifty, or one and a quarter from a device that writes another way; so may 1,250.
TWO_WAYS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)
LONGEST = 24  # characters: far past any subsidy


class AmountError(ValueError):
    """Its text is Dutch and meant for the person who typed."""


def parse_amount(text):
    """1.250,50 and 1250.50 as Decimal("1250.50"); an amount has no more than two decimals and is never a float."""
    if len(text) > LONGEST:
        raise AmountError("Dit bedrag is te groot.")
    text = re.sub(r"^(?:€|EUR)\s*", "", re.sub(r"[\u00a0\u202f]", " ", text).strip(), flags=re.IGNORECASE)
    if found := TWO_WAYS.fullmatch(text):
        whole, rest = found.groups()
        raise AmountError(
            f"Dit kan {whole}.{rest},00 zijn, maar ook {whole},{rest}. Schrijf de centen erbij: {whole}.{rest},00."
        )
    if DUTCH.fullmatch(text):
        plain = text.replace(".", "").replace(" ", "").replace("-", "0").replace(",", ".")
    elif ENGLISH.fullmatch(text):
        plain = text.replace(",", "")
    else:
        raise AmountError("Schrijf een bedrag in cijfers. Bijvoorbeeld 1.250,50.")
    return Decimal(plain).quantize(Decimal("0.01"))


def amount_text(amount):
    """1.250,50"""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
