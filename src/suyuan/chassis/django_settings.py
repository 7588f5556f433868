"""Django's settings, derived from ours. Nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string
from psycopg.conninfo import conninfo_to_dict

from suyuan.chassis.lines import NOTICED
from suyuan.chassis.settings import settings

_ours = settings()
_MODULES = (
    "chassis", "tenancy", "compliance", "designer", "trace", "coding", "capture", "production",
    "analytics", "integration", "portal",
)  # fmt: skip

_NEVER_BY_COUNT = 2**31 - 1
"""Only statements that ask for it are prepared. Without a number here Django's connections prepare none at all."""


def _database() -> dict[str, Any]:
    address = _ours.database_url if _ours.database_role == "owner" else _ours.database_app_url
    parts = conninfo_to_dict(address or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "suyuan"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        # Request threads are a fixed set, so a connection per thread is the pool.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "suyuan",
            "prepare_threshold": _NEVER_BY_COUNT,
            **NOTICED,
            **parts,
        },
    }


def _tell_safety(headers: Any, *_: object) -> None:  # noqa: ANN401 (whitenoise's own kind of headers)
    """Give static files the safety headers of every other answer."""
    import_string("suyuan.entry.headers.tell_safety")(headers)


SECRET_KEY = _ours.secret("django_key")
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in _ours.allowed_hosts.split(",")]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "procrastinate.contrib.django",
    *(f"suyuan.{module}" for module in _MODULES),
]
MIGRATION_MODULES = {module: f"suyuan.{module}.migrations" for module in _MODULES}
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "suyuan.entry.edge.EdgeMiddleware",
]
ROOT_URLCONF = "suyuan.entry.urls"
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "tenancy.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "name"]},
    },
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = _ours.session_cookie
SESSION_COOKIE_AGE = _ours.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _ours.secure_cookies
CSRF_COOKIE_NAME = _ours.page_cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _ours.secure_cookies
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = str(Path(__file__).parent.parent / "entry" / "static")
WHITENOISE_MAX_AGE = 60
WHITENOISE_ADD_HEADERS_FUNCTION = _tell_safety
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    }
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LOGGING_CONFIG = None
