"""What can be wrong with a code rule, and with what is given to one. ``at`` is a JSON pointer into the rule."""

from __future__ import annotations

from suyuan.kernel.faults import FaultKind, fault_kind


def _fault(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str, status: int = 422) -> FaultKind:
    return fault_kind(f"coding.rule_{code}", status, zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)


EMPTY = _fault(
    "empty", "规则里还没有段。", "The rule has no segments yet.",
    "从左侧把段拖进来。", "Drag segments in from the palette.",
)
TOO_MANY = _fault(
    "too_many", "“{what}”最多 {limit} 个。", "There can be at most {limit} of “{what}”.",
    "请删去多余的。", "Remove what is too much.",
)
ID_REPEATED = _fault(
    "id_repeated", "段的 id“{id}”重复或为空。", "The segment id “{id}” is empty or used twice.",
    "每段要有自己的 id。", "Give every segment an id of its own.",
)
TEXT = _fault(
    "text", "这里不能写“{given}”。", "“{given}” cannot stand here.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
ALPHABET = _fault(
    "alphabet", "字符表“{given}”不行。", "The alphabet “{given}” will not do.",
    "至少 2 个互不相同的可见 ASCII 字符。", "Use at least two different visible ASCII characters.",
)
NUMBER = _fault(
    "number", "“{name}”不能是 {given}。", "“{name}” cannot be {given}.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
PATTERN = _fault(
    "pattern", "日期格式“{given}”里不认识“{part}”。", "“{part}” in the date pattern “{given}” is not known.",
    "可用：YYYY YY Y MM DD DDD GGGG GG WW e hh mm ss y n d；固定文字加单引号。",
    "Use YYYY YY Y MM DD DDD GGGG GG WW e hh mm ss y n d; put fixed text in single quotes.",
)
LETTERS = _fault(
    "letters", "字母表“{name}”要有 {needed} 个互不相同的字符，现有 {given}。",
    "The table “{name}” needs {needed} different characters; it has {given}.",
    "请补全字母表。", "Complete the table.",
)
FIELD_NAME = _fault(
    "field_name", "字段名“{given}”不行。", "“{given}” cannot be the name of a field.",
    "用小写字母开头，1–40 个小写字母、数字或下划线。",
    "Use 1–40 lower-case letters, digits or underscores, a letter first.",
)
CHARSET = _fault(
    "charset", "没有字符集“{given}”。", "There is no character set “{given}”.",
    "可用：{allowed}。", "Use one of: {allowed}.",
)
AMBIGUOUS = _fault(
    "ambiguous", "“{given}”长度不定，后面的内容分不开。",
    "“{given}” varies in length, so what follows cannot be told apart.",
    "改为定长，或在它后面放一个它不会用到的固定字符。",
    "Fix its length, or put a constant behind it that begins with a character it cannot have.",
)
CHECK_ALGORITHM = _fault(
    "check_algorithm", "没有校验算法“{given}”。", "There is no check-digit algorithm “{given}”.",
    "可用：{allowed}。", "Use one of: {allowed}.",
)
CHECK_NOTHING = _fault(
    "check_nothing", "校验位算不出：{why}", "The check digit cannot be computed: {why}",
    "请调整它前面的段，或换一种算法。", "Change what stands before it, or choose another algorithm.",
)
RESTART = _fault(
    "restart", "按“{given}”重新计数，但编码里没有它，号码会重复。",
    "The sequence restarts by “{given}”, which is not in the code: numbers would repeat.",
    "在编码的标识部分里加入“{given}”，或取消这一重置。",
    "Put “{given}” into the part that identifies, or do not restart by it.",
)
UNKNOWN_AI = _fault(
    "unknown_ai", "没有 GS1 应用标识符“{given}”。", "There is no GS1 application identifier “{given}”.",
    "例如 00 SSCC、01 GTIN、10 批号、17 有效期、21 序列号。",
    "For example 00 SSCC, 01 GTIN, 10 lot, 17 expiry, 21 serial.",
)
ELEMENT_EMPTY = _fault(
    "element_empty", "应用标识符 ({ai}) 后面没有内容。", "Nothing follows the application identifier ({ai}).",
    "在它后面加入段。", "Put segments behind it.",
)
NOT_GS1 = _fault(
    "not_gs1", "按此规则生成的“{code}”不合 GS1：{why_zh}（{why_en}）",
    "“{code}”, made by this rule, is not sound GS1: {why_en} ({why_zh})",
    "请改正该元素。", "Put that element right.",
)
MIXED = _fault(
    "mixed", "应用标识符要从第一段开始用。", "Application identifiers must begin with the first segment.",
    "把 AI 段移到最前面，或全部去掉。", "Move one to the front, or remove them all.",
)
UNIQUE_OUTSIDE = _fault(
    "unique_outside", "流水或随机段不在标识里（{identifying}），编码会重复。",
    "The sequence or random segment is not part of what identifies ({identifying}); codes would repeat.",
    "把它放进 {identifying}。", "Put it into {identifying}.",
)
GUESSABLE = _fault(
    "guessable", "随机段只有 {capacity} 种，太容易猜中。",
    "The random segment has only {capacity} values: too easy to guess.",
    "加长或换更大的字符表，至少一百万种；也可以另加流水段。",
    "Make it longer or use a larger alphabet, for a million at least; or add a sequence.",
)
LEVEL = _fault(
    "level", "“{code}”标识的是“{kind}”，与层级“{level}”不符。",
    "“{code}” names a {kind}, which does not fit the level {level}.",
    "请改层级，或改用合适的标识键。", "Change the level, or use a fitting key.",
)
OVERLAPS = _fault(
    "overlaps", "可能与规则“{rule}”第 {version} 版已用的编码相同，例如“{code}”。",
    "It could repeat codes of version {version} of the rule “{rule}”, such as “{code}”.",
    "改一个固定字符或长度，使两者永远不同。", "Change a constant or a length so that the two can never be equal.", 409,
)
FIELD_MISSING = _fault(
    "field_missing", "缺少字段“{name}”。", "The field “{name}” is missing.",
    "请给出它的值。", "Give its value.",
)
FIELD_UNKNOWN = _fault(
    "field_unknown", "规则里没有字段“{name}”。", "The rule has no field “{name}”.",
    "它的字段：{allowed}。", "Its fields: {allowed}.",
)
FIELD_VALUE = _fault(
    "field_value", "“{name}”不能是“{given}”。", "“{name}” cannot be “{given}”.",
    "允许：{allowed}。", "Allowed: {allowed}.",
)
NO_MATCH = _fault(
    "no_match", "“{code}”不是按这条规则编的。", "“{code}” was not made by this rule.",
    "请核对编码，或换一条规则。", "Check the code, or use another rule.",
)
NO_RULE = _fault(
    "no_rule", "没有已发布的规则能解开“{code}”。", "No published rule takes “{code}” apart.",
    "请核对编码；若来自旧系统，先为它建一条规则。",
    "Check the code; if it comes from elsewhere, make a rule for it first.",
)
CHECK_WEIGHTS = _fault(
    "check_weights", "这组权重做不出校验位：模 {modulus}，校验字符 {characters} 个。",
    "These weights make no check digit: modulus {modulus}, {characters} check characters.",
    "权重 1–100 个，各为 0–999；模 2–999；字符不重复，校验字符不少于模。",
    "Give 1–100 weights of 0–999, a modulus of 2–999, different characters, and a check character a remainder.",
)
