"""What the code must not contain: bare suppressions, hidden behaviour, SQL in Python, I/O in the pure parts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools import sources

SUPPRESSION = re.compile(
    r"#\s*(?P<what>"
    + "no"
    + r"qa|type:\s*ig"
    + r"nore)(?P<codes>:?\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w\-, ]+\])?(?P<rest>.*)$"
)
WEB_SUPPRESSION = re.compile(r"(?:eslint-dis" + r"able[\w-]*|@ts-(?:ig" + r"nore|expect-error|nocheck))(?P<rest>.*)$")
LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
LEFT_OUT = re.compile(
    r"pytest\.mark\.sk" + r"ip|pytest\.sk" + r"ip\(|\bxf" + r"ail\b|importors" + r"kip|unittest\.sk" + r"ip"
    r"|\b(?:it|test|describe)\.(?:sk" + r"ip|to" + r"do|on" + r"ly|fa" + r"ils|sk" + r"ipIf|ru" + r"nIf)\b"
)  # fmt: skip
SQL = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|CREATE|ALTER|DROP|GRANT)\s", re.IGNORECASE
)
BEFORE_A_TENANT_IS_KNOWN = {
    "src/suyuan/tenancy/api/signing_in.py",
    "src/suyuan/tenancy/api/account.py",
    "src/suyuan/tenancy/api/badges.py",
    "src/suyuan/tenancy/api/invitations.py",
    "src/suyuan/tenancy/api/passkeys.py",
    "src/suyuan/tenancy/api/providers.py",
    "src/suyuan/tenancy/api/provider_sign_in.py",
    "src/suyuan/tenancy/store/principals.py",
}
"""Signing in looks for the tenant that every later transaction is opened for."""
PURE_PARTS = ("contracts", "domain")
IO_MODULES = (
    "asyncio", "http.client", "http.server", "os", "pathlib", "shutil", "signal", "socket", "socketserver", "sqlite3",
    "ssl", "subprocess", "tempfile", "threading", "multiprocessing", "urllib.request", "logging",
)  # fmt: skip
IO_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "datetime.datetime.now"}


def _lines(*endings: str) -> Iterator[tuple[str, str]]:
    for name in sources.named(*endings):
        for number, line in enumerate(sources.text(name).splitlines(), 1):
            yield f"{name}:{number}", line


def _has_reason(rest: str) -> bool:
    """Tell whether at least two words stand behind a suppression."""
    return len(re.findall(r"[A-Za-z\u4e00-\u9fff]{2,}", rest)) >= 2


def test_every_suppression_names_its_rule_and_its_reason() -> None:
    bare = []
    above = ""
    for place, line in _lines(".py"):
        found = SUPPRESSION.search(line)
        explained = found and (_has_reason(found["rest"]) or (above.startswith("# ") and _has_reason(above)))
        if found and not (found["codes"] and explained):
            bare.append(f"{place} {line.strip()}")
        above = line.strip()
    for place, line in _lines(".ts", ".tsx", ".js", ".mjs"):
        found = WEB_SUPPRESSION.search(line)
        explained = found and (_has_reason(found["rest"].partition("--")[2]) or above.startswith("// "))
        if found and not explained:
            bare.append(f"{place} {line.strip()}")
        above = line.strip()
    assert not bare, "\n".join(bare)


def test_the_suppression_rule_reads_reasons() -> None:
    mark = "# no" + "qa"
    assert _has_reason(SUPPRESSION.search(f"x  {mark}: S101 (asked for above)")["rest"])
    assert not _has_reason(SUPPRESSION.search(f"x  {mark}: S101")["rest"])
    assert SUPPRESSION.search(f"x  {mark}")["codes"] is None
    assert _has_reason(SUPPRESSION.search("x  # type: ig" + "nore[misc]  # the stubs lack it")["rest"])


def test_nothing_is_put_off_in_a_comment() -> None:
    put_off = [
        f"{place} {line.strip()}" for place, line in _lines(".py", ".ts", ".tsx", ".sql", ".sh") if LATER.search(line)
    ]
    assert not put_off, "\n".join(put_off)


def test_no_test_is_left_out() -> None:
    left_out = [f"{place} {line.strip()}" for place, line in _lines(".py", ".ts", ".tsx") if LEFT_OUT.search(line)]
    assert not left_out, "\n".join(left_out)


def test_every_test_file_lies_where_the_runners_look() -> None:
    lost = [
        name
        for name in sources.named(".py")
        if re.search(r"(^|/)(test_[^/]*|[^/]*_test)\.py$", name)
        and not (re.match(r"(src|tests)/", name) and "/test_" in name)
    ]
    lost += [name for name in sources.named(".test.ts", ".test.tsx", ".spec.ts") if not name.startswith("frontend/")]
    assert not lost, "\n".join(lost)


def test_no_signals_and_no_behaviour_hidden_in_save() -> None:
    hidden = [
        f"{name}:{line} {imported}"
        for name in sources.named(".py", under="src/")
        for line, imported in sources.imported_names(name)
        if re.match(r"django\.(dispatch|db\.models\.signals|core\.signals|contrib\.auth\.signals)\b", imported)
    ]
    for name in sources.named(".py", under="src/"):
        module = sources.module_of(name)
        if module is None or not module[1].startswith("models"):
            continue
        hidden += [
            f"{name}:{function.lineno} {function.name}"
            for function in sources.functions(name)
            if function.name in {"save", "delete", "asave", "adelete", "bulk_create", "__setattr__"}
        ]
    assert not hidden, "\n".join(hidden)


def _constant(node: ast.AST) -> str | None:
    """Return the text of a string, with blanks where an f-string has values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else " " for part in node.values)
    return None


