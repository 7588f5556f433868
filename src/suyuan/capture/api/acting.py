"""Actions of trace nodes: noted with the entry in its transaction, done after it by the worker, told in a log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from suyuan.capture.api.judging import Judged
from suyuan.capture.contracts import actions as faults
from suyuan.capture.contracts.actions import ActionPage, ActionRun, Notice, WebhookSecret
from suyuan.capture.contracts.permissions import ACTIONS, RETRY
from suyuan.capture.domain.actions import scans_of, values_told
from suyuan.capture.store import actions as store
from suyuan.capture.store.calling import secret_of
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.jobs import later
from suyuan.chassis.live import tell_changed
from suyuan.kernel.faults import Bilingual, Language, as_written
from suyuan.tenancy import api as tenancy
from suyuan.tenancy.contracts import News
from suyuan.trace.contracts import CURSOR_INVALID

ACT_JOB: Final = "capture.act"
MESSAGES: Final = "capture.message"
_MOST_NOTICES: Final = 100


def note(judged: Iterable[Judged]) -> None:
    """Note what the actions of recorded entries have to do, and wake the worker; a hold is done with the entry."""
    runs = [run for each in judged if each.actions and each.outcome != "refused" for run in _runs(each)]
    if runs:
        store.insert(runs)
    if any(not run.done for run in runs):
        later(ACT_JOB, {})


def _runs(judged: Judged) -> Iterable[store.NewRun]:
    if judged.entry is None or judged.time is None:
        return
    tenant = tx().principal.tenant_id
    events = tuple(event.event_id for event in judged.events)
    for action in judged.actions:
        scans = scans_of(action, judged.entry)
        payload = {
            "reading": judged.reading.id, "node": judged.reading.node, "version": judged.version,
            "taken": judged.time.isoformat(), "place": judged.place, "person": judged.person,
            "values": values_told(judged.entry), "codes": [raw for raw, _ in scans], "items": [uri for _, uri in scans],
            "events": list(events),
        }  # fmt: skip
        yield store.NewRun(
            uuid5(NAMESPACE_URL, f"suyuan:action:{tenant}:{judged.reading.id}:{action.id}"), judged.reading.id,
            judged.site, judged.reading.node, judged.version, action.id, action.kind, action.settings, payload, events,
            done=action.kind == "hold",
        )  # fmt: skip


def list_actions(language: Language, state: str | None, cursor: str | None, limit: int) -> ActionPage:
    """Return what actions did, newest first: of the sites that the right reaches."""
    after = None
    if cursor:
        time, _, last = cursor.partition("~")
        try:
            after = datetime.fromisoformat(time.replace(" ", "+")), UUID(last)
        except ValueError:
            raise CURSOR_INVALID(at="cursor", given=cursor[:80]) from None
    reached = tx().principal.sites_for(ACTIONS)
    found = store.runs(limit + 1, state=state, sites=None if reached is None else sorted(reached), after=after)
    rows = tuple(_told(run, language) for run in found[:limit])
    more = f"{rows[-1].created.isoformat()}~{rows[-1].id}" if len(found) > limit else None
    return ActionPage(rows=rows, next=more)


def _told(run: store.Run, language: Language) -> ActionRun:
    fault = run.fault or {}
    return ActionRun(
        id=run.id, created=run.created, reading=run.reading, node=run.node, version=run.version, action=run.action,
        kind=run.kind, state=run.state, attempts=run.attempts, due=run.due if run.state == "waiting" else None,
        finished=run.finished, said=run.said, fault=fault.get(f"text_{language}"),
        remedy=fault.get(f"remedy_{language}"), events=tuple(run.events),
    )  # fmt: skip


def retry(run_id: UUID, language: Language) -> ActionRun:
    """Have an action that failed tried again at once.

    :raises Fault: ``capture.action_not_failed``, ``chassis.not_found``.
    """
    reached = tx().principal.sites_for(RETRY)
    found = store.runs(1, run=run_id, sites=None if reached is None else sorted(reached))
    if not found:
        raise NOT_FOUND(what=str(run_id))
    if not store.again(run_id):
        raise faults.NOT_FAILED(state=found[0].state)
    later(ACT_JOB, {})
    return _told(store.runs(1, run=run_id)[0], language)


def webhook_secret() -> WebhookSecret:
    """Return the secret that receivers check signatures by."""
    return WebhookSecret(secret=secret_of(tx().principal.tenant_id))


def notices(language: Language) -> tuple[list[Notice], int]:
    """Return the messages to whoever is signed in, and how many are unread."""
    user = tx().principal.user_id
    if user is None:
        return [], 0
    return store.notices(user, [grant.role_id for grant in tenancy.person(user).roles], _MOST_NOTICES, language)


def tell_people(zh: str, en: str, link: str, roles: Iterable[int], people: Iterable[int]) -> None:
    """Send a message to everybody who holds one of these roles, and to these people; open consoles show it at once.

    :param link: path of the console page that it is about.
    """
    named: list[tuple[int | None, int | None]] = [(role, None) for role in roles]
    named += [(None, person) for person in people]
    numbers = [store.tell(zh, en, link, role, person) for role, person in named]
    if numbers:
        mail_notice(numbers[0], as_written(zh, en), link, named)
    tell_changed("notice", "")


def mail_notice(number: int, text: Bilingual, link: str, addressees: Iterable[tuple[int | None, int | None]]) -> None:
    """Mail a message, too, to those of its (role, person) addressees who chose mail; neither: everybody."""
    named = list(addressees)
    if (None, None) in named:
        readers = [each.id for each in tenancy.people() if each.active]
    else:
        readers = tenancy.holders("", [role for role, _ in named if role is not None])
        readers += [person for _, person in named if person is not None]
    tenancy.tell_by_mail(MESSAGES, readers, News(f"notice {number}", text, text, link))


def note_read(until: int) -> None:
    """Note that whoever is signed in has read messages up to this one."""
    user = tx().principal.user_id
    if user is not None:
        store.note_read(user, until)


def addressees(named: str) -> list[tuple[int | None, int | None]]:
    """Return (role, person) for each name in a list by commas; empty: everybody.

    :raises Fault: ``capture.action_nobody``.
    """
    names: list[Any] = [name.strip() for name in named.replace("，", ",").split(",") if name.strip()]
    if not names:
        return [(None, None)]
    roles = {name.lower(): role.id for role in tenancy.roles() for name in (role.name_zh, role.name_en)}
    people = {name.lower(): each.id for each in tenancy.people() for name in (each.login, each.name)}
    found: list[tuple[int | None, int | None]] = []
    for name in names:
        role, person = roles.get(name.lower()), people.get(name.lower())
        if role is None and person is None:
            raise faults.NOBODY(given=name)
        found.append((role, None if role is not None else person))
    return found
