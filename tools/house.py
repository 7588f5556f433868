"""Import contracts of our own, run by import-linter beside its built-in ones (see .importlinter).

A *module* is a child of ``suyuan`` (``suyuan.trace``) or, where the child is only a shelf, a child of that
(``suyuan.integration.epcis``). A *part* is a module's child: ``api``, ``store``, ``web``, …
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

ROOT = "suyuan"
PARTS: dict[str, int] = {
    "tests": 9,
    "wiring": 8,
    "web": 7,
    "jobs": 7,
    "admin": 7,
    "api": 6,
    "store": 5,
    "migrations": 5,
    "models": 4,
    "domain": 3,
    "contracts": 2,
}
"""Every part a module may have, with its height; imports go to lower parts, or stay within one."""


class Place(NamedTuple):
    """Where a Python module stands: its module (``trace``, ``integration.epcis``) and its part, if it is inside one."""

    module: str
    part: str | None


def place_of(name: str, shelves: Set[str]) -> Place | None:
    """Return the place of a dotted name inside the house; None for the root and for names outside."""
    steps = name.split(".")
    if steps[0] != ROOT or len(steps) < 2:
        return None
    # a shelf may also have parts of its own, shared by what stands on it
    on_shelf = steps[1] in shelves and len(steps) > 2 and steps[2] not in PARTS
    depth = 3 if on_shelf else 2
    return Place(".".join(steps[1:depth]), steps[depth] if len(steps) > depth else None)


def _imports(graph: ImportGraph, shelves: Set[str]) -> Iterator[tuple[str, Place, str, Place]]:
    for importer in sorted(graph.modules):
        here = place_of(importer, shelves)
        if here is None:
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            there = place_of(imported, shelves)
            if there is not None:
                yield importer, here, imported, there


class _HouseContract(Contract):
    """A contract whose breaches are sentences."""

    shelves = fields.SetField(subfield=fields.StringField(), required=False)
    exempt = fields.SetField(subfield=fields.StringField(), required=False)

    def breaches(self, graph: ImportGraph) -> Iterator[str]:
        """Yield one sentence for each breach."""
        raise NotImplementedError(type(self).__name__)

    def names(self, field: str) -> Set[str]:
        """Return an optional set field, empty where it was left out."""
        return getattr(self, field, None) or frozenset()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect the breaches."""
        found = list(self.breaches(graph))
        return ContractCheck(kept=not found, metadata={"breaches": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the breaches."""
        for sentence in check.metadata["breaches"]:
            output.print_error(sentence)


class DoorContract(_HouseContract):
    """Rule 2: outsiders import a module's ``api`` and ``contracts`` only; only ``entry`` imports ``wiring``.

    ``exempt`` names modules that have no door (kernel, chassis). What lies on the same shelf is an outsider too.
    """

    def breaches(self, graph: ImportGraph) -> Iterator[str]:
        """Yield the imports that reach past a door."""
        shelves, exempt = self.names("shelves"), self.names("exempt")
        for importer, here, imported, there in _imports(graph, shelves):
            if here.module == there.module or there.module.split(".")[0] in exempt or there.part is None:
                continue
            if here.part == "tests":  # what a test looks at is no dependency of the product
                continue
            open_to_all = there.part in {"api", "contracts"}
            wired = there.part == "wiring" and here.module == "entry"
            if not (open_to_all or wired):
                yield f"{importer} reaches past the door into {imported}"


class InsideContract(_HouseContract):
    """Inside every module the same parts, in the same order, and no others (DESIGN, The house)."""

    def breaches(self, graph: ImportGraph) -> Iterator[str]:
        """Yield parts with unknown names, and imports that climb or cross."""
        shelves, exempt = self.names("shelves"), self.names("exempt")
        for name in sorted(graph.modules):
            place = place_of(name, shelves)
            if place and place.part and place.module.split(".")[0] not in exempt and place.part not in PARTS:
                yield f"{name}: a module has no part called {place.part}; it has {', '.join(PARTS)}"
        for importer, here, imported, there in _imports(graph, shelves):
            if here.module != there.module or here.module.split(".")[0] in exempt or here.part == there.part:
                continue
            mine, theirs = PARTS.get(here.part or ""), PARTS.get(there.part or "")
            if mine is not None and theirs is not None and theirs >= mine:
                yield f"{importer} ({here.part}) must not import {imported} ({there.part})"


class OwnApiContract(_HouseContract):
    """Rule 4: ``web`` calls its own ``api``: never tables, never rules, never another module's ``api``."""

    def breaches(self, graph: ImportGraph) -> Iterator[str]:
        """Yield the imports of ``web`` that are not its own api, contracts of a module, or an exempt module."""
        shelves, exempt = self.names("shelves"), self.names("exempt")
        for importer, here, imported, there in _imports(graph, shelves):
            if (
                here.part != "web"
                or here.module in exempt
                or there.module.split(".")[0] in exempt
                or there.part is None
            ):
                continue
            allowed = {"web", "api", "contracts"} if here.module == there.module else {"contracts"}
            if there.part not in allowed:
                yield f"{importer} must go through {here.module}.api, not {imported}"
