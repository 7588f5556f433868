"""The door of ``portal``."""

from suyuan.portal.api.desk import ask, item_of, question
from suyuan.portal.api.drawing import qr_svg
from suyuan.portal.api.event_list import events_csv, events_workbook
from suyuan.portal.api.products import public_products, publish
from suyuan.portal.api.stories import admit, publisher_of, read_code, story_of, visitor
from suyuan.portal.api.workbook import answer_workbook

__all__ = [
    "admit",
    "answer_workbook",
    "ask",
    "events_csv",
    "events_workbook",
    "item_of",
    "public_products",
    "publish",
    "publisher_of",
    "qr_svg",
    "question",
    "read_code",
    "story_of",
    "visitor",
]
