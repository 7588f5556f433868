"""Passwords that breaches elsewhere made known: a sorted file on this machine is searched, nothing is asked outside.

The file is the text form of *Pwned Passwords*: a line for each password, ``SHA1 in 40 hex digits:count``, by hash. It
has tens of gigabytes, so it is neither read nor mapped: a search looks at some thirty places. (A mapped file that
somebody shortens would end the process.)
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DIGITS: Final = 40
_LINE: Final = re.compile(rb"[0-9A-Fa-f]{40}(?::\d{1,12})?\r?\n?")
_LONGEST: Final = 64
"""Bytes that a line has at most: hash, colon, count, line end."""
_SAMPLES: Final = 2_000


class NoListError(ValueError):
    """The file cannot be read as such a list; the text says where and why."""


@dataclass(frozen=True, slots=True)
class ListSeen:
    """What a look at the list found: its bytes, and how many pairs of neighbouring lines were looked at."""

    size: int
    pairs: int


def sha1_of(password: str) -> bytes:
    """Return the hash by which the list names a password, in upper-case hex; it protects nothing here."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()


def is_breached(path: Path, password: str) -> bool:
    """Tell whether the list has a password.

    :raises OSError: where the file cannot be read; :class:`NoListError` where it is no such list.
    """
    wanted = sha1_of(password)
    with _opened(path) as (file, size):
        low, high = 0, size  # the start of a line that may be it lies in [low, high)
        while low < high:
            start, line = _line_from(file, (low + high) // 2, low)
            found = _hash_in(line, start)
            if found == wanted:
                return True
            if found < wanted:
                low = start + len(line)
            else:
                high = start
    return False


def look_at(path: Path) -> ListSeen:
    """Look whether the file is such a list and sorted, at so many places spread over it.

    :raises OSError: where the file cannot be read; :class:`NoListError` where it is no such list.
    """
    pairs = 0
    with _opened(path) as (file, size):
        before, end = b"", 0
        for number in range(_SAMPLES):
            start, line = _line_from(file, size * number // _SAMPLES, 0)
            if start < end:
                continue  # a small file has fewer lines than places
            for _ in range(2):
                found = _hash_in(line, start)
                if found <= before:
                    raise NoListError(f"byte {start}: not sorted by hash")
                before, end, pairs = found, start + len(line), pairs + 1
                start, line = end, os.pread(file, _LONGEST, end).partition(b"\n")[0] + b"\n"
                if start >= size:
                    break
    return ListSeen(size, pairs)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, int]]:
    file = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(file).st_size
        if size < _DIGITS:
            raise NoListError("it is empty")
        yield file, size
    finally:
        os.close(file)


def _line_from(file: int, place: int, least: int) -> tuple[int, bytes]:
    """Return start and bytes of the line that ``place`` lies in; it starts at ``least`` or after it."""
    begin = max(least, place - _LONGEST)
    piece = os.pread(file, 2 * _LONGEST, begin)
    offset = place - begin
    start = piece.rfind(b"\n", 0, offset) + 1
    if start == 0 and begin > least:
        raise NoListError(f"byte {place}: a line is too long")
    end = piece.find(b"\n", offset)
    line = piece[start:] if end < 0 else piece[start : end + 1]
    return begin + start, line


def _hash_in(line: bytes, start: int) -> bytes:
    if not _LINE.fullmatch(line):
        raise NoListError(f"byte {start}: no line of the form SHA1:count")
    return line[:_DIGITS].upper()
