"""One tenant with the ready nodes for all tests of a process: each test has its own codes."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def plant(application):
    from suyuan.capture.tests.stations import furnished
    from tests.support.tenants import fresh_tenant

    return furnished(fresh_tenant())


@pytest.fixture
def station(plant):
    from suyuan.capture.tests.stations import Station

    return Station(plant)
