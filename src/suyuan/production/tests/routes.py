"""Routes for tests, made from few words, and drawn at random."""

from __future__ import annotations

import itertools

import msgspec
from hypothesis import strategies as st

from suyuan.production.contracts.routes import Link, Operation, Route

PRODUCT = "https://id.gs1.org/01/09521234543213"


def operation(name: str, **more) -> Operation:
    return Operation(id=name, name_zh=f"工序{name}", name_en=name, **({"step": f"urn:x:step:{name}"} | more))


def route(*links: tuple[str, str, str], start: str = "a", max_rework: int | None = 2, **each) -> Route:
    """Return a route by its links; keyword arguments give operations more settings."""
    names = dict.fromkeys([start, *(end for source, target, _ in links for end in (source, target))])
    return Route(
        products=(PRODUCT,), start=(start,), max_rework=max_rework,
        operations=tuple(operation(name, **each.get(name, {})) for name in names),
        links=tuple(Link(source=source, target=target, when=when) for source, target, when in links),
    )  # fmt: skip


def line(length: int) -> Route:
    names = [f"o{number}" for number in range(length)]
    return route(*((one, two, "passed") for one, two in itertools.pairwise(names)), start="o0")


@st.composite
def routes(draw) -> Route:
    """Draw a sound route: stages one after another, each an operation, a choice, or parallel branches that join.

    Any operation may be optional; some fail into rework that leads back to an earlier stage.
    """
    links, settings, last = [], {}, "s0"
    for number in range(1, draw(st.integers(1, 5)) + 1):
        kind, end = draw(st.sampled_from(["one", "choice", "parallel"])), f"s{number}"
        if kind == "one":
            links.append((last, end, draw(st.sampled_from(["passed", "always"]))))
        else:
            for branch in range(draw(st.integers(2, 3))):
                middle = f"b{number}_{branch}"
                links.append((last, middle, "passed" if kind == "choice" else "always"))
                links.append((middle, end, "passed"))
                if draw(st.booleans()):
                    settings[middle] = {"optional": True}
            if kind == "parallel":
                settings[end] = {"join": "all"}
        if draw(st.booleans()) and kind != "parallel":
            links += [(end, f"r{number}", "failed"), (f"r{number}", end, "passed")]
            settings[f"r{number}"] = {"kind": "rework"}
        last = end
    return route(*links, start="s0", max_rework=draw(st.integers(0, 3)), **settings)


def body(made: Route) -> dict:
    return msgspec.to_builtins(made)
