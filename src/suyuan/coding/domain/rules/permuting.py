"""A secret permutation of all texts of a length: the n-th unguessable code, and back.

A Feistel network over two halves of the text with addition modulo the size of each half, as in FF1 of NIST SP 800-38G,
with ten rounds; the round function is AES-256 in place of FF1's CBC-MAC, because the input of a round fits one block.
Whole arrays are worked at once: a million codes cost ten encryptions of 16 MB.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

Numbers = npt.NDArray[np.uint64]
ROUNDS: Final = 10
LARGEST_HALF: Final = 2**52
"""Halves up to here keep the bias of the round function's remainder below one in four thousand."""


def halves(base: int, length: int) -> tuple[int, int]:
    """Return the sizes of the two halves of texts of ``length`` characters out of ``base``."""
    left = length // 2
    return int(base**left), int(base ** (length - left))


def key_for(secret: bytes, scope: str, purpose: bytes = b"permutation") -> bytes:
    """Return the key for one scope, so that every product (line, day…) has a permutation of its own."""
    return hmac.new(secret, purpose + b"\0" + scope.encode(), hashlib.sha256).digest()


def _encrypted(key: bytes, blocks: npt.NDArray[np.uint64]) -> Numbers:
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 (single blocks: a PRF, no mode needed)
    done = encryptor.update(blocks.astype(">u8").tobytes()) + encryptor.finalize()
    return np.frombuffer(done, dtype=">u8")[::2].astype(np.uint64)


def _round(key: bytes, number: int, half: Numbers) -> Numbers:
    blocks = np.empty((half.size, 2), dtype=np.uint64)
    blocks[:, 0] = number
    blocks[:, 1] = half
    return _encrypted(key, blocks)


def permuted(key: bytes, base: int, length: int, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return the halves of the texts that stand for ``numbers`` (each below base**length, and below 2**64)."""
    size_left, size_right = halves(base, length)
    left, right = np.divmod(numbers, np.uint64(size_right))
    for number in range(ROUNDS):
        if number % 2:
            right = _added(right, _round(key, number, left), size_right)
        else:
            left = _added(left, _round(key, number, right), size_left)
    return left, right


def recovered(key: bytes, base: int, length: int, left: int, right: int) -> int:
    """Return the number that the text of these halves stands for."""
    size_left, size_right = halves(base, length)
    for number in reversed(range(ROUNDS)):
        if number % 2:
            right = (right - int(_round(key, number, np.array([left], np.uint64))[0]) % size_right) % size_right
        else:
            left = (left - int(_round(key, number, np.array([right], np.uint64))[0]) % size_left) % size_left
    return left * size_right + right


def _added(half: Numbers, more: Numbers, size: int) -> Numbers:
    modulus = np.uint64(size)
    return (half + more % modulus) % modulus


def derived(key: bytes, base: int, length: int, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return halves of unguessable texts that go with ``numbers``; they may repeat."""
    size_left, size_right = halves(base, length)
    return _round(key, 254, numbers) % np.uint64(size_left), _round(key, 255, numbers) % np.uint64(size_right)
