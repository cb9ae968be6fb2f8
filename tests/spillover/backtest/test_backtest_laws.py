"""What must hold of predictions in any world."""

import numpy as np
import polars as pl
import pytest
from backtest_worlds import BASE, EXPORTERS, steady, world
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import InputError
from clarion.spillover.engine.backtest import backtest, past
from clarion.spillover.engine.backtest.past import exports_of
from clarion.spillover.engine.backtest.terms import situation


def test_where_nothing_changes_nothing_is_predicted_to():
    trade, harvest = steady()
    found = backtest(trade, harvest, "wheat", BASE, EXPORTERS)
    assert np.allclose(found.prediction.imports, found.actual, rtol=1e-12)
    assert found.scores()["wape_all"] == pytest.approx(0, abs=1e-12)
    assert all(errors["wape_all"] == pytest.approx(0, abs=1e-12) for errors in found.baselines().values())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_changes_nothing(seed):
    trade, harvest = world(seed)
    one = backtest(trade, harvest, "wheat", BASE, EXPORTERS)
    other = backtest(trade.sample(fraction=1, shuffle=True, seed=seed), harvest.reverse(), "wheat", BASE, EXPORTERS)
    assert one.prediction.at.importers == other.prediction.at.importers
    assert np.allclose(one.prediction.imports, other.prediction.imports, rtol=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_intervals_hold_their_prediction_and_no_negative_imports(seed):
    found = backtest(*world(seed), "wheat", BASE, EXPORTERS).prediction
    assert (found.low >= 0).all()
    assert ((found.low <= found.imports) & (found.imports <= found.high)).all()


def test_terms_by_hand():
    schema = ["year", "exporter_iso3", "importer_iso3", "tonnes"]
    rows = [(2019, "RUS", "EGY", 4e5), (2019, "USA", "EGY", 4e5), (2020, "RUS", "EGY", 6e5), (2020, "USA", "EGY", 2e5),
            (2021, "RUS", "EGY", 3e5)]  # fmt: skip
    harvest = pl.DataFrame([(2019, "EGY", 1e5), (2020, "EGY", 3e5)], schema=["year", "iso3", "tonnes"], orient="row")
    trade = pl.DataFrame(rows, schema=schema, orient="row")
    at = situation(past(trade, harvest, 2020), exports_of(trade, 2021, ["RUS"]))
    assert at.importers == ("EGY",)
    assert at.share[0] == pytest.approx(0.75)
    assert {name: value[0] for name, value in at.terms.items()} == pytest.approx(
        {"level": 0.0, "surplus": 2e5 / 8e5, "cut": -0.375, "captive": -0.375 * (0.75**2 + 0.25**2),
         "market": -0.5 * 0.75**0.5}
    )  # fmt: skip


def test_the_base_year_alone_is_enough():
    trade, harvest = world(years=range(BASE, BASE + 2))
    found = backtest(trade, harvest, "wheat", BASE, EXPORTERS)
    assert not found.parameters.history
    assert "base year alone" in found.method
    assert found.scores()["wape_all"] is not None
    assert found.baselines()["blend"]["wape_all"] is None
    assert found.baselines()["blend"]["reason"]


def test_an_answer_is_json_with_an_interval_for_every_country():
    import json

    data = backtest(*world(), "wheat", BASE, EXPORTERS).to_dict()
    json.dumps(data, allow_nan=False)
    for key in ("method", "wape_all", "wape_exposed", "coverage_90", "width_90", "baselines", "spearman_exposed"):
        assert key in data
    assert len(data["countries"]) == data["importers"]
    for row in data["countries"]:
        low, high = row["predicted"]["interval"]
        assert low <= row["predicted"]["value"] <= high


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda t, h: (t.filter(pl.col("year") != BASE), h), "trade"),
        (lambda t, h: (t.filter(pl.col("year") != BASE + 1), h), "trade"),
        (lambda t, h: (t, h.filter(pl.col("year") != BASE)), "production"),
        (lambda t, h: (t.filter(pl.col("exporter_iso3") != "UKR"), h), "exporters"),
        (lambda t, h: (t.with_columns(pl.col("tonnes") / 1e4), h), "trade"),
    ],
)
def test_what_is_missing_is_named(change, where):
    with pytest.raises(InputError) as raised:
        backtest(*change(*world()), "wheat", BASE, EXPORTERS)
    assert raised.value.where == where
    assert raised.value.next_step
