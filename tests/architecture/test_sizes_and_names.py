"""Files and functions stay readable, and names say what a thing is."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from tools import sources

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}


def test_no_file_is_longer_than_400_lines() -> None:
    too_long = [f"{name}: {lines}" for name, lines in sources.file_lengths() if lines > sources.HARD_FILE]
    assert not too_long, "\n".join(too_long)


def test_no_function_is_longer_than_60_lines() -> None:
    """Docstrings are not counted. ``python -m tools.sources`` lists what is over the soft limit of 40."""
    found = [each for name in sources.named(".py") for each in sources.function_lengths(name)]
    too_long = [f"{each.place} {each.name}: {each.lines}" for each in found if each.lines > sources.HARD_FUNCTION]
    assert len(found) > 50
    assert not too_long, "\n".join(too_long)


def _words(name: str) -> set[str]:
    """Split snake_case, kebab-case and CamelCase into lower-case words."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_words_are_split_the_way_the_rule_reads_them() -> None:
    assert _words("UserManager") == {"user", "manager"}
    assert _words("http_utils") == {"http", "utils"}
    assert _words("database") == {"database"}


def test_no_module_or_package_has_an_empty_name() -> None:
    bad = []
    for name in sources.named(".py", ".ts", ".tsx", ".sql", ".sh"):
        path = PurePosixPath(name)
        bad += [name for part in (*path.parent.parts, path.name.split(".")[0]) if _words(part) & EMPTY_WORDS]
    assert not bad, "\n".join(bad)


def test_no_class_has_an_empty_name() -> None:
    bad = [
        f"{name}:{node.lineno} {node.name}"
        for name in sources.named(".py")
        for node in ast.walk(sources.tree(name))
        if isinstance(node, ast.ClassDef) and _words(node.name) & EMPTY_WORDS
    ]
    declared = re.compile(r"^\s*(?:export\s+)?(?:abstract\s+)?(?:class|interface)\s+(\w+)", re.MULTILINE)
    bad += [
        f"{name} {found[1]}"
        for name in sources.named(".ts", ".tsx")
        for found in declared.finditer(sources.text(name))
        if _words(found[1]) & EMPTY_WORDS
    ]
    assert not bad, "\n".join(bad)


def test_every_package_and_module_says_what_it_is() -> None:
    silent = [
        name
        for name in sources.named(".py", under="src/")
        if not sources.is_test(name)
        and "/migrations/" not in name
        and sources.text(name).strip()
        and ast.get_docstring(sources.tree(name)) is None
    ]
    assert not silent, "\n".join(silent)
