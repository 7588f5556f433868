"""The door of ``portal``."""

from suyuan.portal.api.causes import causes_workbook, common_causes
from suyuan.portal.api.desk import ask, item_of, question
from suyuan.portal.api.dossier import dossier
from suyuan.portal.api.dossier_pdf import dossier_pdf
from suyuan.portal.api.drawing import qr_svg
from suyuan.portal.api.event_list import events_csv, events_workbook
from suyuan.portal.api.feedback import answer_feedback, list_feedback, own_feedback
from suyuan.portal.api.feedback import picture_of as feedback_picture
from suyuan.portal.api.feedback import send as send_feedback
from suyuan.portal.api.products import public_products, publish
from suyuan.portal.api.report_pdf import answer_report
from suyuan.portal.api.scope_exporting import as_file, export_format, finished, made_with_progress
from suyuan.portal.api.scope_files import MEDIA_TYPES, Export, Format, lines
from suyuan.portal.api.scope_files import note as note_export
from suyuan.portal.api.scopes import choices, preview, scope, start_from, worked
from suyuan.portal.api.stories import publisher_of, read_code, story_of, visitor
from suyuan.portal.api.visits import admit, forget_visits
from suyuan.portal.api.workbook import answer_workbook

__all__ = [
    "MEDIA_TYPES",
    "Export",
    "Format",
    "admit",
    "answer_feedback",
    "answer_report",
    "answer_workbook",
    "as_file",
    "ask",
    "causes_workbook",
    "choices",
    "common_causes",
    "dossier",
    "dossier_pdf",
    "events_csv",
    "events_workbook",
    "export_format",
    "feedback_picture",
    "finished",
    "forget_visits",
    "item_of",
    "lines",
    "list_feedback",
    "made_with_progress",
    "note_export",
    "own_feedback",
    "preview",
    "public_products",
    "publish",
    "publisher_of",
    "qr_svg",
    "question",
    "read_code",
    "scope",
    "send_feedback",
    "start_from",
    "story_of",
    "visitor",
    "worked",
]
