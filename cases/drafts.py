"""What a page with long writing needs to keep a klad: which window this is, and what was left lying there before."""

import uuid
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from access.bsn import MESSAGE, contains_bsn
from access.forms import NO_UNSEEN, UNSEEN
from cases import conflict
from cases.models import Draft

MOST = 60_000  # characters in all fields together; no form here has room for more
TOO_MUCH = "Deze tekst is te lang om te bewaren. Maak hem korter."
PIECE = 120
SAVE = "als_klad"  # the button that works without JavaScript


@dataclass
class Desk:
    """One window in which somebody writes; goes to the templates as `draft`."""

    place: str
    url: str
    page_url: str
    token: uuid.UUID
    who: int
    source: uuid.UUID | None = None  # the klad that this window goes on with
    step: int = 0
    initial: dict = field(default_factory=dict)
    offers: list = field(default_factory=list)
    saved_at: object = None
    thrown: uuid.UUID | None = None  # just thrown away, and to be put back
    posted: list = field(default_factory=list)


def token_of(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def step_of(text):
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def desk(request, case, place, form_class, url=""):
    """The window of this request; a page that is opened offers what its own reader left here.

    `url` is where its klad is kept, when that is not with the places of this app.
    """
    path = request.path
    found = Desk(place, url or reverse("cases:draft", args=[case.pk, place]), path, uuid.uuid4(), request.user.pk)
    if request.method == "POST":
        token, found.source = token_of(request.POST.get("klad")), token_of(request.POST.get("klad_van"))
        found.token = token or found.token
        found.posted = [each for each in (token, found.source) if each]
        found.step = step_of(request.POST.get("klad_stand"))
        return found
    wanted, thrown = token_of(request.GET.get("klad")), token_of(request.GET.get("weg"))
    for draft in Draft.objects.visible_to(request.user).filter(case=case, place=place).exclude(answers={}):
        if draft.closed_at:
            found.thrown = draft.token if draft.token == thrown else found.thrown
        elif draft.token == wanted:
            found.source, found.saved_at = draft.token, draft.saved_at
            found.initial = {name: draft.answers.get(name, "") for name in form_class.base_fields}
        else:
            found.offers.append({"draft": draft, "piece": piece_of(draft.answers)})
    if found.source:
        found.offers = []
    return found


def piece_of(answers):
    """The beginning of the longest text."""
    text = " ".join(max((value for name, value in answers.items() if name != "seen"), key=len, default="").split())
    return text if len(text) <= PIECE else f"{text[:PIECE].rsplit(' ', 1)[0]} …"


def answers_of(data, names):
    """The fields of the form as typed, right or wrong; what WEL keeps nowhere is refused here too."""
    data = conflict.resolved(data)
    answers = {name: data[name].replace("\r\n", "\n") for name in names if name in data}
    if sum(map(len, answers.values())) > MOST:
        raise ValidationError(TOO_MUCH)
    for value in answers.values():
        if UNSEEN.search(value):
            raise ValidationError(NO_UNSEEN)
        if contains_bsn(value):
            raise ValidationError(MESSAGE)
    return answers


def clock(moment):
    return f"{timezone.localtime(moment):%H.%M}"
