"""The shipped map: whose land is where, no gap at Perekop, every place with trade data to be found."""

import csv
import hashlib
import json
import re
from importlib.resources import files
from itertools import pairwise

import pytest

from clarion.pictures.world import world
from clarion.vocab.place import places

Ring = list[tuple[float, float]]


def rings(path: str) -> list[Ring]:
    """Decode the path data that ``tools/build_map`` writes: relative moves only, every ring closed."""
    found: list[Ring] = []
    x = y = 0.0
    for part in path.split("z")[:-1]:
        assert part.startswith("m")
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", part)]
        ring: Ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((round(x, 1), round(y, 1)))
        found.append(ring)
        x, y = ring[0]
    return found


def inside(path: str, lon: float, lat: float) -> bool:
    earth = world()
    x, y = earth.project(earth.project.wrap(lon), lat)
    crossings = 0
    for ring in rings(path):
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                crossings += 1
    return crossings % 2 == 1


def area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2


TOWNS = {
    "Simferopol": (34.10, 44.95, "UKR"),
    "Sevastopol": (33.53, 44.60, "UKR"),
    "Kerch": (36.47, 45.36, "UKR"),
    "Yalta": (34.17, 44.50, "UKR"),
    "Armiansk": (33.69, 46.11, "UKR"),
    "Perekop": (33.69, 46.16, "UKR"),
    "Donetsk": (37.80, 48.00, "UKR"),
    "Luhansk": (39.31, 48.57, "UKR"),
    "Mariupol": (37.55, 47.10, "UKR"),
    "Kherson": (32.62, 46.64, "UKR"),
    "Sukhumi": (41.02, 43.00, "GEO"),
    "Gagra": (40.27, 43.29, "GEO"),
    "Tskhinvali": (43.97, 42.23, "GEO"),
    "Tbilisi": (44.79, 41.72, "GEO"),
    "Rostov-on-Don": (39.70, 47.23, "RUS"),
    "Krasnodar": (38.98, 45.04, "RUS"),
    "Sochi": (39.73, 43.60, "RUS"),
    "Anapa": (37.33, 44.89, "RUS"),
    "Temryuk": (37.38, 45.27, "RUS"),
    "Anadyr": (177.00, 64.90, "RUS"),
    "Hargeisa": (44.06, 9.56, "SOM"),
    "Tiraspol": (29.63, 46.84, "MDA"),
    "Laayoune": (-13.10, 27.15, "ESH"),
    "Tifariti": (-10.57, 26.16, "ESH"),
    "Tan-Tan": (-11.10, 28.44, "MAR"),
    "Bishkek": (74.60, 42.87, "KGZ"),
    "Cairo": (31.24, 30.05, "EGY"),
    "Maseru": (27.60, -29.45, "LSO"),
}


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_falls_in_one_country_only(town: str) -> None:
    lon, lat, iso3 = TOWNS[town]
    assert [code for code, path in world().areas.items() if inside(path, lon, lat)] == [iso3]


@pytest.mark.parametrize(
    ("part", "place", "town"),
    [
        ("crimea", "UKR", (34.10, 44.95)),
        ("abkhazia", "GEO", (41.02, 43.00)),
        ("south-ossetia", "GEO", (43.97, 42.23)),
        ("western-sahara", "ESH", (-13.10, 27.15)),
    ],
)
def test_a_disputed_part_is_drawn_over_the_country_that_it_belongs_to(
    part: str, place: str, town: tuple[float, float]
) -> None:
    shape = next(d for d in world().disputed if d.id == part)
    assert shape.place == place
    assert inside(shape.path, *town)
    # Each corner of the overlay lies on or in its country: none of it is painted on a neighbour.
    corners = {p for ring in rings(shape.path) for p in ring}
    of_country = {p for ring in rings(world().areas[place]) for p in ring}
    assert len(corners & of_country) >= 3


def test_crimea_and_the_mainland_are_one_shape_without_a_seam() -> None:
    ukraine = rings(world().areas["UKR"])
    crimea = next(d for d in world().disputed if d.id == "crimea")
    (outline,) = rings(crimea.path)
    holder = max(ukraine, key=area)
    shared = set(outline) & set(holder)
    assert len(shared) > len(outline) / 2, "Crimea's coast must be part of the mainland's own outline"
    assert all(area(ring) >= 0.3 for ring in ukraine), "a sliver"
    assert not any(set(ring) & set(outline) for ring in ukraine if ring is not holder), "a gap at the isthmus"


def test_every_place_with_trade_data_is_on_the_map() -> None:
    text = files("clarion.sources").joinpath("facts/staple_trade_2019_2021.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    codes = {row[side] for row in rows for side in ("exporter_iso3", "importer_iso3")}
    assert len(codes) > 190
    assert codes <= world().areas.keys() | world().markers.keys()


def test_small_states_have_a_mark_and_every_code_is_a_place() -> None:
    earth = world()
    small = {"MLT", "COM", "MDV", "SGP", "TUV", "KIR", "BHR", "BRB", "STP", "SYC", "LUX", "NRU", "CPV"}
    assert small <= set(earth.markers)
    assert set(earth.areas) | set(earth.markers) <= set(places())
    assert all(0 <= x <= earth.width and 0 <= y <= earth.height for x, y in earth.markers.values())


def test_neighbours_keep_common_corners() -> None:
    """Simplified apart, two countries would leave gaps; simplified once, their corners coincide."""
    for a, b in (("FRA", "ESP"), ("RUS", "KAZ"), ("UKR", "RUS"), ("GEO", "RUS"), ("UKR", "MDA"), ("EGY", "SDN")):
        corners = [{p for ring in rings(world().areas[code]) for p in ring} for code in (a, b)]
        assert len(corners[0] & corners[1]) >= 2, (a, b)


def test_provenance_matches_the_shipped_bytes() -> None:
    data = files("clarion.pictures").joinpath("data")
    provenance = json.loads(data.joinpath("world.provenance.json").read_text(encoding="utf-8"))
    assert provenance["output"]["sha256"] == hashlib.sha256(data.joinpath("world.json").read_bytes()).hexdigest()
    assert {len(i["sha256"]) for i in provenance["inputs"]} == {64}
    assert "Natural Earth" in world().attribution
    assert world().licence == "Public domain"


def test_areas_can_be_compared() -> None:
    """Equal area: Algeria is 2.38 million square kilometres, Kazakhstan 2.72, Brazil 8.51, Egypt 1.00."""
    size = {c: sum(map(area, rings(world().areas[c]))) for c in ("DZA", "KAZ", "BRA", "EGY")}
    for code, known in (("KAZ", 2.72), ("BRA", 8.51), ("EGY", 1.00)):
        assert size[code] / size["DZA"] == pytest.approx(known / 2.38, rel=0.04)
