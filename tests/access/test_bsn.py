from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.bsn import contains_bsn, is_bsn

# Made up: 111222333 and 123456782 are the textbook examples that pass the elfproef.
GROUPINGS = [(9,), (3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (4, 3, 2), (1,) * 9]


def _elfproef(first_eight):
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first_eight, strict=True)) % 11
    return None if rest == 10 or first_eight == "00000000" else first_eight + str(rest)


numbers = st.text("0123456789", min_size=8, max_size=8).map(_elfproef).filter(bool)


@pytest.mark.parametrize(
    "text",
    [
        "123456782",
        "Zijn nummer is 123456782.",
        "BSN:123456782",
        "1234 56 782",
        "1234.56.782",
        "123-456-782",
        "123 456 782",
        "123\u00a0456\u00a0782",
        "123\u2011456\u2011782",
        "1 2 3 4 5 6 7 8 2",
        "12345\u200b6782",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff12",
        "geboren 14-3-2012, 123456782",
        "123456782,14",
        "kind 2 123 456 782",
        "bsn 12345672",
        "012345672",
    ],
)
def test_finds_a_bsn(text):
    assert contains_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789",
        "000000000",
        "1123456782",
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "0512 345 678",
        "+31 612345678",
        "+31 6 111222333",
        "+31 (0)111222333",
        "0031 111222333",
        "€ 123.456.782",
        "EUR 123456782",
        "123.456.782,50",
        "14032012",
        "12345672",
        "KvK 12345672",
        "14-3-2012 om 14.30 uur",
        "WEL-0142",
        "2024-2025",
        "NL91ABNA0417164300",
    ],
)
def test_leaves_other_numbers_alone(text):
    assert not contains_bsn(text)


@given(numbers, st.sampled_from(GROUPINGS), st.sampled_from(" .-/"), st.sampled_from(["", "Hij is ", "nr: ", "("]))
def test_finds_every_number_in_every_grouping(number, grouping, separator, before):
    ends = [sum(grouping[: place + 1]) for place in range(len(grouping))]
    written = separator.join(number[end - size : end] for size, end in zip(grouping, ends, strict=True))

    assert contains_bsn(f"{before}{written} .")


@given(numbers, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_no_bsn(number, place, shift):
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert not is_bsn(wrong)
    assert not contains_bsn(wrong)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_ten_digits_from_zero_are_a_phone_number(rest):
    assert not contains_bsn("0" + rest)
    assert not contains_bsn(f"0{rest[0]}-{rest[1:]}")


@given(st.decimals(0, Decimal("9999999.99"), places=2))
def test_amounts_are_free(amount):
    dutch = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))

    assert not contains_bsn(f"€ {dutch}")
    assert not contains_bsn(f"{dutch} euro")


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text):
    assert contains_bsn(text) in (True, False)
