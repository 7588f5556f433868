"""A rule made ready for work: its elements, what each segment may look like, what identifies, what is counted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import msgspec

from suyuan.coding.contracts.code_rules import (
    CHARSETS,
    OWN_WEIGHTS,
    ApplicationIdentifier,
    CheckDigit,
    CodeRule,
    Constant,
    DateSegment,
    Field,
    Random,
    Segment,
    Sequence,
)
from suyuan.coding.domain.elements import Element
from suyuan.coding.domain.identities import identity_of
from suyuan.coding.domain.rules import dates
from suyuan.coding.domain.rules.weights import algorithm_of
from suyuan.kernel.faults import Fault

CLASS_OF_LEVEL: Final = {
    "unit": "unit", "inner": "carrier", "box": "carrier", "pallet": "carrier", "lot": "lot", "asset": "asset",
    "location": "place",
}  # fmt: skip
MOST_COUNTED: Final = 2**62
"""More codes than this are never counted apart."""
ALPHABET_OF_PERMUTATIONS: Final = "v1"
"""Part of the fingerprint: another way of permuting would make other codes."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of a code: ``least`` to ``most`` characters of ``characters``."""

    characters: frozenset[str]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment in its place: its number in the rule, and what it may look like."""

    number: int
    segment: Segment
    atoms: tuple[Atom, ...]

    @property
    def least(self) -> int:
        """Fewest characters."""
        return sum(atom.least for atom in self.atoms)

    @property
    def most(self) -> int:
        """Most characters."""
        return sum(atom.most for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a GS1 rule, or (``ai`` empty) the whole of a plant's rule."""

    ai: str
    placed: tuple[Placed, ...]

    @property
    def expression(self) -> re.Pattern[str]:
        """The texts that this part may be; group ``g7`` is segment 7."""
        return _expression(self)


def _spelled(text: str) -> tuple[Atom, ...]:
    return tuple(Atom(frozenset(character), 1, 1) for character in text)


def atoms_of(segment: Segment) -> tuple[Atom, ...]:
    """Return what a segment may look like.

    :raises Fault: ``coding.rule_*`` for a segment that is wrong.
    """
    match segment:
        case Constant():
            return _spelled(segment.text)
        case DateSegment():
            return tuple(
                atom
                for token in dates.tokens(segment)
                for atom in (
                    _spelled(token.literal)
                    if token.literal is not None
                    else (Atom(frozenset(token.alphabet), token.width, token.width),)
                )
            )
        case Sequence():
            return (Atom(frozenset(segment.alphabet), segment.width, segment.width),)
        case Random():
            return (Atom(frozenset(segment.alphabet), segment.length, segment.length),)
        case Field():
            return (Atom(frozenset(CHARSETS.get(segment.charset, "")), segment.least, segment.most),)
        case CheckDigit():
            algorithm = algorithm_of(segment)
            if algorithm is None:
                return ()
            return (Atom(frozenset(algorithm.check_alphabet), algorithm.width, algorithm.width),)
        case ApplicationIdentifier():
            return ()


