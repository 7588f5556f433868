"""What a machine can do to us: disks that fill up or fail, and a clock that jumps. Each says why where it cannot."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path


class NotHere(Exception):  # noqa: N818 (an answer, not an error)
    """This machine does not let us try that; says why."""


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise NotHere(f"{command[0]}: {said.strip()}") from error


class SmallDisk:
    """A file system of its own in a file; ``place`` is where it is mounted."""

    def __init__(self, home: Path, megabytes: int) -> None:
        if os.geteuid() != 0:
            raise NotHere("mounting a disk needs root")
        self._image, self.place = home / "disk.img", home / "disk"
        self.place.mkdir()
        with self._image.open("wb") as file:
            file.truncate(megabytes << 20)
        _run("mkfs.ext4", "-q", "-m", "0", str(self._image))
        self._mount()

    def _mount(self) -> None:
        _run("mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.place))
        self.place.chmod(0o755)

    def fill(self) -> None:
        """Leave no byte free; again and again, as others free some."""
        with contextlib.suppress(OSError), (self.place / "ballast").open("ab", buffering=0) as file:
            piece = bytes(1 << 20)
            while True:
                try:
                    file.write(piece)
                except OSError:
                    if len(piece) <= 4096:
                        raise
                    piece = piece[: len(piece) // 2]

    def free(self) -> None:
        """Take the ballast away."""
        (self.place / "ballast").unlink(missing_ok=True)

    def fail(self) -> None:
        """Have the file system give up, as it does on a damaged disk: from now on it can only be read."""
        with contextlib.suppress(NotHere):  # the kernel does as asked and then says that it is broken
            _run("mount", "-o", "remount,abort", str(self.place))
        probe = self.place / "probe"
        try:
            probe.touch()
        except OSError:
            return
        raise NotHere("the file system stayed writable")

    def repair(self) -> None:
        """Check the disk and mount it again, as the machine's next start would. Nobody may use it meanwhile."""
        _run("umount", str(self.place))
        subprocess.run(["e2fsck", "-fy", str(self._image)], check=False, capture_output=True)
        self._mount()

    def close(self) -> None:
        """Unmount it, though somebody still looks at it."""
        with contextlib.suppress(NotHere):
            _run("umount", "-l", str(self.place))
        self._image.unlink(missing_ok=True)


class JumpingClock:
    """A clock for the processes that have ``environment``."""

    def __init__(self, home: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None:
            raise NotHere("the clock needs a C compiler (cc)")
        library, self._file = home / "clock.so", home / "clock"
        source = Path(__file__).with_name("clock.c")
        _run(compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl")
        for path in (home, library):
            path.chmod(0o755)
        self.jump(0)
        self.environment = {"LD_PRELOAD": str(library), "CHAOS_CLOCK": str(self._file)}

    def jump(self, seconds: int) -> None:
        """Be so much ahead of the real time from now on."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{seconds}\n", encoding="ascii")
        fresh.chmod(0o644)
        fresh.replace(self._file)


@contextlib.contextmanager
def small_disk(home: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Lend a disk of its own."""
    disk = SmallDisk(home, megabytes)
    try:
        yield disk
    finally:
        disk.close()
