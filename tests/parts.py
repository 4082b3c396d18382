"""Every model of which each row belongs to one jeugdige."""

from django.apps import apps

from cases.models import CasePart


def case_parts():
    return [model for model in apps.get_models() if issubclass(model, CasePart)]
