"""``python -m suyuan.packs.electronics_demo``: fill a server, keep the plant alive, or write its documents to files."""

from __future__ import annotations

import json
import signal
import threading
from datetime import datetime
from pathlib import Path

import click

from suyuan.kernel.faults import Fault
from suyuan.packs.electronics_demo import api
from suyuan.packs.electronics_demo.contracts import Filled, Phase, Plan, Progress
from suyuan.packs.electronics_demo.live import LivePlant

_STATE = click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("demo-data/electronics-live.json"),
    show_default=True,
    help="File that remembers the living plant. 记住工厂状态的文件。",
)
_URL = click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Server. 服务地址。")
_TOKEN = click.option(
    "--token", required=True, envvar="SUYUAN_TOKEN", help="Token that may capture. 有采集权限的令牌。"
)


def _moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime:
    try:
        when = datetime.now().astimezone() if value is None else datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error
    if when.tzinfo is None:
        raise click.BadParameter("needs an offset, e.g. 2026-11-21T08:00:00+08:00", context, parameter)
    return when


_UNITS = click.option("--units", default=20_000, show_default=True, help="Finished units. 成品数量。")
_DAYS = click.option("--days", default=30, show_default=True, help="Simulated days. 模拟天数。")
_SEED = click.option("--seed", default=7, show_default=True, help="Same seed, same plant. 相同种子得到相同数据。")
_NOW = click.option("--now", callback=_moment, help="End of the period; default: now. 截止时刻，默认当前。")


def _bar() -> Progress:
    shown = {"simulate": -1, "post": -1}

    def progress(phase: Phase, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if percent != shown[phase]:
            shown[phase] = percent
            end = "\n" if percent == 100 else "\r"
            click.echo(f"{'模拟 simulating' if phase == 'simulate' else '写入 posting'} {percent:3d} %{end}", nl=False)

    return progress


def _tell(filled: Filled) -> None:
    click.echo(f"{filled.events} events, {filled.documents} documents, {filled.seconds:.1f} s")
    for story in filled.stories:
        click.echo(f"{story.key}: {story.direction} {story.scan}\n  {story.title.zh} / {story.title.en}")


@click.group()
def main() -> None:
    """The demo plant: an electronics factory that speaks EPCIS 2.0. 示范电子工厂。"""


@main.command("fill")
@_URL
@_TOKEN
@_UNITS
@_DAYS
@_SEED
@_NOW
@_STATE
@click.option(
    "--stories", type=click.Path(dir_okay=False, path_type=Path), help="Write the stories here. 故事写到此文件。"
)
def fill_command(
    *, url: str, token: str, units: int, days: int, seed: int, now: datetime, state: Path, stories: Path | None
) -> None:
    """Fill a server with days of production. 写入模拟的生产数据。"""
    filled = api.fill(api.EpcisDelivery(url, token), Plan(now, units, days, seed), progress=_bar())
    LivePlant.prepare(state, filled.pools)
    if stories is not None:
        told = [story.as_dict() for story in filled.stories]
        stories.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    _tell(filled)


@main.command("live")
@_URL
@_TOKEN
@_STATE
def live_command(*, url: str, token: str, state: Path) -> None:
    """Keep the plant alive: an event about every second. 让工厂持续运转。"""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    plant = LivePlant(api.EpcisDelivery(url, token, timeout=15), state, told=click.echo)
    plant.run(stop)
    click.echo(f"{plant.sent} events sent, {plant.waiting} kept for next time")


@main.command("write")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@_UNITS
@_DAYS
@_SEED
@_NOW
def write_command(*, directory: Path, units: int, days: int, seed: int, now: datetime) -> None:
    """Write the documents and stories to files. 把文档写成文件。"""
    _tell(api.write(directory, Plan(now, units, days, seed), progress=_bar()))


if __name__ == "__main__":
    try:
        main()
    except Fault as fault:
        click.echo(f"{fault.title('zh')}\n{fault.title('en')}\n{fault.remedy('zh')}\n{fault.remedy('en')}", err=True)
        raise SystemExit(1) from None
    except api.ServerAwayError as error:
        click.echo(f"服务不可达 The server is away: {error}", err=True)
        raise SystemExit(1) from None
