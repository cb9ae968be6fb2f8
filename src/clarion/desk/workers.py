"""Whether any job worker is at work, for pages that show somebody waiting."""

from __future__ import annotations

from clarion.config import config
from clarion.desk.database import is_sqlite
from clarion.desk.locks import WORKER, held


def nobody_works() -> bool:
    """Whether no worker is left on the data folder.

    A worker on SQLite is on this machine, and its lock falls the moment it dies. One of a team on PostgreSQL may be on
    another machine: of that, nothing is said.
    """
    here = config()
    return is_sqlite(here) and not held(here.home / WORKER)
