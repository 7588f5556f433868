"""Working off the queues of printers."""

from __future__ import annotations

from procrastinate.contrib.django import app

from suyuan.coding.api.labels.ordering import PRINT_TASK
from suyuan.coding.jobs import sending


@app.task(name=PRINT_TASK, queue="printing")
def print_waiting(tenant_id: int, printer_id: int) -> None:
    """Print what waits for a printer."""
    sending.print_waiting(tenant_id, printer_id)


@app.periodic(cron="* * * * *")
@app.task(name="coding.take_up_again", queue="printing", queueing_lock="coding.take_up_again")
async def take_up_again(timestamp: int) -> None:
    """Have jobs of workers that were killed done again; a print job that was being sent is then told as interrupted."""
    for job in await app.job_manager.get_stalled_jobs(task_name=PRINT_TASK):
        await app.job_manager.retry_job(job)
