"""The two who open Beheer."""

import pytest

from regions.models import Role
from tests import factories


@pytest.fixture
def beheerder():
    return factories.national(Role.BEHEER)


@pytest.fixture
def fg():
    return factories.national(Role.FG)
