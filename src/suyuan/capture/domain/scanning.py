"""What a scanned code names, as the fields of a node understand it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from suyuan.kernel.faults import Bilingual
from suyuan.trace.contracts import ItemIdentity, ItemKind

CLASS_WORDS: Final[Mapping[str, Bilingual]] = {
    "unit": Bilingual("单件", "unit"),
    "lot": Bilingual("批次", "lot"),
    "carrier": Bilingual("容器", "container"),
    "asset": Bilingual("周转器具", "asset"),
    "product": Bilingual("产品", "product"),
    "place": Bilingual("地点", "place"),
    "person": Bilingual("人员", "person"),
    "equipment": Bilingual("设备", "machine"),
    "order": Bilingual("单据", "order"),
}
_MARKS: Final = ((":place:", "place"), ("/414/", "place"), (":sgln:", "place"), (":person:", "person"),
                 (":equipment:", "equipment"), (":order:", "order"))  # fmt: skip
ITEM_FACTS: Final = (
    "code", "class", "product", "lot", "serial", "expiry", "state", "disposition", "place", "held",
)  # fmt: skip
"""What expressions see of a scanned item beside its URI, by name behind the field's."""
_EXPIRY: Final = ("17", "15", "expiry")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A decoded scan. ``expiry`` is ``YYYY-MM-DD`` where the code itself says it."""

    raw: str
    uri: str
    name: str
    label: str
    identity: ItemIdentity | None = None
    lot: str | None = None
    expiry: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def product(self) -> str | None:
        """The class of things it belongs to."""
        return self.identity.product if self.identity is not None else None


def class_of(identity: ItemIdentity) -> str:
    """Return what a URI names, in the words of a scan field's ``classes``."""
    if identity.kind in (ItemKind.UNIT, ItemKind.ASSET):
        for mark, name in _MARKS:
            if mark in identity.uri:
                return name
    return identity.kind.value


def label_of(identity: ItemIdentity) -> str:
    """Return what people read on the label: serial, lot, or the last part of the URI."""
    return identity.serial or identity.lot or identity.uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def expiry_in(attributes: Mapping[str, str]) -> str | None:
    """Return the expiry date that a code carries (GS1 AI 17, else best before, AI 15), as ``YYYY-MM-DD``.

    GS1 General Specifications 7.12: a day ``00`` is the last of the month; years 51–99 are of the century before.
    """
    given = next((attributes[name] for name in _EXPIRY if name in attributes), None)
    if given is None or not given.isdigit() or len(given) != 6:
        return given if given is not None and len(given) == 10 else None
    year, month, day = int(given[:2]), int(given[2:4]), int(given[4:])
    century = 2000 if year <= 50 else 1900
    if day == 0:
        day = (31, 29 if (century + year) % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return f"{century + year:04d}-{month:02d}-{day:02d}"
