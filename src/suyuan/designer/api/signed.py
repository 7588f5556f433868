"""Versions as records that people sign, and publishing as what a second person may have to approve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.compliance.contracts import Approvable, Signable, SignedRecord
from suyuan.designer.api.published import found, version_row
from suyuan.designer.contracts import UNKNOWN_KIND
from suyuan.kernel.faults import Bilingual, Fault

PUBLISH = "designer.publish"


def to_publish(kind: str, key: str, titles: tuple[str, str], body: Mapping[str, Any]) -> tuple[str, SignedRecord]:
    """Return under what name, and as what content, publishing a draft is approved."""
    content = {"kind": kind, "key": key, "title_zh": titles[0], "title_en": titles[1], "body": body}
    return f"{kind}/{key}", SignedRecord(f"发布“{titles[0]}”", f"Publish “{titles[1]}”", content)


def _draft(subject: str) -> SignedRecord | None:
    kind, _, key = subject.partition("/")
    try:
        kept = found(kind, key)
    except Fault as fault:
        _pass_absence(fault)
        return None
    if kept.draft is None:
        return None
    return to_publish(kind, key, (kept.row.title_zh, kept.row.title_en), kept.draft)[1]


def _version(subject: str) -> SignedRecord | None:
    kind, key, number = (*subject.split("/"), "", "")[:3]
    if not number.isdecimal() or len(number) > 9:
        return None
    try:
        version = version_row(kind, key, int(number))
    except Fault as fault:
        _pass_absence(fault)
        return None
    row = version.row
    content = {"kind": kind, "key": key, "version": row.version, "note": row.note, "published_by": row.published_by,
               "title_zh": row.title_zh, "title_en": row.title_en, "body": version.body}  # fmt: skip
    return SignedRecord(f"“{row.title_zh}”第 {row.version} 版", f"“{row.title_en}”, version {row.version}", content)


def _pass_absence(fault: Fault) -> None:
    if fault.kind not in (NOT_FOUND, UNKNOWN_KIND):
        raise fault


VERSIONS = Signable(
    "definition", Bilingual("定义的版本", "Version of a definition"), "designer:definition:read", _version
)
PUBLISHING = Approvable(
    PUBLISH, Bilingual("发布定义", "Publish a definition"),
    "designer:definition:publish", "compliance:approval:decide", _draft,
)  # fmt: skip
