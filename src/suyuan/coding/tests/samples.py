"""Values that keep the rules of their application identifier, made at random from a seed."""

from __future__ import annotations

from random import Random

from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import ApplicationIdentifier, Charset, Check, Component, matches
from suyuan.coding.domain.check_digits import CSET82, check_pair, mod10

LETTERS = {
    Charset.DIGITS: "0123456789",
    Charset.CSET82: CSET82.replace("(", ""),  # a bracket in a value is written differently by everyone
    Charset.CSET39: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/#",
    Charset.BASE64URL: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_",
}
SET = {
    Check.YYMMD0: lambda chance: f"{chance.randrange(100):02d}{chance.randint(1, 12):02d}{chance.randrange(29):02d}",
    Check.YYMMDD: lambda chance: f"{chance.randrange(100):02d}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}",
    Check.YYYYMMDD: lambda chance: (
        f"{chance.randint(1900, 2030)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    ),
    Check.HH: lambda chance: f"{chance.randrange(24):02d}",
    Check.MI: lambda chance: f"{chance.randrange(60):02d}",
    Check.SS: lambda chance: f"{chance.randrange(60):02d}",
    Check.HHMI: lambda chance: f"{chance.randrange(24):02d}{chance.randrange(60):02d}",
    Check.ISO3166: lambda chance: chance.choice(["156", "276", "840", "528"]),
    Check.ISO3166_OR_999: lambda chance: chance.choice(["156", "999"]),
    Check.ISO3166_ALPHA2: lambda chance: chance.choice(["CN", "DE", "US"]),
    Check.ISO4217: lambda chance: chance.choice(["156", "978", "840"]),
    Check.ISO5218: lambda chance: chance.choice("0129"),
    Check.LATITUDE: lambda chance: f"{chance.randint(0, 1_800_000_000):010d}",
    Check.LONGITUDE: lambda chance: f"{chance.randint(0, 3_600_000_000):010d}",
    Check.PIECE_OF_TOTAL: lambda chance: f"{chance.randint(1, 9):02d}{chance.randint(9, 20)}",
    Check.POSITION_IN_SEQUENCE: lambda chance: f"{chance.randint(1, 4)}/{chance.randint(4, 9)}",
    Check.WINDING: lambda chance: chance.choice("019"),
    Check.YES_NO: lambda chance: chance.choice("01"),
    Check.HYPHEN: lambda chance: "-",
    Check.IBAN: lambda chance: chance.choice(["DE89370400440532013000", "GB82WEST12345698765432"]),
    Check.PACKAGE_TYPE: lambda chance: chance.choice(["CT", "BX", "PX"]),
    Check.MEDIA_TYPE: lambda chance: chance.choice(["01", "10", "80"]),
    Check.COUPON: lambda chance: chance.choice(
        ["106141416543213150110120", "10614141654321315011012096000", "0012345123456111100003261231"]
    ),
    Check.COUPON_POSITIVE_OFFER: lambda chance: chance.choice(["001234561234560123456", "106141416543210150110"]),
    Check.ZERO: lambda chance: "0",
    Check.PERCENT_ENCODED: lambda chance: chance.choice(["A%20B", "Suyuan", "%E4%B8%AD"]),
    Check.IMPORTER_INDEX: lambda chance: chance.choice("0aZ-_"),
}


def component_value(component: Component, chance: Random) -> str:
    """Return characters that keep the checks of one component."""
    for check in component.checks:
        if check in SET:
            return SET[check](chance)
    length = chance.randint(component.minimum, component.maximum)
    letters = LETTERS[component.charset]
    made = "".join(chance.choice(letters) for _ in range(length))
    if Check.CSUM_ALPHA in component.checks:
        body = "1987654" + made[: max(0, min(length, 23) - 9)] + "A"
        return body + check_pair(body)
    if Check.GCP_FIRST in component.checks and component.charset is not Charset.DIGITS:
        made = ("4012345" + made)[: component.maximum]
    if Check.CSUM in component.checks:
        made = made[:-1] + mod10(made[:-1])
    if Check.NONZERO in component.checks:
        made = made[:-1] + "1"
    if Check.NO_ZERO_PREFIX in component.checks:
        made = "1" + made[1:]
    return made


def value_of(rule: ApplicationIdentifier, chance: Random) -> str:
    """Return a value that keeps the rule."""
    value = ""
    for component in rule.components:
        if component.optional and chance.random() < 0.5:
            break
        value += component_value(component, chance)
    return value


def companions(ai: str, chance: Random, depth: int = 0) -> list[str]:
    """Return an AI with those that it needs, and those that they need."""
    found = [ai]
    rule = BY_AI[ai]
    if rule.requires and depth < 4:
        for pattern in chance.choice(rule.requires):
            other = next(each for each in BY_AI if matches(pattern, each))
            found += [each for each in companions(other, chance, depth + 1) if each not in found]
    return found
