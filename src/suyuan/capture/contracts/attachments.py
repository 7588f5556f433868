"""What is attached to entries: photos, files, signatures, voice notes; told apart by what is in them, not by names."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from suyuan.kernel.faults import fault_kind

IMAGES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
SOUNDS: Final = frozenset({"audio/webm", "audio/ogg", "audio/mp4", "audio/wav"})
DOCUMENTS: Final = frozenset(
    {
        "application/pdf", "text/plain",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)  # fmt: skip
FIT: Final = {
    "photo": IMAGES, "signature": frozenset({"image/png"}), "voice": SOUNDS, "file": IMAGES | SOUNDS | DOCUMENTS,
}  # fmt: skip
"""By kind of field, the media types that it takes."""
LARGEST_MB: Final = 10
"""MiB of one attachment."""
MOST_PIXELS: Final = 40_000_000
UNUSED_DAYS: Final = 7
"""What no entry names so long after it came is removed."""
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal: the name of the bytes."""


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes on record. ``type``: the media type found in them; ``size`` in bytes; ``width``, ``height`` of pictures."""

    sha256: str
    type: str
    size: int
    width: int | None = None
    height: int | None = None


class AttachmentNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Names of bytes, to be asked about."""

    sha256: Annotated[tuple[Sha256, ...], msgspec.Meta(max_length=2_000)]


class AttachmentsMissing(msgspec.Struct, frozen=True, kw_only=True):
    """Those of the asked ones that are not on record: they must be uploaded before an entry can name them."""

    missing: tuple[str, ...]


EMPTY = fault_kind(
    "capture.attachment_empty", 422,
    zh="附件是空的。", en="The attachment is empty.",
    remedy_zh="请重新拍照、选择文件或录音。", remedy_en="Take the picture, choose the file or speak the note again.",
)
NOT_TAKEN = fault_kind(
    "capture.attachment_type", 415,
    zh="不接受这种附件（{found}）。", en="This kind of attachment ({found}) is not taken.",
    remedy_zh="可用：JPEG、PNG、WebP 图片，PDF，不含宏的 Excel、Word（xlsx、docx），纯文本，"
    "WebM、Ogg、MP4、WAV 录音。",
    remedy_en="Taken are JPEG, PNG and WebP pictures, PDF, Excel and Word without macros (xlsx, docx), plain text, and"
    " sound as WebM, Ogg, MP4 or WAV.",
)
DAMAGED = fault_kind(
    "capture.attachment_damaged", 422,
    zh="附件已损坏：{why}。", en="The attachment is damaged: {why}.",
    remedy_zh="请重新上传；仍不行就重新拍照、选择文件或录音。",
    remedy_en="Upload it again; if that does not help, take, choose or record it again.",
)
TOO_MANY_PIXELS = fault_kind(
    "capture.attachment_pixels", 422,
    zh="图片有 {width} × {height} 个像素，太大。", en="The picture has {width} × {height} pixels, which is too many.",
    remedy_zh="请缩小到 {most} 个像素以内。", remedy_en="Make it smaller: at most {most} pixels in all.",
)
TELLS_POSITION = fault_kind(
    "capture.attachment_position", 422,
    zh="图片里带有拍摄位置（EXIF GPS）。", en="The picture tells where it was taken (EXIF GPS).",
    remedy_zh="请先去掉位置信息；用 PDA 页面拍照会自动去掉。",
    remedy_en="Remove the position first; pictures taken with the PDA page have none.",
)
NOT_THERE = fault_kind(
    "capture.attachment_missing", 422,
    zh="“{label}”的附件还没有上传。", en="The attachment of “{label}” was not uploaded.",
    remedy_zh="请重新添加附件后再提交。", remedy_en="Attach it again, then send the entry.",
)
UNFIT = fault_kind(
    "capture.attachment_unfit", 422,
    zh="“{label}”不收这种附件（{given}）。", en="“{label}” does not take this kind of attachment ({given}).",
    remedy_zh="请换成：{wanted}。", remedy_en="Attach one of: {wanted}.",
)
ALTERED = fault_kind(
    "capture.attachment_altered", 409,
    zh="附件 {sha256} 的内容与记录的摘要不符，已不可信。",
    en="The content of attachment {sha256} is not what its digest says: it cannot be trusted.",
    remedy_zh="请从备份中恢复这个附件，并查明原因。",
    remedy_en="Restore this attachment from a backup, and find out who changed it.",
)
REMOVED = fault_kind(
    "capture.attachment_removed", 410,
    zh="附件 {sha256} 已按保留期清除。",
    en="Attachment {sha256} was removed when its time of retention was over.",
    remedy_zh="清除记录与归档文件见“保留与冻结”页；摘要仍在记录里，可与归档中的内容对照。",
    remedy_en="The page “Retention” names the removal and its archive file; the digest stays on record, to compare.",
)
