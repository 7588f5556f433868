"""Commands for whoever runs the installation."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option
from suyuan.kernel.disclosure import ALL_FIELDS


@click.command()
@data_option
def migrate(data: Path | None) -> None:
    """Bring the database's tables up to date. 升级数据库结构。"""
    with ready(data):
        click.echo("数据库已是最新。The database is up to date.")


@click.group()
def user() -> None:
    """People who sign in. 人员。"""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name 姓名.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Password 密码.")
@click.option("--tenant", default="main", show_default=True, help="Tenant code 租户代码; made if new.")
@click.option("--company", default="", help="The tenant's name 公司名称, where it is new.")
@data_option
def add_user(login: str, name: str, password: str, tenant: str, company: str, data: Path | None) -> None:
    """Add an administrator, and the tenant where it is new. 新增管理员（租户不存在时一并建立）。

    A login that is taken and a weak password are refused.
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
            tenancy.add_person(
                login, name, password, language="zh", active=True, roles=[grant], must_change_password=False
            )
        click.echo(f"已新增管理员 {login}。Administrator {login} added to tenant {tenant}.")


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
