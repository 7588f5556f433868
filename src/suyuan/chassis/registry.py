"""What modules register upward: permissions, outbox subscribers, hot routes, kinds of definitions.

Filled by ``wiring`` at start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.chassis.http import HotRoute
from suyuan.chassis.jobs import Job
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.kernel.principals import Permission

Deliver = Callable[[Sequence[Mapping[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Receives a topic's messages of one tenant in order, in batches, inside that tenant's transaction.

    Delivery and the read position commit together, so a read model in this database sees each message exactly once.
    ``batch`` is the most messages of one transaction: 1 where each of them is much work. A round follows the one before
    no sooner than ``gather`` seconds: a stream of scans is delivered by the dozen, a lone one at once.
    """

    name: str
    topic: str
    deliver: Deliver
    batch: int = 200
    gather: float = 0.5


def _nothing_to_say(_: Any) -> Sequence[Fault]:  # noqa: ANN401 (the body of any kind)
    return ()


def _nothing_in_the_way(_key: str, _version: int, _body: Any) -> None:  # noqa: ANN401 (the body of any kind)
    return None


@dataclass(frozen=True, slots=True)
class DefinitionKind:
    """A kind of no-code artefact. ``model`` is a msgspec type: its JSON schema is published, every body is read by it.

    ``check`` says what is wrong with a body beyond its shape (``at`` is a JSON pointer); a draft may have such faults,
    a published version may not. ``before_publish`` gets key, number and body of a version about to be published, in
    the same transaction, and may refuse. List entries that have an ``id`` are told apart by it in comparisons.
    """

    name: str
    title: Bilingual
    model: Any
    check: Callable[[Any], Sequence[Fault]] = _nothing_to_say
    before_publish: Callable[[str, int, Any], None] = _nothing_in_the_way


@dataclass(frozen=True, slots=True)
class Expendable:
    """A kind of record that need not be kept for ever: rows of ``table``, told apart by the column ``key``.

    ``at``, ``text`` and ``only`` are SQL over the row ``t``: when it was made, what a legal hold looks for its subject
    in, and which rows may go at all. ``leaf``: the letter of the log's leaves that seal them. ``at_once``: how many are
    removed in one transaction, which holds them in memory. ``locking``: what says that a row is wanted still locks it,
    and so does the removal.
    """

    kind: str
    title: Bilingual
    table: str
    at: str
    least_days: int
    text: str = "t::text"
    only: str = "true"
    leaf: str = ""
    key: str = "id"
    at_once: int = 2000
    locking: bool = False


@dataclass(frozen=True, slots=True)
class MailTopic:
    """What mail can be about, for each person to choose. ``permission``: the right that lets one choose it; empty: any.

    ``chosen``: whether they get it who have not chosen.
    """

    name: str
    title: Bilingual
    permission: str = ""
    chosen: bool = False


