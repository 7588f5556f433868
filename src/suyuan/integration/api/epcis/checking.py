"""The checks of trace nodes on a document's events: which are concerned, why some are refused, what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from suyuan.capture import api as capture
from suyuan.capture.contracts.claims import LetPass, Refusal, SentEvent
from suyuan.integration.api.epcis.describing import error_of
from suyuan.integration.contracts import CaptureError
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import SUYUAN, Namespaces
from suyuan.integration.domain.epcis.vocabulary import bare_step
from suyuan.trace.contracts import EventRecord

Numbered = tuple[int, EventRecord]
"""An event with its place in the document."""


@dataclass(slots=True)
class Checking:
    """The checks of one document; ``passes``: what somebody let pass of it."""

    passes: Sequence[LetPass] = ()
    _claims: capture.Claims = field(init=False)
    _names: dict[int, tuple[Any, Namespaces]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._claims = capture.Claims(self.passes)

    def concern(self, events: Sequence[Json]) -> bool:
        """Tell whether any of these events, as they came, has a step that is checked."""
        steps = self._claims.steps
        if not steps:
            return False
        named = {event.get("bizStep") for event in events if isinstance(event, dict)}
        return any(isinstance(step, str) and bare_step(step) in steps for step in named)

    def refused(self, sound: Sequence[Numbered], at: Callable[[int], str]) -> dict[int, list[CaptureError]]:
        """Return why events are refused, by their places in the document; ``at``: pointers to them."""
        steps = self._claims.steps
        if not any(record.biz_step in steps for _, record in sound):
            return {}
        found = self._claims.judge([self._sent(record) for _, record in sound])
        return {
            sound[place][0]: [_error(one, *sound[place], at(sound[place][0])) for one in refusals]
            for place, refusals in found.items()
        }

    def keep(self, refused: Sequence[str] = ()) -> None:
        """Keep what was found in the events that were recorded: all but those of ``refused`` ids."""
        self._claims.keep(frozenset(refused))

    def _sent(self, record: EventRecord) -> SentEvent:
        if id(record.context) not in self._names:  # kept beside it, so that no other context gets its place
            context: Any = record.context
            self._names[id(context)] = context, Namespaces.of(context or ())
        names = self._names[id(record.context)][1]
        told = {
            full[len(SUYUAN) :]: value
            for name, value in record.document.items()
            if ":" in name and (full := names.expand(name)).startswith(SUYUAN)
        }
        return SentEvent(record, told)


_DENIED: Final = "capture.override_denied"
"""Said of an event whose sender lets checks pass without the right: gone once somebody with the right does."""


def _error(refusal: Refusal, index: int, record: EventRecord, at: str) -> CaptureError:
    told = error_of(refusal.fault, index, record.event_id)
    return CaptureError(
        told.index, told.event_id, told.code, refusal.title_zh, refusal.title_en, refusal.remedy_zh,
        refusal.remedy_en, at, told.exception, refusal.check, refusal.node,
        "approve" if told.code == _DENIED else refusal.level,
    )  # fmt: skip
