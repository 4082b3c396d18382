from dataclasses import fields, replace

import pytest

from cases.journey_view import CHAPTER_OF_ITEM
from cases.rules.journey import ITEMS, TITLES, JourneyTexts, is_complete, missing_items

COMPLETE = JourneyTexts(**{field.name: "staat er" for field in fields(JourneyTexts)})


def test_an_empty_reis_asks_for_everything_in_order():
    assert [item.key for item in missing_items(JourneyTexts())] == [field.name for field in fields(JourneyTexts)]
    assert not is_complete(JourneyTexts())


def test_a_filled_reis_is_complete():
    assert missing_items(COMPLETE) == []
    assert is_complete(COMPLETE)


@pytest.mark.parametrize("empty", ["", "  \n", None])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_each_item_holds_the_reis_back_alone(item, empty):
    texts = replace(COMPLETE, **{item.key: empty})

    assert missing_items(texts) == [item]
    assert not is_complete(texts)


def test_what_is_missing_is_called_as_the_chapter_where_it_goes():
    assert {item.key for item in ITEMS if item.label.startswith(TITLES[CHAPTER_OF_ITEM[item.key]])} == {
        item.key for item in ITEMS
    }


def test_only_what_dus_i_asks_is_called_needed_for_the_subsidy():
    assert {item.key: item.reason for item in ITEMS} == {
        "wensdroom": "het begin van elk plan",
        "samenwerking": "nodig voor de subsidie (voorwaarden DUS-I)",
        "plan": "nodig voor de subsidie (voorwaarden DUS-I)",
        "middelen_nodig": "nodig voor de subsidie (voorwaarden DUS-I)",
        "middelen_aanwezig": "nodig voor de subsidie (voorwaarden DUS-I)",
        "afstand_start": "nodig voor de subsidie (steekproef DUS-I)",
        "afstand_nu": "nodig voor de subsidie (steekproef DUS-I)",
    }
    assert [item.key for item in ITEMS if not item.is_for_subsidy] == ["wensdroom"]
