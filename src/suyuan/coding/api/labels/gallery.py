"""The labels there are, and those to start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.coding.api.labels.rendering import picture
from suyuan.coding.contracts.labels import LABEL_KIND, LabelField, LabelRow, ReadyLabelRow
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels import layout
from suyuan.coding.domain.labels.ready import ready_labels
from suyuan.coding.domain.labels.symbols import name_of
from suyuan.coding.store.labels import printers
from suyuan.coding.store.labels.fonts import typeface
from suyuan.designer import api as designer
from suyuan.kernel.faults import Fault


def faults_of(label: doc.Label) -> Sequence[Fault]:
    """Return what keeps a label from being published: the check of the definition kind."""
    return layout.faults_of(label, typeface())


def list_labels() -> list[LabelRow]:
    """Return every label, as its draft or else as it is in force."""
    rows, _ = designer.list_definitions(kind=LABEL_KIND, limit=500)
    found = []
    for row in rows:
        label: doc.Label = designer.typed_body(LABEL_KIND, designer.definition(LABEL_KIND, row.key).body)
        symbols = [name_of(element) for element in label.elements if isinstance(element, doc.Symbol)]
        found.append(
            LabelRow(
                row.key, row.title_zh, row.title_en, row.state.value, row.version, row.has_draft, label.width,
                label.height, sorted(set(symbols)), row.changed, row.changed_by,
            )
        )  # fmt: skip
    return found


def ready_label_rows() -> list[ReadyLabelRow]:
    """Return the labels to start from."""
    return [
        ReadyLabelRow(
            each.key, each.title.zh, each.title.en, each.about.zh, each.about.en, each.label.width, each.label.height,
            doc.written(each.label),
        )
        for each in ready_labels()
    ]  # fmt: skip


def provide() -> None:
    """Publish the labels to start from, and add a virtual printer, where a tenant has neither labels nor printers."""
    if not designer.list_definitions(kind=LABEL_KIND, limit=1)[0]:
        for each in ready_labels():
            kept = designer.save_draft(
                LABEL_KIND,
                each.key,
                title_zh=each.title.zh,
                title_en=each.title.en,
                body=doc.written(each.label),
                revision=None,
            )
            designer.publish(LABEL_KIND, each.key, revision=kept.row.revision, note="随产品提供 comes with the product")
    if not printers.printers():
        printers.insert(
            {"code": "VIRTUAL", "name": "虚拟打印机 Virtual", "language": "zpl", "dpi": 203, "connection": "virtual"}
        )


def label_in_force(key: str) -> tuple[int, doc.Label]:
    """Return number and document of the published label.

    :raises Fault: ``chassis.not_found``, ``designer.not_published``, ``designer.is_retired``.
    """
    version, label = designer.in_force(LABEL_KIND, key)
    return version, label


def label_of(key: str, version: int | None, document: Mapping[str, Any] | None) -> doc.Label:
    """Return the label of a job: its version, or the draft that a test print kept."""
    if document is not None:
        return doc.read_label(document)
    label: doc.Label = designer.published_version(LABEL_KIND, key, version or 0)
    return label


def picture_of(key: str, dpi: int) -> bytes:
    """Return a label's print image with its samples, as PNG: the draft's, or that of the version in force.

    :raises Fault: ``chassis.not_found``.
    """
    label: doc.Label = designer.typed_body(LABEL_KIND, designer.definition(LABEL_KIND, key).body)
    return picture(label, None, dpi)


def label_fields(key: str) -> list[LabelField]:
    """Return the values that a published label asks for."""
    _, label = label_in_force(key)
    return [
        LabelField(each.id, each.kind, each.title_zh, each.title_en, each.sample, each.required)
        for each in label.fields
    ]
