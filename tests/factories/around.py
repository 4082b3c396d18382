"""The people around a jeugdige: members, verbinders, and who takes over."""

import factory
from django.utils import timezone

from cases.models import CaseMember, Connection, Handover
from regions.models import Membership, Role
from tests.database import as_owner
from tests.factories.base import OwnerFactory
from tests.factories.cases import PartFactory
from tests.factories.people import MembershipFactory, UserFactory, gemeente, swv


class CaseMemberFactory(PartFactory):
    """Somebody without any werkplek gets one in the SWV of the case: nobody is near a case without working there."""

    class Meta:
        model = CaseMember

    user = factory.SubFactory(UserFactory)
    role = CaseMember.Role.OWNER

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            works = Membership.objects.filter(user=kwargs["user"]).exists()
        if not works:
            MembershipFactory(role=Role.CASEWORKER, swv=kwargs["case"].swv, user=kwargs["user"])
        return super()._create(model_class, *args, **kwargs)


class ConnectionFactory(PartFactory):
    """A verbinder at work, who works in the SWV of the case."""

    class Meta:
        model = Connection

    story = "Er kwam geen antwoord meer."
    connector = factory.SubFactory(UserFactory)
    task = "Opnieuw kennismaken."
    agreed_on = factory.LazyFunction(timezone.localdate)
    recorded_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            works = Membership.objects.filter(user=kwargs["connector"]).exists()
        if not works:
            MembershipFactory(role=Role.CASEWORKER, swv=kwargs["case"].swv, user=kwargs["connector"])
        return super()._create(model_class, *args, **kwargs)


class HandoverFactory(OwnerFactory):
    """Offered by the side of its case to Emmen and PO2202."""

    class Meta:
        model = Handover

    from_swv = factory.SelfAttribute("case.swv")
    from_gemeente = factory.SelfAttribute("case.gemeente")
    to_swv = factory.LazyFunction(lambda: swv("PO2202"))
    to_gemeente = factory.LazyFunction(lambda: gemeente("Emmen"))
    reason = Handover.Reason.MOVED
    moved_on = factory.LazyFunction(timezone.localdate)
    message = "Begin met een wandeling."
    shows = ("wensdroom",)
    status = Handover.Status.OFFERED
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)
    offered_by = factory.SelfAttribute("asked_by")
    offered_at = factory.LazyFunction(timezone.now)
