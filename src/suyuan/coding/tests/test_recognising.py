"""A plant's own codes are understood wherever something is scanned, by the rule that made them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from suyuan.coding.tests.test_issuing import PLAIN, define, issue


def _rule(*segments: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"segments": [{**each, "id": f"s{number}"} for number, each in enumerate(segments)], **other}


@pytest.fixture
def plain(client) -> Any:
    assert define(client, "plain", PLAIN).status_code == 200
    return client


def test_an_issued_code_is_decoded_into_its_fields_and_its_urn(plain, tenant) -> None:
    code = issue(plain, "plain", 1, fields={"line": "3"}).json()["first_code"]
    said = plain.get("/api/v1/codes/decode", params={"code": code}).json()
    assert (said["format"], said["kind"], said["uri"]) == (
        "plant_rule", "unit", f"urn:suyuan:{tenant.code}:unit:{code}",
    )  # fmt: skip
    assert [(part["label_en"], part["value"]) for part in said["parts"]][1:4] == [
        ("Date", "261122"), ("Line", "3"), ("Sequence", "00001"),
    ]  # fmt: skip
    assert said["attributes"] == {"line": "3"}
    assert len(said["notes"]) == 1
    known = plain.get("/api/v1/codes/state", params={"code": said["uri"]}).json()
    assert known["state"] == "issued"


def test_a_code_that_fits_but_was_never_issued_is_told_apart(plain) -> None:
    from suyuan.coding.domain.checks import ALGORITHMS

    body = "U261122500042"
    forged = body + ALGORITHMS["iso7064-37-2"].compute(body)
    said = plain.get("/api/v1/codes/decode", params={"code": forged}).json()
    assert "never issued" in said["notes"][1]
    wrong = plain.get("/api/v1/codes/decode", params={"code": body + ("X" if forged[-1] != "X" else "Y")})
    assert wrong.status_code == 422


def test_a_number_that_looks_like_a_gtin_by_chance_is_the_plants_where_it_was_issued(client, tenant) -> None:
    rule = _rule({"type": "constant", "text": "77"}, {"type": "sequence", "width": 11}, {"type": "check"}, level="lot")
    assert define(client, "numbers", rule).status_code == 200
    looks_like = "77000000000019"
    before = client.get("/api/v1/codes/decode", params={"code": looks_like}).json()
    assert before["format"] == "gtin"
    assert issue(client, "numbers", 1).json()["first_code"] == looks_like
    after = client.get("/api/v1/codes/decode", params={"code": looks_like}).json()
    assert (after["format"], after["uri"]) == ("plant_rule", f"urn:suyuan:{tenant.code}:lot:{looks_like}")


def test_a_ready_rule_of_another_standard_keeps_that_standards_identity(client) -> None:
    ready = {each["key"]: each for each in client.get("/api/v1/code-rules/ready").json()["rows"]}
    assert define(client, "drugs", ready["drug-trace"]["body"]).status_code == 200
    code = issue(client, "drugs", 1, fields={"drug": "8109999"}).json()["first_code"]
    known = client.get("/api/v1/codes/state", params={"code": code}).json()
    said = client.get("/api/v1/codes/decode", params={"code": code}).json()
    assert known["uri"] == said["uri"] == f"urn:suyuan:world:drug:{code}"
    forged = code[:-4] + f"{(int(code[-4:]) + 1) % 10_000:04d}"
    assert client.get("/api/v1/codes/state", params={"code": forged}).json()["batch_id"] is None


def test_every_ready_rule_is_sound_issues_and_reads_back(client) -> None:
    ready = client.get("/api/v1/code-rules/ready").json()["rows"]
    assert len(ready) >= 16
    for each in ready:
        shown = client.post("/api/v1/code-rules/preview", json={"body": each["body"], "count": 3})
        assert shown.status_code == 200, (each["key"], shown.text)
        examples = shown.json()["examples"]
        codes = [example["code"] for example in examples]
        assert len(set(codes)) == len(codes) >= 1
        texts = "".join(part["text"] for part in examples[0]["parts"])
        bare = codes[0]
        for part in each["body"]["segments"]:
            bare = bare.replace(f"({part.get('ai')})", "")
        assert texts == bare
    assert {each["group"] for each in ready} == {"gs1", "udi", "industry", "plain"}


def test_a_preview_tells_what_is_wrong_and_where(client) -> None:
    def refused(body: dict[str, Any], **other: Any) -> tuple[str, str]:
        answer = client.post("/api/v1/code-rules/preview", json={"body": body, **other}).json()["problems"][0]
        return answer["code"], answer["at"]

    sequence = {"type": "sequence", "width": 4, "restart": ["day"]}
    assert refused(_rule(sequence)) == ("coding.rule_restart", "/segments/0/restart")
    assert refused(_rule()) == ("coding.rule_empty", "/segments")
    assert refused(_rule(sequence, sequence)) == ("coding.rule_too_many", "/segments/1")
    assert refused(_rule({"type": "random", "length": 4, "alphabet": "0123456789"})) == (
        "coding.rule_guessable", "/segments/0",
    )  # fmt: skip
    assert refused(_rule({"type": "constant", "text": "A"}, {"type": "check"}))[0] == "coding.rule_check_nothing"
    outside = _rule(
        {"type": "ai", "ai": "01"}, {"type": "field", "name": "gtin", "charset": "digits", "least": 14, "most": 14},
        {"type": "ai", "ai": "21"}, {"type": "constant", "text": "X"},
        {"type": "ai", "ai": "10"}, {"type": "sequence", "width": 4},
    )  # fmt: skip
    assert refused(outside)[0] == "coding.rule_unique_outside"
    free = {"type": "field", "name": "product", "least": 1, "most": 9}
    assert refused(_rule(free, {**free, "name": "order"})) == ("coding.rule_ambiguous", "/segments/0")
    assert refused(_rule({"type": "date", "pattern": "QQ"})) == ("coding.rule_pattern", "/segments/0/pattern")
    assert (
        refused(_rule({"type": "ai", "ai": "00"}, {"type": "constant", "text": "123456789012345678"}, level="box"))[0]
        == "coding.rule_not_gs1"
    )
    good = _rule({"type": "constant", "text": "A"}, {"type": "sequence", "width": 4})
    assert refused(good, fields={"line": "1"}) == ("coding.rule_field_unknown", "/fields/line")
    facts = client.post("/api/v1/code-rules/preview", json={"body": good}).json()["facts"]
    assert (facts["capacity"], facts["pattern"]) == ("9999", "A9999")
    assert json.dumps(facts)


def test_a_draft_is_tried_on_the_codes_on_record_before_it_is_published(client) -> None:
    for key, letter in (("letters", "A"), ("others", "B")):
        assert define(client, key, _past(letter)).status_code == 200
    first = issue(client, "letters", 4).json()["first_code"]
    issue(client, "others", 3)

    def tried(body: dict[str, Any]) -> Any:
        return client.post("/api/v1/code-rules/past", json={"key": "letters", "body": body, "count": 20}).json()

    same = tried(_past("A"))
    assert (same["tried"], same["read"], same["lost"], same["taken"]) == (7, 4, 0, 0)
    longer = tried(_past("A", width=7))
    assert (longer["read"], longer["lost"]) == (0, 4)
    assert longer["rows"][0]["code"] == first
    assert (longer["rows"][0]["rules"], longer["rows"][0]["source"]) == (["letters"], "issued")
    letter = {"type": "field", "name": "line", "charset": "upper", "least": 1, "most": 1}
    greedy = _rule(letter, {"type": "sequence", "width": 6})
    assert (tried(greedy)["read"], tried(greedy)["taken"]) == (7, 3)
    wrong = tried(_rule({"type": "sequence", "width": 0}))
    assert (wrong["tried"], wrong["problems"][0]["at"]) == (0, "/segments/0/width")


def _past(letter: str, width: int = 6) -> dict[str, Any]:
    return _rule({"type": "constant", "text": letter}, {"type": "sequence", "width": width})
