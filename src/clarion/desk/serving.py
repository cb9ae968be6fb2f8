"""Answer the web: in this process, and in further ones on the same port, so that a busy desk has more than one core.

Nothing is kept between requests in a process but what can be computed again: sessions, counts of failed sign-ins and
one-time links are in the database, which all of them share.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from clarion.config import Config, config

Say = Callable[[str], None]
MOST = 2  # where nobody says how many
_MEMORY = 3_500_000_000  # bytes of a machine from which on two are begun: each may come to hold a gigabyte of tables


def processes(config: Config) -> int:
    """How many processes are to answer: as configured, or one a core, two at most and one where memory is short."""
    if config.processes:
        return config.processes
    if os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") <= _MEMORY:
        return 1
    return min(MOST, len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 1


@contextmanager
def server(door: socket.socket, config: Config) -> Iterator[Callable[[], None]]:
    """Serve on a listening socket in this process until SIGTERM or Ctrl-C; gives what runs until then."""
    from waitress import create_server

    from clarion.desk.wsgi import application

    made = create_server(application, sockets=[door], ident=None, **_bounds(), **proxy(config))

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # At once: a killed desk's helpers must not hold the port that its successor wants.
        made.socket.close()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        # waitress ends its loop on KeyboardInterrupt, after the requests in hand.
        yield made.run
    finally:
        made.close()


@contextmanager
def helpers(door: socket.socket, count: int, say: Say) -> Iterator[None]:
    """Let ``count`` further processes answer on ``door``; they end with this one, however it ends."""
    words = ["clarion.desk.serving", str(door.fileno())]
    begun = [begin(words, pass_fds=[door.fileno()]) for _ in range(count)]
    with beside(begun, say, "A process that answers the web has ended by itself (status {}); the others go on."):
        yield


def begin(words: Sequence[str], pass_fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Start a module of Clarion's, given with its words, as a process that stands by this one.

    It reads its standard input: when this process ends, however it ends, the pipe closes and it stops.
    """
    # -P: a file named typer.py in the folder where somebody typed "clarion up" is not ours to run.
    command = [sys.executable, "-P", "-m", *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=pass_fds, start_new_session=True)


@contextmanager
def beside(begun: Sequence[subprocess.Popen[bytes]], say: Say, ended: str, late: str = "") -> Iterator[None]:
    """Have processes stand by, and stop them at the end of the block.

    ``ended``, with the status for its {}, is said of one that ends by itself, ``late`` of one that does not stop in
    time. Neither is started again by itself: what ended it would end it again and again.
    """
    stopping = threading.Event()
    for process in begun:
        threading.Thread(target=_watch, args=(process, stopping, say, ended), daemon=True).start()
    try:
        yield
    finally:
        stopping.set()
        for process in begun:
            assert process.stdin is not None
            process.stdin.close()
        for process in begun:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                if late:
                    say(late)
                process.kill()
                process.wait()


def _watch(process: subprocess.Popen[bytes], stopping: threading.Event, say: Say, ended: str) -> None:
    status = process.wait()
    if not stopping.is_set():
        say(ended.format(status))


def stop_at_eof(number: signal.Signals) -> None:
    """Send this process a signal when its standard input closes, as it does when the process that began it ends."""
    # Not by way of sys.stdin: a thread that waits holds its lock, and an interpreter that ends meanwhile would abort.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), number)


def _bounds() -> dict[str, Any]:
    """What a stranger may take: waitress would put a gigabyte of anybody's on the disk, and stop at 100 connections.

    Nothing goes through a temporary file: what is sent and what is answered may be a list of people.
    """
    largest = 1_100_000  # bytes of a request: Django reads one million, and of a file half a million
    return {
        "threads": 8,
        "max_request_body_size": largest,
        "inbuf_overflow": largest + 1,
        "outbuf_overflow": 1 << 40,  # an answer is in memory anyway
        "max_request_header_size": 64_000,
        "connection_limit": 1000,
        "asyncore_use_poll": True,
        "channel_timeout": 30,
        "cleanup_interval": 5,
    }


def proxy(config: Config) -> dict[str, Any]:
    """Believe the proxy, and nobody else, about https and about the reader's address, which bounds failed sign-ins.

    waitress removes these headers from whoever is not trusted. Tor hands on whatever a stranger wrote into them.
    """
    if not config.base_url or config.onion:
        return {}
    return {"trusted_proxy": config.proxy, "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"}}


def _help(fd: int) -> None:
    threading.Thread(target=stop_at_eof, args=(signal.SIGTERM,), daemon=True).start()
    with socket.socket(fileno=fd) as door, server(door, config()) as serve:
        serve()


if __name__ == "__main__":
    _help(int(sys.argv[1]))
