"""A file of payees at the command line, screened in memory and sealed: handles go into a file, outcomes nowhere."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.access import Actor
from clarion.errors import InputError
from clarion.files import storage_errors, sync
from clarion.screening.service import policies, sealing
from clarion.screening.service.asked import Asked
from clarion.screening.service.batch import columns as headings_of
from clarion.screening.service.batch.read import open_path
from clarion.vocab import Phrase

if TYPE_CHECKING:
    pass

MOST = 1000  # payees of a file: as many as one request to open them can name
HEADER = ("id", "line", "handle")


@dataclass(frozen=True, slots=True)
class Done:
    """``counts`` are payees by outcome, ``open`` the lines of those that are not clear, with the outcome. They are told
    once."""

    out: str
    counts: Mapping[str, int]
    open: tuple[tuple[int, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "out": self.out, "sealed": sum(self.counts.values()), "counts": dict(self.counts),
            "open": [{"line": line, "outcome": outcome} for line, outcome in self.open],
        }  # fmt: skip


def run(
    actor: Actor, file: Path, out: Path, *, named: Mapping[str, str], use: str = policies.DEFAULT
) -> Done:  # fmt: skip
    """Screen and seal every row of ``file``, all or none, and write the row's id and its handle into ``out`` (CSV).

    The handles are on the disk before the values are kept: a kill leaves neither, or both (``OUT.part`` then).

    Raises
    ------
    InputError: the file cannot be read, is too long, or has a row that cannot be a payee (its line is told); ``out``
    cannot be written. ClarionError: the desk has no keyholders. StorageError: the disk is full.
    """
    from django.db import transaction

    if out.suffix.lower() != ".csv" or not out.absolute().parent.is_dir() or out.exists():
        raise InputError("The handles cannot be written there.", where=str(out),
                         next_step="Name a .csv file in a folder, which does not exist yet.")  # fmt: skip
    policies.use(use)
    payees = _read(file, named)
    part = out.with_name(out.name + ".part")
    with storage_errors(out):
        try:
            with transaction.atomic():
                found = sealing.seal(actor, [payee for _, _, payee in payees], use)
                rows = [(own, str(line), made) for (own, line, _), (made, _) in zip(payees, found, strict=True)]
                _write(part, rows)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        os.replace(part, out)
        sync(out.absolute().parent)
    outcomes = [checked.outcome for _, checked in found]
    opened = [(line, said) for (_, line, _), said in zip(payees, outcomes, strict=True) if said != "clear"]
    return Done(str(out), dict(sorted(Counter(outcomes).items())), tuple(opened))


def _read(file: Path, named: Mapping[str, str]) -> list[tuple[str, int, Asked]]:
    with open_path(file) as (headings, rows):
        columns = headings_of.chosen(headings, named)
        headings_of.needed(columns, len(headings))
        found, broken = [], []
        for row in rows:
            try:
                found.append((headings_of.identified(row, columns), row.line, headings_of.payee_of(row, columns)))
            except InputError:
                broken.append(row.line)
            if len(found) > MOST:
                raise InputError(Phrase("A file to be sealed has up to {most:,.0f} payees.", most=MOST),
                                 where=str(file), next_step="Cut it into several.")  # fmt: skip
    if broken or not found:
        lines = ", ".join(map(str, broken[:20]))
        raise InputError(
            Phrase("Nothing was sealed: {count} lines cannot be a payee, such as {lines}.",
                   count=len(broken), lines=lines) if broken else "The file has headings and no rows.",
            where=str(file), next_step="Mend these lines; clarion screening batch says what is wrong with each.",
        )  # fmt: skip
    return found


def _write(path: Path, rows: list[tuple[str, str, str]]) -> None:
    import polars as pl

    from clarion.tables.files import harmless

    frame = harmless(pl.DataFrame(rows, schema=dict.fromkeys(HEADER, pl.String), orient="row"))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(frame.write_csv().encode())
        stream.flush()
        os.fsync(stream.fileno())
