"""Two-person approval: what one asks for, another signs, and only exactly that may then be done."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.compliance.api.signing import put_signature, to_sign
from suyuan.compliance.contracts import (
    APPROVAL_ASKED,
    APPROVAL_CLOSED,
    APPROVAL_NEEDED,
    APPROVAL_OWN,
    NO_SUCH_ACTION,
    Approvable,
    Approval,
    ApprovalRule,
    ApprovalState,
    Signable,
    SignatureMeaning,
    SignedRecord,
    ToSign,
)
from suyuan.compliance.domain.entries import content_digest
from suyuan.compliance.store import approvals as store
from suyuan.kernel.faults import Bilingual
from suyuan.tenancy import api as tenancy
from suyuan.tenancy.contracts import PERSON_NEEDED, Proof, Visit

_approvables: dict[str, Approvable] = {}


def register_approvable(approvable: Approvable) -> None:
    """Make an action one that may need a second person; called once by the wiring of who carries it out."""
    _approvables[approvable.action] = approvable


def _approvable(action: str) -> Approvable:
    found = _approvables.get(action)
    if found is None:
        raise NO_SUCH_ACTION(at="/action", action=action, actions=", ".join(sorted(_approvables)))
    return found


def approval_rules() -> list[ApprovalRule]:
    """Return every action that could need a second person, and whether it does here."""
    needed = store.needed()
    return [
        ApprovalRule(each.action, each.title.zh, each.title.en, each.action in needed) for each in _approvables.values()
    ]


def set_approval_rule(action: str, needed: bool) -> None:
    """Have an action need a second person from now on, or no longer.

    :raises Fault: ``compliance.no_such_action``.
    """
    store.save_rule(_approvable(action).action, needed)


def require_approval(action: str, subject: str, record: SignedRecord) -> None:
    """Use up the approval of exactly this, where the action needs one; called by who carries it out.

    :raises Fault: ``compliance.approval_needed``.
    """
    if action not in store.needed():
        return
    given = store.approved(action, subject, base64.b64decode(to_sign(action, subject, record).digest))
    if given is None:
        title = _approvable(action).title
        raise APPROVAL_NEEDED(action=title, title=Bilingual(record.title_zh, record.title_en))
    store.decide(given.id, ApprovalState.USED)


def ask_approval(action: str, subject: str, note: str) -> Approval:
    """Ask that somebody else approve what would be done to ``subject`` as it is now.

    :raises Fault: ``compliance.no_such_action``, ``chassis.not_found``, ``compliance.approval_asked``,
        ``tenancy.person_needed`` for a machine.
    """
    approvable = _approvable(action)
    tx().principal.require(approvable.ask)
    if tx().principal.user_id is None:
        raise PERSON_NEEDED()
    record = approvable.load(subject)
    if record is None:
        raise NOT_FOUND(what=subject)
    made = store.insert(to_sign(action, subject, record), note.strip())
    if made is None:
        raise APPROVAL_ASKED(at="/subject")
    return made


def list_approvals(state: ApprovalState | None = None, after: int | None = None, limit: int = 50) -> Sequence[Approval]:
    """Return requests for approval, newest first, below the one numbered ``after``."""
    return store.listed(state, after, limit)


def withdraw_approval(number: int) -> None:
    """Take back one's own request that nobody has acted on yet.

    :raises Fault: ``chassis.not_found``, ``compliance.approval_closed``.
    """
    asked = store.locked(number)
    if asked is None or asked.asker_id != tx().principal.user_id:
        raise NOT_FOUND(what=number)
    if asked.state not in {ApprovalState.OPEN, ApprovalState.APPROVED}:
        raise APPROVAL_CLOSED(state=_STATES[asked.state])
    store.decide(number, ApprovalState.WITHDRAWN)


def decide_approval(number: int, approve: bool, note: str, given: Proof, visit: Visit) -> Approval:
    """Approve or reject somebody else's request, with a signature under exactly what was asked for.

    :raises Fault: ``chassis.not_found``, ``compliance.approval_closed``, ``compliance.approval_own``,
        ``compliance.signature_note_missing``, and as ``tenancy.prove_presence``.
    """
    asked = store.locked(number)
    if asked is None:
        raise NOT_FOUND(what=number)
    tx().principal.require(_approvable(asked.action).decide)
    if asked.asker_id == tx().principal.user_id:
        raise APPROVAL_OWN()
    if asked.state is not ApprovalState.OPEN:
        raise APPROVAL_CLOSED(state=_STATES[asked.state])
    presence = tenancy.prove_presence(given, visit)
    meaning = SignatureMeaning.APPROVE if approve else SignatureMeaning.REJECT
    put_signature(_signed(asked), meaning, note, presence)
    store.decide(number, ApprovalState.APPROVED if approve else ApprovalState.REJECTED, note.strip())
    decided = store.locked(number)
    assert decided is not None  # noqa: S101 (it is locked)
    return decided


def _signed(asked: Approval) -> ToSign:
    return to_sign("approval", str(asked.id), _record(asked))


def _record(asked: Approval) -> SignedRecord:
    content = {"id": asked.id, "action": asked.action, "subject": asked.subject, "asker": asked.asker,
               "digest": asked.digest, "note": asked.note, "content": asked.content}  # fmt: skip
    return SignedRecord(asked.title_zh, asked.title_en, content)


def _load(subject: str) -> SignedRecord | None:
    asked = store.locked(int(subject)) if subject.isdecimal() else None
    if asked is None or content_digest(asked.content) != base64.b64decode(asked.digest):
        return None
    return _record(asked)


_STATES = {
    ApprovalState.OPEN: Bilingual("待批准", "open"),
    ApprovalState.APPROVED: Bilingual("已批准", "approved"),
    ApprovalState.REJECTED: Bilingual("已驳回", "rejected"),
    ApprovalState.WITHDRAWN: Bilingual("已撤回", "withdrawn"),
    ApprovalState.USED: Bilingual("已执行", "carried out"),
}
APPROVALS = Signable("approval", Bilingual("批准申请", "Request for approval"), "compliance:approval:read", _load)
