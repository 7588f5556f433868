"""The door of ``coding``: decode any code, and tell which item a URI names.

All functions but :func:`look_up` and :func:`find_item` are pure and quick; results are frozen and cached. Every
refusal is a :class:`~suyuan.kernel.faults.Fault` of a ``coding.*`` kind.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache, partial

from suyuan.coding.contracts import (
    DEFAULT_GS_SUBSTITUTES,
    DIGITAL_LINK_BASE,
    CodeFormat,
    CodeForms,
    Decoded,
    DecodedCode,
    NamedPart,
    Suggestion,
)
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain import decoding, identifying
from suyuan.coding.domain.associations import check_associations
from suyuan.coding.domain.digital_links import KEYS
from suyuan.coding.domain.element_strings import format_bracketed, format_raw
from suyuan.coding.domain.elements import shown
from suyuan.coding.domain.epc_binary import write_binary
from suyuan.coding.domain.epc_formats import epc_urn
from suyuan.coding.domain.forms import forms_of
from suyuan.coding.domain.forms import picture as draw
from suyuan.coding.domain.identities import quoted
from suyuan.coding.domain.repairs import Repair, repairs
from suyuan.kernel.faults import Fault, Language
from suyuan.trace.contracts import ItemIdentity, ItemKind

__all__ = [
    "canonical",
    "decode",
    "digital_link_path",
    "find_item",
    "forms",
    "identify",
    "identify_class",
    "identify_epc",
    "identify_place",
    "look_up",
    "picture",
    "repairs_of",
    "suggestions",
    "to_element_string",
    "to_epc_binary",
    "to_epc_urn",
    "understand",
]

_BY_CHANCE = frozenset(
    {CodeFormat.GTIN, CodeFormat.UPC_E, CodeFormat.SSCC, CodeFormat.VIN, CodeFormat.EPC_BINARY, CodeFormat.USCC}
)
"""What a plant's own code may look like by chance."""
_CACHED_IDENTITIES = 16_384
_CACHED_CODES = 4_096
_MOST_SUGGESTIONS = 6

# A cache for each kind that foreign URIs are taken for: to hash a member of an enumeration costs more than to look up.
_ours = lru_cache(maxsize=_CACHED_IDENTITIES)(identifying.identify)
_unit = lru_cache(maxsize=_CACHED_IDENTITIES)(partial(identifying.identify, foreign=ItemKind.UNIT))
_lot = lru_cache(maxsize=_CACHED_IDENTITIES)(partial(identifying.identify, foreign=ItemKind.LOT))
_asset = lru_cache(maxsize=_CACHED_IDENTITIES)(partial(identifying.identify, foreign=ItemKind.ASSET))
_decode = lru_cache(maxsize=_CACHED_CODES)(decoding.decode)


def decode(
    raw: str, *, gs_substitutes: tuple[str, ...] = DEFAULT_GS_SUBSTITUTES, allow_foreign: bool = False
) -> Decoded:
    """Return what a scanned or typed code says.

    Understands GS1 element strings (bracketed or raw, with symbology identifier or not), Digital Links, EPC URNs,
    plain GTINs and SSCCs, and ``urn:suyuan`` codes; with ``allow_foreign`` any absolute URI, as a unit.

    :param gs_substitutes: texts that stand for GS (0x1D) in raw strings.
    :raises Fault: ``coding.*`` with ``at="char N"`` counted in ``raw``.
    """
    return _decode(raw, tuple(gs_substitutes), ItemKind.UNIT if allow_foreign else None, datetime.now(UTC).year)


def understand(
    code: str, *, gs_substitutes: tuple[str, ...] = DEFAULT_GS_SUBSTITUTES, allow_foreign: bool = False
) -> Decoded:
    """Return what a code says: by the standards, or by a published code rule of the open transaction's tenant.

    A code that a rule issued is that rule's, even where it looks like a number of some standard.

    :raises Fault: as :func:`decode`, where no rule knows the code either.
    """
    from suyuan.coding.api.recognising import by_rule  # here, so that decoding alone needs no database

    try:
        decoded = decode(code, gs_substitutes=gs_substitutes, allow_foreign=allow_foreign)
    except Fault:
        found = by_rule(code, only_issued=False)
        if found is None:
            raise
        return found
    if decoded.format in _BY_CHANCE:
        return by_rule(code, only_issued=True) or decoded
    return decoded


