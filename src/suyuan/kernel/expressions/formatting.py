"""From syntax tree back to the text that people read; parsing it gives the same tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from suyuan.kernel.expressions import words
from suyuan.kernel.expressions.checking import check
from suyuan.kernel.expressions.tokens import begins_name, continues_name
from suyuan.kernel.faults import Language

_TIGHTEST = 9
_ESCAPED = {"\\": "\\\\", '"': '\\"', "＂": "\\＂", "\n": "\\n", "\t": "\\t"}


def format_text(tree: Mapping[str, Any], names: Mapping[str, str] | None = None, language: Language = "en") -> str:
    """Return a syntax tree as text. ``names``: what fields are called, by their ids; nameless ones show their id.

    :raises ExpressionError: for what is no syntax tree.
    """
    check(tree)
    return _Writer(dict(names or {}), language).text(tree, 0)


class _Writer:
    def __init__(self, names: dict[str, str], language: Language) -> None:
        taken = Counter(name.strip() for name in names.values())
        self.names = {each: name for each, name in names.items() if taken[name.strip()] == 1 and name == name.strip()}
        self.taken = frozenset(names.values())
        self.language = language

    def word(self, name: str) -> str:
        """Return an operator or keyword in the language."""
        return words.SPOKEN.get(name, name) if self.language == "zh" else name

    def text(self, node: Mapping[str, Any], least: int) -> str:
        """Return a node; in brackets, where it binds less tightly than ``least``."""
        written, strength = self.written(node)
        return f"({written})" if strength < least else written

    def written(self, node: Mapping[str, Any]) -> tuple[str, int]:
        if "lit" in node:
            return self.literal(node["lit"]), _TIGHTEST
        if "ref" in node:
            return self.reference(node["ref"]), _TIGHTEST
        if "now" in node:
            return self.word("now"), _TIGHTEST
        if "list" in node:
            return f"[{self.row(node['list'])}]", _TIGHTEST
        arguments = node["args"]
        if "fn" in node:
            function = words.FUNCTIONS[node["fn"]]
            name = function.zh if self.language == "zh" else function.en
            return f"{name}({self.row(arguments)})", _TIGHTEST
        return self.operation(node["op"], arguments)

    def operation(self, name: str, arguments: list[Any]) -> tuple[str, int]:
        if name == "if":
            return f"{self.word('if')}({self.row(arguments)})", _TIGHTEST
        if name == "not":
            return f"{self.word('not')} {self.text(arguments[0], words.NOT_BINDS)}", words.NOT_BINDS
        if len(arguments) == 1:
            inner = self.text(arguments[0], words.SIGN_BINDS)
            # a sign before a number is part of the number, so this one stays apart
            apart = isinstance(arguments[0].get("lit"), Mapping)
            return f"-({inner})" if apart else f"-{inner}", words.SIGN_BINDS
        strength = words.BINDING[name]
        left = self.text(arguments[0], strength + (strength == words.COMPARING))
        return f"{left} {self.word(name)} {self.text(arguments[1], strength + 1)}", strength

    def row(self, nodes: list[Any]) -> str:
        return ", ".join(self.text(node, 0) for node in nodes)

    def literal(self, given: Any) -> str:  # noqa: ANN401 (any literal)
        if given is None or isinstance(given, bool):
            return self.word({None: "null", True: "true", False: "false"}[given])
        if isinstance(given, Mapping):
            return str(given["num"])
        escaped = "".join(_ESCAPED.get(character, character) for character in given)
        return f'"{escaped}"'

    def reference(self, name: str) -> str:
        label = self.names.get(name)
        if label is None:
            return f"{{#{name}}}" if name in self.taken or name.lower() in words.KEYWORDS else name
        if _is_plain(label):
            return label
        if not label or label.startswith("#"):
            return f"{{#{name}}}"
        return "{" + "".join(f"\\{each}" if each in "\\}｝" else each for each in label) + "}"


def _is_plain(label: str) -> bool:
    if not label or label.lower() in words.KEYWORDS or not begins_name(label[0]):
        return False
    parts = label.split(".")
    ascii_or_han = all(each < "\uff01" or each > "\uff5e" for each in label)
    return ascii_or_han and all(
        part and begins_name(part[0]) and all(map(continues_name, part)) for part in parts
    )
