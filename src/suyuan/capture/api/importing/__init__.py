"""Importing spreadsheets: taken in, previewed, worked off by the worker, told row by row; and writing them."""

from suyuan.capture.api.importing.passing import let_pass
from suyuan.capture.api.importing.taking import cancel, detail, list_imports, nodes, preview, start, take
from suyuan.capture.api.importing.targets import master_uri, one_by_one
from suyuan.capture.api.importing.telling import faults_file, rows_of, template
from suyuan.capture.store.sheets import WrittenColumn, read_sheet, written

__all__ = [
    "WrittenColumn",
    "cancel",
    "detail",
    "faults_file",
    "let_pass",
    "list_imports",
    "master_uri",
    "nodes",
    "one_by_one",
    "preview",
    "read_sheet",
    "rows_of",
    "start",
    "take",
    "template",
    "written",
]