def look_up(
    code: str,
    language: Language,
    *,
    gs_substitutes: tuple[str, ...] = DEFAULT_GS_SUBSTITUTES,
    prefix_length: int | None = None,
    filter_value: int | None = None,
) -> DecodedCode:
    """Return what a code says, in ``language``, its other notations, and the number of its item in the tenant.

    Other people's URIs are taken, as EPCIS documents may name items by any URI.

    :param prefix_length: digits of the GS1 company prefix, for the EPC notations.
    :raises Fault: as :func:`decode` and :func:`forms`.
    """
    from suyuan.trace import api as trace  # here, so that decoding alone needs no database and no framework

    decoded = understand(code, gs_substitutes=gs_substitutes, allow_foreign=True)
    identity = decoded.identity
    parts = tuple(
        NamedPart(
            part.ai or "",
            part.label_zh,
            part.label_en,
            part.value,
            part.note.render(language) if part.note is not None else None,
        )
        for part in decoded.parts
    )
    return DecodedCode(
        identity.uri,
        identity.kind.value,
        identity.product,
        identity.lot,
        identity.serial,
        decoded.format.value,
        parts,
        dict(decoded.attributes),
        tuple(note.render(language) for note in decoded.notes),
        trace.find_item(identity.uri),
        decoded.symbology,
        forms_of(decoded, prefix_length, filter_value),
    )


def forms(
    code: str, *, prefix_length: int | None = None, filter_value: int | None = None, allow_foreign: bool = False
) -> CodeForms:
    """Return every notation of what ``code`` says; EPC notations need the length of the company prefix.

    :raises Fault: as :func:`decode`, ``coding.gcp_length``, ``coding.epc_prefix``, ``coding.epc_filter``.
    """
    return forms_of(decode(code, allow_foreign=allow_foreign), prefix_length, filter_value)


def picture(code: str, symbol: str) -> str:
    """Return an SVG of ``code`` as ``datamatrix``, ``qr``, ``code128`` or ``ean``: GS1 data where it is such.

    A QR code carries the Digital Link.

    :raises Fault: as :func:`decode`, or ``coding.picture``.
    """
    known = forms(code, allow_foreign=True)
    linked = known.digital_link if symbol == "qr" else known.element_string
    return draw(linked or known.element_string or code.strip(), symbol)


def suggestions(
    code: str, language: Language, *, gs_substitutes: tuple[str, ...] = DEFAULT_GS_SUBSTITUTES
) -> tuple[Suggestion, ...]:
    """Return what a refused code may have been meant to be, those on record first; empty for a code that decodes."""
    from suyuan.trace import api as trace  # here, so that decoding alone needs no database and no framework

    shown = [
        Suggestion(repair.code, repair.why.render(language), repair.uri, item)
        for repair in repairs_of(code, gs_substitutes=gs_substitutes)
        if (item := trace.find_item(repair.uri)) is not None or repair.likely
    ]
    return tuple(sorted(shown, key=lambda each: each.item_id is None)[:_MOST_SUGGESTIONS])


def repairs_of(code: str, *, gs_substitutes: tuple[str, ...] = DEFAULT_GS_SUBSTITUTES) -> tuple[Repair, ...]:
    """Return the small repairs after which a refused code decodes; empty for a code that decodes as it is."""
    year = datetime.now(UTC).year

    def read(text: str) -> Decoded:
        return decoding.decode(text, gs_substitutes, None, year)

    try:
        read(code)
    except Fault as fault:
        return repairs(code, fault, read)
    return ()


def find_item(code: str) -> tuple[int, str]:
    """Return number and canonical URI of the item that ``code`` means: any notation, or what is printed on its label.

    :raises Fault: why the code is not understood, or ``coding.not_on_record`` where no event ever named it.
    """
    from suyuan.trace import api as trace  # here, so that decoding alone needs no database and no framework

    text = code.strip()
    try:
        uri = understand(text, allow_foreign=True).identity.uri
    except Fault:
        item = trace.resolve_item(text)
        if item is None:
            raise
    else:
        item = trace.find_item(uri)
        if item is not None:
            return item, uri
        item = trace.resolve_item(text)
        if item is None:
            raise faults.NOT_ON_RECORD(code=text[:120])
    return item, trace.items_by_id([item])[0].uri


