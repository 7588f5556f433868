"""Exported files between their making and their download: kept a quarter of an hour, for whoever made them."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from suyuan.chassis.settings import settings
from suyuan.kernel.principals import Principal

KEPT_SECONDS = 900.0
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to download. ``owner`` tells who made it: a person's number, or the name of a token."""

    id: str
    name: str
    media_type: str
    owner: str
    bytes: int = 0


def _folder(who: Principal) -> Path:
    return settings().data / "run" / "exports" / str(who.tenant_id)


def owner_of(who: Principal) -> str:
    """Return how a maker of files is told from others of the tenant."""
    return f"{who.via}:{who.user_id or who.name}"


def new_file(who: Principal, name: str, media_type: str) -> tuple[ExportFile, Path]:
    """Return a place to write a file to; what is too old goes."""
    folder = _folder(who)
    forget_old(folder)
    file = ExportFile(secrets.token_urlsafe(16), name, media_type, owner_of(who))
    place = folder / file.id
    place.mkdir(parents=True, mode=0o700)
    return file, place / "content"


def finish(who: Principal, file: ExportFile) -> ExportFile:
    """Make a written file ready to be fetched."""
    place = _folder(who) / file.id
    whole = ExportFile(file.id, file.name, file.media_type, file.owner, (place / "content").stat().st_size)
    (place / "about.json").write_text(json.dumps(asdict(whole)), encoding="utf-8")
    return whole


def discard(who: Principal, file: ExportFile) -> None:
    """Remove a file that was not finished."""
    shutil.rmtree(_folder(who) / file.id, ignore_errors=True)


def find(who: Principal, identity: str) -> tuple[ExportFile, Path] | None:
    """Return a finished file of this maker; None where there is none, or it has been kept long enough."""
    place = _folder(who) / identity
    if not _ID.fullmatch(identity) or not (place / "about.json").is_file():
        return None
    file = ExportFile(**json.loads((place / "about.json").read_text(encoding="utf-8")))
    aged = time.time() - (place / "about.json").stat().st_mtime > KEPT_SECONDS
    return None if aged or file.owner != owner_of(who) else (file, place / "content")


def forget_old(folder: Path) -> None:
    """Remove what nobody fetched in time."""
    for place in folder.glob("*"):
        if time.time() - place.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
