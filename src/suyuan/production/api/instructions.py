"""Work instructions: confirmed at stations, and who has read which revision, and who has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from suyuan.capture.api import importing
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.designer import api as designer
from suyuan.kernel.faults import Language
from suyuan.production.api.checking import name_of
from suyuan.production.api.floor import own_person
from suyuan.production.contracts.execution_faults import INSTRUCTIONS_UNKNOWN
from suyuan.production.contracts.instructions import (
    InstructionRead,
    InstructionReader,
    InstructionReaders,
    InstructionReading,
    InstructionRevision,
    InstructionRevisions,
    NotRead,
)
from suyuan.production.contracts.routes import ROUTE, Operation, revision_of
from suyuan.production.store import instructions as store
from suyuan.production.store import plant
from suyuan.trace import api as trace

RIGHT: Final = "production:order:read"
_MOST_READERS: Final = 5_000
_AHEAD: Final = timedelta(minutes=5)


def confirm(given: InstructionRead) -> None:
    """Note that whoever is signed in has read an operation's instructions.

    :raises Fault: ``production.instructions_unknown`` where no published version of the route has that revision.
    """
    if (given.route, given.operation, given.revision) not in _published():
        raise INSTRUCTIONS_UNKNOWN(
            at="/revision", route=given.route, operation=given.operation, revision=given.revision
        )
    taken = given.taken if given.taken is not None and given.taken <= datetime.now(UTC) + _AHEAD else None
    store.confirm(own_person(), given.route, given.operation, given.revision, given.place or None, taken)


def readers(route: str) -> InstructionReaders:
    """Return who confirmed to have read instructions of a route, newest first."""
    return InstructionReaders(rows=_told(store.readers(route, _MOST_READERS)))


def revisions() -> InstructionRevisions:
    """Return every revision of every operation's instructions, those in force first."""
    crew, counts = _Crew(), store.counts()
    readers_of: dict[tuple[str, str, str], set[str]] = {}
    rows = []
    for key, found in _published().items():
        if found.in_force:
            readers_of[key] = {each.person for each in store.readers(key[0], _MOST_READERS, key[1], key[2])}
        unread = len(crew.of(found.operation).keys() - readers_of.get(key, set())) if found.in_force else 0
        rows.append(found.told(key, counts.get(key, 0), unread))
    return InstructionRevisions(rows=tuple(sorted(rows, key=lambda row: (not row.in_force, row.route, -row.version))))


def reading(route: str, operation: str, revision: str) -> InstructionReading:
    """Return who has read a revision, and who of those who are to do the operation has not.

    :raises Fault: ``chassis.not_found``.
    """
    key = (route, operation, revision)
    found = _published().get(key)
    if found is None:
        raise NOT_FOUND(what=f"{route} {operation} {revision}"[:120])
    read = _told(store.readers(route, _MOST_READERS, operation, revision))
    persons = {each.person for each in read}
    unread = tuple(
        NotRead(person=person, person_name=name_of(person), because=because)
        for person, because in sorted(_Crew().of(found.operation).items())
        if person not in persons
    )
    return InstructionReading(head=found.told(key, len(read), len(unread)), read=read, unread=unread)


def workbook(found: InstructionReading, language: Language) -> bytes:
    """Return who has read a revision, and who has not, as an Excel file; times are UTC."""
    zh = language == "zh"
    heads = ("人员", "姓名", "已读", "时间（UTC）", "地点", "依据") if zh else (
        "Person", "Name", "Read", "Time (UTC)", "Place", "Because")  # fmt: skip
    yes, no = ("是", "否") if zh else ("yes", "no")
    rows = [
        [_code(each.person), each.person_name, yes, each.time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
         each.place_name or "", ""]
        for each in found.read
    ]  # fmt: skip
    rows += [[_code(each.person), each.person_name, no, "", "", each.because] for each in found.unread]
    return importing.written(found.head.operation, [importing.WrittenColumn(head) for head in heads], rows)


def _code(person: str) -> str:
    return person.rsplit(":", 1)[-1]


def _told(rows: list[store.Confirmed]) -> tuple[InstructionReader, ...]:
    places = {each.place for each in rows if each.place}
    names = {each.uri: each.name_zh or each.name_en for each in trace.master_data() if each.uri in places}
    return tuple(
        InstructionReader(
            person=each.person, person_name=name_of(each.person), operation=each.operation, revision=each.revision,
            time=each.taken or each.time, place=each.place,
            place_name=names.get(each.place) or _code(each.place) if each.place else None,
        )
        for each in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Published:
    """The newest version of a route with a revision of an operation's instructions."""

    operation: Operation
    version: int
    in_force: bool
    titles: tuple[str, str]

    def told(self, key: tuple[str, str, str], read: int, unread: int) -> InstructionRevision:
        return InstructionRevision(
            route=key[0], route_zh=self.titles[0], route_en=self.titles[1], operation=key[1],
            operation_zh=self.operation.name_zh, operation_en=self.operation.name_en, revision=key[2],
            version=self.version, in_force=self.in_force, read_required=self.operation.read_required,
            steps=len(self.operation.instructions), read=read, unread=unread,
        )  # fmt: skip


def _published() -> Mapping[tuple[str, str, str], _Published]:
    """Return what is published by (route, operation, revision)."""
    rows, _ = designer.list_definitions(kind=ROUTE, limit=5_000)
    titles = {row.key: (row.title_zh, row.title_en) for row in rows}
    found: dict[tuple[str, str, str], _Published] = {}
    for key, number, current, route in sorted(designer.published_versions(ROUTE), key=lambda row: row[:2]):
        for each in route.operations:
            if each.instructions:
                name = (key, each.id, revision_of(each, number))
                found[name] = _Published(each, number, current, titles.get(key, (key, key)))
    return found


class _Crew:
    """Who is to do operations: whoever holds all their qualifications today; without any, whoever is in a team."""

    def __init__(self) -> None:
        today = datetime.now(UTC).date()
        codes = {each.id: each.code for each in plant.rows(plant.QUALIFICATION) if not each.retired}
        self._held: dict[str, set[str]] = {}
        for each in plant.rows(plant.QUALIFIED):
            begun = each.valid_from <= today
            if begun and (each.valid_to is None or each.valid_to >= today) and each.qualification_id in codes:
                self._held.setdefault(each.person, set()).add(codes[each.qualification_id])
        self._teams = {
            person: team.code for team in plant.rows(plant.TEAM) if not team.retired for person in team.members
        }

    def of(self, operation: Operation) -> Mapping[str, str]:
        """Return by person why they are to do an operation: qualifications, or their team."""
        wanted = set(operation.qualifications)
        if not wanted:
            return self._teams
        because = ", ".join(sorted(wanted))
        return {person: because for person, held in self._held.items() if wanted <= held}
