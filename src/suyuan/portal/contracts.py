"""What crosses the door of ``portal``: which products are public, and the story that everybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final

from suyuan.kernel.disclosure import PEOPLE
from suyuan.kernel.faults import Bilingual, Language, fault_kind
from suyuan.kernel.principals import Permission

EXPORT_TOO_LARGE = fault_kind(
    "portal.export_too_large",
    422,
    zh="符合条件的事件超过 {limit} 条，无法放进一个文件。",
    en="More than {limit} events fit; they do not go into one file.",
    remedy_zh="请缩小时间范围或增加条件后再导出。",
    remedy_en="Narrow the time or add a filter, and export again.",
)
DOSSIER_TOO_LARGE = fault_kind(
    "portal.dossier_too_large",
    422,
    zh="档案涉及 {events} 个事件，超过 {most} 个的上限。",
    en="The dossier would hold {events} events, more than the {most} that one may.",
    remedy_zh="请为更具体的对象（单件或较小的批次）制作档案。",
    remedy_en="Make it for something more exact: a unit, or a smaller lot.",
)
FEEDBACK_READ: Final = "portal:feedback:read"
FEEDBACK_ANSWER: Final = "portal:feedback:answer"
PERMISSIONS = (
    Permission("portal:page:read", Bilingual("查看哪些产品公开", "See which products are public")),
    Permission("portal:page:write", Bilingual("公开产品的消费者页面", "Publish consumer pages of products")),
    Permission("portal:feedback:read", Bilingual("查看大家的反馈", "Read everybody's feedback")),
    Permission("portal:feedback:answer", Bilingual("答复反馈", "Answer feedback")),
)
FEEDBACK_A_HOUR: Final = 20
"""How much feedback one person may send within an hour."""
LONGEST_WORDS: Final = 2000
LARGEST_PICTURE: Final = 1_200_000
"""Bytes of a picture as it is sent."""
MOST_PICTURE_PIXELS: Final = 20_000_000
FEEDBACK_TOO_MUCH = fault_kind(
    "portal.feedback_too_much", 429,
    zh="一小时内最多发 {most} 条反馈。", en="At most {most} pieces of feedback can be sent within an hour.",
    remedy_zh="没有保存。请稍后再发，或把几件事写在一条里。",
    remedy_en="Nothing was kept. Send it later, or write several things in one.",
)
PICTURE_UNREADABLE = fault_kind(
    "portal.picture_unreadable", 422,
    zh="这张图片读不出来。", en="This picture cannot be read.",
    remedy_zh="请换成 PNG、JPEG 或 WebP 图片，或不带图片发送。",
    remedy_en="Use a PNG, JPEG or WebP picture, or send without one.",
)
PICTURE_TOO_LARGE = fault_kind(
    "portal.picture_too_large", 422,
    zh="图片太大：最多 {most_kb} KB、2000 万像素。",
    en="The picture is too large: at most {most_kb} KB and 20 million pixels.",
    remedy_zh="请截取屏幕的一部分，或缩小后再发。",
    remedy_en="Take a part of the screen, or make it smaller, and send again.",
)
PRODUCT_TAKEN = fault_kind(
    "portal.product_taken", 409,
    zh="产品 {gtin} 已由另一家企业公开。", en="Another company has published the product {gtin}.",
    remedy_zh="一个 GTIN 只属于一家品牌商：请核对编码；若确属贵公司，请联系本系统的运营方。",
    remedy_en="A GTIN belongs to one brand owner: check the number, or ask whoever runs this system if it is yours.",
)
FIELD_INVALID = fault_kind(
    "portal.field_invalid", 422,
    zh="“{field}”不能是“{given}”。", en="“{field}” cannot be “{given}”.",
    remedy_zh="请改为：{allowed}。", remedy_en="Use: {allowed}.",
)
NOT_DRAWABLE = fault_kind(
    "portal.not_drawable", 422,
    zh="这段内容放不进二维码：{length} 个字符。", en="This does not fit into a QR code: {length} characters.",
    remedy_zh="二维码最多放约 {limit} 个字符，请缩短编码。",
    remedy_en="A QR code holds about {limit} characters; shorten the code.",
)
CODES_UNKNOWN = fault_kind(
    "portal.codes_unknown", 422,
    zh="{total} 个编码中有 {count} 个没有记录或无法读懂：{codes}",
    en="{count} of {total} codes are not on record, or not understood: {codes}",
    remedy_zh="请改正或删去它们；也可以用 skip_unknown 略过它们，答案会列出略过了哪些。",
    remedy_en="Correct or remove them; with skip_unknown they are left out, and the answer lists which.",
)
FILE_GONE = fault_kind(
    "portal.file_gone", 404,
    zh="这个导出文件已不在。", en="This exported file is not here any more.",
    remedy_zh="导出文件只保留 15 分钟，且只给导出的人：请重新导出。",
    remedy_en="An export is kept for 15 minutes, for whoever made it: export again.",
)
LONGEST_BRAND = 80
LONGEST_CONTACT = 200


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages, as master data has it; may be any text."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """Return the name in ``language``."""
        return self.zh if language == "zh" else self.en


class Origins(StrEnum):
    """How much of a material's origin is public."""

    NONE = "none"
    COUNTRY = "country"
    PLACE = "place"
    """The supplier's place by name."""


