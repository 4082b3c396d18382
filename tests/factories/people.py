"""Who works where: accounts, the places they work in, and their werkplekken."""

import factory
from django.utils import timezone

from access.models import User
from regions.actions import renew_grants
from regions.models import Gemeente, Membership, Role, Samenwerkingsverband
from tests.database import as_owner
from tests.factories.base import OwnerFactory

PASSWORD = "een-lang-wachtwoord"


def swv(key="PO2001"):
    return Samenwerkingsverband.objects.get(key=key)


def gemeente(name="Groningen"):
    return Gemeente.objects.get(name=name)


class UserFactory(OwnerFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"medewerker{n}@voorbeeld.test")
    name = factory.Sequence(lambda n: f"Medewerker Nummer{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            return model_class.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)


class MembershipFactory(OwnerFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    starts_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            membership = model_class.objects.create(**kwargs)
            renew_grants(membership.user)
        return membership


def leerplicht(name="Groningen", **fields):
    """A leerplichtambtenaar of one gemeente."""
    return MembershipFactory(role=Role.LEERPLICHT, gemeente=gemeente(name), **fields).user


def coordinator(key="PO2001", **fields):
    return MembershipFactory(role=Role.COORDINATOR, swv=swv(key), **fields).user


def interviewer(key="PO2001", **fields):
    """A coördinator who may also see reasons."""
    return MembershipFactory(role=Role.INTERVIEWER, swv=swv(key), user=coordinator(key), **fields).user


def swv_contact(key="PO2001", **fields):
    return MembershipFactory(role=Role.SWV_CONTACT, swv=swv(key), **fields).user


def national(role, **fields):
    """Project staff, FG or beheer."""
    return MembershipFactory(role=role, **fields).user
