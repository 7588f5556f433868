"""The restricted expression language: one grammar, one JSON syntax tree, evaluated alike here and in the browser.

``parse(text, names)`` makes a syntax tree, ``format_text`` makes it text again, ``check`` refuses what is none,
``evaluate(tree, values, now=…)`` works it out. Nothing is ever run as code. Grammar: docs/reference/expressions.md.
"""

from suyuan.kernel.expressions.checking import check, references
from suyuan.kernel.expressions.evaluation import evaluate
from suyuan.kernel.expressions.faults import ExpressionError
from suyuan.kernel.expressions.formatting import format_text
from suyuan.kernel.expressions.parsing import Expression, parse
from suyuan.kernel.expressions.values import Value, from_plain, plain

__all__ = [
    "Expression",
    "ExpressionError",
    "Value",
    "check",
    "evaluate",
    "format_text",
    "from_plain",
    "parse",
    "plain",
    "references",
]
