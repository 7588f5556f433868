"""The command line of the verifier."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cryptography import x509

from .dossiers import Verdict, read_dossier, verify
from .proofs import Key, ProofError


def told(verdict: Verdict) -> list[str]:
    """Return the verdict in words, both languages."""
    point = verdict.checkpoint
    lines = [
        f"✓ {verdict.subject}",
        f"✓ {verdict.events} 个事件都在日志中，记录后未被改动 events are in the log, unchanged since recorded",
        f"✓ 检查点 checkpoint {point.number}, {point.size} 项 leaves, {point.time}, {point.origin}",
    ]
    if verdict.stamped:
        rooted = "" if verdict.stamp_rooted else "（未核对根证书 root not checked: --tsa-root）"
        lines.append(f"✓ 时间戳 time stamp {verdict.stamped[0]} {verdict.stamped[1]}{rooted}")
        lines.append(f"  那时已有 {verdict.stamped_events} / {verdict.events} 个事件 of the events were there then")
    if verdict.since:
        lines.append(f"✓ 检查点 {verdict.since.number} 之后日志只增未改 since that checkpoint the log only grew")
    lines += [f"· 未附 left out: {each}" for each in verdict.left_out[:10]]
    mark = "✓" if verdict.key_given else "!"
    lines.append(f"{mark} 密钥 key {verdict.key}")
    if not verdict.key_given:
        lines.append("  请与供应商另行公布的公钥核对，或用 --key 给出")
        lines.append("  compare it with the key that the supplier publishes elsewhere, or give that with --key")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Verify the file named on the command line; return 0 where everything holds, else 1."""
    parser = argparse.ArgumentParser(prog="suyuan verify", description="Verify a dossier offline. 离线核验档案。")
    parser.add_argument("file", type=Path, help="dossier, JSON or PDF 档案")
    parser.add_argument("--key", action="append", default=[], help="public key of the log 公钥; repeatable")
    parser.add_argument("--checkpoint", type=Path, help="an earlier checkpoint that you kept 自己保存的较早检查点")
    parser.add_argument("--tsa-root", type=Path, help="root certificate of the time-stamping authority 时间戳根证书")
    asked = parser.parse_args(arguments)
    try:
        roots = x509.load_pem_x509_certificates(asked.tsa_root.read_bytes()) if asked.tsa_root else []
        earlier = asked.checkpoint.read_text(encoding="utf-8") if asked.checkpoint else None
        keys = [Key.read(text) for text in asked.key]
        verdict = verify(read_dossier(asked.file.read_bytes()), keys, earlier, roots)
    except (ProofError, OSError) as error:
        sys.stdout.write(f"✗ {error}\n")
        return 1
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        sys.stdout.write(f"✗ 档案不完整 the dossier is not whole: {type(error).__name__} {error}\n")
        return 1
    sys.stdout.write("\n".join(told(verdict)) + "\n")
    return 0
