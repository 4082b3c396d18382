"""The SWV a youth probably belongs to; never one from a doubtful row, and never a guess in a split gemeente."""

import pytest

from regions.choices import at_postcode, likely_kind, swv_choices
from regions.models import Gemeente, GemeenteSwv, Postcode
from tests.factories import gemeente

pytestmark = pytest.mark.django_db


def keys(choices):
    return [swv.key for swv in choices.options]


@pytest.mark.parametrize(("age", "kind"), [(4, "PO"), (11, "PO"), (12, "VO"), (22, "VO")])
def test_under_twelve_is_primary_education(age, kind):
    assert likely_kind(age) == kind


def test_the_likely_kind_first_and_the_national_ones_last():
    assert keys(swv_choices(gemeente("Katwijk"), age=9)) == ["PO2812", "VO2803", "PO0001", "VO-landelijk"]
    assert keys(swv_choices(gemeente("Katwijk"), age=14)) == ["VO2803", "PO2812", "VO-landelijk", "PO0001"]


def test_the_doubtful_row_of_katwijk_is_never_offered():
    katwijk = gemeente("Katwijk")
    assert katwijk.swvs.filter(key="VO2812").exists()

    for age in (None, 9, 14):
        assert "VO2812" not in keys(swv_choices(katwijk, age=age))
    assert swv_choices(katwijk, age=14).default.key == "VO2803"
    assert swv_choices(katwijk, age=14, postcode="2236").default.key == "VO2803"


def test_a_doubtful_postcode_gives_what_is_certain_of_its_gemeente():
    place = at_postcode("2236")

    assert (place.gemeente.name, place.swv_po.key, place.swv_vo.key) == ("Katwijk", "PO2812", "VO2803")


def test_europoort_has_no_swv():
    place = at_postcode("3197 AB")

    assert (place.gemeente.name, place.swv_po, place.swv_vo) == ("Rotterdam", None, None)
    assert swv_choices(place.gemeente, age=14, postcode="3197").default is None


@pytest.mark.parametrize("text", ["9711", " 9711 ", "9711AB", "9711 ab"])
def test_a_postcode_as_people_type_it(text):
    place = at_postcode(text)

    assert (place.digits, place.gemeente.name, place.swv("PO").key, place.swv("VO").key) == (
        "9711", "Groningen", "PO2001", "VO2001",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "0971", "97111", "9711 A1", "9711 ABC", "٩٧١١", "9711\0", "1000 ZZ", "x" * 10_000]
)
def test_what_is_no_known_postcode(text):
    assert at_postcode(text) is None


def test_a_split_gemeente_asks_unless_the_postcode_says():
    groningen = gemeente("Groningen")

    asked = swv_choices(groningen, age=14)
    assert asked.default is None
    assert asked.options[0].key == "VO2001"  # the larger part first
    assert swv_choices(groningen, age=9).default.key == "PO2001"
    assert swv_choices(groningen, age=14, postcode="9711 AA").default.key == "VO2001"
    assert swv_choices(groningen, age=14, postcode="9613").default.key != "VO2001"


def test_a_postcode_of_another_gemeente_decides_nothing():
    assert swv_choices(gemeente("Katwijk"), age=14, postcode="9711").default.key == "VO2803"


def test_without_an_age_nothing_is_chosen():
    assert swv_choices(gemeente("Katwijk")).default is None


def test_every_gemeente_offers_both_kinds_and_a_default_is_certain():
    certain = set(GemeenteSwv.objects.filter(is_doubtful=False).values_list("gemeente_id", "swv_id"))
    for place in Gemeente.objects.all():
        for age in (9, 14):
            choices = swv_choices(place, age=age)
            assert {swv.kind for swv in choices.options if not swv.is_national} == {"PO", "VO"}
            assert choices.default is None or (place.pk, choices.default.pk) in certain


def test_every_postcode_leads_to_a_swv_of_its_kind_or_none():
    for digits in Postcode.objects.values_list("digits", flat=True)[::50]:
        place = at_postcode(digits)
        assert place.swv_po is None or place.swv_po.kind == "PO"
        assert place.swv_vo is None or place.swv_vo.kind == "VO"
