"""Read the project's own sources, for the house rules in tests/architecture/.

``python -m tools.sources`` lists what is longer than it should be, longest first.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.places import ROOT

SOFT_FUNCTION, HARD_FUNCTION = 40, 60
SOFT_FILE, HARD_FILE = 300, 400
GENERATED = re.compile(r"(^|/)migrations/\d|/locale/|schema\.d\.ts$|\.gen\.|(^|/)static/app/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[str, ...]:
    """Return every file that is committed or would be by ``git add`` (relative, with ``/``), sorted."""
    command = ["git", "-c", "core.quotePath=off", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


def named(*endings: str, under: str = "") -> list[str]:
    """Return the tracked files with one of the endings, below a folder."""
    return [name for name in tracked() if name.endswith(endings) and name.startswith(under)]


@cache
def text(name: str) -> str:
    """Return a tracked file's text."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(text(name), filename=name)


def is_test(name: str) -> bool:
    """Tell whether a file is a test or supports tests."""
    return name.startswith("tests/") or "/tests/" in name or "/dev/" in name or ".test." in name


@dataclass(frozen=True, slots=True)
class Length:
    """A function's length in lines, its docstring not counted."""

    place: str
    name: str
    lines: int


def functions(name: str) -> Iterator[Function]:
    """Yield every function of a Python file."""
    for node in ast.walk(tree(name)):
        if isinstance(node, Function):
            yield node


def function_lengths(name: str) -> Iterator[Length]:
    """Yield the length of every function of a Python file."""
    for node in functions(name):
        documented = 0
        first = node.body[0]
        if ast.get_docstring(node) is not None and first.end_lineno is not None:
            documented = first.end_lineno - first.lineno + 1
        lines = (node.end_lineno or node.lineno) - node.lineno + 1 - documented
        yield Length(f"{name}:{node.lineno}", node.name, lines)


def file_lengths() -> Iterator[tuple[str, int]]:
    """Yield (file, lines) for every source file written by hand."""
    for name in named(".py", ".ts", ".tsx", ".sh"):
        if not GENERATED.search(name):
            yield name, text(name).count("\n")


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a chain of names and attributes; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def imported_names(name: str) -> Iterator[tuple[int, str]]:
    """Yield (line, full dotted name) for everything a Python file imports by an absolute name."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def module_of(name: str) -> tuple[str, str] | None:
    """Return (module, path inside it) for a file under src/suyuan/<module>/."""
    parts = Path(name).parts
    if parts[:2] != ("src", "suyuan") or len(parts) < 4:
        return None
    return parts[2], "/".join(parts[3:])


def main() -> None:
    """Print functions and files beyond the soft limits, longest first."""
    long = [each for name in named(".py") if not is_test(name) for each in function_lengths(name)]
    for each in sorted(long, key=lambda length: -length.lines):
        if each.lines > SOFT_FUNCTION:
            print(f"{each.lines:5} {each.place} {each.name}")
    for name, lines in sorted(file_lengths(), key=lambda row: -row[1]):
        if lines > SOFT_FILE:
            print(f"{lines:5} {name}")


if __name__ == "__main__":
    main()
