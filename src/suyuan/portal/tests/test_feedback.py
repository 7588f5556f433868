"""Feedback from screens over HTTP: sent by anybody, read and answered by some, refused without trace."""

from __future__ import annotations

import io
from base64 import b64encode

import pytest
from PIL import Image

from suyuan import __version__
from tests.support.database import contents_of
from tests.support.feedback_changes import FEEDBACK, picture, said
from tests.support.web import InProcess


def _person(tenant, *permissions: str) -> InProcess:
    person = InProcess()
    assert person.sign_in(tenant.person("", "correct horse 42", *permissions)).status_code == 200
    return person


@pytest.fixture
def operator(tenant) -> InProcess:
    """Somebody who may not read feedback."""
    return _person(tenant, "capture:reading:write")


@pytest.fixture
def reader(tenant) -> InProcess:
    return _person(tenant, "portal:feedback:read", "portal:feedback:answer")


def test_what_is_said_is_kept_with_the_screen_it_is_about(operator, reader) -> None:
    sent = operator.post(FEEDBACK, json=said("  the list stays empty "))
    assert sent.status_code == 201, sent.text
    [row] = reader.get(FEEDBACK).json()["rows"]
    assert row == sent.json()
    assert {name: row[name] for name in ("kind", "words", "address", "page", "language", "theme", "screen")} == {
        "kind": "fault", "words": "the list stays empty", "address": "/orders?state=open", "page": "Orders",
        "language": "en", "theme": "dark", "screen": "1280×800",
    }  # fmt: skip
    assert (row["failed_request"], row["version"], row["writer"]) == ("abc123", __version__, "王 小明")
    assert (row["state"], row["answer"], row["answered_by"], row["pictured"]) == ("new", "", None, False)


def test_those_who_read_are_told_and_so_is_the_writer_of_the_answer(operator, reader) -> None:
    number = operator.post(FEEDBACK, json=said("no label")).json()["id"]
    [told] = reader.get("/api/v1/notices").json()["rows"]
    assert ("no label" in told["text"], told["link"]) == (True, "/feedback?state=new")
    assert operator.get("/api/v1/notices").json()["rows"] == []
    answered = reader.post(f"{FEEDBACK}/{number}/answer", json={"answer": "try printer 2"})
    assert (answered.status_code, answered.json()["state"]) == (200, "answered")
    [heard] = operator.get("/api/v1/notices").json()["rows"]
    assert ("try printer 2" in heard["text"], heard["link"]) == (True, "/feedback?tab=own")
    [own] = operator.get(f"{FEEDBACK}/own").json()["rows"]
    assert (own["answer"], own["answered_by"], own["state"]) == ("try printer 2", "王 小明", "answered")
    assert reader.get(f"{FEEDBACK}/own").json()["rows"] == []


def test_feedback_is_closed_with_or_without_a_word(operator, reader) -> None:
    number = operator.post(FEEDBACK, json=said("good", kind="praise")).json()["id"]
    assert reader.post(f"{FEEDBACK}/{number}/answer", json={"close": True}).json()["state"] == "closed"
    again = reader.post(f"{FEEDBACK}/{number}/answer", json={"answer": "one more thing"}).json()
    assert (again["state"], again["answer"]) == ("answered", "one more thing")


def test_the_list_is_filtered_and_paged(operator, reader) -> None:
    kinds = ("fault", "wish", "praise", "wish")
    numbers = [operator.post(FEEDBACK, json=said(kind, kind=kind)).json()["id"] for kind in kinds]
    reader.post(f"{FEEDBACK}/{numbers[1]}/answer", json={"close": True})

    def found(query: str) -> list[int]:
        return [row["id"] for row in reader.get(f"{FEEDBACK}?{query}").json()["rows"]]

    assert found("kind=wish") == [numbers[3], numbers[1]]
    assert found("state=closed") == [numbers[1]]
    assert found("kind=wish&state=new") == [numbers[3]]
    first = reader.get(f"{FEEDBACK}?limit=3").json()
    assert [row["id"] for row in first["rows"]] == numbers[:0:-1]
    assert found(f"cursor={first['next']}") == [numbers[0]]


