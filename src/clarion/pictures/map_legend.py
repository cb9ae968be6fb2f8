"""A map's legend and footnote drawn under it, for files that have no page around them."""

from __future__ import annotations

from clarion.pictures.legend import Entry, Legend
from clarion.pictures.svg import text
from clarion.pictures.tokens import STEPS, light

_SIZE, _LINE, _GAP, _SWATCH = 36, 54, 44, 52
_WIDE = 0.56  # mean width of a letter, in parts of the type size; used only to break lines


def legend_svg(legend: Legend | None, footnote: str, width: float, top: float, prefix: str) -> tuple[str, float]:
    """The drawn legend, and the height that it adds below ``top``."""
    y = top + _LINE
    out = []
    if legend:
        out.append(_text(legend.title, 20, y, weight=600))
        x, y = 20.0, y + _LINE
        for entry in legend.entries:
            wide = _SWATCH + 14 + _width(entry.label)
            if x > 20 and x + wide > width - 20:
                x, y = 20.0, y + _LINE
            out.append(_swatch(entry, x, y - 24, prefix) + _text(entry.label, x + _SWATCH + 12, y))
            x += wide + _GAP
        y += _LINE
    for line in _wrapped(footnote, width - 40):
        out.append(_text(line, 20, y, soft=True))
        y += _LINE * 0.85
    return "".join(out), y - top


def _width(words: str) -> float:
    return len(words) * _SIZE * _WIDE


def _wrapped(words: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        if lines and _width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _text(words: str, x: float, y: float, *, weight: int = 400, soft: bool = False) -> str:
    colour = light()["soft" if soft else "ink"]
    size = _SIZE * (0.85 if soft else 1)
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" fill="{colour}">{text(words)}</text>'


def _swatch(entry: Entry, x: float, y: float, prefix: str) -> str:
    hatched = entry.css in ("nodata", "disputed")
    fill = f"url(#{prefix}-{entry.css})" if hatched else light()[STEPS[entry.css]]
    frame = f'stroke="{light()["edge"]}" stroke-width="1"'
    return f'<rect x="{x:g}" y="{y:g}" width="{_SWATCH}" height="28" fill="{fill}" {frame}/>'
