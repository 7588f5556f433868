"""A bounded list of findings: many faults of one document, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from suyuan.integration.domain.epcis.namespaces import Namespaces
from suyuan.kernel.faults import Fault, FaultKind

_SHOWN = 120


def clip(value: object) -> str:
    """Return ``value`` as text, short enough to show."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def pointer(at: str, name: object) -> str:
    """Return the JSON pointer (RFC 6901) of the member ``name`` of what lies at ``at``."""
    return f"{at}/{clip(name).replace('~', '~0').replace('/', '~1')}"


@dataclass(slots=True)
class Report:
    """Findings of one event or document, at most ``limit``; ``dropped`` counts those beyond.

    ``names`` are the namespaces in force where the check stands.
    """

    limit: int = 20
    names: Namespaces = field(default_factory=Namespaces)
    findings: list[Fault] = field(default_factory=list)
    dropped: int = 0

    def add(self, kind: FaultKind, at: str, **params: object) -> None:
        """Note a finding of ``kind`` at the JSON pointer ``at``; long values are shortened."""
        if len(self.findings) >= self.limit:
            self.dropped += 1
            return
        self.findings.append(kind(at=at or "/", **{name: clip(value) for name, value in params.items()}))

    def take(self, fault: Fault, at: str) -> None:
        """Note a fault that a parser raised about the text at ``at``; its own position is kept as a parameter."""
        if len(self.findings) >= self.limit:
            self.dropped += 1
            return
        params = {name: clip(value) for name, value in fault.params.items()}
        if fault.at and fault.at != at:
            params["position"] = clip(fault.at)
        self.findings.append(Fault(fault.kind, at, params))

    @property
    def full(self) -> bool:
        """Tell whether further findings would be dropped."""
        return len(self.findings) >= self.limit
