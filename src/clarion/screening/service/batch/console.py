"""A file of payees at the command line: screened in parts, so that memory stays small and a kill loses one part.

Beside ``OUT`` lie ``OUT.part``, which grows, and ``OUT.progress``, which says how far it is and of what. The next run
with the same file, lists and policy goes on there; with any other it begins anew. Neither holds more of a payee than
the answers do, and both go when the answers are whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.access import Actor
from clarion.compute import runner_named
from clarion.errors import BusyError, InputError
from clarion.files import exclusive, storage_errors, sync, write_text
from clarion.screening.service import policies
from clarion.screening.service.batch import columns as headings_of
from clarion.screening.service.batch.answers import BROKEN_HEADER, HEADER, PART, answered, grounds, totals
from clarion.screening.service.batch.read import exists, open_path
from clarion.screening.service.batch.row import Row
from clarion.screening.service.check import nobody
from clarion.screening.service.lists import loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clarion.compute import Streams
    from clarion.screening.service.lists import Lists
    from clarion.screening.service.policies import Use


LARGE = 4_000_000
"""Bytes of a file from which on a second process pays: each reads the lists anew."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did. ``counts`` are rows by outcome; ``resumed`` is how many an earlier run had done."""

    out: str
    broken: str
    rows: int
    counts: Mapping[str, int]
    resumed: int
    lists: str

    def to_dict(self) -> dict[str, Any]:
        return {"out": self.out, "broken": self.broken, "rows": self.rows, "counts": dict(self.counts),
                "resumed": self.resumed, "lists": self.lists}  # fmt: skip


def run(
    actor: Actor, file: Path, out: Path, *, named: Mapping[str, str], use: str = policies.DEFAULT,
    progress: Callable[[int], None] = lambda _: None, part: int = PART, on: str = "", workers: int = 0,
) -> Done:  # fmt: skip
    """Screen every row of ``file`` into ``out`` (CSV); broken rows go into ``OUT.broken.csv`` with the reason.

    ``named`` are columns by what they are, where the headings do not tell. No name is in the log or in an error.
    ``on`` and ``workers`` say where to work (``runner_named``); the answers are the same bytes. Without ``workers`` a
    large file takes two, where the machine has two cores.

    Raises
    ------
    InputError: the file cannot be read, no list is loaded, or ``out`` cannot be one.
    StorageError: the disk is full or closed to us.
    """
    exists(file)
    if out.absolute() == file.absolute():
        raise InputError("The answers would replace the file of payees.", where=str(out),
                         next_step="Name another file.")  # fmt: skip
    if out.suffix.lower() != ".csv" or not out.absolute().parent.is_dir():
        raise InputError(
            "The answers cannot be written there.", where=str(out), next_step="Name a .csv file in a folder."
        )
    policy = policies.use(use)
    runner, lists = runner_named(on, workers or _workers(file, on)), loaded()
    if not lists.sanctions:
        raise InputError("No sanctions list is loaded, so nobody can be screened.", where="lists",
                         next_step="Load one with: clarion screening lists fetch ofac-sdn")  # fmt: skip
    with open_path(file) as (headings, rows):
        columns = headings_of.chosen(headings, named)
        headings_of.needed(columns, len(headings))
        of_file = _sha256(file)
        asked = hashlib.sha256(
            json.dumps([of_file, grounds(lists, policy), columns, part, HEADER]).encode()
        ).hexdigest()
        work = _Work(actor, out, asked, policy, lists, columns)
        return work.through(_unchanged(rows, file, of_file), part, progress, runner)


def _workers(file: Path, on: str) -> int:
    with storage_errors(file):
        large = file.stat().st_size >= LARGE
    return min(2, len(os.sched_getaffinity(0))) if large and on != "serial" else 1


