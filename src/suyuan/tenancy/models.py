"""Tenants, sites, people, roles, tokens. Row-level security keeps each tenant's rows to itself."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.timezone import now


class Tenant(models.Model):
    """A company. The application's role sees only the row of the tenant that is set."""

    code = models.SlugField(unique=True)
    name = models.TextField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "tenancy_tenant"


class Site(models.Model):
    """One plant of a tenant."""

    tenant = models.ForeignKey(Tenant, models.PROTECT)
    code = models.CharField(max_length=40)
    name_zh = models.TextField()
    name_en = models.TextField()
    location_uri = models.TextField(null=True)
    clock_tolerance_ms = models.IntegerField(default=0, db_default=0)
    latest_booking_minutes = models.IntegerField(default=1440, db_default=1440)
    emptied_is_clean = models.BooleanField(default=False, db_default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "tenancy_site"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "code"], name="tenancy_site_code")]


class User(AbstractBaseUser):
    """A person. Logins are unique in the whole installation, so that signing in needs no tenant name."""

    tenant = models.ForeignKey(Tenant, models.PROTECT)
    login = models.CharField(max_length=120, unique=True)
    name = models.TextField()
    language = models.CharField(max_length=2, default="zh")
    active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    must_change_password = models.BooleanField(default=False, db_default=False)
    password_changed = models.DateTimeField(default=now, db_default=Now())
    sessions_ended = models.DateTimeField(null=True)
    mail = models.TextField(null=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "tenancy_user"

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's name for our column
        """Django asks under this name."""
        return self.active


class Role(models.Model):
    """A named set of rights."""

    tenant = models.ForeignKey(Tenant, models.PROTECT)
    name_zh = models.TextField()
    name_en = models.TextField()
    permissions = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "tenancy_role"
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "name_zh"], name="tenancy_role_name")]


class Grant(models.Model):
    """A person holds a role, for one site or for all."""

    tenant = models.ForeignKey(Tenant, models.PROTECT)
    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    site = models.ForeignKey(Site, models.PROTECT, null=True)

    class Meta:
        db_table = "tenancy_grant"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "user", "role", "site"], name="tenancy_grant_once", nulls_distinct=False
            )
        ]


class Token(models.Model):
    """A machine's token, kept as SHA-256 of its secret (256 random bits need no slow hash)."""

    tenant = models.ForeignKey(Tenant, models.PROTECT)
    name = models.TextField()
    prefix = models.CharField(max_length=12)
    secret_hash = models.BinaryField(unique=True)
    permissions = ArrayField(models.TextField(), default=list)
    site = models.ForeignKey(Site, models.PROTECT, null=True)
    created = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True)
    expires = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "tenancy_token"
