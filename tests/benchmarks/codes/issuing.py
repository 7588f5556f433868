"""How long a million unguessable codes take to be issued and stored, and how many codes killed issuers got twice.

The million: reserving the numbers, making every code, keeping all of them in a database with ``fsync``, in steps that
show progress, until the batch is there to be exported. The duplicates: twenty processes issue side by side and forty of
them are killed without warning; every code that anybody was given is counted.
"""

from __future__ import annotations

import subprocess
import sys
import time

from tests.support.issuers import GTIN, IssuingPlant, issuing_plant
from tools.places import ROOT

COUNT = 1_000_000
PROCESSES, KILLS, SECONDS = 20, 40, 20.0


def million() -> None:
    """Issue the million in this process, count that all differ, and print the seconds."""
    from datetime import datetime

    from tests.support.issuers import principal

    who = principal()  # boots, before anything of the product is imported
    from suyuan.chassis.database import transaction
    from suyuan.coding.api import issuing
    from suyuan.coding.contracts.issuing import CHUNK, BatchStatus
    from suyuan.coding.jobs.issuing import make_batch
    from suyuan.coding.store import batches

    begun = time.perf_counter()
    with transaction(who):
        row = issuing.issue("secret", COUNT, {"gtin": GTIN}, moment=datetime.now().astimezone())
    make_batch(who, row.id)
    seconds = time.perf_counter() - begun
    seen: set[str] = set()
    with transaction(who):
        kept = batches.batches(number=row.id)[0]
        for first in range(0, COUNT, CHUNK):
            seen.update(batches.codes_at(row.id, kept.width, first, CHUNK))
    if len(seen) != COUNT or kept.row.status is not BatchStatus.ISSUED:
        raise SystemExit(f"{len(seen)} different codes of {COUNT}, {kept.row.status}")
    print(seconds)


def _million(plant: IssuingPlant) -> float:
    code = f"from {__name__} import million; million()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=plant.environment,
        check=True,
        timeout=600,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.split()[-1])


def measure() -> dict[str, float | int]:
    """Return ``issue_1m_s`` and ``duplicates``."""
    with issuing_plant() as plant:
        seconds = _million(plant)
        plant.issue(PROCESSES, KILLS, SECONDS)
        given = plant.given()
        print(f"  {given.total()} codes given to {PROCESSES} issuers, {KILLS} killed", flush=True)
    return {"issue_1m_s": round(seconds, 2), "duplicates": given.total() - len(given)}
