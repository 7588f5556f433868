"""Electronic signatures and approvals (21 CFR 11.50–11.300, EU Annex 11): what is signed, by whom, meaning what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE
from suyuan.kernel.faults import Bilingual, fault_kind

NOT_SIGNABLE = fault_kind(
    "compliance.not_signable", 422,
    zh="“{kind}”这一类记录不能签名。", en="Records of the kind “{kind}” cannot be signed.",
    remedy_zh="可以签名的类别：{kinds}。", remedy_en="These can be signed: {kinds}.",
)
SEEN_OTHERWISE = fault_kind(
    "compliance.seen_otherwise", 409,
    zh="要签的记录与您看到的不一样了，未签名。", en="The record is no longer what you saw; nothing was signed.",
    remedy_zh="请重新打开记录，看过以后再签。", remedy_en="Open the record again, read it, and sign then.",
)
SIGNED_ALREADY = fault_kind(
    "compliance.signed_already", 409,
    zh="您已经以这个含义签过这份记录。", en="You have signed this record with this meaning already.",
    remedy_zh="签名不可撤回；要表示别的意思，请另选含义再签。",
    remedy_en="A signature stays. To say something else, sign again with another meaning.",
)
SIGNATURE_NOTE_MISSING = fault_kind(
    "compliance.signature_note_missing", 422,
    zh="驳回要写明理由。", en="Rejecting needs a reason.",
    remedy_zh="请用一句话写明为什么。", remedy_en="Say why in one sentence.",
)
APPROVAL_NEEDED = fault_kind(
    "compliance.approval_needed", 409,
    zh="“{action}”需要另一人批准：{title}", en="“{action}” needs another person's approval: {title}",
    remedy_zh="请提出批准申请；批准后再做一次，内容不得再改。",
    remedy_en="Ask for approval; once it is given, do it again with the content unchanged.",
)
APPROVAL_OWN = fault_kind(
    "compliance.approval_own", 409,
    zh="不能批准自己提出的申请。", en="Nobody approves what they asked for themselves.",
    remedy_zh="请由另一位有批准权的人来决定。", remedy_en="Let another person who may approve decide.",
)
APPROVAL_CLOSED = fault_kind(
    "compliance.approval_closed", 409,
    zh="这份申请已经了结：{state}。", en="This request is closed already: {state}.",
    remedy_zh="如仍需要，请重新申请。", remedy_en="Ask again if it is still needed.",
)
APPROVAL_ASKED = fault_kind(
    "compliance.approval_asked", 409,
    zh="同样内容的申请已在等待批准。", en="A request for the same content is waiting already.",
    remedy_zh="请催办，或先撤回原来的申请。", remedy_en="Remind the approver, or withdraw the earlier one first.",
)
NO_SUCH_ACTION = fault_kind(
    "compliance.no_such_action", 422,
    zh="没有“{action}”这项需批准的操作。", en="There is no action “{action}” that could need approval.",
    remedy_zh="可选：{actions}。", remedy_en="There are: {actions}.",
)


class SignatureMeaning(StrEnum):
    """What a signature says (21 CFR 11.50(a)(3))."""

    AUTHOR = "author"
    REVIEW = "review"
    APPROVE = "approve"
    RELEASE = "release"
    REJECT = "reject"
    WITNESS = "witness"


class SignatureState(StrEnum):
    """Whether a signature still says what it said: its own row, and the record it was put under."""

    VALID = "valid"
    RECORD_CHANGED = "record_changed"
    RECORD_GONE = "record_gone"
    SIGNATURE_CHANGED = "signature_changed"


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A record as it is signed: its name for people, and its whole content as JSON values."""

    title_zh: str
    title_en: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signable:
    """A kind of record that can be signed, registered by the module that keeps it.

    ``load`` returns the record of a subject as whoever is signed in may see it, or None where there is none; it raises
    where they may not. ``permission`` is the right to see it.
    """

    kind: str
    title: Bilingual
    permission: str
    load: Callable[[str], SignedRecord | None]


@dataclass(frozen=True, slots=True)
class Approvable:
    """An action that may need a second person, registered by the module that carries it out.

    ``load`` returns what would be done to a subject; ``ask`` is the right to do it, ``decide`` the right to approve.
    """

    action: str
    title: Bilingual
    ask: str
    decide: str
    load: Callable[[str], SignedRecord | None]


@dataclass(frozen=True, slots=True)
class ToSign:
    """A record before it is signed. ``digest`` (base64 SHA-256 of its RFC 8785 bytes) is named when signing."""

    kind: str
    subject: str
    title_zh: str
    title_en: str
    content: Annotated[Mapping[str, Any], PEOPLE, PARTIES, MEASURED]
    digest: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature. ``position``: its place in the log once sealed; ``components``: how the signer proved presence."""

    id: int
    at: datetime
    signer_id: Annotated[int, PEOPLE]
    login: Annotated[str, PEOPLE]
    signer: Annotated[str, PEOPLE]
    meaning: SignatureMeaning
    note: str
    kind: str
    subject: str
    title_zh: str
    title_en: str
    digest: str
    components: tuple[str, ...]
    position: int | None
    state: SignatureState


class ApprovalState(StrEnum):
    """Where a request for approval stands. ``used``: what was approved has been done."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Approval:
    """A request that somebody else approve an action on exactly this content."""

    id: int
    asked: datetime
    asker_id: Annotated[int, PEOPLE]
    asker: Annotated[str, PEOPLE]
    action: str
    subject: str
    title_zh: str
    title_en: str
    content: Annotated[Mapping[str, Any], PEOPLE, PARTIES, MEASURED]
    digest: str
    note: str
    state: ApprovalState
    decided: datetime | None
    decider: Annotated[str | None, PEOPLE]
    decision_note: str | None


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Whether an action needs a second person here."""

    action: str
    title_zh: str
    title_en: str
    needed: bool
