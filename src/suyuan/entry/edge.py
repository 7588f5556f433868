"""The edge of Django requests: request id, who calls, the one transaction, faults as problems, safety headers."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from typing import Any, cast

import psycopg
import structlog
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import CsrfViewMiddleware

from suyuan.chassis.contracts import (
    BODY_MALFORMED,
    CSRF_MISSING,
    DATABASE_AWAY,
    METHOD_NOT_ALLOWED,
    NO_SUCH_PATH,
    STORAGE_FULL,
    UNEXPECTED,
    VALUE_UNSTORABLE,
)
from suyuan.chassis.database import DATABASE_LOST, transaction
from suyuan.chassis.http import language_of, problem_response
from suyuan.chassis.limits import calls
from suyuan.chassis.settings import settings
from suyuan.chassis.withholding import disclosure
from suyuan.entry.headers import safety_headers
from suyuan.kernel.faults import Fault, Language
from suyuan.kernel.principals import Principal
from suyuan.tenancy import api as tenancy

log = structlog.get_logger(__name__)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_UNSTORABLE = frozenset({None, "22003", "22021"})
"""NUL, refused by the driver before it is sent; a number out of range; a character that is none (SQLSTATE)."""
_NO_STORAGE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
API_PREFIXES = ("/api/", "/epcis/")
OPEN_PAGES = ("/00/", "/01/")
"""Pages for everybody: whoever is signed in sees them as a stranger does, so nobody is looked up for them."""
SIGN_IN = frozenset(
    {
        ("POST", "/api/v1/session"),
        ("POST", "/api/v1/session/badge"),
        ("POST", "/api/v1/session/passkeys/sign-in"),
        ("POST", "/api/v1/session/invitation"),
        ("POST", "/api/v1/session/invitation/accept"),
        ("GET", "/api/v1/session/providers"),
        ("GET", "/api/v1/session/provider/start"),
        ("GET", "/api/v1/session/provider/callback"),
    }
)
"""Whoever signs in is nobody yet, whatever session the request came with."""


def new_request_id() -> str:
    """Return an id that ties the answer, the log and the audit trail together."""
    return secrets.token_hex(8)


def language_for(request: HttpRequest, principal: Principal | None) -> Language:
    """Return the language to answer in: what the request accepts, else the person's own."""
    accepted = request.headers.get("Accept-Language", "")
    if accepted and accepted != "*":
        return language_of(accepted)
    return principal.language if principal else "zh"


def csrf_missing(request: HttpRequest) -> bool:
    """Tell whether a cookie-borne unsafe request lacks the page's token (Django's own check)."""
    check = CsrfViewMiddleware(lambda _: HttpResponse())
    check.process_request(request)  # reads the cookie

    def unmarked(_: HttpRequest) -> HttpResponse:  # ninja marks its views exempt; here none is
        return HttpResponse()

    return check.process_view(request, unmarked, (), {}) is not None


def as_fault(error: Exception, request_id: str, asked: str) -> Fault:
    """Return the fault that answers for ``error``; what we did not foresee is logged with its trace.

    ``asked`` is the request's method and path as the log names them.
    """
    if isinstance(error, Fault):
        if error.kind.status == 403:
            log.warning(
                "access refused", request_id=request_id, asked=asked, code=error.kind.code, params=dict(error.params)
            )
        return error
    if _no_storage(error):
        log.error("storage takes nothing", request_id=request_id, error=str(error))
        return STORAGE_FULL(retry_after=10)
    if isinstance(error, DATABASE_LOST):
        log.warning("database away", request_id=request_id, error=str(error))
        return DATABASE_AWAY(retry_after=2)
    if isinstance(error, RawPostDataException):  # a form was sent, and its reading for the page's token used it up
        return BODY_MALFORMED(why="Content-Type: application/json")
    cause = error.__cause__ if isinstance(error, DataError) else error
    half_character = isinstance(cause, UnicodeEncodeError) and cause.reason == "surrogates not allowed"
    if half_character or (isinstance(cause, psycopg.DataError) and cause.sqlstate in _UNSTORABLE):
        log.warning("unstorable", request_id=request_id, error=str(cause))
        return VALUE_UNSTORABLE()
    log.exception("unexpected", request_id=request_id, asked=asked, exc_info=error)
    return UNEXPECTED(request_id=request_id)


