"""Working out an expression: bounded steps, exact decimals, no side effects. The browser's evaluator agrees with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from suyuan.kernel.expressions import decimals, values
from suyuan.kernel.expressions.bounds import BUDGET, DEEPEST
from suyuan.kernel.expressions.checking import shape
from suyuan.kernel.expressions.faults import (
    NEEDS_BOOLEAN,
    NEEDS_LIST,
    NEEDS_NUMBER,
    NESTED_LIST,
    TOO_DEEP,
    ExpressionError,
)
from suyuan.kernel.expressions.functions import FUNCTIONS, Run
from suyuan.kernel.expressions.values import Value


def evaluate(tree: Any, given: Mapping[str, Any], *, now: datetime, budget: int = BUDGET) -> Value:  # noqa: ANN401 (any JSON)
    """Return the value of a syntax tree over the values of fields; a field without a value is nothing (None).

    Nothing passes through arithmetic and comparisons; ``and``, ``or``, ``not`` and ``if`` take it for false.
    Dividing by zero gives nothing.

    :raises ExpressionError: with a JSON pointer into the tree: malformed, a value of the wrong kind, too large.
    """
    return _Evaluation(given, Run(values.moment(now), budget)).value(tree, 0)


class _Evaluation:
    def __init__(self, given: Mapping[str, Any], run: Run) -> None:
        self.given = given
        self.run = run

    def value(self, node: Any, depth: int) -> Value:  # noqa: ANN401 (any JSON)
        self.run.spend(1)
        if depth >= DEEPEST:
            raise ExpressionError(TOO_DEEP, "", {"most": DEEPEST})
        shape(node)
        if "args" in node:
            if "op" in node:
                return self.operation(node["op"], node["args"], depth)
            found = [self.inner("args", node["args"], number, depth) for number in range(len(node["args"]))]
            return FUNCTIONS[node["fn"]](self.run, found)
        if "lit" in node:
            literal = node["lit"]
            return decimals.fitted(Decimal(literal["num"])) if isinstance(literal, Mapping) else literal
        if "ref" in node:
            return self.reference(node["ref"])
        if "now" in node:
            return self.run.now
        return tuple(self.element(node["list"], number, depth) for number in range(len(node["list"])))

    def inner(self, key: str, nodes: Any, number: int, depth: int) -> Value:  # noqa: ANN401 (any JSON)
        try:
            return self.value(nodes[number], depth + 1)
        except ExpressionError as fault:
            fault.at = f"/{key}/{number}{fault.at}"
            raise

    def element(self, nodes: Any, number: int, depth: int) -> Value:  # noqa: ANN401 (any JSON)
        found = self.inner("list", nodes, number, depth)
        if isinstance(found, tuple):
            raise ExpressionError(NESTED_LIST, f"/list/{number}")
        return found

    def reference(self, name: str) -> Value:
        found = values.read(self.given.get(name))
        if isinstance(found, tuple):
            self.run.spend(len(found))
            for each in found:
                self.run.spend(len(each) // 64 if isinstance(each, str) else 0)
        elif isinstance(found, str):
            self.run.spend(len(found) // 64)
        return found

    def operation(self, name: str, nodes: Any, depth: int) -> Value:  # noqa: ANN401 (any JSON)
        if name == "if":
            return self.choice(nodes, depth)
        if name in {"and", "or"}:
            for number in (0, 1):
                if self.truth(name, nodes, number, depth) == (name == "or"):
                    return name == "or"
            return name == "and"
        if name == "not":
            return not self.truth(name, nodes, 0, depth)
        left = self.inner("args", nodes, 0, depth)
        if name == "??":
            return left if left is not None else self.inner("args", nodes, 1, depth)
        if len(nodes) == 1:
            return None if left is None else decimals.subtract(Decimal(0), _number(left, name, 0))
        right = self.inner("args", nodes, 1, depth)
        if left is None or right is None:
            return None
        if name in _ARITHMETIC:
            return self.arithmetic(name, left, right)
        return self.comparison(name, left, right)

    def choice(self, nodes: Any, depth: int) -> Value:  # noqa: ANN401 (any JSON)
        for number in range(0, len(nodes) - 1, 2):
            if self.truth("if", nodes, number, depth):
                return self.inner("args", nodes, number + 1, depth)
        return self.inner("args", nodes, len(nodes) - 1, depth)

    def truth(self, name: str, nodes: Any, number: int, depth: int) -> bool:  # noqa: ANN401 (any JSON)
        found = self.inner("args", nodes, number, depth)
        if found is not None and not isinstance(found, bool):
            raise ExpressionError(NEEDS_BOOLEAN, f"/args/{number}", {"what": name})
        return found is True

    def arithmetic(self, name: str, left: Value, right: Value) -> Value:
        if name == "+" and isinstance(left, str) and isinstance(right, str):
            return self.run.made(left + right)
        return _ARITHMETIC[name](_number(left, name, 0), _number(right, name, 1))

    def comparison(self, name: str, left: Value, right: Value) -> bool:
        if name == "in":
            if not isinstance(right, tuple):
                raise ExpressionError(NEEDS_LIST, "/args/1", {"what": "in"})
            return any(each is not None and values.equal(left, each) for each in right)
        if name in {"=", "!="}:
            return values.equal(left, right) == (name == "=")
        order = values.before(left, right, name)
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[name]


def _number(value: Value, name: str, at: int) -> Decimal:
    if not isinstance(value, Decimal):
        raise ExpressionError(NEEDS_NUMBER, f"/args/{at}", {"what": name})
    return value


_ARITHMETIC: Final = {
    "+": decimals.add,
    "-": decimals.subtract,
    "*": decimals.multiply,
    "/": decimals.divide,
    "%": decimals.remainder,
}

