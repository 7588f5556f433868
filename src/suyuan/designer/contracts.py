"""What crosses the door of ``designer``: definitions, versions, comparisons, packs, and the faults of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Bilingual, fault_kind
from suyuan.kernel.principals import Permission

DEFINITION_TOPIC = "designer.definition"
"""Outbox topic: ``{"kind", "key", "change": "saved|published|retired|restored|discarded", "version"}``."""

LARGEST_PACK: Final = 2 * 1024 * 1024
"""Most bytes of a pack's ZIP file."""

UNKNOWN_KIND = fault_kind(
    "designer.unknown_kind", 404,
    zh="没有“{kind}”这一类定义。", en="There is no kind of definition called “{kind}”.",
    remedy_zh="可用的类别：GET /api/v1/definitions/kinds。",
    remedy_en="The kinds there are: GET /api/v1/definitions/kinds.",
)
KEY_INVALID = fault_kind(
    "designer.key_invalid", 422,
    zh="“{given}”不能作为定义的代号。", en="“{given}” cannot be the key of a definition.",
    remedy_zh="用 1–63 个小写字母、数字、连字符或下划线，以字母或数字开头。",
    remedy_en="Use 1–63 lower-case letters, digits, hyphens or underscores, beginning with a letter or digit.",
)
TITLE_INVALID = fault_kind(
    "designer.title_invalid", 422,
    zh="定义需要中文和英文名称，各 1–120 个字符。",
    en="A definition needs a Chinese and an English title of 1–120 characters.",
    remedy_zh="请填写两种语言的名称。", remedy_en="Give the title in both languages.",
)
BODY_INVALID = fault_kind(
    "designer.body_invalid", 422,
    zh="定义的内容不符合格式：{why}", en="The definition does not have the shape of its kind: {why}",
    remedy_zh="格式见 GET /api/v1/definitions/kinds/{kind}。",
    remedy_en="The schema is at GET /api/v1/definitions/kinds/{kind}.",
)
CHANGED_MEANWHILE = fault_kind(
    "designer.changed_meanwhile", 409,
    zh="{who} 已在 {when} 改过这个定义。", en="{who} changed this definition at {when}.",
    remedy_zh="请重新打开，看过差异后再保存；您的修改还在屏幕上。",
    remedy_en="Open it again, look at the difference and save then; your own change is still on the screen.",
)
EXISTS_ALREADY = fault_kind(
    "designer.exists_already", 409,
    zh="代号“{key}”已经有定义。", en="There is a definition called “{key}” already.",
    remedy_zh="请换一个代号，或打开已有的定义。", remedy_en="Choose another key, or open the one that exists.",
)
NO_DRAFT = fault_kind(
    "designer.no_draft", 409,
    zh="没有未发布的修改。", en="There is no draft that differs from what is published.",
    remedy_zh="请先修改并保存。", remedy_en="Change something and save it first.",
)
NOT_PUBLISHED = fault_kind(
    "designer.not_published", 409,
    zh="“{key}”还没有发布过的版本。", en="No version of “{key}” has been published yet.",
    remedy_zh="请先发布，再使用。", remedy_en="Publish it before using it.",
)
IS_RETIRED = fault_kind(
    "designer.is_retired", 409,
    zh="“{key}”已停用。", en="“{key}” is retired.",
    remedy_zh="请先恢复使用，或选用别的定义。", remedy_en="Restore it first, or use another definition.",
)
HAS_PROBLEMS = fault_kind(
    "designer.has_problems", 422,
    zh="还有 {count} 个问题，不能发布。第一个：{first_zh}（{first_en}）",
    en="{count} problems keep it from being published. The first: {first_en} ({first_zh})",
    remedy_zh="请按问题列表逐个改正。", remedy_en="Put right what the list of problems says.",
)
NOTE_MISSING = fault_kind(
    "designer.note_missing", 422,
    zh="发布和停用要写明原因（1–500 个字符）。", en="Publishing and retiring need a note of 1–500 characters.",
    remedy_zh="用一句话说明改了什么、为什么。", remedy_en="Say in one sentence what changed and why.",
)
PACK_UNREADABLE = fault_kind(
    "designer.pack_unreadable", 422,
    zh="模板包读不了：{why}", en="The pack cannot be read: {why}",
    remedy_zh="模板包是一个文件夹（或其 ZIP）：pack.json，以及每个定义一个 <类别>/<代号>.json。",
    remedy_en="A pack is a folder (or its ZIP) with pack.json and one <kind>/<key>.json for each definition.",
)
PACK_TOO_LARGE = fault_kind(
    "designer.pack_too_large", 413,
    zh="模板包太大：ZIP 最多 {limit} MB、2000 个文件，解开后不超过其 8 倍。",
    en="The pack is too large: a ZIP of at most {limit} MB, 2000 files, and eight times that when unpacked.",
    remedy_zh="请分成几个模板包。", remedy_en="Split it into several packs.",
)

