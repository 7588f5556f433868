"""What a verification can find, in both languages."""

from __future__ import annotations

from typing import Final

from suyuan.compliance.contracts import LogFinding
from suyuan.kernel.faults import Bilingual

TAMPERED: Final = "tampered"
SUSPICIOUS: Final = "suspicious"

_TEXTS: Final[dict[str, tuple[str, Bilingual]]] = {
    "record_changed": (TAMPERED, Bilingual(
        "{what}在封存后被改动",
        "{what} was changed after it was sealed")),
    "record_gone": (TAMPERED, Bilingual(
        "{what}在封存后被删除",
        "{what} was deleted after it was sealed")),
    "record_inserted": (TAMPERED, Bilingual(
        "{what}未经系统写入，日志里没有它",
        "{what} was put in past the system: the log does not have it")),
    "leaf_changed": (TAMPERED, Bilingual(
        "日志第 {what} 项被改动，记录本身未变",
        "Leaf {what} of the log was changed; the record itself was not")),
    "leaf_gone": (TAMPERED, Bilingual(
        "日志第 {what} 项不见了",
        "Leaf {what} of the log is gone")),
    "log_cut": (TAMPERED, Bilingual(
        "日志末尾被截断：{what}",
        "The end of the log was cut off: {what}")),
    "head_changed": (TAMPERED, Bilingual(
        "日志的头与其内容不符：{what}",
        "The log's head does not match its leaves: {what}")),
    "node_changed": (TAMPERED, Bilingual(
        "日志的中间散列被改动：{what}",
        "An inner hash of the log was changed: {what}")),
    "root_changed": (TAMPERED, Bilingual(
        "检查点 {what} 的根与日志不符：其前的内容被改写",
        "The log does not have the root of checkpoint {what}: something before it was rewritten")),
    "checkpoint_forged": (TAMPERED, Bilingual(
        "检查点 {what} 不是用本系统的密钥签的",
        "Checkpoint {what} was not signed with this installation's key")),
    "checkpoint_gone": (TAMPERED, Bilingual(
        "检查点 {what} 不见了",
        "Checkpoint {what} is gone")),
    "checkpoint_chain": (TAMPERED, Bilingual(
        "检查点 {what} 与它前一个不相接",
        "Checkpoint {what} does not follow from the one before")),
    "checkpoint_row": (TAMPERED, Bilingual(
        "检查点 {what} 的行与签名内容不符",
        "The row of checkpoint {what} does not say what was signed")),
    "copy_differs": (TAMPERED, Bilingual(
        "外部保存的检查点 {what} 与数据库不符",
        "The copy of checkpoint {what} kept outside differs from the database")),
    "clock_back": (SUSPICIOUS, Bilingual(
        "签检查点 {what} 时时钟被拨回",
        "The clock had been set back when checkpoint {what} was signed")),
    "backdated": (SUSPICIOUS, Bilingual(
        "{what}的记录时间早于在它之前封存的检查点",
        "{what} says it was recorded before a checkpoint that was signed without it")),
    "postdated": (SUSPICIOUS, Bilingual(
        "{what}的记录时间晚于封存它的检查点",
        "{what} says it was recorded after the checkpoint that seals it")),
    "not_sealed": (SUSPICIOUS, Bilingual(
        "{what}很久仍未封存",
        "{what} has not been sealed for a long time")),
    "guard_off": (TAMPERED, Bilingual(
        "{what} 的保护被关掉或移除：从那时起的改动可能没有留下痕迹",
        "The guard {what} was switched off or removed: changes since then may have left no trace")),
    "stray": (TAMPERED, Bilingual(
        "多出不属于任何事件的数据：{what}",
        "There is data that belongs to no event: {what}")),
}  # fmt: skip
CODES: Final = frozenset(_TEXTS)


def finding(code: str, place: str, what: object) -> LogFinding:
    """Return a finding of the kind ``code`` at ``place``; ``what`` fills its text in both languages.

    ``what`` may be a :class:`~suyuan.kernel.faults.Bilingual`.
    """
    level, text = _TEXTS[code]
    zh, en = (what.zh, what.en) if isinstance(what, Bilingual) else (what, what)
    return LogFinding(level, code, place, text.render("zh", {"what": zh}), text.render("en", {"what": en}))
