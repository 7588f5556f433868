"""Columns of rows as PostgreSQL's binary arrays, packed without a call for each value.

A statement that inserts many rows takes a column a parameter (``unnest``). A column that has no value at all is an
empty array: ``unnest`` fills shorter ones up with NULL.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NULL: Final = b"\xff\xff\xff\xff"
_HEAD: Final = struct.Struct("!IIIII").pack
_EMPTY: Final = struct.Struct("!III").pack
_LENGTH: Final = struct.Struct("!I").pack
_LONG: Final = struct.Struct("!Iq").pack
_STEP: Final = 128
_LONGS: Final = [struct.Struct(f"!{'Iq' * count}").pack for count in range(_STEP // 2 + 1)]
"""How so many numbers are packed, each with its length before it."""


class PackedArray:
    """A binary array of one dimension, ready to be sent; of its subclasses each is one type of element."""

    __slots__ = ("data",)
    element = 0

    def __init__(self, values: Sequence[Any], pack: Callable[[Any], bytes]) -> None:
        packed = _Packed(pack)
        body = b"".join(map(packed.__getitem__, values))
        if packed.keys() <= {None}:
            self.data = _EMPTY(0, 0, self.element)
        else:
            self.data = _HEAD(1, None in packed, self.element, len(values), 1) + body

    @classmethod
    def of(cls, count: int, body: bytes) -> PackedArray:
        """Return an array of ``count`` values that are packed already, none of them missing."""
        made = cls.__new__(cls)
        made.data = _HEAD(1, 0, cls.element, count, 1) + body
        return made


class _Packed(dict[Any, bytes]):
    """Every value as it is sent, with its length before it; repeated ones are packed once."""

    def __init__(self, pack: Callable[[Any], bytes]) -> None:
        self._pack = pack

    def __missing__(self, value: Any) -> bytes:  # noqa: ANN401 (a value of any column)
        found = self[value] = _NULL if value is None else self._pack(value)
        return found


class _Texts(PackedArray):
    element = 25


class _Bytes(PackedArray):
    element = 17


class _Longs(PackedArray):
    element = 20


class _Moments(PackedArray):
    element = 1184


def _text(value: str) -> bytes:
    data = value.encode()
    return _LENGTH(len(data)) + data


def _raw(value: bytes) -> bytes:
    return _LENGTH(len(value)) + value


def _long(value: int) -> bytes:
    try:
        return _LONG(8, value)
    except struct.error:
        raise psycopg.errors.NumericValueOutOfRange("bigint out of range") from None  # as the database would say


def _moment(value: datetime) -> bytes:
    since = value - _EPOCH
    return _LONG(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def texts(values: Iterable[str | None]) -> PackedArray:
    """Return ``text[]``."""
    return _Texts(list(values), _text)


def utf8_texts(values: Iterable[bytes | None]) -> PackedArray:
    """Return ``text[]`` of texts that are UTF-8 already."""
    return _Texts(list(values), _raw)


def byte_strings(values: Iterable[bytes | None]) -> PackedArray:
    """Return ``bytea[]``."""
    return _Bytes(list(values), _raw)


def longs(values: Iterable[int | None]) -> PackedArray:
    """Return ``bigint[]``; where none is missing, many are packed by one call."""
    numbers = list(values)
    flat: list[int | None] = [8] * (2 * len(numbers))
    flat[1::2] = numbers
    try:
        body = b"".join(
            [_LONGS[len(part) // 2](*part) for at in range(0, len(flat), _STEP) for part in [flat[at : at + _STEP]]]
        )
    except struct.error:  # one is missing, or too large
        body = b""
    return _Longs.of(len(numbers), body) if body else _Longs(numbers, _long)


def moments(values: Iterable[datetime | None]) -> PackedArray:
    """Return ``timestamptz[]``; every value knows its offset."""
    return _Moments(list(values), _moment)


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: PackedArray) -> bytes:
        return obj.data


def _register(kind: type[PackedArray], oid: int) -> None:
    psycopg.adapters.register_dumper(kind, type(f"{kind.__name__}Dumper", (_ArrayDumper,), {"oid": oid}))


for _kind, _oid in ((_Texts, 1009), (_Bytes, 1001), (_Longs, 1016), (_Moments, 1185)):
    _register(_kind, _oid)
