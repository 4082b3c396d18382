"""The import reads everything first, names what is wrong, and leaves corrections alone."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from regions import reference_data
from regions.models import Gemeente, GemeenteRegion, GemeenteSwv, Postcode, Region, Samenwerkingsverband
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the files, to break."""
    return shutil.copytree(reference_data.DATA, tmp_path / "data")


def change(folder, file, old, new, *, times=1):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, times))


def results(folder=reference_data.DATA):
    return {result.name: result for result in reference_data.import_rows(reference_data.read(folder))}


def test_everything_is_there():
    assert Samenwerkingsverband.objects.count() == 151
    assert Gemeente.objects.count() == 342
    assert GemeenteSwv.objects.count() == 735
    assert Postcode.objects.count() == 4050
    assert Region.objects.filter(kind="rmc", year=2021).count() == 40
    assert Region.objects.filter(kind="jeugd", year=2016).count() == 42
    assert Region.objects.filter(kind="arbeidsmarkt", year=2016).count() == 35
    assert GemeenteRegion.objects.filter(region__kind="rmc").count() == 342
    assert list(GemeenteSwv.objects.filter(is_doubtful=True).values_list("gemeente__name", "swv__key")) == [
        ("Katwijk", "VO2812")
    ]


def test_a_swv_without_a_name_shows_label_and_code():
    nameless = Samenwerkingsverband.objects.filter(name="").exclude(code="")

    assert nameless.count() == 93
    for swv in nameless:
        assert swv.label in str(swv)
        assert swv.code in str(swv)


def test_again_changes_nothing(django_assert_num_queries):
    with django_assert_num_queries(9):  # the lock, six tables and a savepoint
        again = results()

    assert all((result.added, result.changed, result.gone) == (0, 0, 0) for result in again.values())
    assert again["Postcodes"].unchanged == 4050


def test_from_empty_to_all_rows(capsys):
    with as_owner():  # grants refer to these too
        for model in (GemeenteRegion, Region, Postcode, GemeenteSwv, Gemeente, Samenwerkingsverband):
            model.objects.all().delete()

    call_command("import_reference_data")

    assert capsys.readouterr().out.splitlines()[:4] == [
        "Samenwerkingsverbanden: 151 erbij, 0 gewijzigd, 0 ongewijzigd",
        "Gemeenten: 342 erbij, 0 gewijzigd, 0 ongewijzigd",
        "Gemeenten van samenwerkingsverbanden: 735 erbij, 0 gewijzigd, 0 ongewijzigd",
        "Postcodes: 4050 erbij, 0 gewijzigd, 0 ongewijzigd",
    ]


def test_quiet_says_nothing(capsys):
    call_command("import_reference_data", quiet=True)

    assert capsys.readouterr().out == ""


def test_what_differs_is_changed_and_counted(folder):
    change(folder, "samenwerkingsverbanden.csv", "PO2001,PO2001,PO-20-01,PO,nee,Samenwerkingsverband PO 20.01,",
           "PO2001,PO2001,PO-20-01,PO,nee,Nieuwe naam,")  # fmt: skip
    before = Samenwerkingsverband.objects.get(key="PO2001")

    changed = results(folder)["Samenwerkingsverbanden"]

    assert (changed.added, changed.changed, changed.unchanged) == (0, 1, 150)
    after = Samenwerkingsverband.objects.get(key="PO2001")
    assert (after.name, after.pk, after.version) == ("Nieuwe naam", before.pk, before.version + 1)


def test_a_corrected_field_stays_and_the_others_follow(folder):
    Samenwerkingsverband.objects.filter(key="PO2001").update(name="Onze naam", corrected=["name"])
    change(folder, "samenwerkingsverbanden.csv", "po2001.nl", "nieuw.nl")

    results(folder)

    swv = Samenwerkingsverband.objects.get(key="PO2001")
    assert (swv.name, swv.website) == ("Onze naam", "nieuw.nl")


def test_what_is_no_longer_in_the_files(folder):
    """A postcode goes; a region of our own stays."""
    wel = Region.objects.create(kind="wel", code="noord", name="WEL-regio Noord")
    GemeenteRegion.objects.create(region=wel, gemeente=Gemeente.objects.get(name="Groningen"))
    Postcode.objects.create(digits="1000", gemeente=Gemeente.objects.get(name="Groningen"))

    assert results()["Postcodes"].gone == 1
    assert not Postcode.objects.filter(digits="1000").exists()
    assert wel.gemeenten.count() == 1


