"""Months of missing energy into person-days, and the groups among them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import InputError
from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.people import month_days, newly_undernourished, nutrition, people_by_month, person_days
from clarion.spillover.engine.people.groups import GROUPS, of_group
from clarion.spillover.engine.people.intake import intake
from clarion.spillover.engine.simulation.streams import Streams
from clarion.vocab import Estimate, Interval, Provenance

DRAWS = 40


@pytest.fixture(scope="module")
def known():
    return nutrition(Warehouse().all("indicators"))


def uniform(name):
    return Streams(3, 0, DRAWS).uniform(name)


def test_a_year_of_months():
    assert month_days(1, 12).sum() == pytest.approx(365.25)
    assert month_days(12, 2).tolist() == [31.0, 31.0]


def test_a_steady_loss_is_the_same_people_every_day(known):
    lost = np.full((DRAWS, 12, 1), 150.0)
    people = people_by_month(lost, [known["EGY"]], uniform)
    eaten = intake(known["EGY"], uniform)
    usual = newly_undernourished(np.full(DRAWS, 150.0), eaten.des, eaten.cv, eaten.pou, eaten.population)
    assert np.allclose(people[:, 5, 0], usual)
    assert np.allclose(person_days(people, month_days(7, 12))[:, 0], usual * 365.25)


@given(st.lists(st.floats(0.0, 800.0), min_size=4, max_size=4), st.integers(0, 3), st.floats(1.0, 300.0))
@settings(max_examples=25, deadline=None)
def test_more_loss_never_means_fewer_person_days(months, which, more):
    egypt = nutrition(Warehouse().all("indicators"))["EGY"]
    lost = np.broadcast_to(np.array(months)[None, :, None], (DRAWS, 4, 1)).copy()
    days = month_days(1, 4)
    before = person_days(people_by_month(lost, [egypt], uniform), days)
    lost[:, which] += more
    after = person_days(people_by_month(lost, [egypt], uniform), days)
    assert (after >= before).all()
    assert (before >= 0).all()


def test_surplus_feeds_nobody_twice_and_unknown_stays_unknown(known):
    lost = np.full((DRAWS, 3, 2), -50.0)
    people = people_by_month(lost, [known["EGY"], known["SOM"]], uniform)
    assert (people[:, :, 0] == 0).all()
    assert np.isnan(people[:, :, 1]).all() == bool(known["SOM"].missing)
    with pytest.raises(InputError):
        people_by_month(lost[:, :, 0], [known["EGY"]], uniform)


def test_groups_are_not_known_until_their_share_is_loaded():
    people = Estimate(1000.0, "persons", Interval(500.0, 2000.0), "made")
    empty = Indicators(Warehouse().all("indicators"), tuple(GROUPS.values()))
    for group in GROUPS:
        assert "fetch wb-" in of_group(group, people, "EGY", empty).reason
    import polars as pl

    frame = pl.DataFrame(
        {"iso3": ["EGY"], "indicator": ["children_0_14_pct"], "value": [33.0], "unit": ["%"], "period": ["2021"],
         "source": ["WDI"], "note": [None], "source_row": [2]},
        schema_overrides={"note": pl.String},
    )  # fmt: skip
    table = LoadedTable("indicators", "wb-children", frame, Provenance("wb-children", "1", "indicators"))
    found = of_group("children", people, "EGY", Indicators([table], tuple(GROUPS.values())))
    assert found.value == pytest.approx(330.0)
    assert found.interval.high == pytest.approx(660.0)
    assert "33%" in found.method
    assert found.provenance
    unknown = Estimate.not_known("persons", "made")
    assert of_group("children", unknown, "EGY", empty) is unknown
