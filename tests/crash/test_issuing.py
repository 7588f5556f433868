"""No code is ever given twice: by issuers killed at random, and after a database came back from a backup."""

from __future__ import annotations

import pytest

from tests.support.issuers import issuing_plant

pytestmark = pytest.mark.crash


@pytest.mark.timeout(600)
def test_no_code_is_given_twice_by_killed_issuers_nor_after_a_restore() -> None:
    with issuing_plant() as plant:
        plant.issue(processes=20, kills=20, seconds=10)
        before = plant.given()
        with plant.backup():
            plant.issue(processes=20, kills=20, seconds=10)
            lost = plant.given() - before
        plant.issue(processes=20, kills=20, seconds=10)
        given = plant.given()
    assert len(before) > 1000
    assert len(lost) > 1000, "given after the backup was made: the restored database knows nothing of them"
    assert len(given) > len(before) + len(lost)
    assert [code for code, times in given.items() if times > 1] == []
