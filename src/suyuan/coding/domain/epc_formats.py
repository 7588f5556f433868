"""From GS1 keys back to EPC URNs, for partners that speak them (TDS, section 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.digital_links import DigitalLink
from suyuan.coding.domain.elements import shown

Values = Mapping[str, str]
_PREFIX_LENGTHS: Final = range(6, 13)


def epc_urn(link: DigitalLink, gcp_length: int) -> str | None:
    """Return the EPC URN of a link's item, None where GS1 defines none (models, lots of pieces, slips).

    :param gcp_length: digits of the GS1 company prefix, 6 to 12; the key itself does not tell.
    :raises Fault: ``coding.gcp_length``; ``coding.epc_prefix`` where the key does not begin with so many digits.
    """
    if gcp_length not in _PREFIX_LENGTHS:
        raise faults.GCP_LENGTH(given=gcp_length)
    write = _WRITERS.get(link.key)
    return write({element.ai: element.value for element in link.elements}, gcp_length) if write else None


def _escaped(value: str) -> str:
    return quote(value, safe="!'()*+,-.:;=_")


def _plain(key: str, total: int, length: int) -> str:
    return f"{key[:length]}.{key[length:total]}"


def _indicated(key: str, total: int, length: int) -> str:
    return f"{key[1 : 1 + length]}.{key[0]}{key[1 + length : total]}"


def _open(key: str, length: int) -> str:
    """Split a key without fixed length: company prefix and the rest."""
    prefix, rest = key[:length], key[length:]
    if not prefix.isdigit() or not rest:
        raise faults.EPC_PREFIX(given=shown(key))
    return f"{prefix}.{_escaped(rest)}"


def _trade_item(values: Values, length: int) -> str | None:
    base = _indicated(values["01"], 13, length)
    if "21" in values:
        return f"urn:epc:id:sgtin:{base}.{_escaped(values['21'])}"
    if "235" in values:
        return f"urn:epc:id:upui:{base}.{_escaped(values['235'])}"
    if "10" in values:
        return f"urn:epc:class:lgtin:{base}.{_escaped(values['10'])}"
    return None if "22" in values else f"urn:epc:idpat:sgtin:{base}.*"


def _piece(values: Values, length: int) -> str | None:
    itip = values["8006"]
    base = f"{_indicated(itip, 13, length)}.{itip[14:16]}.{itip[16:]}"
    if "21" in values:
        return f"urn:epc:id:itip:{base}.{_escaped(values['21'])}"
    return None if "10" in values or "22" in values else f"urn:epc:idpat:itip:{base}.*"


def _component(values: Values, length: int) -> str:
    base = _open(values["8010"], length)
    return f"urn:epc:id:cpi:{base}.{values['8011']}" if "8011" in values else f"urn:epc:idpat:cpi:{base}.*"


def _place(values: Values, length: int) -> str:
    return f"urn:epc:id:sgln:{_plain(values['414'], 12, length)}.{_escaped(values.get('254', '0'))}"


def _serialised(ai: str, scheme: str, skip: int) -> Callable[[Values, int], str]:
    """Write keys with the serial number behind the check digit; ``skip`` leading digits belong to the AI."""

    def write(values: Values, length: int) -> str:
        key = values[ai][skip:]
        base = f"{scheme}:{_plain(key, 12, length)}"
        return f"urn:epc:id:{base}.{_escaped(key[13:])}" if len(key) > 13 else f"urn:epc:idpat:{base}.*"

    return write


def _service(ai: str, scheme: str) -> Callable[[Values, int], str | None]:
    return lambda values, length: (
        None if "8019" in values else f"urn:epc:id:{scheme}:{_plain(values[ai], 17, length)}"
    )


_WRITERS: Final[dict[str, Callable[[Values, int], str | None]]] = {
    "00": lambda values, length: f"urn:epc:id:sscc:{_indicated(values['00'], 17, length)}",
    "01": _trade_item,
    "253": _serialised("253", "gdti", 0),
    "255": _serialised("255", "sgcn", 0),
    "401": lambda values, length: f"urn:epc:id:ginc:{_open(values['401'], length)}",
    "402": lambda values, length: f"urn:epc:id:gsin:{_plain(values['402'], 16, length)}",
    "414": _place,
    "417": lambda values, length: f"urn:epc:id:pgln:{_plain(values['417'], 12, length)}",
    "8003": _serialised("8003", "grai", 1),
    "8004": lambda values, length: f"urn:epc:id:giai:{_open(values['8004'], length)}",
    "8006": _piece,
    "8010": _component,
    "8017": _service("8017", "gsrnp"),
    "8018": _service("8018", "gsrn"),
}
