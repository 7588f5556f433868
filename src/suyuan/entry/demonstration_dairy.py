"""The dairy's own process: people, plant model, routes and bills, ten days of events by the public interface, then
live ones."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rich.console import Console

from suyuan.capture import api as capture
from suyuan.chassis.database import transaction
from suyuan.chassis.settings import Settings, settings
from suyuan.coding.api import labels
from suyuan.designer import api as designer
from suyuan.entry import certificates, demonstration_dairy_plant
from suyuan.entry.demonstration import PASSWORD, await_server
from suyuan.entry.serving import address
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal
from suyuan.packs.dairy_demo import api as dairy
from suyuan.packs.electronics_demo.api import EpcisDelivery, LivePlant
from suyuan.tenancy import api as tenancy

TENANT: Final = ("dairy", "清源乳业（示范）")
SITE: Final = ("QY", "清源乳品厂", "Qingyuan dairy", dairy.catalogue.SITE)
_TENDED: Final = timedelta(minutes=3)
_PEOPLE: Final = (("dairy", "乳品厂管理员"), ("dairy-quality", "陈静"))
_QUALITY: Final = (
    "trace:event:read", "trace:item:read", "trace:answer:export", "analytics:home:read", "production:history:read",
    "production:wip:read", "designer:definition:read", "production:plant:read", "capture:reading:write",
    "production:order:read", "production:oee:read", "production:andon:read", "production:pull:read",
    *ALL_FIELDS,
)  # fmt: skip


def run_dairy() -> None:
    """Prepare the dairy's people, fill it once, tell how to sign in, and stay until signalled."""
    chosen = settings()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    folder = chosen.data / "demo-dairy"
    folder.mkdir(exist_ok=True)
    if chosen.tls:  # the plant trusts the authority, as its devices do
        os.environ["SSL_CERT_FILE"] = str(certificates.of(chosen.data).authority)
    made = dairy.make(_moment(folder))
    delivery = EpcisDelivery(address(chosen), _prepare(folder))
    done = folder / "filled"
    if not done.exists():
        await_server(delivery, stop)
        if stop.is_set():
            return
        delivery(made.document)
        done.touch()
    _tell(chosen, made)
    _live(LivePlant(delivery, folder / "live.json", life=dairy.DairyLife()), stop)


def _live(plant: LivePlant, stop: threading.Event) -> None:
    """Live until signalled; every day has its orders before anything is made on them, and stations are answered."""
    while not stop.is_set():
        today = datetime.now(dairy.ZONE)
        with transaction(_principal(), reason="suyuan demo --plant dairy"):
            demonstration_dairy_plant.plan_days(today, today)
        with suppress(Fault), transaction(_principal(), reason="suyuan demo --plant dairy"):
            demonstration_dairy_plant.tend(today)  # what somebody has answered meanwhile is left to them
        midnight = (today + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        plant.run(stop, until=min(midnight, today + _TENDED).timestamp())


def _principal() -> Principal:
    return Principal(tenancy.ensure_tenant(*TENANT), None, "demo", via="system")


def _moment(folder: Path) -> datetime:
    """Return when the ten days end: kept, so that a fill that was broken off is repeated to the byte."""
    kept = folder / "moment"
    if not kept.exists():
        kept.write_text(datetime.now(dairy.ZONE).replace(microsecond=0).isoformat(), encoding="ascii")
    return datetime.fromisoformat(kept.read_text(encoding="ascii"))


def _prepare(folder: Path) -> str:
    """Make tenant, site, people, plant model, bills and the token where they are missing; return the token's secret."""
    with transaction(_principal(), reason="suyuan demo --plant dairy"):
        tenancy.ensure_site(*SITE)
        roles = (tenancy.ensure_administrator_role(), tenancy.ensure_role("质量工程师", "Quality engineer", _QUALITY))
        for (login, name), role in zip(_PEOPLE, roles, strict=True):
            tenancy.ensure_user(login, name, PASSWORD, roles=[(role, None)])
        labels.provide()
        capture.provide()
        designer.install_pack(dairy.definitions())
        demonstration_dairy_plant.provide(_moment(folder))
        secret = folder / "token"
        if not secret.exists():
            token = tenancy.make_token("示范乳品厂 demo dairy", ("trace:event:write", "trace:event:read", *ALL_FIELDS))
            secret.touch(mode=0o600)
            secret.write_text(token.secret, encoding="ascii")
    return secret.read_text(encoding="ascii")


def _tell(chosen: Settings, made: dairy.Made) -> None:
    lines = [
        "",
        f"  打开 Open       {address(chosen)}",
        f"  账号 Login      {_PEOPLE[0][0]}        密码 Password   {PASSWORD}",
        f"  其他 Others     {_PEOPLE[1][0]}（密码相同 same password）",
        "",
        "  值得追溯 Worth tracing:",
        *(f"    {story.scan.removeprefix(']d2')}\n      {story.title.zh} · {story.title.en}" for story in made.stories),
        "",
        "  按 Ctrl-C 停止；再次运行会接着来。Ctrl-C stops; the next run goes on from here.",
        "",
    ]
    Console().print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