def _sha256(file: Path) -> str:
    with storage_errors(file), file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unchanged(rows: Iterator[Row], file: Path, sha256: str) -> Iterator[Row]:
    """The rows of a file that is at their end the one it was: answers are of one file, not of two that met in it."""
    yield from rows
    if _sha256(file) != sha256:
        raise BusyError("The file was changed while it was screened, so no answers are given.", where=str(file),
                        next_step="Leave it as it is, and start again.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Job:
    """A part of the file, with all that a worker needs to screen it; the lists it reads from its own data folder."""

    actor: Actor
    rows: Sequence[Row]
    columns: Mapping[str, int]
    use: Use
    lists: Lists


@dataclass(frozen=True, slots=True)
class _Screened:
    """CSV lines of a part."""

    answers: bytes
    broken: bytes
    counts: dict[str, int]
    rows: int


def _screened(job: _Job) -> _Screened:
    found = answered(job.actor, job.rows, job.columns, job.use, job.lists, nobody)
    answers, broken = (_csv(lines, head) if lines else b"" for lines, head in (
        (found.lines, HEADER), (found.broken, BROKEN_HEADER)))  # fmt: skip
    return _Screened(answers, broken, dict(found.counts), len(job.rows))


class _Work:
    """One run over a file, with where it stands on the disk."""

    def __init__(
        self, actor: Actor, out: Path, asked: str, use: Use, lists: Lists, columns: Mapping[str, int]
    ) -> None:  # fmt: skip
        self.actor, self.out, self.asked, self.use, self.lists, self.columns = actor, out, asked, use, lists, columns
        self.broken = out.with_name(out.stem + ".broken.csv")
        self.note = out.with_name(out.name + ".progress")

    def through(self, rows: Iterator[Row], part: int, progress: Callable[[int], None], runner: Streams) -> Done:
        with exclusive(_part(self.out)) as alone:
            if alone is None:
                raise BusyError("Another run writes these answers.", where=str(self.out),
                                next_step="Wait for it, or write to another file.")  # fmt: skip
            return self._through(rows, part, progress, runner)

    def _through(self, rows: Iterator[Row], part: int, progress: Callable[[int], None], runner: Streams) -> Done:
        stood = self._stood()
        resumed, parts, at = stood["rows"], [stood["counts"]], stood["rows"]
        sizes = stood["bytes"]
        for _ in islice(rows, resumed):
            pass
        files = [self._open(path, size, head) for path, size, head in (
            (self.out, sizes[0], HEADER), (self.broken, sizes[1], BROKEN_HEADER))]  # fmt: skip
        try:
            progress(at)
            for done in runner.each(_screened, self._jobs(rows, part)):
                for handle, lines in zip(files, (done.answers, done.broken), strict=True):
                    self._write(handle, lines)
                at += done.rows
                parts.append(done.counts)
                self._keep(at, totals(parts), [os.lseek(handle, 0, os.SEEK_CUR) for handle in files])
                progress(at)
        finally:
            for handle in files:
                os.close(handle)
        return self._end(at, totals(parts), resumed)

    def _write(self, handle: int, lines: bytes) -> None:
        """All of it, or an error: a disk that fills up takes a piece and says nothing."""
        with storage_errors(self.out):
            rest = memoryview(lines)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)

    def _jobs(self, rows: Iterator[Row], part: int) -> Iterator[_Job]:
        while several := list(islice(rows, part)):
            yield _Job(self.actor, several, self.columns, self.use, self.lists)

    def _stood(self) -> dict[str, Any]:
        """Where an earlier run of the same stopped; the beginning where there was none."""
        begin: dict[str, Any] = {"rows": 0, "counts": {}, "bytes": [0, 0]}
        with storage_errors(self.note):
            if not self.note.is_file():
                return begin
            try:
                told = json.loads(self.note.read_text(encoding="utf-8"))
                same = told["asked"] == self.asked and all(
                    _part(path).stat().st_size >= size
                    for path, size in zip((self.out, self.broken), told["bytes"], strict=True)
                )
            except (ValueError, KeyError, TypeError, FileNotFoundError):
                return begin
        return told if same else begin

    def _open(self, path: Path, size: int, header: Sequence[str]) -> int:
        """The growing file, cut back to what was surely written."""
        with storage_errors(path):
            handle = os.open(_part(path), os.O_RDWR | os.O_CREAT, 0o600)
            os.ftruncate(handle, size)
            os.lseek(handle, 0, os.SEEK_END)
            if not size:
                self._write(handle, _csv([], header))
            return handle

    def _keep(self, rows: int, counts: Mapping[str, int], sizes: list[int]) -> None:
        write_text(self.note, json.dumps({"asked": self.asked, "rows": rows, "counts": counts, "bytes": sizes}))

    def _end(self, rows: int, counts: Mapping[str, int], resumed: int) -> Done:
        with storage_errors(self.out):
            if counts.get("broken"):
                os.replace(_part(self.broken), self.broken)
            else:
                _part(self.broken).unlink()
                self.broken.unlink(missing_ok=True)
            os.replace(_part(self.out), self.out)
            sync(self.out.absolute().parent)
            self.note.unlink(missing_ok=True)
        broken = str(self.broken) if counts.get("broken") else ""
        return Done(str(self.out), broken, rows, counts, resumed, self.lists.version)


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _csv(lines: Sequence[Sequence[str]], header: Sequence[str]) -> bytes:
    """Lines as CSV, or the header where there are none."""
    import polars as pl

    from clarion.tables.files import harmless

    frame = harmless(pl.DataFrame(lines, schema=dict.fromkeys(header, pl.String), orient="row"))
    return frame.write_csv(include_header=not lines).encode()
