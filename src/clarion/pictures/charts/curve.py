"""A curve over a number: months ahead with a fan of what may come, or what a growing budget buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.pictures.charts.render import WIDTH, Frame, render
from clarion.pictures.tokens import light

_WIDTH, _HEIGHT = WIDTH - 50, 190


@dataclass(frozen=True, slots=True)
class Point:
    """One point at ``x``: its value, the outer band from low to high and the inner one from ``lower`` to ``upper``.

    None where there is no value or no band.
    """

    x: float
    value: float | None
    low: float | None = None
    high: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the x axis worth a dashed line and a word."""

    x: float
    label: str


def curve_with_bands(
    points: Sequence[Point], frame: Frame, *,
    axis: str = "", below: str = "", form: str = ",~f", x_form: str = ",~f", marks: Sequence[Mark] = (),
    baseline: float | None = None,
) -> str:  # fmt: skip
    """A line with up to two bands; ``axis`` titles the figures, ``below`` what runs along.

    ``marks`` are dashed verticals with their label above the plot, ``baseline`` a dashed horizontal (no change, say).

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    return render(curve_spec(points, axis, below, form, x_form, marks, baseline), frame)


def curve_spec(
    points: Sequence[Point],
    axis: str,
    below: str,
    form: str,
    x_form: str,
    marks: Sequence[Mark],
    baseline: float | None,
) -> dict[str, Any]:
    """The Vega-Lite specification of ``curve_with_bands``."""
    t = light()
    names = ("x", "value", "low", "high", "lower", "upper")
    values = [{name: getattr(p, name) for name in names} for p in points]
    x: dict[str, Any] = {"type": "quantitative", "scale": {"zero": False, "nice": False},
                         "axis": {"title": below or None, "grid": False, "format": x_form, "tickCount": 7}}  # fmt: skip
    y: dict[str, Any] = {"type": "quantitative", "scale": {"zero": False},
                         "axis": {"title": None, "format": form, "tickCount": 5}}  # fmt: skip

    def band(start: str, end: str, token: str) -> dict[str, Any]:
        return {
            "transform": [{"filter": f"isValid(datum.{start}) && isValid(datum.{end})"}],
            "mark": {"type": "area", "color": t[token], "opacity": 0.75},
            "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": start}, "y2": {"field": end}},
        }

    placed = [{"x": m.x, "label": m.label} for m in marks]
    dashed = {"type": "rule", "strokeDash": [3, 3], "color": t["soft"]}
    layers = [
        *([band("low", "high", "s1")] if any(p.low is not None for p in points) else []),
        *([band("lower", "upper", "s2")] if any(p.lower is not None for p in points) else []),
        *(
            [{"data": {"values": [{"y": baseline}]}, "mark": dashed, "encoding": {"y": {**y, "field": "y"}}}]
            if baseline is not None
            else []
        ),
        {
            "mark": {"type": "line", "color": t["s5"], "strokeWidth": 2, "point": {"color": t["s5"], "size": 28},
                     "invalid": "break-paths-show-domains"},
            "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "value"}},
        },
        {"data": {"values": placed}, "mark": dashed, "encoding": {"x": {**x, "field": "x"}}},
        {
            "data": {"values": placed},
            "mark": {"type": "text", "align": "center", "baseline": "bottom", "y": -4},
            "encoding": {"x": {**x, "field": "x"}, "text": {"field": "label"}},
        },
    ]  # fmt: skip
    title = {"text": axis, "anchor": "start", "frame": "group", "fontSize": 13, "fontWeight": "normal",
             "color": t["soft"], "offset": 22 if marks else 8}  # fmt: skip
    return {
        "data": {"values": values}, "width": _WIDTH, "height": _HEIGHT, **({"title": title} if axis else {}),
        "layer": layers,
    }  # fmt: skip
