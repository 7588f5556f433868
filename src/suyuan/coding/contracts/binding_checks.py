"""What judges bindings beside packing itself; makers are registered (``Registry.add_binding_checks``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from suyuan.kernel.faults import Bilingual, Fault, Language
from suyuan.trace.contracts import EventRecord


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a binding is refused. ``check`` is named by who lets it pass; None, or not ``overridable``: nobody may.

    ``text``, ``remedy``: the check's own words where it has any, else the fault's.
    """

    fault: Fault
    text: Bilingual
    remedy: Bilingual
    check: str | None = None
    field: str | None = None
    level: str = "refuse"
    overridable: bool = False


class BindingChecks(Protocol):
    """Judges the events of one binding, in their order, in the transaction that records them."""

    def judge(self, events: Sequence[tuple[EventRecord, Mapping[str, Any]]]) -> Sequence[Objection]:
        """Return why the binding is refused.

        ``events``: each with the ``node`` it was made at, ``fields`` of its form, ``overrides``, and ``codes``: what
        the scanned codes say beside the items that they name, by URI.
        """

    def keep(self) -> None:
        """Keep what was found; after the events are recorded."""


class BindingRefused(Fault):
    """A binding that checks refuse. Its problem lists each ``finding``; the first one gives code, title and remedy."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        first = objections[0]
        super().__init__(first.fault.kind, None, first.fault.params)
        self.objections = tuple(objections)

    def title(self, language: Language) -> str:
        """Return what is wrong, in the check's own words where it has any."""
        return self.objections[0].text.render(language)

    def remedy(self, language: Language) -> str:
        """Return what to do about it."""
        return self.objections[0].remedy.render(language)

    def problem(self, language: Language, *, request_id: str | None = None) -> dict[str, object]:
        """Return the problem with its ``findings``: code, level, text, remedy, check, field, overridable."""
        body = Fault.problem(self, language, request_id=request_id)
        return body | {
            "findings": [
                {
                    "code": each.fault.kind.code, "level": each.level, "text": each.text.render(language),
                    "remedy": each.remedy.render(language), "check": each.check, "field": each.field,
                    "overridable": each.overridable, "overridden": False,
                }
                for each in self.objections
            ]
        }  # fmt: skip


__all__ = ["BindingChecks", "BindingRefused", "Objection"]
