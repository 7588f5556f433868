"""What can be wrong with an EPCIS document: each kind once, in both languages, with its remedy.

:data:`BEYOND_SCHEMA` are the rules of the standard's text (and of this product) that the published JSON schema
does not express; every other kind here is a breach of the schema itself.
"""

from __future__ import annotations

from typing import Final

from suyuan.kernel.faults import FaultKind, fault_kind

_VALIDATION: Final = "epcisException:ValidationException"
_LIMIT: Final = "epcisException:CaptureLimitExceededException"


def _invalid(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(
        f"integration.{code}", 400, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en, exception=_VALIDATION
    )


def _beyond_limit(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(
        f"integration.{code}", 413, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en, exception=_LIMIT
    )


DOCUMENT_TOO_LARGE = _beyond_limit(
    "document_too_large",
    "文档超过 {limit} 字节的上限。", "The document is larger than the limit of {limit} bytes.",
    "把事件分成几个较小的文档再发送。", "Split the events over several smaller documents.",
)
TOO_MANY_ELEMENTS = _beyond_limit(
    "too_many_elements",
    "文档含 {count} 个 JSON 元素，上限为 {limit}。", "The document has {count} JSON elements; the limit is {limit}.",
    "把事件分成几个较小的文档再发送。", "Split the events over several smaller documents.",
)
TOO_MANY_EVENTS = _beyond_limit(
    "too_many_events",
    "文档含 {count} 个事件，上限为 {limit}。", "The document has {count} events; the limit is {limit}.",
    "把事件分成几个较小的文档再发送。", "Split the events over several smaller documents.",
)
TOO_MANY_ITEMS = _beyond_limit(
    "too_many_items",
    "一个事件列出 {count} 个对象，上限为 {limit}。", "One event names {count} items; the limit is {limit}.",
    "把这个事件拆成几个事件，或改用批次（epcClass）。",
    "Split this event into several, or name lots (epcClass) instead.",
)
NOT_UTF8 = _invalid(
    "not_utf8",
    "文档不是 UTF-8 文本。", "The document is not UTF-8 text.",
    "把文档保存为 UTF-8 编码后重新发送。", "Save the document as UTF-8 and send it again.",
)
MALFORMED_JSON = _invalid(
    "malformed_json",
    "第 {line} 行第 {column} 列起不是有效的 JSON：“{near}”。",
    "From line {line}, column {column} on this is not valid JSON: “{near}”.",
    "检查此处及之前的引号、逗号和括号。", "Check the quotes, commas and brackets here and just before.",
)
NESTED_TOO_DEEP = _invalid(
    "nested_too_deep",
    "嵌套超过 {limit} 层。", "The nesting is deeper than {limit} levels.",
    "减少此处对象和列表的嵌套。", "Nest objects and lists less deeply here.",
)
TEXT_UNSTORABLE = _invalid(
    "text_unstorable",
    "文本含有不能保存的字符 {given}。", "The text holds the character {given}, which cannot be stored.",
    "删除该字符（NUL 或不成对的代理码位）。", "Remove the character (NUL, or half of a surrogate pair).",
)
NUMBER_UNUSABLE = _invalid(
    "number_unusable",
    "数值“{given}”不是可保存的十进制数。", "The number “{given}” is not a decimal that can be kept.",
    "请写成不超过 {digits} 位的十进制数。", "Write a decimal number of at most {digits} digits.",
)
NOT_OBJECT = _invalid(
    "not_object",
    "此处应为对象。", "An object is expected here.",
    "用花括号写成对象。", "Write an object, in curly brackets.",
)
NOT_LIST = _invalid(
    "not_list",
    "此处应为列表。", "A list is expected here.",
    "用方括号写成列表，即使只有一项。", "Write a list, in square brackets, also for a single entry.",
)
NOT_TEXT = _invalid(
    "not_text",
    "此处应为文本。", "A text is expected here.",
    "请用双引号括起来。", "Put it in double quotes.",
)
NOT_NUMBER = _invalid(
    "not_number",
    "此处应为数值。", "A number is expected here.",
    "请写数值，不加引号。", "Write a number without quotes.",
)
NOT_BOOLEAN = _invalid(
    "not_boolean",
    "此处应为 true 或 false。", "True or false is expected here.",
    "请写 true 或 false，不加引号。", "Write true or false without quotes.",
)
NOT_URI = _invalid(
    "not_uri",
    "“{given}”不是 URI。", "“{given}” is not a URI.",
    "请写完整的 URI，例如 https://id.gs1.org/01/… 或 urn:epc:id:…；非 ASCII 字符要百分号编码。",
    "Write a full URI such as https://id.gs1.org/01/… or urn:epc:id:…; percent-encode what is not ASCII.",
)
FIELD_MISSING = _invalid(
    "field_missing",
    "缺少字段“{name}”。", "The field “{name}” is missing.",
    "补上该字段。", "Add the field.",
)
FIELD_UNKNOWN = _invalid(
    "field_unknown",
    "此处没有名为“{name}”的标准字段。", "There is no standard field “{name}” here.",
    "检查拼写；自有字段请加 @context 中声明的前缀，例如 example:{name}。",
    "Check the spelling; give a field of your own a prefix declared in @context, as in example:{name}.",
)
EVENT_TYPE_UNKNOWN = _invalid(
    "event_type_unknown",
    "不认识事件类型“{given}”。", "The event type “{given}” is unknown.",
    "使用 ObjectEvent、AggregationEvent、AssociationEvent、TransactionEvent 或 TransformationEvent。",
    "Use ObjectEvent, AggregationEvent, AssociationEvent, TransactionEvent or TransformationEvent.",
)
DOCUMENT_TYPE_UNKNOWN = _invalid(
    "document_type_unknown",
    "不认识文档类型“{given}”。", "The document type “{given}” is unknown.",
    "使用 EPCISDocument 或 EPCISQueryDocument。", "Use EPCISDocument or EPCISQueryDocument.",
)
ACTION_UNKNOWN = _invalid(
    "action_unknown",
    "不认识动作“{given}”。", "The action “{given}” is unknown.",
    "使用 ADD、OBSERVE 或 DELETE。", "Use ADD, OBSERVE or DELETE.",
)
OFFSET_WRONG = _invalid(
    "offset_wrong",
    "“{given}”不是时区偏移。", "“{given}” is not a time-zone offset.",
    "按 +08:00 的形式填写，介于 -14:00 与 +14:00 之间。", "Write it as +08:00, between -14:00 and +14:00.",
)
VERSION_WRONG = _invalid(
    "version_wrong",
    "“{given}”不是版本号。", "“{given}” is not a version number.",
    "按 2.0 的形式填写。", "Write it as 2.0.",
)
UOM_WRONG = _invalid(
    "uom_wrong",
    "“{given}”不是计量单位代码。", "“{given}” is not a unit-of-measure code.",
    "使用 UN/ECE 第 20 号建议书的代码，例如 KGM。", "Use a code of UN/ECE Recommendation 20, for example KGM.",
)
HEX_WRONG = _invalid(
    "hex_wrong",
    "“{given}”不是十六进制数。", "“{given}” is not hexadecimal.",
    "只用 0–9 与 A–F。", "Use only 0–9 and A–F.",
)
NOT_IN_VOCABULARY = _invalid(
    "not_in_vocabulary",
    "“{given}”不在 CBV 的 {vocabulary} 词表中。", "“{given}” is not in the CBV vocabulary {vocabulary}.",
    "使用 CBV 2.0 的名称；自有的值请写成 URI。", "Use a name of CBV 2.0, or a URI for a value of your own.",
)
NAME_NOT_BARE = _invalid(
    "name_not_bare",
    "JSON 中 CBV 的值不写成“{given}”。", "In JSON a CBV value is not written “{given}”.",
    "只写名称“{bare}”。", "Write the bare name “{bare}”.",
)
DUPLICATE_ENTRY = _invalid(
    "duplicate_entry",
    "列表中“{given}”出现多次。", "“{given}” appears more than once in the list.",
    "每项只保留一个。", "Keep each entry once.",
)
LIST_EMPTY = _invalid(
    "list_empty",
    "列表不能为空。", "The list must not be empty.",
    "至少写一项，或去掉该字段。", "Give at least one entry, or leave the field out.",
)
NOTHING_NAMED = _invalid(
    "nothing_named",
    "事件没有说明涉及什么。", "The event does not say what it is about.",
    "填写 epcList 或 quantityList；对象事件也可用 sensorElementList 加 readPoint。",
    "Give epcList or quantityList; an object event may instead give sensorElementList with readPoint.",
)
CHILDREN_MISSING = _invalid(
    "children_missing",
    "没有子件：动作为 ADD 或 OBSERVE 时必须有 childEPCs 或 childQuantityList。",
    "No children: with action ADD or OBSERVE, childEPCs or childQuantityList is required.",
    "列出子件；只有 DELETE 可以不列（表示全部）。", "List the children; only DELETE may leave them out (meaning all).",
)
INPUT_OR_OUTPUT_MISSING = _invalid(
    "input_or_output_missing",
    "转换事件缺少投入或产出。", "The transformation lacks inputs or outputs.",
    "两者都要填写；若由 transformationID 连接几个事件，则至少一项。",
    "Give both; events joined by a transformationID need at least one of them.",
)
ILMD_NOT_ALLOWED = _invalid(
    "ilmd_not_allowed",
    "只有动作为 ADD 的对象事件和转换事件可以带 ilmd。",
    "Only object events with action ADD and transformations may carry ilmd.",
    "去掉 ilmd，或把动作改为 ADD。", "Remove ilmd, or make the action ADD.",
)

NAMESPACE_UNDECLARED = _invalid(
    "namespace_undeclared",
    "字段“{name}”的前缀没有在 @context 中声明。", "The prefix of the field “{name}” is not declared in @context.",
    "在 @context 中加入，例如 {{\"{prefix}\": \"https://example.com/ns/\"}}。",
    "Declare it in @context, for example {{\"{prefix}\": \"https://example.com/ns/\"}}.",
)
VERSION_UNSUPPORTED = _invalid(
    "version_unsupported",
    "不支持 EPCIS {given} 版的 JSON 文档。", "JSON documents of EPCIS version {given} are not supported.",
    "按 EPCIS 2.0 写，schemaVersion 填 2.0。", "Write EPCIS 2.0 with schemaVersion 2.0.",
)
EVENT_TYPE_UNSUPPORTED = _invalid(
    "event_type_unsupported",
    "不支持自有事件类型“{given}”。", "The custom event type “{given}” is not supported.",
    "使用五种标准类型之一，把自有内容放进带前缀的字段。",
    "Use one of the five standard types and put your own content into prefixed fields.",
)
PARENT_MISSING = _invalid(
    "parent_missing",
    "动作为 {action} 的聚合事件必须有 parentID。", "An aggregation with action {action} needs a parentID.",
    "填写容器的标识；只有 OBSERVE 可以不填。", "Give the container's identifier; only OBSERVE may leave it out.",
)
UOM_WITHOUT_QUANTITY = _invalid(
    "uom_without_quantity",
    "有单位而没有数量。", "There is a unit but no quantity.",
    "填写 quantity，或去掉 uom。", "Give the quantity, or remove uom.",
)
QUANTITY_NOT_POSITIVE = _invalid(
    "quantity_not_positive",
    "数量 {given} 不是正数。", "The quantity {given} is not positive.",
    "填写大于零的数；数量未知时去掉 quantity。", "Give a number above zero; leave quantity out where it is unknown.",
)
QUANTITY_NOT_WHOLE = _invalid(
    "quantity_not_whole",
    "数量 {given} 没有单位，因此必须是整数。", "The quantity {given} has no unit and must therefore be whole.",
    "填写整数个数，或加上 uom。", "Give a whole number of pieces, or add uom.",
)
RANGE_REVERSED = _invalid(
    "range_reversed",
    "{low_name}（{low}）大于 {high_name}（{high}）。", "{low_name} ({low}) is above {high_name} ({high}).",
    "检查这两个值。", "Check the two values.",
)
TEXT_TOO_LONG = _invalid(
    "text_too_long",
    "“{given}”有 {length} 个字符，上限为 {limit}。", "“{given}” has {length} characters; the limit is {limit}.",
    "请使用较短的标识。", "Use a shorter identifier.",
)
EXTENSION_WRONG = _invalid(
    "extension_wrong",
    "字段“{name}”的值“{given}”不可用。", "The field “{name}” cannot have the value “{given}”.",
    "允许的值：{allowed}。", "What is allowed: {allowed}.",
)

BEYOND_SCHEMA: Final = frozenset({
    NAMESPACE_UNDECLARED.code, VERSION_UNSUPPORTED.code, EVENT_TYPE_UNSUPPORTED.code, PARENT_MISSING.code,
    UOM_WITHOUT_QUANTITY.code, QUANTITY_NOT_POSITIVE.code, QUANTITY_NOT_WHOLE.code, RANGE_REVERSED.code,
    EXTENSION_WRONG.code, TEXT_TOO_LONG.code, TOO_MANY_ITEMS.code, TOO_MANY_EVENTS.code,
})
