"""Which lot to take first, against the plain rule over every pair."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.production.domain.fetching import AtHand, to_take_first

DATES = st.sampled_from([None, "2026-05-01", "2026-06-01", "2026-07-01"])
CAME = datetime(2026, 3, 1, tzinfo=UTC)


@settings(deadline=None)
@given(lots=st.lists(st.tuples(DATES, st.integers(0, 5)), min_size=1, max_size=7), place=st.integers(0, 6))
def test_a_lot_is_advised_exactly_where_one_comes_before(lots, place) -> None:
    known = [AtHand(f"l{n}", f"l{n}", date, CAME + timedelta(days=day), None) for n, (date, day) in enumerate(lots)]
    used = known[place % len(known)]
    before = [
        lot
        for lot in known
        if (used.expiry is None) == (lot.expiry is None)
        and ((lot.expiry or "") < used.expiry if used.expiry else lot.came < used.came)
    ]
    told = to_take_first(used.uri, used.expiry, known)
    assert (told in before) if before else told is None
    assert told is None or to_take_first(told.uri, told.expiry, known) is None
