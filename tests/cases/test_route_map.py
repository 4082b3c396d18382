import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.route_map import (
    MOST_NODES,
    WIDEST_LABEL,
    Box,
    Hobble,
    Label,
    Route,
    Stop,
    StopState,
    describe,
    draw,
    number_text,
    shorten,
    text_width,
)

MADE, NOW, PLANNED = StopState.MADE, StopState.NOW, StopState.PLANNED
LONG_TITLE = "Meelopen met de boswacht"  # exactly 24 characters
BAKERY = Route(
    stops=(
        Stop(1, "Keuken van oom", "okt. · kookt elke vrijdag", MADE, sparks=1),
        Stop(2, "Les aan huis", "dec. · 2 uur per week", MADE, hobble=Hobble("lange busreis", True)),
        Stop(3, "Proefdag bakkerij", "3 maart", NOW, sparks=2),
        Stop(4, "Kennismaken mentor", "gepland in april", PLANNED),
        Stop(5, "2 ochtenden meelopen", "idee", PLANNED),
    ),
    departure="sept. · thuis",
    wensdroom="een eigen bakkerij",
    companions=("O", "Y", "M"),
)


def route_of(count, now=None, **others):
    now = count if now is None else now
    states = [MADE if number < now else NOW if number == now else PLANNED for number in range(1, count + 1)]
    return Route(
        tuple(
            Stop(number, LONG_TITLE, "sinds november, elke week", state, **others)
            for number, state in enumerate(states, 1)
        ),
        departure="september 2024 · bij opa",
        wensdroom="een eigen hondentrimsalon",
        companions=("OA", "YB", "M", "K", "L", "T"),
    )


def titles(drawing):
    return [label.text for label in drawing.labels if label.role == "title"]


def test_three_haltes_stand_where_the_design_puts_them():
    drawing = draw(route_of(3))

    assert [(node.x, node.y) for node in drawing.nodes] == [(326, 271.2), (566, 310.4), (806, 213.6)]


def test_the_road_goes_by_all_haltes_with_horizontal_tangents():
    drawing = draw(replace(route_of(1), stops=(Stop(1, "Een", state=MADE),)))

    assert drawing.travelled == "M86,334 C302,334 350,242.4 566,242.4"
    assert drawing.to_go == "M566,242.4 C789.2,242.4 838.8,222 1062,222"
    assert drawing.road == drawing.travelled + drawing.to_go.removeprefix("M566,242.4")


def test_an_olifantenpaadje_leaves_the_road_before_the_hobbel_and_joins_it_after():
    drawing = draw(BAKERY)

    assert drawing.olifantenpaadjes == ("M271.6,289.2 C279.6,241.2 372.4,241.2 380.4,313.2",)
    assert [(stone.x, stone.y) for stone in drawing.stones] == [(326, 305.2)]


def test_on_a_climb_the_olifantenpaadje_starts_and_ends_on_the_road():
    stop = Stop(1, "Een", hobble=Hobble("", True))

    (arc,) = draw(Route((stop,))).olifantenpaadjes

    (start, _, _, end) = [tuple(map(float, point.split(","))) for point in re.findall(r"[\d.]+,[\d.]+", arc)]
    assert (start[0], end[0]) == (270, 382)
    assert start[1] > 288.2 > end[1]


def test_the_first_use_shows_departure_and_sun_only():
    drawing = draw(Route())

    assert (drawing.nodes, drawing.travelled, drawing.stars) == ((), "", ())
    assert drawing.to_go == drawing.road
    assert [label.text for label in drawing.labels] == ["Vertrekpunt", "Wensdroom"]


@pytest.mark.parametrize("count", [0, 1, 3, 5, 7])
def test_up_to_seven_haltes_all_have_their_place(count):
    drawing = draw(route_of(count))

    assert [node.number for node in drawing.nodes] == [str(number) for number in range(1, count + 1)]
    assert titles(drawing) == ["Vertrekpunt"] + [LONG_TITLE] * count


@pytest.mark.parametrize(
    ("count", "now", "expected"),
    [
        (8, 8, ["Eerder: 2 haltes", "3", "4", "5", "6", "7", "8"]),
        (11, 8, ["Eerder: 5 haltes", "6", "7", "8", "9", "10", "11"]),
        (12, 12, ["Eerder: 6 haltes", "7", "8", "9", "10", "11", "12"]),
        (12, 3, ["Eerder: 2 haltes", "3", "4", "5", "6", "7", "Later: 5 haltes"]),
        (12, 2, ["1", "2", "3", "4", "5", "6", "Later: 6 haltes"]),
        (12, 0, ["1", "2", "3", "4", "5", "6", "Later: 6 haltes"]),
    ],
)
def test_more_than_seven_fold_around_where_we_are_now(count, now, expected):
    drawing = draw(route_of(count, now))

    folds = [title for title in titles(drawing) if title.endswith("haltes")]
    assert [node.number or folds.pop(0) for node in drawing.nodes] == expected


