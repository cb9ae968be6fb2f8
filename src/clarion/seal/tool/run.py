"""One run of a tool: the folder held, the keys in memory, the notes read, the desk known."""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clarion.errors import InputError, NotAllowed
from clarion.seal.documents import Document, write
from clarion.seal.keyfile import Cost, Keys, unlock
from clarion.seal.tool import desk as desks
from clarion.seal.tool import notes as kept
from clarion.seal.tool.desk import Desk
from clarion.seal.tool.folder import Folder, alone, find, read_text, write_private
from clarion.seal.tool.notes import Notes
from clarion.seal.tool.terminal import secret, warn


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Around:
    """What a run takes from around it. Tests give another clock, and key files that cost less to open."""

    kind: str
    given: argparse.Namespace
    clock: Callable[[], datetime] = clock
    cost: Cost | None = None

    @property
    def program(self) -> str:
        return "clarion-keyholder" if self.kind == "keyholder" else "clarion-open"


@dataclass(slots=True)
class Run:
    """An open run. ``lost`` says that there were no notes though there was a key."""

    around: Around
    folder: Folder
    keys: Keys
    notes: Notes
    lost: bool
    now: datetime

    @property
    def given(self) -> argparse.Namespace:
        return self.around.given

    def save(self) -> None:
        """Write the notes; until then nothing has happened."""
        kept.save(self.folder, self.keys, self.notes)

    def desk(self) -> Desk:
        """The desk.

        Raises
        ------
        InputError: none was named.
        """
        found = desks.kept(self.folder)
        if found is None:
            raise InputError(
                "This tool knows no desk.",
                next_step=f"Name it with: {self.around.program} init --desk https://... ; or carry files by hand.",
            )
        return found

    def hand_on(self, document: Document, path: str) -> str:
        """Write ``document`` to the file of ``--out`` where one was given, else send it to the desk; says which."""
        if out := self.given.out:
            write_private(Path(out), write(document))
            return f"written to {out}"
        self.desk().post(path, document)
        return "sent to the desk"


def no_core_dumps() -> None:
    """A program that crashes must not leave its memory on the disk. (Python cannot wipe memory: runs are short.)"""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def running(around: Around, *, any_clock: bool = False) -> Iterator[Run]:
    """Hold the folder, ask for the passphrase, open the key file and the notes, look at the clock.

    With ``any_clock`` a clock that was set back is no reason to end.

    Raises
    ------
    InputError: there is no key yet. WrongPassphrase, BusyError, StorageError, NotAllowed (the clock was set back).
    """
    no_core_dumps()
    given, folder = around.given, find(around.given.keys, around.kind)
    with alone(folder):
        keys = open_keys(folder, around)
        found = kept.load(folder, keys)
        if found is None:
            warn("The notes of this tool are lost: it knows no roster and no request, and counts openings from zero.")
        run = Run(around, folder, keys, found or Notes(), found is None, around.clock())
        if given.clock_is_right:
            run.notes.clock_was_wrong(run.now)
        try:
            run.notes.tick(run.now)
        except NotAllowed as error:
            if not any_clock:
                raise
            warn(error.what)
        yield run


def open_keys(folder: Folder, around: Around) -> Keys:
    """The keys of the folder, opened with the passphrase; raises as ``running``."""
    if not folder.key.exists():
        raise InputError(
            f"There is no key of a {around.kind} here.",
            where=str(folder.path),
            next_step=f"Make one with: {around.program} init --label WORD ; or name its folder with --keys",
        )
    return unlock(read_text(folder.key), secret("passphrase", around.given.passphrase_file))
