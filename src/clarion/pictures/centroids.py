"""Where each place lies: the middle of its largest piece on the shipped map, or its mark."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from clarion.pictures.world import world

Point = tuple[float, float]
_NUMBER = re.compile(r"-?(?:\d+\.\d+|\.\d+|\d+)")


@cache
def centroids() -> dict[str, Point]:
    """Longitude and latitude in degrees of every place that is drawn, good to about a degree.

    The middle is taken on the map, whose areas are true to scale (Equal Earth), and brought back to the globe.
    """
    earth = world()
    middles = {iso3: _middle(max(_rings(path), key=_area)) for iso3, path in earth.areas.items()}
    return {iso3: earth.project.inverse(x, y) for iso3, (x, y) in {**earth.markers, **middles}.items()}


def _rings(path: str) -> list[list[Point]]:
    """The rings of path data of relative moves only, each closed, as ``tools/build_map`` writes them."""
    found: list[list[Point]] = []
    x = y = 0.0
    for part in path.split("z")[:-1]:
        numbers = [float(n) for n in _NUMBER.findall(part)]
        ring: list[Point] = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
        x, y = ring[0]
    return found


def _area(ring: list[Point]) -> float:
    return abs(sum(_crosses(ring)))


def _middle(ring: list[Point]) -> Point:
    """The ring's centre of mass, or the mean of its corners where it has no area."""
    crosses = _crosses(ring)
    total = sum(crosses)
    if not total:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    edges = list(zip(pairwise([*ring, ring[0]]), crosses, strict=True))
    x = sum((a[0] + b[0]) * c for (a, b), c in edges) / (3 * total)
    y = sum((a[1] + b[1]) * c for (a, b), c in edges) / (3 * total)
    return x, y


def _crosses(ring: list[Point]) -> list[float]:
    return [ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]])]
