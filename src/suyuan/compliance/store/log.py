"""The log's tables: its head, its leaves, and the subtree hashes that proofs are made of."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.chassis.arrays import byte_strings, longs
from suyuan.chassis.database import Later, named_sql, tx
from suyuan.compliance.domain.merkle import HASH_BYTES, Frontier, node_hash

BLOCK_LEVELS = 8
_BLOCK = 1 << BLOCK_LEVELS


def _tenant() -> int:
    return tx().principal.tenant_id


def lock_head() -> Later[Frontier]:
    """Lock this tenant's log until the transaction ends and ask for its edge; a new log is empty."""
    make = "INSERT INTO compliance_log (tenant_id) VALUES (%s) ON CONFLICT DO NOTHING"
    lock = "SELECT size, frontier FROM compliance_log WHERE tenant_id = %s FOR UPDATE"
    with tx().at_once():
        tx().execute(make, (_tenant(),), prepare=True)
        rows = tx().execute(lock, (_tenant(),), prepare=True)

    def answer() -> Frontier:
        [(size, edge)] = rows.fetchall()
        return Frontier(size, _hashes(bytes(edge)), BLOCK_LEVELS)

    return answer


def head() -> Frontier:
    """Return the log's edge as it is now."""
    query = "SELECT size, frontier FROM compliance_log WHERE tenant_id = %s"
    rows = tx().execute(query, (_tenant(),), prepare=True).fetchall()
    return Frontier(rows[0][0], _hashes(bytes(rows[0][1])), BLOCK_LEVELS) if rows else Frontier()


def _hashes(joined: bytes) -> list[bytes]:
    return [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]


def open_log(kind: str, subjects: Sequence[int]) -> Later[tuple[Frontier, frozenset[int]]]:
    """Lock this tenant's log until the transaction ends; ask for its edge and those of ``subjects`` that are in it."""
    keys = {"tenant": _tenant(), "kind": kind, "subjects": longs(subjects), "least": min(subjects)}
    rows = tx().execute(named_sql(__package__, "open_log.sql"), keys, prepare=True)

    def answer() -> tuple[Frontier, frozenset[int]]:
        found = rows.fetchall()
        if not found:
            return lock_head()(), frozenset()
        [(size, edge, known)] = found
        return Frontier(size, _hashes(bytes(edge)), BLOCK_LEVELS), frozenset(known or ())

    return answer


def append(frontier: Frontier, kind: str, subjects: Sequence[int], hashes: bytes) -> None:
    """Append leaves, their hashes joined, behind the locked ``frontier``, which moves on."""
    size = frontier.size
    frontier.extend(hashes)
    levels, positions, nodes = zip(*frontier.finished, strict=True) if frontier.finished else ((), (), ())
    frontier.finished.clear()
    tx().execute(
        named_sql(__package__, "append_leaves.sql"),
        {
            "tenant": _tenant(), "kind": kind, "size": size, "grown": frontier.size, "subjects": longs(subjects),
            "hashes": hashes, "frontier": b"".join(frontier.hashes), "levels": longs(levels),
            "positions": longs(positions), "nodes": byte_strings(nodes),
        },
        prepare=True,
    )  # fmt: skip


def positions(kind: str, subjects: Sequence[int]) -> Later[dict[int, int]]:
    """Ask for the place in the log of those of ``subjects`` that are in it."""
    rows = tx().execute(
        'SELECT subject, position FROM compliance_log_leaf WHERE tenant_id = %s AND kind = %s::"char"'
        " AND subject = ANY (%s)",
        (_tenant(), kind, longs(subjects)),
        prepare=True,
    )
    return lambda: dict(rows.fetchall())


def subjects(kind: str) -> frozenset[int]:
    """Return the subjects of every leaf of this kind."""
    query = 'SELECT subject FROM compliance_log_leaf WHERE tenant_id = %s AND kind = %s::"char"'
    return frozenset(row[0] for row in tx().rows(query, (_tenant(), kind)))


def _letter(kind: bytes | str) -> str:
    return kind.decode() if isinstance(kind, bytes) else kind


def leaves(begin: int, end: int) -> list[tuple[int, str, int, bytes]]:
    """Return position, kind, subject and hash of the leaves from ``begin`` up to, not including, ``end``."""
    rows = tx().rows(
        "SELECT position, kind, subject, hash FROM compliance_log_leaf"
        " WHERE tenant_id = %s AND position >= %s AND position < %s ORDER BY position",
        (_tenant(), begin, end),
    )
    return [(position, _letter(kind), subject, bytes(hashed)) for position, kind, subject, hashed in rows]


class StoredTree:
    """Reads subtree hashes by blocks of 256 and remembers them while proofs are made."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[int, int], list[bytes]] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, position: int) -> bytes:
        """Return the hash of the perfect subtree of 2^``level`` leaves at ``position``."""
        known = self._nodes.get((level, position))
        if known is None:
            known = self._read(level, position)
            self._nodes[level, position] = known
        return known

    def _read(self, level: int, position: int) -> bytes:
        stored = level - level % BLOCK_LEVELS
        if level > stored:
            return node_hash(self.node(level - 1, 2 * position), self.node(level - 1, 2 * position + 1))
        block = position // _BLOCK
        hashes = self._blocks.get((stored, block))
        if hashes is None:
            hashes = self._blocks[stored, block] = self._load(stored, block * _BLOCK)
        if position % _BLOCK >= len(hashes):
            raise LookupError(f"the log lacks node {level}/{position}")
        return hashes[position % _BLOCK]

    def _load(self, level: int, begin: int) -> list[bytes]:
        if level == 0:
            return [hashed for _, _, _, hashed in leaves(begin, begin + _BLOCK)]
        rows = tx().rows(
            "SELECT hash FROM compliance_log_node WHERE tenant_id = %s AND level = %s AND position >= %s"
            " AND position < %s ORDER BY position",
            (_tenant(), level, begin, begin + _BLOCK),
        )
        return [bytes(row[0]) for row in rows]


def last_position() -> int:
    """Return the place of the last leaf there is, whatever the head says; -1 where there is none."""
    query = "SELECT max(position) FROM compliance_log_leaf WHERE tenant_id = %s"
    found = tx().value(query, (_tenant(),))
    return -1 if found is None else int(found)


def stored_node(level: int, position: int) -> bytes | None:
    """Return a stored subtree hash, or None where it is gone."""
    query = "SELECT hash FROM compliance_log_node WHERE tenant_id = %s AND level = %s AND position = %s"
    found = tx().value(query, (_tenant(), level, position))
    return None if found is None else bytes(found)
