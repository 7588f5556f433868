"""Making a file of a scope with progress, and handing it out."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

from django.db import connections

from suyuan.chassis.caller import caller
from suyuan.chassis.http import encode
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal
from suyuan.portal.api.scope_files import MEDIA_TYPES, Export, Format, write
from suyuan.portal.contracts import FILE_GONE
from suyuan.portal.store import export_files as store
from suyuan.portal.store.export_files import ExportFile

_PIECE = 256 * 1024
_TOLD_SECONDS = 0.5
"""Progress is told at least so often, so that a client that left is noticed."""


def made_with_progress(export: Export, kind: Format) -> Iterator[bytes]:
    """Write the file while yielding lines of progress; the last line names the file to fetch, or says what went wrong.

    Whoever stops reading ends the writing.
    """
    file, path = store.new_file(export.who, f"scope-{export.found.spec.direction}.{kind}", MEDIA_TYPES[kind])
    told: queue.Queue[int | BaseException | None] = queue.Queue()
    stop = threading.Event()

    def work() -> None:
        try:
            write(export, kind, path, lambda count: _note(told, stop, count))
            told.put(None)
        except BaseException as error:
            told.put(error)
        finally:
            connections.close_all()  # this thread's own

    writer = threading.Thread(target=copy_context().run, args=(work,), name="export", daemon=True)
    writer.start()
    try:
        yield from _progress(told, export.count)
        whole = store.finish(export.who, file)
        yield encode({"file": {"id": whole.id, "name": whole.name, "bytes": whole.bytes}}) + b"\n"
    except BaseException:
        stop.set()
        writer.join()
        store.discard(export.who, file)
        raise


class _StoppedError(Exception):
    """Nobody reads the progress any more."""


def _note(told: queue.Queue[int | BaseException | None], stop: threading.Event, count: int) -> None:
    if stop.is_set():
        raise _StoppedError
    caller().here()
    told.put(count)


def _progress(told: queue.Queue[int | BaseException | None], total: int) -> Iterator[bytes]:
    done = 0
    yield encode({"done": 0, "total": total}) + b"\n"
    while True:
        try:
            news = told.get(timeout=_TOLD_SECONDS)
        except queue.Empty:
            news = done
        if news is None:
            return
        if isinstance(news, BaseException):
            raise news
        done = news
        yield encode({"done": done, "total": total}) + b"\n"


def as_file(export: Export, kind: Format) -> Iterator[bytes]:
    """Yield the bytes of the file; it is written aside first, as these formats cannot be told from their beginning."""
    file, path = store.new_file(export.who, f"scope.{kind}", MEDIA_TYPES[kind])
    try:
        write(export, kind, path, lambda _: caller().here())
        with path.open("rb") as content:
            while piece := content.read(_PIECE):
                yield piece
    finally:
        store.discard(export.who, file)


def export_format(accept: str) -> Format | None:
    """Return the format that a request's ``Accept`` header asks for, None for the plain answer."""
    wanted = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    return next((kind for kind, media_type in MEDIA_TYPES.items() if media_type in wanted), None)


def finished(who: Principal, identity: str) -> tuple[ExportFile, Path]:
    """Return an export that is ready.

    :raises Fault: ``portal.file_gone``.
    """
    found = store.find(who, identity)
    if found is None:
        raise gone()
    return found


def gone() -> Fault:
    """Return the refusal of a file that is not there, or somebody else's."""
    return FILE_GONE()
