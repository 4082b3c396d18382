"""One filled form, and the addresses it has: with rows of one's own, and with those of somebody else."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from access.models import User
from cases.models import Stop
from regions.models import Gemeente, Samenwerkingsverband
from tests.access.people import code_of

TEXT = "Gewone tekst van een mens."


def in_days(number):
    return f"{timezone.localdate() + timedelta(days=number):%d-%m-%Y}"


@dataclass(frozen=True)
class Filled:
    """`answers` and `args` are values, or functions of the world; hidden fields come from the page itself.

    `secrets` are fields in which nine digits are no burgerservicenummer: passwords, codes, and what logs in.
    `foreign` makes arguments about rows of somebody else.
    """

    route: str
    role: str | None
    answers: object = field(default_factory=dict)
    args: object = ()
    query: str = ""
    method: str = "POST"
    accepted: int = 302
    writes: bool = True
    prepare: object = None
    secrets: frozenset = frozenset()
    foreign: object = None
    form: str = "form"  # its name in the context of the page
    anybody: bool = False  # staff for the whole country: no choice of theirs is another SWV's

    def url(self, world):
        args = self.args(world) if callable(self.args) else self.args
        return reverse(self.route, args=args) + self.query

    def answer(self, world, form):
        if not callable(self.answers):
            return dict(self.answers)
        return self.answers(form) if self.answers is key_on_the_page else self.answers(world)

    def theirs(self, world):
        """A choice that belongs to another SWV, per model."""
        if self.anybody:
            return {}
        return {
            Samenwerkingsverband: world.foreign.swv_id,
            Gemeente: world.foreign.gemeente_id,
            User: world.foreign_parts["log"].author_id,
            Stop: world.foreign_parts["stop"].pk,
        }


def own(world):
    return [world.own.pk]


def part(name, world):
    return [world.own.pk, world.own_parts[name].pk]


def foreign(name, world):
    """A case of one's own with a part of another SWV, and the other way round."""
    theirs = world.foreign_parts[name].pk
    return [[world.own.pk, theirs], [world.foreign.pk, world.own_parts[name].pk], [world.foreign.pk, theirs]]


def foreign_case(world, *rest):
    return [[world.foreign.pk, *rest], [10**9, *rest]]


def on_case(route, role, answers, **more):
    return Filled(route, role, answers, args=own, foreign=foreign_case, **more)


def on_part(route, role, answers, name):
    return Filled(route, role, answers, args=partial(part, name), foreign=partial(foreign, name))


def row(name, world):
    return [world.own_parts[name].pk]


def foreign_row(name, world):
    return [[world.foreign_parts[name].pk], [10**9]]


def on_row(route, role, answers, name):
    return Filled(route, role, answers, args=partial(row, name), foreign=partial(foreign_row, name))


def swv_of(world):
    return [world.own.swv.key]


def foreign_swv(world):
    return [[world.foreign.swv.key], ["XX9999"]]


def on_swv(route, role, answers, **more):
    return Filled(route, role, answers, args=swv_of, foreign=foreign_swv, **more)


def swv_part(name, world):
    return [world.own.swv.key, world.own_parts[name].pk]


def foreign_swv_part(name, world):
    theirs = world.foreign_parts[name].pk
    return [
        [world.own.swv.key, theirs],
        [world.foreign.swv.key, world.own_parts[name].pk],
        [world.foreign.swv.key, theirs],
    ]


def on_swv_part(route, role, answers, name):
    return Filled(route, role, answers, args=partial(swv_part, name), foreign=partial(foreign_swv_part, name))


def enter(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()


def key_on_the_page(form):
    return {"code": code_of(form.secret)}
