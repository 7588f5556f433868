"""Fixtures of the whole tree. The database starts once, and only if a test that was chosen needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from suyuan.entry.compiled import keep_compiled_code
from tests.support import database


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before test processes are made, so that they all find it."""
    keep_compiled_code()
    if not config.option.collectonly and not hasattr(config, "workerinput"):
        database.start_server()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, and all that ask about the month in one: it is captured once."""
    for item in items:
        shared = hasattr(getattr(item, "module", None), "the_month")
        item.add_marker(pytest.mark.xdist_group("the month" if shared else str(item.path)))


@pytest.fixture(scope="session")
def application() -> Iterator[None]:
    """The application, wired, on a database of this test process."""
    database.use_database()
    from suyuan.entry.boot import boot

    boot()
    yield
    from tests.support import web

    web.leave()


@pytest.fixture
def make_tenant(application: None) -> Callable[[], object]:
    """Return a maker of fresh tenants."""
    from tests.support.tenants import fresh_tenant

    return fresh_tenant


@pytest.fixture
def tenant(make_tenant: Callable[[], object]) -> object:
    """A fresh tenant."""
    return make_tenant()


@pytest.fixture
def client(tenant: object) -> object:
    """A client of the whole application whose token may do everything in ``tenant``."""
    from tests.support.web import InProcess

    return InProcess(tenant.token())  # type: ignore[attr-defined]  # TestTenant, imported only once Django is set up
