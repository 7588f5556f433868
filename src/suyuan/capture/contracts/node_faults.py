"""What can be wrong with a trace node."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

ID_REPEATED = fault_kind(
    "capture.node_id_repeated", 422,
    zh="代号“{given}”用了两次。", en="The id “{given}” is used twice.",
    remedy_zh="每个字段、含义、检查、动作各用一个代号。",
    remedy_en="Give each field, meaning, check and action an id of its own.",
)
NO_FIELDS = fault_kind(
    "capture.node_empty", 422,
    zh="节点还没有字段。", en="The node has no field yet.",
    remedy_zh="至少加一个扫码字段。", remedy_en="Add a scan field at least.",
)
NO_MEANING = fault_kind(
    "capture.node_without_meaning", 422,
    zh="节点没有说明录入意味着什么事件。", en="The node does not say what event an entry means.",
    remedy_zh="至少加一条含义。", remedy_en="Add one meaning at least.",
)
FIELD_UNKNOWN = fault_kind(
    "capture.node_field_unknown", 422,
    zh="没有代号为“{given}”的字段。", en="There is no field called “{given}”.",
    remedy_zh="请选择本节点的一个字段。", remedy_en="Choose a field of this node.",
)
FIELD_UNFIT = fault_kind(
    "capture.node_field_unfit", 422,
    zh="字段“{given}”不能用在这里：这里需要{needed}。", en="The field “{given}” does not fit here: {needed} is needed.",
    remedy_zh="请选择合适类别的字段。", remedy_en="Choose a field of a fitting kind.",
)
TABLE_EMPTY = fault_kind(
    "capture.node_table_empty", 422,
    zh="子表“{table}”还没有列。", en="The sub-table “{table}” has no column yet.",
    remedy_zh="至少加一列。", remedy_en="Add one column at least.",
)
TABLE_ROWS = fault_kind(
    "capture.node_table_rows", 422,
    zh="子表“{table}”最少 {least} 行，多于最多 {most} 行。",
    en="The sub-table “{table}” asks for {least} rows at least, and takes {most} at most.",
    remedy_zh="把最少行数改小，或把最多行数改大。", remedy_en="Ask for fewer rows, or take more.",
)
COLUMN_MANY = fault_kind(
    "capture.node_column_many", 422,
    zh="子表的列“{given}”不能录多个值。", en="The column “{given}” of a sub-table cannot take many values.",
    remedy_zh="去掉“可录多个”：每行一个值。", remedy_en="Take “many” off: each row holds one value.",
)
MEANING_INCOMPLETE = fault_kind(
    "capture.node_meaning_incomplete", 422,
    zh="含义“{meaning}”缺少：{what}。", en="The meaning “{meaning}” lacks: {what}.",
    remedy_zh="请补上缺少的部分。", remedy_en="Fill in what is missing.",
)
NO_STEP = fault_kind(
    "capture.node_without_step", 422,
    zh="节点没有业务步骤。", en="The node has no business step.",
    remedy_zh="请选择一个步骤，例如“receiving”。", remedy_en="Choose a step, for example “receiving”.",
)
EXPRESSION_WRONG = fault_kind(
    "capture.node_expression_wrong", 422,
    zh="公式不对：{why}", en="The expression is wrong: {why}",
    remedy_zh="请改正公式。", remedy_en="Correct the expression.",
)
PATTERN_WRONG = fault_kind(
    "capture.node_pattern_wrong", 422,
    zh="正则表达式“{given}”不对。", en="The regular expression “{given}” is wrong.",
    remedy_zh="请改正，或留空。", remedy_en="Correct it or leave it empty.",
)
OPTIONS_MISSING = fault_kind(
    "capture.node_options_missing", 422,
    zh="字段“{field}”没有可选的选项。", en="The field “{field}” has no choices.",
    remedy_zh="请至少添加一个选项。", remedy_en="Add one at least.",
)
OPTION_REPEATED = fault_kind(
    "capture.node_option_repeated", 422,
    zh="选项值“{given}”重复。", en="The choice “{given}” occurs twice.",
    remedy_zh="同一级里的选项值不能相同。", remedy_en="Values of one level differ.",
)
OPTION_SLASH = fault_kind(
    "capture.node_option_slash", 422,
    zh="级联选项的值“{given}”含有“/”。", en="The value “{given}” of a cascade has a “/” in it.",
    remedy_zh="“/”用来分开各级，请换一个字符。", remedy_en="“/” stands between the levels: use another character.",
)
OPTIONS_DEEP = fault_kind(
    "capture.node_options_deep", 422,
    zh="级联选项超过 {limit} 级。", en="The cascade has more than {limit} levels.",
    remedy_zh="请减少级数，或分成两个字段。", remedy_en="Use fewer levels, or two fields.",
)
OPTIONS_MANY = fault_kind(
    "capture.node_options_many", 422,
    zh="字段“{field}”的级联选项超过 {limit} 个。", en="The cascade “{field}” ends in more than {limit} choices.",
    remedy_zh="请分成几个字段，或改用主数据字段。", remedy_en="Split it, or use master data.",
)
CHECK_INCOMPLETE = fault_kind(
    "capture.node_check_incomplete", 422,
    zh="检查“{check}”缺少：{what}。", en="The check “{check}” lacks: {what}.",
    remedy_zh="请补上缺少的部分。", remedy_en="Fill in what is missing.",
)
ACTION_INCOMPLETE = fault_kind(
    "capture.node_action_incomplete", 422,
    zh="动作“{action}”缺少：{what}。", en="The action “{action}” lacks: {what}.",
    remedy_zh="请补上缺少的部分。", remedy_en="Fill in what is missing.",
)
ADDRESS_WRONG = fault_kind(
    "capture.node_address_wrong", 422,
    zh="“{given}”不是可以调用的网址。", en="“{given}” is not an address that can be called.",
    remedy_zh="请写 https:// 开头的网址，里面不带密码。",
    remedy_en="Write an address that begins with https://, without a password.",
)
PATTERN_COSTLY = fault_kind(
    "capture.node_pattern_costly", 422,
    zh="正则表达式“{given}”可能要算很久。", en="The regular expression “{given}” may take very long.",
    remedy_zh="请去掉重复里的重复（如 (a+)+）、反向引用和前后查找。",
    remedy_en="Do without repeats inside repeats such as (a+)+, back-references and look-around.",
)