def test_sql_longer_than_five_lines_is_a_file() -> None:
    inline = []
    for name in sources.named(".py", under="src/"):
        if sources.is_test(name) or "/migrations/" in name:  # a migration is itself a named file of DDL
            continue
        for node in ast.walk(sources.tree(name)):
            sql = _constant(node)
            if sql and SQL.match(sql) and len(sql.strip().splitlines()) > 5:
                inline.append(f"{name}:{node.lineno}")  # type: ignore[attr-defined]  # strings have a line
    assert not inline, "\n".join(sorted(set(inline)))


def _calls(name: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(sources.tree(name)):
        if isinstance(node, ast.Call):
            yield node.lineno, sources.dotted(node.func) or getattr(node.func, "attr", "")


def test_only_the_chassis_and_the_edge_commit() -> None:
    """One request or job is one transaction, opened and committed at the edge (rule 7)."""
    committed = [
        f"{name}:{line} {call}"
        for name in sources.named(".py", under="src/")
        if not sources.is_test(name) and not name.startswith(("src/suyuan/chassis/", "src/suyuan/entry/"))
        for line, call in _calls(name)
        if call.rpartition(".")[2] in {"commit", "rollback", "atomic", "set_autocommit"}
    ]
    assert not committed, "\n".join(committed)


def test_only_edges_open_transactions() -> None:
    """``api``, ``store``, ``domain`` and ``models`` work inside the transaction that the edge opened."""
    inner = ("api", "store", "domain", "models", "contracts")
    opened = []
    for name in sources.named(".py", under="src/"):
        module = sources.module_of(name)
        if module is None or module[0] in {"chassis", "entry"} or not module[1].startswith(inner):
            continue
        if name in BEFORE_A_TENANT_IS_KNOWN:
            continue
        opened += [
            f"{name}:{line}"
            for line, imported in sources.imported_names(name)
            if imported == "suyuan.chassis.database.transaction"
        ]
    assert not opened, "\n".join(opened)


def _is_pure(name: str) -> bool:
    module = sources.module_of(name)
    if module is None or sources.is_test(name):
        return False
    parts = module[1].removesuffix(".py").split("/")
    return module[0] == "kernel" or any(part in parts[:2] for part in PURE_PARTS)


def test_kernel_contracts_and_domain_do_no_io_and_read_no_clock() -> None:
    impure = []
    pure = [name for name in sources.named(".py", under="src/") if _is_pure(name)]
    for name in pure:
        impure += [
            f"{name}:{line} imports {imported}"
            for line, imported in sources.imported_names(name)
            if any(imported == io or imported.startswith(f"{io}.") for io in IO_MODULES)
        ]
        impure += [f"{name}:{line} calls {call}" for line, call in _calls(name) if call in IO_CALLS | CLOCKS]
    assert len(pure) > 3
    assert not impure, "\n".join(impure)
