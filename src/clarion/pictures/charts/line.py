"""A series over time, with the band that it may lie in and the events beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clarion.pictures.charts.render import WIDTH, Frame, render
from clarion.pictures.charts.rows import LETTER
from clarion.pictures.tokens import light

_WIDTH, _HEIGHT, _STEP = WIDTH - 50, 190, 17


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the series; None where the series has a gap or no band."""

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event to be marked on the time axis."""

    day: date
    label: str


def line_with_band(
    points: Sequence[Moment],
    frame: Frame,
    *,
    events: Sequence[Happening] = (),
    axis: str = "",
    form: str = ",~f",
) -> str:
    """A line with an optional band from low to high; each event is a dashed line with its label above the plot.

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    return render(line_spec(points, events, axis, form), frame)


def line_spec(points: Sequence[Moment], events: Sequence[Happening], axis: str, form: str) -> dict[str, Any]:
    """The Vega-Lite specification of ``line_with_band``."""
    t = light()
    series = [{"t": p.day.isoformat(), "value": p.value, "low": p.low, "high": p.high} for p in points]
    days = [*(p.day for p in points), *(e.day for e in events)]
    domain = [min(days).isoformat(), max(days).isoformat()] if days else []
    time = {"type": "temporal", "axis": {"title": None, "grid": False, "tickCount": 6, "labelOverlap": True},
            "scale": {"type": "utc", **({"domain": domain} if domain else {})}}  # fmt: skip
    y = {"type": "quantitative", "scale": {"zero": False}, "axis": {"title": None, "format": form, "tickCount": 5}}
    marks = _placed(events, days)
    band = {
        "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
        "mark": {"type": "area", "color": t["s2"], "opacity": 0.75},
        "encoding": {"x": {**time, "field": "t"}, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    layers: list[dict[str, Any]] = [
        *([band] if any(p.low is not None for p in points) else []),
        {
            "mark": {"type": "line", "color": t["s5"], "strokeWidth": 2, "invalid": "break-paths-show-domains"},
            "encoding": {"x": {**time, "field": "t"}, "y": {**y, "field": "value"}},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "strokeDash": [3, 3], "color": t["soft"], "y2": "height"},
            "encoding": {"x": {**time, "field": "t"}, "y": {"field": "y", "type": "quantitative", "scale": None}},
        },
        *(
            {
                "data": {"values": [m for m in marks if m["align"] == align]},
                "mark": {"type": "text", "align": align, "baseline": "middle", "dx": 5 if align == "left" else -5},
                "encoding": {
                    "x": {**time, "field": "t"},
                    "y": {"field": "y", "type": "quantitative", "scale": None},
                    "text": {"field": "label"},
                },
            }
            for align in ("left", "right")
        ),
    ]
    title = {"text": axis, "anchor": "start", "frame": "group", "fontSize": 13, "fontWeight": "normal",
             "color": t["soft"], "offset": 8}  # fmt: skip
    return {
        "data": {"values": series},
        "width": _WIDTH,
        "height": _HEIGHT,
        **({"title": title} if axis else {}),
        "resolve": {"scale": {"y": "shared"}},
        "layer": layers,
    }


def _placed(events: Sequence[Happening], days: Sequence[date]) -> list[dict[str, Any]]:
    """Events on lines above the plot, from the last to the first.

    Each takes the lowest line where its label touches no other and no later event's dashed line runs through it.
    """
    placed: list[tuple[float, float, float, int]] = []  # where it happens, where the label starts and ends, line
    out = []
    first = min(days, default=date.min)
    span = (max(days, default=date.min) - first).days or 1
    for event in sorted(events, key=lambda e: e.day, reverse=True):
        x = (event.day - first).days / span * _WIDTH
        wide = LETTER * len(event.label) + 10
        align = "left" if x + wide <= _WIDTH + 30 else "right"
        start, end = (x, x + wide) if align == "left" else (x - wide, x)
        above = 1 + max((line for at, _, _, line in placed if start <= at <= end), default=-1)
        full = {line for _, a, b, line in placed if start <= b and a <= end}
        level = next(line for line in range(above, len(placed) + above + 1) if line not in full)
        placed.append((x, start, end, level))
        at = {"t": event.day.isoformat(), "y": -8 - _STEP * level}
        out.append(at | {"label": event.label, "align": align})
    return out
