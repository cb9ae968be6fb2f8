"""What a listing carries, in our own words beside those that its list prints: some lists print none.

It is added to answers as they are written out, and is no part of what a decision keeps and is made again from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clarion.screening.service import coverage

Data = Mapping[str, Any]


def kinds_of(hit: Data) -> list[str]:
    """The kinds of measures (``asset_freeze``, ``travel_ban``, ``sectoral`` ...) of a hit, as ``Hit.to_dict`` wrote
    it: those that its list prints, and the one that all on a list are under that prints none."""
    from clarion.screening.engine.exemptions.match import kinds_of as printed_or_given

    return list(printed_or_given(hit["list"], hit["measures"]))


def measured(result: Data) -> dict[str, Any]:
    """An answer (``Checked.to_dict``) with ``measure_kinds`` in each listed party that it names, and a list of each
    authority of which none is loaded in ``not_loaded``."""
    return dict(result) | {
        "not_loaded": coverage.absent_lists(one["source"] for one in result["lists"]),
        "subjects": [
            part
            | {name: [_with_kinds(hit) for hit in part[name]] for name in ("hits", "seen")}
            | {"before": [one | {"hit": _with_kinds(one["hit"])} for one in part["before"]]}
            | {"nearest": part["nearest"] and _with_kinds(part["nearest"])}
            for part in result["subjects"]
        ],
    }


def _with_kinds(hit: Data) -> dict[str, Any]:
    return dict(hit) | {"measure_kinds": kinds_of(hit)}
