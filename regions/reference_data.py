"""Reads the CSV files with samenwerkingsverbanden, gemeenten, postcodes and regions; imports all of them or nothing."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from regions.models import Gemeente, GemeenteRegion, GemeenteSwv, Postcode, Region, Samenwerkingsverband

DATA = Path(__file__).parent / "data"
SHOWN_FAULTS = 10


@dataclass(frozen=True)
class Fault:
    file: str
    line: int
    column: str
    text: str

    def __str__(self):
        where = f"{self.file}, regel {self.line}" + (f", kolom {self.column}" if self.column else "")
        return f"{where}: {self.text}"


class BrokenFilesError(Exception):
    """What is wrong, by file, line and column; nothing was imported."""

    def __init__(self, faults):
        self.faults = faults
        lines = [str(fault) for fault in faults[:SHOWN_FAULTS]]
        if more := len(faults) - SHOWN_FAULTS:
            lines += [f"... en nog {more}."] if more > 0 else []
        super().__init__("\n".join(["De bestanden kloppen niet. Er is niets ingelezen.", *lines]))


# --- columns -------------------------------------------------------------------------------------------------------
# A column is a function from text to value that raises ValueError with what is wrong, in Dutch.


def text(length, *, required=False):
    def read(value):
        if required and not value:
            raise ValueError("dit mag niet leeg zijn.")
        if len(value) > length:
            raise ValueError(f"{len(value)} tekens is te lang, het mogen er {length} zijn.")
        if value != value.strip() or not value.isprintable():
            raise ValueError("er staan spaties aan het begin of eind, of onzichtbare tekens in.")
        return value

    return read


def pattern(expression, example, *, required=True):
    regex = re.compile(expression, re.ASCII)

    def read(value):
        if not value and not required:
            return ""
        if not regex.fullmatch(value):
            raise ValueError(f"hier hoort iets als {example}, er staat '{value[:40]}'.")
        return value

    return read


def choice(*values):
    def read(value):
        if value not in values:
            raise ValueError(f"kies uit {', '.join(values)}; er staat '{value[:40]}'.")
        return value

    return read


def yes_no(value):
    return choice("ja", "nee")(value) == "ja"


def number(value):
    if not re.fullmatch(r"\d{1,4}", value, re.ASCII):
        raise ValueError(f"hier hoort een getal, er staat '{value[:40]}'.")
    return int(value)


GEMEENTE_CODE = pattern(r"\d{4}", "0014")
SWV_KEY = r"(PO|VO)(\d{4}|-landelijk)"
NOTE = text(1000)
FILES = {
    "samenwerkingsverbanden.csv": {
        "sleutel": pattern(SWV_KEY, "PO2001"),
        "code": pattern(r"(PO|VO)\d{4}", "PO2001", required=False),
        "code_met_streepjes": pattern(r"(PO|VO)-\d\d-\d\d", "PO-20-01", required=False),
        "soort": choice("PO", "VO"),
        "landelijk": yes_no,
        "naam": text(160),
        "naam_herkomst": text(40),
        "naam_koppeling": text(40),
        "label": text(200, required=True),
        "omschrijving_regio": text(200),
        "adres": text(120),
        "postcode": pattern(r"[1-9]\d{3} [A-Z]{2}", "9711 AB", required=False),
        "plaats": text(80),
        "website": pattern(r"[\w.-]{1,100}\.[a-z]{2,10}(/[\w./-]{0,80})?", "www.voorbeeld.nl", required=False),
        "aantal_gemeenten": number,
        "aantal_postcodes": number,
        "bron_code": NOTE,
        "bron_naam": NOTE,
        "bron_plaats": NOTE,
        "bron_website": NOTE,
        "opmerking": NOTE,
    },
    "gemeenten.csv": {
        "gemeentecode": GEMEENTE_CODE,
        "cbs_code": pattern(r"GM\d{4}", "GM0014"),
        "naam": text(60, required=True),
        "naam_kort": text(60, required=True),
        "provincie": text(20, required=True),
        "peiljaar": number,
        "aantal_postcodes": number,
        "bron": NOTE,
    },
    "gemeente_swv.csv": {
        "gemeentecode": GEMEENTE_CODE,
        "gemeentenaam": text(60, required=True),
        "soort": choice("PO", "VO"),
        "swv_code": pattern(SWV_KEY, "PO2001"),
        "hele_gemeente": yes_no,
        "aantal_postcodes": number,
        "aantal_postcodes_gemeente": number,
        "postcodes": text(1000, required=True),
        "twijfel": yes_no,
        "opmerking": NOTE,
    },
    "postcode_swv.csv": {
        "postcode4": pattern(r"[1-9]\d{3}", "9711"),
        "gemeentecode": GEMEENTE_CODE,
        "gemeentenaam": text(60, required=True),
        "swv_po": pattern(SWV_KEY, "PO2001", required=False),
        "swv_vo": pattern(SWV_KEY, "VO2001", required=False),
        "gemeente_in_regeling": text(60),
        "twijfel": yes_no,
        "opmerking": NOTE,
    },
    "gemeente_regio.csv": {
        "gemeentecode": GEMEENTE_CODE,
        "gemeentenaam": text(60, required=True),
        "provincie": text(20, required=True),
        "rmc_code": pattern(r"\d\d", "03"),
        "rmc_naam": text(120, required=True),
        "rmc_peiljaar": number,
        "jeugdregio_2016": text(60),
        "arbeidsmarktregio_2016": text(60),
        "jeugd_arbeidsmarkt_peiljaar": number,
        "opmerking": NOTE,
    },
    "rmc_regio.csv": {
        "rmc_code": pattern(r"\d\d", "03"),
        "rmc_naam": text(120, required=True),
        "aantal_gemeenten": number,
        "peiljaar": number,
    },
}
KEYS = {
    "samenwerkingsverbanden.csv": ("sleutel",),
    "gemeenten.csv": ("gemeentecode",),
    "gemeente_swv.csv": ("gemeentecode", "swv_code"),
    "postcode_swv.csv": ("postcode4",),
    "gemeente_regio.csv": ("gemeentecode",),
    "rmc_regio.csv": ("rmc_code",),
}


# --- reading -------------------------------------------------------------------------------------------------------


def read(folder=DATA):
    """All files as {file: [row, ...]}, each row with its `line`; raises BrokenFilesError when anything is off."""
    faults = []
    rows = {file: _read_file(Path(folder) / file, columns, faults) for file, columns in FILES.items()}
    if not faults:  # references only make sense between rows that could be read
        faults = [*_duplicates(rows), *_references(rows)]
    if not faults:
        faults = list(_counts(rows))
    if faults:
        raise BrokenFilesError(faults)
    return rows


def _read_file(path, columns, faults):
    def fault(line, column, message):
        faults.append(Fault(path.name, line, column, message))

    try:
        content = path.read_bytes()
    except OSError:
        fault(0, "", "dit bestand is er niet of is niet te lezen.")
        return []
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        fault(content.count(b"\n", 0, error.start) + 1, "", "deze regel is geen UTF-8.")
        return []
    lines = csv.reader(io.StringIO(decoded, newline=""), strict=True)
    rows = []
    try:
        if next(lines, []) != list(columns):
            fault(1, "", f"de kolomnamen moeten precies zijn: {', '.join(columns)}.")
            return []
        for cells in lines:
            if len(cells) != len(columns):
                fault(lines.line_num, "", f"hier staan {len(cells)} kolommen, het moeten er {len(columns)} zijn.")
                continue
            row = {"line": lines.line_num}
            for (name, parse), cell in zip(columns.items(), cells, strict=True):
                try:
                    row[name] = parse(cell)
                except ValueError as error:
                    fault(lines.line_num, name, str(error))
            rows.append(row)
    except csv.Error:
        fault(lines.line_num, "", "deze regel is geen geldige CSV (een aanhalingsteken te veel of te weinig?).")
    if not rows and not any(found.file == path.name for found in faults):
        fault(2, "", "er staan geen rijen in.")
    return rows


def _duplicates(rows):
    for file, key in KEYS.items():
        seen = {}
        for row in rows[file]:
            value = tuple(row[name] for name in key)
            if (first := seen.setdefault(value, row["line"])) != row["line"]:
                yield Fault(file, row["line"], " + ".join(key), f"{' '.join(value)} staat ook al op regel {first}.")


def _references(rows):
    kinds = {row["sleutel"]: row["soort"] for row in rows["samenwerkingsverbanden.csv"]}
    gemeenten = {row["gemeentecode"]: row for row in rows["gemeenten.csv"]}
    regions = {row["rmc_code"]: row for row in rows["rmc_regio.csv"]}

    def swv(file, row, column, kind):
        if row[column] and kinds.get(row[column]) != kind:
            known = (
                "is geen verband van deze soort" if row[column] in kinds else "staat niet in samenwerkingsverbanden.csv"
            )
            yield Fault(file, row["line"], column, f"{row[column]} {known}.")

    def same(file, row, column, expected, source):
        if row[column] != expected:
            yield Fault(file, row["line"], column, f"'{row[column]}' is in {source} '{expected}'.")

    for row in rows["samenwerkingsverbanden.csv"]:
        file = "samenwerkingsverbanden.csv"
        if row["code"] and row["code"] != row["sleutel"]:
            yield Fault(file, row["line"], "code", f"{row['code']} is anders dan de sleutel {row['sleutel']}.")
        if row["sleutel"][:2] != row["soort"]:
            yield Fault(file, row["line"], "soort", f"{row['soort']} past niet bij {row['sleutel']}.")
    for file in ("gemeente_swv.csv", "postcode_swv.csv", "gemeente_regio.csv"):
        for row in rows[file]:
            if (gemeente := gemeenten.get(row["gemeentecode"])) is None:
                message = f"{row['gemeentecode']} staat niet in gemeenten.csv."
                yield Fault(file, row["line"], "gemeentecode", message)
            else:
                yield from same(file, row, "gemeentenaam", gemeente["naam"], "gemeenten.csv")
    for row in rows["gemeente_swv.csv"]:
        yield from swv("gemeente_swv.csv", row, "swv_code", row["soort"])
    for row in rows["postcode_swv.csv"]:
        yield from swv("postcode_swv.csv", row, "swv_po", "PO")
        yield from swv("postcode_swv.csv", row, "swv_vo", "VO")
    for row in rows["gemeente_regio.csv"]:
        if (region := regions.get(row["rmc_code"])) is None:
            yield Fault(
                "gemeente_regio.csv", row["line"], "rmc_code", f"{row['rmc_code']} staat niet in rmc_regio.csv."
            )
        else:
            yield from same("gemeente_regio.csv", row, "rmc_naam", region["rmc_naam"], "rmc_regio.csv")


def _counts(rows):
    """The files count each other: a row lost in one of them shows in another."""
    per_pair, per_gemeente, per_swv = Counter(), Counter(), Counter()
    for row in rows["postcode_swv.csv"]:
        per_gemeente[row["gemeentecode"]] += 1
        for key in filter(None, (row["swv_po"], row["swv_vo"])):
            per_pair[row["gemeentecode"], key] += 1
    gemeenten_of = Counter()
    for row in rows["gemeente_swv.csv"]:
        if not row["twijfel"]:
            gemeenten_of[row["swv_code"]] += 1
            per_swv[row["swv_code"]] += row["aantal_postcodes"]
    per_rmc = Counter(row["rmc_code"] for row in rows["gemeente_regio.csv"])
    expected = (
        ("gemeenten.csv", "aantal_postcodes", lambda row: per_gemeente[row["gemeentecode"]]),
        ("gemeente_swv.csv", "aantal_postcodes", lambda row: per_pair[row["gemeentecode"], row["swv_code"]]),
        ("samenwerkingsverbanden.csv", "aantal_gemeenten", lambda row: gemeenten_of[row["sleutel"]]),
        ("samenwerkingsverbanden.csv", "aantal_postcodes", lambda row: per_swv[row["sleutel"]]),
        ("rmc_regio.csv", "aantal_gemeenten", lambda row: per_rmc[row["rmc_code"]]),
    )
    for file, column, count in expected:
        for row in rows[file]:
            if row[column] != count(row):
                message = f"er staat {row[column]}, maar in de andere bestanden tellen we er {count(row)}."
                yield Fault(file, row["line"], column, message)
    missing = {row["gemeentecode"] for row in rows["gemeenten.csv"]}
    missing -= {row["gemeentecode"] for row in rows["gemeente_regio.csv"]}
    for code in sorted(missing):
        line = next(row["line"] for row in rows["gemeenten.csv"] if row["gemeentecode"] == code)
        yield Fault("gemeenten.csv", line, "gemeentecode", f"{code} staat niet in gemeente_regio.csv.")


# --- writing -------------------------------------------------------------------------------------------------------


@dataclass
class Result:
    """What happened to one table; `gone` rows are no longer in the files, deleted where nothing refers to them."""

    name: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def __str__(self):
        line = f"{self.name}: {self.added} erbij, {self.changed} gewijzigd, {self.unchanged} ongewijzigd"
        return line + (f", {self.gone} niet meer in de bestanden" if self.gone else "")


@transaction.atomic
def import_rows(rows):
    """Bring the tables in line with what `read` returned; gives a Result per table."""
    with connection.cursor() as cursor:  # two imports at once would both add the same rows
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('regions.reference_data'))")
    swvs, swv_result = _bring_in_line(
        Samenwerkingsverband,
        "Samenwerkingsverbanden",
        ("key",),
        (
            {
                "key": row["sleutel"],
                "code": row["code"],
                "kind": row["soort"],
                "is_national": row["landelijk"],
                "name": row["naam"],
                "name_origin": row["naam_herkomst"],
                "label": row["label"],
                "area": row["omschrijving_regio"],
                "address": row["adres"],
                "postcode": row["postcode"],
                "city": row["plaats"],
                "website": row["website"],
            }
            for row in rows["samenwerkingsverbanden.csv"]
        ),
    )
    gemeenten, gemeente_result = _bring_in_line(
        Gemeente,
        "Gemeenten",
        ("code",),
        (
            {
                "code": row["gemeentecode"],
                "name": row["naam"],
                "short_name": row["naam_kort"],
                "province": row["provincie"],
            }
            for row in rows["gemeenten.csv"]
        ),
    )
    swv_id = {key: swv.pk for (key,), swv in swvs.items()} | {"": None}
    gemeente_id = {code: gemeente.pk for (code,), gemeente in gemeenten.items()}
    _, area_result = _bring_in_line(
        GemeenteSwv,
        "Gemeenten van samenwerkingsverbanden",
        ("gemeente_id", "swv_id"),
        (
            {
                "gemeente_id": gemeente_id[row["gemeentecode"]],
                "swv_id": swv_id[row["swv_code"]],
                "is_whole": row["hele_gemeente"],
                "postcode_count": row["aantal_postcodes"],
                "is_doubtful": row["twijfel"],
            }
            for row in rows["gemeente_swv.csv"]
        ),
        delete_gone=True,
    )
    _, postcode_result = _bring_in_line(
        Postcode,
        "Postcodes",
        ("digits",),
        (
            {
                "digits": row["postcode4"],
                "gemeente_id": gemeente_id[row["gemeentecode"]],
                "swv_po_id": swv_id[row["swv_po"]],
                "swv_vo_id": swv_id[row["swv_vo"]],
                "is_doubtful": row["twijfel"],
            }
            for row in rows["postcode_swv.csv"]
        ),
        delete_gone=True,
    )
    return [swv_result, gemeente_result, area_result, postcode_result, *_import_regions(rows, gemeente_id)]


def _import_regions(rows, gemeente_id):
    kinds = Region.Kind
    wanted = {
        (kinds.RMC, row["rmc_code"]): {"name": row["rmc_naam"], "year": row["peiljaar"]}
        for row in rows["rmc_regio.csv"]
    }
    members = []
    for row in rows["gemeente_regio.csv"]:
        members.append((row["gemeentecode"], kinds.RMC, row["rmc_code"]))
        for kind, column in ((kinds.YOUTH, "jeugdregio_2016"), (kinds.LABOUR, "arbeidsmarktregio_2016")):
            if name := row[column]:  # these have no code in the source; the name is all there is
                wanted[kind, name] = {"name": name, "year": row["jeugd_arbeidsmarkt_peiljaar"]}
                members.append((row["gemeentecode"], kind, name))
    imported = Region.objects.exclude(kind=kinds.WEL)  # those are made here, not imported
    regions, region_result = _bring_in_line(
        Region,
        "Regio's",
        ("kind", "code"),
        ({"kind": kind, "code": code, **values} for (kind, code), values in wanted.items()),
        existing=imported,
    )
    _, member_result = _bring_in_line(
        GemeenteRegion,
        "Gemeenten van regio's",
        ("gemeente_id", "region_id"),
        ({"gemeente_id": gemeente_id[code], "region_id": regions[kind, name].pk} for code, kind, name in members),
        existing=GemeenteRegion.objects.filter(region__in=imported),
        delete_gone=True,
    )
    return region_result, member_result


def _bring_in_line(model, name, key, wanted, *, existing=None, delete_gone=False):
    """Add and change what differs; gives all rows by key, and the counts.

    A field that staff corrected keeps its value.
    """
    result = Result(name)
    found = {
        tuple(getattr(row, column) for column in key): row
        for row in (model.objects.all() if existing is None else existing)
    }
    gone = dict(found)
    fresh, changed, fields = {}, [], set()
    for values in wanted:
        identity = tuple(values[column] for column in key)
        gone.pop(identity, None)
        if (row := found.get(identity)) is None:
            fresh[identity] = model(**values)
            continue
        kept = getattr(row, "corrected", ())
        different = {field for field, value in values.items() if field not in kept and getattr(row, field) != value}
        for field in different:
            setattr(row, field, values[field])
        if different and hasattr(row, "version"):  # an open form about this row has become stale
            row.version += 1
            fields.add("version")
        if different:
            changed.append(row)
            fields |= different
        else:
            result.unchanged += 1
    if fresh:
        model.objects.bulk_create(fresh.values(), batch_size=1000)
    if changed:
        model.objects.bulk_update(changed, sorted(field.removesuffix("_id") for field in fields), batch_size=200)
    if gone and delete_gone:
        model.objects.filter(pk__in=[row.pk for row in gone.values()]).delete()
    result.added, result.changed, result.gone = len(fresh), len(changed), len(gone)
    return found | fresh, result
