"""Reviewing the audit trail, and taking it away as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

import xlsxwriter

from suyuan.chassis.database import tx
from suyuan.chassis.withholding import passed, stand_in
from suyuan.compliance.contracts import (
    AUDIT_EXPORT_TOO_LARGE,
    REVIEW_EMPTY,
    AuditEntry,
    AuditQuestion,
    AuditReview,
    Signable,
    SignedRecord,
)
from suyuan.compliance.store import audit as trail
from suyuan.compliance.store import reviews as store
from suyuan.kernel.disclosure import FIELD_GROUPS, PEOPLE
from suyuan.kernel.faults import Bilingual, Language

MOST_ROWS = 100_000
_PAGE = 1000
_HEADS = (
    ("时间 (UTC)", "Time (UTC)", 24),
    ("人员", "Who", 20),
    ("方式", "How", 10),
    ("动作", "Action", 10),
    ("数据表", "Table", 26),
    ("记录", "Record", 14),
    ("变更前", "Before", 50),
    ("变更后", "After", 50),
    ("理由", "Reason", 30),
    ("请求编号", "Request", 34),
    ("序号", "Number", 10),
    ("封存位置", "Sealed at", 10),
)


def review_audit(question: AuditQuestion, outcome: str, note: str) -> AuditReview:
    """Put on record that whoever is signed in looked through what fits ``question``, up to now at the latest.

    :raises Fault: ``compliance.review_empty``.
    """
    now = tx().value("SELECT clock_timestamp()")
    until = min(question.until or now, now)
    entries, last = store.counted(replace(question, until=until))
    if not entries or not note.strip():
        raise REVIEW_EMPTY(at="/note" if entries else "/until")
    return store.insert(question, until, entries, last, outcome, note.strip())


def list_reviews(after: int | None = None, limit: int = 50) -> Sequence[AuditReview]:
    """Return reviews, newest first, below the one numbered ``after``."""
    return store.listed(after, limit)


def _load(subject: str) -> SignedRecord | None:
    found = store.numbered(int(subject)) if subject.isdecimal() and len(subject) < 19 else None
    if found is None:
        return None
    when = found.at.strftime("%Y-%m-%d %H:%M UTC")
    title = (f"审计审阅 {found.id}（{when}）", f"Audit review {found.id} ({when})")  # titles name nobody
    return SignedRecord(*title, asdict(found))


AUDIT_REVIEWS = Signable("audit_review", Bilingual("审计审阅", "Audit review"), "compliance:audit:read", _load)


def audit_workbook(question: AuditQuestion, language: Language) -> bytes:
    """Return the audit records that fit as an ``.xlsx`` file.

    :raises Fault: ``compliance.audit_export_too_large`` beyond 100,000 records.
    """
    content = io.BytesIO()
    # Texts are told as they are: nothing in them becomes a formula, a number or a link.
    kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, kept) as book:
        sheet = book.add_worksheet("审计记录" if language == "zh" else "Audit trail")
        bold = book.add_format({"bold": True})
        for column, (zh, en, width) in enumerate(_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, zh if language == "zh" else en, bold)
        sheet.freeze_panes(1, 0)
        for line, entry in enumerate(_all(question), 1):
            for column, value in enumerate(_row(entry, language)):
                sheet.write(line, column, value)
    return content.getvalue()


def audit_csv(question: AuditQuestion, language: Language) -> bytes:
    """Return the audit records that fit as CSV in UTF-8 with a byte order mark, nothing in it a formula.

    :raises Fault: ``compliance.audit_export_too_large`` beyond 100,000 records.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([head[0 if language == "zh" else 1] for head in _HEADS])
    for entry in _all(question):
        writer.writerow([_harmless(value) for value in _row(entry, language)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def _all(question: AuditQuestion) -> Iterator[AuditEntry]:
    after: int | None = None
    count = 0
    while rows := trail.listed(question, after, _PAGE):
        count += len(rows)
        if count > MOST_ROWS:
            raise AUDIT_EXPORT_TOO_LARGE(limit=MOST_ROWS)
        yield from passed(rows)
        after = rows[-1].id


def _row(entry: AuditEntry, language: Language) -> tuple[object, ...]:
    hidden = stand_in(language, *FIELD_GROUPS)
    return (
        entry.time.strftime("%Y-%m-%d %H:%M:%S.%f"),
        entry.actor or stand_in(language, PEOPLE),
        entry.via,
        entry.action,
        entry.table,
        entry.record,
        hidden or _json(entry.before),
        hidden or _json(entry.after),
        entry.reason or "",
        entry.request_id,
        entry.id,
        "" if entry.position is None else entry.position,
    )


def _json(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)[:32_000]
