"""Withholding fields (ADR-0032): what passes here on its way to JSON leaves without what its reader may not see.

The edge says who reads (:func:`telling`). Contracts mark fields with their group (``suyuan.kernel.disclosure``);
:func:`cut` blanks those that are closed, :func:`refuse_asked` refuses a question that is asked by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from suyuan.chassis.database import in_transaction, tx
from suyuan.kernel.disclosure import FIELD_GROUPS, FieldGroup, closed_to, require_sight, sees
from suyuan.kernel.faults import Language
from suyuan.kernel.principals import Principal

HEADER: Final = "Suyuan-Withheld"
"""Names the groups that were left out of an answer: ``people, measured``."""
T = TypeVar("T")
Groups = frozenset[FieldGroup]
_PLAIN: Final = frozenset({str, int, float, bool, bytes, Decimal, datetime, date, time, timedelta, UUID, NoneType})
_NONE: Final[Groups] = frozenset()


@dataclass(slots=True)
class Disclosure:
    """One answer on its way to ``reader`` (None: nobody is known, the operation is open to all).

    ``cut``: something passed through :func:`passed`; ``withheld``: the groups it was cut by.
    """

    reader: Principal | None = None
    cut: bool = False
    withheld: set[FieldGroup] = field(default_factory=set)

    @property
    def closed(self) -> Groups:
        """The groups that the reader may not see."""
        return _NONE if self.reader is None else closed_to(self.reader)

    def header(self) -> str:
        """Return what :data:`HEADER` says; empty where nothing was left out."""
        return ", ".join(group.name for group in FIELD_GROUPS if group in self.withheld)


_current: ContextVar[Disclosure | None] = ContextVar("suyuan_disclosure", default=None)


@contextmanager
def telling(reader: Principal | None) -> Iterator[Disclosure]:
    """Have what is told inside leave as ``reader`` may see it."""
    made = Disclosure(reader)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def disclosure() -> Disclosure:
    """Return the answer being made; outside a request, one to whom the open transaction belongs."""
    return _current.get() or Disclosure(tx().principal if in_transaction() else None)


def passed(value: T) -> T:
    """Return a contract, or mappings and lists of contracts, as the reader of this answer may see it."""
    current = disclosure()
    current.cut = True
    closed = current.closed
    if not closed:
        return value
    made: T = cut(value, closed, current.withheld)
    return made


def left_out(reader: Principal, group: FieldGroup) -> bool:
    """Tell whether an answer to ``reader`` leaves ``group`` out; if so, the answer says it."""
    if sees(reader, group):
        return False
    disclosure().withheld.add(group)
    return True


def stand_in(language: Language, *groups: FieldGroup) -> str:
    """Return what a file says in place of a value that may have been left out; nothing where nothing was."""
    if disclosure().withheld.isdisjoint(groups):
        return ""
    return "无权查看" if language == "zh" else "withheld"


def left_out_note(language: Language) -> str:
    """Return the sentence by which a file says what was left out of it; empty where nothing was."""
    groups = [group.title.render(language) for group in FIELD_GROUPS if group in disclosure().withheld]
    if not groups:
        return ""
    if language == "zh":
        return f"已略去您无权查看的：{'、'.join(groups)}。"
    return f"Left out, not yours to see: {', '.join(groups)}."


@cache
def marks_of(kind: Any) -> Mapping[str, Groups]:  # noqa: ANN401 (a class, of one of three makes)
    """Return the marked fields of a data class or structure, by attribute."""
    body = getattr(kind, "model_fields", None)  # of a pydantic body, whose own annotations are no plain ones
    if body is not None:
        found = {name: _groups(each.metadata) for name, each in body.items()}
    else:
        found = {name: marked(hint) for name, hint in get_type_hints(kind, include_extras=True).items()}
    return {name: groups for name, groups in found.items() if groups}


def marked(hint: Any) -> Groups:  # noqa: ANN401 (any annotation)
    """Return the groups that an annotation names."""
    return _groups(hint.__metadata__) if get_origin(hint) is Annotated else _NONE


def _groups(metadata: Iterable[object]) -> Groups:
    return frozenset(each for each in metadata if isinstance(each, FieldGroup))


def cut(value: Any, closed: Groups, withheld: set[FieldGroup]) -> Any:  # noqa: ANN401 (any contract)
    """Return ``value``, its contracts without what belongs to ``closed``; note in ``withheld`` what was left out."""
    if isinstance(value, str | bytes | msgspec.Raw) or value is None:
        return value
    if isinstance(value, Mapping):
        return {name: cut(each, closed, withheld) for name, each in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [cut(each, closed, withheld) for each in value]
    kind: Any = type(value)
    if isinstance(value, type) or not _is_contract(kind) or not _may_hold(kind):
        return value
    return _cut_fields(value, closed, withheld)


def _cut_fields(value: Any, closed: Groups, withheld: set[FieldGroup]) -> Any:  # noqa: ANN401 (any contract)
    kind: Any = type(value)
    marks, changed = marks_of(kind), {}
    for name in _attributes(kind):
        shut = marks.get(name, _NONE) & closed
        withheld |= shut
        inner = getattr(value, name)
        left = _blanks(kind)[name] if shut else cut(inner, closed, withheld)
        if left is not inner:
            changed[name] = left
    if not changed:
        return value
    return msgspec.structs.replace(value, **changed) if isinstance(value, msgspec.Struct) else replace(value, **changed)


@cache
def _may_hold(kind: Any) -> bool:  # noqa: ANN401 (a class, of one of three makes)
    """Tell whether a marked field may stand anywhere in a contract: where not, it need not be looked through."""
    return _holds(kind, set())


def _holds(hint: Any, seen: set[Any]) -> bool:  # noqa: ANN401 (any annotation)
    if hint in _PLAIN or hint in seen or get_origin(hint) is Literal:
        return False
    if marked(hint):
        return True
    parts = get_args(hint)
    if parts:
        return any(_holds(part, seen) for part in parts if part is not Ellipsis and not _is_metadata(hint, part))
    if not isinstance(hint, type) or hint is object:
        return True  # anything at all
    if issubclass(hint, Enum):
        return False
    if not _is_contract(hint):
        return True
    seen.add(hint)
    return any(_holds(inner, seen) for inner in get_type_hints(hint, include_extras=True).values())


def _is_metadata(hint: Any, part: object) -> bool:  # noqa: ANN401 (any annotation)
    return get_origin(hint) is Annotated and part is not get_args(hint)[0]


@cache
def _blanks(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401 (a class, of one of three makes)
    """Return what stands in place of each marked field."""
    hints = get_type_hints(kind)
    return {name: blank(hints[name]) for name in marks_of(kind)}


def blank(hint: Any) -> Any:  # noqa: ANN401 (any annotation)
    """Return the emptiest value that an annotation allows: null, 0 (of a number in a list), nothing in a list or text.

    :raises TypeError: where every value would say something.
    """
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return blank(parts[0])
    if hint is Any or hint is type(None) or type(None) in parts:
        return None
    whole = origin or hint
    if whole in (str, int):
        return whole()
    if isinstance(whole, type) and issubclass(whole, Mapping):
        return {}
    if isinstance(whole, type) and issubclass(whole, Sequence | set | frozenset):
        return ()
    if isinstance(whole, type) and is_dataclass(whole):
        hints = get_type_hints(whole)
        return whole(**{each.name: blank(hints[each.name]) for each in fields(whole)})
    raise TypeError(f"a withheld {hint} would still say something: let it be null")


def refuse_asked(asked: Mapping[str, object], marks: Mapping[str, Groups], reader: Principal) -> None:
    """Refuse a question by fields that ``reader`` may not see: what it names would tell what was left out.

    ``asked`` are an operation's arguments; ``marks`` the marked ones. Bodies are looked into.

    :raises Fault: ``kernel.fields_withheld``.
    """
    if not closed_to(reader):
        return
    for name, value in asked.items():
        if not _empty(value):
            require_sight(reader, *marks.get(name, ()))
            for groups in _asked_inside(value):
                require_sight(reader, *groups)


def _asked_inside(value: object) -> Iterator[Groups]:
    kind: Any = type(value)
    if isinstance(value, list | tuple):
        for each in value:
            yield from _asked_inside(each)
    elif _is_contract(kind):
        marks = marks_of(kind)
        for name in _attributes(kind):
            inner = getattr(value, name)
            if name in marks and _named(value, name, inner):
                yield marks[name]
            yield from _asked_inside(inner)


def _named(asked: Any, name: str, value: object) -> bool:  # noqa: ANN401 (a contract, of one of three makes)
    """Tell whether a question names a field: it is in a body with another value than it has by itself."""
    body = getattr(asked, "model_fields_set", None)
    if body is None:
        return not _empty(value)
    return name in body and value != type(asked).model_fields[name].default


def _is_contract(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, msgspec.Struct) or hasattr(kind, "model_fields")


@cache
def _attributes(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 (a contract's class, of one of three makes)
    if hasattr(kind, "model_fields"):
        return tuple(kind.model_fields)
    if issubclass(kind, msgspec.Struct):
        return tuple(kind.__struct_fields__)
    return tuple(each.name for each in fields(kind))


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, Sequence | Mapping) and not value)
