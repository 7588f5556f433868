"""What modules register upward: permissions, outbox subscribers, hot routes. Filled by ``wiring`` at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.chassis.http import HotRoute
from suyuan.kernel.principals import Permission

Deliver = Callable[[Sequence[Mapping[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Receives a topic's messages of one tenant in order, in batches, inside that tenant's transaction.

    Delivery and the read position commit together, so a read model in this database sees each message exactly once.
    ``batch`` is the most messages of one transaction: 1 where each of them is much work.
    """

    name: str
    topic: str
    deliver: Deliver
    batch: int = 200


class Registry:
    """One process's registrations. A name registered twice is a fault of ours and stops the start."""

    def __init__(self) -> None:
        self._permissions: dict[str, Permission] = {}
        self._subscribers: dict[str, Subscriber] = {}
        self._routes: list[HotRoute] = []

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
