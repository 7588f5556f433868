"""The import contracts hold, and each one catches a breach planted in a copy of the package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.places import ROOT

RUN = "from importlinter.cli import lint_imports_command as run; run(['--no-logo', '--no-cache'])"

# The breach's contract, then what to plant: a file under suyuan/ and its text.
Breach = dict[str, str]
BREACHES: dict[str, Breach] = {
    "1. Dependencies point down": {"tenancy/api/planted.py": "from suyuan.trace import contracts"},
    "1. Dependencies point down (every module has its place)": {"gadgets/__init__.py": ""},
    "1. Dependencies point down (side by side)": {
        "portal/api.py": "from suyuan.analytics import planted",
        "analytics/planted.py": "",
    },
    "2. A module is entered": {"capture/store.py": "", "recall/api.py": "from suyuan.capture import store"},
    "2. A module is entered (wiring)": {"capture/wiring.py": "", "recall/api.py": "from suyuan.capture import wiring"},
    "2. A module is entered (on a shelf)": {
        "integration/planted/__init__.py": "",
        "integration/planted/store.py": "",
        "integration/other/__init__.py": "",
        "integration/other/api.py": "from suyuan.integration.planted import store",
    },
    "3. Kernel, contracts and domain": {"kernel/planted.py": "import django"},
    "3. Kernel, contracts and domain (contracts)": {"quality/contracts.py": "from suyuan.chassis import database"},
    "3. Kernel, contracts and domain (domain)": {"quality/domain/__init__.py": "import psycopg"},
    "3. Kernel, contracts and domain (input and output)": {"quality/domain.py": "import socket"},
    "4. Web calls its own api": {"recall/web.py": "from suyuan.recall import store", "recall/store.py": ""},
    "4. Web calls its own api (tables)": {"recall/web.py": "from suyuan.recall import models", "recall/models.py": ""},
    "4. Web calls its own api (another's)": {"recall/web.py": "from suyuan.quality import api", "quality/api.py": ""},
    "5. No cycles": {
        "chassis/planted_a.py": "from suyuan.chassis import planted_b",
        "chassis/planted_b.py": "from suyuan.chassis import planted_a",
    },
    "6. Inside every module": {"recall/store.py": "from suyuan.recall import api", "recall/api.py": ""},
    "6. Inside every module (no other parts)": {"recall/gadgets.py": ""},
    "6. Inside every module (no wiring from below)": {
        "recall/web.py": "from suyuan.recall import wiring",
        "recall/wiring.py": "",
    },
}


def _lint(src: Path, config: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": f"{src}{os.pathsep}{ROOT}", "PYTHONUTF8": "1", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", RUN], cwd=config, env=env, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_house_keeps_its_contracts() -> None:
    done = _lint(ROOT / "src", ROOT)
    assert done.returncode == 0, done.stdout


def _copy_with(breach: Breach, folder: Path) -> None:
    """Copy the package's Python files and the contracts, and plant the breach."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "tests", "*.sql")
    shutil.copytree(ROOT / "src" / "suyuan", folder / "suyuan", ignore=ignored)
    shutil.copy(ROOT / ".importlinter", folder / ".importlinter")
    for name, text in breach.items():
        path = folder / "suyuan" / name
        if path.with_suffix("").is_dir():  # the part is a package by now
            path = path.with_suffix("") / "planted.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_caught(tmp_path: Path, breach: str) -> None:
    _copy_with(BREACHES[breach], tmp_path)
    done = _lint(tmp_path, tmp_path)
    contract = breach.partition(" (")[0]
    broken = [line for line in done.stdout.splitlines() if line.startswith(contract) and "BROKEN" in line]
    assert done.returncode != 0
    assert broken or "suyuan.gadgets" in done.stdout, done.stdout
