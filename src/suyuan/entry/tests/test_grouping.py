"""Requests that are let in at a pace while others are at work."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from suyuan.chassis.http import HotResponse
from suyuan.kernel.principals import Principal


@pytest.mark.parametrize(("crowded", "groups"), [(True, [1, 3]), (False, [1, 1, 1, 1])])
def test_only_where_others_are_at_work_does_a_request_wait_for_company(
    application, monkeypatch, crowded, groups
) -> None:
    from suyuan.entry import grouping

    monkeypatch.setattr(grouping, "PACE", 600.0)
    monkeypatch.setattr(grouping, "ENOUGH", 3)
    seen: list[int] = []

    def work(group: Sequence[Any]) -> list[HotResponse | None]:
        seen.append(len(group))
        return [HotResponse(b"done") for _ in group]

    async def send() -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as threads:
            lane = grouping.Lane(threads, work, lambda left: None, lambda: crowded)
            sent = []
            for number in range(4):
                sent.append(grouping.Waiting({"body": b"x"}, loop.create_future(), Principal(0, None, "")))
                lane.put(sent[-1:])
                if number == 0 or not crowded:
                    await sent[-1].answered
            for waiting in sent:
                assert (await waiting.answered).body == b"done"

    asyncio.run(send())
    assert seen == groups
