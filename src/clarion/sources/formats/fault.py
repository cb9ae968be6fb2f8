"""The one way in which a loader complains: file, line, column, value, how many rows share it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

CHANGED = "Check whether the publisher has changed the form; if so, update the loader and its test together."


class Faults:
    """Makes the errors of one source file (or one member of an archive)."""

    def __init__(self, path: Path, member: str = "") -> None:
        self.name = f"{path.name} > {member}" if member else path.name
        self.path = path

    def __call__(self, what: str, *, line: int | None = None, next_step: str = CHANGED, **details: Any) -> SourceError:
        where = self.name + (f", line {line}" if line else "")
        if "column" in details:
            where += f", column {details['column']}"
        return SourceError(what, where=where, next_step=next_step, file=str(self.path), line=line, **details)

    def columns(self, header: Sequence[str], known: Sequence[str], optional: Sequence[str] = ()) -> None:
        """Fail on a column that is missing or that the loader does not know."""
        missing = [name for name in known if name not in header]
        unknown = [name for name in header if name not in known and name not in optional]
        if missing:
            have = ", ".join(header[:30])
            raise self(f"The column {missing[0]!r} is missing. The file has: {have}.", line=1, column=missing[0])
        if unknown:
            raise self(f"The column {unknown[0]!r} is new to this loader.", line=1, column=unknown[0])
        if len(set(header)) != len(header):
            twice = next(name for name in header if list(header).count(name) > 1)
            raise self(f"The column {twice!r} appears twice.", line=1, column=twice)

    def rows(self, bad: pl.DataFrame, column: str, problem: str, next_step: str = CHANGED) -> None:
        """Fail when ``bad`` has a row: its first row is shown, the others are counted. Needs ``source_row``."""
        if bad.is_empty():
            return
        value, line = bad[column][0], int(bad["source_row"][0])
        share = "" if bad.height == 1 else f" {bad.height} rows share this."
        raise self(
            f"{column} {value!r} {problem}.{share}",
            line=line,
            next_step=next_step,
            column=column,
            value=value,
            rows=bad.height,
        )

    def twins(self, frame: pl.DataFrame, key: Sequence[str]) -> None:
        """Fail when two rows share ``key``."""
        import polars as pl

        twice = frame.filter(pl.struct(list(key)).is_duplicated())
        if twice.is_empty():
            return
        first = twice.row(0, named=True)
        same = twice.filter(pl.all_horizontal(pl.col(k).eq_missing(pl.lit(first[k])) for k in key))
        shown = ", ".join(f"{k}={first[k]}" for k in key)
        raise self(
            f"Two rows say the same thing ({shown}): lines {same['source_row'][0]} and {same['source_row'][1]}.",
            line=int(same["source_row"][1]),
            next_step="Download the file again; if it stays so, ask the publisher which row counts.",
            rows=twice.height,
            value=shown,
        )

    def numbers(self, frame: pl.DataFrame, column: str, *, signed: pl.Expr | bool = False) -> pl.DataFrame:
        """The text column as numbers; an empty text is an absent value.

        Fail on what is not a finite number, and on a negative one where ``signed`` does not hold.
        """
        import polars as pl

        text = pl.col(column)
        number = text.replace("", None).cast(pl.Float64, strict=False)
        self.rows(frame.filter((text != "") & ~number.is_finite().fill_null(False)), column, "is not a number")
        may = signed if isinstance(signed, pl.Expr) else pl.lit(signed)
        self.rows(frame.filter((number < 0) & ~may), column, "is negative")
        return frame.with_columns(number)

    def years(self, frame: pl.DataFrame, column: str) -> None:
        """Fail on what is not a year."""
        import polars as pl

        self.rows(frame.filter(~pl.col(column).str.contains(r"^(?:19|20|21)\d\d$")), column, "is not a year")
