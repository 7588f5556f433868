"""Gestures of a hand in the designers: slower than a script, as the library that follows them expects."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"
FIRST_MOVE = 12
"""Pixels a drag begins with; it counts as one from five."""
PATIENCE = 60
"""How often the page may have scrolled on."""


def drag(page: Page, source: Locator, target: Locator, *, from_bottom: float | None = None) -> None:
    """Drag ``source`` onto the middle of ``target``, or ``from_bottom`` pixels above its lower edge.

    Waits until the drag has begun (what is dragged floats) before going on, goes along while the page scrolls under
    the pointer, as it does near its edges, and lets go when the page is at rest and was drawn. (The target itself may
    make room for what comes; where it was is where to drop.)
    """
    source.hover()
    start = source.bounding_box()
    assert start is not None
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + FIRST_MOVE, start["y"] + start["height"] / 2, steps=3)
    floating = page.locator(".designer-cell.overlay")
    expect(floating).to_have_count(1)
    canvas, end = _corner(page), target.bounding_box()
    assert end is not None
    height = end["height"] / 2 if from_bottom is None else end["height"] - from_bottom
    right, down = end["x"] + end["width"] / 2, end["y"] + height
    for _ in range(PATIENCE):
        page.mouse.move(right - end["width"] / 2 + 30, down - height + min(30, height), steps=4)
        page.mouse.move(right, down, steps=4)
        page.evaluate(FRAMES)
        before, canvas = canvas, _corner(page)
        if canvas == before:
            break
        right, down = right + canvas[0] - before[0], down + canvas[1] - before[1]
    page.mouse.up()
    expect(floating).to_have_count(0)


def _corner(page: Page) -> tuple[float, float]:
    box = page.locator(".designer-canvas").bounding_box()
    assert box is not None
    return box["x"], box["y"]
