"""The quality of entries over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast, get_args

import msgspec

from suyuan.capture.api import measuring
from suyuan.capture.contracts.permissions import QUALITY, TARGETS
from suyuan.capture.contracts.quality import EntriesWhat, EntryPage, Quality, QualityBy, QualityTargets
from suyuan.capture.web.decoding import decoded
from suyuan.chassis.contracts import BODY_MALFORMED
from suyuan.chassis.database import tx
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode
from suyuan.kernel.disclosure import PEOPLE, require_sight, sees

_TARGETS: Final = msgspec.json.Decoder(QualityTargets)
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    found = given.get(name, allowed[0])
    if found not in allowed:
        raise BODY_MALFORMED(at=name, why=f"{name}: {' | '.join(allowed)}")
    return found


def _by(given: Mapping[str, str]) -> QualityBy:
    """Return by what is counted: where nothing is said by person, or by team for who may not see people.

    :raises Fault: ``kernel.fields_withheld`` where they ask by person all the same.
    """
    who = tx().principal
    by = cast("QualityBy", _one_of(given, "by", get_args(QualityBy)))
    if "by" not in given and not sees(who, PEOPLE):
        return "team"
    if by == "person":
        require_sight(who, PEOPLE)
    return by


def get_quality(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/quality``."""
    given = dict(request.query)
    return HotResponse(encode(measuring.quality(_by(given), given.get("from"), given.get("to"))))


def get_entries(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/quality/entries``."""
    given = dict(request.query)
    what = cast("EntriesWhat", _one_of(given, "what", get_args(EntriesWhat)))
    key = given["key"].replace("\0", "")[:500] if "key" in given else None
    return HotResponse(encode(measuring.entries_behind(_by(given), key, what, given.get("from"), given.get("to"))))


def get_export(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/quality/export``: an Excel file."""
    given = dict(request.query)
    content = measuring.export(_by(given), given.get("from"), given.get("to"), request.language)
    headers = (("Content-Disposition", 'attachment; filename="entry-quality.xlsx"'),)
    return HotResponse(content, content_type=_EXCEL, headers=headers)


def post_targets(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/quality/targets``."""
    return HotResponse(encode(measuring.set_targets(decoded(_TARGETS, request.body))))


def quality_routes() -> list[HotRoute]:
    """Return the routes of the quality of entries."""
    base = "/api/v1/capture/quality"
    return [
        HotRoute(
            "GET", base, QUALITY, get_quality, query=("by", "from", "to"), answers=Quality,
            summary="How entries were made, how late, how often put right: by person, team, node, site or device",
        ),
        HotRoute(
            "GET", f"{base}/entries", QUALITY, get_entries, query=("by", "key", "what", "from", "to"),
            answers=EntryPage, summary="The entries behind a figure of the quality of entries",
        ),
        HotRoute(
            "GET", f"{base}/export", QUALITY, get_export, file=_EXCEL, query=("by", "from", "to"), costly=True,
            summary="The quality of entries as an Excel file",
            clear="counts by what was asked for; by person only for who may see people",
        ),
        HotRoute(
            "POST", f"{base}/targets", TARGETS, post_targets, takes=QualityTargets, answers=QualityTargets,
            summary="Set the targets of the quality of entries",
        ),
    ]  # fmt: skip
