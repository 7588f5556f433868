"""Attachments: taken by what is in them, once; named by entries; shown to who may; nothing wrong leaves a trace."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from suyuan.capture.contracts.attachments import FIT, LARGEST_MB
from suyuan.capture.domain.attachments import media_type_of
from suyuan.capture.tests.stations import RIGHTS, Station
from suyuan.kernel.faults import Fault
from tests.support.database import owner_url
from tests.support.web import InProcess

WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(64)
NODE = {
    "step": "inspecting",
    "fields": [
        {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
        {"id": "seen", "kind": "photo", "label_zh": "照片", "label_en": "Photo", "max": 2, "required": False},
        {"id": "signed", "kind": "signature", "label_zh": "签名", "label_en": "Signature", "required": False},
        {"id": "said", "kind": "voice", "label_zh": "语音", "label_en": "Voice", "required": False},
        {"id": "report", "kind": "file", "label_zh": "报告", "label_en": "Report", "required": False},
    ],
    "meaning": [{"id": "seen", "event": "object", "subjects": ["item"]}],
    "checks": [
        {
            "id": "two", "kind": "expression", "level": "warn",
            "value": {"op": ">=", "args": [{"fn": "count", "args": [{"ref": "seen"}]}, {"lit": {"num": "1"}}]},
        }
    ],
}  # fmt: skip


def picture(seed: int = 0, form: str = "JPEG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (seed * 40 % 256, seed * 7 % 256, seed * 90 % 256)).save(file, form, **more)
    return file.getvalue()


def office(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for part in ("[Content_Types].xml", *parts):
            made.writestr(part, "x")
    return file.getvalue()


def located() -> bytes:
    """A picture that tells where it was taken."""
    told = Image.Exif()
    told.get_ifd(0x8825)[1] = "N"
    return picture(form="JPEG", exif=told)


def named(content: bytes) -> dict[str, str]:
    return {"sha256": hashlib.sha256(content).hexdigest()}


def put(client: InProcess, content: bytes, sha256: str = "") -> Any:
    return client.put(f"/api/v1/capture/attachments/{sha256 or named(content)['sha256']}", content=content)


def rows(tenant: Any, table: str) -> int:
    with psycopg.connect(owner_url()) as owner:
        found = owner.execute(f"SELECT count(*) FROM {table} WHERE tenant_id = %s", (tenant.id,)).fetchone()
    return found[0]


@pytest.fixture(scope="module")
def nodes(plant) -> str:
    boss = InProcess()
    boss.sign_in(plant.person())
    saved = boss.put(
        "/api/v1/definitions/trace_node/look",
        json={"title_zh": "看", "title_en": "Look", "body": NODE, "revision": None},
    ).json()
    published = boss.post(
        "/api/v1/definitions/trace_node/look/publish", json={"revision": saved["row"]["revision"], "note": "first"}
    )
    assert published.status_code == 200, published.text
    return "look"


def test_an_entry_names_what_was_uploaded_and_the_event_carries_its_digest(plant, station, nodes) -> None:
    photo, drawn = picture(1), picture(2, "PNG")
    before = rows(plant, "compliance_audit")
    for content in (photo, drawn, WEBM, b"a report"):
        assert put(station.client, content).status_code == 200
        again = put(station.client, content)
        assert again.json()["sha256"] == named(content)["sha256"]
    assert rows(plant, "compliance_audit") == before + 4  # each once, and who brought it
    report = named(b"a report") | {"name": "报告.txt"}
    entry = station.reading(
        nodes, item=station.unit(1), seen=[named(photo)], signed=named(drawn), said=named(WEBM), report=[report]
    )
    (outcome,) = station.send(entry)
    assert outcome["outcome"] == "recorded", outcome
    assert station.send(entry)[0]["outcome"] == "repeated"
    event = station.client.get(f"/api/v1/events/{station.events()[-1]}").json()
    told = event["document"]["suyuan:fields"]
    assert told["seen"] == [{**named(photo), "type": "image/jpeg", "size": len(photo)}]
    assert told["report"] == [{**report, "type": "text/plain", "size": 8}]
    assert told["said"][0]["type"] == "audio/webm"
    shown = station.client.get(f"/api/v1/capture/attachments/{named(photo)['sha256']}")
    assert shown.content == photo
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in shown.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "capture.attachment_empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "capture.attachment_type"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "capture.attachment_type"),
        (b"text, then <script>alert(1)</script>", "capture.attachment_type"),
        (b"MZ\x90\x00\x03", "capture.attachment_type"),
        (b"GIF89a" + bytes(20), "capture.attachment_type"),
        (office("xl/workbook.xml", "xl/vbaProject.bin"), "capture.attachment_type"),
        (office("evil.exe"), "capture.attachment_type"),
        (b"PK\x03\x04 broken", "capture.attachment_type"),
        (picture()[:200], "capture.attachment_damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "capture.attachment_damaged"),
        (picture(form="PNG", size=(7000, 6000)), "capture.attachment_pixels"),
        (picture(form="PNG", size=(40_000, 10_000)), "capture.attachment_pixels"),
        (located(), "capture.attachment_position"),
    ],
    ids=lambda given: given if isinstance(given, str) else f"{len(given)} bytes",
)
def test_what_is_wrong_with_bytes_is_named_and_nothing_of_them_stays(plant, station, content, code) -> None:
    before = [rows(plant, name) for name in ("capture_attachment", "capture_attachment_content", "compliance_audit")]
    answer = put(station.client, content)
    assert answer.json()["code"] == code
    assert answer.status_code in (415, 422)
    assert before == [
        rows(plant, name) for name in ("capture_attachment", "capture_attachment_content", "compliance_audit")
    ]


def test_bytes_must_be_those_they_were_announced_as_and_not_too_many(station) -> None:
    answer = put(station.client, picture(3), sha256="0" * 64)
    assert answer.json()["code"] == "capture.attachment_damaged"
    assert put(station.client, bytes(LARGEST_MB * 1024 * 1024 + 1)).status_code == 413
    assert put(station.client, b"x", sha256="../../etc/passwd").status_code in (404, 405)
    assert put(station.client, b"x", sha256="Z" * 64).status_code == 404


def test_a_field_takes_its_own_kinds_and_only_what_is_on_record(station, nodes) -> None:
    text = b"words"
    put(station.client, text)
    put(station.client, WEBM)
    absent = station.refused("capture.attachment_missing", nodes, item=station.unit(1), seen=[named(picture(99))])
    assert "Photo" in absent["faults"][0]["text"] or "照片" in absent["faults"][0]["text"]
    station.refused("capture.attachment_unfit", nodes, item=station.unit(1), seen=[named(text)])
    station.refused("capture.attachment_unfit", nodes, item=station.unit(1), signed=named(WEBM))
    station.refused("capture.value_wrong", nodes, item=station.unit(1), said=[named(WEBM)] * 2)
    for wrong in (
        "x",
        1,
        {"sha256": 1},
        {"sha256": "0" * 63},
        {**named(text), "name": "x" * 201},
        {**named(text), "a": 1},
    ):
        station.refused("capture.value_wrong", nodes, item=station.unit(1), report=[wrong])


def test_devices_ask_what_is_missing_before_they_upload(station) -> None:
    here, absent = picture(4), picture(5)
    put(station.client, here)
    names = [named(absent)["sha256"], named(here)["sha256"], named(absent)["sha256"]]
    answer = station.client.post("/api/v1/capture/attachments/missing", json={"sha256": names})
    assert answer.json() == {"missing": names[:1]}
    wrong = station.client.post("/api/v1/capture/attachments/missing", json={"sha256": ["x"]})
    assert wrong.status_code == 422 or wrong.status_code == 400


def test_it_is_shown_to_who_may_see_the_event_and_to_nobody_else(plant, station, nodes, make_tenant) -> None:
    secret = picture(6)
    put(station.client, secret)
    address = f"/api/v1/capture/attachments/{named(secret)['sha256']}"
    assert station.client.get(address).status_code == 404  # no entry names it yet
    station.done(nodes, item=station.unit(1), seen=[named(secret)])
    assert station.client.get(address).status_code == 200
    assert InProcess(plant.token("capture:reading:write")).get(address).status_code == 403
    assert InProcess().get(address).status_code == 401
    assert InProcess(make_tenant().token()).get(address).status_code == 404


def test_rights_that_reach_one_site_show_its_attachments_only(tenant) -> None:
    from suyuan.capture.tests.stations import furnished

    boss = InProcess()
    boss.sign_in(furnished(tenant).person())
    sites = []
    for number, code in enumerate(("A", "B")):
        place = f"https://id.gs1.org/414/952123400{number}013"[:-1] + str(3)
        answer = boss.post(
            "/api/v1/sites", json={"code": code, "name_zh": code, "name_en": code, "location_uri": place}
        )
        sites.append((answer.json()["id"], place))
    photo = picture(7)
    body = {**NODE, "checks": []}
    saved = boss.put(
        "/api/v1/definitions/trace_node/look",
        json={"title_zh": "看", "title_en": "Look", "body": body, "revision": None},
    ).json()
    boss.post("/api/v1/definitions/trace_node/look/publish", json={"revision": saved["row"]["revision"], "note": "1"})
    here = Station(tenant, *RIGHTS, place=sites[0][1])
    put(here.client, photo)
    here.done("look", item=here.unit(1), seen=[named(photo)])
    address = f"/api/v1/capture/attachments/{named(photo)['sha256']}"
    near, far = (InProcess(tenant.token("trace:event:read", site_id=site)) for site, _ in sites)
    assert near.get(address).status_code == 200
    assert far.get(address).status_code == 404


def test_what_no_entry_names_goes_after_a_time_and_what_one_names_stays(plant, station, nodes) -> None:
    from suyuan.capture.api import attaching

    used, refused, unused, fresh = (picture(seed) for seed in (10, 11, 12, 13))
    for content in (used, refused, unused, fresh):
        put(station.client, content)
    station.done(nodes, item=station.unit(1), seen=[named(used)])
    station.refused("capture.attachment_unfit", nodes, item=station.unit(2), said=named(refused))
    with psycopg.connect(owner_url()) as owner:
        owner.execute(
            "UPDATE capture_attachment_content SET wanted = wanted - interval '8 days' WHERE tenant_id = %s"
            " AND digest <> %s",
            (plant.id, bytes.fromhex(named(fresh)["sha256"])),
        )
    with plant.open():
        assert attaching.remove_unused() >= 1
    names = [named(each)["sha256"] for each in (used, refused, unused, fresh)]
    answer = station.client.post("/api/v1/capture/attachments/missing", json={"sha256": names})
    assert answer.json()["missing"] == [names[2]]


def test_content_that_somebody_changed_behind_the_digest_is_not_shown(plant, station, nodes) -> None:
    photo = picture(20)
    put(station.client, photo)
    station.done(nodes, item=station.unit(1), seen=[named(photo)])
    digest = named(photo)["sha256"]
    with psycopg.connect(owner_url()) as owner:
        owner.execute(
            "UPDATE capture_attachment_content SET content = %s WHERE tenant_id = %s AND digest = %s",
            (picture(21), plant.id, bytes.fromhex(digest)),
        )
    answer = station.client.get(f"/api/v1/capture/attachments/{digest}")
    assert answer.status_code == 409
    assert answer.json()["code"] == "capture.attachment_altered"


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.sampled_from([WEBM, picture(), office("xl/workbook.xml"), b"%PDF-1.7"]))
def test_no_bytes_are_taken_for_markup_or_bring_an_error_of_ours(content) -> None:
    with suppress(Fault):
        found = media_type_of(content)
        assert found in FIT["file"]
        assert found != "text/plain" or not content.lstrip().startswith(b"<")


def test_their_bytes_go_when_their_time_is_over_but_not_what_is_held_or_wanted_again(plant, station, nodes) -> None:
    from suyuan.chassis.settings import settings as installed
    from suyuan.compliance.jobs.keeping import KEEPING

    boss = InProcess(plant.token())
    old, again, held = picture(31), picture(32), picture(33)
    for content, item in ((old, 31), (again, 32), (held, 33)):
        put(station.client, content)
        station.done(nodes, item=station.unit(item), seen=[named(content)])
    with psycopg.connect(owner_url()) as owner:
        for table, column in (("capture_attachment_content", "wanted"), ("capture_reading", "received")):
            owner.execute(
                f"UPDATE {table} SET {column} = now() - interval '400 days' WHERE tenant_id = %s", (plant.id,)
            )
    station.done(nodes, item=station.unit(34), seen=[named(again)])
    boss.post("/api/v1/retention/holds", json={"subject": station.unit(33)[-6:], "reason": "a claim"})
    boss.put("/api/v1/retention/rules/attachment", json={"days": 365, "reason": "policy"})
    rule = next(r for r in boss.get("/api/v1/retention/rules").json()["rows"] if r["kind"] == "attachment")
    assert (rule["held"], rule["in_force"]) == (1, False)
    KEEPING.run({"tenant": plant.id})
    address = "/api/v1/capture/attachments/"
    assert station.client.get(address + named(old)["sha256"]).status_code == 200, "a proposal removes nothing"
    boss.post("/api/v1/retention/rules/attachment/force", json={"in_force": True})
    KEEPING.run({"tenant": plant.id})
    gone = station.client.get(address + named(old)["sha256"])
    assert (gone.status_code, gone.json()["code"]) == (410, "capture.attachment_removed")
    for content in (again, held):
        assert station.client.get(address + named(content)["sha256"]).content == content
    removals = boss.get("/api/v1/retention/removals").json()["rows"]
    assert {each["kind"] for each in removals} == {"attachment"}
    assert sum(each["records"] for each in removals) == rule["due"] - rule["held"]
    folder = installed().data / "archive" / str(plant.id)
    lines = b"".join(gzip.decompress((folder / each["file"]).read_bytes()) for each in removals).splitlines()
    kept = {bytes.fromhex(json.loads(line)["content"][2:]) for line in lines}
    assert old in kept
    assert not kept & {again, held}

    missing = station.client.post("/api/v1/capture/attachments/missing", json={"sha256": [named(old)["sha256"]]})
    assert missing.json() == {"missing": [named(old)["sha256"]]}, "a device uploads it anew"
    station.refused("capture.attachment_missing", nodes, item=station.unit(35), seen=[named(old)])
    assert put(station.client, old).status_code == 200
    station.done(nodes, item=station.unit(35), seen=[named(old)])
    assert station.client.get(address + named(old)["sha256"]).content == old
