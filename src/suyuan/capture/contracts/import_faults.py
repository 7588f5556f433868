"""What can be wrong with a spreadsheet, and with importing it."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

NOT_A_SHEET = fault_kind(
    "capture.import_not_a_sheet", 422,
    zh="文件“{name}”不是表格。", en="The file “{name}” is not a spreadsheet.",
    remedy_zh="请用 Excel（.xlsx、.xls）、.ods 或 CSV 文件；PDF、Word 和图片要先转成表格。",
    remedy_en="Use Excel (.xlsx, .xls), .ods or CSV; turn PDF, Word or pictures into a table first.",
)
UNREADABLE = fault_kind(
    "capture.import_unreadable", 422,
    zh="文件“{name}”打不开：{why}", en="The file “{name}” cannot be opened: {why}",
    remedy_zh="文件可能损坏或有密码。请在 Excel 里打开，另存为不带密码的 .xlsx 再上传。",
    remedy_en="It may be damaged or have a password. Open it in Excel and save it as .xlsx without a password.",
)
TOO_MUCH = fault_kind(
    "capture.import_too_much", 422,
    zh="文件“{name}”展开后太大。", en="The file “{name}” is too large once it is unpacked.",
    remedy_zh="请删除空白区域、图片和多余的工作表，或分成几个文件。",
    remedy_en="Delete empty areas, pictures and other sheets, or split it into several files.",
)
TOO_MANY_ROWS = fault_kind(
    "capture.import_too_many_rows", 422,
    zh="文件“{name}”超过 {limit} 行。", en="The file “{name}” has more than {limit} rows.",
    remedy_zh="请分成几个不超过 {limit} 行的文件。", remedy_en="Split it into files of {limit} rows at most.",
)
TOO_MANY_COLUMNS = fault_kind(
    "capture.import_too_many_columns", 422,
    zh="文件“{name}”超过 {limit} 列。", en="The file “{name}” has more than {limit} columns.",
    remedy_zh="请只保留要导入的列。", remedy_en="Keep only the columns that are to be imported.",
)
NO_ROWS = fault_kind(
    "capture.import_no_rows", 422,
    zh="文件“{name}”里没有数据行。", en="The file “{name}” holds no rows of data.",
    remedy_zh="第一行写列名，下面至少一行数据；若数据在别的工作表，请把它放到第一张。",
    remedy_en="Write the names of the columns in the first row and one row of data at least, on the first sheet.",
)
ENCODING_WRONG = fault_kind(
    "capture.import_encoding", 422,
    zh="文件“{name}”的文字编码不是 UTF-8 或 GB18030。", en="The text of “{name}” is neither UTF-8 nor GB18030.",
    remedy_zh="请在 Excel 里另存为“CSV UTF-8”或 .xlsx。",
    remedy_en="Save it in Excel as “CSV UTF-8” or as .xlsx.",
)
MERGED = fault_kind(
    "capture.import_merged", 422,
    zh="单元格 {cells} 是合并的，看不出属于哪一行。",
    en="The cells {cells} are merged, so it cannot be told which row they belong to.",
    remedy_zh="请取消合并，在每一行都填上值。", remedy_en="Unmerge them and fill in the value in every row.",
)
NOT_MAPPED = fault_kind(
    "capture.import_not_mapped", 422,
    zh="没有指定“{label}”取自哪一列。", en="It is not said which column “{label}” comes from.",
    remedy_zh="请在列对应里选择一列。", remedy_en="Choose a column for it.",
)
MAPPING_WRONG = fault_kind(
    "capture.import_mapping", 422,
    zh="列对应里的“{given}”不存在。", en="“{given}” in the mapping of columns does not exist.",
    remedy_zh="请刷新页面，重新选择字段和列。", remedy_en="Reload the page and choose fields and columns again.",
)
DIGITS_LOST = fault_kind(
    "capture.import_digits_lost", 422,
    zh="“{label}”是长数字，Excel 已把它变成 {given}，后面的位数丢了。",
    en="“{label}” is a long number that Excel turned into {given}; its last digits are lost.",
    remedy_zh="请把这一列设为“文本”格式，再重新填写编码。",
    remedy_en="Format the column as text and enter the codes again.",
)
CELL_ERROR = fault_kind(
    "capture.import_cell_error", 422,
    zh="“{label}”的公式出错：{given}。", en="The formula of “{label}” fails: {given}.",
    remedy_zh="请在 Excel 里改正公式，或换成值。",
    remedy_en="Correct the formula in Excel, or put the value in its place.",
)
STATE_WRONG = fault_kind(
    "capture.import_state", 409,
    zh="这次导入的状态是“{state}”，不能这样做。", en="The import is “{state}”; this cannot be done now.",
    remedy_zh="请刷新页面；已完成的文件可以重新上传。",
    remedy_en="Reload the page; a file that is done may be uploaded again.",
)
NOT_IMPORTABLE = fault_kind(
    "capture.import_not_importable", 409,
    zh="节点“{node}”要求“{label}”，表格里填不了。",
    en="The node “{node}” needs “{label}”, which a spreadsheet cannot give.",
    remedy_zh="请换一个节点，或请工艺工程师把该字段改为选填。",
    remedy_en="Choose another node, or have the field made optional.",
)
NOTHING_TO_PASS = fault_kind(
    "capture.import_nothing_to_pass", 409,
    zh="没有因为“{check}”而等待放行的行。", en="No row waits for “{check}” to be let pass.",
    remedy_zh="请刷新页面看最新结果；不能放行的行请在错误文件里改正后重新上传。",
    remedy_en="Load the page again; correct rows that cannot be let pass in the file with the faults and upload that.",
)
STOPPED = fault_kind(
    "capture.import_stopped", 500,
    zh="导入在第 {row} 行附近停下：{why}", en="The import stopped near row {row}: {why}",
    remedy_zh="已记录的行不会重复，可以直接重新上传同一文件。",
    remedy_en="Rows on record are not recorded twice, so the same file may be uploaded again.",
)
NOTHING_RECORDED = fault_kind(
    "capture.import_nothing_recorded", 409,
    zh="有 {count} 行不对，所以一行也没有记录。", en="{count} rows are wrong, so none was recorded.",
    remedy_zh="请下载错误文件改正，或选择“跳过不对的行”。",
    remedy_en="Download the file with the faults and correct them, or choose to leave wrong rows out.",
)
