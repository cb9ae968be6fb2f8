"""``clarion up``: prepare, open the desk, run the worker beside it, and stop both cleanly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from clarion.config import Config
from clarion.desk.keys import ensure_home
from clarion.errors import BusyError
from clarion.tables.lock import only_one

Say = Callable[[str], None]


def up(config: Config, say: Say) -> None:
    """Serve until a signal asks to stop.

    Raises
    ------
    BusyError: the port is taken, or a desk already runs on this data folder.
    StorageError: the data folder cannot be used.
    """
    ensure_home(config)
    with only_one(config.home / "up.lock", "running the desk on this data folder"):
        _port_is_free(config.host, config.port)
        from clarion.desk.prepare import prepare

        link = prepare(config)
        address = config.base_url or f"http://{_for_people(config.host)}:{config.port}"
        with _worker(say), _server(config) as server:
            if link:
                say("\nOpen this link to sign in. It works once, for half an hour:\n")
                say(f"    {address}{link}\n")
            else:
                say(f"\nThe desk is open at {address}/ (a new sign-in link: clarion user link NAME)\n")
            say("Stop it with Ctrl-C.")
            server.run()
    say("Stopped.")


def _for_people(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def _port_is_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: a port that an ended server left in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BusyError(
                f"Port {port} cannot be used: {error.strerror}.",
                where=f"{host}:{port}",
                next_step=f"Choose another: clarion up --port {port + 1 if port < 65535 else 8020}",
                port=port,
            ) from error


class _Server:
    def __init__(self, config: Config) -> None:
        from waitress import create_server

        from clarion.desk.wsgi import application

        # waitress drops a proxy's headers unless told to trust it; without this one, Django would take https for http.
        proxy = {"trusted_proxy": "*", "trusted_proxy_headers": {"x-forwarded-proto"}} if config.base_url else {}
        self._server = create_server(application, host=config.host, port=config.port, threads=8, ident=None, **proxy)

    def run(self) -> None:
        def stop(_signal: int, _frame: FrameType | None) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, stop)
        # waitress ends its loop on KeyboardInterrupt, after the requests in hand.
        self._server.run()

    def close(self) -> None:
        self._server.close()


@contextmanager
def _server(config: Config) -> Iterator[_Server]:
    server = _Server(config)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def _worker(say: Say) -> Iterator[None]:
    # The worker reads its standard input: when this process ends, however it ends, the pipe closes and it stops.
    process = subprocess.Popen(
        [sys.executable, "-m", "clarion", "worker", "--until-eof"],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd=Path.cwd(),
    )
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            say("The job worker did not stop in time and is ended; its job will be taken up again at the next start.")
            process.kill()
            process.wait()
