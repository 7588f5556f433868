"""GS1 Digital Link URIs (GS1 Digital Link Standard: URI Syntax), uncompressed, on any domain."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote, unquote_to_bytes

from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.element_strings import checked
from suyuan.coding.domain.elements import Element, shown
from suyuan.kernel.faults import Bilingual

_LINK: Final = re.compile(r"(?:https?)://([^/?#\s]+)(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_COMPRESSED: Final = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])[0-9A-Za-z_-]{12,}")
_GS1_HOST: Final = "id.gs1.org"
_SHORT_GTINS: Final = (8, 12, 13)

SHORT_NAMES: Final = {
    "sscc": "00",
    "gtin": "01",
    "gdti": "253",
    "gcn": "255",
    "ginc": "401",
    "gsin": "402",
    "gln": "414",
    "payto": "415",
    "party": "417",
    "grai": "8003",
    "giai": "8004",
    "itip": "8006",
    "cpid": "8010",
    "gmn": "8013",
    "gsrnp": "8017",
    "gsrn": "8018",
    "lot": "10",
    "ser": "21",
    "cpv": "22",
    "tpx": "235",
    "glnx": "254",
    "cpsn": "8011",
    "srin": "8019",
    "refno": "8020",
}
"""Convenience names of the standard's first edition; withdrawn, still found on packs."""

KEYS: Final = {ai: rule.link_key for ai, rule in BY_AI.items() if rule.link_key is not None}
_ALPHANUMERIC_KEYS: Final = frozenset({"401", "8004", "8010", "8013"})
_LOOKS_NUMERIC: Final = re.compile(r"[0-9]{7,}")
_LOOKS_PREFIXED: Final = re.compile(r"[0-9]{4,}")


class DigitalLink(NamedTuple):
    """A link taken apart: its key, elements in the order of path and query, further parameters, and notes."""

    key: str
    elements: tuple[Element, ...]
    parameters: tuple[tuple[str, str], ...]
    notes: tuple[Bilingual, ...]


class _Segment(NamedTuple):
    text: str
    start: int
    """1-based position in the URI."""


def parse_link(uri: str) -> DigitalLink | None:
    """Return the checked elements of a Digital Link, or None if ``uri`` is no such link (another web address).

    :raises Fault: where it is one, but wrong: unknown or misplaced identifiers, values that break their rules,
        a compressed link.
    """
    match = _LINK.fullmatch(uri)
    if match is None:
        return None
    path = _segments(match[2] or "", match.start(2) + 1)
    on_gs1 = match[1].lower() == _GS1_HOST
    first = _find_key(path, anything=on_gs1)
    if first is None:
        last = path[-1] if path else None
        if last is not None and (on_gs1 or len(path) == 1) and _COMPRESSED.fullmatch(last.text):
            raise faults.LINK_COMPRESSED(at=f"char {last.start}", given=shown(last.text))
        if on_gs1:
            raise faults.LINK_WITHOUT_KEY(at=f"char {match.end(1) + 1}", given=shown(uri))
        return None
    notes: list[Bilingual] = []
    elements = _path_elements(path[first:], notes)
    attributes, parameters = _query(match[3], match.start(3) + 1) if match[3] else ([], ())
    return DigitalLink(elements[0].ai, checked([*elements, *attributes]), parameters, tuple(notes))


def canonical_elements(uri: str) -> tuple[Element, ...]:
    """Return the elements of a canonical Digital Link of our own making; nothing is checked again."""
    steps = uri[len(DIGITAL_LINK_BASE) + 1 :].split("/")
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return tuple([Element(ai, unquote(written) if "%" in written else written, 1) for ai, written in pairs])


def _segments(path: str, start: int) -> list[_Segment]:
    found, position = [], start + 1
    for text in path.split("/")[1:]:
        found.append(_Segment(text, position))
        position += len(text) + 1
    while found and not found[-1].text:
        found.pop()
    return found


