"""A trace node: a form, its checks, and how a reading of it becomes events.

The types are the published schema of the definition kind ``trace_node``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

import msgspec

TRACE_NODE: Final = "trace_node"
"""Name of the definition kind."""

Expression = dict[str, Any]
"""JSON AST of :mod:`suyuan.kernel.expressions`."""
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern="^[a-z][a-z0-9_]*$")]
FieldName = Annotated[
    str, msgspec.Meta(min_length=1, max_length=81, pattern="^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$")
]
"""A field, or ``table.column``: a column of a sub-table."""
Words = Annotated[str, msgspec.Meta(max_length=200)]
Uri = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
ScanClass = Literal["unit", "lot", "carrier", "asset", "product", "place", "person", "equipment", "order"]
EventName = Literal["object", "aggregation", "transformation", "association", "transaction"]
CheckKind = Literal[
    "known", "class_is", "not_repeated", "not_void", "not_expired", "not_held", "in_state", "where_is", "expression"
]
CheckLevel = Literal["warn", "refuse", "approve"]
"""``warn``: recorded and told; ``refuse``: not recorded; ``approve``: recorded only with an override."""


class _Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    """What every field has. ``many``: entered again and again until done; ``keep``: stays for the next entry."""

    id: Identifier
    label_zh: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    label_en: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    hint_zh: Words = ""
    hint_en: Words = ""
    required: bool = True
    show: Expression | None = None
    require: Expression | None = None
    lock: Expression | None = None
    default: Expression | None = None
    many: bool = False
    keep: bool = False


class ScanField(_Field, frozen=True, kw_only=True, tag="scan"):
    """A code. ``classes``: what it may name (empty: anything); ``duplicate``: the same code again in one entry."""

    classes: tuple[ScanClass, ...] = ()
    duplicate: Literal["refuse", "ignore", "ask"] = "refuse"
    advance: bool = True


class TextField(_Field, frozen=True, kw_only=True, tag="text"):
    """Words. ``pattern``: a regular expression that the whole text matches."""

    max: Annotated[int, msgspec.Meta(ge=1, le=4000)] = 200
    pattern: Annotated[str, msgspec.Meta(max_length=200)] = ""
    multiline: bool = False


class NumberField(_Field, frozen=True, kw_only=True, tag="number"):
    """An exact decimal. ``unit``: UN/ECE Recommendation 20 code (``KGM``, ``CEL``); empty: pieces."""

    unit: Annotated[str, msgspec.Meta(max_length=8)] = ""
    decimals: Annotated[int, msgspec.Meta(ge=0, le=10)] = 3
    min: Decimal | None = None
    max: Decimal | None = None


class PercentField(_Field, frozen=True, kw_only=True, tag="percent"):
    """A share in per cent, an exact decimal (unit ``P1`` of UN/ECE Recommendation 20)."""

    decimals: Annotated[int, msgspec.Meta(ge=0, le=10)] = 1
    min: Decimal | None = Decimal(0)
    max: Decimal | None = Decimal(100)


class MoneyField(_Field, frozen=True, kw_only=True, tag="money"):
    """An amount of money, an exact decimal. ``currency``: ISO 4217."""

    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] = "CNY"
    decimals: Annotated[int, msgspec.Meta(ge=0, le=10)] = 2
    min: Decimal | None = Decimal(0)
    max: Decimal | None = None


class DurationField(_Field, frozen=True, kw_only=True, tag="duration"):
    """A length of time in whole seconds (unit ``SEC``), at most ``max``; people type and read ``h:mm:ss``."""

    max: Annotated[int, msgspec.Meta(ge=1, le=3_599_999)] = 359_999


class TimeField(_Field, frozen=True, kw_only=True, tag="time"):
    """A time of day, ``HH:MM`` by the clock on the wall."""


class PhoneField(_Field, frozen=True, kw_only=True, tag="phone"):
    """A telephone number: digits, with ``+``, spaces, brackets and hyphens."""


class EmailField(_Field, frozen=True, kw_only=True, tag="email"):
    """A mail address."""


class LinkField(_Field, frozen=True, kw_only=True, tag="link"):
    """An address that begins with ``https://`` or ``http://``."""


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One choice."""

    value: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    label_zh: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    label_en: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class ChoiceField(_Field, frozen=True, kw_only=True, tag="choice"):
    """One of some options; with ``many`` any of them."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(max_length=200)] = ()


