"""Work that goes on after it was killed: each part is kept in a folder as soon as it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.compute.archive import pack, unpack
from clarion.compute.runner import Answer, Item, Runner, call, children
from clarion.errors import InputError
from clarion.files import private_folder, replacing, storage_errors, write_text
from clarion.tables.lock import only_one
from clarion.vocab import visible

if TYPE_CHECKING:
    from numpy.random import Generator, SeedSequence

_ASKED = "asked.txt"
_DOING = "working in this folder"


@dataclass(frozen=True, slots=True)
class Resumable:
    """Another ``runner`` whose answers are kept in ``folder``; those that are there are not worked again.

    ``asked`` is a fingerprint of everything that the answers depend on: a folder belongs to one. Answers are
    dataclasses of ``kinds``, made of these and of what ``archive.pack`` takes; without ``kinds``, of the latter alone.
    A part is whole or not there, whenever the work stops; one that is damaged is worked again. Where the runner has
    other machines, all of them must see the folder.
    """

    runner: Runner
    folder: Path
    asked: str
    kinds: tuple[type, ...]

    def map(self, fn: Callable[[Item, Generator], Answer], items: Sequence[Item], *, seed: int) -> list[Answer]:
        """See ``Runner.map``; answers and their random numbers are those of a run that was never stopped.

        Raises
        ------
        InputError: the folder holds parts of other work, or cannot be one.
        BusyError: another process works in it.
        StorageError: it cannot be read or written.
        """
        if "\0" in str(self.folder):
            raise InputError("There is no such folder.", where=visible(str(self.folder)),
                             next_step="Ask as before, or give an empty folder.")  # fmt: skip
        folder = private_folder(self.folder.absolute())
        with only_one(folder / ".lock", _DOING):
            self._claim(folder)
            part = hashlib.sha256(repr((seed, list(items))).encode()).hexdigest()[:12]
            paths = [folder / f"{part}-{i:06d}.npz" for i in range(len(items))]
            answers = {i: found for i, path in enumerate(paths) if (found := self._kept(path)) is not None}
            todo = [i for i in range(len(items)) if i not in answers]
            seeds = children(seed, len(items))
            jobs = [(items[i], seeds[i], paths[i]) for i in todo]
            answers |= zip(todo, self.runner.map(_Keep(fn), jobs, seed=seed), strict=True)
        return [answers[i] for i in range(len(items))]

    def _claim(self, folder: Path) -> None:
        note = folder / _ASKED
        with storage_errors(note):
            asked = note.read_bytes() if note.exists() else None
        if asked is None and not any(folder.glob("*.npz")):
            write_text(note, self.asked)
        elif asked != self.asked.encode():
            raise _strange(folder)

    def _kept(self, path: Path) -> Any:
        with suppress(OSError, ValueError):
            found = unpack(path.read_bytes(), self.kinds)
            return found if not self.kinds or isinstance(found, self.kinds) else None
        return None


def _strange(folder: Path) -> InputError:
    return InputError(
        "The folder holds parts of another question, or of the same with other figures.", where=str(folder),
        next_step="Ask as before, or give an empty folder.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Keep:
    """Work one part with its own random numbers, and keep it before it is handed back."""

    fn: Callable[[Any, Generator], Any]

    def __call__(self, job: tuple[Any, SeedSequence, Path], _rng: Generator) -> Any:
        item, seed, path = job
        found = call((self.fn, item, seed))
        with replacing(path) as part:
            part.write_bytes(pack(found))
        return found
