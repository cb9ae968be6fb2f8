"""How far it is from one country to another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.pictures.centroids import centroids
from clarion.vocab import place

Floats = NDArray[np.float64]
_RADIUS = 6.371  # of the earth, thousands of kilometres


def distances(countries: tuple[str, ...]) -> Floats:
    """Great-circle distances between the middles of countries, (N, N), thousands of kilometres.

    A place that the shipped map does not draw is taken to lie in the middle of its subregion, or at worst its region.
    """
    lon, lat = np.radians([_position(iso3) for iso3 in countries]).T
    near = np.sin((lat[:, None] - lat) / 2) ** 2
    near = near + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    found: Floats = 2 * _RADIUS * np.arcsin(np.sqrt(np.clip(near, 0.0, 1.0)))
    return found


def _position(iso3: str) -> tuple[float, float]:
    drawn = centroids()
    if iso3 in drawn:
        return drawn[iso3]
    here = place(iso3)
    near = [drawn[c] for c in drawn if place(c).subregion == here.subregion]
    near = near or [drawn[c] for c in drawn if place(c).region == here.region] or [(0.0, 0.0)]
    lon, lat = np.mean(near, axis=0)
    return float(lon), float(lat)
