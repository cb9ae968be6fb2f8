"""One name for the engine as it is: its code, and the tables of names and frequencies that it weighs by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGES = ("clarion.names", "clarion.screening.engine")
_SHAPE = ("asked.py", "check.py", "checked.py", "kinds.py", "readable.py")
"""Modules of the service that say what is asked of the engine, and how an answer is written."""
_KINDS = (".py", ".csv", ".json")


@cache
def engine_version() -> str:
    """SHA-256 of all that an answer rests on but question, lists and policy. A decision keeps it: where the same
    question gives another answer, it says whether the engine is another one since."""
    said = sha256()
    for name, file in sorted(_files()):
        said.update(f"{name} {sha256(file).hexdigest()}\n".encode())
    return said.hexdigest()


def _files() -> Iterator[tuple[str, bytes]]:
    for package in _PACKAGES:
        yield from _below(files(package), package)
    here = files("clarion.screening.service")
    for name in _SHAPE:
        yield name, here.joinpath(name).read_bytes()


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _below(one, f"{name}/{one.name}")
        elif one.name.endswith(_KINDS):
            yield f"{name}/{one.name}", one.read_bytes()
