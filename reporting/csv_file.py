"""A table as a file for a spreadsheet, in which no text of a person is ever run as a formula."""

import csv
import io
import unicodedata

STARTS_A_FORMULA = "=+-@|%\t\r\n"


def safe_cell(text):
    """The text, after an apostrophe where a spreadsheet could take it for a formula.

    Also when the sign comes after what is not seen (spaces, a byte order mark), or is the wide form of another script.
    """
    text = str(text)
    seen = "".join(
        each
        for each in unicodedata.normalize("NFKC", text)
        if each in STARTS_A_FORMULA or unicodedata.category(each)[0] not in "CZ"
    )
    return f"'{text}" if seen[:1] and seen[0] in STARTS_A_FORMULA else text


def csv_bytes(header, rows):
    """UTF-8 with a byte order mark and semicolons, as a Dutch spreadsheet opens it; every cell quoted."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")
