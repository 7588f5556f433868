"""The tree against the published test vectors of RFC 6962 logs, and against its definition."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.compliance.domain import merkle

# The leaves and roots that Certificate Transparency implementations test with (RFC 6962, reference log).
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# Merkle audit paths and consistency proofs of the same reference tests: (leaf, size, path), (old, new, path).
PATHS = [
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
]  # fmt: skip
EXTENSIONS = [
    (1, 1, []),
    (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
]  # fmt: skip
LEAVES = [merkle.leaf_hash(bytes.fromhex(text)) for text in INPUTS]


def defined(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(defined(leaves[:split]), defined(leaves[split:]))


def test_the_published_roots() -> None:
    assert [merkle.root_of(LEAVES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert merkle.root_of([]).hex() == hashlib.sha256().hexdigest()


@pytest.mark.parametrize(("leaf", "size", "path"), PATHS)
def test_the_published_inclusion_proofs(leaf, size, path) -> None:
    assert [defined(LEAVES[begin:end]).hex() for begin, end in merkle.inclusion_parts(leaf, size)] == path
    root = merkle.root_from_inclusion(LEAVES[leaf], leaf, size, [bytes.fromhex(each) for each in path])
    assert root.hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("old", "new", "path"), EXTENSIONS)
def test_the_published_consistency_proofs(old, new, path) -> None:
    assert [defined(LEAVES[begin:end]).hex() for begin, end in merkle.consistency_parts(old, new)] == path
    given_roots = bytes.fromhex(ROOTS[old - 1])
    found = merkle.roots_from_consistency(old, new, given_roots, [bytes.fromhex(each) for each in path])
    assert [root.hex() for root in found] == [ROOTS[old - 1], ROOTS[new - 1]]


@given(st.integers(1, 300), st.data())
def test_any_tree_is_as_defined_and_its_proofs_hold(size, data) -> None:
    leaves = [merkle.leaf_hash(number.to_bytes(2, "big")) for number in range(size)]
    nodes: dict[tuple[int, int], bytes] = {}

    def node(level: int, position: int) -> bytes:
        nodes[level, position] = defined(leaves[position << level : (position + 1) << level])
        return nodes[level, position]

    root = merkle.root_of(leaves)
    assert root == defined(leaves) == merkle.part_hash((0, size), node)
    leaf, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path = [merkle.part_hash(part, node) for part in merkle.inclusion_parts(leaf, size)]
    assert merkle.root_from_inclusion(leaves[leaf], leaf, size, path) == root
    assert size == 1 or merkle.root_from_inclusion(merkle.leaf_hash(b"other"), leaf, size, path) != root
    grown = [merkle.part_hash(part, node) for part in merkle.consistency_parts(old, size)]
    assert merkle.roots_from_consistency(old, size, defined(leaves[:old]), grown) == (defined(leaves[:old]), root)
    if old < size:
        wrong = merkle.leaf_hash(b"other")
        assert merkle.roots_from_consistency(old, size, wrong, grown) != (wrong, root)
    with pytest.raises(ValueError, match="hashes"):
        merkle.root_from_inclusion(leaves[leaf], leaf, size, [*path, root])


@given(st.integers(0, 700), st.lists(st.integers(0, 600), max_size=3), st.sampled_from([1, 2, 8]))
def test_leaves_that_come_together_make_the_same_tree(size, parts, keep) -> None:
    one, joined = merkle.Frontier(keep=keep), merkle.Frontier(keep=keep)
    begin = 0
    for count in [size, *parts]:
        leaves = [merkle.leaf_hash(number.to_bytes(2, "big")) for number in range(begin, begin + count)]
        begin += count
        for leaf in leaves:
            one.append(leaf)
        joined.extend(b"".join(leaves))
        assert (joined.size, joined.hashes) == (one.size, one.hashes)
        assert sorted(joined.finished) == sorted(one.finished)
    with pytest.raises(ValueError, match="whole number"):
        joined.extend(b"short")


@given(st.integers(0, 600))
def test_the_frontier_is_all_that_appending_needs(size) -> None:
    leaves = [merkle.leaf_hash(number.to_bytes(2, "big")) for number in range(size + 5)]
    whole, resumed = merkle.Frontier(), merkle.Frontier()
    for leaf in leaves[:size]:
        whole.append(leaf)
    resumed = merkle.Frontier(whole.size, whole.hashes)
    for leaf in leaves[size:]:
        whole.append(leaf)
        resumed.append(leaf)
    assert resumed.root() == whole.root() == merkle.root_of(leaves)
    full = [(at, hashed) for level, at, hashed in whole.finished if level == 8]
    assert all(hashed == defined(leaves[256 * at : 256 * (at + 1)]) for at, hashed in full)
    with pytest.raises(ValueError, match="edge hashes"):
        merkle.Frontier(3, [])
