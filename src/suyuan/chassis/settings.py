"""Typed settings, read once from the environment. Secrets live in files of the data directory."""

from __future__ import annotations

import ipaddress
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks_in(text: str) -> tuple[Network, ...]:
    """Return the networks in a list divided by commas; an address is a network of one. ``ValueError`` where none is."""
    return tuple(ipaddress.ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())


def default_data_dir() -> Path:
    """Return where data lives unless ``SUYUAN_DATA`` says otherwise: the user's own data directory."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "suyuan"


class Settings(BaseSettings):
    """All settings. Each is an environment variable ``SUYUAN_<NAME>``, but for the database addresses."""

    model_config = SettingsConfigDict(env_prefix="SUYUAN_", extra="ignore", frozen=True, populate_by_name=True)

    data: Path = Field(default_factory=default_data_dir, description="data directory: database, secrets, logs")
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    """PostgreSQL ≥ 15 outside, as owner; without it the embedded one under ``data`` is used."""
    database_app_url: str | None = Field(default=None, validation_alias="DATABASE_APP_URL")
    """The application's own unprivileged role; made by us where the owner may create roles."""
    database_role: Literal["app", "owner"] = "app"
    """Which of the two this process connects as; only migrations are ``owner``."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    web_workers: int = Field(default=2, ge=1, le=64)
    request_threads: int = Field(default=8, ge=1, le=256)
    """Threads, and so database connections, of one web worker."""
    public_url: str | None = None
    """How the world reaches this server, for links and QR codes; default: the request's own host."""
    allowed_hosts: str = "*"
    secure_cookies: bool = False
    tls: bool = False
    """Serve HTTPS with the certificate that ``suyuan certificate`` made."""
    trusted_proxies: str = ""
    """Addresses or networks, separated by commas, of the proxies before us; what others forward is not believed."""
    checkpoint_folders: str = ""
    """Folders, separated as in PATH, below which tenants keep signed checkpoints; default: ``checkpoints`` in data."""
    webhook_hosts: str = ""
    """Hosts, separated by commas, that webhooks may call though their address is private, e.g. ``mes.plant.local``."""
    identity_hosts: str = ""
    """Hosts, separated by commas, that sign-in services may have though their address is private or without TLS."""
    speech_url: str = ""
    """A recogniser that takes ``/v1/audio/transcriptions`` as OpenAI's does, e.g. ``http://127.0.0.1:9000``."""
    speech_model: str = ""
    speech_key: str = ""
    mail_host: str = ""
    """The server that takes our mail (SMTP); without one no mail is sent, and the console says so."""
    mail_port: int = Field(default=0, ge=0, le=65535)
    """0: 587 with STARTTLS, 465 with TLS, 25 without."""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_user: str = ""
    mail_password_file: Path | None = None
    """A file with the password alone; default: ``mail_password`` among the secrets of the data directory."""
    mail_from: str = ""
    """Who mail is from, e.g. ``suyuan@company.example``; default: the user."""
    stalled_seconds: float = Field(default=60.0, ge=1)
    """A worker that was not heard of for so long is gone, and what it was at is done again."""
    line_look_seconds: float = Field(default=10.0, ge=0.1)
    """How often connections to a database elsewhere are looked at for one that carries nothing and says nothing."""
    document_limit_mb: int = Field(default=50, ge=1)
    capture_log_days: int = Field(default=90, ge=1)
    session_hours: int = Field(default=12, ge=1)
    breached_passwords: Path | None = None
    """A file of passwords that breaches made known (*Pwned Passwords*, text, by hash); none of them is taken then."""
    invitation_hours: int = Field(default=72, ge=1, le=720)
    """How long the link holds by which an invited person chooses a password."""
    person_calls_a_minute: int = Field(default=6_000, ge=0)
    """What one person may ask of one web worker: so many requests a minute, and so many saved up; 0: any number."""
    token_calls_a_minute: int = Field(default=60_000, ge=0)
    """The same for one API token: a plant's devices may share one."""
    costly_at_once: int = Field(default=4, ge=0)
    """Exports, scopes, PDFs and imports that one person or token has under way in one web worker; 0: any number."""
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        networks_in(value)
        return value

    @property
    def session_cookie(self) -> str:
        """The session cookie's name; behind TLS one that no other host and no plain line can set (``__Host-``)."""
        return "__Host-suyuan_session" if self.secure_cookies else "suyuan_session"

    @property
    def page_cookie(self) -> str:
        """The name of the cookie that our own pages repeat in a header."""
        return "__Host-suyuan_csrf" if self.secure_cookies else "suyuan_csrf"

    def secret(self, name: str) -> str:
        """Return a secret kept in a file only its owner reads; made on first use."""
        folder = self.data / "secrets"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            value = secrets.token_urlsafe(48)
            file.write(value)
        return value

    def mail_password(self) -> str:
        """Return the mail server's password, which the operator puts into a file; empty where there is none."""
        path = self.mail_password_file or self.data / "secrets" / "mail_password"
        try:
            return path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the process's settings."""
    return Settings()
