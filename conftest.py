"""Fixtures of the whole tree. The database starts once, and only if a test that was chosen needs it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from xdist.scheduler import LoadFileScheduling

from suyuan.entry.compiled import keep_compiled_code
from tests.support import database

hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("new")
# A run that decides whether a change may land meets the same examples as the run before it; `make check` looks for new
# ones. What it finds becomes a test of its own.
hypothesis.settings.load_profile("new" if os.environ.get("TEST_NEW_EXAMPLES") else "same")

OF_THE_MONTH = ("tests/scenarios/test_quality_engineer.py", "tests/scenarios/test_recall_day.py")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before test processes are made, so that they all find it."""
    keep_compiled_code()
    if not config.option.collectonly and not hasattr(config, "workerinput"):
        database.start_server()


class _ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Keeps a file's tests in one process, and those of the files that ask about the month: it is captured once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "the month" if file in OF_THE_MONTH else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    """Spread files over processes by our own rule."""
    return _ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


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


@pytest.fixture
def posted(application: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[object]:
    """A mail server that the application sends its mail to."""
    from tests.support.post_office import post_office

    with post_office(monkeypatch, tmp_path) as office:
        yield office
