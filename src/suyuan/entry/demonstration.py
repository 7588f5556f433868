"""The demo's own process: people to sign in as, a month of production by the public interface, then live events."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from suyuan.capture import api as capture
from suyuan.chassis.database import transaction
from suyuan.chassis.settings import Settings, settings
from suyuan.coding.api import issuing as coding
from suyuan.coding.api import labels
from suyuan.coding.api import states as codes
from suyuan.coding.contracts.issuing import CodeState, HolderKind
from suyuan.designer import api as designer
from suyuan.entry import certificates, demonstration_plant
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.kernel.principals import Principal
from suyuan.packs.electronics_demo import api as plant
from suyuan.packs.electronics_demo.contracts import Phase, Plan
from suyuan.portal import api as portal
from suyuan.portal.contracts import Origins
from suyuan.tenancy import api as tenancy

TENANT = ("demo", "云溪电子（示范）")
SITE = ("SZ", "深圳工厂", "Shenzhen plant", "https://id.gs1.org/414/9521234000013")
PASSWORD = "suyuan-demo"  # noqa: S105 (a demo on this machine, printed on the screen)
PIN = "2580"
_PUBLIC_PRODUCTS = ("09521234543213", "09521234543220")
_UNITS_A_BOX = 20
_BRAND_EN = "Yunxi Electronics (demo)"
_CONTACT = "400-000-0000 · care@example.com"
_READING = ("trace:event:read", "trace:item:read", "trace:answer:export", "analytics:home:read")
_SIGNING = ("compliance:signature:read", "compliance:signature:write", "compliance:approval:read")
_CAPTURING = (
    "capture:reading:write", "capture:quality:read", "capture:quality:write", "capture:node:try",
    "capture:import:write", "capture:action:read", "capture:action:retry", "designer:definition:read",
)  # fmt: skip
_PEOPLE = (
    ("demo", "演示管理员", "管理员", None),
    (
        "quality",
        "林晓梅",
        ("质量工程师", "Quality engineer"),
        (
            *_READING,
            "trace:event:write",
            *_CAPTURING,
            "capture:reading:override",
            "capture:reading:correct",
            *_SIGNING,
            "compliance:approval:decide",
            "production:pull:read",
            "production:order:read",
        ),
    ),
    (
        "warehouse",
        "周建国",
        ("仓库员", "Warehouse"),
        (
            "trace:item:read",
            "trace:event:write",
            "capture:reading:write",
            "capture:import:write",
            "production:pull:read",
            "production:pull:call",
            "production:pull:deliver",
            "production:order:read",
        ),
    ),
    (
        "auditor",
        "Anna Schmidt",
        ("审计员", "Auditor"),
        (
            *_READING,
            "compliance:audit:read",
            "compliance:audit:review",
            "compliance:log:read",
            "tenancy:person:read",
            *_SIGNING,
        ),
    ),
)
_TITLES = {"simulate": "模拟 30 天生产 simulating", "post": "写入追溯事件 recording"}


def run_plant(units: int) -> None:
    """Prepare the demo's people, fill the plant once, tell how to sign in, and keep the plant alive until signalled."""
    chosen = settings()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    folder = chosen.data / "demo"
    folder.mkdir(exist_ok=True)
    if chosen.tls:  # the plant trusts the authority, as its devices do
        os.environ["SSL_CERT_FILE"] = str(certificates.of(chosen.data).authority)
    delivery = plant.EpcisDelivery(_address(chosen), _prepare(folder, units))
    state = folder / "live.json"
    try:
        if not (folder / "stories.json").exists():
            _fill(delivery, folder, state, units, stop)
    except plant.ServerAwayError:
        if stop.is_set():
            return
        raise
    if stop.is_set():
        return
    _tell(chosen, folder)
    plant.LivePlant(delivery, state).run(stop)


def _address(chosen: Settings) -> str:
    from suyuan.entry.serving import address

    return address(chosen)


def _prepare(folder: Path, units: int) -> str:
    """Make tenant, site, people and the plant's token where they are missing; return the token's secret."""
    tenant_id = tenancy.ensure_tenant(*TENANT)
    with transaction(Principal(tenant_id, None, "demo", via="system"), reason="suyuan demo"):
        tenancy.ensure_site(*SITE)
        for number, (login, name, role, permissions) in enumerate(_PEOPLE, 1):
            if permissions is None:
                role_id = tenancy.ensure_administrator_role()
            else:
                role_id = tenancy.ensure_role(role[0], role[1], (*permissions, *ALL_FIELDS))
            _badge(tenancy.ensure_user(login, name, PASSWORD, roles=[(role_id, None)]), f"DEMO-{number}")
        _publish()
        _codes(units)
        demonstration_plant.provide(_plan(folder, units).now, units)
        secret = folder / "token"
        if not secret.exists():
            made = tenancy.make_token("示范工厂 demo plant", ("trace:event:write", "trace:event:read", *ALL_FIELDS))
            secret.touch(mode=0o600)
            secret.write_text(made.secret, encoding="ascii")
    return secret.read_text(encoding="ascii")


