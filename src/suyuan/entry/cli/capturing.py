"""Capturing files from the command line."""

from __future__ import annotations

import time
from pathlib import Path

import click

from suyuan.chassis.database import transaction
from suyuan.integration import api as integration
from suyuan.integration.contracts import CaptureBehaviour, CaptureJob
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

_SHOWN = 20


def capture_file(who: Principal, file: Path, *, proceed: bool) -> bool:
    """Capture one file in this process and tell what became of it; return whether all of it was taken."""
    behaviour = CaptureBehaviour.PROCEED if proceed else CaptureBehaviour.ROLLBACK
    started = time.perf_counter()
    try:
        with transaction(who, reason="suyuan capture"):
            job = integration.capture(file.read_bytes(), behaviour, name=file.name)
        if job.running:
            with transaction(who, reason="suyuan capture"):
                integration.capture_waiting(job.id)
            with transaction(who):
                job = integration.capture_job(str(job.id))
    except Fault as fault:
        place = f" [{fault.at}]" if fault.at else ""
        click.echo(f"✗ {file}: {fault.title('zh')} {fault.title('en')}{place}", err=True)
        click.echo(f"  → {fault.remedy('zh')} {fault.remedy('en')}", err=True)
        return False
    _tell(file, job, time.perf_counter() - started)
    return job.success and not job.refused


def _tell(file: Path, job: CaptureJob, seconds: float) -> None:
    mark = "✓" if job.success and not job.refused else "✗"
    click.echo(
        f"{mark} {file}: {job.accepted} 已记录 recorded ({job.replayed} 重复 replayed), "
        f"{job.refused} 被拒 refused, {seconds:.2f} s"
    )
    for error in job.errors[:_SHOWN]:
        where = f"[{error.index}]" if error.index is not None else ""
        click.echo(f"  {where} {error.title('zh')} {error.title('en')} {error.at or ''}", err=True)
        click.echo(f"     → {error.remedy('zh')} {error.remedy('en')}", err=True)
    left = job.error_count - _SHOWN
    if left > 0:
        click.echo(f"  … 另有 {left} 条 and {left} more", err=True)
