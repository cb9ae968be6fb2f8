"""Two runs side by side: a hollow dot and a full diamond on one line for each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.pictures.charts.render import Frame, render
from clarion.pictures.charts.rows import label_layer, plot_width, rows_spec, words_layer
from clarion.pictures.tokens import light


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: its label, its figure in the first and in the second run (None where not known), and words."""

    label: str
    first: float | None
    second: float | None
    text: str = ""


def paired_dots(
    rows: Sequence[Pair], frame: Frame, *, first: str, second: str, axis: str = "", form: str = ",~f"
) -> str:
    """Compare two runs; ``first`` and ``second`` name them in the key. Shape tells them apart, not colour alone.

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    return render(pairs_spec(rows, first, second, axis, form), frame)


def pairs_spec(rows: Sequence[Pair], first: str, second: str, axis: str, form: str) -> dict[str, Any]:
    """The Vega-Lite specification of ``paired_dots``."""
    t = light()
    # Two runs may bear one name; a trailing space keeps their shapes apart.
    one, two = first, second + (" " if first == second else "")
    values = [{"row": i, "label": r.label, "a": r.first, "b": r.second, "text": r.text} for i, r in enumerate(rows)]
    labels, words = [r.label for r in rows], [r.text for r in rows]
    width = plot_width(labels, words)
    x = {"type": "quantitative", "scale": {"zero": True, "padding": 10},
         "axis": {"title": axis or None, "format": form, "tickCount": 4}}  # fmt: skip
    legend = {"title": None, "orient": "top", "columns": 1, "symbolSize": 90, "symbolStrokeWidth": 1.5}
    key = {"field": "run", "type": "nominal", "legend": legend}
    domain = [one, two]
    dots = [
        {"row": i, "run": name, "value": value}
        for i, r in enumerate(rows)
        for name, value in ((one, r.first), (two, r.second))
        if value is not None
    ]
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "isValid(datum.a) && isValid(datum.b)"}],
            "mark": {"type": "rule", "color": t["edge"], "strokeWidth": 2},
            "encoding": {"x": {**x, "field": "a"}, "x2": {"field": "b"}},
        },
        {
            "data": {"values": dots},
            "mark": {"type": "point", "strokeWidth": 1.5, "size": 90, "opacity": 1},
            "encoding": {
                "x": {**x, "field": "value"},
                "shape": {**key, "scale": {"domain": domain, "range": ["circle", "diamond"]}},
                "fill": {**key, "scale": {"domain": domain, "range": [t["paper"], t["s4"]]}},
                "stroke": {**key, "scale": {"domain": domain, "range": [t["ink"], t["ink"]]}},
            },
        },
        label_layer(),
        words_layer(width, words),
    ]
    return rows_spec(labels, values, layers, width)
