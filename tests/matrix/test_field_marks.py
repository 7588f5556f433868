"""Marks of fields that a right of their own opens: none is forgotten where a name gives it away, each can be blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES_A_PERSON = ("person", "actor", "login", "signer", "asker", "decider", "reviewer", "writer", "members", "people")
"""Fields that are called so, or end in ``_by``, tell who did something, unless they are listed here with the reason."""
TELLS_NOBODY = {
    "RoleInfo.people": "how many hold the role",
    "Person.login": "its operations need the right to people",
    "Invitation.login": "one's own, by the link that only oneself has",
    "HeldRole.login": "its operations need the right to people",
    "HeldRight.login": "its operations need the right to people",
    "SignInRow.login": "its operation needs the right to people",
    "FloorHolder.person": "the station's own person alone, where people are withheld",
    "Effectiveness.planned_by": "shifts or states",
    "EventDetail.voided_by": "an event",
    "HistoryStep.carried_by": "a container",
}


def test_every_field_that_is_called_after_a_person_is_marked_or_has_its_reason(application) -> None:
    """A guard beside the walk: a field that nobody planted anything in is found by its name."""
    import dataclasses
    import sys

    import msgspec

    from suyuan.chassis.withholding import marks_of
    from suyuan.entry.web.description import document

    schemas = document()["components"]["schemas"]
    told = {
        name
        for path in document()["paths"].values()
        for method, each in path.items()
        if isinstance(each, dict) and "responses" in each
        for name in _named_in({code: said for code, said in each["responses"].items() if code.startswith("2")}, schemas)
    }
    kinds = {
        kind
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").startswith("suyuan.")
        for kind in vars(module).values()
        if isinstance(kind, type) and (dataclasses.is_dataclass(kind) or issubclass(kind, msgspec.Struct))
        and kind.__name__ in told and ".contracts" in kind.__module__
    }  # fmt: skip
    assert len(kinds) > 100
    unmarked = {
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name in kind.__annotations__
        if (name in NAMES_A_PERSON or name.endswith("_by")) and name not in marks_of(kind)
    }
    assert unmarked - TELLS_NOBODY.keys() == set()


def _named_in(part: Any, schemas: Mapping[str, Any], seen: set[str] | None = None) -> set[str]:
    """Return the names of all schemas that a part of the description refers to."""
    found: set[str] = set() if seen is None else seen
    if isinstance(part, dict):
        reference = str(part.get("$ref", "")).rsplit("/", 1)[-1]
        if reference and reference not in found:
            found.add(reference)
            _named_in(schemas[reference], schemas, found)
        for each in part.values():
            _named_in(each, schemas, found)
    elif isinstance(part, list):
        for each in part:
            _named_in(each, schemas, found)
    return found


def test_every_marked_field_can_be_blank(application) -> None:
    import sys

    from suyuan.chassis.withholding import _blanks, _is_contract, marks_of

    blanked = 0
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("suyuan.") and ".contracts" in module.__name__:
            for kind in vars(module).values():
                if isinstance(kind, type) and kind.__module__ == module.__name__ and _is_contract(kind):
                    blanked += len(_blanks(kind)) if marks_of(kind) else 0
    assert blanked > 100
