"""A factory whose product everybody may see."""

from __future__ import annotations

import pytest

from suyuan.portal.tests.plant import Factory, Phone, new_gtin


@pytest.fixture
def factory(tenant) -> Factory:
    made = Factory(tenant, new_gtin())
    made.name()
    made.make()
    made.publish()
    return made


@pytest.fixture
def phone(application) -> Phone:
    return Phone()
