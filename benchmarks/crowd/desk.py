"""A real desk in a folder of its own: started, killed, and what it takes of the machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")
PEOPLE = Path(__file__).with_name("people.py")


class Desk:
    """``clarion up`` on a data folder and a port of its own; ``database`` is a DATABASE_URL, "" for SQLite."""

    def __init__(self, home: Path, database: str = "", **settings: str) -> None:
        self.home, self.port = home, _free_port()
        rest = {k: v for k, v in os.environ.items() if not k.startswith("CLARION_") and k != "DATABASE_URL"}
        place = {"CLARION_HOME": str(home), "CLARION_PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        self._env = rest | place | settings | ({"DATABASE_URL": database} if database else {})
        self._process: subprocess.Popen[bytes] | None = None
        self.log = home.with_suffix(".log")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "the desk was not started"
        return self._process.pid

    def start(self, wrapped: tuple[str, ...] = ()) -> float:
        """Start it and wait until it answers; the seconds that this took. ``wrapped`` goes before the command."""
        begun = time.monotonic()
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [*wrapped, sys.executable, "-m", "clarion", "up"],
                env=self._env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
        while not self.healthy():
            if self._process.poll() is not None or time.monotonic() - begun > 120:
                raise SystemExit(f"The desk did not start:\n{self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End it as a crash does; its worker sees the end of its input and stops by itself."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._wait()

    def _wait(self) -> None:
        assert self._process is not None
        self._process.wait(60)

    def prepare(self, people: int, *, runs: bool = True) -> dict[str, Any]:
        """Open accounts and make runs to look at, before the desk starts; what ``people.py`` tells of them."""
        asked = [str(people), *(["runs"] if runs else [])]
        ran = subprocess.run([sys.executable, PEOPLE, *asked], env=self._env, stdout=subprocess.PIPE, check=True)
        made: dict[str, Any] = json.loads(ran.stdout)
        return made

    def ask(self, script: str) -> Any:
        """What a script with Django ready prints as JSON, as the database stands."""
        begin = "import json; from clarion.desk.setup import django_ready; django_ready(); "
        ran = subprocess.run(
            [sys.executable, "-c", begin + script], env=self._env, stdout=subprocess.PIPE, check=True
        )  # fmt: skip
        return json.loads(ran.stdout)


def cpu_seconds(pid: int) -> float:
    """What a process and all below it have used, those that have ended included."""
    total = 0.0
    for one in _family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, fields[11:15])) / _TICKS
    return total


def prefer(pid: int, nice: int) -> None:
    """Give a process, all below it, and what they will start, a place before or behind others."""
    for one in _family(pid):
        group = Path(f"/proc/{one}/autogroup")
        if nice and group.exists():  # Linux shares the processor among sessions first, and within each by nice
            group.write_text(str(nice))
        for task in Path(f"/proc/{one}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(task.name), nice)


def memory_mb(pid: int) -> float:
    """Resident memory of one process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return float(status.partition("VmRSS:")[2].split()[0]) / 1000


def worker(pid: int) -> int:
    """The job worker of a desk."""
    return next(one for one in _family(pid) if one != pid)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in below:
            yield from _family(int(child))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(desk: Desk) -> Iterator[Desk]:
    """The desk, running for the block."""
    desk.start()
    try:
        yield desk
    finally:
        desk.stop()
