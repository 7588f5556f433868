"""Keeping and finding feedback from screens."""

from __future__ import annotations

from typing import Any

from suyuan.chassis.database import named_sql, tx
from suyuan.portal.contracts import Feedback, FeedbackKind, FeedbackState


def _of(**values: Any) -> dict[str, Any]:  # noqa: ANN401 (values of any column)
    return {"tenant": tx().principal.tenant_id, **values}


def sent_lately(writer: int | None, seconds: int) -> int:
    """Return how much feedback a person (None: machines together) has sent in the last ``seconds``.

    Holds the writer's turn until the transaction ends, so that feedback sent at once is counted one after another.
    """
    turn = f"portal_feedback {tx().principal.tenant_id} {writer}"
    tx().execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (turn,))
    query = (
        "SELECT count(*) FROM portal_feedback WHERE tenant_id = %(tenant)s"
        " AND writer_id IS NOT DISTINCT FROM %(writer)s"
        " AND written > clock_timestamp() - make_interval(secs => %(seconds)s)"
    )
    return int(tx().value(query, _of(writer=writer, seconds=seconds)))


def keep(values: dict[str, Any], picture: bytes | None) -> int:
    """Write one feedback, with its picture if there is one; return its number."""
    who = tx().principal
    written = _of(**values, writer_id=who.user_id, writer=who.name)
    number = int(tx().value(named_sql(__package__, "insert_feedback.sql"), written))
    if picture is not None:
        tx().execute(
            "INSERT INTO portal_feedback_picture (tenant_id, feedback_id, content)"
            " VALUES (%(tenant)s, %(one)s, %(bytes)s)",
            _of(one=number, bytes=picture),
        )
    return number


def listed(
    limit: int, *, one: int | None = None, writer: int | None = None, state: str | None = None,
    kind: str | None = None, before: int | None = None,
) -> list[Feedback]:  # fmt: skip
    """Return feedback, newest first; that of one ``writer``, or the ``one`` of this number."""
    values = _of(limit=limit, one=one, writer=writer, state=state, kind=kind, before=before)
    rows = tx().rows(named_sql(__package__, "list_feedback.sql"), values)
    return [Feedback(*(row[0], FeedbackKind(row[1]), *row[2:12], FeedbackState(row[12]), *row[13:])) for row in rows]


def picture(number: int, writer: int | None) -> bytes | None:
    """Return the picture of a feedback; with ``writer``, only of that person's own."""
    query = (
        "SELECT p.content FROM portal_feedback_picture p JOIN portal_feedback f ON f.tenant_id = p.tenant_id"
        " AND f.id = p.feedback_id WHERE p.tenant_id = %(tenant)s AND p.feedback_id = %(one)s"
        " AND (%(writer)s::bigint IS NULL OR f.writer_id = %(writer)s::bigint)"
    )
    found = tx().value(query, _of(one=number, writer=writer))
    return None if found is None else bytes(found)


def answer(number: int, state: str, text: str) -> tuple[int | None, str] | None:
    """Write what is answered; return who wrote the feedback (None: a machine) and its words, or None: unknown."""
    values = _of(one=number, state=state, answer=text, by=tx().principal.name)
    rows = tx().rows(named_sql(__package__, "answer_feedback.sql"), values)
    return (rows[0][0], rows[0][1]) if rows else None
