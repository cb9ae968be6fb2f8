"""Log lines without the reader's data: level, logger and message; never the address or arguments of a request."""

from __future__ import annotations

import logging
from typing import Any

import structlog


def _no_address(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of a page that failed, leave out which: it may tell who reads what, or be a sign-in link that still works."""
    if event["_record"].name == "django.request":
        event["event"] = str(event["event"]).partition(":")[0]
    return event


def formatter() -> logging.Formatter:
    """One line a message, tracebacks included, timestamps in UTC."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            _no_address,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
    )
