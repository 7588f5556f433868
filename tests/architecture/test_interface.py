"""The published description of the interface is what is served, and says what each operation needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tools.places import ROOT

METHODS = {"get", "post", "put", "patch", "delete"}


def test_the_published_description_is_what_is_served() -> None:
    command = [sys.executable, "-m", "tools.openapi", "--check"]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SUYUAN_", "DATABASE_"))}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_operation_is_summed_up_and_refuses_with_a_problem() -> None:
    document = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8"))
    operations = {
        f"{method} {path}": described[method]
        for path, described in document["paths"].items()
        for method in described.keys() & METHODS
    }
    assert document["openapi"].startswith("3.1")
    assert len(operations) > 20
    assert not [name for name, each in operations.items() if not each.get("summary")]
    assert not [
        name for name, each in operations.items() if "application/problem+json" not in str(each["responses"]["default"])
    ]
    identifiers = [each["operationId"] for each in operations.values()]
    assert len(identifiers) == len(set(identifiers))
