"""Mail is kept with what it tells, sent once a server takes it, tried again while none does, and never lost unsaid."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from suyuan.kernel.faults import Bilingual
from suyuan.tenancy.contracts import News
from tests.support.database import owner_url
from tests.support.web import InProcess

SUBJECT = Bilingual("第 {n} 班\r\nBcc: x@y", "Shift {n}\r\nBcc: x@y")
NEWS = News("shift 7", SUBJECT, Bilingual("完成 {n}", "Done {n}"), "/wip", {"n": 7})


@pytest.fixture
def topic(application: None) -> Any:
    from suyuan.chassis.registry import MailTopic, registry

    registry.add_mail_topics([MailTopic("test", Bilingual("试", "test"), chosen=True)])
    yield "test"
    del registry._mail_topics["test"]


@pytest.fixture
def reader(tenant: Any) -> InProcess:
    """Somebody with an address."""
    browser = InProcess()
    assert browser.sign_in(tenant.person()).status_code == 200
    person = browser.get("/api/v1/session").json()["user"]["id"]
    assert browser.patch(f"/api/v1/people/{person}", json={"mail": "wang@plant.example"}).status_code == 200
    return browser


def _tell(tenant: Any, topic: str, news: News = NEWS) -> int:
    from suyuan.tenancy import api

    with tenant.open():
        return api.tell_by_mail(topic, [each.id for each in api.people()] * 2, news)


def _send(tenant: Any) -> int:
    from suyuan.tenancy.jobs.mailing import send_waiting

    return send_waiting(tenant.id)


def _mails(browser: InProcess) -> list[tuple[str, int]]:
    return [(row["state"], row["attempts"]) for row in browser.get("/api/v1/security/mails").json()["rows"]]


def _make_due(tenant: Any) -> None:
    with psycopg.connect(owner_url()) as owner:
        owner.execute("UPDATE tenancy_mail SET due = now() WHERE tenant_id = %s", (tenant.id,))


def test_everybody_is_told_once_in_one_mail(tenant: Any, topic: str, reader: InProcess, posted: Any) -> None:
    assert (_tell(tenant, topic), _tell(tenant, topic)) == (1, 0)
    assert (_send(tenant), _send(tenant)) == (1, 0)
    [(to, subject, text)] = posted.read()
    assert (to, subject) == ("wang@plant.example", f"[Test {tenant.code}] 第 7 班 Bcc: x@y")
    assert text.startswith("完成 7\n")
    assert posted.mails[0]["Bcc"] is None, "a name cannot write headers"
    assert posted.mails[0]["From"] == "suyuan@plant.example"
    assert _mails(reader) == [("sent", 1)]


def test_what_is_rolled_back_is_not_told(tenant: Any, topic: str, reader: InProcess, posted: Any) -> None:
    from suyuan.tenancy import api

    with tenant.open() as current:
        assert api.tell_by_mail(topic, [each.id for each in api.people()], NEWS) == 1
        current.abandon()
    assert (_send(tenant), posted.read()) == (0, [])


def test_mail_waits_while_the_server_is_busy_and_fails_when_it_will_not_have_it(
    tenant: Any, topic: str, reader: InProcess, posted: Any
) -> None:
    from suyuan.tenancy.jobs.mailing import RETRY_SECONDS

    posted.answer = "451 try later"
    _tell(tenant, topic)
    assert (_send(tenant), _send(tenant)) == (1, 0), "it waits its time"
    assert _mails(reader) == [("waiting", 1)]
    for _ in RETRY_SECONDS:
        _make_due(tenant)
        assert _send(tenant) == 1
    assert _mails(reader) == [("failed", 1 + len(RETRY_SECONDS))]
    posted.answer = "550 nobody of that name"
    number = reader.get("/api/v1/security/mails").json()["rows"][0]["id"]
    assert reader.post(f"/api/v1/security/mails/{number}/retry").json()["state"] == "waiting"
    assert _send(tenant) == 1
    assert _mails(reader) == [("failed", 1)], "a refusal for good is not tried again"
    assert "nobody of that name" in reader.get("/api/v1/security/mails").json()["rows"][0]["said"]
    posted.answer = ""
    reader.post(f"/api/v1/security/mails/{number}/retry")
    assert (_send(tenant), len(posted.read())) == (1, 1)
    again = reader.post(f"/api/v1/security/mails/{number}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "tenancy.mail_sent")


def test_each_chooses_for_themselves(tenant: Any, topic: str, reader: InProcess, posted: Any) -> None:
    own = reader.put("/api/v1/session/mail", json={"topic": topic, "wanted": False}).json()
    assert (own["address"], own["server"]) == ("wang@plant.example", True)
    assert not next(each["wanted"] for each in own["choices"] if each["topic"] == topic)
    assert _tell(tenant, topic) == 0
    unknown = reader.put("/api/v1/session/mail", json={"topic": "nothing", "wanted": True})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "tenancy.no_such_topic")
    assert reader.post("/api/v1/session/mail/try").status_code == 202
    assert (_send(tenant), posted.read()[0][1].endswith("试发邮件")) == (1, True)


def test_without_a_server_nothing_is_kept_and_the_console_says_so(tenant: Any, topic: str, reader: InProcess) -> None:
    assert _tell(tenant, topic) == 0
    assert not reader.get("/api/v1/session/mail").json()["server"]
    tried = reader.post("/api/v1/session/mail/try")
    assert (tried.status_code, tried.json()["code"]) == (409, "tenancy.no_mail_server")
    assert _mails(reader) == []


def test_a_wrong_password_is_told_and_mail_waits(
    tenant: Any, topic: str, reader: InProcess, posted: Any, tmp_path: Any
) -> None:
    (tmp_path / "mail_password").write_text("wrong")
    _tell(tenant, topic)
    _send(tenant)
    [row] = reader.get("/api/v1/security/mails").json()["rows"]
    assert (row["state"], "535" in row["said"]) == ("waiting", True), row["said"]


def test_a_person_without_an_address_is_told_where_to_get_one(tenant: Any, posted: Any) -> None:
    browser = InProcess()
    browser.sign_in(tenant.person())
    assert browser.post("/api/v1/session/mail/try").json()["code"] == "tenancy.no_mail_address"
