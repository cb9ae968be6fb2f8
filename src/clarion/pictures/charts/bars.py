"""Bars with intervals: one figure a row, for the first countries of a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.pictures.charts.render import Frame, render
from clarion.pictures.charts.rows import label_layer, plot_width, rows_spec, words_layer
from clarion.pictures.tokens import light


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label, its figure with interval (None where not known), and the figure in words."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""


def interval_bars(
    rows: Sequence[Bar], frame: Frame, *, axis: str = "", form: str = ",~f", from_zero: bool = True
) -> str:
    """Horizontal bars in the order given, whiskers from low to high, the worded figure at the right.

    ``axis`` titles the axis; ``form`` is the d3 format of its labels (".0%" for shares). ``from_zero`` False draws dots
    for figures whose length from zero says nothing, such as ranks. A figure that is not known keeps its row and its
    words, without a bar.

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    return render(bars_spec(rows, axis, form, from_zero=from_zero), frame)


def bars_spec(rows: Sequence[Bar], axis: str, form: str, *, from_zero: bool = True) -> dict[str, Any]:
    """The Vega-Lite specification of ``interval_bars``."""
    t = light()
    values = [
        {"row": i, "label": r.label, "value": r.value, "low": r.low, "high": r.high, "text": r.text}
        for i, r in enumerate(rows)
    ]  # fmt: skip
    labels, words = [r.label for r in rows], [r.text for r in rows]
    width = plot_width(labels, words)
    x = {"type": "quantitative", "axis": {"title": axis or None, "format": form, "tickCount": 4}}
    whisker = [{"filter": "isValid(datum.low) && isValid(datum.high)"}]
    ends = [
        {
            "transform": whisker,
            "mark": {"type": "tick", "color": t["ink"], "thickness": 1.5, "size": 9, "opacity": 1},
            "encoding": {"x": {**x, "field": end}},
        }
        for end in ("low", "high")
    ]
    span: dict[str, Any] = {
        "transform": whisker,
        "mark": {"type": "rule", "strokeWidth": 1.5},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }
    bar = {"type": "bar", "color": t["s3"]}
    dot = {"type": "point", "filled": True, "size": 80, "color": t["s4"], "opacity": 1}
    figure: dict[str, Any] = {"mark": bar if from_zero else dot, "encoding": {"x": {**x, "field": "value"}}}
    layers: list[dict[str, Any]] = [
        *([figure, span] if from_zero else [span, figure]),
        *ends,
        label_layer(),
        words_layer(width, words),
    ]
    return rows_spec(labels, values, layers, width)
