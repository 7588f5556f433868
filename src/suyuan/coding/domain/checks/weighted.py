"""Weighted sums: mod 10 and its kin, mod 11, mod 97, GS1's price digits, and weights of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import Final

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.check_digits import CSET32, CSET82, check_pair, imo_ship, iso6346, mod10
from suyuan.coding.domain.checks.algorithm import ALPHANUMERIC, DIGITS, CheckAlgorithm
from suyuan.kernel.faults import Bilingual

_GENSPECS: Final = "GS1 General Specifications"


def luhn(body: str) -> str:
    """Return the Luhn digit (ISO/IEC 7812-1 Annex B): every second digit from the right doubled, digits summed."""
    total = 0
    for i, character in enumerate(reversed(body)):
        value = int(character) * (1 if i % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def mod11(body: str) -> str:
    """Return the digit of ISBN-10 and ISSN (ISO 2108, ISO 3297): weights 2, 3, 4… from the right, 10 written X."""
    total = sum(weight * int(character) for weight, character in enumerate(reversed(body), 2))
    return "0123456789X"[-total % 11]


def mod97(body: str) -> str:
    """Return two digits: 97 less the remainder of the number divided by 97, as Belgian enterprise numbers have it."""
    return f"{97 - int(body) % 97:02d}"


def _two_minus(digit: int) -> int:
    return (2 * digit - digit // 5) % 10


def _three(digit: int) -> int:
    return 3 * digit % 10


def _five_plus(digit: int) -> int:
    return (5 * digit + digit // 2) % 10


def _five_minus(digit: int) -> int:
    return (5 * digit - digit // 2) % 10


def price4(body: str) -> str:
    """Return the check digit of a four-digit price or weight field of variable-measure items.

    GS1 General Specifications 7.9.2 to 7.9.4: weighting factors 2-, 2-, 3, 5-; three times the sum, last digit.
    """
    factors = (_two_minus, _two_minus, _three, _five_minus)
    return str(3 * sum(factor(int(digit)) for factor, digit in zip(factors, body, strict=True)) % 10)


def price5(body: str) -> str:
    """Return the check digit of a five-digit price or weight field of variable-measure items.

    GS1 General Specifications 7.9.2 and 7.9.5: weighting factors 5+, 2-, 5-, 5+, 2-; the digit whose factor 5- is what
    the sum lacks to the next multiple of ten.
    """
    factors = (_five_plus, _two_minus, _five_minus, _five_plus, _two_minus)
    lack = -sum(factor(int(digit)) for factor, digit in zip(factors, body, strict=True)) % 10
    return next(str(digit) for digit in range(10) if _five_minus(digit) == lack)


@dataclass(frozen=True, slots=True)
class CustomWeights:
    """A weighted sum of one's own making.

    The value of a character is its index in ``alphabet``. ``weights`` repeat; they begin at the right end, or with
    ``from_left`` at the left. ``digit_sum`` adds the decimal digits of each product instead of the product. The check
    is ``check_alphabet[remainder]`` of the sum and ``modulus``, or with ``complement`` of what the sum lacks to the
    next multiple; a remainder beyond that alphabet has no check character.
    """

    weights: tuple[int, ...]
    modulus: int
    alphabet: str = DIGITS
    check_alphabet: str = DIGITS
    from_left: bool = False
    digit_sum: bool = False
    complement: bool = True

    def calculate(self, body: str) -> str | None:
        """Return the check character of ``body``, None where its remainder has none."""
        ordered = body if self.from_left else reversed(body)
        products = [self.alphabet.index(c) * weight for c, weight in zip(ordered, cycle(self.weights), strict=False)]
        total = sum(sum(map(int, str(product))) for product in products) if self.digit_sum else sum(products)
        remainder = (-total if self.complement else total) % self.modulus
        return self.check_alphabet[remainder] if remainder < len(self.check_alphabet) else None

    def algorithm(self, name: str = "weights") -> CheckAlgorithm:
        """Return these weights as an algorithm.

        :raises Fault: ``coding.check_weights`` where they cannot make a check character.
        """
        wrong = (
            not self.weights
            or len(self.weights) > 100
            or any(not 0 <= weight <= 999 for weight in self.weights)
            or not 2 <= self.modulus <= 999
            or any(len(text) != len(set(text)) or not text for text in (self.alphabet, self.check_alphabet))
        )
        if wrong:
            raise faults.CHECK_WEIGHTS(weights=", ".join(map(str, self.weights[:20])), modulus=self.modulus)
        title = Bilingual(f"自定义权重，模 {self.modulus}", f"Own weights, modulo {self.modulus}")
        return CheckAlgorithm(name, title, self.alphabet, self.check_alphabet, 1, "–", self.calculate)


WEIGHTED: Final = (
    CheckAlgorithm("gs1-mod10", Bilingual("GS1 模 10", "GS1 mod 10"), DIGITS, DIGITS, 1,
                   f"{_GENSPECS} 7.9.1; ISO/IEC 15420", mod10),
    CheckAlgorithm("gs1-price4", Bilingual("GS1 变量商品价格/重量，4 位", "GS1 price or weight, 4 digits"),
                   DIGITS, DIGITS, 1, f"{_GENSPECS} 7.9.4", price4, place=0, lengths=(4, 4)),
    CheckAlgorithm("gs1-price5", Bilingual("GS1 变量商品价格/重量，5 位", "GS1 price or weight, 5 digits"),
                   DIGITS, DIGITS, 1, f"{_GENSPECS} 7.9.5", price5, place=0, lengths=(5, 5)),
    CheckAlgorithm("gs1-pair", Bilingual("GS1 字母数字校验对（GMN）", "GS1 alphanumeric pair (GMN)"), CSET82, CSET32, 2,
                   f"{_GENSPECS} 7.9.6", check_pair, lengths=(1, 97)),
    CheckAlgorithm("luhn", Bilingual("Luhn（IMEI、银行卡）", "Luhn (IMEI, bank cards)"), DIGITS, DIGITS, 1,
                   "ISO/IEC 7812-1 Annex B", luhn),
    CheckAlgorithm("mod11", Bilingual("模 11（ISBN-10、ISSN）", "Mod 11 (ISBN-10, ISSN)"), DIGITS, DIGITS + "X", 1,
                   "ISO 2108:2005, ISO 3297", mod11),
    CheckAlgorithm("mod97", Bilingual("模 97", "Mod 97"), DIGITS, DIGITS, 2, "Belgian enterprise number", mod97),
    CheckAlgorithm("iso6346", Bilingual("ISO 6346 集装箱", "ISO 6346 freight container"), ALPHANUMERIC, DIGITS, 1,
                   "ISO 6346", iso6346, lengths=(10, 10)),
    CheckAlgorithm("imo", Bilingual("IMO 船舶编号", "IMO ship number"), DIGITS, DIGITS, 1,
                   "IMO resolution A.1117(30)", imo_ship, lengths=(6, 6)),
)  # fmt: skip
