"""The figures as an accessible pdf, with the words and numbers of the page."""

from access.pdf import render_pdf
from reporting.monitor.counters import OF_PERSONS
from reporting.monitor.reading import split_rows
from reporting.monitor.splits import GENDER_NOTE

TEMPLATE = "reporting/pdf/monitor.html"
MEMORY_BYTES = 768 * 1024**2  # a few pages of plain tables, made while somebody waits


def as_pdf(figures):
    context = {
        "figures": figures,
        "tables": split_rows(figures),
        "counters": OF_PERSONS,
        "gender_note": GENDER_NOTE,
    }
    return render_pdf(TEMPLATE, context, memory_bytes=MEMORY_BYTES)
