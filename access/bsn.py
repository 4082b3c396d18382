"""Finds burgerservicenummers in text, because this application may not hold any.

A BSN may not be used towards samenwerkingsverbanden, so there is no field for it and free text is checked.
"""

import re
import unicodedata
from itertools import groupby

MESSAGE = "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
BEFORE = r"(?P<before>\+[0-9 ]*\(0\) ?|\+|€ ?|\beuro? ?)?"
CENTS = r"(?P<cents>,(?:[0-9]{1,2}|-)(?![0-9]))?"
RUN = re.compile(BEFORE + r"(?P<run>[0-9]+(?:[ ./_-][0-9]+)*)" + CENTS, re.IGNORECASE)
NAMED = re.compile(r"\bbsn|burger\s?service|\bsofi", re.IGNORECASE)


def is_bsn(digits):
    """Whether nine digits pass the elfproef; eight get the zero back that spreadsheets drop."""
    if not re.fullmatch(r"[0-9]{8,9}", digits):
        return False
    digits = digits.zfill(9)
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return digits != "000000000" and total % 11 == 0


def contains_bsn(text):
    """Whether ``text`` holds a BSN: nine digits in a row, or grouped with one kind of separator.

    Eight digits are also dates, KvK and phone numbers, and one in eleven would pass by chance: they
    count only where the text speaks of a BSN. Phone numbers and amounts in euros never count.
    """
    text = _plain(text)
    is_named = NAMED.search(text) is not None
    return any(_run_has_bsn(match, is_named) for match in RUN.finditer(text))


def _plain(text):
    """Full-width digits, hard spaces and dashes as typed ones; characters that cannot be seen left out."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return re.sub(r"[ \t]+", " ", re.sub(r"[\u2010-\u2015\u2212]", "-", text))


def _run_has_bsn(match, is_named):
    before, run = match["before"] or "", match["run"]
    separators = re.findall(r"[^0-9]", run)
    groups = re.split(r"[^0-9]", run)
    digits = "".join(groups)
    is_national = len(digits) == 10 and digits[0] == "0" and len(groups[0]) < 9
    is_phone = before.startswith("+") or digits.startswith("0031") or is_national
    is_amount = bool(before) or (match["cents"] and set(separators) == {"."})
    if is_phone or is_amount:
        return False
    lengths = (8, 9) if is_named else (9,)
    if any(len(group) in lengths and is_bsn(group) for group in groups):
        return True
    return any(_grouped(stretch) for stretch in _stretches(groups, separators))


def _stretches(groups, separators):
    """The groups that one and the same separator ties together."""
    start = 0
    for _, same in groupby(separators):
        length = len(list(same))
        yield groups[start : start + length + 1]
        start += length


def _grouped(groups):
    """Whether neighbours of two to four digits (1234.56.782), or nine single ones, make up a BSN."""
    for start in range(len(groups)):
        for end in range(start + 3, len(groups) + 1):
            part = groups[start:end]
            number = "".join(part)
            if len(number) > 9:
                break
            sizes = {len(group) for group in part}
            if len(number) == 9 and (sizes <= {2, 3, 4} or sizes == {1}) and is_bsn(number):
                return True
    return False
