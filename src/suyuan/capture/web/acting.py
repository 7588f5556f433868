"""What actions of trace nodes did, over HTTP."""

from __future__ import annotations

from typing import Final, get_args

from suyuan.capture.api import acting
from suyuan.capture.contracts.actions import ActionPage, ActionRun, RunState, WebhookSecret
from suyuan.capture.contracts.permissions import ACTIONS, RETRY
from suyuan.capture.web.decoding import number_in, uuid_in
from suyuan.chassis.contracts import BODY_MALFORMED
from suyuan.chassis.http import HotRequest, HotResponse, HotRoute, encode

_STATES: Final = get_args(RunState)


def get_actions(request: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/actions``."""
    given = dict(request.query)
    state = given.get("state")
    if state is not None and state not in _STATES:
        raise BODY_MALFORMED(at="state", why=f"state: {' | '.join(_STATES)}")
    limit = number_in(given, "limit", 50, 200)
    return HotResponse(encode(acting.list_actions(request.language, state, given.get("cursor"), limit)))


def post_retry(request: HotRequest) -> HotResponse:
    """``POST /api/v1/capture/actions/{action_id}/retry``."""
    return HotResponse(encode(acting.retry(uuid_in(request.parameters["action_id"]), request.language)))


def get_secret(_: HotRequest) -> HotResponse:
    """``GET /api/v1/capture/webhook-secret``."""
    return HotResponse(encode(acting.webhook_secret()))


def action_routes() -> list[HotRoute]:
    """Return the routes of actions."""
    return [
        HotRoute(
            "GET", "/api/v1/capture/actions", ACTIONS, get_actions, query=("state", "cursor", "limit"),
            answers=ActionPage, summary="What actions of trace nodes did, newest first",
        ),
        HotRoute(
            "POST", "/api/v1/capture/actions/{action_id}/retry", RETRY, post_retry, answers=ActionRun,
            summary="Try a failed action again at once",
        ),
        HotRoute(
            "GET", "/api/v1/capture/webhook-secret", RETRY, get_secret, answers=WebhookSecret,
            summary="The secret by which receivers of webhooks check signatures (Standard Webhooks)",
        ),
    ]  # fmt: skip
