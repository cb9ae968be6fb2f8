"""Log lines without the reader's data: level, logger and message; never the address or arguments of a request.

Of an error the log tells where in the code and of which kind, not what it says: a database or a library repeats in its
message the name, or the text, that it could not use.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog


def _no_address(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of a page that failed, leave out which: it may tell who reads what, or be a sign-in link that still works."""
    if event["_record"].name == "django.request":
        event["event"] = str(event["event"]).partition(":")[0]
    return event


def _bare_errors(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else sys.exc_info()[1] if told is True else told
    if error:
        event["exception"] = "\n".join(_links(error))
    return event


def _links(error: BaseException) -> list[str]:
    """The error and those behind it, the first one first, as Python prints them but for what they say."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    told = [*_links(behind), "which led to:"] if behind else ["Traceback (most recent call last):"]
    kind = type(error)
    return [*told, "".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}"]


def not_of_an_outage(record: logging.LogRecord) -> bool:
    """Leave out that a page was not available: of a database that does not answer the desk tells once a minute."""
    return getattr(record, "status_code", 0) != 503


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
            _bare_errors,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
    )
