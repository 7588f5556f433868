"""The validator beside another one: bwip-js, which checks the same dictionary with code of its own."""

from __future__ import annotations

from random import Random

from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.element_strings import checked, format_bracketed, parse_bracketed
from suyuan.coding.domain.elements import Element
from suyuan.coding.tests.counterparts import bwip
from suyuan.coding.tests.samples import LETTERS, companions, value_of
from suyuan.kernel.faults import Fault


def accepted(text):
    try:
        checked(parse_bracketed(text))
    except Fault as fault:
        return str(fault)
    return None


def disagreements(texts):
    """Return where the two differ, and all pairs.

    Left out is what bwip-js does not know: AI (03) among the requirements of others, and that a company prefix is made
    of digits.
    """
    texts = [text for text in texts if "(03)" not in text]
    theirs = bwip([{"bcid": "gs1datamatrix", "text": text} for text in texts])
    pairs = [(text, accepted(text), their) for text, their in zip(texts, theirs, strict=True)]
    return [
        pair for pair in pairs if (pair[1] is None) != (pair[2] is None) and "company_prefix" not in str(pair[1])
    ], pairs


def test_what_keeps_the_rules_is_taken_by_both():
    chance = Random(1)
    texts = []
    for ai in BY_AI:
        for _ in range(2):
            elements = [Element(each, value_of(BY_AI[each], chance), 1) for each in companions(ai, chance)]
            texts.append(format_bracketed(elements))
    different, pairs = disagreements(texts)
    assert not different, "\n".join(map(str, different[:25]))
    taken = sum(ours is None for _, ours, _ in pairs)
    assert taken > 0.85 * len(pairs)  # the rest are companions that exclude each other


def test_what_is_damaged_is_refused_by_both():
    chance = Random(2)
    texts = []
    for ai in BY_AI:
        for _ in range(3):
            elements = [Element(each, value_of(BY_AI[each], chance), 1) for each in companions(ai, chance)]
            i = chance.randrange(len(elements))
            texts.append(format_bracketed([*elements[:i], damaged(elements[i], chance), *elements[i + 1 :]]))
    different, pairs = disagreements(texts)
    assert not different, "\n".join(map(str, different[:25]))
    assert sum(ours is not None for _, ours, _ in pairs) > 0.4 * len(pairs)


def damaged(element, chance):
    value = list(element.value)
    i = chance.randrange(len(value))
    letters = LETTERS[BY_AI[element.ai].components[0].charset]
    how = chance.choice(["replace", "drop", "double", "swap"])
    if how == "replace":
        value[i] = chance.choice([letter for letter in letters if letter != value[i]])
    elif how == "drop" and len(value) > 1:
        del value[i]
    elif how == "double":
        value.insert(i, value[i])
    elif i:
        value[i - 1], value[i] = value[i], value[i - 1]
    return element._replace(value="".join(value))


def test_random_companies_are_judged_alike():
    chance = Random(3)
    common = [
        "00",
        "01",
        "02",
        "03",
        "10",
        "17",
        "21",
        "22",
        "37",
        "235",
        "253",
        "254",
        "255",
        "414",
        "8003",
        "8006",
        "8020",
    ]
    texts = []
    for _ in range(1200):
        ais = chance.sample(common, 2) + chance.sample(sorted(BY_AI), chance.randint(0, 1))
        elements = [Element(ai, value_of(BY_AI[ai], chance), 1) for ai in dict.fromkeys(ais)]
        texts.append(format_bracketed(elements))
    different, pairs = disagreements(texts)
    assert not different, "\n".join(map(str, different[:25]))
    assert 100 < sum(ours is None for _, ours, _ in pairs) < 1000
