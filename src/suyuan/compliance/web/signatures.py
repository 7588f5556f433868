"""Electronic signatures and approvals over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from suyuan.chassis.http import guarded, reply
from suyuan.compliance import api
from suyuan.compliance.contracts import Approval, ApprovalRule, ApprovalState, Signature, SignatureMeaning, ToSign
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.tenancy.contracts import Proof

router = Router(tags=["signatures"])
Kind = Annotated[str, Field(max_length=60)]
Subject = Annotated[str, Field(max_length=300)]


class SignableKind(Schema):
    """A kind of record that can be signed."""

    kind: str
    title_zh: str
    title_en: str


class SignablesPage(Schema):
    """Every kind of record that can be signed."""

    rows: list[SignableKind]


class SignaturesPage(Schema):
    """A page of signatures, newest first."""

    rows: list[Signature]
    next: str | None
    total: int | None


class PresenceProof(Schema):
    """Who signs, proving again to be there: own login and password, and the authenticator's code where there is one; or
    what a passkey answered (``POST /session/passkeys/sign`` asks it).
    """

    login: str = Field("", max_length=200)
    password: str = Field("", max_length=1000)
    code: str | None = Field(None, max_length=20)
    passkey: dict[str, Any] | None = None

    def proof(self) -> Proof:
        """Return what proves it."""
        return Proof(self.login, self.password, self.code, self.passkey)


class NewSignature(PresenceProof):
    """A signature to put under a record; ``digest`` is that of the record as it was seen."""

    kind: Kind
    subject: Subject
    meaning: SignatureMeaning
    note: str = Field("", max_length=2000)
    digest: str = Field(max_length=64)


class ApprovalsPage(Schema):
    """A page of requests for approval, newest first."""

    rows: list[Approval]
    next: str | None
    total: int | None


class NewApproval(Schema):
    """What somebody else is to approve."""

    action: Kind
    subject: Subject
    note: str = Field("", max_length=2000)


class ApprovalDecision(PresenceProof):
    """Approved or not, and why."""

    approve: bool
    note: str = Field("", max_length=2000)


class RulesPage(Schema):
    """Which actions need a second person."""

    rows: list[ApprovalRule]


class RuleChange(Schema):
    """Whether the action needs a second person."""

    action: Kind
    needed: bool


@router.get("/signatures/kinds", response=SignablesPage, summary="What can be signed")
@guarded("compliance:signature:read")
def list_kinds(request: HttpRequest) -> HttpResponse:
    rows = [{"kind": each.kind, "title_zh": each.title.zh, "title_en": each.title.en} for each in api.signables()]
    return reply({"rows": rows})


@router.get("/signatures/record", response=ToSign, summary="A record as it would be signed now")
@guarded("compliance:signature:read")
def record_to_sign(request: HttpRequest, kind: Kind, subject: Subject) -> HttpResponse:
    return reply(api.record_to_sign(kind, subject))


@router.get("/signatures", response=SignaturesPage, summary="Signatures, and whether each still holds")
@guarded("compliance:signature:read")
def list_signatures(
    request: HttpRequest,
    kind: Kind | None = None,
    subject: Subject | None = None,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    rows = api.list_signatures(kind=kind, subject=subject, after=cursor, limit=limit + 1)
    more = len(rows) > limit
    return reply({"rows": rows[:limit], "next": str(rows[limit - 1].id) if more else None, "total": None})


@router.post("/signatures", response={201: Signature}, summary="Sign a record")
@guarded("compliance:signature:read", "compliance:signature:write", *ALL_FIELDS)
def sign(request: HttpRequest, body: NewSignature) -> HttpResponse:
    signature = api.sign(
        body.kind, body.subject, body.meaning, body.note, body.digest, body.proof(), api.visit_of(request)
    )
    return reply(signature, 201)


@router.get("/approvals", response=ApprovalsPage, summary="Requests for a second person's approval")
@guarded("compliance:approval:read")
def list_approvals(
    request: HttpRequest,
    state: ApprovalState | None = None,
    cursor: int | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> HttpResponse:
    rows = api.list_approvals(state, cursor, limit + 1)
    more = len(rows) > limit
    return reply({"rows": rows[:limit], "next": str(rows[limit - 1].id) if more else None, "total": None})


@router.post("/approvals", response={201: Approval}, summary="Ask for a second person's approval")
@guarded("compliance:approval:read")
def ask_approval(request: HttpRequest, body: NewApproval) -> HttpResponse:
    return reply(api.ask_approval(body.action, body.subject, body.note), 201)


@router.delete("/approvals/{approval_id}", response={204: None}, summary="Withdraw one's own request")
@guarded("compliance:approval:read")
def withdraw_approval(request: HttpRequest, approval_id: int) -> HttpResponse:
    api.withdraw_approval(approval_id)
    return HttpResponse(status=204)


@router.post("/approvals/{approval_id}/decision", response=Approval, summary="Approve or reject, with a signature")
@guarded("compliance:approval:read", "compliance:approval:decide", "compliance:signature:write", *ALL_FIELDS)
def decide_approval(request: HttpRequest, approval_id: int, body: ApprovalDecision) -> HttpResponse:
    visit = api.visit_of(request)
    return reply(api.decide_approval(approval_id, body.approve, body.note, body.proof(), visit))


@router.get("/approval-rules", response=RulesPage, summary="Which actions need a second person")
@guarded("compliance:approval:read")
def list_rules(request: HttpRequest) -> HttpResponse:
    return reply({"rows": api.approval_rules()})


@router.put("/approval-rules", response=RulesPage, summary="Have an action need a second person, or no longer")
@guarded("compliance:approval:read", "compliance:approval:configure")
def change_rule(request: HttpRequest, body: RuleChange) -> HttpResponse:
    api.set_approval_rule(body.action, body.needed)
    return reply({"rows": api.approval_rules()})
