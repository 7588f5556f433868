"""Packs in the browser: definitions taken away as a ZIP, tried before they are installed, upgraded, and settled."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.documents import mark
from tests.e2e.visits import Visits, violations
from tools.pages import settled

pytestmark = pytest.mark.browser


def _packed(taken: bytes, key: str, version: str, title: str) -> bytes:
    """Return the pack with its one definition under another key and English title."""
    with zipfile.ZipFile(io.BytesIO(taken)) as archive:
        about = json.loads(archive.read("pack.json"))
        [name] = [each for each in archive.namelist() if each.startswith("label/")]
        definition = json.loads(archive.read(name))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("pack.json", json.dumps(about | {"version": version}))
        archive.writestr(f"label/{key}.json", json.dumps(definition | {"title_en": title}))
    return made.getvalue()


def _offered(page: Page, file: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "pack.zip", "mimeType": "application/zip", "buffer": file}
    )


def test_a_pack_is_taken_out_and_tried_before_it_is_installed(visits: Visits, tmp_path: Path) -> None:
    page = visits(language="en")
    key = f"travel-{mark().lower()}"
    page.goto("/packs")
    page.get_by_role("button", name="Export a pack").click()
    drawer = page.get_by_role("dialog")
    for field, text in (("Name", key), ("Chinese title", "旅行"), ("English title", "Travelling")):
        drawer.get_by_label(field, exact=True).fill(text)
    labels = drawer.get_by_role("group", name="Definitions in force").locator("fieldset", has_text="Label")
    labels.get_by_role("checkbox").nth(1).check()
    with page.expect_download() as download:
        drawer.get_by_role("button", name="Export 1 definitions").click()
    download.value.save_as(tmp_path / "pack.zip")
    taken = (tmp_path / "pack.zip").read_bytes()

    _offered(page, _packed(taken, key, "1", "Travelling"))
    outcomes = page.get_by_role("list", name="What becomes of each definition")
    expect(outcomes).to_contain_text(key)
    expect(outcomes).to_contain_text("New")
    settled(page)
    assert violations(page) == []
    page.get_by_role("button", name="Install", exact=True).click()
    expect(page.get_by_text("Installed. This is what became of every definition.")).to_be_visible()
    page.get_by_role("button", name="Another pack").click()
    _offered(page, _packed(taken, key, "1", "Travelling"))
    expect(outcomes).to_contain_text("Same")
