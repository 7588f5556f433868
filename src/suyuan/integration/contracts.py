"""What crosses the door of ``integration``: capture jobs, event queries, and their refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Fault, FaultKind, Language, fault_kind


class CaptureBehaviour(StrEnum):
    """What a capture job does when some events are refused: take none (the default) or take the others."""

    ROLLBACK = "rollback"
    PROCEED = "proceed"


@dataclass(frozen=True, slots=True)
class CaptureError:
    """Why an event was refused. ``index`` counts events from 0; None is the document itself.

    ``at`` is a JSON pointer into the document. The texts are in both languages. A finding of ``level`` approve may be
    let pass: ``check`` of the trace node ``node``.
    """

    index: int | None
    event_id: str | None
    code: str
    title_zh: str
    title_en: str
    remedy_zh: str
    remedy_en: str
    at: str | None
    exception: str
    check: str | None = None
    node: str = ""
    level: str = "refuse"

    def title(self, language: Language) -> str:
        """Return what is wrong, in ``language``."""
        return self.title_zh if language == "zh" else self.title_en

    def remedy(self, language: Language) -> str:
        """Return what to do about it, in ``language``."""
        return self.remedy_zh if language == "zh" else self.remedy_en

    def problem(self, language: Language) -> dict[str, object]:
        """Return the finding as an entry of a problem's or capture job's ``errors`` (RFC 7807)."""
        body: dict[str, object] = {
            "type": self.exception, "title": self.title(language), "status": 400,
            "detail": self.remedy(language), "code": self.code,
        }  # fmt: skip
        found = {"at": self.at, "index": self.index, "eventID": self.event_id}
        return body | {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class CaptureJob:
    """The state of one capture. ``accepted`` counts events on record, ``replayed`` those that were there before.

    ``running`` and ``success`` mean what the standard's table for capture jobs says. ``errors`` are the first findings,
    of ``error_count`` in all.
    """

    id: UUID
    created: datetime
    finished: datetime | None
    running: bool
    success: bool
    behaviour: CaptureBehaviour
    events: int
    accepted: int
    replayed: int
    refused: int
    error_count: int
    name: str | None
    user: Annotated[str | None, PEOPLE]
    errors: tuple[CaptureError, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureJobRow:
    """A capture job in the console's list; ``errors`` is how many findings there are."""

    id: UUID
    created: datetime
    finished: datetime | None
    success: bool
    running: bool
    behaviour: CaptureBehaviour
    errors: int
    events: int
    accepted: int
    replayed: int
    refused: int
    name: str | None
    user: Annotated[str | None, PEOPLE]


@dataclass(frozen=True, slots=True)
class CaptureRefusal:
    """A finding as the console shows it, in the reader's language."""

    index: int | None
    event_id: str | None
    code: str
    title: str
    remedy: str
    at: str | None
    check: str | None = None
    node: str = ""
    overridable: bool = False


@dataclass(frozen=True, slots=True)
class CapturePass:
    """Who let which check of a node pass and why: in one event, or (``event_id`` None) in the whole document."""

    made: datetime
    by: Annotated[str, PEOPLE]
    node: str
    check: str
    event_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class PassChoice:
    """A check of a node to let pass: in one event, or (``event_id`` None) wherever it stops the document."""

    node: str
    check: str
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class PassOrder:
    """What to let pass of a document, and why."""

    choices: Sequence[PassChoice]
    reason: str


@dataclass(frozen=True, slots=True)
class CaptureJobDetail:
    """A capture job in the console, with its first findings of ``error_count``.

    ``passable``: its document is kept, so that who may override can let events pass that only need that.
    """

    id: UUID
    created: datetime
    finished: datetime | None
    success: bool
    running: bool
    behaviour: CaptureBehaviour
    errors: list[CaptureRefusal]
    error_count: int
    events: int
    accepted: int
    replayed: int
    refused: int
    name: str | None
    user: Annotated[str | None, PEOPLE]
    passable: bool = False
    passes: Sequence[CapturePass] = ()


@dataclass(frozen=True, slots=True)
class CapturePage:
    """A page of capture jobs, newest first; ``next`` is the cursor of the following page."""

    rows: list[CaptureJobRow]
    next: str | None = None
    total: int | None = None


class ContentRefused(Fault):
    """A refusal with many findings: the problem lists them under ``errors``."""

    __slots__ = ("errors",)

    def __init__(self, errors: tuple[CaptureError, ...], count: int) -> None:
        super().__init__(CONTENT_REFUSED, errors[0].at, {"count": count})
        self.errors = errors

    def title(self, language: Language) -> str:
        """Return the only finding's title, or the count with the first one's."""
        first = self.errors[0].title(language)
        return first if len(self.errors) == 1 else f"{CONTENT_REFUSED.text.render(language, self.params)} {first}"

    def remedy(self, language: Language) -> str:
        """Return the first finding's remedy."""
        return self.errors[0].remedy(language)

    def problem(self, language: Language, *, request_id: str | None = None) -> dict[str, object]:
        """Return the problem with all findings."""
        body = Fault.problem(self, language, request_id=request_id)
        return body | {"errors": [error.problem(language) for error in self.errors]}


