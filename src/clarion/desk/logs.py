"""Log lines without the reader's data: level, logger and message; never arguments of a request."""

from __future__ import annotations

import logging

import structlog


def formatter() -> logging.Formatter:
    """One line a message, tracebacks included, timestamps in UTC."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.stdlib.add_log_level],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
    )
