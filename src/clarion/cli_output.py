"""How commands answer: JSON for machines, a table or a sentence for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clarion.vocab import visible


def emit(data: Any, as_json: bool, render: Callable[[Any], str | None]) -> None:
    """Print ``data`` as JSON, or what ``render`` makes of it (None: it has printed by itself)."""
    if as_json:
        sys.stdout.write(visible(json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)) + "\n")
        return
    text = render(data)
    if text is not None:
        sys.stdout.write(visible(text.rstrip("\n")) + "\n")


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], right: Sequence[str] = ()) -> None:
    """Print rows as a table as wide as the terminal; ``right`` names the columns of numbers."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Where the output is a file, lines are not folded.
    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column.replace("_", " "), justify="right" if column in right else "left")
    for row in rows:
        shown.add_row(*(Text(visible(str(row.get(column, "")))) for column in columns))
    console.print(shown)
