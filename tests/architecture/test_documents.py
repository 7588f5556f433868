"""The documents are true where a machine can tell: links resolve, commands exist, both languages say the same."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from suyuan.chassis.settings import Settings
from suyuan.coding.api import decode
from suyuan.entry.cli import suyuan
from tools import sources
from tools.places import ROOT

FENCE = re.compile(r"^(```|~~~)")
LINK = re.compile(r"(?<!\\)\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
PAIRS = [("README.md", "README.zh-CN.md")]
CHAPTERS = {
    "COD": 6, "CAP": 9, "PRO": 8, "QUA": 7, "LOG": 4, "ANA": 4, "POR": 5, "REC": 2, "CMP": 6, "NOC": 6, "INT": 6,
    "OPS": 4, "ADO": 4,
}  # fmt: skip
"""The chapters of what the product must do, with the number of rows of each."""


def _documents() -> list[str]:
    return sources.named(".md")


def _prose(name: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines outside fenced blocks."""
    fenced = False
    for number, line in enumerate(sources.text(name).splitlines(), 1):
        if FENCE.match(line.strip()):
            fenced = not fenced
        elif not fenced:
            yield number, line


def _code(name: str) -> Iterator[str]:
    """Yield the lines inside fenced blocks, and the inline code of prose."""
    fenced = False
    for line in sources.text(name).splitlines():
        if FENCE.match(line.strip()):
            fenced = not fenced
        elif fenced:
            yield line
        else:
            yield from re.findall(r"`([^`]+)`", line)


def _headings(name: str) -> list[tuple[int, str]]:
    """Return (level, text) of every heading."""
    found = (re.match(r"(#{1,6})\s+(.*)", line) for _, line in _prose(name))
    return [(len(each[1]), each[2].strip()) for each in found if each]


