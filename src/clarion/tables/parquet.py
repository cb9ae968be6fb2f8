"""Parquet to the disk, with the operating system's complaint intact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write a new file. Polars hides errors of the system in its own; they come out as OSError again."""
    import polars as pl

    try:
        with path.open("xb") as file:
            frame.write_parquet(file)
    except pl.exceptions.PolarsError as error:
        number = re.search(r"os error (\d+)", str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), str(error)) from error