def _badge(person: int, badge: str) -> None:
    """Give somebody a badge and a PIN to sign in with at a station, unless they have one."""
    if tenancy.person(person).badge is None:
        tenancy.change_person(person, {"badge": badge, "pin": PIN})


def _publish() -> None:
    """Show the finished products to consumers, unless somebody has decided otherwise since."""
    if portal.public_products():
        return
    for gtin in _PUBLIC_PRODUCTS:
        portal.publish(gtin, brand_zh=TENANT[1], brand_en=_BRAND_EN, contact=_CONTACT, origins=Origins.PLACE)


def _codes(units: int) -> None:
    """Install the plant's code rules, and issue what its boxes and pallets carry, unless that was done before."""
    designer.install_pack(plant.definitions())
    labels.provide()
    capture.provide()
    if coding.list_batches(limit=1)[0]:
        return
    now = datetime.now().astimezone()
    boxes = coding.issue("box", units // _UNITS_A_BOX + 100, {}, moment=now, purpose="包装线 packing line")
    coding.issue("pallet", units // _UNITS_A_BOX // 40 + 20, {}, moment=now, purpose="仓库 warehouse")
    coding.issue("anti-counterfeit", 500, {"gtin": _PUBLIC_PRODUCTS[1]}, moment=now, purpose="防伪标签 labels")
    taken = codes.hand_out(boxes.id, HolderKind.LINE, "PACK-1", count=min(boxes.count, 80))
    codes.set_state(boxes.id, [(taken.first, taken.last)], CodeState.PRINTED)
    codes.set_state(boxes.id, [(taken.first, taken.first + 59)], CodeState.APPLIED)
    codes.set_state(boxes.id, [(taken.first + 60, taken.first + 62)], CodeState.SPOILED, "卡纸 paper jam")


def _plan(folder: Path, units: int) -> Plan:
    """Return the plan kept from a broken-off fill, so that it is repeated to the byte, else a new one ending now."""
    kept = folder / "plan.json"
    if not kept.exists():
        now = datetime.now().astimezone().replace(microsecond=0)
        kept.write_text(json.dumps({"now": now.isoformat(), "units": units}), encoding="utf-8")
    values: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return Plan(datetime.fromisoformat(values["now"]), values["units"])


def _fill(delivery: plant.EpcisDelivery, folder: Path, state: Path, units: int, stop: threading.Event) -> None:
    await_server(delivery, stop)
    plan = _plan(folder, units)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), console=Console()
    ) as bars:
        tasks: dict[Phase, Any] = {}

        def progress(phase: Phase, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(_TITLES[phase], total=total)
            bars.update(tasks[phase], completed=done, total=total)

        filled = plant.fill(delivery, plan, progress=progress, cancel=stop)
    if stop.is_set():
        return
    plant.LivePlant.prepare(state, filled.pools)
    stories = json.dumps([story.as_dict() for story in filled.stories], ensure_ascii=False, indent=1)
    (folder / "stories.json").write_text(stories, encoding="utf-8")


def await_server(delivery: plant.EpcisDelivery, stop: threading.Event) -> None:
    """Wait until the server answers; not longer than a minute."""
    from urllib.request import urlopen

    end = time.monotonic() + 60
    while not stop.is_set():
        try:
            with urlopen(f"{delivery.url}/readyz", timeout=5):  # noqa: S310 (our own http address)
                return
        except OSError:  # away, or too busy to answer yet
            if time.monotonic() > end:
                raise
            stop.wait(0.2)


def _code(story: dict[str, Any]) -> str:
    return str(story["scan"]).removeprefix("]d2")


def _tell(chosen: Settings, folder: Path) -> None:
    stories = json.loads((folder / "stories.json").read_text(encoding="utf-8"))
    lines = [
        "",
        f"  打开 Open       {_address(chosen)}",
        f"  账号 Login      demo        密码 Password   {PASSWORD}",
        "  其他 Others     quality · warehouse · auditor（密码相同 same password）",
        "",
        "  值得追溯 Worth tracing:",
        *(
            f"    {story['scan'].removeprefix(']d2')}\n      {story['title']['zh']} · {story['title']['en']}"
            for story in stories
        ),
        "",
        "  按 Ctrl-C 停止；再次运行会接着来。Ctrl-C stops; the next run goes on from here.",
        "",
    ]
    Console().print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
