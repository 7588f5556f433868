"""Query parameters: what is understood, what is refused, and tokens that nobody can break the page with."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.integration.domain.epcis.querying import PARAMETERS, parse_query, read_token, write_token
from suyuan.integration.tests.epcis.support import IDENTIFY, PRODUCT
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import Action, EventQuery, EventType, ItemMatch, PagePosition, Role


def query(text: str) -> EventQuery:
    return parse_query(parse_qsl(text, keep_blank_values=True), IDENTIFY)


def test_everything_at_once() -> None:
    asked = query(
        "eventType=ObjectEvent%7CAggregationEvent&GE_eventTime=2026-11-01T08:00:00%2B08:00&LT_eventTime=2026-11-02T00:00:00Z"
        "&EQ_action=ADD|OBSERVE&EQ_bizStep=packing|urn:epcglobal:cbv:bizstep:shipping|https://x.example/step"
        "&EQ_disposition=https://ref.gs1.org/cbv/Disp-active&EQ_readPoint=urn:a|urn:b&EQ_eventID=urn:e:1"
        f"&MATCH_anyEPC={PRODUCT}/21/A&MATCH_epcClass={PRODUCT}/10/L&orderBy=eventTime&orderDirection=ASC"
        "&eventCountLimit=5&perPage=2&EXISTS_errorDeclaration=true"
    )
    assert asked == EventQuery(
        types=(EventType.OBJECT, EventType.AGGREGATION),
        time_from=datetime(2026, 11, 1, tzinfo=UTC),
        time_until=datetime(2026, 11, 2, tzinfo=UTC),
        actions=(Action.ADD, Action.OBSERVE),
        biz_steps=("packing", "shipping", "https://x.example/step"),
        dispositions=("active",),
        read_points=("urn:a", "urn:b"),
        event_ids=("urn:e:1",),
        items=(
            ItemMatch(frozenset(Role), (f"{PRODUCT}/21/A",), (), False),
            ItemMatch(frozenset({Role.SUBJECT, Role.CHILD}), (f"{PRODUCT}/10/L",), (), True),
        ),
        declares_error=True,
        order_by="eventTime",
        event_count_limit=5,
        per_page=2,
    )


def test_defaults_of_order() -> None:
    assert not query("").descending
    assert query("orderBy=eventTime").descending
    assert not query("orderDirection=DESC").descending


def test_a_plus_that_became_a_space_is_forgiven() -> None:
    assert query("GE_eventTime=2026-11-01T08:00:00+08:00").time_from == datetime(2026, 11, 1, tzinfo=UTC)


WRONG = [
    ("colour=red", "query_parameter_unknown", "colour"),
    ("eq_action=ADD", "query_parameter_unknown", "eq_action"),
    ("EQ_action=ADD&EQ_action=OBSERVE", "query_parameter_twice", "EQ_action"),
    ("EQ_action=add", "query_value_wrong", "EQ_action"),
    ("EQ_action=", "query_value_wrong", "EQ_action"),
    ("eventType=Event", "query_value_wrong", "eventType"),
    ("GE_eventTime=2026-11-01", "query_value_wrong", "GE_eventTime"),
    ("LT_recordTime=2026-11-01T08:00:00", "query_value_wrong", "LT_recordTime"),
    ("GE_recordTime=2026-13-01T08:00:00Z", "query_value_wrong", "GE_recordTime"),
    ("EQ_bizStep=comissioning", "query_value_wrong", "EQ_bizStep"),
    ("EQ_readPoint=dock", "query_value_wrong", "EQ_readPoint"),
    ("MATCH_epc=123", "query_value_wrong", "MATCH_epc"),
    ("MATCH_epc=urn:x:bad", "query_value_wrong", "MATCH_epc"),
    ("MATCH_epc=" + "|".join(f"urn:x:{n}" for n in range(501)), "query_value_wrong", "MATCH_epc"),
    ("orderBy=bizStep", "query_value_wrong", "orderBy"),
    ("orderBy=eventTime&orderDirection=down", "query_value_wrong", "orderDirection"),
    ("perPage=0", "query_value_wrong", "perPage"),
    ("perPage=100000", "query_value_wrong", "perPage"),
    ("perPage=²", "query_value_wrong", "perPage"),
    ("maxEventCount=-1", "query_value_wrong", "maxEventCount"),
    ("nextPageToken=abc", "query_value_wrong", "nextPageToken"),
    ("eventCountLimit=1", "query_parameter_needs", "eventCountLimit"),
    ("eventCountLimit=1&maxEventCount=1&orderBy=eventTime", "query_parameters_exclusive", "maxEventCount"),
]


@pytest.mark.parametrize(("text", "code", "at"), WRONG, ids=lambda value: str(value)[:40])
def test_wrong_parameters_are_query_parameter_exceptions(text: str, code: str, at: str) -> None:
    with pytest.raises(Fault) as caught:
        query(text)
    fault = caught.value
    assert (fault.kind.code, fault.at) == (f"integration.{code}", at)
    assert (fault.kind.exception, fault.kind.status) == ("epcisException:QueryParameterException", 400)


def test_tokens_return() -> None:
    position = PagePosition(datetime(2026, 11, 1, 8, 0, 0, 123_456, UTC), 77, 5)
    assert read_token(write_token(position)) == position
    assert read_token(write_token(PagePosition(position.time, 0))).remaining is None


@given(st.text(max_size=40), st.sampled_from(PARAMETERS))
def test_no_value_crashes(value: str, name: str) -> None:
    with suppress(Fault):
        parse_query([(name, value)], IDENTIFY)
