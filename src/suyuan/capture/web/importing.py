"""Imports of spreadsheets over HTTP."""

from __future__ import annotations

import hashlib
import threading
from typing import Final
from urllib.parse import quote
from uuid import UUID

import msgspec

from suyuan.capture.api import importing
from suyuan.capture.contracts.imports import (
    LARGEST_FILE_MB,
    ColumnMapping,
    ImportDetail,
    ImportNodes,
    ImportPage,
    ImportPassing,
    ImportPreview,
    ImportRowsPage,
    ImportStart,
)
from suyuan.capture.contracts.permissions import IMPORT
from suyuan.capture.web.decoding import decoded, number_in, uuid_in
from suyuan.chassis.contracts import BODY_MALFORMED
from suyuan.chassis.database import transaction
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.kernel.disclosure import ALL_FIELDS

_MAPPING: Final = msgspec.json.Decoder(ColumnMapping)
_START: Final = msgspec.json.Decoder(ImportStart)
_PASSING: Final = msgspec.json.Decoder(ImportPassing)
_ONE_AT_A_TIME: Final = threading.BoundedSemaphore(1)
"""Reading a file may take a gigabyte: one at a time in each process."""
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OUTCOMES: Final = frozenset({"recorded", "warned", "refused", "repeated"})


def _id(request: HotRequest) -> UUID:
    return uuid_in(request.parameters["import_id"])


def post_import(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/imports``: the file's bytes are the body."""
    given = dict(request.query)
    name, node = given.get("name", "").replace("\0", "")[:200] or "?", given.get("node", "").replace("\0", "")[:63]
    with _ONE_AT_A_TIME:
        sheet = importing.read_sheet(request.body, name)
    hashed = hashlib.sha256(request.body).digest()
    with transaction(request.principal, request_id=request.request_id):
        return HotResponse(encode(importing.take(sheet, hashed, name, node, request.language)))


def get_imports(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/imports``."""
    given = dict(request.query)
    return HotResponse(
        encode(importing.list_imports(request.language, given.get("cursor"), number_in(given, "limit", 50, 200)))
    )


def get_import(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/imports/{import_id}``."""
    return HotResponse(encode(importing.detail(_id(request), request.language)))


def post_preview(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/imports/{import_id}/preview``."""
    return HotResponse(encode(importing.preview(_id(request), decoded(_MAPPING, request.body), request.language)))


def post_start(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/imports/{import_id}/start``."""
    return HotResponse(encode(importing.start(_id(request), decoded(_START, request.body), request.language)))


def post_cancel(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/imports/{import_id}/cancel``."""
    return HotResponse(encode(importing.cancel(_id(request), request.language)))


def post_pass(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/imports/{import_id}/pass``."""
    return HotResponse(encode(importing.let_pass(_id(request), decoded(_PASSING, request.body), request.language)))


def get_rows(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/imports/{import_id}/rows``."""
    given = dict(request.query)
    outcome = given.get("outcome")
    if outcome is not None and outcome not in _OUTCOMES:
        raise BODY_MALFORMED(at="outcome", why=f"outcome: {' | '.join(sorted(_OUTCOMES))}")
    after, limit = number_in(given, "after", 0, 2**31 - 1, least=0), number_in(given, "limit", 50, 500)
    return HotResponse(encode(importing.rows_of(_id(request), outcome, after, limit, request.language)))


def _workbook(name: str, content: bytes) -> HotResponse:
    disposition = f"attachment; filename=\"import.xlsx\"; filename*=UTF-8''{quote(name)}"
    return HotResponse(content, content_type=_EXCEL, headers=(("Content-Disposition", disposition),))


def get_faults(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/imports/{import_id}/faults``: an Excel file."""
    return _workbook(*importing.faults_file(_id(request), request.language))


def get_nodes(_: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/templates``."""
    return HotResponse(encode(importing.nodes()))


def get_template(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/templates/{node}``: an Excel file."""
    node = request.parameters["node"].replace("\0", "")[:63]
    return _workbook(f"{node}.xlsx", importing.template(node))


def import_routes() -> list[HotRoute]:
    """Return the routes of imports."""
    base = "/api/v1/capture/imports"
    return [
        HotRoute(
            "POST", base, IMPORT, post_import, body_limit_mb=LARGEST_FILE_MB, own_transaction=True,
            costly=True, query=("node", "name"), answers=ImportDetail,
            summary="Upload a spreadsheet (Excel, OpenDocument or CSV) for a node or master data; nothing is kept yet",
        ),
        HotRoute(
            "GET", base, IMPORT, get_imports, query=("cursor", "limit"), answers=ImportPage,
            summary="Imports, newest first",
        ),
        HotRoute(
            "GET", f"{base}/{{import_id}}", IMPORT, get_import, answers=ImportDetail,
            summary="An import: its columns, their mapping, and how far it is",
        ),
        HotRoute(
            "POST", f"{base}/{{import_id}}/preview", IMPORT, post_preview, takes=ColumnMapping, answers=ImportPreview,
            costly=True, summary="What would become of the first rows; nothing is recorded",
        ),
        HotRoute(
            "POST", f"{base}/{{import_id}}/start", IMPORT, post_start, takes=ImportStart, answers=ImportDetail,
            summary="Import the rows: skip wrong ones, or all or nothing",
        ),
        HotRoute(
            "POST", f"{base}/{{import_id}}/cancel", IMPORT, post_cancel, answers=ImportDetail,
            summary="Stop an import; what was recorded stays",
        ),
        HotRoute(
            "POST", f"{base}/{{import_id}}/pass", IMPORT, post_pass, takes=ImportPassing, answers=ImportDetail,
            summary="Let checks pass that stopped rows, and import these again; needs the right to override",
        ),
        HotRoute(
            "GET", f"{base}/{{import_id}}/rows", IMPORT, get_rows, query=("outcome", "after", "limit"),
            answers=ImportRowsPage, summary="Rows of an import, and what became of each",
        ),
        HotRoute(
            "GET", f"{base}/{{import_id}}/faults", " ".join((IMPORT, *ALL_FIELDS)), get_faults, file=_EXCEL,
            costly=True,
            summary="The refused rows as an Excel file, with what is wrong beside each",
        ),
        HotRoute(
            "GET", "/api/v1/capture/templates", IMPORT, get_nodes, answers=ImportNodes,
            summary="What a file can be imported into: master data and trace nodes",
        ),
        HotRoute(
            "GET", "/api/v1/capture/templates/{node}", IMPORT, get_template, file=_EXCEL,
            summary="An Excel file to fill in for master data or a trace node",
            clear="the columns of a form, for somebody to fill in",
        ),
    ]  # fmt: skip
