"""Countries lie where they lie."""

import pytest

from clarion.pictures.centroids import centroids
from clarion.pictures.world import world


@pytest.mark.parametrize(
    ("iso3", "lon", "lat"),
    [("UKR", 31.4, 49.0), ("EGY", 29.8, 26.5), ("BRA", -53.1, -10.8), ("IND", 79.6, 22.9), ("USA", -99.0, 39.5),
     ("NZL", 170.6, -44.0), ("SGP", 103.8, 1.35)],
)  # fmt: skip
def test_known_places(iso3, lon, lat):
    found = centroids()[iso3]
    assert found == pytest.approx((lon, lat), abs=3)


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (-170, 60), (37.6, 55.75), (150, -35), (11, 89)])
def test_the_map_is_undone(lon, lat):
    project = world().project
    assert project.inverse(*project(project.wrap(lon), lat)) == pytest.approx((lon, lat), abs=1e-6)


def test_every_drawn_place_has_one():
    assert set(centroids()) == {*world().areas, *world().markers}
