"""The rights of ``compliance``."""

from __future__ import annotations

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

PERMISSIONS = (
    Permission("compliance:audit:read", Bilingual("查看审计记录", "See the audit trail")),
    Permission("compliance:audit:review", Bilingual("审阅审计记录并签署意见", "Review the audit trail and sign off")),
    Permission("compliance:log:read", Bilingual("查看防篡改日志与证明", "See the tamper-evident log and its proofs")),
    Permission("compliance:log:write", Bilingual("管理检查点去处并核验", "Set where checkpoints go, and verify")),
    Permission("compliance:signature:read", Bilingual("查看电子签名", "See electronic signatures")),
    Permission("compliance:signature:write", Bilingual("电子签名", "Sign electronically")),
    Permission("compliance:approval:read", Bilingual("查看批准申请", "See requests for approval")),
    Permission("compliance:approval:decide", Bilingual("批准或驳回申请", "Approve or reject requests")),
    Permission("compliance:approval:configure", Bilingual("设定须双人批准的操作", "Set what needs a second person")),
    Permission("compliance:retention:read", Bilingual("查看保留期与冻结", "See retention and legal holds")),
    Permission("compliance:retention:write", Bilingual("设定记录的保留期", "Set how long records are kept")),
    Permission("compliance:hold:write", Bilingual("冻结、解冻记录", "Place and lift legal holds")),
    Permission("compliance:alert:read", Bilingual("查看安全告警", "See security alerts")),
    Permission("compliance:alert:handle", Bilingual("处理安全告警", "Handle security alerts")),
    Permission("compliance:tenant:export", Bilingual("导出租户的全部数据", "Export everything of the tenant")),
)
