"""Amounts as people type them: read exactly, or refused with a question; never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.money import AmountError, amount_text, parse_amount

EURO = st.decimals(min_value=0, max_value=Decimal("9999999.99"), places=2)


@pytest.mark.parametrize(
    ("typed", "read"),
    {
        "1.250,50": "1250.50",
        "1250.50": "1250.50",
        "1250,50": "1250.50",
        "1250": "1250.00",
        "1,250.50": "1250.50",
        "1.250.000": "1250000.00",
        "1 250,5": "1250.50",
        "€ 1.250,50": "1250.50",
        "€\u00a0125,-": "125.00",
        "125,--": "125.00",
        "EUR 0,05": "0.05",
        " 12,3 ": "12.30",
        "0.5": "0.50",
    }.items(),
)
def test_what_can_be_read_in_one_way_is_read(typed, read):
    found = parse_amount(typed)

    assert found == Decimal(read)
    assert str(found) == read


@pytest.mark.parametrize("typed", ["1.250", "1,250", "12.500", "999,999", "€ 1.250"])
def test_what_can_be_read_in_two_ways_is_asked(typed):
    with pytest.raises(AmountError, match="Schrijf de centen erbij"):
        parse_amount(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "-5", "1.25.0", "1.2500,00", "12.34,56", "1,2,3", "12 50", "1e3", "1_000", "NaN", "Infinity", "１２", "١٢", "0x10",
     "12,345,6", "=1+1", "12 euro", ".50", "1250,505", "1250.505"],
)  # fmt: skip
def test_anything_else_is_no_amount(typed):
    with pytest.raises(AmountError, match="Schrijf een bedrag in cijfers"):
        parse_amount(typed)


@given(EURO)
def test_an_amount_that_was_shown_is_read_back_as_it_was(amount):
    assert parse_amount(amount_text(amount)) == amount
    assert parse_amount(f"{amount:.2f}") == amount


@given(st.text(alphabet="0123456789., €-", max_size=15))
def test_whatever_is_typed_is_an_amount_in_cents_or_an_error(typed):
    try:
        amount = parse_amount(typed)
    except AmountError:
        return
    assert amount == amount.quantize(Decimal("0.01")) >= 0
    # Every digit that was typed before the cents is still there, in the same order.
    digits = "".join(each for each in typed if each.isdigit())
    assert digits.lstrip("0") in (f"{amount:.2f}".replace(".", "").lstrip("0"), f"{amount:.1f}".replace(".", "").lstrip("0"),
                                  f"{amount:.0f}".lstrip("0"))  # fmt: skip


def test_a_number_without_end_is_too_large_at_once():
    with pytest.raises(AmountError, match="te groot"):
        parse_amount("9" * 100_000)
