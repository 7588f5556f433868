"""Commands for whoever runs the installation."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.chassis.settings import settings
from suyuan.entry.ready import data_option, operator, ready, tenant_option
from suyuan.kernel.disclosure import ALL_FIELDS
from suyuan.tenancy.contracts import InvitationMade


@click.command()
@data_option
def migrate(data: Path | None) -> None:
    """Bring the database's tables up to date. 升级数据库结构。"""
    with ready(data):
        click.echo("数据库已是最新。The database is up to date.")


_url_option = click.option("--url", help="How browsers reach the server 浏览器访问的地址, for the link.")


@click.group()
def user() -> None:
    """People who sign in. 人员。"""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name 姓名.")
@click.option("--tenant", default="main", show_default=True, help="Tenant code 租户代码; made if new.")
@click.option("--company", default="", help="The tenant's name 公司名称, where it is new.")
@_url_option
@data_option
def add_user(login: str, name: str, tenant: str, company: str, url: str | None, data: Path | None) -> None:
    """Add an administrator, and the tenant where it is new. 新增管理员（租户不存在时一并建立）。

    Prints a link by which they choose a password that nobody else knows. A login that is taken is refused.
    """
    with ready(data):
        from suyuan.capture import api as capture
        from suyuan.chassis.database import transaction
        from suyuan.kernel.principals import Principal
        from suyuan.tenancy import api as tenancy
        from suyuan.tenancy.contracts import RoleGrant

        tenant_id = tenancy.ensure_tenant(tenant, company or tenant)
        with transaction(Principal(tenant_id, None, "cli", via="system"), reason="suyuan user add"):
            capture.provide()
            grant = RoleGrant(tenancy.ensure_administrator_role())
            made = tenancy.add_person(login, name, language="zh", active=True, roles=[grant])
            invitation = tenancy.invite(made.id, url or _own_address())
        click.echo(f"已新增管理员 {login}。Administrator {login} added to tenant {tenant}.")
        _hand_over(invitation)


@user.command("invite")
@click.argument("login")
@_url_option
@data_option
def invite_user(login: str, url: str | None, data: Path | None) -> None:
    """Make somebody a link to choose a new password. 生成重设密码的链接。

    For whoever forgot theirs, or let the first link expire; the links before are worth nothing from now on.
    """
    with ready(data):
        from suyuan.chassis.contracts import NOT_FOUND
        from suyuan.chassis.database import transaction
        from suyuan.kernel.principals import Principal
        from suyuan.tenancy import api as tenancy

        found = tenancy.person_of_login(login)
        if found is None:
            raise NOT_FOUND(what=login)
        with transaction(Principal(found[0], None, "cli", via="system"), reason="suyuan user invite"):
            invitation = tenancy.invite(found[1], url or _own_address())
        _hand_over(invitation)


def _own_address() -> str:
    from suyuan.entry.serving import address

    return address(settings())


def _hand_over(invitation: InvitationMade) -> None:
    """Print the link, or where it was mailed."""
    until = f"{invitation.expires.astimezone():%Y-%m-%d %H:%M}"
    if invitation.link is None:
        click.echo(
            f"设置密码的链接已发往 The link to choose a password was mailed to: {invitation.mailed_to} (→ {until})"
        )
        return
    click.echo(f"打开链接设置密码，只能用一次，{until} 前有效。Open it to choose a password, once, until {until}:")
    click.echo(f"  {invitation.link}")


@click.command()
@click.argument("name")
@click.option("--permission", "permissions", multiple=True, help="A right 权限, e.g. trace:event:write; repeatable.")
@tenant_option
@data_option
def token(name: str, permissions: tuple[str, ...], tenant: str | None, data: Path | None) -> None:
    """Make an API token; its secret is printed once. 新建 API 令牌（只显示一次）。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.tenancy import api as tenancy

        rights = permissions or ("trace:event:read", "trace:event:write", "trace:item:read", *ALL_FIELDS)
        with transaction(operator(tenant), reason="suyuan token"):
            made = tenancy.make_token(name, rights)
        click.echo(made.secret)


@click.command()
@tenant_option
@data_option
def rebuild(tenant: str | None, data: Path | None) -> None:
    """Make the read models anew from the ledger. 由追溯事件重建统计。"""
    with ready(data):
        from suyuan.analytics import api as analytics
        from suyuan.chassis.database import transaction
        from suyuan.production.api import feeding

        with transaction(operator(tenant), reason="suyuan rebuild"):
            counted = analytics.rebuild()
            feeding.rebuild()
        click.echo(f"已由 {counted} 个事件重建。Rebuilt from {counted} events.")


@click.command()
@data_option
def doctor(data: Path | None) -> None:
    """Look whether everything is in order, and say what is not. 体检。"""
    from suyuan.entry.doctor import examine

    sound = True
    for finding in examine(data):
        sound = sound and finding.good
        click.echo(f"{'✓' if finding.good else '✗'} {finding.what.zh} {finding.what.en}: {finding.detail}")
        if not finding.good and finding.remedy is not None:
            click.echo(f"  → {finding.remedy.zh}\n  → {finding.remedy.en}")
    if not sound:
        raise click.exceptions.Exit(1)
