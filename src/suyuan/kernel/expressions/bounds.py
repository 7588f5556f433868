"""How large an expression may be. The browser's evaluator keeps the same bounds."""

from __future__ import annotations

from typing import Final

LONGEST_TEXT: Final = 4_000
"""Characters of the text form."""
MOST_NODES: Final = 1_000
DEEPEST: Final = 64
"""Levels of a syntax tree, and of brackets in a text."""
LONGEST_VALUE: Final = 10_000
"""Characters of a text that an expression makes."""
LONGEST_MASK: Final = 200
DIGITS: Final = 28
BUDGET: Final = 10_000
"""Steps: one a node, one an element of a list that is read, one for each 64 characters of a text that is read."""
