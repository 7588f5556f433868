"""The edge's words: guarded operations for django-ninja, hot routes for ASGI, replies and problems."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, get_type_hints

import msgspec
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from suyuan.chassis.contracts import VALUE_UNSTORABLE
from suyuan.chassis.database import in_transaction, tx
from suyuan.chassis.withholding import HEADER, disclosure, marked, passed, refuse_asked
from suyuan.kernel.disclosure import FIELD_GROUPS, require_sight
from suyuan.kernel.faults import Fault, Language
from suyuan.kernel.principals import NOT_SIGNED_IN, Principal

P = ParamSpec("P")
R = TypeVar("R")
PERMISSION_MARK: Final = "suyuan_permission"
OPEN_MARK: Final = "suyuan_open"


def _signed_in() -> Principal:
    if not in_transaction():
        raise NOT_SIGNED_IN()
    return tx().principal


def _keep_types(checked: Callable[..., object], operation: Callable[..., object]) -> None:
    """Resolve the operation's annotations where it is defined; ninja would look for them in this module."""
    hints = get_type_hints(operation, include_extras=True)
    signature = inspect.signature(operation)
    parameters = [
        parameter.replace(annotation=hints.get(name, parameter.annotation))
        for name, parameter in signature.parameters.items()
    ]
    setattr(checked, "__signature__", signature.replace(parameters=parameters))  # noqa: B010 (not declared on functions)


def guarded(*permissions: str, clear: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a web operation with every right it needs; checked on every call, read by the permission matrix test.

    A question by fields that the caller may not see is refused, and so is an answer that did not pass through
    :func:`encode`, unless ``clear`` says why it tells none of them.
    """

    def wrap(operation: Callable[P, R]) -> Callable[P, R]:
        hints = get_type_hints(operation, include_extras=True)
        marks = {name: groups for name, hint in hints.items() if (groups := marked(hint))}

        @wraps(operation)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            principal = _signed_in()
            for permission in permissions:
                principal.require(permission)
            refuse_asked(kwargs, marks, principal)
            answer = operation(*args, **kwargs)
            if not clear and isinstance(answer, HttpResponseBase):
                refuse_uncut(answer.status_code, answer.streaming or bool(getattr(answer, "content", b"")))
            return answer

        _keep_types(checked, operation)
        setattr(checked, PERMISSION_MARK, " ".join(permissions))
        return checked

    return wrap


def signed_in(operation: Callable[P, R]) -> Callable[P, R]:
    """Mark a web operation that any signed-in principal may call (their own account, for example)."""
    return guarded()(operation)


def refuse_uncut(status: int, says_something: bool) -> None:
    """Refuse to send an answer that nothing was withheld from, to somebody who may not see every field.

    :raises Fault: ``kernel.fields_withheld``.
    """
    current = disclosure()
    if status < 300 and says_something and not current.cut and current.reader is not None:
        require_sight(current.reader, *FIELD_GROUPS)


def open_operation(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a web operation that nobody needs to sign in for; ``reason`` says why that is safe."""

    def mark(operation: Callable[P, R]) -> Callable[P, R]:
        setattr(operation, OPEN_MARK, reason)
        return operation

    return mark


def encode(value: object) -> bytes:
    """Return JSON bytes of contracts, mappings and lists; decimals become strings, so every digit stays.

    This is the one place where answers become JSON: what their reader may not see is left out here.
    """
    return msgspec.json.encode(passed(value))


def reply(value: object, status: int = 200) -> HttpResponse:
    """Return a JSON response without a second pass through a schema (the contract is typed already)."""
    response = HttpResponse(encode(value), status=status, content_type="application/json")
    if withheld := disclosure().header():
        response[HEADER] = withheld
    return response


def language_of(accept_language: str) -> Language:
    """Return the language a browser or program prefers; Chinese unless English comes first."""
    for part in accept_language.lower().split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "zh"


@dataclass(frozen=True, slots=True)
class HotRequest:
    """A request on a hot route. ``query`` keeps order and repeats; header names are lower case."""

    method: str
    path: str
    parameters: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes
    principal: Principal
    request_id: str
    base_url: str

    @property
    def language(self) -> Language:
        """The language for this answer: what the request accepts, else the principal's own."""
        accepted = self.headers.get("accept-language")
        return language_of(accepted) if accepted and accepted != "*" else self.principal.language


@dataclass(frozen=True, slots=True)
class HotResponse:
    """The answer of a hot route."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


Work = Callable[[HotRequest], HotResponse]
Stream = Callable[[HotRequest], AsyncIterator[bytes]]
GroupWork = Callable[[Sequence[HotRequest], bool], Sequence[HotResponse | Fault | None]]
"""Work of several requests of one tenant in one transaction, as if one after another: an answer for each, in order. By
the second argument others are waited for; without it, what others stand in the way of gets None and leaves no trace.
"""


@dataclass(frozen=True, slots=True)
class HotRoute:
    """A path served natively in ASGI. ``work`` runs in a request thread inside the one transaction.

    ``pattern`` reads ``/epcis/v2/events/{event_id}``; a parameter matches one path segment, percent-decoded.
    ``own_transaction`` work opens its transactions itself (a capture job commits its outcome even where the events are
    rolled back). Where requests of one tenant come while others of the same route are at work, ``together`` does theirs
    at once, in a transaction that names nobody. Of ``costly`` work a caller has only a few under way. ``stream`` routes
    answer with server-sent events and hold no transaction. ``permission`` (several, with spaces between) empty: whoever
    is signed in; None: the route is open, and ``open_reason`` says why that is safe. ``clear`` says why an answer that
    does not pass through :func:`encode` tells no field that a right of its own opens. ``query`` and ``headers`` name
    what a request may carry, ``takes`` and ``answers`` the msgspec types of its body and of the answer, ``file`` the
    media type of an answer that is a file: the interface is described from it.
    """

    method: str
    pattern: str
    permission: str | None
    work: Work | None = None
    stream: Stream | None = None
    together: GroupWork | None = None
    body_limit_mb: int = 2
    own_transaction: bool = False
    costly: bool = False
    open_reason: str = ""
    clear: str = ""
    summary: str = ""
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    takes: Any = None
    answers: Any = None
    file: str = ""
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = re.split(r"\{(\w+)\}", self.pattern)
        expression = "".join(f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
        object.__setattr__(self, "regex", re.compile(expression))


def problem_response(fault: Fault, language: Language, request_id: str) -> HotResponse:
    """Return the RFC 7807 answer for ``fault``."""
    headers = [("Content-Language", "zh-CN" if language == "zh" else "en"), ("Cache-Control", "no-store")]
    if fault.kind.status == 401:
        headers.append(("WWW-Authenticate", 'Bearer realm="suyuan"'))
    if "retry_after" in fault.params:
        headers.append(("Retry-After", str(fault.params["retry_after"])))
    try:
        body = encode(fault.problem(language, request_id=request_id))
    except UnicodeEncodeError:  # it quotes half a character, as JSON escapes can hold
        return problem_response(VALUE_UNSTORABLE(), language, request_id)
    return HotResponse(
        body,
        fault.kind.status,
        "application/problem+json",
        tuple(headers),
    )
