"""What keeps our processes from being started, each with its way out."""

from __future__ import annotations

from suyuan.kernel.faults import fault_kind

PORT_BUSY = fault_kind(
    "entry.port_busy",
    503,
    zh="端口 {port} 已被占用：{who}",
    en="Port {port} is in use: {who}",
    remedy_zh="先停止它，或换一个端口，例如 PORT={suggestion}",
    remedy_en="Stop that, or choose another port, for example PORT={suggestion}",
)
PORT_NOT_PERMITTED = fault_kind(
    "entry.port_not_permitted",
    503,
    zh="当前用户不可使用端口 {port}。",
    en="This user may not use port {port}.",
    remedy_zh="使用 1024 以上的端口，例如 PORT={suggestion}",
    remedy_en="Use a port above 1024, for example PORT={suggestion}",
)
HOST_UNUSABLE = fault_kind(
    "entry.host_unusable",
    503,
    zh="不能在地址 {host} 上提供服务：{reason}",
    en="Cannot serve on the address {host}: {reason}",
    remedy_zh="只在本机使用请用 HOST=127.0.0.1，供所有网络使用请用 HOST=0.0.0.0",
    remedy_en="Use HOST=127.0.0.1 for this machine only, or HOST=0.0.0.0 for all its networks",
)
DATA_IN_USE = fault_kind(
    "entry.data_in_use",
    503,
    zh="数据目录 {path} 正由 {who} 使用。",
    en="The data directory {path} is in use by {who}.",
    remedy_zh="先停止它，或用 DATA=… 选择别的数据目录。",
    remedy_en="Stop that first, or choose another data directory with DATA=…",
)
DATA_UNUSABLE = fault_kind(
    "entry.data_unusable",
    503,
    zh="不能使用数据目录 {path}：{reason}",
    en="The data directory {path} cannot be used: {reason}",
    remedy_zh="把它的写权限给当前用户，或用 DATA=… 选择别的位置。",
    remedy_en="Give this user write permission, or choose another place with DATA=…",
)
