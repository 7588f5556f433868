"""Where checkpoints go outside: set up, and sent in three steps so that no transaction waits for another server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.compliance.api.log import origin
from suyuan.compliance.contracts import PLACE_INVALID, SETTINGS, CheckpointInfo, CheckpointPlace, PlaceKind, TimeStamp
from suyuan.compliance.store import checkpoints, outside
from suyuan.compliance.store import places as store
from suyuan.compliance.store.outside.folder import allowed_roots, is_allowed, kept_in_folder
from suyuan.compliance.store.outside.web import checked_url


@dataclass(frozen=True, slots=True)
class Errand:
    """One sending, with all that it needs outside a transaction."""

    place: CheckpointPlace
    secret: str
    origin: str
    checkpoint: CheckpointInfo


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sending."""

    place_id: int
    checkpoint: int
    good: bool
    said: str
    proof: bytes | None


def list_places() -> Sequence[CheckpointPlace]:
    """Return the places outside, by name, with their last sendings."""
    return store.listed()


def place(place_id: int) -> CheckpointPlace:
    """Return one place.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.listed(place_id)
    if not found:
        raise NOT_FOUND(what=place_id)
    return found[0]


def add_place(
    kind: PlaceKind, name: str, options: Mapping[str, str], secret: str | None, every_minutes: int
) -> CheckpointPlace:
    """Keep a new place.

    :raises Fault: ``compliance.place_invalid``, ``compliance.place_name_taken``.
    """
    if not name.strip():
        raise PLACE_INVALID(at="/name", field="name", given=name, allowed="1–80")
    checked = _checked(kind, options)
    return place(store.add(kind, name.strip(), checked, secret, _minutes(every_minutes)))


def change_place(place_id: int, values: Mapping[str, Any]) -> CheckpointPlace:
    """Change what is given of ``settings``, ``secret``, ``every_minutes``, ``active``.

    :raises Fault: ``chassis.not_found``, ``compliance.place_invalid``.
    """
    known = place(place_id)
    wanted = dict(values)
    if "settings" in wanted:
        wanted["settings"] = _checked(known.kind, wanted["settings"])
    if "every_minutes" in wanted:
        _minutes(wanted["every_minutes"])
    store.change(place_id, wanted)
    return place(place_id)


def remove_place(place_id: int) -> None:
    """Forget a place.

    :raises Fault: ``chassis.not_found``.
    """
    place(place_id)
    store.remove(place_id)


def _minutes(given: int) -> int:
    if not 1 <= given <= 10_080:
        raise PLACE_INVALID(at="/every_minutes", field="every_minutes", given=given, allowed="1–10080")
    return given


def _checked(kind: PlaceKind, options: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that are not empty, once all that are needed are there and nothing else."""
    given = {name: value.strip() for name, value in options.items() if value.strip()}
    needed, possible = SETTINGS[kind]
    for name in needed:
        if name not in given:
            raise PLACE_INVALID(at=f"/settings/{name}", field=name, given="", allowed="…")
    for name, value in given.items():
        if name not in (*needed, *possible):
            raise PLACE_INVALID(at=f"/settings/{name}", field=name, given=value, allowed=", ".join(needed + possible))
    if "url" in given:
        try:
            checked_url(given["url"])
        except (OSError, ValueError) as error:
            raise PLACE_INVALID(at="/settings/url", field="url", given=given["url"], allowed=str(error)) from error
    if kind is PlaceKind.FOLDER and not is_allowed(given["path"]):
        roots = ", ".join(str(root) for root in allowed_roots())
        raise PLACE_INVALID(at="/settings/path", field="path", given=given["path"], allowed=roots)
    if given.get("security", "starttls") not in {"starttls", "tls", "none"}:
        allowed = "starttls, tls, none"
        raise PLACE_INVALID(at="/settings/security", field="security", given=given["security"], allowed=allowed)
    if "port" in given and not given["port"].isdecimal():
        raise PLACE_INVALID(at="/settings/port", field="port", given=given["port"], allowed="1–65535")
    return given


def errands(place_id: int | None = None) -> list[Errand]:
    """Return what is to be sent now: to every place that is due, or to one at once."""
    newest = checkpoints.newest()
    if newest is None:
        return []
    wanted = store.due() if place_id is None else [place_id]
    return [Errand(place(number), store.secret_of(number), origin(), newest) for number in wanted]


def run_errand(errand: Errand) -> Outcome:
    """Send, outside any transaction. Whatever goes wrong is the outcome, not an exception."""
    sending = outside.Sending(errand.origin, errand.checkpoint.number, errand.checkpoint.note)
    outcome = Outcome(errand.place.id, errand.checkpoint.number, True, "", None)
    try:
        said, proof = outside.send(errand.place.kind, errand.place.settings, errand.secret, sending)
    except Exception as error:
        return replace(outcome, good=False, said=f"{type(error).__name__}: {error}")
    return replace(outcome, said=said, proof=proof)


def note_outcome(outcome: Outcome) -> None:
    """Keep what became of a sending."""
    store.note_delivery(outcome.place_id, outcome.checkpoint, outcome.good, outcome.said, outcome.proof)


def copies_outside() -> list[str]:
    """Return the checkpoints that lie in folders outside, for a verification to compare."""
    found: list[str] = []
    for each in store.listed():
        if each.kind is PlaceKind.FOLDER:
            try:
                found += kept_in_folder(each.settings["path"], origin())
            except (OSError, ValueError):
                continue  # the place is away: its last sending says so
    return found


def time_stamps(upto: int | None = None, limit: int = 1) -> Sequence[TimeStamp]:
    """Return the newest RFC 3161 time stamps over checkpoints numbered ``upto`` or below."""
    return store.time_stamps(upto, limit)
