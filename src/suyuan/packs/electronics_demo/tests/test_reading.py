"""The product's own strict reader takes every event, with its codes and names."""

from __future__ import annotations

from suyuan.coding import api as coding
from suyuan.integration.domain.epcis.documents import check_document, take_apart
from suyuan.integration.domain.epcis.mapping import Setting, map_event
from suyuan.integration.domain.epcis.master_data import read_master_data
from suyuan.integration.domain.epcis.reading import read_json
from suyuan.integration.domain.epcis.report import Report
from suyuan.packs.electronics_demo.tests.conftest import Run
from suyuan.trace.contracts import CaptureMethod, ItemKind


class Codes:
    """The codes' side of mapping."""

    epc = staticmethod(coding.identify_epc)
    epc_class = staticmethod(coding.identify_class)
    place = staticmethod(coding.identify_place)


def test_every_event_is_read_without_a_finding(run: Run) -> None:
    records = []
    for batch in run.batches:
        document = take_apart(read_json(batch.body))
        assert not document.findings
        assert not [fault for faults in check_document(document) for fault in faults]
        setting = Setting(document.context, document.names, Codes())
        for index, event in enumerate(document.events):
            report = Report(limit=20, names=document.names)
            record = map_event(event, f"/{index}", setting, report)
            assert record is not None, report.findings
            records.append(record)
    assert len(records) == run.plant.events
    assert sum(record.declares_error for record in records) == 2
    assert {record.capture_method for record in records} >= {
        CaptureMethod.SCAN,
        CaptureMethod.DEVICE,
        CaptureMethod.MANUAL,
    }
    kinds = {part.item.kind for record in records for part in record.participations}
    assert kinds == {ItemKind.UNIT, ItemKind.LOT, ItemKind.CARRIER, ItemKind.ASSET}
    assert any(record.booking_lag_seconds == 300 for record in records)
    members = {part.lot for record in records for part in record.participations if part.lot}
    assert len(members) > 60


def test_every_name_is_read_in_both_languages(run: Run) -> None:
    document = take_apart(read_json(run.batches[0].body))
    data = read_master_data(document.vocabularies, document.names)
    assert len(data) > 150
    assert all(datum.name_zh and datum.name_en and datum.name_zh != datum.name_en for datum in data)
