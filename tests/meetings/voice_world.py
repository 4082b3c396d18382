"""A youth with a link, and everybody who might want to read along."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regions.models import Role
from tests import factories

ANSWERS = {
    "naam": {"text": "Noem mij Vlinder."},
    "gaat": {"choice": "gaat_wel"},
    "blij": {"text": "Van de kippen."},
    "droom": {"text": "Een eigen zwerm duiven."},
    "goed": {"text": "Ik kan goed wachten."},
    "lastig": {"text": "Als iedereen tegelijk praat."},
    "wie": {"text": "Mijn oom."},
    "meedoen": {"choice": "daarna", "text": "In de tuin, met limonade."},
}


@dataclass
class People:
    case: object
    owner: object
    coordinator: object
    leerplicht: object
    bringer: object
    contact: object
    neighbour: object  # the coördinator of another SWV


def people(**case):
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=60), **case)
    caseworker = {"role": Role.CASEWORKER, "swv": factories.swv()}
    owner = factories.MembershipFactory(**caseworker, user__name="Youssef Verzonnen", user__phone="06 00 00 00 01").user
    bringer = factories.MembershipFactory(**caseworker).user
    factories.CaseMemberFactory(case=case, user=owner)
    factories.CaseMemberFactory(case=case, user=bringer, role="inbrenger")
    return People(
        case=case,
        owner=owner,
        coordinator=factories.coordinator(),
        leerplicht=factories.leerplicht(),
        bringer=bringer,
        contact=factories.swv_contact(),
        neighbour=factories.coordinator("PO2203"),
    )


def url(token, name="start", *rest):
    return reverse(f"voice:{name}", args=[token, *rest])


def fill_in(token, client=None, *, upto=8):
    """Answer the questions one by one, as the form asks them."""
    client = client or Client()
    for number, answer in enumerate(list(ANSWERS.values())[:upto], 1):
        assert client.post(url(token, "question", number), {"version": 0, **answer}).status_code == 302
    return client


def send(token, *, for_table=(), client=None):
    client = client or Client()
    return client.post(url(token, "check"), {f"tafel_{key}": "on" for key in for_table})
