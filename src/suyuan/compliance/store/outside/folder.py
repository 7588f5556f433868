"""Checkpoints as files in a folder, e.g. on another machine's share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from suyuan.chassis.settings import settings


def allowed_roots() -> list[Path]:
    """Return the folders below which the operator lets tenants keep checkpoints."""
    named = [Path(part) for part in settings().checkpoint_folders.split(os.pathsep) if part]
    return [root.resolve() for root in (named or [settings().data / "checkpoints"])]


def is_allowed(path: str) -> bool:
    """Tell whether a folder lies below one of those."""
    wanted = Path(path).resolve()
    return any(wanted.is_relative_to(root) for root in allowed_roots())


def _folder(path: str, origin: str) -> Path:
    if not is_allowed(path):
        raise ValueError(f"{path} is not below {', '.join(map(str, allowed_roots()))}")
    return Path(path) / origin.replace("/", "-")


def keep_in_folder(
    options: Mapping[str, str], secret: str, origin: str, number: int, note: str
) -> tuple[str, bytes | None]:
    """Write the note as a new file; an existing one is never written over."""
    folder = _folder(options["path"], origin)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"checkpoint-{number:08d}.note"
    if path.exists():
        if path.read_text(encoding="utf-8") != note:
            raise ValueError(f"{path} holds another checkpoint")
        return str(path), None
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return str(path), None


def kept_in_folder(path: str, origin: str) -> Iterator[str]:
    """Yield the notes that lie in a folder, oldest first."""
    for file in sorted(_folder(path, origin).glob("checkpoint-*.note")):
        yield file.read_text(encoding="utf-8")
