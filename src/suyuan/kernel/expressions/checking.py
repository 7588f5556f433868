"""Whether JSON is a syntax tree at all, before anything is worked out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from suyuan.kernel.expressions import decimals, words
from suyuan.kernel.expressions.bounds import DEEPEST, LONGEST_VALUE, MOST_NODES
from suyuan.kernel.expressions.faults import (
    ARGUMENTS,
    MALFORMED,
    TOO_DEEP,
    TOO_LONG,
    UNKNOWN_FUNCTION,
    UNKNOWN_NAME,
    ExpressionError,
)


def check(tree: Any, known: Collection[str] | None = None) -> None:  # noqa: ANN401 (any JSON)
    """Refuse what is no syntax tree, is too large, or reads a field that is not among ``known`` ids.

    :raises ExpressionError: with a JSON pointer into the tree.
    """
    for nodes, (node, at, depth) in enumerate(_walk(tree), 1):
        if depth >= DEEPEST:
            raise ExpressionError(TOO_DEEP, at, {"most": DEEPEST})
        if nodes > MOST_NODES:
            raise ExpressionError(TOO_LONG, at, {"most": MOST_NODES})
        shape(node, at)
        name = node.get("ref")
        if name is not None and known is not None and name not in known:
            raise ExpressionError(UNKNOWN_NAME, at, {"name": name[:80], "near": "—"})


def references(tree: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of all fields that an expression reads."""
    return frozenset(str(node["ref"]) for node, _, _ in _walk(tree) if "ref" in node)


def _walk(tree: Any) -> Iterator[tuple[Any, str, int]]:  # noqa: ANN401 (any JSON)
    waiting: list[tuple[Any, str, int]] = [(tree, "", 0)]
    while waiting:
        node, at, depth = waiting.pop()
        yield node, at, depth
        for key in ("args", "list"):
            inner = node.get(key) if isinstance(node, Mapping) else None
            if isinstance(inner, Sequence) and not isinstance(inner, str):
                waiting += [(each, f"{at}/{key}/{number}", depth + 1) for number, each in enumerate(inner)][::-1]


def shape(node: Any, at: str = "") -> None:  # noqa: ANN401 (any JSON)
    """Refuse one node that is none; what lies below it is not looked at.

    :raises ExpressionError: ``malformed``, ``arguments``, ``unknown_function``.
    """
    if not isinstance(node, Mapping):
        raise malformed(node, at)
    keys = frozenset(node)
    if keys in _LEAVES and _is_leaf(node):
        return
    if keys == {"list"} and isinstance(node["list"], Sequence) and not isinstance(node["list"], str):
        return
    name = node.get("op", node.get("fn"))
    if keys not in _CALLS or not isinstance(name, str):
        raise malformed(node, at)
    arguments = node["args"]
    if not isinstance(arguments, Sequence) or isinstance(arguments, str):
        raise malformed(node, at)
    if "fn" in node:
        word = words.FUNCTIONS.get(name)
        if word is None:
            raise ExpressionError(UNKNOWN_FUNCTION, at, {"name": name[:40], "near": "—"})
    elif name == "if":
        word = words.IF if len(arguments) % 2 else words.Word("if", "如果", 0, -1)
    elif name in words.BINDING or name == "not":
        word = words.Word(name, name, 1 if name in {"-", "not"} else 2, 1 if name == "not" else 2)
    else:
        raise malformed(node, at)
    if not word.least <= len(arguments) <= word.most:
        params = {"what": str(word), "least": word.least, "most": word.most, "given": len(arguments)}
        raise ExpressionError(ARGUMENTS, at, params)


_REFERENCE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_LEAVES = frozenset({frozenset({"lit"}), frozenset({"ref"}), frozenset({"now"})})
_CALLS = frozenset({frozenset({"op", "args"}), frozenset({"fn", "args"})})


def _is_leaf(node: Mapping[str, Any]) -> bool:
    if "now" in node:
        return node["now"] is True
    if "ref" in node:
        return isinstance(node["ref"], str) and is_reference(node["ref"])
    given = node["lit"]
    if isinstance(given, Mapping):
        number = given.get("num") if len(given) == 1 else None
        return isinstance(number, str) and is_number(number)
    return given is None or isinstance(given, bool) or (isinstance(given, str) and len(given) <= LONGEST_VALUE)


def is_number(text: str) -> bool:
    """Tell whether a text may stand as a number in a tree: 28 digits at most, plain, without needless zeros before."""
    if len(text) > 60 or not decimals.NUMBER.fullmatch(text):
        return False
    whole, _, fraction = text.removeprefix("-").partition(".")
    return len(whole.lstrip("0")) + len(fraction) <= 28


def is_reference(text: str) -> bool:
    """Tell whether a text may be the id of a field, such as ``unit`` or ``item.lot``."""
    return len(text) <= 120 and _REFERENCE.fullmatch(text) is not None


def malformed(node: Any, at: str) -> ExpressionError:  # noqa: ANN401 (any JSON)
    """Return the fault of JSON that is no node."""
    return ExpressionError(MALFORMED, at, {"why": str(node)[:80]})
