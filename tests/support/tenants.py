"""Fresh tenants for tests."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from suyuan.chassis.database import Transaction, transaction
from suyuan.chassis.registry import registry
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.kernel.principals import Grant, Principal
from suyuan.tenancy import api as tenancy
from tests.support.deliveries import deliver

PASSWORD = "correct horse 42"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class TestTenant:
    """A tenant that only this test knows; ``principal`` may do everything in it."""

    __test__ = False
    id: int
    code: str
    principal: Principal

    @contextmanager
    def open(self, *permissions: str) -> Iterator[Transaction]:
        """Open a transaction as a person with these rights, every field open; without any named, as the system."""
        who = self.principal
        if permissions:
            who = Principal(self.id, None, "tester", (Grant(frozenset((*permissions, *ALL_FIELDS))),), "session", "en")
        with transaction(who) as current:
            yield current

    def deliver(self) -> None:
        """Have every registered subscriber receive what waits for this tenant, as the worker would."""
        deliver(self.id)

    def token(self, *permissions: str, site_id: int | None = None, fields: Sequence[str] = ALL_FIELDS) -> str:
        """Return the secret of a token with these rights and those to ``fields``; without any named, with all."""
        held = {*permissions, *fields} if permissions else set(registry.permissions)
        with self.open():
            made = tenancy.make_token("test", held, site_id)
        return made.secret

    def person(
        self,
        login: str = "",
        password: str = PASSWORD,
        *permissions: str,
        fields: Sequence[str] = ALL_FIELDS,
        name: str = "王 小明",
    ) -> str:
        """Make a person with these rights and those to ``fields`` (all, without any named) and return the login."""
        login = login or f"p{next(_numbers)}-{self.code}"
        held = {*permissions, *fields} if permissions else set(registry.permissions)
        with self.open():
            role = tenancy.ensure_role(f"role-{login}", f"role-{login}", held)
            tenancy.ensure_user(login, name, password, roles=[(role, None)])
        return login


def fresh_tenant() -> TestTenant:
    """Make a tenant."""
    code = f"t{os.getpid()}-{next(_numbers)}"
    tenant_id = tenancy.ensure_tenant(code, f"Test {code}")
    return TestTenant(tenant_id, code, Principal(tenant_id, None, "test", via="system"))
