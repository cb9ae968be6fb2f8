"""Write ``pictures/data/world.json`` anew: Natural Earth 1:50m, with the borders that the UN General Assembly knows.

Sources, all Natural Earth (public domain):

- npm's ``world-atlas`` 2.0.2, ``countries-50m.json``: every outline;
- ``world_map.gpkg`` of Debian's package ``qgis-common`` 3.22.16 (layer ``disputed_borders``, which is Natural Earth
  1:10m "Breakaway, Disputed Areas" 4.1.0 unchanged): the two lines inside Georgia.

Once, in folders outside the repository::

    npm install world-atlas@2.0.2
    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb qgis
    pip install shapely==2.2.0 babel==2.18.0
    python tools/build_map node_modules/world-atlas qgis/usr/share/qgis/resources/data/world_map.gpkg

The same inputs give the same bytes. What changes hands and why is in ``borders.py``. Golan, Kashmir and the other
lines that Natural Earth draws as held stay as they are; at this scale most are narrower than the line that draws them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

import borders
import shapely
import topology
from shapely import MultiPolygon, Point, Polygon

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))
from clarion.pictures.projection import EqualEarth  # noqa: E402

OUT = ROOT / "src/clarion/pictures/data"
CENTRE, WIDTH, NORTH, SOUTH = 11.0, 2000, 84.0, -56.0  # the cut runs through the Bering Strait
KEEP = 6.0  # effective area (map units squared) that a vertex must have to stay
ISLAND = 16.0  # smaller islands (map units squared) go, unless they are a place's largest
FINE = (26.0, 40.8, 48.2, 49.0)  # west, south, east, north in degrees: the Black Sea, where towns on the coast count
FINE_KEEP, FINE_ISLAND = 0.15, 0.5
MARKER, SPECK = 48.0, 10.0  # places smaller than this (map units squared) get a round mark; than that, no outline


def main(atlas: Path, geopackage: Path) -> None:
    with (ROOT / "src/clarion/vocab/data/places.csv").open(encoding="utf-8", newline="") as file:
        known = {row["iso2"]: row["iso3"] for row in csv.DictReader(file) if row["kind"] == "place"}
    project = EqualEarth(CENTRE, WIDTH)
    project = EqualEarth(CENTRE, WIDTH, top=project(CENTRE, NORTH)[1])
    cells = _cells(topology.read(atlas / "countries-50m.json"), known, geopackage)
    shapes = _shapes(cells, project)
    areas: dict[str, list[Polygon]] = defaultdict(list)
    disputed = []
    for (iso3, part), shape in shapes.items():
        areas[iso3] += _polygons(shape)
        if part:
            disputed.append({"id": part, "place": iso3, "path": _path(_polygons(shape))})
    whole = {iso3: _polygons(shapely.union_all(parts)) for iso3, parts in sorted(areas.items())}
    markers = {iso3: _mark(project(project.wrap(x), y)) for iso3, (x, y) in borders.MISSING.items()}
    for iso3, parts in list(whole.items()):
        size = sum(p.area for p in parts)
        if iso3 and size < MARKER:
            if size < SPECK:
                del whole[iso3]
            at = max(parts, key=lambda p: p.area).representative_point()
            markers[iso3] = _mark((at.x, at.y))
    world = {
        "width": WIDTH,
        "height": round(project(CENTRE, SOUTH)[1]),
        "projection": {"name": "Equal Earth", "centre": CENTRE, "width": WIDTH, "top": project.top},
        "attribution": "Made with Natural Earth.",
        "licence": "Public domain",
        "areas": {iso3: _path(parts) for iso3, parts in whole.items() if iso3},
        "unassigned": _path(whole.get("", [])),
        "markers": dict(sorted(markers.items())),
        "disputed": sorted(disputed, key=lambda d: d["id"]),
    }
    _write(OUT / "world.json", world, compact=True)
    _write(OUT / "world.provenance.json", _provenance(atlas, geopackage), compact=False)
    print(f"{len(world['areas'])} areas, {len(markers)} markers, {(OUT / 'world.json').stat().st_size} bytes")


def _cells(
    countries: list[tuple[str, str, list[list[topology.Ring]]]], known: dict[str, str], geopackage: Path
) -> list[tuple[str, str, list[topology.Ring]]]:
    """The coverage in degrees: (place, id of the disputed part or "", rings of one polygon)."""
    cells = []
    for code, name, polygons in countries:
        if name in borders.DROPPED:
            continue
        place = borders.iso3(code, name, known)
        for rings in polygons:
            polygon = Polygon(topology.unwrap(rings[0]))
            for part, point, holder, owner in borders.MOVED:
                if name == holder and polygon.contains(Point(point)):
                    cells.append((owner, part, rings))
                    break
            else:
                cut = borders.parts(name, polygon, geopackage)
                if len(cut) == 1:
                    cells.append((place, borders.WHOLE.get(name, ""), rings))
                for owner, part, piece in cut if len(cut) > 1 else ():
                    cells.append((owner or place, part, [list(piece.exterior.coords)]))
    found = {part for _, part, _ in cells if part}
    if found != {"crimea", "abkhazia", "south-ossetia", "western-sahara"}:
        raise SystemExit(f"Only {sorted(found)} were found among the disputed parts.")
    return cells


def _shapes(
    cells: list[tuple[str, str, list[topology.Ring]]], project: EqualEarth
) -> dict[tuple[str, str], MultiPolygon | Polygon]:
    """Project, simplify and round the cells, and drop what is too small to see."""
    flat: list[topology.Ring] = []
    for _, _, rings in cells:
        outer = topology.unwrap(rings[0])
        middle = (min(x for x, _ in outer) + max(x for x, _ in outer)) / 2
        shift = 360 * round((project.wrap(middle) - middle) / 360)
        for ring in rings:
            turned = topology.unwrap(ring)
            turn = shift + 360 * round((outer[0][0] - turned[0][0]) / 360)
            flat.append([project(x + turn, y) for x, y in turned])
    west, south, east, north = FINE
    box = (project(west, south)[0], project(west, north)[1], project(east, south)[0], project(east, south)[1])

    def fine(p: topology.Point) -> bool:
        return box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3]

    def rounded(ring: topology.Ring) -> topology.Ring:
        points = [(round(x, 1), round(y, 1)) if fine((x, y)) else (float(round(x)), float(round(y))) for x, y in ring]
        return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]

    simple = iter(topology.simplify(flat, lambda p: FINE_KEEP if fine(p) else KEEP))
    parts: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    full: dict[tuple[str, str], Polygon] = {}
    source = iter(flat)
    for place, part, rings in cells:
        outer, *holes = [rounded(next(simple)) for _ in rings]
        before, *_ = [next(source) for _ in rings]
        size = Polygon(before).area
        if size > full.get((place, part), Polygon()).area:
            full[place, part] = Polygon(before)
        if len(outer) >= 4 and size >= (FINE_ISLAND if fine(before[0]) else ISLAND):
            kept = [h for h in holes if len(h) >= 4 and Polygon(h).area >= 1]
            parts[place, part].append(Polygon(outer, kept))
    for key, largest in full.items():
        if key not in parts and key[0]:  # a small place: keep its largest island as a point of land
            x, y = (round(v, 1) for v in largest.representative_point().coords[0])
            parts[key].append(Polygon([(x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y)]))
    return {key: shapely.union_all([shapely.make_valid(p) for p in found]) for key, found in parts.items()}


def _polygons(shape: shapely.Geometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape]
    return [p for g in getattr(shape, "geoms", []) for p in _polygons(g)]


def _path(polygons: list[Polygon]) -> str:
    ordered = sorted((p.normalize() for p in polygons), key=lambda p: (-p.area, p.bounds))
    return topology.encode(list(r.coords) for p in ordered for r in (p.exterior, *p.interiors))


def _mark(at: topology.Point) -> list[float]:
    return [round(at[0]), round(at[1])]


def _provenance(atlas: Path, geopackage: Path) -> dict[str, object]:
    countries = atlas / "countries-50m.json"
    version = json.loads((atlas / "package.json").read_text(encoding="utf-8"))["version"]
    return {
        "made_by": "tools/build_map",
        "inputs": [
            {
                "package": "world-atlas", "version": version, "file": countries.name, "sha256": _sha256(countries),
                "data": "Natural Earth 1:50m Admin 0 Countries 4.1.0", "licence": "Public domain (packaging: ISC)",
                "publisher": "naturalearthdata.com",
            },
            {
                "package": "qgis-common (Debian)", "version": "3.22.16+dfsg-1", "file": geopackage.name,
                "sha256": _sha256(geopackage), "publisher": "naturalearthdata.com", "licence": "Public domain",
                "data": "Natural Earth 1:10m Admin 0 Breakaway, Disputed Areas (boundary lines) 4.1.0",
            },
        ],
        "parameters": {
            "projection": "Equal Earth", "centre": CENTRE, "width": WIDTH, "north": NORTH, "south": SOUTH, "keep": KEEP,
            "island": ISLAND, "fine": FINE, "fine_keep": FINE_KEEP, "fine_island": FINE_ISLAND, "marker": MARKER,
            "speck": SPECK,
        },
        "changes": {
            "crimea": "Natural Earth: Russia; here: Ukraine (A/RES/68/262)",
            "abkhazia": "in Georgia as in Natural Earth, outlined (A/RES/62/249)",
            "south-ossetia": "in Georgia as in Natural Earth, outlined (A/RES/62/249)",
            "western-sahara": "Natural Earth: parted; here: whole and apart, a non-self-governing territory",
            "northern cyprus": "Natural Earth: apart; here: Cyprus (S/RES/541)",
            "somaliland": "Natural Earth: apart; here: Somalia",
            "antarctica": "left out",
        },
        "output": {"file": "world.json", "sha256": _sha256(OUT / "world.json")},
    }  # fmt: skip


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, value: object, *, compact: bool) -> None:
    style = {"separators": (",", ":")} if compact else {"indent": 2}
    path.write_text(json.dumps(value, ensure_ascii=False, **style) + "\n", encoding="utf-8")  # type: ignore[arg-type]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