def identify(uri: str, *, allow_foreign: bool = False) -> ItemIdentity:
    """Return the item that a URI names, single thing or class."""
    return _unit(uri) if allow_foreign else _ours(uri)


def identify_epc(uri: str, *, allow_foreign: bool = False) -> ItemIdentity:
    """Return the single thing that an EPC URI names (``epcList``, ``parentID``, ``childEPCs``…).

    With ``allow_foreign`` any other absolute URI stands for itself, as a unit.

    :raises Fault: ``coding.class_not_instance`` for products and lots, and whatever is wrong with the URI.
    """
    identity = _unit(uri) if allow_foreign else _ours(uri)
    if identity.kind is ItemKind.LOT or identity.kind is ItemKind.PRODUCT:
        raise faults.CLASS_NOT_INSTANCE(at="char 1", given=shown(uri))
    return identity


def identify_class(uri: str, *, allow_foreign: bool = False) -> ItemIdentity:
    """Return the lot or product that a class URI names (``epcClass`` of a quantity element).

    With ``allow_foreign`` any other absolute URI stands for itself, as a lot: what is in doubt must stay traceable.

    :raises Fault: ``coding.instance_not_class`` for single things, and whatever is wrong with the URI.
    """
    identity = _lot(uri) if allow_foreign else _ours(uri)
    if identity.kind is not ItemKind.LOT and identity.kind is not ItemKind.PRODUCT:
        raise faults.INSTANCE_NOT_CLASS(at="char 1", given=shown(uri))
    return identity


def identify_place(uri: str) -> str:
    """Return the canonical URI of a place or party: GS1 keys as Digital Link, plant codes and other URIs as they are.

    :raises Fault: ``coding.not_a_uri``, or what is wrong with a GS1 key.
    """
    return _asset(uri).uri


def canonical(uri: str, *, allow_foreign: bool = False) -> str:
    """Return the canonical URI of the item that ``uri`` names."""
    return identify(uri, allow_foreign=allow_foreign).uri


def to_epc_urn(item: ItemIdentity | str, gcp_length: int) -> str | None:
    """Return the EPC URN of an item, None where there is none.

    :param gcp_length: digits of the GS1 company prefix, 6 to 12.
    :raises Fault: ``coding.gcp_length``, ``coding.epc_prefix``, or what is wrong with the URI.
    """
    uri = item.uri if isinstance(item, ItemIdentity) else canonical(item, allow_foreign=True)
    if not uri.startswith(DIGITAL_LINK_BASE):
        return uri if uri.startswith("urn:epc:") else None
    link = identifying.link_of(uri)
    return epc_urn(link, gcp_length) if link is not None else None


def to_epc_binary(item: ItemIdentity | str, gcp_length: int, filter_value: int = 0) -> tuple[str, str] | None:
    """Return scheme and hexadecimal digits to write to an RFID tag for an item, None where there are none.

    The shortest scheme that holds the serial number is taken: ``sgtin-96`` for ``6789``, ``sgtin-198`` for ``32a/b``.

    :param gcp_length: digits of the GS1 company prefix, 6 to 12.
    :param filter_value: 0 to 7, what kind of thing the tag is on (TDS, section 10).
    :raises Fault: as :func:`to_epc_urn`, or ``coding.epc_filter``.
    """
    urn = to_epc_urn(item, gcp_length)
    return write_binary(urn, filter_value) if urn is not None else None


def to_element_string(uri: str, *, bracketed: bool = True) -> str | None:
    """Return the element string of a GS1 URI with all its elements, None for other URIs.

    Without ``bracketed`` it is raw: GS (0x1D) after values of open length; the leading FNC1 is the printer's.
    """
    link = identifying.link_of(uri)
    if link is None:
        return None
    check_associations(link.elements)
    return format_bracketed(link.elements) if bracketed else format_raw(link.elements)


def digital_link_path(uri: str) -> str | None:
    """Return the path for a QR code, ``/01/{gtin}/10/{lot}/21/{serial}``: the key and qualifiers that ``uri`` gives.

    None for URIs without a GS1 key.
    """
    link = identifying.link_of(uri)
    if link is None:
        return None
    values = {element.ai: element.value for element in link.elements}
    order = max(KEYS[link.key], key=lambda sequence: sum(ai in values for ai in sequence))
    return "".join(f"/{ai}/{quoted(values[ai])}" for ai in (link.key, *order) if ai in values)
