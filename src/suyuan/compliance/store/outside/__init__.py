"""Sending a checkpoint outside: one function a kind of place, each returning what the place said and any proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from suyuan.compliance.contracts import PlaceKind
from suyuan.compliance.store.outside.folder import keep_in_folder
from suyuan.compliance.store.outside.mail import mail
from suyuan.compliance.store.outside.object_store import put_object
from suyuan.compliance.store.outside.timestamp import stamp_time
from suyuan.compliance.store.outside.web import post_webhook


@dataclass(frozen=True, slots=True)
class Sending:
    """A checkpoint on its way: the log's origin, the checkpoint's number, and the signed note."""

    origin: str
    number: int
    note: str


def send(kind: PlaceKind, options: Mapping[str, str], secret: str, what: Sending) -> tuple[str, bytes | None]:
    """Send and return (what the place said, proof or None).

    :raises OSError: where the place cannot be reached or refuses; ``ValueError`` where its answer is not right.
    """
    return _SENDERS[kind](options, secret, what.origin, what.number, what.note)


Sender = Callable[[Mapping[str, str], str, str, int, str], tuple[str, bytes | None]]
_SENDERS: Final[Mapping[PlaceKind, Sender]] = {
    PlaceKind.FOLDER: keep_in_folder,
    PlaceKind.WEBHOOK: post_webhook,
    PlaceKind.MAIL: mail,
    PlaceKind.S3: put_object,
    PlaceKind.TIMESTAMP: stamp_time,
}
