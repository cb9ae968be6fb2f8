"""Read a TopoJSON world, and simplify a coverage so that neighbours keep one common border."""

from __future__ import annotations

import heapq
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]


def read(path: Path) -> list[tuple[str, str, list[list[Ring]]]]:
    """Every country of a world-atlas file: its numeric code (or ""), its name, its polygons in degrees."""
    world = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs: list[Ring] = []
    for deltas in world["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)

    def ring(indices: list[int]) -> Ring:
        points: Ring = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    found = []
    for geometry in world["objects"]["countries"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [[ring(r) for r in polygon] for polygon in polygons]
        found.append((str(geometry.get("id", "")), geometry["properties"]["name"], rings))
    return found


def unwrap(ring: Ring) -> Ring:
    """The ring with longitudes that never jump, so that a shape across the antimeridian is in one piece."""
    out = [ring[0]]
    for lon, lat in ring[1:]:
        last = out[-1][0]
        out.append((lon + 360 * round((last - lon) / 360), lat))
    return out


def simplify(rings: list[Ring], keep: Callable[[Point], float]) -> list[Ring]:
    """Simplify the rings of a coverage by Visvalingam and Whyatt's effective area, each shared border once.

    ``keep`` gives, for a point, the smallest effective area (map units squared) that a vertex there must have to
    stay. Points where borders meet always stay, so neighbours still meet without a gap.
    """
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for a, b in itertools.pairwise(ring):
            neighbours[a].add(b)
            neighbours[b].add(a)
    done: dict[tuple[Point, ...], Ring] = {}

    def arc(points: Ring) -> Ring:
        forward, backward = tuple(points), tuple(reversed(points))
        if backward in done:
            return done[backward][::-1]
        if forward not in done:
            done[forward] = _visvalingam(points, keep)
        return done[forward]

    out = []
    for ring in rings:
        cuts = [i for i, p in enumerate(ring[:-1]) if len(neighbours[p]) != 2]
        if not cuts:  # an island: start at its lowest point, so that a lake and its island give the same arc
            start = min(range(len(ring) - 1), key=lambda i: ring[i])
            cuts = [start]
        turned = ring[cuts[0] : -1] + ring[: cuts[0] + 1]
        ends = [*(c - cuts[0] for c in cuts), len(turned) - 1]
        new: Ring = []
        for a, b in itertools.pairwise(ends):
            new += arc(turned[a : b + 1])[1 if new else 0 :]
        out.append(new)
    return out


def _visvalingam(points: Ring, keep: Callable[[Point], float]) -> Ring:
    last = len(points) - 1
    floor = 4 if points[0] == points[-1] else 2
    before, after = list(range(-1, last)), list(range(1, last + 2))
    alive = [True] * (last + 1)

    def ratio(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 / keep(points[i])

    heap = [(ratio(i), i) for i in range(1, last)]
    current = {i: r for r, i in heap}
    heapq.heapify(heap)
    left = last + 1
    while heap and left > floor:
        r, i = heapq.heappop(heap)
        if not alive[i] or current[i] != r:
            continue
        if r >= 1:
            break
        alive[i] = False
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for n in (a, b):
            if 0 < n < last:
                current[n] = max(r, ratio(n))
                heapq.heappush(heap, (current[n], n))
    return [p for p, a in zip(points, alive, strict=True) if a]


def encode(rings: Iterable[Ring]) -> str:
    """Rings as one SVG path of relative moves; the shortest spelling of each number."""
    out, x, y = [], 0.0, 0.0
    for ring in rings:
        text, sx, sy = "m", ring[0][0], ring[0][1]
        for i, (px, py) in enumerate(ring[:-1]):
            for value in (px - x, py - y):
                word = _short(value)
                text += word if text.endswith("m") or word.startswith("-") else " " + word
            x, y = px, py
            if i == 0:
                sx, sy = px, py
        out.append(text + "z")
        x, y = sx, sy
    return "".join(out)


def _short(value: float) -> str:
    word = f"{value:.1f}".removesuffix(".0")
    sign, digits = ("-", word[1:]) if word.startswith("-") else ("", word)
    return sign + digits.removeprefix("0") if digits != "0" else "0"
