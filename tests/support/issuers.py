"""Many processes that issue codes at once and are killed without warning, and the count of what they were given.

``python -m tests.support.issuers FOLDER PROCESSES KILLS SECONDS`` boots once, forks the issuers, kills them at random
and replaces them. Each issuer writes down, on the disk, every code of a batch after the batch was committed: whoever
has read a line has that code in their hands.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.places import ROOT

TENANT = "issuers"
SERIAL: dict[str, Any] = {
    "segments": [
        {"type": "constant", "id": "a", "text": "U"},
        {"type": "field", "id": "b", "name": "line", "charset": "digits", "least": 1, "most": 1, "value": "1"},
        {"type": "sequence", "id": "c", "width": 9, "restart": ["line"]},
        {"type": "check", "id": "d", "algorithm": "iso7064-37-2"},
    ]
}
SECRET: dict[str, Any] = {
    "segments": [
        {"type": "ai", "id": "a", "ai": "01"},
        {"type": "field", "id": "b", "name": "gtin", "charset": "digits", "least": 14, "most": 14},
        {"type": "ai", "id": "c", "ai": "21"},
        {"type": "random", "id": "d", "length": 12},
    ]
}
GTIN = "09521234543213"


@dataclass
class IssuingPlant:
    """An installation of its own: a database that keeps what it was told, and a folder for what issuers wrote down."""

    home: Path
    server: Any
    environment: dict[str, str]

    @property
    def written(self) -> Path:
        """Where issuers write what they were given."""
        return self.home / "written"

    def issue(self, processes: int, kills: int, seconds: float) -> None:
        """Have ``processes`` issue for a while and kill ``kills`` of them at random moments."""
        self.written.mkdir(exist_ok=True)
        asked = [str(self.written), str(processes), str(kills), str(seconds)]
        subprocess.run(
            [sys.executable, "-m", "tests.support.issuers", *asked],
            cwd=ROOT, env=self.environment, check=True, timeout=seconds * 10 + 300,
        )  # fmt: skip

    def given(self) -> Counter[str]:
        """Return every code that any issuer wrote down, with how often."""
        found: Counter[str] = Counter()
        for file in sorted(self.written.glob("*.txt")):
            lines = file.read_text(encoding="ascii").split("\n")
            found.update(lines[:-1])  # the last line is whole only if a line end follows it
        return found

    @contextmanager
    def backup(self) -> Iterator[Path]:
        """Lend a cold copy of the database as it is now; at the end it is what the database is."""
        copy = self.home / "backup"
        self.server.stop()
        shutil.copytree(self.home / "postgres", copy)
        self.server.start()
        yield copy
        self.server.stop()
        shutil.rmtree(self.home / "postgres")
        copy.rename(self.home / "postgres")
        self.server.start()


@contextmanager
def issuing_plant() -> Iterator[IssuingPlant]:
    """Start a database with ``fsync`` and both rules published; remove it at the end."""
    from suyuan.chassis.postgres import EmbeddedPostgres, ensure_roles_and_database
    from suyuan.chassis.settings import Settings
    from suyuan.entry.installation import migrate

    home = Path(tempfile.mkdtemp(prefix="suyuan-issuers-"))
    server = EmbeddedPostgres(home / "postgres", {"max_connections": "120"})
    try:
        urls = ensure_roles_and_database(server.start(), "suyuan")
        migrate(urls, Settings(data=home))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SUYUAN_", "DATABASE_"))}
        environment = kept | {"SUYUAN_DATA": str(home), "DATABASE_APP_URL": urls.app_url, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-c", "from tests.support.issuers import prepare; prepare()"],
            cwd=ROOT, env=environment, check=True, timeout=120,
        )  # fmt: skip
        yield IssuingPlant(home, server, environment)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def prepare() -> None:
    """Make the tenant and publish its rules."""
    from suyuan.chassis.database import transaction
    from suyuan.designer import api as designer

    with transaction(principal()):
        for key, body in (("serial", SERIAL), ("secret", SECRET)):
            saved = designer.save_draft("code_rule", key, title_zh=key, title_en=key, body=body, revision=None)
            designer.publish("code_rule", key, revision=saved.row.revision, note="test")


def principal() -> Any:
    """Return who issues; makes the tenant where it is new."""
    from suyuan.entry.boot import boot

    boot()
    from suyuan.kernel.principals import Principal
    from suyuan.tenancy import api as tenancy

    return Principal(tenancy.ensure_tenant(TENANT, "Issuers"), None, "issuer", via="system")


def _issue_for_ever(who: Any, folder: Path) -> None:
    """Issue batch after batch; each is written down once it was committed."""
    from datetime import datetime

    from suyuan.chassis.database import transaction
    from suyuan.coding.api import issuing
    from suyuan.coding.store import batches

    dice = random.Random(os.getpid())
    with (folder / f"{os.getpid()}-{time.time_ns()}.txt").open("a", encoding="ascii") as file:
        while True:
            rule, fields = dice.choice((("serial", {"line": dice.choice("123")}), ("secret", {"gtin": GTIN})))
            with transaction(who):
                row = issuing.issue(rule, dice.choice((1, 7, 100, 800)), fields, moment=datetime.now().astimezone())
            with transaction(who):
                kept = batches.batches(number=row.id)[0]
                codes = batches.codes_at(row.id, kept.width, 0, row.count)
            file.write("".join(f"{code}\n" for code in codes))
            file.flush()
            os.fsync(file.fileno())


def _fork(who: Any, folder: Path) -> int:
    child = os.fork()
    if child == 0:
        try:
            _issue_for_ever(who, folder)
        finally:
            os._exit(1)
    return child


def run(folder: Path, processes: int, kills: int, seconds: float) -> None:
    """Keep ``processes`` issuers alive; kill one every so often, and all of them at the end."""
    from django.db import connection

    who = principal()
    connection.close()  # each child opens its own
    dice = random.Random(7)
    living = [_fork(who, folder) for _ in range(processes)]
    for _ in range(kills):
        time.sleep(seconds / kills * dice.uniform(0.4, 1.6))
        victim = living.pop(dice.randrange(len(living)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        living.append(_fork(who, folder))
    for child in living:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
