"""The desk, its port, its worker, and the jobs that wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from clarion.config import Config
from clarion.desk.database import is_sqlite
from clarion.desk.doctor.finding import Finding
from clarion.desk.doctor.key import usable
from clarion.desk.locks import DESK, WORKER, announced, held
from clarion.desk.queue import FILE, NAME
from clarion.desk.up import listening
from clarion.errors import BusyError


def desk(config: Config) -> Iterator[Finding]:
    if held(config.home / DESK):
        where = f", at {address}/" if (address := announced(config)) else ""
        yield Finding("desk", "ok", f"Runs on this data folder{where}.")
        return
    try:
        with listening(config.host, config.port):
            yield Finding("desk", "ok", f"Does not run; port {config.port} is free.")
    except BusyError as error:
        yield Finding(
            "desk", "fail", f"Port {config.port} is taken by another program.", error.next_step.split(": ")[-1]
        )


def jobs(config: Config) -> Iterator[Finding]:
    alive = held(config.home / WORKER)
    waiting = _waiting(config)
    if waiting is None:
        return
    if alive:
        yield Finding("jobs", "ok", f"A worker runs; {waiting} jobs wait.")
    elif held(config.home / DESK):
        yield Finding(
            "jobs", "fail", f"The desk runs without a worker; {waiting} jobs wait.", "Stop it, then: clarion up"
        )
    elif waiting:
        yield Finding("jobs", "warn", f"{waiting} jobs wait, and no worker runs here.", "clarion up")
    else:
        yield Finding("jobs", "ok", "No worker runs here; no job waits.")


def _waiting(config: Config) -> int | None:
    """How many jobs wait; None where that cannot be told (other findings say why)."""
    if is_sqlite(config):
        file = config.home / FILE
        if not file.exists():
            return 0
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as there:
            return int(there.execute("select count(*) from task where queue = ?", [NAME]).fetchone()[0])
    if not usable(config):
        return None
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from huey_task where queue = %s", [NAME])
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return None
