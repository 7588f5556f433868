"""``make fuzz-api EXAMPLES=20``: every operation, as an administrator of a throw-away tenant and as nobody.

Fails (exit status 1) where an answer is not what the OpenAPI document promises. The last line is machine-readable.
``python -m tests.fuzz WORD`` tries only operations whose label holds the word.
"""

from __future__ import annotations

import json
import os
import random
import sys
from typing import Any

from tests.support import database
from tests.support.web import InProcess

EXAMPLES = int(os.environ.get("EXAMPLES") or 20)


class Fuzzer:
    """An administrator and a stranger who try everything."""

    def __init__(self) -> None:
        from tests.support.plants import furnish
        from tests.support.tenants import fresh_tenant

        self.tenant = fresh_tenant()
        self.known = furnish(self.tenant).ids
        self.stranger = InProcess()
        self.dice = random.Random(7)
        self.tried = 0
        self.troubles: set[tuple[str, str]] = set()
        self._sign_in()

    def _sign_in(self) -> None:
        """Come as somebody new: what was tried before may have taken the rights of whoever tried it."""
        self.boss = InProcess()
        assert self.boss.sign_in(self.tenant.person()).status_code == 200

    def try_all(self, operation: Any, seed: int) -> None:
        """Try an operation with what its description allows and with what it forbids."""
        from tests.fuzz.trying import BOTH, attempt, cases, point_at_something

        for mode in BOTH:
            for number, case in enumerate(cases(operation, EXAMPLES, seed, mode)):
                if self.boss.get("/api/v1/session").status_code != 200:
                    self._sign_in()
                if mode is BOTH[0] and number % 2 == 0:
                    point_at_something(case, self.known, self.dice)
                self._note(attempt(self.boss, case))
                if number % 4 == 0:
                    self._note(attempt(self.stranger, case))

    def _note(self, found: Any) -> None:
        self.tried += 1
        if found is not None:
            known = (found.operation, found.why.partition("\n")[0])
            if known not in self.troubles:
                self.troubles.add(known)
                print(f"{found.operation}\n  asked {found.asked}\n  {found.why}\n", flush=True)


def main() -> int:
    """Try everything; return the exit status."""
    database.start_server()
    database.use_database()
    from suyuan.entry.boot import boot

    boot()  # what follows asks Django's settings
    from suyuan.entry.web.description import document
    from tests.fuzz.trying import answered, operations

    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    found = operations(json.loads(json.dumps(document())))
    wanted = [each for each in found if not sys.argv[1:] or sys.argv[1] in each.label]
    print(f"{len(wanted)} operations, {EXAMPLES} examples of each kind, seed {seed}", flush=True)
    fuzzer = Fuzzer()
    for operation in wanted:
        fuzzer.try_all(operation, seed)
    figures = {"operations": len(wanted), "requests": fuzzer.tried, "troubles": len(fuzzer.troubles), "seed": seed}
    print(f"answers by status: {dict(sorted(answered.items()))}")
    print("BENCH " + json.dumps(figures))
    return int(bool(fuzzer.troubles))


if __name__ == "__main__":
    sys.exit(main())
