"""What the server answers is what its OpenAPI document promises, as an independent tool judges: a slice of fuzz-api."""

from __future__ import annotations

import json

SLICE = 20
"""Every so many of the operations; `make fuzz-api` tries them all, at length."""


def test_a_slice_of_the_operations_answers_as_described(tenant) -> None:
    from suyuan.entry.web.description import document
    from tests.fuzz.trying import BOTH, attempt, cases, operations
    from tests.support.web import InProcess

    client, stranger = InProcess(tenant.token()), InProcess()
    chosen = operations(json.loads(json.dumps(document())))[::SLICE]
    tried, troubles = 0, []
    for operation in chosen:
        for mode in BOTH:
            for case in cases(operation, 1, 7, mode):
                tried += 2
                troubles += [found for who in (client, stranger) if (found := attempt(who, case))]
    assert troubles == []
    assert tried > 30
