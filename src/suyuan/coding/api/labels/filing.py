"""Labels as PDF: on record like every print, with the same rules for printing again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from suyuan.chassis.database import savepoint
from suyuan.coding.api.labels.gallery import label_in_force, label_of
from suyuan.coding.api.labels.ordering import LONGEST_REASON, again, allow_reprint
from suyuan.coding.api.labels.rendering import filled_rows, pdf
from suyuan.coding.contracts.issuing import CodeState
from suyuan.coding.contracts.labels import LABEL_KIND
from suyuan.coding.domain.labels.pages import Paper
from suyuan.coding.store.labels import jobs as store
from suyuan.designer import api as designer
from suyuan.kernel.faults import Fault


def pdf_of(key: str, rows: Sequence[Mapping[str, str]], paper: Mapping[str, Any] | None, reason: str = "") -> bytes:
    """Return labels as PDF, on sheets of ``paper`` or one a page, and put that on record as printed.

    A label whose code was printed on the same label before needs ``coding:label:reprint`` and a reason.

    :raises Fault: what is wrong with a row (``at`` it), ``coding.label_reprint_reason``, and as :func:`label_in_force`.
    """
    version, label = label_in_force(key)
    row = designer.version_row(LABEL_KIND, key, version).row
    made, told = pdf(label, filled_rows(label, rows), _paper(paper))
    text = reason.strip()[:LONGEST_REASON]
    allow_reprint(key, [code for code, _ in told if code], text)
    _file(key=key, version=version, titles=(row.title_zh, row.title_en), document=None, rows=told, reprint_of=None,
          reason=text)  # fmt: skip
    return made


def pdf_again(job_id: UUID, reason: str, positions: Sequence[int], paper: Mapping[str, Any] | None) -> bytes:
    """Return labels of a job, however they were printed, as PDF: the same version, the same values; on record.

    :raises Fault: ``coding.label_reprint_reason`` without a reason, ``chassis.not_found``.
    """
    before, chosen, text = again(job_id, reason, positions)
    document = store.document(job_id)
    label = label_of(before.label_key, before.label_version, document)
    made, told = pdf(label, [(row.code, row.values) for row in chosen], _paper(paper))
    _file(key=before.label_key, version=before.label_version, titles=(before.title_zh, before.title_en),
          document=document, rows=told, reprint_of=job_id, reason=text)  # fmt: skip
    return made


def _paper(given: Mapping[str, Any] | None) -> Paper | None:
    return None if given is None else Paper(**given)


def _file(*, rows: Sequence[tuple[str | None, Mapping[str, str]]], version: int | None, **kept: Any) -> None:  # noqa: ANN401 (the store's columns)
    job = uuid4()
    store.insert(job, rows=rows, version=version, printer=None, copies=1, **kept)
    store.note_sent(job, len(rows))
    store.finish(job, "printed")
    if version is not None:
        mark_printed(job, [code for code, _ in rows])


def mark_printed(job: UUID, codes: Sequence[str | None]) -> None:
    """Move those of the codes that were issued here and not printed yet to ``printed``."""
    from suyuan.coding.api.states import set_state_of_codes  # here, so that drawing labels needs no database

    for code in codes:
        if code is None:
            continue
        try:
            with savepoint():
                set_state_of_codes([code], CodeState.PRINTED, f"print job {job}")
        except Fault:  # not one of ours, or further in its life: a label printed late says nothing new
            continue