def test_a_picture_is_drawn_anew_and_seen_by_its_writer_and_by_readers_alone(tenant, operator, reader) -> None:
    taken, made = Image.new("RGB", (4000, 1000)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    taken.save(made, "JPEG", exif=exif)
    assert b"secret place" in made.getvalue()
    sent = operator.post(FEEDBACK, json=said("see", picture=b64encode(made.getvalue()).decode())).json()
    assert sent["pictured"] is True
    address = f"{FEEDBACK}/{sent['id']}/picture"
    for who in (operator, reader):
        shown = who.get(address)
        assert shown.headers["content-type"] == "image/webp"
        assert Image.open(io.BytesIO(shown.content)).size == (1920, 480)
        assert b"secret place" not in shown.content
    assert _person(tenant, "capture:reading:write").get(address).status_code == 404
    assert InProcess(tenant.token("capture:reading:write")).get(address).status_code == 404


def test_the_audit_trail_has_the_words_and_not_the_picture(operator, tenant) -> None:
    operator.post(FEEDBACK, json=said("see", picture=picture()))
    rows = InProcess(tenant.token()).get("/api/v1/audit?table=portal_feedback").json()["rows"]
    assert [(row["action"], row["after"]["words"]) for row in rows] == [("insert", "see")]
    assert InProcess(tenant.token()).get("/api/v1/audit?table=portal_feedback_picture").json()["rows"] == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"words": "   "}, 422, "portal.field_invalid"),
        ({"words": "x" * 2001}, 422, None),
        ({"kind": "rant"}, 422, None),
        ({"address": "https://elsewhere.example/"}, 422, None),
        ({"address": "//elsewhere.example/"}, 422, None),
        ({"address": "/\\elsewhere.example/"}, 422, None),
        ({"picture": "%%%"}, 422, "portal.picture_unreadable"),
        ({"picture": b64encode(b"<svg onload=alert(1)>").decode()}, 422, "portal.picture_unreadable"),
        ({"picture": picture(6000, 4000)}, 422, "portal.picture_too_large"),
        ({"picture": b64encode(bytes(1_200_002)).decode()}, 422, "portal.picture_too_large"),
        ({"picture": picture()[:60]}, 422, "portal.picture_unreadable"),
    ],
)
def test_what_is_refused_leaves_no_trace(tenant, operator, change, status, code) -> None:
    before = contents_of(tenant.id)
    refused = operator.post(FEEDBACK, json=said("x") | change)
    assert refused.status_code in {400, status}, refused.text
    assert code in {None, refused.json()["code"]}
    assert contents_of(tenant.id) == before


def test_too_much_within_an_hour_is_refused_without_trace(tenant, operator, reader) -> None:
    answers = [operator.post(FEEDBACK, json=said(number)) for number in range(20)]
    assert {answer.status_code for answer in answers} == {201}
    before = contents_of(tenant.id)
    refused = operator.post(FEEDBACK, json=said("one more"))
    assert (refused.status_code, refused.json()["code"]) == (429, "portal.feedback_too_much")
    assert refused.headers["retry-after"]
    assert contents_of(tenant.id) == before
    assert reader.post(FEEDBACK, json=said("somebody else")).status_code == 201


def test_an_answer_to_nothing_and_an_empty_answer_are_refused_without_trace(tenant, operator, reader) -> None:
    number = operator.post(FEEDBACK, json=said("x")).json()["id"]
    before = contents_of(tenant.id)
    assert reader.post(f"{FEEDBACK}/{number + 99}/answer", json={"answer": "y"}).status_code == 404
    empty = reader.post(f"{FEEDBACK}/{number}/answer", json={"answer": " "})
    assert (empty.status_code, empty.json()["code"]) == (422, "portal.field_invalid")
    only_reads = _person(tenant, "portal:feedback:read")
    assert contents_of(tenant.id) != before  # a person was made
    before = contents_of(tenant.id)
    assert only_reads.post(f"{FEEDBACK}/{number}/answer", json={"answer": "y"}).status_code == 403
    assert operator.get(FEEDBACK).status_code == 403
    assert contents_of(tenant.id) == before
