"""From text to syntax tree: a parser by binding strength. No text is ever run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from suyuan.kernel.expressions import decimals, words
from suyuan.kernel.expressions.bounds import DEEPEST, MOST_NODES
from suyuan.kernel.expressions.checking import check, is_number, is_reference
from suyuan.kernel.expressions.faults import (
    ARGUMENTS,
    TOO_DEEP,
    TOO_LONG,
    UNCLOSED,
    UNEXPECTED,
    UNKNOWN_FUNCTION,
    UNKNOWN_NAME,
    ExpressionError,
)
from suyuan.kernel.expressions.tokens import Token, fault_at, tokens
from suyuan.kernel.faults import FaultKind

Expression: TypeAlias = Mapping[str, Any]
"""A syntax tree, as JSON values."""


def parse(text: str, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the syntax tree of a text.

    ``names``: what fields are called, and their ids; ids may be written too. Without it every name is taken for an id.

    :raises ExpressionError: with the place in the text (``char N``, from 0).
    """
    reader = _Reader(tokens(text), None if names is None else dict(names))
    tree = reader.expression(0, 0)
    reader.expect("end", "")
    try:
        check(tree)
    except ExpressionError as fault:
        raise fault_at(fault, 0) from None
    return tree


class _Reader:
    def __init__(self, found: Sequence[Token], names: dict[str, str] | None) -> None:
        self.tokens = found
        self.names = names
        self.ids = None if names is None else set(names.values())
        self.at = 0
        self.nodes = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def word(self) -> str:
        """Return the operator or keyword that the token is, else nothing."""
        token = self.token
        if token.kind == "sign":
            return token.text
        return words.KEYWORDS.get(token.text.lower(), "") if token.kind == "name" and not self._called() else ""

    def _called(self) -> bool:
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        known = self.token.text.lower() in words.CALLED
        return known and following.kind == "sign" and following.text == "("

    def fault(self, kind: FaultKind, token: Token | None = None, **params: object) -> ExpressionError:
        return fault_at(ExpressionError(kind, None, params), (token or self.token).at)

    def unexpected(self, expected: str) -> ExpressionError:
        return self.fault(UNEXPECTED, found=self.token.text[:40] or "…", expected=expected)

    def expect(self, kind: str, text: str) -> Token:
        if self.token.kind != kind or self.token.text != text:
            raise self.unexpected(text or "+ - * / = < > 且/and 或/or")
        return self.take()

    def node(self, tree: dict[str, Any]) -> dict[str, Any]:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.fault(TOO_LONG, most=MOST_NODES)
        return tree

    def expression(self, least: int, depth: int) -> dict[str, Any]:
        """Read operators that bind at least as tightly as ``least``."""
        if depth > DEEPEST:
            raise self.fault(TOO_DEEP, most=DEEPEST)
        left = self.operand(depth)
        levels = 0
        while (strength := words.BINDING.get(sign := self.word(), -1)) >= least:
            levels += 1
            if depth + levels > DEEPEST:
                raise self.fault(TOO_DEEP, most=DEEPEST)
            self.take()
            right = self.expression(strength + 1, depth + 1)
            left = self.node({"op": sign, "args": [left, right]})
            if strength == words.COMPARING and words.BINDING.get(self.word()) == words.COMPARING:
                raise self.unexpected("且/and 或/or")
        return left

    def operand(self, depth: int) -> dict[str, Any]:
        sign = self.word()
        if sign == "not":
            self.take()
            return self.node({"op": "not", "args": [self.expression(words.NOT_BINDS, depth + 1)]})
        if sign == "-":
            self.take()
            if self.token.kind == "number":
                return self.number("-")
            return self.node({"op": "-", "args": [self.expression(words.SIGN_BINDS, depth + 1)]})
        if sign == "(":
            opened = self.take()
            inside = self.expression(0, depth + 1)
            self.close(opened, ")")
            return inside
        if sign == "[":
            opened = self.take()
            return self.node({"list": self.row(opened, "]", depth)})
        return self.leaf(sign, depth)

    def leaf(self, sign: str, depth: int) -> dict[str, Any]:
        token = self.token
        if token.kind == "number":
            return self.number("")
        if token.kind == "text":
            return self.node({"lit": self.take().text})
        if token.kind == "braced":
            self.take()
            return self.node({"ref": self.named(token)})
        if sign in {"true", "false", "null"}:
            self.take()
            return self.node({"lit": {"true": True, "false": False, "null": None}[sign]})
        if sign == "now":
            self.take()
            return self.node({"now": True})
        if token.kind == "name" and not sign:
            self.take()
            if self.token.kind == "sign" and self.token.text == "(":
                return self.call(token, depth)
            return self.node({"ref": self.named(token)})
        raise self.unexpected("1 “…” ( 名称/name")

    def number(self, sign: str) -> dict[str, Any]:
        token = self.take()
        try:
            value = decimals.fitted(Decimal(token.text[:300]))
        except ExpressionError as fault:
            raise fault_at(fault, token.at) from None
        whole, _, fraction = token.text.partition(".")
        digits = (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
        if not is_number(digits) or value != Decimal(digits):
            digits = decimals.plain(value)
        return self.node({"lit": {"num": sign + digits}})

    def call(self, name: Token, depth: int) -> dict[str, Any]:
        opened = self.take()
        called = words.CALLED.get(name.text.lower())
        if called is None:
            raise self.fault(UNKNOWN_FUNCTION, name, name=name.text[:40], near=_near(name.text, words.CALLED))
        arguments = self.row(opened, ")", depth)
        word = words.IF if called == "if" else words.FUNCTIONS[called]
        odd = called == "if" and len(arguments) % 2 == 0
        if odd or not word.least <= len(arguments) <= word.most:
            params = {"what": str(word), "least": word.least, "most": word.most, "given": len(arguments)}
            raise self.fault(ARGUMENTS, name, **params)
        return self.node({"op" if called == "if" else "fn": called, "args": arguments})

    def row(self, opened: Token, closing: str, depth: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if self.word() == closing:
            self.take()
            return found
        while True:
            found.append(self.expression(0, depth + 1))
            if self.word() != ",":
                break
            self.take()
        self.close(opened, closing)
        return found

    def close(self, opened: Token, closing: str) -> None:
        if self.token.kind == "end":
            raise self.fault(UNCLOSED, opened, opened=opened.text)
        self.expect("sign", closing)

    def named(self, token: Token) -> str:
        """Return the id of a field: by its name, else by the id itself; ``{#id}`` is always the id."""
        text = token.text.strip()
        forced = token.kind == "braced" and text.startswith("#")
        if not forced and self.names is not None and text in self.names:
            return self.names[text]
        text = text.removeprefix("#") if forced else text
        if (self.ids is None or text in self.ids) and is_reference(text):
            return text
        near = _near(text, [*(self.names or ())])
        raise self.fault(UNKNOWN_NAME, token, name=text[:80], near=near)


def _near(text: str, known: Iterable[str]) -> str:
    names = list(known)[:500]
    shared = [name for name in names if text and (text in name or name in text)]
    close = difflib.get_close_matches(text[:60], names, n=4, cutoff=0.4)
    return ", ".join(dict.fromkeys([*close, *shared][:5])) or "—"
