"""Threads that are the first to read a type, all at once: the process must live."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import msgspec

import suyuan
from suyuan.entry import typed
from suyuan.entry.boot import boot

FIRST_READERS = """
import sys, threading
sys.setswitchinterval(1e-6)  # whoever can be interrupted is
from suyuan.entry.boot import boot
boot()
import msgspec
from suyuan.capture import api as capture
from suyuan.designer.api.published import kind_of
model, bodies = kind_of("trace_node").model, [each.body for each in capture.ready_nodes().definitions]
begin = threading.Barrier(12)
def read():
    begin.wait()
    for body in bodies:
        msgspec.convert(body, model)
readers = [threading.Thread(target=read) for _ in range(12)]
for each in readers: each.start()
for each in readers: each.join()
print("read", len(bodies))
"""


def test_the_first_readers_of_a_type_do_not_end_the_process(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", FIRST_READERS],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "read 14\n"), done.stderr[-2000:]


def test_no_document_is_met_only_after_the_start() -> None:
    boot()
    known = set(typed._types())
    for found in pkgutil.walk_packages(suyuan.__path__, "suyuan."):
        if ".tests" not in found.name and not found.name.endswith((".__main__", ".asgi")):
            importlib.import_module(found.name)
    met_late = {model for model in typed._types() if issubclass(model, msgspec.Struct)} - known
    assert not {model for model in met_late if ".tests" not in model.__module__}
