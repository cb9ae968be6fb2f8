"""The job worker: takes jobs one after another until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

from clarion.config import config
from clarion.desk.locks import working
from clarion.desk.rooms import load, rooms
from clarion.desk.serving import stop_at_eof
from clarion.desk.setup import django_ready
from clarion.errors import StorageError


def work(until_eof: bool, ready: Callable[[], None]) -> None:
    """Run the worker; ``ready`` is called before it takes its first job.

    With ``until_eof`` it also stops when its standard input closes, as it does when ``up`` ends.

    Raises
    ------
    BusyError: an upgrade or a restore runs.
    StorageError: the database is not of this version.
    """
    if until_eof:
        # SIGINT: huey finishes the job in hand, then stops.
        threading.Thread(target=stop_at_eof, args=(signal.SIGINT,), daemon=True).start()
    django_ready()
    with working(config()):
        # huey's task function must be registered before the consumer asks for it.
        from huey.contrib.djhuey import HUEY
        from huey.contrib.djhuey import tasks_backend as _registers  # noqa: F401

        _begin(patient=until_eof)
        ready()
        HUEY.create_consumer(workers=1, worker_type="thread", check_worker_health=True).run()


def _begin(*, patient: bool) -> None:
    """Take up what was left. A patient worker, whose desk is open, waits for a database that went away meanwhile."""
    from django.db import connection

    from clarion.desk.outage import REFUSALS
    from clarion.release.store.jobs import take_up_again
    from clarion.seal.store.upkeep import tidy

    while True:
        try:
            _check_version()
            tidy()
            take_up_again()
            for room in rooms():
                if room.worker_start:
                    load(room.worker_start)()
        except (*REFUSALS, StorageError) as error:
            if not patient or not (isinstance(error, REFUSALS) or isinstance(error.__cause__, REFUSALS)):
                raise
            connection.close()
            time.sleep(2)
        else:
            return


def _check_version() -> None:
    from clarion.desk.upgrade import pending

    if pending():
        raise StorageError(
            "The database is not of this version of Clarion.",
            where="database",
            next_step="Bring it up to date with: clarion upgrade",
        )
