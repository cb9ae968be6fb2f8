"""What was loaded before stands until something better is there: it is named when a load fails, and bounds a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from clarion.errors import BusyError, SourceError, StorageError, TableError
from clarion.tables.store import Store, Stored

if TYPE_CHECKING:
    import polars as pl

LEAST = 0.9
"""A list that keeps fewer of those in force, or of their names, than this share of the former version is refused."""


def former(store: Store, source: str, tables: Mapping[str, object] | tuple[str, ...]) -> Stored | None:
    """The version in force of a source: that of the table that lags, where a load was killed between two of them."""
    held = []
    for name in tables:
        with suppress(StorageError):  # a damaged one bounds nothing, and is replaced by the load
            held.append(store.current(name, source))
    return min(filter(None, held), key=lambda stored: stored.manifest.loaded, default=None)


@contextmanager
def former_stands(store: Store, source: str, tables: tuple[str, ...]) -> Iterator[None]:
    """Add to an error of the block that what was loaded before is still in force, and of which day it is."""
    try:
        yield
    except (SourceError, TableError, StorageError, BusyError) as error:
        if before := former(store, source, tables):
            of = before.manifest.release or f"loaded {before.manifest.loaded[:10]}"
            error.next_step = f"{error.next_step} The version in force is still the former one ({of}).".strip()
            error.details["in_force"] = before.manifest.version
        raise


def refuse_shrunk(store: Store, source: str, frames: Mapping[str, pl.DataFrame], path: str) -> None:
    """Refuse a sanctions list that lost a tenth of whom it names: a download that was cut looks so, and so would a
    forgery that hides somebody, or another list of the same form under this one's name.

    Raises
    ------
    SourceError: with the counts before and now in its details.
    """
    for name, what in (("listed_parties", "in force"), ("listed_names", "names")):
        if name not in frames:
            continue
        try:
            before = store.current(name, source)
            held = before.read() if before else None
        except StorageError:
            continue
        if before is None or held is None:
            continue
        was, now = _standing(held), _standing(frames[name])
        if now < LEAST * was:
            raise SourceError(
                f"The list has {now:,} {what}, where the former version has {was:,}: a tenth or more is gone.",
                where=path,
                next_step="Check with the publisher that so many were taken off; then load it with --shrunk.",
                before=was,
                now=now,
            )
        if name == "listed_parties" and (kept := len(_entries(held) & _entries(frames[name]))) < LEAST * was:
            raise SourceError(
                f"Only {kept:,} of the {was:,} entries in force are in this file: it looks like another list.",
                where=path,
                next_step="Check that it is the file of this list; if its publisher gave all new marks: --shrunk.",
                before=was,
                now=kept,
            )


def _entries(frame: pl.DataFrame) -> set[str]:
    return set(frame.filter(frame["status"] == "listed")["entry"])


def _standing(frame: pl.DataFrame) -> int:
    return frame.filter(frame["status"] == "listed").height if "status" in frame.columns else frame.height
