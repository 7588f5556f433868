"""What crosses the door about labels and printing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from suyuan.kernel.disclosure import PEOPLE

LABEL_KIND: Final = "label"
"""Name of the definition kind."""
MOST_LABELS: Final = 5000
"""Most labels of one print job or PDF."""
MOST_COPIES: Final = 100
JobState = Literal["queued", "sending", "printed", "failed", "canceled"]
PrinterLanguage = Literal["zpl", "tspl"]
Connection = Literal["tcp", "virtual"]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label in the gallery; sizes in millimetres. ``version`` is the one in force."""

    key: str
    title_zh: str
    title_en: str
    state: str
    version: int | None
    has_draft: bool
    width: float
    height: float
    symbols: Sequence[str]
    changed: datetime
    changed_by: Annotated[str, PEOPLE]


@dataclass(frozen=True, slots=True)
class ReadyLabelRow:
    """A label to start from, with its document."""

    key: str
    title_zh: str
    title_en: str
    about_zh: str
    about_en: str
    width: float
    height: float
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LabelField:
    """A value that a label asks for."""

    id: str
    kind: str
    title_zh: str
    title_en: str
    sample: str
    required: bool


@dataclass(frozen=True, slots=True)
class LabelProblem:
    """What keeps something on a label from being printed; ``at`` is a JSON pointer into the document."""

    at: str
    code: str
    title: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DrawnElement:
    """Where an element's dots lie on the label, in millimetres, and what a symbol says. ``module`` in millimetres."""

    element: int
    x: float
    y: float
    w: float
    h: float
    content: str
    module: float


@dataclass(frozen=True, slots=True)
class Preview:
    """The true print image: PNG in base64, one pixel a dot; what is wrong; and where things are."""

    png: str
    width_dots: int
    height_dots: int
    dpi: int
    problems: Sequence[LabelProblem]
    drawn: Sequence[DrawnElement]


@dataclass(frozen=True, slots=True)
class CodeValues:
    """What a code fills into a label's fields: canonical URI where it has one, and field values by name."""

    code: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer. ``darkness`` 0–30 and ``speed`` in inches a second; None leaves its own settings."""

    id: int
    code: str
    name: str
    site_id: int | None
    language: str
    dpi: int
    connection: str
    host: str
    port: int
    width_mm: float
    media: str
    darkness: int | None
    speed: int | None
    pictures: bool
    answers: bool
    active: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What a printer says of itself just now. ``conditions``: ``paper_out``, ``head_open``, ``paused``…"""

    reachable: bool
    ready: bool
    answered: bool
    conditions: Sequence[str]
    said_zh: str
    said_en: str
    took_ms: int


@dataclass(frozen=True, slots=True)
class JobFault:
    """Why a job failed, or waits for another try."""

    code: str
    title_zh: str
    title_en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A print job. ``label_version`` None: a test print of a draft. ``sent`` counts labels given to the printer.

    ``printer_id`` None: a PDF that somebody took away.
    """

    id: UUID
    created: datetime
    created_by: Annotated[str, PEOPLE]
    label_key: str
    label_version: int | None
    title_zh: str
    title_en: str
    printer_id: int | None
    printer_code: str
    printer_name: str
    language: str
    dpi: int
    virtual: bool
    labels: int
    copies: int
    sent: int
    state: JobState
    attempts: int
    started: datetime | None
    finished: datetime | None
    confirmed: bool
    fault: JobFault | None
    reprint_of: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """What stood on one label of a job."""

    position: int
    code: str | None
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintJobDetail:
    """A job with the first of its labels."""

    job: PrintJob
    rows: Sequence[PrintedLabel]


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print. Each of ``rows`` gives ``code`` and/or field values; ``body`` is a draft for a test print."""

    label_key: str
    printer_id: int
    rows: Sequence[Mapping[str, str]]
    copies: int = 1
    reason: str = ""
    version: int | None = None
    body: Mapping[str, Any] | None = None