@dataclass(frozen=True, slots=True)
class PublicProduct:
    """What a tenant has decided for one product. Nothing is public unless ``published``.

    ``brand_zh`` and ``brand_en`` name the company to consumers (empty: the tenant's name); ``contact`` is what a
    consumer may call or write to. ``path`` is the product's page, ``example`` that of its newest unit or lot, if any.
    """

    gtin: str
    product: str
    name_zh: str | None
    name_en: str | None
    published: bool
    brand_zh: str
    brand_en: str
    contact: str
    origins: Origins
    path: str
    example: str | None = None


@dataclass(frozen=True, slots=True)
class ConsumerCode:
    """A checked code of a consumer page. ``uri`` is the canonical item, ``product`` its class (None for a carrier)."""

    uri: str
    kind: str
    key: str
    product: str | None
    lot: str | None
    serial: str | None

    @property
    def gtin(self) -> str:
        """The GTIN in 14 digits; for a carrier the SSCC."""
        return self.key


class Standing(StrEnum):
    """What the records say of an item today."""

    GOOD = "good"
    NOT_MADE = "not_made"
    """Others recorded the code, but nothing says that it was made."""
    EXPIRED = "expired"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    STOLEN = "stolen"
    RECALLED = "recalled"


class StepKind(StrEnum):
    """The steps of a public story."""

    MADE = "made"
    ASSEMBLED = "assembled"
    TESTED = "tested"
    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    AT_STORE = "at_store"
    ON_SALE = "on_sale"
    SOLD = "sold"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A step, by day at the place; ``count`` is the number of values that were measured and within limits."""

    kind: StepKind
    day: date
    place: Name | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """Something that went in. ``own``: made by the same company. ``serial``: followed piece by piece."""

    name: Name
    origins: tuple[Name, ...]
    own: bool
    serial: bool


@dataclass(frozen=True, slots=True)
class PublicStory:
    """All that a stranger may know of one item, or (``steps`` and ``materials`` empty) of a product."""

    code: ConsumerCode
    product: Name
    brand: Name
    contact: str
    standing: Standing
    steps: Sequence[PublicStep]
    materials: Sequence[Material]
    lot: str | None
    sampled: bool = False
    """The materials come from some of the lot's units."""


class FeedbackKind(StrEnum):
    """What feedback is about."""

    FAULT = "fault"
    WISH = "wish"
    PRAISE = "praise"


class FeedbackState(StrEnum):
    """How far feedback has come."""

    NEW = "new"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ScreenSeen:
    """The screen somebody was at. ``address``: its path and query; ``screen``: width and height in CSS pixels;
    ``failed_request``: id of the last request that they saw fail (empty: none)."""

    address: str
    page: str
    language: str
    theme: str
    screen: str
    failed_request: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said about a screen, and what was answered (empty: nothing yet)."""

    id: int
    kind: FeedbackKind
    words: str
    address: str
    page: str
    language: str
    theme: str
    screen: str
    version: str
    failed_request: str
    written: datetime
    writer: Annotated[str, PEOPLE]
    state: FeedbackState
    answer: str
    answered: datetime | None
    answered_by: Annotated[str | None, PEOPLE]
    pictured: bool


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Feedback, newest first; ``next`` is the cursor of the following page."""

    rows: list[Feedback]
    next: str | None
