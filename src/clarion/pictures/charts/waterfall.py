"""A sum and what it is made of: each step begins where the one before ended, the last bar is the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.pictures.charts.render import Frame, render
from clarion.pictures.charts.rows import label_layer, plot_width, rows_spec, words_layer
from clarion.pictures.tokens import light


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the sum: its label, its value with sign, and the value in words. ``total`` starts again from zero."""

    label: str
    value: float
    text: str = ""
    total: bool = False


def waterfall(steps: Sequence[Step], frame: Frame, *, axis: str = "", form: str = ",~f") -> str:
    """Horizontal steps in the order given; parts that take away are dark, parts that give back light and outlined.

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    return render(waterfall_spec(steps, axis, form), frame)


def waterfall_spec(steps: Sequence[Step], axis: str, form: str) -> dict[str, Any]:
    """The Vega-Lite specification of ``waterfall``."""
    t = light()
    values: list[dict[str, Any]] = []
    reached = 0.0
    for i, step in enumerate(steps):
        start = 0.0 if step.total else reached
        reached = start + step.value
        fill = t["g3"] if step.total else t["s4"] if step.value >= 0 else t["s1"]
        values.append(
            {"row": i, "label": step.label, "text": step.text, "from": start, "to": reached, "fill": fill}
        )  # fmt: skip
    joins = [
        {"row": i, "next": i + 1, "at": v["to"]}
        for i, v in enumerate(values[:-1])
    ]  # fmt: skip
    labels, words = [s.label for s in steps], [s.text for s in steps]
    width = plot_width(labels, words)
    x = {"type": "quantitative", "axis": {"title": axis or None, "format": form, "tickCount": 3}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": t["ink"], "strokeWidth": 0.75},
            "encoding": {
                "x": {**x, "field": "from"},
                "x2": {"field": "to"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": joins},
            "mark": {"type": "rule", "strokeDash": [2, 2], "color": t["soft"]},
            "encoding": {"x": {**x, "field": "at"}, "y2": {"field": "next"}},
        },
        label_layer(),
        words_layer(width, words),
    ]
    return rows_spec(labels, values, layers, width)
