"""Syntax trees at random: mostly of matching kinds, sometimes not; the same ones for the same seed."""

from __future__ import annotations

import random
from typing import Any

from suyuan.kernel.expressions.words import FUNCTIONS

NOW = "2026-03-05T14:30:00.250+08:00"
NUMBERS = ("0", "1", "2", "3", "7", "10", "-1", "0.1", "-2.5", "33.333", "1000000", "0.0000001", "99999999999999",
           "123456789.987654321", "9999999999999999999999999999", "0.0000000000000000000000000001")  # fmt: skip
TEXTS = ("", "a", "A-1", "L-2026-07", "轴承", " x ", "12.50", "2026-02-28", "a😀b", "\\*", "@#", "*", "??-##",
         "zz" * 70, "2026-03-05T08:00:00Z", "ÉéİßΣς")  # fmt: skip
VALUES: dict[str, Any] = {
    "n1": {"num": "12"}, "n2": {"num": "-0.75"}, "n3": {"num": "0"}, "t1": "L-2026-07", "t2": "", "b1": True,
    "b2": False,
    "d1": {"date": "2026-01-31"}, "d2": {"date": "9999-12-30"}, "m1": {"datetime": "2026-03-05T08:00:00.500-05:00"},
    "m2": {"datetime": "0001-01-02T00:00:00+00:00"}, "l1": [{"num": "1"}, {"num": "2.5"}, None],
    "l2": ["a", "b", "a"], "l3": [], "l4": [{"date": "2026-01-31"}, {"datetime": "2026-01-31T23:00:00+08:00"}],
    "item.lot": "L1",
}  # fmt: skip
KINDS = ("number", "text", "boolean", "time", "list")
GIVES = {
    "number": ("round", "floor", "ceil", "abs", "min", "max", "sum", "avg", "count", "number", "len", "year", "month",
               "day", "weekday", "hour", "days_between", "hours_between"),
    "text": ("lower", "upper", "trim", "left", "right", "mid", "concat", "text", "first", "last"),
    "boolean": ("contains", "starts", "ends", "matches_code", "empty", "distinct"),
    "time": ("date", "moment", "today", "add_days", "add_hours", "min", "max"),
}  # fmt: skip
TAKES = {
    **dict.fromkeys(("round", "floor", "ceil", "abs", "sum", "avg"), ("number",)),
    **dict.fromkeys(("lower", "upper", "trim", "number", "starts", "ends", "contains", "concat"), ("text",)),
    "matches_code": ("text",),
    **dict.fromkeys(("year", "month", "day", "weekday", "hour", "days_between", "hours_between"), ("time",)),
    **dict.fromkeys(("left", "right", "mid"), ("text", "number", "number")),
    **dict.fromkeys(("add_days", "add_hours"), ("time", "number")),
    **dict.fromkeys(("first", "last", "distinct", "count"), ("list",)),
}  # fmt: skip
NAMES = {"number": ("n1", "n2", "n3"), "text": ("t1", "t2", "item.lot", "gone"), "boolean": ("b1", "b2", "gone"),
         "time": ("d1", "d2", "m1", "m2"), "list": ("l1", "l2", "l3", "l4")}  # fmt: skip


def tree(chance: random.Random, kind: str | None = None, depth: int = 0) -> dict[str, Any]:
    """Return a syntax tree that mostly gives a value of the kind."""
    kind = kind if kind is not None and chance.random() < 0.93 else chance.choice(KINDS)
    if depth > 4 or chance.random() < 0.25:
        return _leaf(chance, kind)
    shape = chance.random()
    if kind == "list":
        if shape < 0.4:
            return _leaf(chance, kind)
        inner = chance.choice(KINDS[:4])
        return {"list": [tree(chance, inner, depth + 1) for _ in range(chance.randrange(4))]}
    if shape < 0.12:
        return _op(chance, "if", ("boolean", kind, kind), depth)
    if shape < 0.18:
        return _op(chance, "??", (kind, kind), depth)
    if shape < 0.5 and kind in {"number", "boolean"}:
        return _operation(chance, kind, depth)
    name = chance.choice(GIVES[kind])
    word = FUNCTIONS[name]
    many = chance.randint(word.least, min(word.most, 3))
    takes = TAKES.get(name, (kind if name in {"min", "max"} else chance.choice(KINDS),))
    return {"fn": name, "args": [tree(chance, takes[min(at, len(takes) - 1)], depth + 1) for at in range(many)]}


def _op(chance: random.Random, name: str, kinds: tuple[str, ...], depth: int) -> dict[str, Any]:
    return {"op": name, "args": [tree(chance, kind, depth + 1) for kind in kinds]}


def _operation(chance: random.Random, kind: str, depth: int) -> dict[str, Any]:
    if kind == "number":
        name = chance.choice(("+", "-", "*", "/", "%", "sign"))
        return _op(chance, "-", (kind,), depth) if name == "sign" else _op(chance, name, (kind, kind), depth)
    name = chance.choice(("=", "!=", "<", "<=", ">", ">=", "in", "and", "or", "not"))
    if name == "not":
        return _op(chance, name, (kind,), depth)
    inner = kind if name in {"and", "or"} else chance.choice(KINDS[:4])
    return _op(chance, name, (inner, "list" if name == "in" else inner), depth)


def _leaf(chance: random.Random, kind: str) -> dict[str, Any]:
    if kind == "list" or chance.random() < 0.5:
        return {"ref": chance.choice(NAMES[kind])}
    if kind == "number":
        return {"lit": {"num": chance.choice(NUMBERS)}}
    if kind == "text":
        return {"lit": chance.choice(TEXTS)}
    if kind == "time":
        return {"now": True}
    return {"lit": chance.choice((True, False, None))}
