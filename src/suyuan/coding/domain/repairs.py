"""What a refused code may have been meant to be: small repairs after which it keeps every rule.

Each repair undoes one thing that goes wrong between a label and the system: fingers, eyes, wedges, input methods. A
repaired text is offered only if it decodes without fault; nothing is ever repaired silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from suyuan.coding.contracts import Decoded
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.element_strings import GS
from suyuan.kernel.faults import Bilingual, Fault

MOST: Final = 24
"""Most likely repairs that are found. Every pair of neighbours in 18 digits must be among them: which repair is meant
tells only who knows the items on record."""
_TRIES: Final = 600
"""Most texts that are decoded on the way: what bounds the time."""
_ALIKE: Final = {
    "0": "869OD", "1": "74I", "2": "7Z", "3": "859", "4": "91", "5": "63S", "6": "580G", "7": "12", "8": "306B",
    "9": "403", "O": "0QD", "Q": "0O", "D": "0O", "I": "1L", "L": "1I", "S": "5", "Z": "2", "B": "8", "G": "6",
    "U": "V", "V": "U",
}  # fmt: skip
"""What eyes and readers take for each other."""
_LETTERS_FOR_DIGITS: Final = str.maketrans("OoQDIilZzSsBGg", "00001112255866")
_SHIFTED: Final = str.maketrans("!@#$%^&*()", "1234567890")
_FRENCH: Final = str.maketrans("&é\"'(-è_çà", "1234567890")
_CHINESE: Final = str.maketrans("【】〔〕〖〗「」『』《》〈〉。、，：；", "()()()()()()()./,:;")
_WRITTEN_GS: Final = re.compile(
    r"<GS>|\[GS\]|<FNC1>|\[FNC1\]|\\x1[dD]|\\u001[dD]|\\F|\\GS|%1[dD]|_x001[dD]_|&#29;|&#x1[dD];|[§¦`¬\x1c\x1e\x80\x85]"
)
_GLUE: Final = re.compile(r"[\s\-.·]+")
_HOST: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/\S*")
_SLASHED: Final = re.compile(r"(https?)[:;.]?[/\\]{1,3}", re.IGNORECASE)
_COMMON: Final = ("10", "21", "17", "11", "15", "37", "30", "240", "310")
_SWAPPED_CASE = Bilingual("大小写颠倒（大写锁定）", "upper and lower case exchanged (Caps Lock)")
_SHIFT_HELD = Bilingual("数字被按住了 Shift（键盘布局）", "digits typed with Shift (keyboard layout)")
_PUNCTUATION = Bilingual("中文输入法的标点", "punctuation of a Chinese input method")
_BLANKS = Bilingual("去掉空格与连字符", "blanks and hyphens left out")
_LETTER = Bilingual("字母误作数字（O 与 0、I 与 1…）", "a letter in the place of a digit (O for 0, I for 1…)")
_SWAP = Bilingual("相邻两位颠倒", "two neighbours changed places")
_DIGIT = Bilingual("一位看错", "one character misread")
_CHECK = Bilingual("只有校验位不对", "only the check digit is wrong")
_SEPARATOR = Bilingual("补上丢失的分隔符", "the lost separator put back")
_WRONG_SEPARATOR = Bilingual("分隔符被换成了别的字符", "the separator was sent as something else")
_ZEROS = Bilingual("补上前导零", "leading zeros put back")
_DATE = Bilingual("日期的年月日顺序", "year, month and day in another order")
_ADDRESS = Bilingual("补全网址", "the web address completed")

_LOSSES: Final = (
    faults.UNKNOWN_AI, faults.VALUE_LENGTH, faults.VALUE_CHARACTER, faults.MISSING_AI, faults.MISSING_SEPARATOR,
)  # fmt: skip
"""What a lost separator looks like from behind."""

Decode = Callable[[str], Decoded]
Candidate = tuple[str, Bilingual, bool]


@dataclass(frozen=True, slots=True)
class Repair:
    """A text that decodes, what was repaired, the item it names, and whether the repair is likely by itself.

    One that is not likely deserves to be shown only if its item is on record.
    """

    code: str
    why: Bilingual
    uri: str
    likely: bool


def repairs(code: str, fault: Fault, decode: Decode) -> tuple[Repair, ...]:
    """Return what ``code``, refused with ``fault``, may have been meant to be; the likeliest first."""
    found: dict[str, Repair] = {}
    seen = {code}
    for tries, (text, why, likely) in enumerate(_candidates(code, fault)):
        if tries >= _TRIES or sum(repair.likely for repair in found.values()) >= MOST:
            break
        if text in seen or not text:
            continue
        seen.add(text)
        try:
            decoded = decode(text)
        except Fault:
            continue
        uri = decoded.identity.uri
        if uri not in found or (likely and not found[uri].likely):
            found[uri] = Repair(text, why, uri, likely)
    return tuple(sorted(found.values(), key=lambda repair: not repair.likely))


def _candidates(code: str, fault: Fault) -> Iterator[Candidate]:
    """Yield repaired texts, the likeliest kinds first."""
    at = int(fault.at[5:]) - 1 if fault.at is not None and fault.at.startswith("char ") else 0
    return chain(
        _of_input(code),
        _of_fault(code, fault, at),
        _of_letters(code),
        _of_address(code),
        _of_check(code, fault, at),
        _of_separators(code, fault),
    )


def _of_input(code: str) -> Iterator[Candidate]:
    """Undo what keyboards and input methods do to a whole text."""
    if _WRITTEN_GS.search(code):
        yield _WRITTEN_GS.sub(GS, code), _WRONG_SEPARATOR, True
    plain = code.translate(_CHINESE)
    yield plain, _PUNCTUATION, True
    if code.swapcase() != code:
        yield code.swapcase(), _SWAPPED_CASE, True
    if any(character in "!@#$%^&*" for character in code):
        yield code.translate(_SHIFTED), _SHIFT_HELD, True
        yield code.translate(_SHIFTED).swapcase(), _SHIFT_HELD, True
    if not code.isascii() or code[:1] in "&\"'(-_":
        yield code.translate(_FRENCH), _SHIFT_HELD, True
    yield _GLUE.sub("", code), _BLANKS, True


def _of_fault(code: str, fault: Fault, at: int) -> Iterator[Candidate]:
    """Undo what the fault itself points at."""
    if fault.kind is faults.MISSING_SEPARATOR:
        yield code[:at] + GS + code[at:], _SEPARATOR, True
    if fault.kind is faults.VALUE_LENGTH:
        expected, length = str(fault.params["expected"]), int(str(fault.params["length"]))
        if expected.isdigit() and length < int(expected):
            yield code[:at] + "0" * (int(expected) - length) + code[at:], _ZEROS, True
    if fault.kind is faults.IMPOSSIBLE_DATE:
        given = str(fault.params["given"])
        if len(given) == 6 and code[at : at + 6] == given:
            first, second, third = given[:2], given[2:4], given[4:]
            for order in (third + second + first, third + first + second, first + third + second):
                yield code[:at] + order + code[at + 6 :], _DATE, True


def _of_letters(code: str) -> Iterator[Candidate]:
    """Put digits where letters look like them: everywhere, in the number at the front, or in one stretch."""
    whole = code.translate(_LETTERS_FOR_DIGITS)
    if whole == code:
        return
    yield whole, _LETTER, True
    for match in re.finditer(r"[0-9OoQDIilZzSsBGg]{2,}", code):
        digits = match[0].translate(_LETTERS_FOR_DIGITS)
        yield code[: match.start()] + digits + code[match.end() :], _LETTER, True
        for length in (16, 20, 18, 14, 4):
            head = match[0][:length].translate(_LETTERS_FOR_DIGITS)
            yield code[: match.start()] + head + code[match.start() + len(head) :], _LETTER, True


def _of_address(code: str) -> Iterator[Candidate]:
    if _HOST.fullmatch(code):
        yield f"https://{code}", _ADDRESS, True
    match = _SLASHED.match(code)
    if match is not None:
        yield f"{match[1].lower()}://{code[match.end() :].replace(chr(92), '/')}", _ADDRESS, True


def _of_check(code: str, fault: Fault, at: int) -> Iterator[Candidate]:
    """Undo one slip where a check digit is wrong: neighbours swapped, one character misread, the check itself."""
    given = str(fault.params.get("given", ""))
    if "found" not in fault.params or len(given) < 2:
        return
    start = next((i for i in (at - len(given) + 1, code.find(given)) if i >= 0 and code.startswith(given, i)), -1)
    if start < 0:
        start = code.find(given.lstrip("0"))
        given = given.lstrip("0")
    if start < 0 or not given:
        return
    head, tail = code[:start], code[start + len(given) :]
    for i in range(len(given) - 1):
        if given[i] != given[i + 1]:
            yield f"{head}{given[:i]}{given[i + 1]}{given[i]}{given[i + 2 :]}{tail}", _SWAP, True
    expected, place = str(fault.params["expected"]), at - start
    if 0 <= place < len(given):
        yield f"{head}{given[:place]}{expected}{given[place + len(expected) :]}{tail}", _CHECK, True
    for i, character in enumerate(given):
        for other in _ALIKE.get(character, ""):
            yield f"{head}{given[:i]}{other}{given[i + 1 :]}{tail}", _DIGIT, False
    if given.isdigit():
        for i, character in enumerate(given):
            for other in "0123456789":
                if other != character:
                    yield f"{head}{given[:i]}{other}{given[i + 1 :]}{tail}", _DIGIT, False


def _of_separators(code: str, fault: Fault) -> Iterator[Candidate]:
    """Try a separator at every place where a common identifier could begin, then everywhere else."""
    if GS in code[1:] and fault.kind is not faults.UNKNOWN_AI:
        return
    if fault.kind not in _LOSSES:
        return
    places = range(4, min(len(code), 120))
    common = [i for i in places if code.startswith(_COMMON, i)]
    for i in common:
        yield code[:i] + GS + code[i:], _SEPARATOR, True
    for i in places:
        yield code[:i] + GS + code[i:], _SEPARATOR, False
