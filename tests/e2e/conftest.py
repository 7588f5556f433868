"""One demo plant and one browser for all user flows; every test visits with contexts of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from tests.e2e.visits import Visits, finding_nothing_wrong
from tools import demo_plant
from tools.demo_plant import DemoPlant
from tools.pages import PATIENCE, launch

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def plant() -> Iterator[DemoPlant]:
    """The real server, its worker and a plant that keeps producing."""
    with demo_plant.running() as plant:
        yield plant


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film (Motion JPEG) that the browser's camera shows; a test writes it before it opens the camera."""
    return tmp_path_factory.mktemp("camera") / "film.mjpeg"


@pytest.fixture(scope="session")
def browser(film: Path) -> Iterator[Browser]:
    """A real Chromium, whose camera shows a film and whose microphone beeps."""
    device = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with sync_playwright() as playwright:
        browser = launch(playwright, *device, f"--use-file-for-fake-video-capture={film}")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """Sessions of the people who have signed in so far."""
    return {}


@pytest.fixture
def visits(browser: Browser, plant: DemoPlant, signed_in: dict[str, StorageState]) -> Iterator[Visits]:
    """Return a maker of watched pages: ``visits("auditor", size="phone", language="en", dark=True)``."""
    with finding_nothing_wrong(Visits(browser, plant, signed_in)) as visits:
        yield visits
