"""Capture a folder of EPCIS 2.0 documents, query them back, trace what they name:  make epcis-examples FOLDER=…

Every ``*.json`` and ``*.jsonld`` file that is an EPCIS document goes into a company of its own, in a database made for
this run. What a query returns must mean what was captured: the same fields with the same values, however CBV names,
numbers and instants are spelt. Then every identifier in it is traced back and forward. GS1's examples are GS1's, and
no part of this project: give the folder's path.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant
from suyuan.kernel.principals import Principal

CBV = re.compile(
    r"(?:urn:epcglobal:cbv:[a-z]+:|https?://(?:ref\.|ns\.)?gs1\.org/(?:cbv|voc)/(?:[A-Za-z]+-)?|cbv:[A-Za-z]+-)"
)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
DOCUMENTS = {"EPCISDocument", "EPCISQueryDocument"}
ADDED = ("recordTime", "@context")
"""What a repository may add to an event."""
ITEMS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
CLASSES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")


def meaning(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a JSON value with one spelling for CBV names, numbers and instants."""
    if isinstance(value, dict):
        return {name: meaning(each) for name, each in value.items()}
    if isinstance(value, list):
        return [meaning(each) for each in value]
    if isinstance(value, str):
        if INSTANT.fullmatch(value):
            return Instant.parse(value).utc.isoformat()
        return CBV.sub("", value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value).normalize()
    return value


def events_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the events of a document of either kind."""
    body = document.get("epcisBody", {})
    listed = body.get("eventList")
    if listed is None:
        listed = body.get("queryResults", {}).get("resultsBody", {}).get("eventList", [])
    return [event for event in listed if isinstance(event, dict)]


def differences(sent: Any, returned: Any, at: str = "") -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """Yield where two values differ in meaning; what a repository adds to an event is not compared."""
    if isinstance(sent, dict) and isinstance(returned, dict):
        added = set(ADDED) | ({"eventID"} if "eventID" not in sent else set())
        for name in sorted((sent.keys() | returned.keys()) - (added if not at else set())):
            if name not in returned:
                yield f"{at}/{name} is missing"
            elif name not in sent:
                yield f"{at}/{name} was added"
            else:
                yield from differences(sent[name], returned[name], f"{at}/{name}")
    elif meaning(sent) != meaning(returned):
        yield f"{at}: {json.dumps(sent, default=str)[:80]} became {json.dumps(returned, default=str)[:80]}"


def identifiers(event: dict[str, Any]) -> Iterator[str]:
    """Yield every item an event names."""
    if isinstance(event.get("parentID"), str):
        yield event["parentID"]
    for name in ITEMS:
        yield from event.get(name, ())
    for name in CLASSES:
        yield from (row["epcClass"] for row in event.get(name, ()))


def read(path: Path) -> dict[str, Any] | None:
    """Return the file's document, or None where it is not one."""
    try:
        document = json.loads(path.read_bytes(), parse_float=Decimal)
    except ValueError:
        return None
    return document if isinstance(document, dict) and document.get("type") in DOCUMENTS else None


def round_trip(path: Path, document: dict[str, Any], number: int) -> list[str]:
    """Capture, query back, trace; return what went wrong, and nothing where all is well."""
    from suyuan.chassis.database import transaction
    from suyuan.integration import api as integration
    from suyuan.tenancy import api as tenancy

    sent = events_of(document)
    tenant_id = tenancy.ensure_tenant(f"e{number}", path.name[:60])
    who = Principal(tenant_id, None, "epcis examples", via="system")
    with transaction(who):
        job = integration.capture(path.read_bytes(), name=path.name)
    if not job.success:
        return [f"{each.at}: {each.title_en}" for each in job.errors] or ["the capture did not succeed"]
    with transaction(who):
        body, _ = integration.query_events([("perPage", "1000"), ("orderBy", "recordTime"), ("orderDirection", "ASC")])
    returned = events_of(json.loads(body, parse_float=Decimal))
    if len(returned) != len(sent):
        return [f"{len(sent)} events were captured and {len(returned)} came back"]
    found = [
        f"event {n}{each}" for n, pair in enumerate(zip(sent, returned, strict=True)) for each in differences(*pair)
    ]
    for code in sorted({code for event in sent for code in identifiers(event)}):
        with transaction(who):
            found += traced(code)
    return found


def traced(code: str) -> list[str]:
    """Trace a code both ways in the open transaction; return the refusals."""
    from suyuan.portal import api as portal
    from suyuan.trace.contracts import Direction

    refused = []
    for direction in Direction:
        try:
            portal.ask(portal.question(direction, code))
        except Fault as fault:
            refused.append(f"trace {direction} {code}: {fault}")
    return refused


def main() -> int:
    """Run over the folder; 0 only if every document came back unchanged in meaning."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    if folder is None or not folder.is_dir():
        print("make epcis-examples FOLDER=/path/to/a/folder/of/EPCIS/2.0/JSON", file=sys.stderr)
        return 2
    from suyuan.entry.ready import ready

    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".json", ".jsonld"})
    good = bad = 0
    with tempfile.TemporaryDirectory(prefix="suyuan-examples-") as data:
        Path(data).chmod(0o755)
        with ready(Path(data)):
            for number, path in enumerate(paths):
                document = read(path)
                if document is None:
                    print(f"—      {path.relative_to(folder)} is no EPCIS document")
                    continue
                try:
                    found = round_trip(path, document, number)
                except Fault as fault:
                    found = [f"refused: {fault}"]
                good, bad = good + (not found), bad + bool(found)
                print(f"{'FAILED' if found else 'ok    '} {path.relative_to(folder)}")
                for each in found[:8]:
                    print(f"         {each}")
    print(f"{good} passed, {bad} failed")
    return 1 if bad or not good else 0


if __name__ == "__main__":
    sys.exit(main())
