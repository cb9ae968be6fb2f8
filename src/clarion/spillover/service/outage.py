"""A job whose database went away under it: it waits until the database is back, and goes to the end of the queue."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.utils import InterfaceError, OperationalError

_LOST = (OperationalError, InterfaceError)
_AT_MOST, _EVERY = 3600.0, 2.0  # seconds

_log = logging.getLogger("clarion.spillover")


def away(error: Exception) -> bool:
    """Whether the connection to the database is lost; one that answers and refuses, as with a full disk, is not."""
    return isinstance(error, _LOST) and not connection.is_usable()


@contextmanager
def outlasted(put_back: Callable[[], None]) -> Iterator[None]:
    """Do what stands in the block; if the connection to the database is lost in it, ``put_back`` once there is one."""
    try:
        yield
    except _LOST as error:
        if not away(error):
            raise
        _log.warning("The database went away under a job, which waits for it.")
        _wait()
        put_back()


def _wait() -> None:
    until = time.monotonic() + _AT_MOST
    while True:
        connection.close()
        try:
            connection.ensure_connection()
        except _LOST:
            if time.monotonic() > until:
                raise
            time.sleep(_EVERY)
        else:
            return
