"""What crosses the door of ``coding``."""

from suyuan.coding.contracts.decoded import (
    DEFAULT_GS_SUBSTITUTES,
    DIGITAL_LINK_BASE,
    LONGEST_CODE,
    CodeFormat,
    CodeForms,
    Decoded,
    DecodedCode,
    NamedPart,
    Part,
    Suggestion,
)

__all__ = [
    "DEFAULT_GS_SUBSTITUTES",
    "DIGITAL_LINK_BASE",
    "LONGEST_CODE",
    "CodeFormat",
    "CodeForms",
    "Decoded",
    "DecodedCode",
    "NamedPart",
    "Part",
    "Suggestion",
]
