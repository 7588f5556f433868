"""Feedback from the screen: sent by anybody who is signed in, read and answered by those who hold the rights."""

from __future__ import annotations

from suyuan import __version__
from suyuan.capture import api as capture
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.kernel.disclosure import FIELD_GROUPS, require_sight
from suyuan.portal.api.screens import drawn_anew
from suyuan.portal.contracts import (
    FEEDBACK_A_HOUR,
    FEEDBACK_READ,
    FEEDBACK_TOO_MUCH,
    FIELD_INVALID,
    Feedback,
    FeedbackKind,
    FeedbackPage,
    FeedbackState,
    ScreenSeen,
)
from suyuan.portal.store import feedback as store
from suyuan.tenancy import api as tenancy

_HOUR = 3600
_MOST_OWN = 50
_QUOTED = 60
_KINDS_ZH = {FeedbackKind.FAULT: "故障", FeedbackKind.WISH: "建议", FeedbackKind.PRAISE: "表扬"}


def send(kind: FeedbackKind, words: str, seen: ScreenSeen, picture: str | None = None) -> Feedback:
    """Keep feedback about a screen and tell those who read it; return it as it is on record.

    :raises Fault: ``portal.field_invalid``, ``portal.picture_…``, ``portal.feedback_too_much``; nothing is kept then.
    """
    said = words.strip()
    if not said:
        raise FIELD_INVALID(at="/words", field="words", given="", allowed="1–2000")
    if not seen.address.startswith("/") or seen.address[1:2] in ("/", "\\"):  # “//” would lead to another host
        raise FIELD_INVALID(at="/address", field="address", given=seen.address[:40], allowed="/…")
    shown = drawn_anew(picture) if picture else None
    who = tx().principal
    if store.sent_lately(who.user_id, _HOUR) >= FEEDBACK_A_HOUR:
        raise FEEDBACK_TOO_MUCH(most=FEEDBACK_A_HOUR, retry_after=_HOUR)
    number = store.keep(
        {
            "kind": kind.value, "words": said, "version": __version__, "address": seen.address, "page": seen.page,
            "language": seen.language, "theme": seen.theme, "screen": seen.screen,
            "failed_request": seen.failed_request,
        },
        shown,
    )  # fmt: skip
    _tell_readers(kind, said, seen.page)
    return store.listed(1, one=number)[0]


def _tell_readers(kind: FeedbackKind, words: str, page: str) -> None:
    who = tx().principal
    readers = [each for each in tenancy.holders(FEEDBACK_READ) if each != who.user_id]
    if readers:
        quoted = words[:_QUOTED]
        capture.tell_people(
            f"{who.name} 反馈了一条{_KINDS_ZH[kind]}（{page}）：{quoted}",
            f"{who.name} sent feedback, {kind.value} ({page}): {quoted}",
            "/feedback?state=new", (), readers,
        )  # fmt: skip


def own_feedback() -> list[Feedback]:
    """Return what whoever is signed in has sent, newest first, with the answers."""
    user = tx().principal.user_id
    return [] if user is None else store.listed(_MOST_OWN, writer=user)


def list_feedback(
    *, state: FeedbackState | None = None, kind: FeedbackKind | None = None, before: int | None = None, limit: int = 50
) -> FeedbackPage:
    """Return a page of everybody's feedback, newest first; ``next`` is the cursor of the following one."""
    rows = store.listed(
        limit + 1, state=state.value if state else None, kind=kind.value if kind else None, before=before
    )
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return FeedbackPage(rows[:limit], following)


def picture_of(number: int) -> bytes:
    """Return the picture (WebP) of a feedback, to its writer and to those who read feedback and may see every field:
    it shows what its writer saw.

    :raises Fault: ``chassis.not_found``, ``kernel.fields_withheld``.
    """
    who = tx().principal
    if not who.may(FEEDBACK_READ) and who.user_id is None:
        raise NOT_FOUND(what=str(number))
    found = store.picture(number, None if who.may(FEEDBACK_READ) else who.user_id)
    if found is None:
        raise NOT_FOUND(what=str(number))
    if who.user_id is None or store.picture(number, who.user_id) is None:
        require_sight(who, *FIELD_GROUPS)
    return found


def answer_feedback(number: int, text: str, *, close: bool = False) -> Feedback:
    """Answer feedback, and close it if nothing is left to do; its writer is told.

    :raises Fault: ``chassis.not_found``, ``portal.field_invalid`` where nothing is said and it stays open.
    """
    if not store.listed(1, one=number):
        raise NOT_FOUND(what=str(number))
    said = text.strip()
    if not said and not close:
        raise FIELD_INVALID(at="/answer", field="answer", given="", allowed="1–2000")
    state = FeedbackState.CLOSED if close else FeedbackState.ANSWERED
    kept = store.answer(number, state.value, said)
    if kept is None:
        raise NOT_FOUND(what=str(number))
    writer, words = kept
    if writer is not None and writer != tx().principal.user_id:
        quoted = words[:_QUOTED]
        done_zh, done_en = ("已处理完毕", "is closed") if close else ("有了答复", "was answered")
        tail = f": {said}" if said else ""
        capture.tell_people(
            f"您的反馈“{quoted}”{done_zh}{tail}", f"Your feedback “{quoted}” {done_en}{tail}",
            "/feedback?tab=own", (), (writer,),
        )  # fmt: skip
    return store.listed(1, one=number)[0]
