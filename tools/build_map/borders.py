"""Which land belongs to which place on our map: the borders that the UN General Assembly recognises.

Natural Earth draws who holds a place; this file turns that into whose it is, and says why for each change.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import shapely
from babel.core import get_global
from shapely import LineString, Point, Polygon
from shapely.ops import split

# Areas without a numeric code in Natural Earth.
BY_NAME = {
    "Somaliland": "SOM",  # not recognised by any organ of the UN
    "N. Cyprus": "CYP",  # Security Council resolutions 541 (1983) and 550 (1984)
    "Kosovo": "XKX",  # drawn apart because the place table has it; Security Council resolution 1244 (1999)
    "Ashmore and Cartier Is.": "AUS",
    "Siachen Glacier": "",  # between India and Pakistan: nobody's on this map
    "Indian Ocean Ter.": "",
}
DROPPED = {"Antarctica"}
# A point inside each polygon that changes hands: (point, from, to, id of the disputed area).
MOVED = (("crimea", (34.1, 45.0), "Russia", "UKR"),)  # A/RES/68/262 and every resolution since
# Parts cut off along a line: country in Natural Earth, owner of the part, id, a place inside, number of the line.
CUT = (
    ("Georgia", "GEO", "abkhazia", (41.02, 43.0), 8),  # A/RES/62/249 and each year since
    ("Georgia", "GEO", "south-ossetia", (43.97, 42.23), 9),
    ("Morocco", "ESH", "western-sahara", (-13.5, 26.0), 33),  # on the UN's list of non-self-governing territories
)
WHOLE = {"W. Sahara": "western-sahara"}  # Natural Earth has only the part behind the berm under this name
# Places that Natural Earth 1:50m leaves out, where they lie (degrees east, north).
MISSING = {"TUV": (179.2, -8.52), "TKL": (-171.85, -9.2), "GIB": (-5.35, 36.14)}


def iso3(code: str, name: str, known: dict[str, str]) -> str:
    """The alpha-3 code of an area, or "" for land that no row of the place table stands for.

    ``known`` maps alpha-2 to alpha-3 of the place table; numeric codes are resolved by CLDR's aliases, because a
    statistical code (Comtrade's 842 for the United States) is not always the ISO one.
    """
    if name in BY_NAME:
        return BY_NAME[name]
    alpha2 = get_global("territory_aliases").get(code.zfill(3), [""])[0]
    return known.get(alpha2, "")


def parts(name: str, land: Polygon, geopackage: Path) -> list[tuple[str, str, Polygon]]:
    """Cut ``land`` along its lines of Natural Earth's "Breakaway, Disputed Areas": (owner, id, shape) of each part.

    What is left comes last, with an empty owner and id.
    """
    found, rest = [], land
    for country, owner, part, inside, fid in CUT:
        if country != name or not rest.contains(Point(inside)):
            continue
        pieces = list(split(rest, _lengthened(_line(geopackage, fid), rest)).geoms)
        chosen = [p for p in pieces if p.contains(Point(inside))]
        if len(pieces) != 2 or len(chosen) != 1:
            raise SystemExit(f"{part}: the line cuts {name} into {len(pieces)} pieces; look at it again.")
        rest = next(p for p in pieces if p is not chosen[0])
        found.append((owner, part, chosen[0]))
    return [*found, ("", "", rest)]


def _line(geopackage: Path, fid: int) -> LineString:
    with sqlite3.connect(f"file:{geopackage}?mode=ro", uri=True) as db:
        query = "select geom from disputed_borders where fid = ?"
        (blob,) = db.execute(query, (fid,)).fetchone()
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    geometry = shapely.from_wkb(blob[8 + envelope :])
    return shapely.line_merge(geometry) if geometry.geom_type == "MultiLineString" else geometry


def _lengthened(line: LineString, area: Polygon, reach: float = 0.25) -> LineString:
    """The line with its ends drawn out to the nearest border of ``area`` and a little beyond.

    The line comes from 1:10m and the border from 1:50m, so the two need not touch. Where an end sticks out, it is cut.
    """
    inner = line.intersection(area)
    if inner.geom_type == "MultiLineString":
        inner = max(inner.geoms, key=lambda part: part.length)
    points = list(inner.coords)
    for end in (0, -1):
        x, y = points[end]
        border = area.exterior.interpolate(area.exterior.project(Point(x, y)))
        size = border.distance(Point(x, y))
        if size > reach:
            raise SystemExit(f"The line ends {size:.2f} degrees from the border; look at it again.")
        step = 1 + 0.002 / size if size > 1e-9 else 1
        beyond = (x + (border.x - x) * step, y + (border.y - y) * step)
        if size <= 1e-9:  # on the border: go on in the direction of the last leg
            px, py = points[1 if end == 0 else -2]
            beyond = (x + (x - px) * 0.05, y + (y - py) * 0.05)
        points = [beyond, *points] if end == 0 else [*points, beyond]
    return LineString(points)
