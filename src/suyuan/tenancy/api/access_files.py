"""The access report as a file: people and roles, rights one by one, the matrix of roles and rights, tokens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import typst
import xlsxwriter
from noto_cjk_sans_otc import FONT_PATH

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.registry import registry
from suyuan.kernel.faults import Language
from suyuan.tenancy.api.access import tokens
from suyuan.tenancy.api.access_report import access_report
from suyuan.tenancy.api.policy import rights_held
from suyuan.tenancy.api.provisioning import own_tenant, sites
from suyuan.tenancy.api.roles import roles
from suyuan.tenancy.contracts.access import AccessQuestion, ReportFormat

Cell = str | int
_WORDS: Final = {
    "access": ("人员与角色", "People and roles"),
    "rights": ("权限明细", "Rights one by one"),
    "matrix": ("角色权限矩阵", "Roles and rights"),
    "tokens": ("API 令牌", "API tokens"),
    "title": ("权限报告", "Access report"),
    "name": ("姓名", "Name"),
    "login": ("登录名", "Login"),
    "state": ("状态", "State"),
    "role": ("角色", "Role"),
    "site": ("工厂", "Site"),
    "since": ("起始 (UTC)", "Since (UTC)"),
    "last": ("最近登录 (UTC)", "Last sign-in (UTC)"),
    "factor": ("第二因素", "Second factor"),
    "administers": ("管理权限", "Administers"),
    "right": ("权限", "Right"),
    "code": ("权限代码", "Code of the right"),
    "active": ("在用", "active"),
    "inactive": ("停用", "disabled"),
    "all": ("全部工厂", "every site"),
    "never": ("从未", "never"),
    "yes": ("有", "yes"),
    "no": ("无", "no"),
    "count": ("权限数", "Rights"),
    "expires": ("到期 (UTC)", "Expires (UTC)"),
    "used": ("最近使用 (UTC)", "Last used (UTC)"),
    "maker": ("建立者", "Made by"),
    "token": ("令牌", "Token"),
    "printed": ("制表", "Made"),
    "page": ("第 {page} / {total} 页", "Page {page} of {total}"),
    "none": ("没有记录。", "Nothing on record."),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


class _Report:
    """One report in one language."""

    def __init__(self, question: AccessQuestion, language: Language) -> None:
        self.question, self.language = question, language
        self.words = {name: text[0 if language == "zh" else 1] for name, text in _WORDS.items()}
        self.places = {site.id: self.either(site.name_zh, site.name_en) for site in sites()}

    def either(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def place(self, site: int | None) -> str:
        return self.words["all"] if site is None else self.places.get(site, f"#{site}")

    def state(self, active: bool) -> str:
        return self.words["active" if active else "inactive"]

    def heads(self, *names: str) -> tuple[str, ...]:
        return tuple(self.words[name] for name in names)

    def title_of(self, permission: str) -> str:
        known = registry.permissions.get(permission)
        return known.title.render(self.language) if known else permission

    def access(self) -> _Sheet:
        heads = self.heads("name", "login", "state", "role", "site", "since", "last", "factor", "administers")
        rows = [
            (each.name, each.login, self.state(each.active), self.either(each.role_zh, each.role_en),
             self.place(each.site_id), _time(each.since, "–"), _time(each.last_sign_in, self.words["never"]),
             self.words["yes" if each.second_factor else "no"], ", ".join(map(self.title_of, each.administrative)))
            for each in access_report(self.question)
        ]  # fmt: skip
        return _Sheet(self.words["access"], heads, rows)

    def rights(self) -> _Sheet:
        heads = self.heads("name", "login", "state", "right", "code", "site", "role")
        wanted = {(each.user_id, each.site_id) for each in access_report(self.question)}
        rows = [
            (each.name, each.login, self.state(each.active), self.title_of(each.permission), each.permission,
             self.place(each.site_id), ", ".join(each.roles_zh if self.language == "zh" else each.roles_en))
            for each in rights_held(self.question.permission, self.question.person)
            if (each.user_id, each.site_id) in wanted
        ]  # fmt: skip
        return _Sheet(self.words["rights"], heads, rows)

    def matrix(self) -> _Sheet:
        known = roles()
        heads = (*self.heads("right", "code"), *(self.either(each.name_zh, each.name_en) for each in known))
        rows = [
            (self.title_of(name), name, *("●" if name in each.permissions else "" for each in known))
            for name in sorted(registry.permissions)
        ]
        return _Sheet(self.words["matrix"], heads, rows)

    def tokens(self) -> _Sheet:
        heads = self.heads("token", "site", "count", "maker", "since", "expires", "used")
        rows = [
            (f"{each.name} ({each.prefix}…)", self.place(each.site_id), len(each.permissions), each.created_by,
             _time(each.created, "–"), _time(each.expires, "–"), _time(each.last_used, self.words["never"]))
            for each in tokens() if each.revoked is None
        ]  # fmt: skip
        return _Sheet(self.words["tokens"], heads, rows)


def _time(moment: datetime | None, otherwise: str) -> str:
    return otherwise if moment is None else moment.strftime("%Y-%m-%d %H:%M")


def access_file(question: AccessQuestion, form: ReportFormat, language: Language) -> bytes:
    """Return the access report as Excel (every sheet), CSV (people and roles) or PDF (without the single rights)."""
    report = _Report(question, language)
    if form == "csv":
        return _csv(report.access())
    if form == "pdf":
        return _pdf(report, [report.access(), report.matrix(), report.tokens()])
    return _workbook([report.access(), report.rights(), report.matrix(), report.tokens()])


def _workbook(sheets: Sequence[_Sheet]) -> bytes:
    content = io.BytesIO()
    kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, kept) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for each in sheets:
            page = book.add_worksheet(each.title)
            for column, head in enumerate(each.heads):
                page.write_string(0, column, head, bold)
            for line, row in enumerate(each.rows, 1):
                page.write_row(line, 0, row)
            page.freeze_panes(1, 1)
            page.set_column(0, len(each.heads) - 1, 18)
            if each.rows:
                page.autofilter(0, 0, len(each.rows), len(each.heads) - 1)
    return content.getvalue()


def _csv(sheet: _Sheet) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.heads)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _pdf(report: _Report, sheets: Sequence[_Sheet]) -> bytes:
    now: datetime = tx().value("SELECT clock_timestamp()")
    data = {
        "words": report.words, "company": own_tenant().name, "language": report.language,
        "printed": f"{now:%Y-%m-%d %H:%M} UTC · {tx().principal.name}",
        "sheets": [{"title": each.title, "heads": each.heads, "rows": each.rows} for each in sheets],
    }  # fmt: skip
    files = {
        "main.typ": named_sql("suyuan.tenancy.api", "access.typ").encode(), "data.json": msgspec.json.encode(data),
    }  # fmt: skip
    # the stubs know neither several files in memory nor a path beside them
    compile_files: Any = typst.compile
    pdf: bytes = compile_files(
        files, font_paths=[str(Path(FONT_PATH).parent)], ignore_system_fonts=True, pdf_standards="a-2b"
    )
    return pdf
