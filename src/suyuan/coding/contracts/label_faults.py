"""Every refusal of label design, rendering and printing. ``at`` is a JSON pointer into the label document."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _refusal(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str, status: int = 422) -> FaultKind:
    return fault_kind(f"coding.label_{code}", status, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


# The document
DOCUMENT = _refusal(
    "document",
    "标签定义不对：{why}",
    "The label document is not right: {why}",
    "请改正所示位置。",
    "Correct the place shown.",
)
REPEATED = _refusal(
    "repeated",
    "“{given}”用了两次。",
    "“{given}” is used twice.",
    "请改用另一个名称。",
    "Choose another name.",
)
FIELD_NAME = _refusal(
    "field_name",
    "字段名“{given}”不对。",
    "“{given}” is not a field name.",
    "字段名用小写字母开头，只含小写字母、数字和下划线。",
    "A field name begins with a small letter and has small letters, digits and underscores only.",
)
OUTSIDE = _refusal(
    "outside",
    "元素“{element}”超出标签边缘 {over} mm。",
    "The element “{element}” reaches {over} mm beyond the label.",
    "请移回标签内或缩小。",
    "Move it inside the label, or make it smaller.",
)
TOO_FINE = _refusal(
    "too_fine",
    "元素“{element}”在 {dpi} dpi 下不足一个点。",
    "The element “{element}” is less than one dot at {dpi} dpi.",
    "请放大，或使用更高分辨率的打印机。",
    "Make it larger, or use a printer of higher resolution.",
)

# Templates and values
TEMPLATE = _refusal(
    "template",
    "公式“{given}”不对：{why}",
    "The formula “{given}” is not right: {why}",
    "写法如 {example}；大括号本身写两遍。",
    "Write it like {example}; a brace itself is written twice.",
)
FIELD_UNKNOWN = _refusal(
    "field_unknown",
    "标签没有字段“{field}”。",
    "The label has no field “{field}”.",
    "可用的字段：{known}。",
    "It has: {known}.",
)
FIELD_MISSING = _refusal(
    "field_missing",
    "字段“{field}”没有值。",
    "The field “{field}” has no value.",
    "请填写，或换一个带有它的编码。",
    "Fill it in, or choose a code that carries it.",
)
NOT_A_DATE = _refusal(
    "not_a_date",
    "字段“{field}”的“{given}”不是日期。",
    "“{given}” in the field “{field}” is not a date.",
    "日期写成 2027-12-31。",
    "Write dates like 2027-12-31.",
)
VALUE_TOO_LONG = _refusal(
    "value_too_long",
    "字段“{field}”有 {length} 个字符，超过上限 {limit}。",
    "The field “{field}” has {length} characters; the limit is {limit}.",
    "请缩短。",
    "Shorten it.",
)

# Texts
TEXT_OVERFLOW = _refusal(
    "text_overflow",
    "文字“{text}”放不进元素“{element}”：需要 {needed} mm，只有 {available} mm。",
    "The text “{text}” does not fit into “{element}”: it needs {needed} mm and has {available} mm.",
    "请放大文本框、减小字号，或打开“自动缩小”。",
    "Enlarge the box, use a smaller size, or let it shrink to fit.",
)
NO_GLYPH = _refusal(
    "no_glyph",
    "字体里没有“{character}”（{codepoint}）。",
    "The font has no “{character}” ({codepoint}).",
    "请换一个字符。",
    "Use another character.",
)
DEVICE_FONT = _refusal(
    "device_font",
    "打印机字体不能打印“{character}”。",
    "The printer's own font cannot print “{character}”.",
    "请把该文本改为内置字体。",
    "Use the built-in font for this text.",
)

# Symbols
SYMBOL_TOO_SMALL = _refusal(
    "symbol_too_small",
    "条码“{element}”放不下：内容“{content}”在 {dpi} dpi 下最小需要 {needed} mm，只有 {available} mm。",
    "The symbol “{element}” is too small for “{content}” at {dpi} dpi: it needs {needed} mm and has {available} mm.",
    "请放大到所需尺寸、缩短内容，或减小最小模块宽度。",
    "Enlarge it to the size needed, shorten the content, or allow a smaller module.",
)
SYMBOL_CONTENT = _refusal(
    "symbol_content",
    "{symbology} 不能表示“{content}”：{why}",
    "{symbology} cannot hold “{content}”: {why}",
    "请改正内容，或换一种条码。",
    "Correct the content, or choose another symbology.",
)
SYMBOL_UNREADABLE = _refusal(
    "symbol_unreadable",
    "条码“{element}”印出后读得“{read}”，应为“{expected}”。",
    "The symbol “{element}” reads “{read}” when printed; it should be “{expected}”.",
    "没有打印任何标签。请放大条码或模块宽度；若仍不行请告诉支持人员。",
    "Nothing was printed. Enlarge the symbol or its module; if it persists, tell support.",
)
NOT_GS1 = _refusal(
    "not_gs1",
    "“{content}”没有 GS1 数据。",
    "“{content}” holds no GS1 data.",
    "写成 (01)… 的形式，或使用 GS1 编码。",
    "Write it like (01)…, or use a GS1 code.",
)
IMAGE = _refusal(
    "image",
    "图片“{element}”读不出来：{why}",
    "The picture “{element}” cannot be read: {why}",
    "请使用 1 MB 以内的 PNG 或 JPEG 图片。",
    "Use a PNG or JPEG picture of at most 1 MB.",
)

# Printing
NO_LABELS = _refusal(
    "nothing_to_print",
    "没有要打印的编码或数据。",
    "There is nothing to print.",
    "请至少选择一个编码，或填写一行数据。",
    "Choose at least one code, or give one row of data.",
)
TOO_MANY = _refusal(
    "too_many",
    "一次最多 {limit} 张标签，收到 {given} 张。",
    "One job takes at most {limit} labels; got {given}.",
    "请分成几次打印。",
    "Split it into several jobs.",
)
NOT_PUBLISHED = _refusal(
    "not_published",
    "标签“{label}”没有已发布的版本。",
    "The label “{label}” has no published version.",
    "请先在设计器里发布。",
    "Publish it in the designer first.",
    409,
)
REPRINT_REASON = _refusal(
    "reprint_reason",
    "“{code}”已用此标签打印过。",
    "“{code}” was printed on this label before.",
    "补打需要“补打标签”权限，并说明原因。",
    "Printing it again needs the right to reprint, and a reason.",
    409,
)
WIDER_THAN_PRINTER = _refusal(
    "wider_than_printer",
    "标签宽 {width} mm，打印机“{printer}”最宽 {limit} mm。",
    "The label is {width} mm wide; the printer “{printer}” prints at most {limit} mm.",
    "请换一台打印机，或改小标签。",
    "Choose another printer, or a narrower label.",
)
JOB_STATE = _refusal(
    "job_state",
    "打印任务现在是“{state}”，不能这样做。",
    "The print job is “{state}”; this cannot be done now.",
    "请刷新后再看。",
    "Reload and look again.",
    409,
)
PRINTER_CODE = _refusal(
    "printer_code",
    "打印机代码“{code}”已存在。",
    "There is already a printer “{code}”.",
    "请改用另一个代码。",
    "Choose another code.",
    409,
)
PRINTER_VALUE = _refusal(
    "printer_value",
    "打印机的“{field}”不对：{why}",
    "The printer's “{field}” is not right: {why}",
    "请改正后再保存。",
    "Correct it and save again.",
)
PRINTER_INACTIVE = _refusal(
    "printer_inactive",
    "打印机“{printer}”已停用。",
    "The printer “{printer}” is out of use.",
    "请换一台打印机，或重新启用它。",
    "Choose another printer, or take it into use again.",
    409,
)
PRINTER_AWAY = _refusal(
    "printer_away",
    "连不上打印机 {host}:{port}：{why}",
    "The printer at {host}:{port} cannot be reached: {why}",
    "请检查电源、网线和地址。",
    "Check its power, cable and address.",
    503,
)
PRINTER_NOT_READY = _refusal(
    "printer_not_ready",
    "打印机没有准备好：{condition}",
    "The printer is not ready: {condition}",
    "请到打印机旁处理后重试。",
    "Put it right at the printer, then try again.",
    503,
)
PRINTER_SILENT = _refusal(
    "printer_silent",
    "数据已发送，但打印机没有确认打印完成：{why}",
    "The data was sent, but the printer did not confirm that it printed: {why}",
    "请到打印机旁看看实际打印了几张，再决定是否补打。",
    "Look at the printer how many came out before you print again.",
    504,
)
INTERRUPTED = _refusal(
    "interrupted",
    "发送中断，可能已打印 {sent} 张。",
    "Sending was interrupted; {sent} labels may have been printed.",
    "请到打印机旁核对，再决定是否补打。",
    "Check at the printer before you print again.",
    500,
)
NO_PRINTER = _refusal(
    "no_printer",
    "这一次是 PDF，没有打印机可以再打。",
    "This was a PDF; there is no printer to print it on again.",
    "请选一台打印机，或再生成 PDF。",
    "Choose a printer, or make the PDF again.",
)