PERMISSIONS = (
    Permission("designer:definition:read", Bilingual("查看定义", "See definitions")),
    Permission("designer:definition:write", Bilingual("编辑定义草稿", "Edit drafts of definitions")),
    Permission("designer:definition:publish", Bilingual("发布、停用定义", "Publish and retire definitions")),
)


class DefinitionState(StrEnum):
    """Where a definition stands. ``draft``: never published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """A definition in a list. ``version`` is the published one in force; ``has_draft``: there are changes beyond it."""

    kind: str
    key: str
    title_zh: str
    title_en: str
    state: DefinitionState
    version: int | None
    has_draft: bool
    revision: int
    changed: datetime
    changed_by: Annotated[str, PEOPLE]
    pack: str | None


@dataclass(frozen=True, slots=True)
class DesignProblem:
    """Something to put right in a body; ``at`` is a JSON pointer into it."""

    at: str
    code: str
    title_zh: str
    title_en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition whole. ``body`` is the draft where there is one, else the version in force."""

    row: DefinitionRow
    body: Mapping[str, Any]
    problems: tuple[DesignProblem, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version, never changed again. ``content_hash``: SHA-256 of its canonical bytes (RFC 8785)."""

    version: int
    title_zh: str
    title_en: str
    note: str
    published: datetime
    published_by: Annotated[str, PEOPLE]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version with its body, as JSON values."""

    kind: str
    key: str
    row: VersionRow
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``how``: added, removed, changed or moved; ``at``: a JSON pointer, entries by their ``id``."""

    at: str
    how: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions (numbers, or ``draft``, or ``empty`` where there was nothing)."""

    before: str
    after: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class KindInfo:
    """A kind of definition as people see it."""

    name: str
    title_zh: str
    title_en: str
    definitions: int


@dataclass(frozen=True, slots=True)
class PackedDefinition:
    """One file of a pack."""

    kind: str
    key: str
    title_zh: str
    title_en: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of definitions under a name and version of its own."""

    name: str
    version: str
    title_zh: str
    title_en: str
    definitions: tuple[PackedDefinition, ...]


@dataclass(frozen=True, slots=True)
class Installed:
    """What installing did to one definition: ``added``, ``updated``, ``merged``, ``same``, ``kept`` (changed here, the
    pack brought nothing new) or ``conflict`` (changed on both sides at ``at``: what is here was kept).

    ``changes``: the first of ``differing`` places where what is here changes or, in a conflict, the pack differs.
    """

    kind: str
    key: str
    outcome: str
    at: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    differing: int = 0


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack that definitions here came from, at the newest version that brought any of them."""

    name: str
    version: str
    definitions: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class PackReport:
    """What installing a pack did, or would do, to each of its definitions."""

    name: str
    version: str
    title_zh: str
    title_en: str
    rows: tuple[Installed, ...]