class Registry:
    """One process's registrations. A name registered twice is a fault of ours and stops the start."""

    def __init__(self) -> None:
        self._permissions: dict[str, Permission] = {}
        self._subscribers: dict[str, Subscriber] = {}
        self._routes: list[HotRoute] = []
        self._kinds: dict[str, DefinitionKind] = {}
        self._jobs: dict[str, Job] = {}
        self._execution_checks: list[Callable[[], Any]] = []
        self._binding_checks: list[Callable[[], Any]] = []
        self._team_lists: list[Callable[[], Mapping[str, str]]] = []
        self._expendables: dict[str, Expendable] = {}
        self._import_targets: dict[str, Any] = {}
        self._mail_topics: dict[str, MailTopic] = {}

    def add_permissions(self, permissions: Sequence[Permission]) -> None:
        """Make rights known, so that roles can hold them."""
        for permission in permissions:
            if permission.name in self._permissions:
                raise ValueError(f"permission {permission.name} is registered twice")
            self._permissions[permission.name] = permission

    def subscribe(self, subscriber: Subscriber) -> None:
        """Have ``subscriber`` receive its topic from the durable outbox."""
        if subscriber.name in self._subscribers:
            raise ValueError(f"subscriber {subscriber.name} is registered twice")
        self._subscribers[subscriber.name] = subscriber

    def add_routes(self, routes: Sequence[HotRoute]) -> None:
        """Serve ``routes`` natively in ASGI."""
        self._routes.extend(routes)

    def add_definition_kinds(self, kinds: Sequence[DefinitionKind]) -> None:
        """Let people define artefacts of these kinds."""
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"definition kind {kind.name} is registered twice")
            self._kinds[kind.name] = kind

    def add_jobs(self, jobs: Sequence[Job]) -> None:
        """Let the worker do these jobs, later or by the clock."""
        for job in jobs:
            if job.name in self._jobs:
                raise ValueError(f"job {job.name} is registered twice")
            self._jobs[job.name] = job

    def add_execution_checks(self, makers: Sequence[Callable[[], Any]]) -> None:
        """Have what these make (``suyuan.capture.contracts.execution``) judge every entry before it is recorded."""
        self._execution_checks.extend(makers)

    def add_binding_checks(self, makers: Sequence[Callable[[], Any]]) -> None:
        """Have what these make (``suyuan.coding.contracts.binding_checks``) judge every binding first."""
        self._binding_checks.extend(makers)

    def add_team_lists(self, lists: Sequence[Callable[[], Mapping[str, str]]]) -> None:
        """Have people told by the teams that these return: persons' URIs to what their team is called."""
        self._team_lists.extend(lists)

    def add_expendables(self, kinds: Sequence[Expendable]) -> None:
        """Let people set how long records of these kinds are kept."""
        for kind in kinds:
            if kind.kind in self._expendables:
                raise ValueError(f"expendable {kind.kind} is registered twice")
            self._expendables[kind.kind] = kind

    def add_import_targets(self, targets: Sequence[Any]) -> None:
        """Let people import tables into these (``suyuan.capture.contracts.import_targets``), by their ``key``."""
        for target in targets:
            if target.key in self._import_targets:
                raise ValueError(f"import target {target.key} is registered twice")
            self._import_targets[target.key] = target

    @property
    def import_targets(self) -> Mapping[str, Any]:
        """What tables can be imported into beside trace nodes, by key."""
        return self._import_targets

    def add_mail_topics(self, topics: Sequence[MailTopic]) -> None:
        """Let people choose mail about these."""
        for topic in topics:
            if topic.name in self._mail_topics:
                raise ValueError(f"mail topic {topic.name} is registered twice")
            self._mail_topics[topic.name] = topic

    @property
    def mail_topics(self) -> Mapping[str, MailTopic]:
        """Everything that mail can be about, by name."""
        return self._mail_topics

    @property
    def expendables(self) -> Mapping[str, Expendable]:
        """Every kind of record that a retention can be set for, by name."""
        return self._expendables

    @property
    def execution_checks(self) -> Sequence[Callable[[], Any]]:
        """Every maker of execution checks."""
        return tuple(self._execution_checks)

    @property
    def binding_checks(self) -> Sequence[Callable[[], Any]]:
        """Every maker of checks of packing, unpacking and moving."""
        return tuple(self._binding_checks)

    @property
    def team_lists(self) -> Sequence[Callable[[], Mapping[str, str]]]:
        """Everything that tells who is in which team."""
        return tuple(self._team_lists)

    @property
    def types(self) -> Sequence[Any]:
        """Every msgspec type that the interface describes."""
        described = (model for route in self._routes for model in (route.takes, route.answers) if model is not None)
        return tuple(dict.fromkeys(described))

    @property
    def jobs(self) -> Sequence[Job]:
        """Every job."""
        return tuple(self._jobs.values())

    @property
    def definition_kinds(self) -> Mapping[str, DefinitionKind]:
        """Every kind of definition by name."""
        return self._kinds

    @property
    def permissions(self) -> Mapping[str, Permission]:
        """Every known right by name."""
        return self._permissions

    @property
    def subscribers(self) -> Sequence[Subscriber]:
        """Every outbox subscriber."""
        return tuple(self._subscribers.values())

    @property
    def routes(self) -> Sequence[HotRoute]:
        """Every hot route."""
        return tuple(self._routes)


registry = Registry()
