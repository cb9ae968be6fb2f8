"""The end of the trail: a figure's rows as they stand in the source file."""

from __future__ import annotations

from dataclasses import dataclass

from clarion.access import Actor, require
from clarion.errors import UnknownName
from clarion.spillover.service.tables import warehouse
from clarion.vocab import Phrase, Provenance

MOST = 200
LARGEST = 1 << 63  # what a column of whole numbers can hold; an address may hold any


@dataclass(frozen=True, slots=True)
class SourceRows:
    """Rows of one source: as published where the file ships with the package, else as they were loaded."""

    provenance: Provenance
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    as_published: bool


def source_rows(actor: Actor, table: str, source: str, numbers: tuple[int, ...]) -> SourceRows:
    """Rows by their line numbers in the source file (header is line 1), at most 200.

    Raises
    ------
    UnknownName: no such table, source or line.
    """
    import polars as pl

    require(actor, "spillover.view")
    held = warehouse().table(table, source)
    wanted = sorted({n for n in numbers if 0 < n < LARGEST})[:MOST]
    published = _published(source)
    if published is not None:
        columns, lines = published
        found = tuple((n, lines[n]) for n in wanted if n in lines)
    else:
        frame = held.frame.filter(pl.col("source_row").is_in(wanted)).sort("source_row")
        columns = tuple(c for c in frame.columns if c != "source_row")
        found = tuple(
            (row["source_row"], tuple("" if row[c] is None else str(row[c]) for c in columns))
            for row in frame.iter_rows(named=True)
        )
    if not found:
        raise UnknownName(
            Phrase("The source {source} has no such line.", source=source),
            where=Phrase("{table}, line {line}", table=table, line=wanted[0] if wanted else "?"),
            next_step="Go back to the country's page and follow its link.",
        )
    return SourceRows(held.cite(tuple(n for n, _ in found)), columns, found, published is not None)


def _published(source: str) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]] | None:
    import csv

    from clarion.sources import catalogue
    from clarion.sources.embedded import facts_path

    declared = catalogue().get(source)  # a table that somebody loaded under a name of their own is not in it
    if declared is None or not declared.embedded:
        return None
    with facts_path(declared.embedded).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = tuple(next(reader))
        # A cell may hold a line break: the reader, not a counter, knows the line that a row ends on.
        lines: dict[int, tuple[str, ...]] = {}
        for row in reader:
            lines[reader.line_num] = tuple(row)
        return header, lines
