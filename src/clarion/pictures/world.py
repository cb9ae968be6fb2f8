"""The map of the world as drawn shapes, with the borders that the UN General Assembly recognises.

Written once by ``tools/build_map`` from Natural Earth; ``data/world.provenance.json`` says from which files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from clarion.pictures.projection import EqualEarth


@dataclass(frozen=True, slots=True)
class Disputed:
    """A part of ``place`` that another state or an unrecognised authority holds: drawn hatched, never apart."""

    id: str
    place: str
    path: str


@dataclass(frozen=True, slots=True)
class World:
    """Shapes in map units: SVG path data per ISO 3166 alpha-3 code, round marks for the smallest places.

    A place has an area, a mark, or both. ``unassigned`` is land that no row of the place table stands for.
    """

    width: int
    height: int
    project: EqualEarth
    areas: dict[str, str]
    unassigned: str
    markers: dict[str, tuple[float, float]]
    disputed: tuple[Disputed, ...]
    attribution: str
    licence: str


@cache
def world() -> World:
    """The shipped map."""
    raw = json.loads(files("clarion.pictures").joinpath("data/world.json").read_text(encoding="utf-8"))
    at = raw["projection"]
    return World(
        width=raw["width"],
        height=raw["height"],
        project=EqualEarth(at["centre"], at["width"], at["top"]),
        areas=raw["areas"],
        unassigned=raw["unassigned"],
        markers={iso3: (x, y) for iso3, (x, y) in raw["markers"].items()},
        disputed=tuple(Disputed(d["id"], d["place"], d["path"]) for d in raw["disputed"]),
        attribution=raw["attribution"],
        licence=raw["licence"],
    )
