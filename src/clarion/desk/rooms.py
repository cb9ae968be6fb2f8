"""Find the rooms: every folder with a ``room.toml``, in the package and in the folders of ``CLARION_ROOMS``.

Reading the declarations imports no room, so that ``clarion --help`` stays light. A folder of ``CLARION_ROOMS`` joins
the package's search path, so that a room there is ``clarion.<name>`` like any other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import clarion
from clarion.config import config
from clarion.errors import InputError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = frozenset(
    {"name", "title", "help", "order", "home", "menu", "permissions", "commands", "api", "web", "indicators"}
    | {"worker_start", "exit"}
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a room adds to the root; ``path`` is ``module:attribute`` of a typer app or a function.

    ``database`` says that it needs the desk's database, and so Django.
    """

    name: str
    help: str
    path: str
    database: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What the shell knows of a room without importing it. Paths are ``module:attribute``; empty means none."""

    name: str
    title: str
    help: str
    folder: Path
    order: int = 100
    home: bool = False
    menu: tuple[tuple[str, str], ...] = ()
    commands: tuple[Command, ...] = ()
    api: str = ""
    web: str = ""
    indicators: str = ""
    worker_start: str = ""
    exit: bool = False

    @property
    def package(self) -> str:
        return f"clarion.{self.name}"


@cache
def rooms() -> tuple[Room, ...]:
    """Every room, in menu order.

    Raises
    ------
    InputError: a ``room.toml`` that cannot be read, has an unknown key or misses a needed one.
    """
    for folder in config().rooms:
        if str(folder) not in clarion.__path__:
            clarion.__path__.append(str(folder))
    found = [_read(file) for file in _declarations()]
    return tuple(sorted(found, key=lambda r: (r.order, r.name)))


def _declarations() -> Iterator[Path]:
    for folder in clarion.__path__:
        yield from sorted(Path(folder).glob("*/room.toml"))


def _read(file: Path) -> Room:
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        unknown = set(data) - _KEYS
        if unknown:
            raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
        if not _NAME.fullmatch(data["name"]) or data["name"] != file.parent.name:
            raise ValueError(f"name must be that of the folder, {file.parent.name!r}")
        return Room(
            name=data["name"],
            title=data["title"],
            help=data["help"],
            folder=file.parent,
            order=data.get("order", 100),
            home=data.get("home", False),
            menu=tuple((m["label"], m["route"]) for m in data.get("menu", [])),
            commands=tuple(
                Command(c["name"], c["help"], c["path"], c.get("database", False)) for c in data.get("commands", [])
            ),
            api=data.get("api", ""),
            web=data.get("web", ""),
            indicators=data.get("indicators", ""),
            worker_start=data.get("worker_start", ""),
            exit=data.get("exit", False),
        )
    except (OSError, KeyError, ValueError, TypeError) as error:
        missing = isinstance(error, KeyError)
        raise InputError(
            f"A room cannot be read: {'missing key ' if missing else ''}{error}.",
            where=str(file),
            next_step="Mend room.toml; its keys are explained in CONTRIBUTING.md.",
        ) from error


def load(path: str) -> Any:
    """Import what a declaration's ``module:attribute`` points to."""
    from importlib import import_module

    module, _, attribute = path.partition(":")
    return getattr(import_module(module), attribute)
