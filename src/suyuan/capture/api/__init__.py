"""The door of ``capture``."""

from suyuan.capture.api.acting import tell_people
from suyuan.capture.api.claims import Claims, letting_pass
from suyuan.capture.api.correcting import correct, decide, list_refused
from suyuan.capture.api.ready import provide, ready_nodes
from suyuan.capture.api.submitting import submit

__all__ = [
    "Claims",
    "correct",
    "decide",
    "letting_pass",
    "list_refused",
    "provide",
    "ready_nodes",
    "submit",
    "tell_people",
]
