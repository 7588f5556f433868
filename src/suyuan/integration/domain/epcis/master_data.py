"""Master data in a document's header: names and attributes of places, products, people and machines."""

from __future__ import annotations

from typing import Final

from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import CBV_MASTER_DATA, SUYUAN, Namespaces
from suyuan.trace.contracts import MasterDatum

_GS1: Final = "https://gs1.org/voc/"
_ZH: Final = frozenset({f"{SUYUAN}nameZh"})
_EN: Final = frozenset({f"{SUYUAN}nameEn"})
_NAMES: Final = frozenset(
    {f"{CBV_MASTER_DATA}name", f"{CBV_MASTER_DATA}descriptionShort", f"{SUYUAN}name"}
    | {f"{_GS1}{term}" for term in ("name", "productName", "locationName", "organizationName", "physicalLocationName")}
)


def _has_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in text)


def _texts(value: Json) -> list[tuple[str | None, str]]:
    """Return (language or None, text) pairs of an attribute that may be a text or a JSON-LD language value."""
    if isinstance(value, str):
        return [(None, value)]
    if isinstance(value, dict) and isinstance(value.get("@value"), str):
        language = value.get("@language")
        return [(language if isinstance(language, str) else None, value["@value"])]
    return []


def _datum(kind: str, element: dict[str, Json], names: Namespaces) -> MasterDatum:
    attributes: dict[str, Json] = {}
    zh: str | None = None
    en: str | None = None
    for attribute in element.get("attributes", ()):
        name, value = names.expand(attribute["id"]), attribute.get("attribute")
        attributes[name] = value
        for language, text in _texts(value) if name in _ZH | _EN | _NAMES else ():
            if name in _ZH or (name in _NAMES and ((language or "").startswith("zh") or _has_chinese(text))):
                zh = text if name in _ZH or zh is None else zh
            else:
                en = text if name in _EN or en is None else en
    if element.get("children"):
        attributes["children"] = element["children"]
    return MasterDatum(kind, element["id"], zh or en, en or zh, attributes)


def read_master_data(vocabularies: list[Json], names: Namespaces) -> list[MasterDatum]:
    """Return the elements of a checked ``vocabularyList``.

    A name in one language only serves for both; ``suyuan:nameZh`` and ``suyuan:nameEn`` win over the standard's names.
    """
    return [
        _datum(vocabulary["type"], element, names)
        for vocabulary in vocabularies
        for element in vocabulary.get("vocabularyElementList", ())
    ]
