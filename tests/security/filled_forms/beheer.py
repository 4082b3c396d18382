"""Beheer: people, werkplekken, samenwerkingsverbanden, and the log of who looked."""

from regions.models import Role
from tests.security.filled_forms.filled import Filled


def membership(world):
    return {"role": Role.COORDINATOR, "swv": world.own.swv_id, "starts_on": "1-9-2026", "ends_on": "1-9-2198"}


FORMS = {
    "uitnodigen": Filled(
        "regions:invite",
        "beheer",
        lambda world: membership(world) | {"name": "Nieuw Iemand", "email": "n@voorbeeld.test"},
        anybody=True,
    ),
    "werkplek": Filled(
        "regions:membership_add",
        "beheer",
        membership,
        args=lambda world: [world.stranger.pk],
        foreign=lambda _: [[10**9]],
        anybody=True,
    ),
    "werkplek beëindigen": Filled(
        "regions:membership_end",
        "beheer",
        {"ends_on": "1-9-2198"},
        args=lambda world: [world.coordinator.pk, world.own_parts["membership"].pk],
        foreign=lambda world: [[world.leerplicht.pk, world.own_parts["membership"].pk]],
    ),
    "swv": Filled(
        "regions:swv_edit",
        "beheer",
        {"name": "Naam", "address": "Weg 1", "postcode": "9711 AB", "city": "Groningen", "website": "www.voorbeeld.nl"},
        args=lambda world: [world.own.swv.key],
        foreign=lambda _: [["XX9999"]],
    ),
    "mensen": Filled(
        "regions:people",
        "beheer",
        {"zoek": "Nummer", "rol": "fg", "account": "actief", "sort": "naam"},
        method="GET",
        accepted=200,
        writes=False,
    ),
    "samenwerkingsverbanden": Filled(
        "regions:swvs",
        "beheer",
        {"zoek": "Groningen", "soort": "PO", "sort": "code"},
        method="GET",
        accepted=200,
        writes=False,
    ),
    "logboek inzage": Filled(
        "regions:audit",
        "fg",
        {"wie": "Nummer", "jeugdige": "WEL-0001", "wat": "login", "vanaf": "1-9-2020", "tot": "31-12-2198"},
        method="GET",
        accepted=200,
        writes=False,
    ),
}

BUTTONS = {
    "regions:person_close": ("coordinator", lambda world: [world.stranger.pk], {}),
    "regions:person_open": ("beheer", lambda world: [world.stranger.pk], {}),
    "regions:person_invite_again": ("beheer", lambda world: [world.stranger.pk], {}),
    "regions:person_reset_second_factor": ("beheer", lambda world: [world.stranger.pk], {}),
    "regions:swv_release": ("beheer", lambda world: [world.own.swv.key], {"field": "name"}),
    "regions:audit_check": ("coordinator", (), {}),
}