def _ai_of(text: str) -> str | None:
    if text in BY_AI:
        return text
    return SHORT_NAMES.get(text.lower())


def _find_key(path: list[_Segment], *, anything: bool) -> int | None:
    """Return where the primary key stands: an identifier followed by what can be its value."""
    for i, segment in enumerate(path):
        ai = _ai_of(segment.text)
        if ai not in KEYS:
            continue
        if anything:
            return i
        pattern = _LOOKS_PREFIXED if ai in _ALPHANUMERIC_KEYS else _LOOKS_NUMERIC
        if i + 1 < len(path) and pattern.match(path[i + 1].text):
            return i
    return None


def _path_elements(path: list[_Segment], notes: list[Bilingual]) -> list[Element]:
    elements: list[Element] = []
    for i in range(0, len(path), 2):
        name = path[i]
        ai = _ai_of(name.text) or ""
        if elements:
            _check_order(name, ai, elements)
        if ai != name.text:
            notes.append(
                Bilingual(f"“{name.text}”是已停用的短名，应写 {ai}", f"“{name.text}” is a withdrawn name for {ai}")
            )
        if i + 1 == len(path) or not path[i + 1].text:
            raise faults.LINK_VALUE_MISSING(at=f"char {name.start + len(name.text)}", given=name.text)
        elements.append(_element(ai, path[i + 1].text, path[i + 1].start))
    return elements


def _check_order(name: _Segment, ai: str, before: list[Element]) -> None:
    """Raise unless the qualifiers so far, with this one, follow one of the key's sequences in order."""
    key = before[0].ai
    given = [*(element.ai for element in before[1:]), ai]
    for sequence in KEYS[key]:
        rest = iter(sequence)
        if all(qualifier in rest for qualifier in given):
            return
    raise faults.LINK_QUALIFIER(
        at=f"char {name.start}",
        given=shown(name.text),
        key=key,
        allowed=" | ".join(", ".join(sequence) for sequence in KEYS[key] if sequence) or "—",
    )


def _element(ai: str, written: str, start: int) -> Element:
    value = unescaped(written, start)
    note = None
    if ai == "01" and len(value) in _SHORT_GTINS:
        note = Bilingual(f"GTIN-{len(value)}，已补零到 14 位", f"GTIN-{len(value)}, padded to 14 digits")
        return Element(ai, value.zfill(14), start, exact=False, note=note)
    return Element(ai, value, start, exact=value == written)


def unescaped(written: str, start: int) -> str:
    """Return ``written`` with percent escapes undone; ``start`` is its 1-based position for the fault."""
    if "%" not in written:
        return written
    bad = _BAD_ESCAPE.search(written)
    if bad is not None:
        raise faults.PERCENT_ESCAPE(at=f"char {start + bad.start()}", given=written[bad.start() : bad.start() + 3])
    try:
        return unquote_to_bytes(written).decode()
    except UnicodeDecodeError:
        raise faults.PERCENT_ESCAPE(at=f"char {start + written.index('%')}", given=shown(written)) from None


def _query(query: str, start: int) -> tuple[list[Element], tuple[tuple[str, str], ...]]:
    elements: list[Element] = []
    parameters: list[tuple[str, str]] = []
    position = start
    for pair in re.split("[&;]", query):
        name, _, written = pair.partition("=")
        value_at = position + len(name) + 1
        if name.isascii() and name.isdigit():
            rule = BY_AI.get(name)
            if rule is None:
                raise faults.UNKNOWN_AI(at=f"char {position}", given=shown(name))
            if not rule.link_attribute:
                raise faults.LINK_ATTRIBUTE(at=f"char {position}", ai=name)
            if not written:
                raise faults.LINK_VALUE_MISSING(at=f"char {value_at}", given=name)
            elements.append(_element(name, written, value_at))
        elif name:
            parameters.append((name, unescaped(written, value_at)))
        position += len(pair) + 1
    return elements, tuple(parameters)
