"""A grid of marked cells: a colour, a sign and words in each, so that none of them must be told by its colour."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from clarion.pictures.charts.render import Frame
from clarion.pictures.svg import check_prefix, heading, text
from clarion.pictures.tokens import FONTS, light

Kind = Literal["good", "empty", "bad", "unsure", "plain"]
_CELL, _TALL, _LINE = 92, 48, 15
_LABEL = 20  # letters of a line of a row's name
_REM = 17.0  # the picture grows with the reader's own text size
_FILL = {"good": "g1", "empty": "void", "bad": "s5", "unsure": "s2", "plain": "card"}
_INK = {"bad": "card"}  # the darkest step of both themes needs the lightest ink


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell: its kind (colour and sign), a short figure, and a line under it."""

    kind: Kind
    figure: str
    under: str = ""


def marked_grid(
    rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[int, int], Mark], frame: Frame,
    legend: Sequence[tuple[Kind, str]] = (),
) -> str:  # fmt: skip
    """Draw the grid; ``cells`` by row and column, those that are missing stay blank; ``legend`` words each kind.

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    check_prefix(frame.prefix)
    pen = _Pen(frame.standalone)
    heads = [textwrap.wrap(name, 12, max_lines=3, placeholder="…") for name in columns]
    names = [textwrap.wrap(name, _LABEL, max_lines=3, placeholder="…") for name in rows]
    left = 14 + 7.2 * max((len(line) for lines in names for line in lines), default=0)
    top = 8 + _LINE * max((len(lines) for lines in heads), default=1)
    width = left + _CELL * len(columns)
    parts = [
        pen.lines(lines, left + _CELL * (c + 0.5), top - 4 - _LINE * (len(lines) - 1), anchor="middle", soft=True)
        for c, lines in enumerate(heads)
    ]
    for r, lines in enumerate(names):
        y = top + _TALL * r
        parts.append(pen.lines(lines, left - 8, y + _TALL / 2 + 4 - _LINE * (len(lines) - 1) / 2, anchor="end"))
        for c in range(len(columns)):
            if mark := cells.get((r, c)):
                parts.append(pen.cell(mark, left + _CELL * c, y))
    bottom = top + _TALL * len(rows) + 10
    long = max((len(words) for _, words in legend), default=0)
    width = max(width, 44 + 7.2 * long)
    for kind, words in legend:
        parts.append(pen.swatch(kind, 4, bottom) + pen.lines([words], 40, bottom + 16))
        bottom += 28
    size = f'viewBox="0 0 {width:g} {bottom}" width="{width / _REM:.2f}rem" height="{bottom / _REM:.2f}rem"'
    named = f'aria-labelledby="{frame.prefix}-t" aria-describedby="{frame.prefix}-d"'
    fonts = f' font-family="{text(FONTS)}"' if frame.standalone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture grid-picture" role="img" {size} {named}{fonts}>'
        + heading(frame.prefix, frame.title, frame.description)
        + (f'<rect width="{width:g}" height="{bottom}" fill="{light()["paper"]}"/>' if frame.standalone else "")
        + "".join(parts)
        + "</svg>"
    )


class _Pen:
    """Draws with the page's colours, or with the light ones where the file stands alone."""

    def __init__(self, standalone: bool) -> None:
        self.standalone = standalone

    def colour(self, token: str) -> str:
        return light()[token] if self.standalone else f"var(--{token})"

    def lines(self, lines: Sequence[str], x: float, y: float, *, anchor: str = "start", soft: bool = False) -> str:
        fill = self.colour("soft" if soft else "ink")
        return "".join(
            f'<text x="{x:g}" y="{y + _LINE * n:g}" font-size="13" text-anchor="{anchor}" fill="{fill}">'
            f"{text(line)}</text>"
            for n, line in enumerate(lines)
        )

    def cell(self, mark: Mark, x: float, y: float) -> str:
        ink = self.colour(_INK.get(mark.kind, "ink"))
        figure = (
            f'<text x="{x + 28:g}" y="{y + 20:g}" font-size="14" font-weight="650" fill="{ink}">'
            f"{text(mark.figure)}</text>"
        )
        under = f'<text x="{x + 8:g}" y="{y + 38:g}" font-size="12.5" fill="{ink}">{text(mark.under)}</text>'
        return self._box(mark.kind, x, y, _CELL, _TALL) + self._sign(mark.kind, x + 8, y + 9) + figure + under

    def swatch(self, kind: Kind, x: float, y: float) -> str:
        return self._box(kind, x, y, 28, 24) + self._sign(kind, x + 7, y + 5)

    def _box(self, kind: Kind, x: float, y: float, width: float, height: float) -> str:
        dashed = ' stroke-dasharray="4 3"' if kind == "empty" else ""
        return (
            f'<rect x="{x + 1.5:g}" y="{y + 1.5:g}" width="{width - 3:g}" height="{height - 3:g}" rx="3" '
            f'fill="{self.colour(_FILL[kind])}" stroke="{self.colour("edge")}"{dashed}/>'
        )

    def _sign(self, kind: Kind, x: float, y: float) -> str:
        """A tick, a dash, a cross or a question mark, 14 by 14; drawn, since not every font has them."""
        paths = {"good": "M1 8l4 4 8-10", "empty": "M2 7h10", "bad": "M2 2l10 10M12 2l-10 10",
                 "unsure": "M3 4.5a4 3.8 0 1 1 5.6 3.4q-1.6.8-1.6 2.4M7 12.6v.8"}  # fmt: skip
        if kind not in paths:
            return ""
        stroke = self.colour(_INK.get(kind, "ink"))
        return (
            f'<path transform="translate({x:g} {y:g})" d="{paths[kind]}" fill="none" stroke="{stroke}" '
            'stroke-width="2.2" stroke-linecap="round"/>'
        )
