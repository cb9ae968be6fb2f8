"""The folder of somebody's keys on their own machine: key files, notes, cards, the desk's address; for nobody else.

A keyholder who also asks for openings has two key files in it, with a passphrase each.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clarion.errors import BusyError, InputError, StorageError
from clarion.files import exclusive, private_folder, replacing, storage_errors

VARIABLE = "CLARION_KEYS"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a ``kind`` of key (keyholder or device) in the folder ``path``."""

    path: Path
    kind: str

    @property
    def key(self) -> Path:
        return self.path / f"{self.kind}.key"

    @property
    def notes(self) -> Path:
        return self.path / f"{self.kind}.notes"

    @property
    def card(self) -> Path:
        return self.path / f"{self.kind}-card.json"

    @property
    def desk(self) -> Path:
        return self.path / "desk.json"


def find(given: str, kind: str) -> Folder:
    """The folder ``given``, or that of ``CLARION_KEYS``, or the platform's own; made where it does not exist.

    Raises
    ------
    StorageError: it cannot be made. InputError: others may read it.
    """
    path = Path(given or os.environ.get(VARIABLE) or _usual()).expanduser()
    private_folder(path)
    if path.stat().st_mode & 0o077:
        raise InputError(
            "Other users of this machine may look into the folder of your keys.",
            where=str(path),
            next_step=f"Close it: chmod 700 {path}",
        )
    return Folder(path, kind)


def _usual() -> Path:
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/clarion-keys")
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config") / "clarion-keys"


@contextmanager
def alone(folder: Folder) -> Iterator[None]:
    """Hold the folder, so that no second run counts or answers at the same time.

    Raises
    ------
    BusyError: another run holds it.
    """
    with exclusive(folder.path / ".lock") as held:
        if held is None:
            raise BusyError(
                "Another run of this tool uses these keys.",
                where=str(folder.path),
                next_step="Wait until it has finished, then try again.",
            )
        yield


def write_private(path: Path, text: str) -> None:
    """Replace the text of ``path`` in one step; only its owner may read it.

    Raises
    ------
    StorageError: the disk is full, or the folder may not be written.
    """
    with replacing(path) as temporary:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)


def read_text(path: Path) -> str:
    """The text of a file that somebody names.

    Raises
    ------
    InputError: there is none. StorageError: it cannot be read.
    """
    if not path.is_file():
        raise InputError("There is no such file.", where=str(path), next_step="Check its name and folder.")
    with storage_errors(path):
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise StorageError(
                "This file is no text.", where=str(path), next_step="Ask for it again; it was cut or mixed up."
            ) from error
