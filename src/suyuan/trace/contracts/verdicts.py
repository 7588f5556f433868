"""The words of an answer: direction, verdict, reason, gap."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Back to what went into it, or forward to what it touches."""

    BACK = "back"
    FORWARD = "forward"


class Verdict(StrEnum):
    """How sure a listed item is (TRACE.md, Verdict)."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


class Reason(StrEnum):
    """Why the time-blind closure lists an item and the scope does not."""

    BEFORE = "before"
    UNLOADED = "unloaded"
    OTHER_LOAD = "other_load"
    CLEANED = "cleaned"
    VOIDED = "voided"
    NOT_KNOWN_THEN = "not_known_then"
    SIBLING = "sibling"
    OWN_RECORD = "own_record"


class GapKind(StrEnum):
    """A broken link, reported with its place (TRACE.md, Never)."""

    USED_BEFORE_MADE = "used_before_made"
    NO_INPUTS = "no_inputs"
    NO_OUTPUTS = "no_outputs"
    TWO_PLACES = "two_places"
    CONTENTS_UNKNOWN = "contents_unknown"
    OUTPUT_NOT_PLACED = "output_not_placed"
    LOT_UNKNOWN = "lot_unknown"
    CLASS_WITHOUT_LOT = "class_without_lot"
    SEEN_NOT_ADDED = "seen_not_added"
