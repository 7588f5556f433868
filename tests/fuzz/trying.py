"""Requests that schemathesis makes of the OpenAPI document, and its judgement of what is answered.

Judged is what the document promises: no 5xx, only described statuses and media types, bodies as the schemas say.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks as openapi_checks

from tests.support.web import InProcess

CHECKS = (
    not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
)
BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
STREAMS = "text/event-stream"
answered: Counter[int] = Counter()
"""How often each status was answered."""
_KEPT = frozenset({"authorization", "cookie", "x-csrftoken", "host", "content-length", "transfer-encoding"})
"""Headers that are the client's, not the case's."""


@schemathesis.serializer("application/zip", "application/octet-stream")
def _bytes(_: Any, value: Any) -> Any:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that the document does not promise."""

    operation: str
    asked: str
    why: str


def operations(described: dict[str, Any]) -> list[Any]:
    """Return every operation of the document but endless streams."""
    schema = schemathesis.openapi.from_dict(described)
    found = [each.ok() for each in schema.get_all_operations()]
    return [each for each in found if STREAMS not in json.dumps(described["paths"][each.path][each.method])]


def cases(operation: Any, count: int, number: int, mode: GenerationMode) -> Iterator[Any]:
    """Yield up to ``count`` cases, the same for the same ``number``."""
    made: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def gather(case: Any) -> None:
        made.append(case)

    gather()
    yield from made


def point_at_something(case: Any, known: Mapping[str, Sequence[str]], dice: random.Random) -> None:
    """Have a case ask for what is there, where its path names one of the things that are."""
    for name in case.path_parameters or {}:
        if known.get(name):
            case.path_parameters[name] = dice.choice(known[name])


def attempt(client: InProcess, case: Any) -> Trouble | None:
    """Send a case; tell what of the answer the document does not promise."""
    given_ = case.as_transport_kwargs(base_url="http://testserver")
    headers = {name: value for name, value in (given_.get("headers") or {}).items() if name.lower() not in _KEPT}
    body = {name: given_[name] for name in ("json", "files") if given_.get(name) is not None}
    if given_.get("data") is not None:
        data = given_["data"]
        body["data" if isinstance(data, dict) else "content"] = data
    asked = f"{given_['url']} {given_.get('params')} {str(body)[:300]}"
    answer = client.request(case.method, given_["url"], params=given_.get("params"), headers=headers, **body)
    answered[answer.status_code] += 1
    try:
        case.validate_response(answer, checks=list(CHECKS), additional_checks=[])
    except (Failure, FailureGroup) as found:
        kinds = found.exceptions if isinstance(found, FailureGroup) else [found]
        why = "; ".join(f"{type(each).__name__} {str(each)[:400]}" for each in kinds)
        return Trouble(case.operation.label, asked, f"{answer.status_code} {why} {answer.text[:200]}")
    return None