def _no_storage(error: Exception) -> bool:
    """Tell whether the disk took nothing: ours, or the database's (which it also says by Django's exception)."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):  # what PostgreSQL says of a disk that became read-only
        return os.strerror(errno.EROFS) in str(cause)
    full = isinstance(cause, psycopg.errors.DiskFull | psycopg.errors.IoError)
    return full or (isinstance(cause, OSError) and cause.errno in _NO_STORAGE)


class EdgeMiddleware:
    """Wraps every Django view. Order: whitenoise (files), this, the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request.headers.get("X-Suyuan-Request-Id") or new_request_id()
        request.request_id = request_id  # type: ignore[attr-defined]  # the edge's own mark
        principal: Principal | None = None
        try:
            request.session = SessionStore(request.COOKIES.get(settings().session_cookie))
            CsrfViewMiddleware(self._get_response).process_request(
                request
            )  # so that get_token keeps the cookie's secret
            address = request.META.get("REMOTE_ADDR", "")
            if not request.path.startswith(OPEN_PAGES) and (request.method, request.path) not in SIGN_IN:
                principal = tenancy.identify(request.headers.get("Authorization"), request.session, address)
            if principal is not None:
                calls.count(principal)
            response = self._answer(request, principal, request_id)
        except Exception as error:
            response = self.refuse(
                request, as_fault(error, request_id, f"{request.method} {request.path}"), principal, request_id
            )
        return self._finish(request, response, request_id)

    def _answer(self, request: HttpRequest, principal: Principal | None, request_id: str) -> HttpResponse:
        unsafe = request.method not in SAFE_METHODS
        if unsafe and "HTTP_AUTHORIZATION" not in request.META and csrf_missing(request):
            raise CSRF_MISSING()
        request.principal = principal  # type: ignore[attr-defined]  # the edge's own mark
        disclosure().reader = principal
        if principal is None:
            return self._told(request)
        with transaction(principal, request_id=request_id) as current:
            response = self._told(request)
            if response.status_code >= 400:
                current.abandon()
            return response

    def _told(self, request: HttpRequest) -> HttpResponse:
        """Return the view's answer; where it does not take the method, as a problem."""
        response = self._get_response(request)
        if response.status_code == 405 and request.path.startswith(API_PREFIXES):
            raise METHOD_NOT_ALLOWED(method=request.method or "", allowed=response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a view's exception into its problem; the status makes :meth:`_answer` roll back."""
        request_id = str(getattr(request, "request_id", ""))
        principal = getattr(request, "principal", None)
        if isinstance(error, Http404):
            error = NO_SUCH_PATH(path=request.path)
        if not request.path.startswith(API_PREFIXES) and not isinstance(error, Fault):
            return None
        return self.refuse(
            request, as_fault(error, request_id, f"{request.method} {request.path}"), principal, request_id
        )

    @staticmethod
    def refuse(request: HttpRequest, fault: Fault, principal: Principal | None, request_id: str) -> HttpResponse:
        """Return the problem answer."""
        problem = problem_response(fault, language_for(request, principal), request_id)
        response = HttpResponse(problem.body, status=problem.status, content_type=problem.content_type)
        for name, value in problem.headers:
            response[name] = value
        return response

    @staticmethod
    def _finish(request: HttpRequest, response: HttpResponse, request_id: str) -> HttpResponse:
        for name, value in safety_headers().items():
            response.setdefault(name, value)
        response["X-Request-Id"] = request_id
        if response.status_code == 204:
            del response["Content-Type"]  # there is no content
        if request.path.startswith("/api/"):
            response.setdefault("Cache-Control", "no-store")
        session: Any = request.session
        if session.session_key and session.modified:
            session.save()
            response.set_cookie(
                settings().session_cookie,
                session.session_key,
                max_age=settings().session_hours * 3600,
                httponly=True,
                samesite="Lax",
                secure=settings().secure_cookies,
            )
        return cast("HttpResponse", CsrfViewMiddleware(lambda _: response).process_response(request, response))
