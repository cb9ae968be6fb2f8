"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells may hold inline Markdown."""
    lines = [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    return ", ".join(code(text) for text in texts)


def plain(text: str) -> str:
    """Text of a docstring, whose literals have two backticks, or of a declaration: nothing in it is markup."""
    parts = text.split("``")
    for i in range(0, len(parts), 2):
        for sign in "*_<$":
            parts[i] = parts[i].replace(sign, "\\" + sign)
    return "``".join(parts)