class CascadeOption(Option, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One choice of a cascade, with what can be chosen under it. ``value`` holds no ``/``."""

    options: Annotated[tuple[CascadeOption, ...], msgspec.Meta(max_length=200)] = ()


class CascadeField(_Field, frozen=True, kw_only=True, tag="cascade"):
    """A choice step by step, down to one that has nothing under it. The value is the way there: ``weld/crack``."""

    options: Annotated[tuple[CascadeOption, ...], msgspec.Meta(max_length=200)] = ()


class YesNoField(_Field, frozen=True, kw_only=True, tag="yes_no"):
    """Yes or no."""


class DateField(_Field, frozen=True, kw_only=True, tag="date"):
    """A day, ``YYYY-MM-DD``."""


class DateTimeField(_Field, frozen=True, kw_only=True, tag="datetime"):
    """A moment with offset, ISO 8601."""


class PersonField(_Field, frozen=True, kw_only=True, tag="person"):
    """Who did it: the URI of a person in the master data, chosen or scanned."""


class EquipmentField(_Field, frozen=True, kw_only=True, tag="equipment"):
    """On what it was done: the URI of a machine, chosen or scanned."""


class LocationField(_Field, frozen=True, kw_only=True, tag="location"):
    """Where: the URI of a place, chosen or scanned."""


class LookupField(_Field, frozen=True, kw_only=True, tag="lookup"):
    """An entry of the master data by name; ``attribute``: what of it is shown beside it."""

    of: Literal["product", "place", "person", "equipment"] = "product"
    attribute: Annotated[str, msgspec.Meta(max_length=80)] = ""


class FormulaField(_Field, frozen=True, kw_only=True, tag="formula"):
    """A value worked out from others; never entered."""

    value: Expression
    unit: Annotated[str, msgspec.Meta(max_length=8)] = ""


class PhotoField(_Field, frozen=True, kw_only=True, tag="photo"):
    """Pictures, at most ``max``; the event names them by their digests."""

    max: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1


class FileField(_Field, frozen=True, kw_only=True, tag="file"):
    """Files, at most ``max``: documents, pictures, sound."""

    max: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1


class SignatureField(_Field, frozen=True, kw_only=True, tag="signature"):
    """What somebody wrote by hand on the screen, or their typed name; a picture, no digital signature."""


class VoiceField(_Field, frozen=True, kw_only=True, tag="voice"):
    """A spoken note of at most ``max`` seconds."""

    max: Annotated[int, msgspec.Meta(ge=5, le=300)] = 60


class RatingField(_Field, frozen=True, kw_only=True, tag="rating"):
    """A number of stars from 1."""

    max: Annotated[int, msgspec.Meta(ge=2, le=10)] = 5


class SectionField(_Field, frozen=True, kw_only=True, tag="section"):
    """A heading; nothing is entered."""


class NoteField(_Field, frozen=True, kw_only=True, tag="note"):
    """An instruction to read; nothing is entered. The hint is its text."""


class TabField(_Field, frozen=True, kw_only=True, tag="tab"):
    """The beginning of a tab: the fields after it, until the next one, belong to it and show only where it shows."""


class ColumnsField(_Field, frozen=True, kw_only=True, tag="columns"):
    """From here on ``count`` fields stand side by side where there is room, until the next of these, tab or section."""

    count: Annotated[int, msgspec.Meta(ge=1, le=4)] = 2


SilentField = SectionField | NoteField | TabField | ColumnsField
"""Fields that group, explain or arrange others; nothing is entered."""

Column = (
    ScanField | TextField | NumberField | ChoiceField | YesNoField | DateField | DateTimeField | PersonField
    | EquipmentField | LocationField | LookupField | FormulaField | RatingField | PercentField | MoneyField
    | DurationField | TimeField | CascadeField | PhoneField | EmailField | LinkField
)  # fmt: skip
"""What a column of a sub-table can be."""
MOST_ROWS: Final = 500


class SubTableField(_Field, frozen=True, kw_only=True, tag="sub_table"):
    """Rows with columns of their own; in each row a column holds one value.

    ``min`` and ``max`` count rows; ``unique``: a column that is different in every row. Rules of a column see the
    columns of its row by their ids, and the fields of the form; the form sees ``table.column`` as a list over the
    rows, and the table itself as the number of its rows.
    """

    columns: Annotated[tuple[Column, ...], msgspec.Meta(max_length=20)] = ()
    min: Annotated[int, msgspec.Meta(ge=0, le=MOST_ROWS)] = 0
    max: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)] = 200
    unique: Identifier | None = None


Field = (
    ScanField | TextField | NumberField | ChoiceField | YesNoField | DateField | DateTimeField | PersonField
    | EquipmentField | LocationField | LookupField | FormulaField | PhotoField | FileField | SignatureField | VoiceField
    | RatingField | PercentField | MoneyField | DurationField | TimeField | CascadeField | PhoneField | EmailField
    | LinkField | SectionField | NoteField | TabField | ColumnsField | SubTableField
)  # fmt: skip


class StationPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="station"):
    """Where the device stands."""


class FixedPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="fixed"):
    """Always the same place."""

    uri: Uri


class FieldPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="from", tag="field"):
    """The place that a field names."""

    field: Identifier


class FieldQuantity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item field with how much of it: a number field or formula, in that field's unit."""

    field: FieldName
    quantity: FieldName | None = None


class MeasuredParameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field that is a measured value of the event (EPCIS sensor report).

    ``type``: a GS1 measurement type (``Temperature``) or any word; ``uom``: UN/ECE Recommendation 20.
    """

    field: FieldName
    type: Annotated[str, msgspec.Meta(max_length=80)] = ""
    uom: Annotated[str, msgspec.Meta(max_length=8)] = ""
    low: Decimal | None = None
    high: Decimal | None = None


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One event that a reading makes, where ``when`` holds.

    ``step`` and ``disposition`` say otherwise than the node's where they are given. ``quantity`` gives the number field
    of a subject or child that is a lot. ``source`` and ``destination`` name parties; ``order`` a production order or
    other transaction; ``process`` joins several readings into one transformation; ``ilmd`` maps instance/lot master
    data (``lotNumber``, ``itemExpirationDate``) to fields.
    """

    id: Identifier
    event: EventName
    action: Literal["ADD", "OBSERVE", "DELETE"] = "OBSERVE"
    when: Expression | None = None
    step: Annotated[str, msgspec.Meta(max_length=200)] = ""
    disposition: Annotated[str, msgspec.Meta(max_length=200)] = ""
    subjects: tuple[FieldName, ...] = ()
    parent: Identifier | None = None
    children: tuple[FieldName, ...] = ()
    inputs: tuple[FieldQuantity, ...] = ()
    outputs: tuple[FieldQuantity, ...] = ()
    quantity: dict[str, FieldName] = {}
    parameters: tuple[MeasuredParameter, ...] = ()
    source: Identifier | None = None
    destination: Identifier | None = None
    order: Identifier | None = None
    process: Identifier | None = None
    ilmd: dict[str, Identifier] = {}


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A condition that an entry must meet. Texts stand in the place of the check's own.

    ``field``: the scan field it looks at. ``value``: for ``expression``, what must be true; with ``rows``, of every row
    of that sub-table. ``classes`` for
    ``class_is``; ``states`` (of whereabouts, or dispositions) for ``in_state``; ``places`` (URIs or beginnings of such;
    empty: the place of this entry) for ``where_is``; ``within_minutes`` for ``not_repeated`` (0: ever); ``days`` that
    must be left for ``not_expired``.
    """

    id: Identifier
    kind: CheckKind
    level: CheckLevel = "refuse"
    field: FieldName | None = None
    rows: Identifier | None = None
    when: Expression | None = None
    value: Expression | None = None
    classes: tuple[ScanClass, ...] = ()
    states: tuple[Annotated[str, msgspec.Meta(max_length=200)], ...] = ()
    places: tuple[Uri, ...] = ()
    within_minutes: Annotated[int, msgspec.Meta(ge=0, le=5_256_000)] = 0
    days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0
    text_zh: Words = ""
    text_en: Words = ""
    remedy_zh: Words = ""
    remedy_en: Words = ""


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What else follows from a recorded entry. ``hold`` records the items with a disposition that stops them."""

    id: Identifier
    kind: Literal["print_label", "notify", "webhook", "hold"]
    when: Expression | None = None
    settings: dict[str, Any] = {}


class TraceNode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole node. ``fields`` in the order of entry; ``step`` and ``disposition`` are CBV names or URIs.

    ``by_interface``: how events are judged that other systems send and that claim a step of the node at a place of
    ours. ``refuse``: by all its checks, as an entry; ``warn``: recorded all the same, with what was found on record;
    ``named``: only those that name the node, as strictly as an entry.
    """

    icon: Annotated[str, msgspec.Meta(max_length=40)] = ""
    group_zh: Annotated[str, msgspec.Meta(max_length=40)] = ""
    group_en: Annotated[str, msgspec.Meta(max_length=40)] = ""
    step: Annotated[str, msgspec.Meta(max_length=200)] = ""
    disposition: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    place: StationPlace | FixedPlace | FieldPlace = StationPlace()
    by_interface: Literal["refuse", "warn", "named"] = "refuse"
    fields: Annotated[tuple[Field, ...], msgspec.Meta(max_length=100)] = ()
    meaning: Annotated[tuple[Meaning, ...], msgspec.Meta(max_length=20)] = ()
    checks: Annotated[tuple[Check, ...], msgspec.Meta(max_length=60)] = ()
    actions: Annotated[tuple[Action, ...], msgspec.Meta(max_length=20)] = ()
