"""What charts with one line per row share: labels at the left, words at the right, a plot between them.

Rows are placed by their number, so that two rows with one label stay two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clarion.pictures.charts.render import WIDTH

LETTER = 7.2  # mean width of a letter at 13 px; only to share out the width
LABEL = 165.0
WIDER = 0.2  # how much wider a reader's font may be than the one that the renderer measures with


def plot_width(labels: Sequence[str], words: Sequence[str] = ()) -> float:
    """What is left for the plot between the longest label and the longest words."""
    return max(WIDTH - (1 + WIDER) * _left(labels) - word_width(words) - 40, 120)


def _left(labels: Sequence[str]) -> float:
    return min(LABEL, LETTER * max(map(len, labels), default=0))


def word_width(words: Sequence[str]) -> float:
    return LETTER * max(map(len, words), default=0)


def label_layer(field: str = "label") -> dict[str, Any]:
    """Row labels, ending where the plot begins."""
    mark = {"type": "text", "align": "right", "baseline": "middle", "x": -8, "limit": LABEL}
    return {"mark": mark, "encoding": {"text": {"field": field}}}


def words_layer(width: float, words: Sequence[str], field: str = "text") -> dict[str, Any]:
    """The worded figure of each row, set flush right beside the plot."""
    mark = {"type": "text", "align": "right", "baseline": "middle", "x": width + 12 + word_width(words)}
    return {"mark": mark, "encoding": {"text": {"field": field}}}


def rows_spec(
    labels: Sequence[str], values: Sequence[dict[str, Any]], layers: Sequence[dict[str, Any]], width: float, *,
    step: int = 26, padding: float = 0.35,
) -> dict[str, Any]:  # fmt: skip
    """The Vega-Lite specification of such a chart: ``layers`` over ``values``, each of which names its ``row``.

    Rows run from top to bottom, ``step`` pixels apart, without an axis of their own.
    """
    rows = {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": padding}}
    return {
        "padding": _room(labels),
        "data": {"values": list(values)},
        "width": width,
        "height": {"step": step},
        "encoding": {"y": rows},
        "layer": list(layers),
    }


def _room(labels: Sequence[str]) -> dict[str, float]:
    """Space around the chart. The picture ends where the renderer's own font ends; in the reader's, which may be wider,
    the longest label would lose its first letter.
    """
    return {"left": 2 + WIDER * _left(labels), "right": 2, "top": 2, "bottom": 2}
