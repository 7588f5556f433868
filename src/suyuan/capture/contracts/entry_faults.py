"""Why an entry is refused, or what somebody should know about it."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

ID_TAKEN = fault_kind(
    "capture.id_taken", 409,
    zh="编号 {id} 的录入已存在，且内容不同。", en="The entry {id} is on record with other content.",
    remedy_zh="请用新的编号重新录入。", remedy_en="Make the entry again under a new id.",
)
NODE_UNKNOWN = fault_kind(
    "capture.node_unknown", 422,
    zh="没有发布过追溯节点“{node}”（版本 {version}）。",
    en="The trace node “{node}” (version {version}) was never published.",
    remedy_zh="请更新设备上的节点，或请工艺工程师发布它。",
    remedy_en="Refresh the nodes on the device, or have the node published.",
)
NODE_RETIRED = fault_kind(
    "capture.node_retired", 409,
    zh="追溯节点“{node}”已停用。", en="The trace node “{node}” is retired.",
    remedy_zh="请用替代它的节点录入。", remedy_en="Make the entry at the node that took its place.",
)
NODE_OTHER_STEP = fault_kind(
    "capture.node_other_step", 422,
    zh="追溯节点“{node}”没有业务步骤“{step}”。", en="The trace node “{node}” does not have the step “{step}”.",
    remedy_zh="请换成有这一步骤的节点。", remedy_en="Name a node that has this step.",
)
TIME_AHEAD = fault_kind(
    "capture.time_ahead", 422,
    zh="录入时间 {given} 在将来。", en="The entry is dated {given}, in the future.",
    remedy_zh="请校准设备时钟后重新录入。", remedy_en="Set the device's clock and make the entry again.",
)
FIELD_UNKNOWN = fault_kind(
    "capture.field_unknown", 422,
    zh="节点没有字段“{given}”。", en="The node has no field “{given}”.",
    remedy_zh="请更新设备上的节点后重新录入。", remedy_en="Refresh the nodes on the device and make the entry again.",
)
VALUE_MISSING = fault_kind(
    "capture.value_missing", 422,
    zh="“{label}”没有填写。", en="“{label}” is missing.",
    remedy_zh="请补上“{label}”。", remedy_en="Fill in “{label}”.",
)
VALUE_WRONG = fault_kind(
    "capture.value_wrong", 422,
    zh="“{label}”的值“{given}”不合要求：{allowed}。", en="“{label}” cannot be “{given}”: {allowed}.",
    remedy_zh="请改正后再提交。", remedy_en="Correct it and send it again.",
)
VALUE_LOCKED = fault_kind(
    "capture.value_locked", 422,
    zh="“{label}”由系统给出，不能改成“{given}”。",
    en="“{label}” is given by the form and cannot be changed to “{given}”.",
    remedy_zh="请保留给出的值。", remedy_en="Leave the value as given.",
)
SCANNED_TWICE = fault_kind(
    "capture.scanned_twice", 409,
    zh="{code} 在这次录入中扫了两次。", en="{code} was scanned twice in this entry.",
    remedy_zh="去掉重复的一次。", remedy_en="Remove one of the two.",
)
CLASS_WRONG = fault_kind(
    "capture.class_wrong", 422,
    zh="{code} 是{given}，这里要扫{wanted}。", en="{code} is a {given}; scan a {wanted} here.",
    remedy_zh="请扫正确的标签。", remedy_en="Scan the right label.",
)
ROWS_FEW = fault_kind(
    "capture.rows_few", 422,
    zh="“{label}”只有 {given} 行，至少要 {least} 行。", en="“{label}” has {given} rows; {least} are the least.",
    remedy_zh="请补上缺的行。", remedy_en="Add the rows that are missing.",
)
ROWS_MANY = fault_kind(
    "capture.rows_many", 422,
    zh="“{label}”有 {given} 行，最多 {most} 行。", en="“{label}” has {given} rows; {most} are the most.",
    remedy_zh="请分成几次录入。", remedy_en="Divide them among several entries.",
)
ROW_REPEATED = fault_kind(
    "capture.row_repeated", 409,
    zh="“{label}”的值“{given}”前面一行已经有了。", en="“{label}” is “{given}” in an earlier row already.",
    remedy_zh="改正，或删掉这一行。", remedy_en="Correct it or remove this row.",
)
FORMULA_FAILED = fault_kind(
    "capture.formula_failed", 422,
    zh="“{label}”算不出来：{why}", en="“{label}” cannot be worked out: {why}",
    remedy_zh="请检查所用的值；若值没错，请工艺工程师检查公式。",
    remedy_en="Check the values it uses; if they are right, have the formula checked.",
)
NOTHING_MEANT = fault_kind(
    "capture.nothing_meant", 422,
    zh="这次录入不会产生任何事件。", en="The entry would make no event at all.",
    remedy_zh="请填写至少一个对象；若已填写，请工艺工程师检查节点的含义。",
    remedy_en="Enter one item at least; if there is one, have the node's meaning checked.",
)
NOT_KNOWN = fault_kind(
    "capture.not_known", 409,
    zh="{code} 没有任何记录。", en="{code} is not on record.",
    remedy_zh="请确认标签；新物料先在收货或开工节点录入。",
    remedy_en="Check the label; new things are entered at receiving or at the start of an operation first.",
)
REPEATED = fault_kind(
    "capture.repeated", 409,
    zh="{code} 已在 {since} 做过这一步。", en="{code} passed this step at {since} already.",
    remedy_zh="请核对是否扫错；确需重做时由有权限的人放行。",
    remedy_en="Check that it is the right one; somebody with the right may let it pass again.",
)
VOID_CODE = fault_kind(
    "capture.void_code", 409,
    zh="{code} 的编码已作废（{state}）。", en="The code {code} is void ({state}).",
    remedy_zh="请更换标签。", remedy_en="Put a new label on it.",
)
EXPIRED = fault_kind(
    "capture.expired", 409,
    zh="{code} 的有效期到 {expiry}。", en="{code} expires on {expiry}.",
    remedy_zh="请隔离并报告质量部。", remedy_en="Set it apart and tell quality.",
)
HELD = fault_kind(
    "capture.held", 409,
    zh="{code} 已被冻结（{disposition}）。", en="{code} is on hold ({disposition}).",
    remedy_zh="请隔离，等质量部放行。", remedy_en="Set it apart until quality releases it.",
)
STATE_WRONG = fault_kind(
    "capture.state_wrong", 409,
    zh="{code} 的状态是“{state}”，这一步要求：{wanted}。", en="{code} is “{state}”; this step needs: {wanted}.",
    remedy_zh="请先完成前面的步骤。", remedy_en="Do the steps before this one first.",
)
PLACE_WRONG = fault_kind(
    "capture.place_wrong", 409,
    zh="{code} 记录的位置是 {place}，不在这里。", en="{code} is on record at {place}, not here.",
    remedy_zh="请核对实物；移动后先在移动节点录入。", remedy_en="Check the goods; enter the move first.",
)
CONDITION_FAILED = fault_kind(
    "capture.condition_failed", 422,
    zh="不满足条件“{check}”。", en="The condition “{check}” is not met.",
    remedy_zh="请改正后再提交。", remedy_en="Correct the entry and send it again.",
)
OVERRIDE_DENIED = fault_kind(
    "capture.override_denied", 403,
    zh="您没有放行的权限。", en="You may not let entries pass that a check stops.",
    remedy_zh="请有“放行”权限的人放行。", remedy_en="Ask somebody who has the right to override.",
)
NOT_REFUSED = fault_kind(
    "capture.not_refused", 409,
    zh="录入 {id} 没有待处理的拒绝。", en="The entry {id} has no refusal that waits for anybody.",
    remedy_zh="请刷新列表。", remedy_en="Refresh the list.",
)
REASON_MISSING = fault_kind(
    "capture.reason_missing", 422,
    zh="需要写明原因（1–500 个字符）。", en="A reason of 1–500 characters is needed.",
    remedy_zh="用一句话说明为什么。", remedy_en="Say why in one sentence.",
)
EVENT_VOID = fault_kind(
    "capture.event_void", 409,
    zh="事件 {number} 已经作废。", en="The event {number} is void already.",
    remedy_zh="请打开更正后的事件。", remedy_en="Open the event that took its place.",
)
