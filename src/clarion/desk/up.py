"""``clarion up``: prepare, open the desk, run the worker beside it, and stop both cleanly."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from clarion.config import Config
from clarion.desk.keys import ensure_home
from clarion.desk.locks import announce, announced, whole_folder
from clarion.desk.serving import Say, begin, beside, helpers, processes, server
from clarion.errors import BusyError, ClarionError, InputError

PATIENCE = 5.0  # seconds for which a port may still be taken
Tell = Callable[[str, str], None]
"""Told the desk's address and the first sign-in link, "" where an operator has signed in before."""


def up(config: Config, say: Say, tell: Tell) -> None:
    """Serve until a signal asks to stop; ``tell`` is called once, when the desk is open.

    Raises
    ------
    BusyError: the port is taken, or a desk already runs on this data folder.
    InputError: CLARION_HOST is not an address of this machine, or the port is for the system only.
    StorageError: the data folder or the database cannot be used.
    """
    ensure_home(config)
    with _alone(config), listening(config.host, config.port) as door:
        from clarion.desk.prepare import prepare

        link = prepare(config)
        address = default_address(config)
        announce(config, address)
        with _worker(say), helpers(door, processes(config) - 1, say), server(door, config) as serve:
            tell(address, address + link if link else "")
            serve()
    say("Stopped.")


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Hold the data folder; who comes second learns where the first is open."""
    with ExitStack() as held:
        try:
            held.enter_context(whole_folder(config))
        except BusyError as error:
            address = announced(config)
            if not address:
                raise
            raise BusyError(
                "Another process is already running the desk on this data folder.",
                where=f"{address}/",
                next_step="Open that address, or print a sign-in link with: clarion user link NAME",
                **error.details,
            ) from None
        yield


def default_address(config: Config) -> str:
    """Where a desk with these settings is open."""
    return config.base_url or f"http://{_for_people(config.host)}:{config.port}"


def _for_people(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else is done, and keep it: whoever comes second finds it taken.

    Raises
    ------
    BusyError: the port is taken.
    InputError: the address is not of this machine, or the port is for the system only.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        # A port that an ended server left in TIME_WAIT is free.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                door.bind((host, port))
                # Whoever connects while the database is prepared waits for the first answer.
                door.listen(128)
                break
            except OSError as error:
                # A helper of a desk that was killed a moment ago is about to see it, and to let go of the port.
                if error.errno != errno.EADDRINUSE or time.monotonic() > end:
                    raise _refused(error, host, port) from error
            time.sleep(0.1)
        yield door


def _refused(error: OSError, host: str, port: int) -> ClarionError:
    where = f"{host}:{port}"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return InputError(
            f"{host} is not an address of this machine.",
            where="environment variable CLARION_HOST",
            next_step="Unset it to open the desk on this machine only.",
        )
    if error.errno == errno.EACCES:
        return InputError(
            f"Port {port} is for the system only.", where=where, next_step="Choose one above 1023, such as 8020."
        )
    other = port + 1 if port < 65535 else 8020
    return BusyError(
        f"Port {port} cannot be used: {error.strerror}.",
        where=where,
        next_step=f"Choose another: clarion up --port {other}",
        port=port,
    )


@contextmanager
def _worker(say: Say) -> Iterator[None]:
    ended = "The job worker has ended by itself (status {}); jobs wait. Stop the desk and start it again."
    late = "The job worker did not stop in time and is ended; its job will be taken up again at the next start."
    with beside([begin(["clarion", "worker", "--until-eof"])], say, ended, late):
        yield
