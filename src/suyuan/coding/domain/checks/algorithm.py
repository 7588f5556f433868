"""What a check-digit algorithm is: an alphabet, a computation, and where the check characters stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.elements import shown
from suyuan.kernel.faults import Bilingual

DIGITS: Final = "0123456789"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHANUMERIC: Final = DIGITS + LETTERS


@dataclass(frozen=True, slots=True)
class CheckAlgorithm:
    """One algorithm.

    ``alphabet``: the characters a body may have, each once. ``check_alphabet``: those its check may have.
    ``width``: how many check characters there are. ``place``: index of the first of them in the whole text, None
    for the end. ``lengths``: the least and greatest length of a body. ``source``: the standard it is from.
    ``calculate`` takes a body that keeps all this and returns the check characters, or None where this body has
    none (a remainder that the scheme does not issue).
    """

    name: str
    title: Bilingual
    alphabet: str
    check_alphabet: str
    width: int
    source: str
    calculate: Callable[[str], str | None]
    place: int | None = None
    lengths: tuple[int, int] = (1, 200)

    def compute(self, body: str) -> str:
        """Return the check characters of ``body`` (the text without them).

        :raises Fault: ``coding.check_body`` for a character or length the algorithm does not take,
            ``coding.check_none`` where this body has no check character.
        """
        self.admit(body)
        found = self.calculate(body)
        if found is None:
            raise faults.CHECK_NONE(at="char 1", algorithm=self.name, given=shown(body))
        return found

    def admit(self, body: str) -> None:
        """Raise ``coding.check_body`` unless the algorithm takes ``body``."""
        least, most = self.lengths
        if not least <= len(body) <= most:
            raise faults.CHECK_BODY(
                at="char 1", algorithm=self.name, given=shown(body), allowed=f"{least}–{most} × {self.alphabet}"
            )
        for position, character in enumerate(body):
            if character not in self.alphabet:
                raise faults.CHECK_BODY(
                    at=f"char {position + 1}", algorithm=self.name, given=character, allowed=self.alphabet
                )

    def attach(self, body: str) -> str:
        """Return the whole text: ``body`` with its check characters where they belong."""
        place = len(body) if self.place is None else self.place
        return body[:place] + self.compute(body) + body[place:]

    def split(self, text: str) -> tuple[str, str]:
        """Return body and check characters of a whole text."""
        place = len(text) - self.width if self.place is None else self.place
        place = max(place, 0)
        return text[:place] + text[place + self.width :], text[place : place + self.width]

    def verify(self, text: str) -> bool:
        """Tell whether ``text`` carries the check characters of its body; False for what is no such text."""
        body, check = self.split(text)
        least, most = self.lengths
        if len(check) != self.width or not least <= len(body) <= most or any(c not in self.alphabet for c in body):
            return False
        return self.calculate(body) == check