_QUERY: Final = "epcisException:QueryParameterException"


def _query_fault(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(
        f"integration.{code}", 400, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en, exception=_QUERY
    )


QUERY_PARAMETER_UNKNOWN = _query_fault(
    "query_parameter_unknown",
    "没有查询参数“{name}”，或本系统尚不支持。", "There is no query parameter “{name}”, or it is not supported here.",
    "可用的参数见 OpenAPI 说明和 docs/reference/epcis.md。",
    "The parameters are listed in the OpenAPI description and in docs/reference/epcis.md.",
)
QUERY_VALUE_WRONG = _query_fault(
    "query_value_wrong",
    "查询参数 {name} 不能为“{given}”。", "The query parameter {name} cannot be “{given}”.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
QUERY_PARAMETER_TWICE = _query_fault(
    "query_parameter_twice",
    "查询参数 {name} 给了两次。", "The query parameter {name} is given twice.",
    "只给一次；多个值用 | 分隔。", "Give it once; separate several values by |.",
)
QUERY_PARAMETERS_EXCLUSIVE = _query_fault(
    "query_parameters_exclusive",
    "{name} 与 {other} 不能同时使用。", "{name} and {other} exclude each other.",
    "去掉其中一个。", "Remove one of them.",
)
QUERY_PARAMETER_NEEDS = _query_fault(
    "query_parameter_needs",
    "使用 {name} 时必须给出 {other}。", "{name} needs {other} as well.",
    "加上 {other}。", "Add {other}.",
)
QUERY_TOO_LARGE = fault_kind(
    "integration.query_too_large", 413,
    zh="结果超过 maxEventCount 允许的 {limit} 个事件。",
    en="The result has more events than the {limit} that maxEventCount allows.",
    remedy_zh="缩小查询范围，或提高 maxEventCount。", remedy_en="Narrow the query, or raise maxEventCount.",
    exception="epcisException:QueryTooLargeException",
)
NO_SUCH_CAPTURE = fault_kind(
    "integration.no_such_capture", 404,
    zh="没有采集任务“{id}”。", en="There is no capture job “{id}”.",
    remedy_zh="使用采集时 Location 头给出的地址。",
    remedy_en="Use the address that the Location header gave on capture.",
    exception="epcisException:NoSuchResourceException",
)
CAPTURE_RUNNING = fault_kind(
    "integration.capture_running", 409,
    zh="这份文档正在处理。", en="This document is being worked off.",
    remedy_zh="请等处理结束后再放行。", remedy_en="Wait until that is over, then let events pass.",
)
NOTHING_TO_PASS = fault_kind(
    "integration.nothing_to_pass", 409,
    zh="这份文档里没有可以放行的“{check}”。", en="There is no “{check}” in this document that could be let pass.",
    remedy_zh="请刷新页面看最新结果；不能放行的问题请改正后重新发送。",
    remedy_en="Load the page again; what cannot be let pass has to be corrected and sent again.",
)
NO_SUCH_EVENT = fault_kind(
    "integration.no_such_event", 404,
    zh="没有事件“{id}”。", en="There is no event “{id}”.",
    remedy_zh="检查事件标识（要做 URL 编码）。", remedy_en="Check the event id (it must be URL-encoded).",
    exception="epcisException:NoSuchResourceException",
)
NOT_ACCEPTABLE = fault_kind(
    "integration.not_acceptable", 406,
    zh="不能按“{header}: {given}”答复。", en="An answer as in “{header}: {given}” cannot be given.",
    remedy_zh="允许：{allowed}。", remedy_en="Allowed: {allowed}.",
    exception="epcisException:NotAcceptableException",
)
MEDIA_TYPE_UNSUPPORTED = fault_kind(
    "integration.media_type_unsupported", 415,
    zh="不支持内容类型“{given}”。", en="The content type “{given}” is not supported.",
    remedy_zh="使用 application/json 或 application/ld+json。",
    remedy_en="Use application/json or application/ld+json.",
    exception="epcisException:UnsupportedMediaTypeException",
)
CONTENT_REFUSED = fault_kind(
    "integration.content_refused", 400,
    zh="内容被拒绝，共 {count} 处问题。", en="The content is refused; findings: {count}.",
    remedy_zh="逐项改正 errors 中列出的问题后重新发送。", remedy_en="Correct what errors lists and send it again.",
    exception="epcisException:ValidationException",
)
