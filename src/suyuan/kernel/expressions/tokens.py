"""The text of an expression cut into tokens. Chinese punctuation and full-width letters count as their plain forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from suyuan.kernel.expressions.bounds import LONGEST_TEXT
from suyuan.kernel.expressions.faults import TOO_LONG, UNCLOSED, UNEXPECTED, ExpressionError

Kind = Literal["number", "text", "name", "braced", "sign", "end"]

_FOLDED: Final = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "，": ",", "、": ",", "；": ",", "【": "[", "】": "]", "×": "*", "÷": "/", "−": "-", "≠": "≠", "≤": "≤", "≥": "≥",
    "\u3000": " ",
}  # fmt: skip
_CLOSES: Final = {'"': '"＂', "'": "'＇", "“": "“”", "”": "“”", "‘": "‘’", "’": "‘’"}
_ESCAPES: Final = {"n": "\n", "t": "\t"}
_SIGNS: Final = ("<=", ">=", "!=", "<>", "==", "&&", "||", "??")
_SAME: Final = {"<>": "!=", "==": "=", "&&": "and", "||": "or", "≠": "!=", "≤": "<=", "≥": ">="}
_SINGLE: Final = "+-*/%=<>()[],≠≤≥"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign. ``at``: the character it begins at, from 0."""

    kind: Kind
    text: str
    at: int


def fault_at(fault: ExpressionError, at: int) -> ExpressionError:
    """Return the fault with its place in the text."""
    fault.at = f"char {at}"
    return fault


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens; the last one is of the kind ``end``.

    :raises ExpressionError: too long, a quote that is never closed, a character that means nothing.
    """
    if len(text) > LONGEST_TEXT:
        raise fault_at(ExpressionError(TOO_LONG, None, {"most": LONGEST_TEXT}), LONGEST_TEXT)
    plain = "".join(_FOLDED.get(character, character) for character in text)
    found: list[Token] = []
    at = 0
    while at < len(plain):
        if plain[at].isspace():
            at += 1
            continue
        token, at = _next(text, plain, at)
        found.append(token)
    return [*found, Token("end", "", len(text))]


def _next(text: str, plain: str, at: int) -> tuple[Token, int]:
    first = plain[at]
    if first in "0123456789":
        return _number(plain, at)
    if begins_name(first):
        return _name(plain, at)
    if first in _CLOSES:
        return _enclosed("text", text, at, _CLOSES[first])
    if first == "{":
        return _enclosed("braced", text, at, "}｝")
    for sign in (*_SIGNS, *_SINGLE):
        if plain.startswith(sign, at):
            return Token("sign", _SAME.get(sign, sign), at), at + len(sign)
    raise fault_at(ExpressionError(UNEXPECTED, None, {"found": text[at], "expected": "+ - * / = < > ( ) , “ ”"}), at)


def begins_name(character: str) -> bool:
    """Tell whether a name may begin with this character."""
    return character.isalpha() or character == "_"


def continues_name(character: str) -> bool:
    """Tell whether a name may go on with this character."""
    return character.isalnum() or character == "_"


def _name(plain: str, at: int) -> tuple[Token, int]:
    end = at
    while end < len(plain) and (
        continues_name(plain[end]) or (plain[end] == "." and begins_name(plain[end + 1 : end + 2] or " "))
    ):
        end += 1
    return Token("name", plain[at:end], at), end


def _number(plain: str, at: int) -> tuple[Token, int]:
    end = at
    while plain[end : end + 1] in tuple("0123456789"):
        end += 1
    if plain[end : end + 1] == "." and plain[end + 1 : end + 2] in tuple("0123456789"):
        end += 1
        while plain[end : end + 1] in tuple("0123456789"):
            end += 1
    return Token("number", plain[at:end], at), end


def _enclosed(kind: Kind, text: str, at: int, closing: str) -> tuple[Token, int]:
    """Read up to the closing quote or brace; a backslash keeps the next character as it is."""
    inside = []
    end = at + 1
    while end < len(text):
        character = text[end]
        if character == "\\" and end + 1 < len(text):
            inside.append(_ESCAPES.get(text[end + 1], text[end + 1]))
            end += 2
        elif character in closing:
            return Token(kind, "".join(inside), at), end + 1
        else:
            inside.append(character)
            end += 1
    raise fault_at(ExpressionError(UNCLOSED, None, {"opened": text[at]}), at)