@dataclass(frozen=True)
class Layout:
    """A rule that has been found sound, ready to make codes and take them apart."""

    rule: CodeRule
    parts: tuple[Part, ...]

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every segment with text, in order."""
        return tuple(each for part in self.parts for each in part.placed)

    @cached_property
    def sequence(self) -> Sequence | None:
        """The segment that counts."""
        return next((each.segment for each in self.placed if isinstance(each.segment, Sequence)), None)

    @cached_property
    def random(self) -> Random | None:
        """The segment that cannot be guessed."""
        return next((each.segment for each in self.placed if isinstance(each.segment, Random)), None)

    @cached_property
    def fields(self) -> tuple[Field | DateSegment, ...]:
        """Every segment that takes a given value."""
        return tuple(
            each.segment
            for each in self.placed
            if isinstance(each.segment, Field) or (isinstance(each.segment, DateSegment) and each.segment.field)
        )

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of what must be given, each once."""
        return tuple(dict.fromkeys(each.name if isinstance(each, Field) else each.field for each in self.fields))

    @cached_property
    def identifying(self) -> tuple[Part, ...]:
        """The parts whose texts make the identity; for a plant's rule the whole."""
        names = identifying_ais(tuple(part.ai for part in self.parts))
        return tuple(part for part in self.parts if part.ai in names)

    @property
    def restart(self) -> tuple[str, ...]:
        """What begins the count again."""
        return tuple(self.sequence.restart) if self.sequence is not None else ()

    @property
    def start(self) -> int:
        """The number of the first code of a scope."""
        return self.sequence.start if self.sequence is not None else 0

    @property
    def step(self) -> int:
        """By how much the number of a code is greater than that of the one before."""
        return self.sequence.step if self.sequence is not None else 1

    @cached_property
    def capacity(self) -> int:
        """How many codes there are for one scope."""
        if self.sequence is not None:
            size = len(self.sequence.alphabet) ** self.sequence.width
            return int(max(0, min(MOST_COUNTED, (size - 1 - self.sequence.start) // self.sequence.step + 1)))
        if self.random is not None:
            return int(min(MOST_COUNTED, len(self.random.alphabet) ** self.random.length))
        return 1

    @cached_property
    def pattern(self) -> tuple[Atom, ...]:
        """What identities made by this rule look like, with the class or the application identifiers before."""
        return tuple(self._pattern())

    def _pattern(self) -> Iterator[Atom]:
        if not self.rule.gs1:
            yield from _spelled(f"{CLASS_OF_LEVEL[self.rule.level]}:")
        for part in sorted(self.identifying, key=lambda part: part.ai):
            if part.ai:
                yield from _spelled(f"({part.ai})")
            for each in part.placed:
                yield from each.atoms

    @cached_property
    def fingerprint(self) -> str:
        """Equal for rules that make the same codes from the same numbers: they share one count and one secret."""
        content = {
            "class": "" if self.rule.gs1 else CLASS_OF_LEVEL[self.rule.level],
            "restart": sorted(self.restart) if self.sequence is not None else [],
            "parts": [
                [part.ai, [_essence(each.segment) for each in part.placed]]
                for part in sorted(self.identifying, key=lambda part: part.ai)
            ],
            "permutation": ALPHABET_OF_PERMUTATIONS,
        }
        return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def _essence(segment: Segment) -> dict[str, Any]:
    """Return what of a segment decides on the texts it makes; where the count starts and what it is called do not."""
    values: dict[str, Any] = msgspec.to_builtins(segment)
    for name in ("id", "start", "step", "restart", "value"):
        values.pop(name, None)
    values.pop("weights", None)
    if isinstance(segment, CheckDigit) and segment.algorithm == OWN_WEIGHTS:
        values["weights"] = msgspec.to_builtins(segment.own_weights())
    return values


def identifying_ais(ais: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of the application identifiers make the identity: the key and its qualifiers."""
    if ais == ("",):
        return ais
    try:
        return identity_of(tuple(Element(ai, _STAND_IN.get(ai, "0" * 18), 1) for ai in ais))[1]
    except Fault:
        return ()


_STAND_IN: Final[Mapping[str, str]] = {"01": "0" * 14, "00": "0" * 18}


def _parts(rule: CodeRule) -> tuple[Part, ...]:
    if not rule.gs1:
        placed = [Placed(number, segment, atoms_of(segment)) for number, segment in enumerate(rule.segments)]
        return (Part("", tuple(placed)),)
    parts: list[tuple[str, list[Placed]]] = []
    for number, segment in enumerate(rule.segments):
        if isinstance(segment, ApplicationIdentifier):
            parts.append((segment.ai, []))
        else:
            parts[-1][1].append(Placed(number, segment, atoms_of(segment)))
    return tuple(Part(ai, tuple(placed)) for ai, placed in parts)


@lru_cache(maxsize=512)
def _laid_out(content: bytes) -> Layout:
    rule = msgspec.json.decode(content, type=CodeRule)
    return Layout(rule, _parts(rule))


def lay_out(rule: CodeRule) -> Layout:
    """Return the layout of a rule whose segments are sound one by one.

    :raises Fault: ``coding.rule_*`` of the first segment that is not.
    """
    return _laid_out(msgspec.json.encode(rule))


@lru_cache(maxsize=1024)
def _expression(part: Part) -> re.Pattern[str]:
    return re.compile("".join(f"(?P<g{each.number}>{''.join(map(_written, each.atoms))})" for each in part.placed))


def _written(atom: Atom) -> str:
    characters = "".join(re.escape(character) for character in sorted(atom.characters))
    size = f"{{{atom.least}}}" if atom.least == atom.most else f"{{{atom.least},{atom.most}}}"
    return f"[{characters}]{'' if size == '{1}' else size}" if characters else "(?!)"