def test_a_fold_keeps_the_lichtjes_of_its_haltes():
    drawing = draw(route_of(12, sparks=2))

    assert [label.text for label in drawing.labels if label.role == "sparks"] == ["×12"]


@pytest.mark.parametrize(("sparks", "stars", "text"), [(0, 0, []), (1, 1, []), (3, 3, []), (4, 1, ["×4"])])
def test_three_stars_at_most_and_then_a_number(sparks, stars, text):
    drawing = draw(Route((Stop(1, "Een", sparks=sparks),)))

    assert len(drawing.stars) == stars
    assert [label.text for label in drawing.labels if label.role == "sparks"] == text


def test_five_companions_at_most_and_then_how_many_more():
    def initials(count):
        return [companion.initials for companion in draw(Route(companions=("A",) * count)).companions]

    assert [initials(count) for count in (0, 5, 7)] == [[], ["A"] * 5, ["A"] * 5 + ["+2"]]


def test_titles_are_cut_at_24_characters():
    assert shorten(LONG_TITLE) == LONG_TITLE
    assert shorten("Meelopen met de boswachter") == "Meelopen met de boswach…"
    assert shorten("Eten koken met  \n de buurt") == "Eten koken met de buurt"
    assert text_width(shorten("W" * 24)) <= WIDEST_LABEL


def test_a_prefix_that_could_break_out_of_an_id_is_refused():
    with pytest.raises(ValueError, match="prefix"):
        draw(BAKERY, 'a"onload')


words = st.sampled_from(["", "i", "les", LONG_TITLE, "W" * 24, "Zwemmen, koken & wandelen in de buurt"])
hobbles = st.none() | st.builds(Hobble, words, st.booleans())
stops = st.builds(
    Stop, st.just(0), words, words, st.just(MADE), st.integers(0, 12), hobbles, st.booleans(), st.booleans()
)


@st.composite
def routes(draw_value):
    chosen = draw_value(st.lists(stops, max_size=14))
    now = draw_value(st.integers(0, len(chosen)))
    numbered = [
        replace(stop, number=number, state=MADE if number < now else NOW if number == now else PLANNED)
        for number, stop in enumerate(chosen, 1)
    ]
    companions = draw_value(st.lists(st.sampled_from(["A", "MW", "Ij"]), max_size=9))
    return Route(tuple(numbered), draw_value(words), draw_value(words), tuple(companions))


def clashing(boxes):
    """Pairs that overlap by more than a hair."""
    hairs = {name: Box(box.left + 0.5, box.top + 0.5, box.right - 0.5, box.bottom - 0.5) for name, box in boxes.items()}
    return [(one, other) for one, other in combinations(hairs, 2) if hairs[one].overlaps(hairs[other])]


def check_layout(drawing):
    labels = {(number, label.text): label.box for number, label in enumerate(drawing.labels) if label.text}
    nodes = {(node.x, node.y): node.box for node in drawing.nodes}
    stars = {("star", number): star.box for number, star in enumerate(drawing.stars)}

    assert clashing(labels) == []
    assert all(box.is_inside for box in [*labels.values(), *nodes.values(), *stars.values()])
    assert not [pair for pair in clashing({**labels, **nodes, **stars}) if ("star" in pair[0]) != ("star" in pair[1])]
    faces = {
        ("face", number): Box(face.x - 13, face.y - 16, face.x + 13, face.y + 16)
        for number, face in enumerate(drawing.companions)
    }
    assert all(box.is_inside for box in faces.values())
    assert clashing({**labels, **nodes, **faces}) == []
    assert len(drawing.nodes) <= MOST_NODES


@pytest.mark.parametrize("count", [0, 1, 3, 5, 7, 12])
@pytest.mark.parametrize("sparks", [0, 2, 8])
def test_labels_of_24_characters_keep_clear_of_each_other(count, sparks):
    for now in range(count + 1):
        check_layout(draw(route_of(count, now, sparks=sparks, hobble=Hobble("te veel prikkels", True), is_rest=True)))


@settings(max_examples=200, deadline=None)
@given(routes())
def test_no_route_makes_labels_overlap_or_leave_the_picture(route):
    check_layout(draw(route))


def render(route, prefix="reis"):
    return render_to_string("cases/route_map.svg", {"map": draw(route, prefix)})


