"""Modules have a door and a page, tables stay where they belong, and every refusal speaks two languages."""

from __future__ import annotations

import ast
import importlib
import re

from suyuan.kernel.faults import FaultKind, declared_fault_kinds
from tools import house, sources
from tools.places import ROOT

MODULES = sorted(path.parent.name for path in (ROOT / "src" / "suyuan").glob("*/__init__.py"))
PACKS = sorted(path.parent.name for path in (ROOT / "src" / "suyuan" / "packs").glob("*/__init__.py"))
SHARED_TABLES = {"tenancy", "trace"}
"""Foreign keys across modules may point at the tables of these only (rule 8)."""
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[A-Za-z]{2,}")
FREE_INSIDE = {"kernel", "chassis", "entry", "packs"}


def _parts(module: str) -> set[str]:
    return {path.stem for path in (ROOT / "src" / "suyuan" / module).iterdir()} & house.PARTS.keys()


def test_a_module_with_anything_inside_has_an_api() -> None:
    behind = {"web", "jobs", "admin", "store", "models", "wiring"}
    without = [m for m in MODULES if m not in FREE_INSIDE and _parts(m) & behind and "api" not in _parts(m)]
    assert not without, "\n".join(without)


def test_every_module_with_an_api_has_its_page() -> None:
    """One page: purpose, words, who calls it."""
    without = [
        module
        for module in MODULES
        if ("api" in _parts(module) or module in {"kernel", "chassis", "entry"})
        and not (ROOT / "src" / "suyuan" / module / "README.md").exists()
    ]
    assert not without, "\n".join(without)


def _table_owner(table: str) -> str | None:
    name = table.strip('"').rpartition(".")[2].strip('"')
    return next((module for module in MODULES if name.startswith(f"{module}_")), None)


def test_foreign_keys_across_modules_point_at_tenancy_and_trace_only() -> None:
    crossing = []
    for name in sources.named(".py", ".sql", under="src/"):
        place = sources.module_of(name)
        if place is None or sources.is_test(name):
            continue
        for found in re.finditer(r"\bREFERENCES\s+([\w.\"]+)", sources.text(name)):
            owner = _table_owner(found[1])
            if owner not in {None, place[0]} | SHARED_TABLES:
                crossing.append(f"{name}: {found[0]}")
        if name.endswith(".py"):
            crossing += [f"{name}:{line} {to}" for line, to in _relations(name) if to not in {place[0]} | SHARED_TABLES]
    assert not crossing, "\n".join(crossing)


def _relations(name: str) -> list[tuple[int, str]]:
    """Return (line, module pointed at) for every ORM relation of a file; relations inside the file are left out."""
    found = []
    for node in ast.walk(sources.tree(name)):
        if not (
            isinstance(node, ast.Call) and sources.dotted(node.func).rpartition(".")[2] in _RELATIONS and node.args
        ):
            continue
        target = node.args[0]
        if isinstance(target, ast.Constant) and isinstance(target.value, str) and "." in target.value:
            found.append((node.lineno, target.value.partition(".")[0]))
    return found


_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def _declaring() -> list[str]:
    """Return the files that declare fault kinds."""
    return [
        name
        for name in sources.named(".py", under="src/")
        if not sources.is_test(name) and re.search(r"import .*\bfault_kind\b", sources.text(name))
    ]


def test_faults_are_declared_where_everyone_may_import_them() -> None:
    elsewhere = [
        name
        for name in _declaring()
        if not re.match(r"src/suyuan/(kernel/|chassis/|entry/|\w+/(\w+/)?(contracts|domain))", name)
    ]
    assert not elsewhere, "\n".join(elsewhere)


def _silent(kind: FaultKind) -> list[str]:
    """Return the texts of a fault kind that are not in the language they should be in."""
    texts = {"text": kind.text, "remedy": kind.remedy}
    missing = [f"{kind.code}: no Chinese {what}" for what, text in texts.items() if not CHINESE.search(text.zh)]
    missing += [
        f"{kind.code}: no English {what}"
        for what, text in texts.items()
        if CHINESE.search(text.en) or len(WORDS.findall(text.en)) < 2
    ]
    return missing


def test_every_fault_has_a_code_of_its_module_a_status_and_two_languages() -> None:
    """That a code is declared once, and that both languages name the same values, the kernel refuses otherwise."""
    declaring = _declaring()
    for name in declaring:
        importlib.import_module(
            name.removeprefix("src/").removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        )
    kinds = declared_fault_kinds()
    wrong = [sentence for kind in kinds.values() for sentence in _silent(kind)]
    for code, kind in kinds.items():
        if not re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", code) or code.partition(".")[0] not in {*MODULES, *PACKS}:
            wrong.append(f"{code}: a code reads module.what_is_wrong")
        if not 400 <= kind.status <= 599:
            wrong.append(f"{code}: {kind.status} is no status of a refusal")
    assert len(declaring) > 2
    assert len(kinds) > 10
    assert not wrong, "\n".join(wrong)
