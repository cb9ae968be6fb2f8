"""Shares by partner: each row adds up, and each part carries the number that the key gives its partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clarion.pictures.charts.render import Frame, render
from clarion.pictures.charts.rows import label_layer, plot_width, rows_spec
from clarion.pictures.tokens import light

# Colour of a part and of the number on it, in the order of the partners; the last is for all that follow.
PAINTS = (("s5", "paper"), ("s3", "ink"), ("g3", "paper"), ("s2", "ink"), ("g1", "ink"), ("void", "ink"))


@dataclass(frozen=True, slots=True)
class Partners:
    """One row: its label, and the share (0 to 1) of each partner by name."""

    label: str
    shares: Mapping[str, float]


def stacked_partners(
    rows: Sequence[Partners], frame: Frame, *, others: str = "Others", first: Sequence[str] = ()
) -> str:
    """Stacked bars of shares: partners named in ``first``, then the others in the order of their sum over all rows.

    The first five keep a colour and a number of their own; the rest is put together as ``others``.

    Raises
    ------
    InputError: when the frame's prefix cannot start an id.
    """
    return render(partners_spec(rows, others, first), frame)


def partners_spec(rows: Sequence[Partners], others: str, first: Sequence[str] = ()) -> dict[str, Any]:
    """The Vega-Lite specification of ``stacked_partners``."""
    t = light()
    names = {name: 0.0 for row in rows for name in row.shares if name != others}
    for row in rows:
        for name in names:
            names[name] += row.shares.get(name, 0.0)
    order = {name: place for place, name in enumerate(first)}
    own = sorted(names, key=lambda name: (order.get(name, len(order)), -names[name]))[: len(PAINTS) - 1]
    has_others = any(name not in own for row in rows for name in row.shares)
    keys = [*own, *([others] if has_others else [])]
    paints = dict(zip(own, PAINTS, strict=False)) | {others: PAINTS[-1]}
    key = {name: f"{i}  {name}" for i, name in enumerate(keys, 1)}
    labels = [r.label for r in rows]
    width = plot_width(labels)
    values: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        start = 0.0
        for number, name in enumerate(keys, 1):
            part = _share(row, name, own, others)
            if part <= 0:
                continue
            middle, wide = start + part / 2, part * width >= 13
            values.append(
                {"row": i, "label": row.label, "key": key[name], "from": start, "to": start + part,
                 "middle": middle, "number": str(number) if wide else "", "ink": t[paints[name][1]]}
            )  # fmt: skip
            start += part
    x = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": None, "format": ".0%", "tickCount": 5}}
    scale = {"domain": list(key.values()), "range": [t[paints[name][0]] for name in keys]}
    legend = {"title": None, "orient": "top", "columns": 3, "symbolType": "square", "symbolSize": 150}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": t["paper"], "strokeWidth": 1.5},
            "encoding": {
                "x": {**x, "field": "from"},
                "x2": {"field": "to"},
                "color": {"field": "key", "type": "nominal", "scale": scale, "legend": legend},
            },
        },
        {
            "mark": {"type": "text", "baseline": "middle", "fontWeight": 600},
            "encoding": {
                "x": {**x, "field": "middle"},
                "text": {"field": "number"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
        {"data": {"values": [{"row": i, "label": r.label} for i, r in enumerate(rows)]}, **label_layer()},
    ]
    spec = rows_spec(labels, values, layers, width, step=32, padding=0.25)
    return spec | {"resolve": {"scale": {"color": "independent"}}}


def _share(row: Partners, name: str, own: Sequence[str], others: str) -> float:
    if name == others:
        return sum(share for partner, share in row.shares.items() if partner not in own)
    return row.shares.get(name, 0.0)
