"""How a source declares itself, and what its loader is handed. Standard library only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import polars as pl

Loader = Callable[["Raw"], Mapping[str, "pl.DataFrame"]]
MOST_REASONS = 500
Files = Literal["one", "together", "each"]


@dataclass(slots=True)
class Raw:
    """A source file on disk, and the loader's tally of what it left out.

    A loader fails or counts on surprise; it never guesses. ``counts`` says in plain words how many rows were left out
    and why ("aggregate areas": 120), and is kept with the table.

    ``path`` may be a folder, and ``more`` further files, for a source that takes several; ``member`` names the one file
    of an archive that is meant. ``release`` is what is known of the file; a loader that finds the publisher's own date
    in it puts that here. Nothing after ``today`` has come. ``wanted`` says in a message which files are read instead.
    """

    path: Path
    release: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    more: tuple[Path, ...] = ()
    member: str = ""
    today: date = field(default_factory=date.today)
    wanted: str = ""

    def count(self, reason: str, rows: int) -> None:
        """Note that ``rows`` rows were left out for ``reason``; nothing is noted for none.

        A file may make up reasons without end (elements that nobody knows); past ``MOST_REASONS`` they share one.
        """
        if reason not in self.counts and len(self.counts) >= MOST_REASONS:
            reason = "further reasons"
        if rows:
            self.counts[reason] += rows


@dataclass(frozen=True, slots=True)
class Source:
    """What the house knows of one source.

    ``url`` is the page for people; ``download`` is the file's address (``{year}`` in it is the year asked for). Where
    a publisher moves the file with each release, ``download`` is a page and ``link`` ends the address to follow there.
    ``file_name`` is what the file is called on disk.

    ``files`` tells whether it is one file, several that are read ``together``, or several of which ``each`` is a list
    of its own, kept as the source's id and the file's name. ``superseded_by`` is the source that took the place of one
    that is closed.

    ``rows`` are the fewest and the most rows that its tables may hold together: fewer fail the load (something is
    missing), more only warn (the world grew). ``embedded`` names a file of ``sources/facts`` for sources that ship
    with the package and need no download.
    """

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    cadence: str
    tables: tuple[str, ...]
    rows: tuple[int, int]
    file_format: str
    load: Loader
    release: str = ""
    licence_url: str = ""
    embedded: str = ""
    needs_key: str = ""
    notes: str = ""
    download: str = ""
    link: str = ""
    file_name: str = ""
    files: Files = "one"
    superseded_by: str = ""


def source(
    *,
    id: str,
    title: str,
    publisher: str,
    url: str,
    licence: str,
    cadence: str,
    tables: tuple[str, ...],
    rows: tuple[int, int],
    file_format: str,
    release: str = "",
    licence_url: str = "",
    embedded: str = "",
    needs_key: str = "",
    notes: str = "",
    download: str = "",
    link: str = "",
    file_name: str = "",
    files: Files = "one",
    superseded_by: str = "",
) -> Callable[[Loader], Source]:
    """Declare a source: the decorated loader becomes a ``Source``."""

    def declare(load: Loader) -> Source:
        return Source(
            id, title, publisher, url, licence, cadence, tables, rows, file_format, load,
            release, licence_url, embedded, needs_key, notes, download, link, file_name, files,
            superseded_by,
        )  # fmt: skip

    return declare
