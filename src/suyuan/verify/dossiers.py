"""What a dossier holds, checked piece by piece."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509

from .proofs import (
    Checkpoint,
    Key,
    ProofError,
    canonical,
    check_growth,
    hash_of,
    leaf_of,
    opened,
    root_by_path,
    trusted_keys,
)
from .timestamps import stamped_time

FORMAT = "suyuan/dossier/1"


@dataclass
class Verdict:
    """What was proven, and what the reader must know beside it."""

    subject: str
    events: int
    checkpoint: Checkpoint
    key: str
    key_given: bool
    stamped: tuple[str, str] | None = None
    stamp_rooted: bool = False
    stamped_events: int = 0
    since: Checkpoint | None = None
    left_out: list[str] = field(default_factory=list)


def read_dossier(content: bytes) -> dict[str, Any]:
    """Return the dossier in a JSON file or attached to a PDF."""
    if content[:5] == b"%PDF-":
        found = re.search(rb"/EmbeddedFile\b.*?stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
        content = found[1] if found else b""
        if content[:1] != b"{":
            try:
                content = zlib.decompress(content)
            except zlib.error:
                raise ProofError("PDF 里没有档案数据 the PDF holds no dossier") from None
    try:
        dossier: dict[str, Any] = json.loads(content)
    except ValueError:
        raise ProofError("不是档案文件 not a dossier") from None
    if dossier.get("format") != FORMAT:
        raise ProofError(f"不认识的格式 unknown format: {dossier.get('format')}")
    return dossier


def check_event(event: dict[str, Any], checkpoint: Checkpoint) -> list[str]:
    """Check one event against the checkpoint; return what the dossier leaves out of it."""
    record = event["record"]
    name = f"事件 event {record['event_id']}"
    left_out = []
    for part in ("context", "reading"):
        if part in event:
            if record[part] != (None if event[part] is None else hash_of(event[part])):
                raise ProofError(f"{name}: {part} 被改动 was changed")
        elif record[part] is not None:
            left_out.append(f"{name}: {part}")
    said = event["document"].get("eventID")
    if said is not None and said != record["event_id"]:
        raise ProofError(f"{name}: 报文是另一个事件的 the document is of another event")
    entry = {
        "event": hash_of(event["document"]),
        "record": hash_of(record),
        "recorded": event["recorded"],
        "type": "suyuan/event/1",
    }
    path = [base64.b64decode(each) for each in event["path"]]
    if root_by_path(leaf_of(canonical(entry)), event["position"], checkpoint.size, path) != checkpoint.root:
        raise ProofError(f"{name}: 内容与封存时不同 is not what was sealed")
    return left_out


def check_answers(dossier: dict[str, Any]) -> None:
    """Check that every event that the answers rest on is proven, and said to be what it is."""
    proven = {event["number"]: event["record"] for event in dossier["events"]}
    for answer in dossier["answers"].values():
        for told in answer["events"]:
            record = proven.get(told["number"])
            if record is None:
                raise ProofError(f"追溯结果里的事件 {told['number']} 没有证明 an event of the answer is not proven")
            same = all(told[name] == record[name] for name in ("event_id", "type", "action", "person", "equipment"))
            if not same or told["biz_step"] != record["biz_step"]:
                raise ProofError(f"追溯结果里的事件 {told['number']} 与记录不同 an event of the answer was changed")


def verify(
    dossier: dict[str, Any],
    given: list[Key] | None = None,
    earlier: str | None = None,
    tsa_roots: list[x509.Certificate] | None = None,
) -> Verdict:
    """Check everything in a dossier; ``ProofError`` names the first thing that does not hold."""
    log = dossier["log"]
    keys = trusted_keys(log["keys"], given or [])
    text = opened(log["checkpoint"], keys)
    if text is None:
        raise ProofError("检查点不是可信密钥签的 the checkpoint is not signed by a trusted key")
    checkpoint = Checkpoint.read(text)
    signer = next(key for key in keys if opened(log["checkpoint"], [key]))
    verdict = Verdict(dossier["subject"]["uri"], len(dossier["events"]), checkpoint, _fingerprint(signer), bool(given))
    places = set()
    for event in dossier["events"]:
        verdict.left_out += check_event(event, checkpoint)
        places.add(event["position"])
    if len(places) != len(dossier["events"]):
        raise ProofError("同一事件列了两次 an event is listed twice")
    check_answers(dossier)
    if log.get("time_stamp"):
        roots = tsa_roots or []
        stamped = log["time_stamp"]["note"]
        response = base64.b64decode(log["time_stamp"]["response"])
        verdict.stamped = stamped_time(response, stamped.encode(), roots)
        verdict.stamp_rooted = bool(roots)
        covered = _check_extends(log, stamped, keys, checkpoint).size
        verdict.stamped_events = sum(place < covered for place in places)
    if earlier is not None:
        verdict.since = _check_extends(log, earlier, keys, checkpoint)
    return verdict


def _check_extends(log: dict[str, Any], note: str, keys: list[Key], checkpoint: Checkpoint) -> Checkpoint:
    """Check that the log of ``note``, an earlier checkpoint, is the beginning of this one's."""
    text = opened(note, keys)
    if text is None:
        raise ProofError("较早的检查点不是可信密钥签的 the earlier checkpoint is not signed by a trusted key")
    before = Checkpoint.read(text)
    if before.origin != checkpoint.origin:
        raise ProofError(f"是另一个日志的检查点 a checkpoint of another log: {before.origin}")
    path = log["growth"].get(str(before.size))
    if path is None and before.size != checkpoint.size:
        raise ProofError(f"请索取含 earlier={before.size} 的档案 ask for a dossier with earlier={before.size}")
    steps = [base64.b64decode(each) for each in path or []]
    check_growth(before.size, before.root, checkpoint.size, checkpoint.root, steps)
    return before


def _fingerprint(key: Key) -> str:
    public = base64.b64encode(b"\x01" + key.public).decode()
    return f"{key.name}+{key.id.hex()}+{public}"
