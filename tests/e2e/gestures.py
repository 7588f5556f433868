"""Gestures of a hand in the designers: slower than a script, as the library that follows them expects."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"
FIRST_MOVE = 12
"""Pixels a drag begins with; it counts as one from five."""


def drag(page: Page, source: Locator, target: Locator, *, from_bottom: float | None = None) -> None:
    """Drag ``source`` onto the middle of ``target``, or ``from_bottom`` pixels above its lower edge.

    Waits until the drag has begun (what is dragged floats) before going on, and for a drawn frame before letting
    go: a page that is slow to draw has otherwise not yet measured what lies under the pointer.
    """
    source.hover()
    start = source.bounding_box()
    assert start is not None
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + FIRST_MOVE, start["y"] + start["height"] / 2, steps=3)
    floating = page.locator(".designer-cell.overlay")
    expect(floating).to_have_count(1)
    end = target.bounding_box()
    assert end is not None
    height = end["height"] / 2 if from_bottom is None else end["height"] - from_bottom
    page.mouse.move(end["x"] + 30, end["y"] + min(30, height), steps=8)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + height, steps=4)
    page.evaluate(FRAMES)
    page.mouse.up()
    expect(floating).to_have_count(0)
