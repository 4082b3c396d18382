"""The figures as a file: one row per number, and beside it the definitions for a machine (CSV on the Web, W3C)."""

import json

from reporting.csv_file import csv_bytes
from reporting.monitor.counters import COUNTERS
from reporting.monitor.splits import GENDER_NOTE, SPLITS

COLUMNS = (
    ("schooljaar", "Schooljaar", "string", "Van 1 augustus tot en met 31 juli."),
    ("plek", "Plek", "string", "Waar is geteld."),
    ("teller", "Teller", "string", "De sleutel van wat er is geteld; zie de definities."),
    ("telling", "Telling", "string", "Dezelfde teller in woorden."),
    ("uitsplitsing", "Uitsplitsing", "string", "Leeg: het hele aantal. Anders waarnaar is gesplitst."),
    ("groep", "Groep", "string", "Welk deel van de uitsplitsing."),
    ("aantal", "Aantal", "integer", "Het aantal. Een jeugdige telt per teller één keer."),
    ("van", "Van", "integer", "Waar het aantal een deel van is, als de teller dat heeft."),
    ("peildatum", "Peildatum", "date", "De dag waarop de leeftijd is bepaald."),
)
HEADER = tuple(title for _, title, _, _ in COLUMNS)
KINDS = "Soort"


def file_rows(figures):
    for count in figures.counts:
        counter = count.counter
        start = (figures.school_year, figures.place, counter.key, counter.name)
        end = (figures.reference_day.isoformat(),)
        yield (*start, "", "", count.number, "" if count.of is None else count.of, *end)
        for _, name, number in count.kinds:
            yield (*start, KINDS, name, number, "", *end)
        for one in count.splits:
            for _, name, number in one.groups:
                yield (*start, one.split.name, name, number, "", *end)


def file_name(scope):
    """Without what kind of file it is."""
    place = [one for one in (scope.swv and scope.swv.key.lower(), scope.gemeente and scope.gemeente.code) if one]
    return "-".join(["tellen", *place, scope.name])


def as_csv(figures):
    return csv_bytes(HEADER, file_rows(figures))


def as_metadata(scope):
    """What the columns and the counters mean, in the words of the page; no number stands in it."""
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": f"{file_name(scope)}.csv",
        "dc:title": f"Tellen, {scope.place}, schooljaar {scope.name}",
        "dialect": {"delimiter": ";", "quoteChar": '"', "encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [
                {"name": key, "titles": title, "datatype": kind, "dc:description": words}
                for key, title, kind, words in COLUMNS
            ],
        },
        "notes": [
            *({"teller": counter.key, "naam": counter.name, "definitie": counter.definition} for counter in COUNTERS),
            *({"uitsplitsing": split.name, "definitie": split.definition} for split in SPLITS),
            {"uitsplitsing": "Geslacht", "definitie": GENDER_NOTE},
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
