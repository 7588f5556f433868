"""Compare our EPCIS validator with a JSON schema, over a folder of documents and mutations of them.

    python -m tools.check_epcis_examples FOLDER SCHEMA.json [--mutations 40]

Every ``*.json`` and ``*.jsonld`` file below FOLDER is judged by both; then each is mutated (keys dropped, types
changed, texts spoiled) and judged again. A disagreement is a document that one accepts and the other refuses. Our rules
beyond the schema (``faults.BEYOND_SCHEMA``) are counted apart. Needs ``jsonschema`` (a development dependency).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema

from suyuan.integration.domain.epcis import faults
from suyuan.integration.domain.epcis.documents import check_document, take_apart
from suyuan.integration.domain.epcis.reading import read_json
from suyuan.kernel.faults import Fault

_PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?://[^/?#\s\[\]\"<>^`{{|}}\\]*(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
)
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)")
_SPOILED = [
    None,
    5,
    -1,
    0.5,
    True,
    "",
    "nonsense",
    "no spaces:a b",
    "urn:x:y",
    "2020-02-30T00:00:00Z",
    [],
    {},
    [1],
    {"a": 1},
]
_LOOSE = re.compile(r"(.*)/persistentDisposition(?:/.*)?")
_LOOSE_TYPES = ("AggregationEvent", "AssociationEvent", "TransactionEvent")
"""For these event types the schema names persistentDisposition without defining its shape; we always check it."""


def _format_checker() -> jsonschema.FormatChecker:
    checker = jsonschema.FormatChecker(formats=())

    def is_uri(value: object) -> bool:
        return not isinstance(value, str) or _URI.fullmatch(value) is not None

    def is_time(value: object) -> bool:
        if not isinstance(value, str):
            return True
        match = _DATE_TIME.fullmatch(value)
        try:
            return match is not None and bool(datetime.fromisoformat(f"{match[1]}T{match[2]}"))
        except ValueError:
            return False

    checker.checks("uri")(is_uri)
    checker.checks("date-time")(is_time)
    return checker


def our_findings(data: bytes) -> list[Fault]:
    """Return every finding of our validator."""
    try:
        document = take_apart(read_json(data))
        found = check_document(document)
    except Fault as fault:
        return [fault]
    return [*document.findings, *(fault for event in found for fault in event)]


def _by_schema(finding: Fault, document: Any) -> bool:  # noqa: ANN401 (any JSON)
    if finding.kind.code in faults.BEYOND_SCHEMA:
        return False
    loose = _LOOSE.fullmatch(finding.at or "")
    if loose is None:
        return True
    event = document
    for name in loose[1].split("/")[1:]:
        event = event[int(name)] if isinstance(event, list) else event[name]
    return event.get("type") not in _LOOSE_TYPES


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 (any JSON)
    if path:
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from _paths(member, (*path, name))


def mutate(document: Any, chance: random.Random) -> Any:  # noqa: ANN401 (any JSON)
    """Return a copy with one place dropped, replaced, renamed, doubled or given a stranger."""
    copied = copy.deepcopy(document)
    path = chance.choice(list(_paths(copied)))
    holder = copied
    for name in path[:-1]:
        holder = holder[name]
    last = path[-1]
    match chance.randrange(5):
        case 0:
            del holder[last]
        case 1 | 2:
            holder[last] = copy.deepcopy(chance.choice(_SPOILED))
        case 3 if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        case 3:
            holder[f"{last}x"] = holder.pop(last)
        case _ if isinstance(holder, dict):
            holder[chance.choice(["stranger", "example:stranger", "ilmd", "action", "parentID"])] = "ADD"
        case _:
            holder[last] = chance.choice(_SPOILED)
    return copied


def main() -> int:
    """Compare and report; exit status 1 on any disagreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("schema", type=Path)
    parser.add_argument("--mutations", type=int, default=40, help="per file")
    arguments = parser.parse_args()
    schema = json.loads(arguments.schema.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=_format_checker())
    chance = random.Random(2)  # noqa: S311 (repeatable, not secret)
    counts: Counter[str] = Counter()
    for path in sorted(arguments.folder.rglob("*.json*")):
        original = json.loads(path.read_text(encoding="utf-8"))
        for turn in range(arguments.mutations + 1):
            document = mutate(original, chance) if turn else original
            theirs = validator.is_valid(document)
            findings = our_findings(json.dumps(document).encode())
            ours = not any(_by_schema(finding, document) for finding in findings)
            group = "mutated" if turn else "original"
            counts[f"{group} valid" if theirs else f"{group} invalid"] += 1
            if ours and findings:
                counts[f"{group} refused beyond the schema"] += 1
                if not turn:
                    print(f"BEYOND {path.name}: {findings[0]}")
            if theirs != ours:
                counts[f"{group} DISAGREED"] += 1
                reason = next(iter(validator.iter_errors(document)), None)
                print(f"DISAGREE {path.name} turn {turn}: schema {theirs}, ours {ours}")
                print("   ours:", "; ".join(map(str, findings[:2])) or "accepted")
                print("   schema:", f"{reason.json_path}: {reason.message[:200]}" if reason else "accepted")
    for name, count in sorted(counts.items()):
        print(f"{count:7} {name}")
    return 1 if any("DISAGREED" in name for name in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
