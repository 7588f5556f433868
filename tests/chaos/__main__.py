"""``make chaos KILLS=200``: every trouble, one after another. The last line is machine-readable.

``python -m tests.chaos [STAGE …]`` runs only the stages named. Fails (exit status 1) where anything promised is lost or
doubled, anything is half done, the log does not verify, or the service does not come back by itself.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.chaos import stages
from tests.chaos.machine import NotHere
from tests.chaos.stages import Outcome

KILLS = int(os.environ.get("KILLS") or 200)
STAGES: dict[str, Callable[[Path, random.Random], Outcome]] = {
    "kills": lambda home, dice: stages.kills(home, KILLS, dice),
    "full_disk": stages.full_disk,
    "read_only_disk": stages.read_only_disk,
    "clock": stages.jumping_clock,
    "connections": stages.cut_connections,
}


def _home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="suyuan-chaos-"))
    home.chmod(0o755)
    return home


def _tried(name: str, dice: random.Random) -> tuple[Outcome | None, str]:
    """Run a stage; return its outcome, or None and why there is none."""
    home = _home()
    try:
        return STAGES[name](home, dice), ""
    except NotHere as reason:
        return None, f"not tried: {reason}"
    except Exception:
        return None, f"failed: {traceback.format_exc()}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    """Run the stages; return the exit status."""
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    wanted = sys.argv[1:] or list(STAGES)
    print(f"chaos, seed {seed}, {KILLS} kills: {', '.join(wanted)}", flush=True)
    acknowledged = lost = doubled = 0
    told: dict[str, str] = {}
    for name in wanted:
        began = time.monotonic()
        outcome, why = _tried(name, random.Random(f"{seed} {name}"))
        took = time.monotonic() - began
        if outcome is None:
            told[name] = why.splitlines()[0].partition(":")[0]
            print(f"{name}: {why} ({took:.0f} s)", flush=True)
            continue
        reckoning = outcome.reckoning
        acknowledged += reckoning.acknowledged
        lost, doubled = lost + len(reckoning.lost), doubled + len(reckoning.doubled)
        told[name] = "ok" if outcome.sound else "wrong"
        print(f"{name}: {told[name]} {json.dumps(outcome.figures)} ({took:.0f} s)", flush=True)
        for what, cases in (("lost", reckoning.lost), ("doubled", reckoning.doubled), ("wrong", reckoning.wrong)):
            if cases:
                print(f"  {what}: {str(cases)[:2000]}")
        if outcome.said:
            print(f"  verify: {outcome.said}")
    figures = {
        "kills": KILLS if "kills" in wanted else 0, "acknowledged": acknowledged, "lost": lost, "doubled": doubled,
        "stages": told,
    }  # fmt: skip
    print("BENCH " + json.dumps(figures), flush=True)
    return int(any(each not in {"ok", "not tried"} for each in told.values()))


if __name__ == "__main__":
    sys.exit(main())
