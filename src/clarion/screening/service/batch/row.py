"""One row of a file of payees, whatever form the file has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clarion.errors import InputError

MOST_COLUMNS = 200
_UNREAD = re.compile("[\udc80-\udcff]")  # what stands for a byte that could not be read


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file from 1, its cells, and why it cannot be used; empty where it can."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


def as_wide(number: int, cells: list[str], width: int) -> Row:
    """A row, with a fault where it has not as many cells as there are headings, or letters that were not read."""
    if len(cells) != width:
        return Row(number, tuple(cells), f"{len(cells)} cells where the headings are {width}")
    if any(map(_UNREAD.search, cells)):
        return Row(number, tuple(cells), "letters in another encoding than the rest of the file")
    return Row(number, tuple(cells))


def no_list() -> InputError:
    """The error for a file that is none of payees."""
    return InputError("The file is neither CSV nor an Excel workbook that can be read.", where="file",
                      next_step="Save it as CSV in UTF-8 encoding, or as .xlsx, and send it again.")  # fmt: skip
