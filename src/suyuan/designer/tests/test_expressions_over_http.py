"""Expressions over HTTP: what people type becomes a tree, and a fault says where."""

from __future__ import annotations

from tests.support.web import InProcess

NAMES = {"数量": "quantity", "批号": "item.lot"}


def test_text_becomes_a_tree_and_text_again(client: InProcess) -> None:
    text = "数量 > 1.5 且 批号 != 空"
    parsed = client.post("/api/v1/expressions/parse", json={"text": text, "names": NAMES})
    assert parsed.status_code == 200, parsed.text
    tree = parsed.json()["ast"]
    assert tree["args"][0] == {"op": ">", "args": [{"ref": "quantity"}, {"lit": {"num": "1.5"}}]}
    asked = {"ast": tree, "names": NAMES}
    written = {
        language: client.post("/api/v1/expressions/format", json={**asked, "language": language})
        for language in ("zh", "en")
    }
    assert written["zh"].json() == {"text": text}
    assert written["en"].json() == {"text": "数量 > 1.5 and 批号 != null"}


def test_a_fault_says_where_and_what_is_near(client: InProcess) -> None:
    refused = client.post("/api/v1/expressions/parse", json={"text": "数量 > 数", "names": NAMES})
    assert refused.status_code == 422
    assert refused.json()["code"] == "kernel.expression.unknown_name"
    assert refused.json()["at"] == "char 5"
    assert "数量" in refused.json()["detail"]
    assert (
        client.post("/api/v1/expressions/parse", json={"text": "(" * 19_000}).json()["code"]
        == "kernel.expression.too_long"
    )
    broken = client.post("/api/v1/expressions/format", json={"ast": {"op": "^", "args": []}})
    assert broken.json()["code"] == "kernel.expression.malformed"
