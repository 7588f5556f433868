"""The door of ``coding``."""

from suyuan.coding.api.decoding import (
    canonical,
    decode,
    digital_link_path,
    find_item,
    forms,
    identify,
    identify_class,
    identify_epc,
    identify_place,
    look_up,
    picture,
    repairs_of,
    suggestions,
    to_element_string,
    to_epc_binary,
    to_epc_urn,
)

__all__ = [
    "canonical",
    "decode",
    "digital_link_path",
    "find_item",
    "forms",
    "identify",
    "identify_class",
    "identify_epc",
    "identify_place",
    "look_up",
    "picture",
    "repairs_of",
    "suggestions",
    "to_element_string",
    "to_epc_binary",
    "to_epc_urn",
]
