"""A drawn picture, with the words that belong to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """``svg`` is ready for a page; ``legend`` pairs each swatch (SVG) with its label; ``note`` says what to mind."""

    svg: str
    title: str
    note: str = ""
    legend: tuple[tuple[str, str], ...] = ()
