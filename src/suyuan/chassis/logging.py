"""Structured logs: one line an event, JSON or for the console, with the request's id."""

from __future__ import annotations

import logging
import sys

import structlog

from suyuan.chassis.settings import settings


def configure_logging() -> None:
    """Send our logs and the libraries' to standard error in one shape."""
    level = getattr(logging, settings().log_level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    final: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings().log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                final,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, at_least in (("httpx", "WARNING"), ("procrastinate", "WARNING"), ("django.request", "ERROR")):
        logging.getLogger(name).setLevel(at_least)  # the edge says what they would say
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
