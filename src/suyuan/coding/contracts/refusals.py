"""Every refusal of a code.

All are 422 and carry ``at="char N"``: N counts from 1 in the text as it was given.
"""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _refusal(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> FaultKind:
    return fault_kind(
        f"coding.{code}", 422, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en,
        exception="epcisException:ValidationException",
    )


NOT_ON_RECORD = fault_kind(
    "coding.not_on_record", 404,
    zh="编码“{code}”读懂了，但没有任何事件提到它。", en="The code “{code}” is understood, but no event names it.",
    remedy_zh="请核对编码；如果是新对象，请先采集它的事件。",
    remedy_en="Check the code; if the item is new, capture its events first.",
)

# The code as a whole
EMPTY_CODE = _refusal(
    "empty_code", "没有扫到内容。", "The code is empty.", "请重新扫描，或输入编码。", "Scan again, or type the code.",
)
PICTURE = _refusal(
    "picture", "“{given}”不能画成 {symbol} 码。", "“{given}” cannot be drawn as {symbol}.",
    "请选择别的码制。", "Choose another symbol.",
)
CODE_TOO_LONG = _refusal(
    "code_too_long", "编码有 {length} 个字符，超过上限 {limit}。",
    "The code has {length} characters; the limit is {limit}.",
    "一次只扫一个码。", "Scan one code at a time.",
)
NOT_UNDERSTOOD = _refusal(
    "not_understood", "无法识别“{given}”是哪种编码。", "“{given}” is no kind of code known here.",
    "支持 GS1 单元串、GS1 数字链接、EPC URN、GTIN、SSCC 与 urn:suyuan 编码。",
    "GS1 element strings, GS1 Digital Links, EPC URNs, GTINs, SSCCs and urn:suyuan codes are understood.",
)
EPC_BINARY = _refusal(
    "epc_binary", "这是 RFID 标签的十六进制内容（{scheme}），这种方案不支持。",
    "This is the hexadecimal content of an RFID tag ({scheme}); that scheme is not read.",
    "让读写器输出 EPC URI（urn:epc:id:…），或扫描条码。",
    "Let the reader send the EPC URI (urn:epc:id:…), or scan the barcode.",
)
FOREIGN_URI = _refusal(
    "foreign_uri", "“{given}”不是 GS1 或本系统的标识。", "“{given}” is not an identifier of GS1 or of this system.",
    "请使用 GS1 数字链接、EPC URN 或 urn:suyuan 标识。",
    "Use a GS1 Digital Link, an EPC URN or a urn:suyuan identifier.",
)
NOT_A_URI = _refusal(
    "not_a_uri", "“{given}”不是绝对 URI。", "“{given}” is not an absolute URI.",
    "写成 urn:…、https://… 这样的形式，不带空格。", "Write it like urn:… or https://…, without spaces.",
)
CLASS_NOT_INSTANCE = _refusal(
    "class_not_instance", "“{given}”是一类物品，不是单个物品。",
    "“{given}” names a class of things, not a single thing.",
    "补上序列号；批次或产品请写在数量列表（quantityList）里。",
    "Add the serial number; lots and products belong into a quantity list.",
)
INSTANCE_NOT_CLASS = _refusal(
    "instance_not_class", "“{given}”是单个物品，不是一类物品。",
    "“{given}” names a single thing, not a class of things.",
    "单个物品请写在 epcList（或 childEPCs、inputEPCList…）里。",
    "Single things belong into epcList (or childEPCs, inputEPCList…).",
)

# Values
CHECK_DIGIT = _refusal(
    "check_digit", "“{given}”的校验位是 {found}，应为 {expected}。",
    "The check digit of “{given}” is {found}; it must be {expected}.",
    "有数字录错或读错：请重新扫描，或逐位核对。", "A digit is wrong: scan again, or compare digit by digit.",
)
CHECK_DIGIT_SWAPPED = _refusal(
    "check_digit_swapped", "“{given}”的校验位是 {found}，应为 {expected}；相邻两位可能颠倒。",
    "The check digit of “{given}” is {found}, must be {expected}; two neighbouring digits may be swapped.",
    "是否为 {suggestion}？请与实物核对后重新扫描。",
    "Did you mean {suggestion}? Compare with the label and scan again.",
)
CHECK_PAIR = _refusal(
    "check_pair", "“{given}”的校验字符是 {found}，应为 {expected}。",
    "The check characters of “{given}” are {found}; they must be {expected}.",
    "请重新扫描，或逐位核对。", "Scan again, or compare character by character.",
)
VALUE_LENGTH = _refusal(
    "value_length", "({ai}) 需要 {expected} 个字符，收到 {length} 个：“{given}”。",
    "({ai}) takes {expected} characters and has {length}: “{given}”.",
    "请检查是否漏扫、多扫，或丢失了分隔符。", "See whether characters or a separator were lost, or too many read.",
)
VALUE_CHARACTER = _refusal(
    "value_character", "({ai}) 中不允许字符“{character}”，只能用 {allowed}。",
    "({ai}) must not contain “{character}”; allowed: {allowed}.",
    "请检查扫描枪的键盘布局与输入法，或改正该字符。",
    "Check the scanner's keyboard layout and the input method, or correct it.",
)
VALUE_NOT_ALLOWED = _refusal(
    "value_not_allowed", "({ai}) 中的“{given}”不在允许范围：{allowed}。",
    "“{given}” in ({ai}) is not allowed; allowed: {allowed}.", "请改为允许的值。", "Use an allowed value.",
)
IMPOSSIBLE_DATE = _refusal(
    "impossible_date", "({ai}) 的“{given}”不是一个存在的日期。", "“{given}” in ({ai}) is not a date that exists.",
    "请按 {pattern} 填写。", "Write it as {pattern}.",
)
IMPOSSIBLE_TIME = _refusal(
    "impossible_time", "({ai}) 的“{given}”不是一个存在的时间。", "“{given}” in ({ai}) is not a time that exists.",
    "请按 {pattern} 填写。", "Write it as {pattern}.",
)
UNKNOWN_COUNTRY = _refusal(
    "unknown_country", "({ai}) 的“{given}”不是 ISO 3166 国家代码。", "“{given}” in ({ai}) is not an ISO 3166 country.",
    "例如中国为 156（CN）。", "China, for example, is 156 (CN).",
)
UNKNOWN_CURRENCY = _refusal(
    "unknown_currency", "({ai}) 的“{given}”不是 ISO 4217 货币代码。",
    "“{given}” in ({ai}) is not an ISO 4217 currency.",
    "例如人民币为 156，欧元为 978。", "The renminbi, for example, is 156 and the euro 978.",
)
COMPANY_PREFIX = _refusal(
    "company_prefix", "({ai}) 的“{given}”没有以 GS1 厂商识别代码（至少 4 位数字）开头。",
    "“{given}” in ({ai}) does not begin with a GS1 company prefix (at least 4 digits).",
    "请核对编码的开头。", "Check how the code begins.",
)
PERCENT_ESCAPE = _refusal(
    "percent_escape", "“{given}”不是有效的百分号转义。", "“{given}” is not a valid percent escape.",
    "百分号后写两位十六进制数，例如 %2F。", "Write two hexadecimal digits after the percent sign, such as %2F.",
)

# Check-digit algorithms
CHECK_ALGORITHM = _refusal(
    "check_algorithm", "没有名为“{given}”的校验算法。", "There is no check-digit algorithm called “{given}”.",
    "可用：{known}。", "Known are: {known}.",
)
CHECK_BODY = _refusal(
    "check_body", "校验算法 {algorithm} 不接受“{given}”。",
    "The check-digit algorithm {algorithm} does not take “{given}”.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
CHECK_NONE = _refusal(
    "check_none", "“{given}”按 {algorithm} 没有校验字符。", "“{given}” has no check character under {algorithm}.",
    "请跳过这个号码。", "Leave this number out.",
)
CHECK_WEIGHTS = _refusal(
    "check_weights", "权重 {weights}、模 {modulus} 不能构成校验算法。",
    "Weights {weights} and modulus {modulus} make no check-digit algorithm.",
    "权重为 0–999，最多 100 个；模为 2–999；字符表不为空、不重复。",
    "Take 1 to 100 weights of 0–999, a modulus of 2–999, and alphabets without repeats.",
)

# Element strings
UNKNOWN_AI = _refusal(
    "unknown_ai", "“{given}”不是 GS1 应用标识符的开头。", "No GS1 application identifier begins with “{given}”.",
    "前一个值可能长度不对，或其后丢失了分隔符。",
    "The value before may have a wrong length, or its separator was lost.",
)
MISSING_SEPARATOR = _refusal(
    "missing_separator", "({ai}) 之后的分隔符（FNC1/GS）丢失了。", "The separator (FNC1/GS) after ({ai}) was lost.",
    "看来应为 {suggestion}。请让扫描枪发送 GS（0x1D）或替代字符。",
    "It seems to be {suggestion}. Let the scanner send GS (0x1D) or a substitute.",
)
BRACKETS = _refusal(
    "brackets", "括号不完整：“{given}”。", "The brackets are not complete: “{given}”.",
    "按 (01)09521234543213(10)ABC 的形式写；值里的左括号写作 \\(。",
    "Write it like (01)09521234543213(10)ABC; a bracket inside a value is written \\(.",
)
REPEATED_AI = _refusal(
    "repeated_ai", "({ai}) 出现两次且值不同：“{first}”与“{second}”。",
    "({ai}) stands twice with different values: “{first}” and “{second}”.",
    "请一次只扫一个码，或改正标签。", "Scan one code at a time, or correct the label.",
)
MISSING_AI = _refusal(
    "missing_ai", "({ai}) 必须与 {required} 同时出现。", "({ai}) must come together with {required}.",
    "请扫描标签上的全部条码，或改正标签。", "Scan all barcodes of the label, or correct the label.",
)
EXCLUSIVE_AIS = _refusal(
    "exclusive_ais", "({ai}) 与 ({other}) 不能同时出现。", "({ai}) and ({other}) exclude each other.",
    "请改正标签，或分开扫描。", "Correct the label, or scan the codes apart.",
)
NO_KEY = _refusal(
    "no_key", "该码只有 {present}，没有能识别物品的 GS1 主键。",
    "The code holds only {present}, no GS1 key that names an item.",
    "请扫描带有 GTIN (01)、SSCC (00) 或其他主键的码。", "Scan the code with the GTIN (01), SSCC (00) or another key.",
)

# Digital Links
LINK_WITHOUT_KEY = _refusal(
    "link_without_key", "链接“{given}”里没有 GS1 主键。", "The link “{given}” holds no GS1 key.",
    "数字链接形如 https://…/01/09521234543213/21/123。", "A Digital Link reads https://…/01/09521234543213/21/123.",
)
LINK_COMPRESSED = _refusal(
    "link_compressed", "“{given}”看来是压缩的 GS1 数字链接，不支持。",
    "“{given}” looks like a compressed GS1 Digital Link.",
    "请使用未压缩的链接。", "Use the uncompressed link.",
)
LINK_QUALIFIER = _refusal(
    "link_qualifier", "“{given}”不能跟在路径的 ({key}) 之后这个位置。",
    "“{given}” cannot stand there after ({key}) in the path.",
    "({key}) 之后可依次有：{allowed}。", "After ({key}) these may follow, in this order: {allowed}.",
)
LINK_VALUE_MISSING = _refusal(
    "link_value_missing", "链接里“{given}”之后缺少值。", "The value after “{given}” is missing in the link.",
    "每个标识符之后写它的值。", "Write a value after each identifier.",
)
LINK_ATTRIBUTE = _refusal(
    "link_attribute", "({ai}) 不能作为数字链接的查询参数。", "({ai}) may not be a query parameter of a Digital Link.",
    "主键与限定符写在路径里，其余写在问号之后。",
    "Keys and qualifiers go into the path, other data after the question mark.",
)

# Codes of other standards
HIBC = _refusal(
    "hibc", "HIBC 中的“{given}”不符合格式。", "“{given}” in the HIBC does not keep its format.",
    "应为：{allowed}。", "It must be: {allowed}.",
)
HIBC_CHECK = _refusal(
    "hibc_check", "HIBC“{given}”的校验字符是“{found}”，应为“{expected}”。",
    "The check character of the HIBC “{given}” is “{found}”; it must be “{expected}”.",
    "请重新扫描，或逐位核对。", "Scan again, or compare character by character.",
)
HIBC_SECONDARY = _refusal(
    "hibc_secondary", "“{given}”是 HIBC 的次要数据，只有批号、有效期等，没有产品。",
    "“{given}” is the secondary part of a HIBC: lot and expiry, but no product.",
    "请扫描同一标签上的主码，或主次合一的码。", "Scan the primary code of the same label, or the one that holds both.",
)
USCC_CHECK = _refusal(
    "uscc_check", "统一社会信用代码“{given}”的校验码是 {found}，应为 {expected}。",
    "The check character of the unified social credit code “{given}” is {found}; it must be {expected}.",
    "请逐位核对；其中没有 I、O、S、V、Z。", "Compare character by character; it has no I, O, S, V or Z.",
)
VIN_CHECK = _refusal(
    "vin_check", "VIN“{given}”第 9 位是 {found}，应为 {expected}。",
    "Position 9 of the VIN “{given}” is {found}; it must be {expected}.",
    "请重新扫描，或逐位核对；VIN 不含 I、O、Q。", "Scan again, or compare; a VIN has no I, O or Q.",
)
WORLD_URN = _refusal(
    "world_urn", "“{given}”不是 {scheme} 编码。", "“{given}” is no {scheme} code.",
    "请核对编码。", "Check the code.",
)

# EPC URNs and plant codes
EPC_SCHEME = _refusal(
    "epc_scheme", "不认识 EPC 方案“{given}”。", "The EPC scheme “{given}” is not known.",
    "已知：{known}。", "Known are: {known}.",
)
EPC_FIELDS = _refusal(
    "epc_fields", "{scheme} 的字段应为 {expected}，收到“{given}”。",
    "{scheme} has the fields {expected}; got “{given}”.",
    "字段之间用点分隔。", "Separate the fields with dots.",
)
EPC_PREFIX = _refusal(
    "epc_prefix", "“{given}”不是 GS1 厂商识别代码：应为 6 至 12 位数字。",
    "“{given}” is not a GS1 company prefix: 6 to 12 digits are needed.",
    "请核对 EPC 的第一个字段。", "Check the first field of the EPC.",
)
EPC_REFERENCE = _refusal(
    "epc_reference", "{scheme} 的参考代码“{given}”应为 {expected} 位数字。",
    "The reference “{given}” of {scheme} must have {expected} digits.",
    "厂商识别代码与参考代码合计 {total} 位（不含校验位）。",
    "Company prefix and reference have {total} digits together (without check digit).",
)
EPC_FIELD = _refusal(
    "epc_field", "{scheme} 的字段 {field} 的值“{given}”不允许。",
    "The value “{given}” of field {field} of {scheme} is not allowed.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
EPC_BITS = _refusal(
    "epc_bits", "十六进制 EPC（{scheme}）的字段 {field} 的值“{given}”不允许。",
    "The field {field} of the hexadecimal EPC ({scheme}) holds “{given}”, which is not allowed.",
    "允许：{allowed}。请重新读取标签；若仍如此，标签写入有误。",
    "Allowed: {allowed}. Read the tag again; if it stays so, the tag was written wrongly.",
)
EPC_RAW = _refusal(
    "epc_raw", "“{given}”不是 urn:epc:raw 的写法。", "“{given}” is not written as urn:epc:raw demands.",
    "写成 urn:epc:raw:96.x3074257BF7194E4000001A85（位数.x十六进制）。",
    "Write it like urn:epc:raw:96.x3074257BF7194E4000001A85 (bits, .x, hexadecimal digits).",
)
EPC_FILTER = _refusal(
    "epc_filter", "滤值 {given} 不允许。", "The filter value {given} is not allowed.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
GCP_LENGTH = _refusal(
    "gcp_length", "厂商识别代码长度 {given} 不在 6 到 12 之间。",
    "A company prefix length of {given} is not between 6 and 12.",
    "请给出本企业 GS1 厂商识别代码的长度。", "Give the length of your GS1 company prefix.",
)
PLANT_URN = _refusal(
    "plant_urn", "“{given}”不符合 urn:suyuan:<租户>:<类别>:<编码>。",
    "“{given}” is not urn:suyuan:<tenant>:<class>:<code>.",
    "例如 urn:suyuan:demo:unit:A1001；类别有 {classes}。",
    "For example urn:suyuan:demo:unit:A1001; classes are {classes}.",
)
