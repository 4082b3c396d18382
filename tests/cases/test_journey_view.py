"""What the page of a Reis shows beyond its rows: the labels of the map, and one set of words."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import journey_view
from cases.models import Stop
from cases.rules.journey import ITEMS
from tests import factories


@pytest.mark.parametrize(
    ("state", "happened_on", "place", "subtitle"),
    [
        ("gemaakt", date(2025, 10, 8), "kookt elke vrijdag", "okt. · kookt elke vrijdag"),
        ("gemaakt", date(2025, 12, 8), "dec. twee uur", "dec. twee uur"),
        ("gemaakt", date(2026, 3, 9), "elke maandag", "maart · elke maandag"),
        ("gemaakt", date(2024, 10, 8), "", "okt. 2024"),
        ("gemaakt", None, "bij oom", "bij oom"),
        ("nu", date(2026, 3, 3), "", "3 maart"),
        ("gepland", date(2026, 4, 1), "", "gepland in april"),
        ("gepland", None, "", "gepland"),
        ("idee", None, "", "idee"),
    ],
)
def test_the_second_line_of_a_label_says_when_and_where(state, happened_on, place, subtitle):
    stop = Stop(state=state, happened_on=happened_on, place=place)

    assert journey_view.stop_subtitle(stop, date(2026, 3, 20)) == subtitle


@pytest.mark.django_db
def test_page_form_and_list_of_what_is_missing_use_the_same_words(client_of):
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))
    client = client_of(factories.coordinator())
    asked = {item.key: item.label for item in ITEMS if item.is_for_subsidy}

    page = client.get(reverse("cases:journey", args=[case.pk])).content.decode()
    headings = dict(re.findall(r'<h3 id="hoofdstuk-(\w+)">(.*?)</h3>', page))
    titles = {
        key: client.get(reverse("cases:journey_chapter", args=[case.pk, key])).context["chapter"].title
        for key in headings
    }

    for key, label in asked.items():
        chapter = journey_view.CHAPTER_OF_ITEM[key]
        assert label in page
        assert label.startswith(headings[chapter])
        assert titles[chapter] == headings[chapter]
