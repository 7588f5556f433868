"""The project's own tools keep their promises: clear messages on bare machines, no test silently left out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import house, node
from tools.places import ROOT


def _program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def _find_python(folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "cat").symlink_to(shutil.which("cat") or "cat")  # what the message is printed with
    shell = shutil.which("sh") or "sh"
    command = [shell, str(ROOT / "tools" / "python.sh")]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_an_old_python_is_refused_in_both_languages(tmp_path: Path) -> None:
    _program(tmp_path, "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    done = _find_python(tmp_path)
    assert done.returncode == 1
    assert "Python 3.9.2" in done.stderr
    assert "需要 Python 3.11" in done.stderr
    assert "Python 3.11 or newer is needed" in done.stderr


def test_a_newer_python_beside_an_old_one_is_found(tmp_path: Path) -> None:
    _program(tmp_path, "python3", "exit 1")
    _program(tmp_path, "python3.12", "exit 0")
    done = _find_python(tmp_path)
    assert done.stdout.strip() == str(tmp_path / "python3.12")


def test_no_python_at_all_is_said(tmp_path: Path) -> None:
    done = _find_python(tmp_path)
    assert done.returncode == 1
    assert "no python3" in done.stderr


@pytest.mark.parametrize(
    ("printed", "version"), [("v20.20.2", (20, 20)), ("v18.1.0", (18, 1)), ("bash: node: oops", (0, 0))]
)
def test_the_version_of_node_is_read(tmp_path: Path, printed: str, version: tuple[int, int]) -> None:
    _program(tmp_path, "node", f"echo '{printed}'")
    assert node.version_of(str(tmp_path / "node")) == version
    assert node.version_of(str(tmp_path / "nothing")) == (0, 0)


def _run_pytest(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_planted.py").write_text(f"import pytest\n\n{body}\n", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "tools.all_tests_ran", str(folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)


LEFT_OUT = {
    "marked": "@pytest.mark.sk" + "ip\ndef test_a(): pass",
    "inside": "def test_a(): pytest.sk" + "ip('no')",
    "excused": "@pytest.mark.xf" + "ail\ndef test_a(): assert 0",
    "module": "pytest.sk" + "ip('no', allow_module_level=True)",
    "fixture": "@pytest.fixture\ndef f(): pytest.sk" + "ip('no')\ndef test_a(f): pass",
}


@pytest.mark.parametrize("how", LEFT_OUT)
def test_a_test_that_is_left_out_fails_the_run(tmp_path: Path, how: str) -> None:
    done = _run_pytest(tmp_path, f"{LEFT_OUT[how]}\n\ndef test_b(): pass")
    assert done.returncode != 0, done.stdout
    assert "did not run" in done.stdout


def test_a_run_in_which_everything_ran_passes(tmp_path: Path) -> None:
    assert _run_pytest(tmp_path, "def test_a(): pass").returncode == 0


def test_places_in_the_house() -> None:
    shelves = frozenset({"integration"})
    assert house.place_of("suyuan.trace.store.ledger", shelves) == ("trace", "store")
    assert house.place_of("suyuan.trace", shelves) == ("trace", None)
    assert house.place_of("suyuan.integration.epcis.web.capture", shelves) == ("integration.epcis", "web")
    assert house.place_of("suyuan.integration.domain.epcis", shelves) == ("integration", "domain")
    assert house.place_of("django.db", shelves) is None
    assert house.place_of("suyuan", shelves) is None


def test_make_help_names_every_public_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    described = set(re.findall(r"^([a-z-]+):[^#\n]*## .+ \| .+$", makefile, re.MULTILINE))
    public = {
        "demo",
        "test",
        "check",
        "web",
        "lint",
        "types",
        "lock",
        "audit",
        "openapi",
        "rehearsal",
        "crash",
        "clean",
    }
    assert public <= described
