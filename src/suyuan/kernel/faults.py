"""Faults: every refusal has a code, two languages, a remedy and a place.

A module declares its kinds once with :func:`fault_kind` in its ``contracts``; raising one is
``raise kind(at="/epcList/3", given="…")``. The edge turns a fault into an RFC 7807 problem.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def placeholders(template: str) -> frozenset[str]:
    """Return the names that ``template`` expects, e.g. ``{"given"}`` for ``"got {given}"``."""
    return frozenset(name.split(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages; both use the same placeholders (checked when it is made)."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError("a text needs both languages")
        if placeholders(self.zh) != placeholders(self.en):
            raise ValueError(f"placeholders differ between languages: {self.en!r}")

    def render(self, language: Language, params: Mapping[str, object] | None = None) -> str:
        """Return the text in ``language`` with ``params`` filled in; those in both languages are told in this one."""
        template = self.zh if language == "zh" else self.en
        if not params:
            return template
        return template.format(**{name: _told(value, language) for name, value in params.items()})


def as_written(zh: str, en: str | None = None) -> Bilingual:
    """Return what somebody wrote as a text: braces, which would mean a place to fill, become parentheses."""
    return Bilingual(*(each.replace("{", "(").replace("}", ")").strip() or "–" for each in (zh, en or zh)))


def _told(value: object, language: Language) -> object:
    return value.render(language) if isinstance(value, Bilingual) else value


@dataclass(frozen=True, slots=True)
class FaultKind:
    """What can go wrong, once: ``code`` is stable for machines, the texts are for people."""

    code: str
    status: int
    text: Bilingual
    remedy: Bilingual
    exception: str | None = None
    """EPCIS 2.0 exception type (``epcisException:…``) where the standard names one."""

    def __call__(self, *, at: str | None = None, **params: object) -> Fault:
        needed = placeholders(self.text.en) | placeholders(self.remedy.en)
        missing = needed - params.keys()
        if missing:
            raise TypeError(f"{self.code} needs {sorted(missing)}")
        return Fault(self, at, params)


@dataclass(slots=True, eq=False)
class Fault(Exception):  # noqa: N818 (a refusal is an answer, not an error of ours)
    """A refusal. ``at`` is a JSON pointer or ``char N``; ``params`` fill the texts."""

    kind: FaultKind
    at: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f" [{self.at}]" if self.at else ""
        return f"{self.kind.code}: {self.title('en')}{place}"

    def title(self, language: Language) -> str:
        """Return what is wrong, in ``language``."""
        return self.kind.text.render(language, self.params)

    def remedy(self, language: Language) -> str:
        """Return what to do about it, in ``language``."""
        return self.kind.remedy.render(language, self.params)

    def problem(self, language: Language, *, request_id: str | None = None) -> dict[str, object]:
        """Return the RFC 7807 problem object, with ``code``, ``remedy``, ``at`` and ``params`` as extensions."""
        body: dict[str, object] = {
            "type": self.kind.exception or f"urn:suyuan:fault:{self.kind.code}",
            "title": self.title(language),
            "status": self.kind.status,
            "detail": self.remedy(language),
            "code": self.kind.code,
            "params": {name: str(_told(value, language)) for name, value in self.params.items()},
        }
        if self.at is not None:
            body["at"] = self.at
        if request_id is not None:
            body["request_id"] = request_id
        return body


_DECLARED: dict[str, FaultKind] = {}


def fault_kind(
    code: str, status: int, *, zh: str, en: str, remedy_zh: str, remedy_en: str, exception: str | None = None
) -> FaultKind:
    """Declare a fault kind. ``code`` reads ``module.what_is_wrong`` and is unique in the product."""
    if code in _DECLARED:
        raise ValueError(f"fault {code} is declared twice")
    kind = FaultKind(code, status, Bilingual(zh, en), Bilingual(remedy_zh, remedy_en), exception)
    _DECLARED[code] = kind
    return kind


def declared_fault_kinds() -> Mapping[str, FaultKind]:
    """Return every kind declared so far, by code (used by the reference docs and tests)."""
    return dict(_DECLARED)
