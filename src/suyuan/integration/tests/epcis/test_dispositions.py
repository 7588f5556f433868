"""The dispositions that a designer offers: all of CBV 2.0, and one of ours that documents write as a URI."""

from __future__ import annotations

import json
from typing import Any

from suyuan.integration.domain.epcis import vocabulary
from suyuan.integration.tests.epcis.support import document_of, object_event, raw
from suyuan.trace.contracts.cbv_names import DISPOSITIONS, OWN_DISPOSITION, OWN_DISPOSITIONS, STEPS


def test_every_word_of_the_standard_has_a_name_in_both_languages() -> None:
    assert set(DISPOSITIONS) == vocabulary.DISPOSITIONS | OWN_DISPOSITIONS
    assert not vocabulary.DISPOSITIONS & OWN_DISPOSITIONS
    assert set(STEPS) == vocabulary.BIZ_STEPS
    assert all(zh and en for zh, en in (*DISPOSITIONS.values(), *STEPS.values()))


def test_what_is_ours_comes_in_and_goes_out_as_the_standard_allows(tenant: Any) -> None:
    from suyuan.integration import api

    uri = f"{OWN_DISPOSITION}quarantined"
    with tenant.open():
        bare = api.capture(raw(document_of(object_event(eventID="urn:e:bare", disposition="quarantined"))))
        job = api.capture(raw(document_of(object_event(eventID="urn:e:own", disposition=uri))))
    assert (bare.success, job.success) == (False, True), job.errors
    with tenant.open() as tx:
        assert tx.value("SELECT disposition FROM trace_event WHERE event_id = 'urn:e:own'") == "quarantined"
        for asked in (uri, "quarantined"):
            answer = json.loads(api.query_events([("EQ_disposition", asked)])[0])
            (event,) = answer["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
            assert event["disposition"] == uri