def _anchor(heading: str) -> str:
    """Return a heading's anchor, by the rule that code hosts use."""
    plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    kept = "".join(c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
    return kept.strip().replace(" ", "-")


def test_every_link_leads_somewhere() -> None:
    broken = []
    for name in _documents():
        for number, line in _prose(name):
            for target in LINK.findall(line):
                if re.match(r"(https?|mailto):", target):
                    continue
                path, _, anchor = target.partition("#")
                aim = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                if not (ROOT / aim).exists():
                    broken.append(f"{name}:{number} {target}")
                elif anchor and aim.endswith(".md") and anchor not in {_anchor(text) for _, text in _headings(aim)}:
                    broken.append(f"{name}:{number} {target} (no such heading)")
    assert not broken, "\n".join(broken)


def test_every_make_command_in_a_document_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", sources.text("Makefile"), re.MULTILINE))
    unknown = [
        f"{name}: make {target}"
        for name in _documents()
        for line in _code(name)
        for target in re.findall(r"(?:^|[\s;&(])make ([a-z][a-z-]*)", line)
        if target not in targets
    ]
    assert "demo" in targets
    assert not unknown, "\n".join(unknown)


def test_every_tool_in_a_document_exists() -> None:
    unknown = [
        f"{name}: {tool}"
        for name in _documents()
        for line in _code(name)
        for tool in re.findall(r"python -m (tools\.\w+)", line)
        if not (ROOT / f"{tool.replace('.', '/')}.py").exists()
    ]
    assert not unknown, "\n".join(unknown)


def _guide_pairs() -> list[tuple[str, str]]:
    chinese = {name.removeprefix("docs/guide/zh/") for name in sources.named(".md", under="docs/guide/zh/")}
    english = {name.removeprefix("docs/guide/en/") for name in sources.named(".md", under="docs/guide/en/")}
    assert chinese == english
    return [(f"docs/guide/en/{name}", f"docs/guide/zh/{name}") for name in sorted(english)]


def _blocks(name: str) -> list[str]:
    """Return the fenced blocks, without comments, blank lines and Chinese texts in quotes."""
    blocks: list[str] = []
    fenced = False
    for line in sources.text(name).splitlines():
        if FENCE.match(line.strip()):
            fenced = not fenced
            if fenced:
                blocks.append("")
        elif fenced:
            blocks[-1] += re.sub(r"\s*#.*$", "", line).rstrip() + "\n"
    return [re.sub(r"\n+", "\n", block).strip() for block in blocks]


def _skeleton(name: str) -> list[str]:
    """Return a document's structure: heading levels, table widths, pictures, lists."""
    shape = []
    for _, line in _prose(name):
        heading = re.match(r"(#{1,6})\s", line)
        if heading:
            shape.append(heading[1])
        elif re.match(r"\s*\|[\s:|-]+\|\s*$", line):
            shape.append(f"table of {line.count('|') - 1}")
        elif line.lstrip().startswith("!["):
            shape.append("picture")
    return shape


def test_both_languages_have_the_same_structure_and_the_same_commands() -> None:
    for english, chinese in [*PAIRS, *_guide_pairs()]:
        assert _skeleton(english) == _skeleton(chinese), f"{english} / {chinese}"
        assert _blocks(english) == _blocks(chinese), f"{english} / {chinese}"


def test_the_chinese_pages_are_chinese() -> None:
    for _, chinese in [*PAIRS, *_guide_pairs()]:
        letters = [c for _, line in _prose(chinese) for c in line if c.isalpha()]
        assert sum(c > "\u2fff" for c in letters) > len(letters) / 4, chinese


def test_changelog_fragments_can_be_assembled() -> None:
    """``changelog/<name>.<kind>.md``; the first line is a whole sentence (see changelog/README.md)."""
    wrong = []
    for name in sources.named(".md", under="changelog/"):
        if name == "changelog/README.md":
            continue
        sentence = (sources.text(name).strip().splitlines() or [""])[0]
        if not re.fullmatch(r"changelog/[a-z0-9-]+\.(added|changed|fixed|removed|security)\.md", name):
            wrong.append(f"{name}: the name must be <name>.<added|changed|fixed|removed|security>.md")
        if not re.match(r"[A-Z`].*[.!]$", sentence):
            wrong.append(f"{name}: the first line must be a sentence")
    assert sources.named(".added.md", under="changelog/")
    assert not wrong, "\n".join(wrong)


def test_decisions_are_numbered_and_name_what_was_rejected() -> None:
    decisions = [name for name in sources.named(".md", under="docs/decisions/") if "/ADR-" in name]
    numbers = [int(re.findall(r"/ADR-(\d{4})-[a-z0-9-]+\.md$", name)[0]) for name in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    for name in decisions:
        headings = [text for level, text in _headings(name) if level == 2]
        assert headings[:4] == ["Context", "Decision", "Rejected", "Consequences"], name
    index = sources.text("docs/decisions/README.md")
    assert not [name for name in decisions if posixpath.basename(name) not in index]


def _requirement_rows() -> dict[str, list[str]]:
    rows = {}
    for _, line in _prose("docs/reference/requirements.md"):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and re.fullmatch(r"[A-Z]{3} \d", cells[0]):
            assert cells[0] not in rows, cells[0]
            rows[cells[0]] = cells
    return rows


def test_every_requirement_has_its_row_in_order() -> None:
    expected = [f"{chapter} {number}" for chapter, count in CHAPTERS.items() for number in range(1, count + 1)]
    assert list(_requirement_rows()) == expected


def test_what_the_requirements_name_exists() -> None:
    """Columns: row, what it asks, state, where to see it, test. Only a planned row may name nothing."""
    wrong = []
    for row, cells in _requirement_rows().items():
        _, asked, state, screen, test = cells
        if state not in {"done", "partly", "planned"} or len(asked) < 20:
            wrong.append(f"{row}: state {state!r}")
        named = re.findall(r"`([^`]+)`", test)
        for each in (*named, *re.findall(r"`([^`]+)`", screen)):
            path, _, function = each.partition("::")
            if not (ROOT / path).exists():
                wrong.append(f"{row}: {path} does not exist")
            elif function and not re.search(rf"\b{re.escape(function)}\b", sources.text(path)):
                wrong.append(f"{row}: {path} has no {function}")
        if state != "planned" and not named:
            wrong.append(f"{row}: {state}, but no test shows it")
    assert not wrong, "\n".join(wrong)


def test_headings_do_not_jump() -> None:
    jumps = [
        f"{name}: {after[1]}"
        for name in _documents()
        for before, after in pairwise(_headings(name))
        if after[0] > before[0] + 1
    ]
    assert not jumps, "\n".join(jumps)


def test_the_codes_that_the_guide_shows_are_understood() -> None:
    for language in ("zh", "en"):
        rows = [line for _, line in _prose(f"docs/guide/{language}/trace-desk.md") if line.startswith("|")]
        codes = [found[1] for row in rows if (found := re.search(r"\| `([^`]+)` \|$", row))]
        decoded = [decode(code).identity for code in codes]
        assert len(decoded) == 6
        assert len({identity.uri for identity in decoded[:4]}) == 1


def test_every_suyuan_command_is_documented_and_every_documented_one_exists() -> None:
    public = {name for name, command in suyuan.commands.items() if not command.hidden}
    shown = {
        found
        for name in _documents()
        for line in _code(name)
        for found in re.findall(r"(?:^|[\s/(])suyuan ([a-z]+)", line)
    }
    reference = set(re.findall(r"\| `suyuan ([a-z]+)", sources.text("docs/reference/commands.md")))
    assert shown <= suyuan.commands.keys()
    assert reference == public


def test_every_setting_is_documented() -> None:
    page = sources.text("docs/reference/commands.md")
    internal = {"database_role"}
    names = {
        name: field.validation_alias or f"SUYUAN_{name.upper()}"
        for name, field in Settings.model_fields.items()
        if name not in internal
    }
    assert not [alias for alias in names.values() if f"`{alias}`" not in page]
    documented = set(re.findall(r"`(SUYUAN_[A-Z_]+|DATABASE_[A-Z_]+)`", page.partition("The build has")[0]))
    assert documented == set(names.values())


def test_the_guide_explains_every_right() -> None:
    declared = {
        right
        for name in sources.named(".py", under="src/")
        if re.search(r"/contracts(/|\.py$)|/kernel/disclosure\.py$", name)
        for right in re.findall(r"\bPermission\(\s*\"([a-z]+:[a-z_]+:[a-z]+)\"", sources.text(name))
    }
    assert len(declared) > 10
    for language in ("zh", "en"):
        explained = set(
            re.findall(r"`([a-z]+:[a-z_]+:[a-z]+)`", sources.text(f"docs/guide/{language}/people-and-rights.md"))
        )
        assert explained == declared, language
