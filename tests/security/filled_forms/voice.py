"""The stem: a question that the jongere answers, and the buttons around the link."""

from functools import partial

from tests.security.filled_forms.filled import TEXT, Filled, own


def link(number, world):
    return [world.own_parts["voice"].token, number]


FORMS = {
    "stem, droom": Filled("voice:question", None, {"text": TEXT}, args=partial(link, 4)),
    "stem, meedoen": Filled("voice:question", None, {"choice": "online", "text": TEXT}, args=partial(link, 8)),
}

BUTTONS = {
    "voice:invite": ("coordinator", own, {"link": "x"}),
    "voice:together": ("coordinator", own, {"link": "x"}),
}

ELSEWHERE = {"voice:withdraw": "one button without an answer: tests/meetings/test_voice_pages.py"}