BROKEN = [
    ("gemeenten.csv", "gemeentecode,cbs_code", "code,cbs_code", "gemeenten.csv, regel 1: de kolomnamen"),
    ("gemeenten.csv", "\n0014,GM0014", "\n14,GM0014", "gemeenten.csv, regel 2, kolom gemeentecode: hier hoort iets als"),
    ("gemeenten.csv", "\n0034,", "\n0014,", "gemeenten.csv, regel 3, kolom gemeentecode: 0014 staat ook al op regel 2"),
    ("gemeenten.csv", ",2025,46,", ",2025,veel,", "regel 2, kolom aantal_postcodes: hier hoort een getal"),
    ("gemeenten.csv", ",2025,46,", ",2025,47,", "regel 2, kolom aantal_postcodes: er staat 47, maar"),
    ("gemeente_swv.csv", ",PO2001,ja,", ",PO9999,ja,", "gemeente_swv.csv, regel 2, kolom swv_code: PO9999 staat niet in"),
    ("gemeente_swv.csv", ",PO2001,ja,", ",VO2001,ja,", "regel 2, kolom swv_code: VO2001 is geen verband van deze soort"),
    ("gemeente_swv.csv", ",PO2001,ja,", ",PO2001,misschien,", "regel 2, kolom hele_gemeente: kies uit ja, nee"),
    ("postcode_swv.csv", "\n1011,0363,", "\n1011,9998,", "postcode_swv.csv, regel 2, kolom gemeentecode: 9998 staat niet"),
    ("postcode_swv.csv", "\n1011,", "\n1011,,,", "postcode_swv.csv, regel 2: hier staan 10 kolommen"),
    ("postcode_swv.csv", "Amsterdam", '"Amsterdam', "postcode_swv.csv, regel"),
    ("gemeente_regio.csv", ",03,", ",88,", "gemeente_regio.csv, regel 2, kolom rmc_code: 88 staat niet in"),
    ("rmc_regio.csv", "Oost-Groningen", "x" * 121, "rmc_regio.csv, regel 2, kolom rmc_naam: 121 tekens is te lang"),
    ("rmc_regio.csv", "Oost-Groningen", "Oost\0Groningen", "rmc_regio.csv, regel 2, kolom rmc_naam: er staan spaties"),
    ("samenwerkingsverbanden.csv", "po2001.nl", "javascript:alert(1)", "regel 3, kolom website: hier hoort iets als"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), BROKEN)
def test_a_broken_file_is_refused_by_line_and_column_and_nothing_is_imported(folder, file, old, new, says):
    if file != "samenwerkingsverbanden.csv":
        change(folder, "samenwerkingsverbanden.csv", "po2001.nl", "nieuw.nl")
    change(folder, file, old, new)

    with pytest.raises(CommandError) as refusal:
        call_command("import_reference_data", folder=folder)

    assert "Er is niets ingelezen." in str(refusal.value)
    assert says in str(refusal.value)
    assert Samenwerkingsverband.objects.get(key="PO2001").website == "po2001.nl"


def test_a_missing_an_empty_and_an_unreadable_file(folder):
    (folder / "rmc_regio.csv").unlink()
    (folder / "gemeenten.csv").write_bytes(b"gemeentecode\n\xff\xfe\n")
    path = folder / "postcode_swv.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")

    with pytest.raises(reference_data.BrokenFilesError) as refusal:
        reference_data.read(folder)

    assert {str(fault) for fault in refusal.value.faults} == {
        "rmc_regio.csv, regel 0: dit bestand is er niet of is niet te lezen.",
        "gemeenten.csv, regel 2: deze regel is geen UTF-8.",
        "postcode_swv.csv, regel 2: er staan geen rijen in.",
    }


def test_many_faults_are_counted_and_ten_are_shown(folder):
    change(folder, "postcode_swv.csv", ",nee,", ",nope,", times=40)

    with pytest.raises(reference_data.BrokenFilesError) as refusal:
        reference_data.read(folder)

    assert len(refusal.value.faults) == 40
    assert str(refusal.value).splitlines()[-1] == "... en nog 30."
