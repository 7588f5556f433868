"""The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162): hashes, and which parts prove what.

A *part* is a range of leaves ``(begin, end)`` whose subtree hash a proof names. Leaves and subtree hashes are 32 bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

HASH_BYTES = 32
_PAIR = 2 * HASH_BYTES
EMPTY_ROOT = hashlib.sha256().digest()
Part = tuple[int, int]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    """Return the largest power of two below ``count`` (2 or more)."""
    return 1 << (count - 1).bit_length() - 1


def _levels(size: int) -> list[int]:
    """Return the levels of the perfect subtrees that a tree of ``size`` leaves is made of, largest first."""
    return [level for level in reversed(range(size.bit_length())) if size >> level & 1]


class Frontier:
    """The right edge of a growing tree: the hashes of its perfect subtrees, largest first.

    That is all that is needed to append and to name the root. ``finished`` collects the perfect subtrees completed by
    appending, as ``(level, position, hash)``, for levels that are multiples of ``keep``.
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = (), keep: int = 8) -> None:
        self.size = size
        self.hashes = list(hashes)
        self.keep = keep
        self.finished: list[tuple[int, int, bytes]] = []
        if len(self.hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} edge hashes, not {len(self.hashes)}")

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        level, position, carried = 0, self.size, leaf
        while position & 1:
            carried = hashlib.sha256(b"\x01" + self.hashes.pop() + carried).digest()
            level, position = level + 1, position >> 1
            if level % self.keep == 0:
                self.finished.append((level, position, carried))
        self.hashes.append(carried)
        self.size += 1

    def extend(self, leaves: bytes) -> None:
        """Add leaves by their hashes, joined: level by level, which is quicker than one after another."""
        count, rest = divmod(len(leaves), HASH_BYTES)
        if rest:
            raise ValueError(f"{len(leaves)} bytes are no whole number of hashes")
        edge = dict(zip(_levels(self.size), self.hashes, strict=True))
        level, begin, row = 0, self.size, leaves
        while row:
            if begin & 1:  # the first is the right sibling of what the edge has here
                begin, row = begin - 1, edge.pop(level) + row
            if len(row) % _PAIR:
                edge[level], row = row[-HASH_BYTES:], row[:-HASH_BYTES]
            nodes = [hashlib.sha256(b"\x01" + row[at : at + _PAIR]).digest() for at in range(0, len(row), _PAIR)]
            level, begin, row = level + 1, begin >> 1, b"".join(nodes)
            if level % self.keep == 0:
                self.finished += [(level, position, node) for position, node in enumerate(nodes, begin)]
        self.size += count
        self.hashes = [edge[level] for level in _levels(self.size)]

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        return fold(self.hashes) if self.hashes else EMPTY_ROOT


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees of falling size that lie side by side."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def perfect_parts(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the perfect subtrees that make up a part, as ``(level, position)``, largest first."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_parts(position: int, size: int) -> list[Part]:
    """Return the parts whose hashes prove that the leaf at ``position`` is in the tree of ``size`` leaves.

    ``ValueError`` where there is no such leaf.
    """
    if not 0 <= position < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {position}")
    parts: list[Part] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if position < middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((begin, middle))
            begin = middle
    return parts[::-1]


def consistency_parts(old: int, size: int) -> list[Part]:
    """Return the parts whose hashes prove that the tree of ``size`` leaves begins with that of ``old`` leaves.

    ``ValueError`` unless 0 < ``old`` ≤ ``size``.
    """
    if not 0 < old <= size:
        raise ValueError(f"a tree of {size} leaves cannot extend one of {old}")
    parts: list[Part] = []
    begin, end, whole = 0, size, True
    while old != end - begin:
        middle = begin + _split(end - begin)
        if old <= middle - begin:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((begin, middle))
            old -= middle - begin
            begin, whole = middle, False
    if not whole:
        parts.append((begin, end))
    return parts[::-1]


def part_hash(part: Part, node: Callable[[int, int], bytes]) -> bytes:
    """Return a part's hash, given the hash of each perfect subtree by ``node(level, position)``."""
    return fold([node(level, position) for level, position in perfect_parts(*part)])


def root_from_inclusion(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 9162, 2.1.3.2); ``ValueError`` for a wrong length."""
    parts = inclusion_parts(position, size)
    if len(parts) != len(path):
        raise ValueError(f"the proof has {len(path)} hashes, not {len(parts)}")
    root = leaf
    for (_, end), sibling in zip(parts, path, strict=True):
        root = node_hash(sibling, root) if end <= position else node_hash(root, sibling)
    return root


def roots_from_consistency(old: int, size: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the roots of the old and of the new tree that a consistency proof leads to (RFC 9162, 2.1.4.2)."""
    parts = consistency_parts(old, size)
    if len(parts) != len(path):
        raise ValueError(f"the proof has {len(path)} hashes, not {len(parts)}")
    rest = list(zip(parts, path, strict=True))
    if not rest or rest[0][0][0] >= old:
        before = after = old_root  # the old tree is one subtree of the new: its root is where both begin
    else:
        before = after = rest.pop(0)[1]
    for (begin, _), sibling in rest:
        if begin < old:
            before = node_hash(sibling, before)
            after = node_hash(sibling, after)
        else:
            after = node_hash(after, sibling)
    return before, after
