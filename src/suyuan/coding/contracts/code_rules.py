"""A code rule: how codes are put together. The types are the published schema of the kind ``code_rule``.

A rule is a row of segments. Where its first segment is an application identifier, it is a GS1 rule: each identifier
begins an element, and the segments up to the next one are its value. Otherwise it is a plant's own rule, and the class
of what it names is said by ``level``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

import msgspec

from suyuan.designer.contracts import DesignProblem

CODE_RULE: Final = "code_rule"
"""Name of the definition kind."""

CHARSETS: Final[Mapping[str, str]] = {
    "digits": "0123456789",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "upper_digits": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "alphanumeric": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "vin": "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
    "code39": "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "gs1": "!\"%&'*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
    "printable": "".join(chr(code) for code in range(0x21, 0x7F)),
}
"""What a field may be written in; ``gs1`` is character set 82 without brackets."""

Level = Literal["unit", "inner", "box", "pallet", "lot", "asset", "location"]


class _Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
    id: str


class ApplicationIdentifier(_Segment, frozen=True, tag="ai"):
    """Begins the GS1 element ``ai``; what follows is its value."""

    ai: str = "01"


class Constant(_Segment, frozen=True, tag="constant"):
    """The same text in every code."""

    text: str = ""


class DateSegment(_Segment, frozen=True, tag="date"):
    """A moment: that of issuing, or of the ISO 8601 date in field ``field``.

    Pattern: ``YYYY YY Y`` year, ``MM`` month, ``DD`` day, ``DDD`` day of the year, ``GGGG GG WW`` ISO year and week,
    ``e`` weekday (1 is Monday), ``hh mm ss``, ``y n d`` letter of year, month, day by the tables, ``'text'`` as it is;
    what is no letter stands for itself. ``year_letters`` repeat from ``first_year`` on.
    """

    pattern: str = "YYMMDD"
    field: str = ""
    year_letters: str = "ABCDEFGHJKLMNPRSTVWXY123456789"
    first_year: int = 2010
    month_letters: str = "123456789ABC"
    day_letters: str = "123456789ABCDEFGHIJKLMNOPQRSTUV"


class Sequence(_Segment, frozen=True, tag="sequence"):
    """A number that counts up: ``width`` characters in the numeral system of ``alphabet``, filled with its first one.

    It begins again when what ``restart`` names changes: ``day``, ``month``, ``year`` or a field.
    """

    width: int = 6
    alphabet: str = "0123456789"
    start: int = 1
    step: int = 1
    restart: tuple[str, ...] = ()


class Field(_Segment, frozen=True, tag="field"):
    """What is given when codes are issued: product, lot, line, shift…; ``least`` to ``most`` characters.

    ``value`` is used where nothing is given.
    """

    name: str = "product"
    charset: str = "upper_digits"
    least: int = 1
    most: int = 10
    value: str = ""


class Random(_Segment, frozen=True, tag="random"):
    """Characters that nobody can guess: a secret permutation of all there are, so none comes twice."""

    length: int = 10
    alphabet: str = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


OWN_WEIGHTS = "weights"
"""The algorithm of a check digit that brings its own weights."""


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A weighted sum of one's own: see :class:`suyuan.coding.domain.checks.CustomWeights` for what each member does."""

    weights: tuple[int, ...] = (3, 1)
    modulus: int = 10
    alphabet: str = "0123456789"
    check_alphabet: str = "0123456789"
    from_left: bool = False
    digit_sum: bool = False
    complement: bool = True


class CheckDigit(_Segment, frozen=True, tag="check"):
    """The check characters of the named algorithm over what stands before it, or (``around``) all else of the value.

    ``weights`` counts only where the algorithm is ``weights``, and is absent elsewhere.
    """

    algorithm: str = "gs1-mod10"
    over: Literal["before", "around"] = "before"
    weights: Weights | msgspec.UnsetType = msgspec.UNSET

    def own_weights(self) -> Weights:
        """Return the weights given, or those of GS1's mod 10."""
        return self.weights if isinstance(self.weights, Weights) else Weights()


Segment = ApplicationIdentifier | Constant | DateSegment | Sequence | Field | Random | CheckDigit


class CodeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code rule. ``symbology`` is how its codes are drawn unless a label says otherwise."""

    segments: tuple[Segment, ...]
    level: Level = "unit"
    symbology: Literal["datamatrix", "qrcode", "code128", "gs1_128", "digital_link", "none"] = "datamatrix"
    sample: dict[str, str] = {}
    """Field values for examples."""

    @property
    def gs1(self) -> bool:
        """Whether codes are GS1 element strings."""
        return bool(self.segments) and isinstance(self.segments[0], ApplicationIdentifier)


class Restart(StrEnum):
    """What restarts a sequence, beside fields."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class CodePart:
    """A stretch of a code and the segment that made it. ``value``: a number, an ISO date, or the text itself."""

    segment: str
    type: str
    name: str
    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class ExampleCode:
    """A code that the rule would make: text, or a bracketed element string; ``plain`` is what a printer encodes."""

    code: str
    plain: str
    uri: str
    parts: tuple[CodePart, ...]


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a rule can do. ``capacity``: how many codes before it is used up, for each set of what restarts it.

    ``guess_one_in``: one guess in so many hits a code, when a million are issued (less if it holds fewer); None for
    rules without random characters. ``collision_if_drawn``: the odds that two of a million were equal, had they been
    drawn by lot; a permutation makes it nil.
    """

    length_least: int
    length_most: int
    capacity: str
    restarts: tuple[str, ...]
    guess_one_in: str | None
    collision_if_drawn: float | None
    bits: float | None
    fields: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What a rule can do, the first codes it would make, the first of them as SVG; or what is wrong with the rule, or
    (``at`` below ``/fields``) with the values given."""

    facts: RuleFacts | None
    examples: tuple[ExampleCode, ...]
    picture: str | None
    problems: tuple[DesignProblem, ...]


@dataclass(frozen=True, slots=True)
class TakenApart:
    """A code taken apart by a published version of a rule."""

    rule: str
    version: int
    level: str
    code: str
    uri: str
    parts: tuple[CodePart, ...]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PastCode:
    """A code on record, and whether a draft takes it apart. ``rules``: published ones in force that do."""

    code: str
    source: Literal["issued", "recorded"]
    read: bool
    rules: tuple[str, ...]
    parts: tuple[CodePart, ...]


@dataclass(frozen=True, slots=True)
class PastTrial:
    """What a draft makes of the newest codes on record.

    ``lost``: codes that the version in force reads and the draft does not; ``taken``: codes of other rules in force
    that it reads too. ``rows``: these first, then others that it does not read, at most 100.
    """

    tried: int
    read: int
    lost: int
    taken: int
    rows: tuple[PastCode, ...]
    problems: tuple[DesignProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule to start from."""

    key: str
    group: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    body: Mapping[str, Any]
