"""How many typical EPCIS events one core reads, checks and maps in a second (no database).

python -m tests.benchmarks.epcis_validate [EVENTS]
"""

from __future__ import annotations

import json
import sys
import time

from suyuan.coding import api as coding
from suyuan.integration.domain.epcis.documents import check_document, take_apart
from suyuan.integration.domain.epcis.mapping import Setting, map_event
from suyuan.integration.domain.epcis.reading import read_json
from suyuan.integration.domain.epcis.report import Report
from suyuan.integration.tests.epcis.support import document_of, object_event
from suyuan.trace.contracts import ItemIdentity


class Coded:
    """Identifies with the real decoder of codes, as capture does."""

    def epc(self, uri: str) -> ItemIdentity:
        return coding.identify_epc(uri, allow_foreign=True)

    def epc_class(self, uri: str) -> ItemIdentity:
        return coding.identify_class(uri, allow_foreign=True)

    def place(self, uri: str) -> str:
        return coding.identify_place(uri)


def typical(number: int) -> dict[str, object]:
    """Return an event as a station sends it: two units, where, who, with what, one measured value."""
    return object_event(
        eventID=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        epcList=[f"https://id.gs1.org/01/09521234543213/21/S{number}-{unit}" for unit in range(2)],
        bizLocation={"id": "https://id.gs1.org/414/9521234000013"},
        bizTransactionList=[{"type": "prodorder", "bizTransaction": "urn:suyuan:demo:order:WO-1"}],
        ilmd={"cbvmda:lotNumber": "L1"},
        sensorElementList=[
            {
                "sensorMetadata": {"deviceID": "urn:suyuan:demo:equipment:PRESS-3"},
                "sensorReport": [{"type": "Temperature", "value": 71.25, "uom": "CEL"}],
            }
        ],
        **{"suyuan:person": "urn:suyuan:demo:person:P012", "suyuan:captureMethod": "scan"},
    )


def main() -> None:
    """Print the rates of reading, checking and mapping, and of all three."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    data = json.dumps(document_of(*(typical(number) for number in range(count)))).encode()
    started = time.perf_counter()
    document = take_apart(read_json(data))
    read = time.perf_counter()
    assert not any(check_document(document))
    checked = time.perf_counter()
    report = Report()
    setting = Setting(document.context, document.names, Coded())
    mapped = [map_event(event, document.event_at(n), setting, report) for n, event in enumerate(document.events)]
    done = time.perf_counter()
    assert all(mapped)
    for what, seconds in (("read", read - started), ("check", checked - read), ("map", done - checked)):
        print(f"{what:6} {count / seconds:12,.0f} events/s")
    print(f"{'all':6} {count / (done - started):12,.0f} events/s   ({len(data) / count:.0f} bytes an event)")


if __name__ == "__main__":
    main()
