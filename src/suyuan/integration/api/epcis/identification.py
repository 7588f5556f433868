"""The codes' side of mapping and querying: ``coding.api``, with identifiers of other people's making let through."""

from __future__ import annotations

from typing import Final

from suyuan.coding import api as coding
from suyuan.integration.domain.epcis.mapping import Identify
from suyuan.trace.contracts import ItemIdentity


class _Coded:
    def epc(self, uri: str) -> ItemIdentity:
        return coding.identify_epc(uri, allow_foreign=True)

    def epc_class(self, uri: str) -> ItemIdentity:
        return coding.identify_class(uri, allow_foreign=True)

    def place(self, uri: str) -> str:
        return coding.identify_place(uri)


coded: Final[Identify] = _Coded()
