"""Compare the product's table of application identifiers with GS1's Barcode Syntax Dictionary.

The dictionary is GS1's own file and no part of this project: give its path.

    python tools/compare_ai_table.py gs1-syntax-dictionary.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import ApplicationIdentifier, Charset, Check, Component, any_of

_COMPONENT = re.compile(r"(?P<optional>\[)?(?P<charset>[NXYZ])(?P<upto>\.\.)?(?P<length>\d+)\]?(?P<checks>(?:,\w+)*)")
_FLAGS = re.compile(r"[*?]+")


def read_component(word: str) -> Component | None:
    """Return the component that ``word`` describes (``N13,csum``, ``[X..17]``), None for any other word."""
    match = _COMPONENT.fullmatch(word)
    if match is None:
        return None
    length = int(match["length"])
    checks = tuple(Check(name) for name in match["checks"].split(",") if name)
    return Component(Charset(match["charset"]), 1 if match["upto"] else length, length, checks, bool(match["optional"]))


def read_entry(line: str) -> list[ApplicationIdentifier]:
    """Return the identifiers of one dictionary line; titles are not taken."""
    first, *words = line.partition("#")[0].split()
    flags = words.pop(0) if words and _FLAGS.fullmatch(words[0]) else ""
    components = tuple(component for component in map(read_component, words) if component)
    attributes: dict[str, str] = {}
    for word in words[len(components) :]:
        name, _, value = word.partition("=")
        if name in attributes:
            raise SystemExit(f"{first}: {name} stands twice; this tool and the table take one")
        attributes[name] = value
    link_key = None
    if "dlpkey" in attributes:
        link_key = tuple(tuple(ai for ai in path.split(",") if ai) for path in attributes["dlpkey"].split("|"))
    low, _, high = first.partition("-")
    return [
        ApplicationIdentifier(
            str(ai).zfill(len(low)),
            components,
            "-",
            "-",
            predefined="*" in flags,
            link_attribute="?" in flags,
            requires=any_of(*attributes["req"].split(",")) if "req" in attributes else (),
            excludes=tuple(attributes["ex"].split(",")) if "ex" in attributes else (),
            link_key=link_key,
        )
        for ai in range(int(low), int(high or low) + 1)
    ]


def differences(theirs: ApplicationIdentifier, ours: ApplicationIdentifier | None) -> list[str]:
    """Return one line for each fact in which the two rows differ."""
    if ours is None:
        return [f"({theirs.ai}) is missing"]
    facts = {
        name: (getattr(theirs, name), getattr(ours, name))
        for name in ("components", "predefined", "link_attribute", "link_key")
    }
    facts["requires"] = (set(theirs.requires), set(ours.requires))
    facts["excludes"] = (set(theirs.excludes), set(ours.excludes))
    return [f"({theirs.ai}) {name}: dictionary {a}, table {b}" for name, (a, b) in facts.items() if a != b]


def main(path: str) -> int:
    """Print the differences; return 1 if there are any."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    theirs = {row.ai: row for line in lines if line[:1].isdigit() for row in read_entry(line)}
    found = [text for ai, row in sorted(theirs.items()) for text in differences(row, BY_AI.get(ai))]
    found += [f"({ai}) is not in the dictionary" for ai in sorted(set(BY_AI) - set(theirs))]
    print("\n".join(found) or f"{len(theirs)} application identifiers agree.")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(sys.argv[1]))