@override_settings(USE_THOUSAND_SEPARATOR=True, LANGUAGE_CODE="nl")
def test_the_picture_is_well_formed_and_speaks_no_dutch_numbers():
    tree = ElementTree.fromstring(render(BAKERY).strip())

    assert (tree.get("viewBox"), tree.get("aria-hidden")) == ("0 0 1200 430", "true")
    texts = [element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[:8] == ["1", "2", "3", "4", "5", "O", "Y", "M"]
    assert set(texts[8:]) >= {"Vertrekpunt", "Hobbel: lange busreis", "olifantenpaadje", "3 maart · hier zijn we nu"}
    numbers = [element.get(name) for element in tree.iter() for name in ("x", "y", "cx", "cy", "r", "font-size")]
    assert all(re.fullmatch(r"-?\d+(\.\d)?", number) for number in numbers if number)


def test_no_letter_is_smaller_than_the_narrowest_map_can_show():
    """From 992 px on the page the map is 900 px wide or more, and letters are 12 px."""
    tree = ElementTree.fromstring(render(replace(BAKERY, companions=("MW", "Ij"))).strip())

    sizes = {float(element.get("font-size")) for element in tree.iter() if element.get("font-size")}

    assert min(sizes) * 900 / 1200 >= 12


def test_the_picture_keeps_the_content_security_policy():
    svg = render(route_of(12, 6, sparks=1, hobble=Hobble("bus", True), is_rest=True, has_look_back=True))

    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|href|url\((?!#)", svg)


def test_two_pictures_on_one_page_share_no_id():
    def ids(prefix):
        return set(re.findall(r'\sid="([^"]+)"', render(BAKERY, prefix)))

    assert ids("a").isdisjoint(ids("b"))
    assert {"a-sky", "a-halte-1", "a-halte-5"} <= ids("a")


def test_with_a_title_the_picture_has_a_name_instead_of_being_hidden():
    svg = render_to_string("cases/route_map.svg", {"map": draw(BAKERY), "title": "De reis van <WEL-0142>"})

    tree = ElementTree.fromstring(svg.strip())
    assert (tree.get("role"), tree.get("aria-hidden")) == ("img", None)
    assert tree.findtext("{http://www.w3.org/2000/svg}title") == "De reis van <WEL-0142>"


def test_what_people_type_stays_text():
    evil = "</text><script>x(\"&')"
    stop = Stop(1, evil, evil, sparks=1, hobble=Hobble(evil, True))

    svg = render(Route((stop,), evil, evil, (evil,)))

    assert "<script" not in svg
    assert "&lt;/text&gt;&lt;script" in svg
    ElementTree.fromstring(svg.strip())


def test_the_caption_says_what_the_map_shows():
    assert describe(BAKERY, "WEL-0142", "september") == (
        "De reis van WEL-0142 begon in september. Drie haltes zijn gemaakt, twee zijn gepland. "
        "Er is één hobbel, met een olifantenpaadje eromheen. Drie keer waren er lichtjes. "
        "De wensdroom: een eigen bakkerij."
    )


def test_the_caption_of_an_empty_reis_asks_for_the_wensdroom():
    assert describe(Route(), "WEL-0142") == "Dit is de reis van WEL-0142. Er zijn nog geen haltes. Wat is de wensdroom?"


@pytest.mark.parametrize(
    ("made", "planned", "sentence"),
    [
        (1, 0, "Eén halte is gemaakt."),
        (2, 0, "Twee haltes zijn gemaakt."),
        (0, 1, "Eén halte is gepland."),
        (0, 3, "Drie haltes zijn gepland."),
        (1, 1, "Eén halte is gemaakt, één is gepland."),
        (1, 2, "Eén halte is gemaakt, twee zijn gepland."),
        (21, 1, "21 haltes zijn gemaakt, één is gepland."),
    ],
)
def test_the_caption_counts_haltes_in_words(made, planned, sentence):
    stops = [Stop(1, "x", state=MADE)] * made + [Stop(1, "x", state=PLANNED)] * planned

    assert sentence in describe(Route(tuple(stops)), "WEL-0142")


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        ([False], "Er is één hobbel."),
        ([True], "Er is één hobbel, met een olifantenpaadje eromheen."),
        ([False, False], "Er zijn twee hobbels."),
        ([True, True], "Er zijn twee hobbels, elk met een olifantenpaadje eromheen."),
        ([True, False, False], "Er zijn drie hobbels, waarvan één met een olifantenpaadje eromheen."),
    ],
)
def test_the_caption_counts_hobbles_in_words(around, sentence):
    stops = tuple(Stop(1, "x", hobble=Hobble("", has_path)) for has_path in around)

    assert sentence in describe(Route(stops), "WEL-0142")


def test_the_caption_names_rest_looking_back_and_single_lichtjes():
    stops = (Stop(1, "x", sparks=1, is_rest=True, has_look_back=True), Stop(2, "y", is_rest=True))

    assert describe(Route(stops, wensdroom="Een hond."), "WEL-0142") == (
        "Dit is de reis van WEL-0142. Twee haltes zijn gemaakt. Eén keer waren er lichtjes. "
        "Er zijn twee rustpunten. Er is één terugblik. De wensdroom: Een hond."
    )


def test_numbers_above_twenty_are_written_in_digits():
    assert [number_text(number) for number in (0, 1, 20, 21)] == ["nul", "één", "twintig", "21"]


def test_a_label_box_follows_its_anchor():
    width = text_width("Les", is_bold=False)

    lefts = [Label(100, 50, "Les", "title", anchor).box.left for anchor in ("start", "middle", "end")]

    assert lefts == [100, 100 - width / 2, 100 - width]
