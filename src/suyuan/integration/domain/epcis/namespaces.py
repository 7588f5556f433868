"""Namespaces: which prefixes a JSON-LD ``@context`` declares.

Nothing is fetched: a context named by an address other than GS1's own is taken at its word, so any prefix may be its.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from suyuan.integration.domain.epcis.json_values import Json

EPCIS_CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
SUYUAN: Final = "urn:suyuan:vocab:"
CBV_MASTER_DATA: Final = "urn:epcglobal:cbv:mda:"
STANDARD: Final[dict[str, str]] = {
    "epcis": "https://ref.gs1.org/epcis/",
    "cbv": "https://ref.gs1.org/cbv/",
    "cbvmda": CBV_MASTER_DATA,
    "gs1": "https://gs1.org/voc/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
}
"""Prefixes that GS1's EPCIS context declares, protected: a document cannot give them another meaning."""
_ABSOLUTE: Final = frozenset({"http", "https", "urn", "ni", "tag", "did", "info"})
_IS_GS1_CONTEXT = re.compile(r"https?://(?:ref\.gs1\.org/standards/epcis/|gs1\.github\.io/EPCIS/|id\.gs1\.org/epcis)")


def context_entries(context: Json) -> list[Json]:
    """Return a context as a list of its entries, whatever form it came in."""
    if context is None:
        return []
    return list(context) if isinstance(context, list) else [context]


def is_gs1_context(entry: object) -> bool:
    """Tell whether ``entry`` names GS1's own EPCIS context, in any of its published places."""
    return isinstance(entry, str) and _IS_GS1_CONTEXT.match(entry) is not None


@dataclass(frozen=True, slots=True)
class Namespaces:
    """``prefixes`` to their namespaces; ``open`` where a foreign context may declare more."""

    prefixes: dict[str, str] = field(default_factory=lambda: dict(STANDARD))
    open: bool = False

    @classmethod
    def of(cls, contexts: Iterable[Json]) -> Namespaces:
        """Return what the context entries declare together; later entries win, except over GS1's own."""
        prefixes: dict[str, str] = {}
        is_open = False
        for entry in contexts:
            if isinstance(entry, str):
                is_open = is_open or not is_gs1_context(entry)
            elif isinstance(entry, dict):
                for name, meaning in entry.items():
                    target = meaning.get("@id") if isinstance(meaning, dict) else meaning
                    if isinstance(target, str) and not name.startswith("@") and ":" not in name:
                        prefixes[name] = target
        return cls(prefixes | STANDARD, is_open)

    def declares(self, name: str) -> bool:
        """Tell whether a field called ``name`` (with a colon) has a namespace, or is itself a full URI."""
        prefix = name.partition(":")[0]
        return prefix in self.prefixes or self.open or prefix in _ABSOLUTE

    def expand(self, name: str) -> str:
        """Return the full name: ``cbvmda:lotNumber`` is ``urn:epcglobal:cbv:mda:lotNumber``."""
        prefix, colon, rest = name.partition(":")
        namespace = self.prefixes.get(prefix) if colon else None
        return name if namespace is None else namespace + rest
