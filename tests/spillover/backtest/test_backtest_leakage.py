"""Nothing of the predicted year but the exporters' totals can reach a prediction."""

import numpy as np
import polars as pl
import pytest
from backtest_worlds import BASE, BUYERS, EXPORTERS, SELLERS, world
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.spillover.engine.backtest import Past, backtest, past, predict
from clarion.spillover.engine.backtest.parameters import parameters_for
from clarion.spillover.engine.backtest.past import exports_of


def bits(found):
    said = found.prediction
    return said.at.importers, said.imports.tobytes(), said.low.tobytes(), said.high.tobytes()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_every_other_figure_of_the_year_ahead_may_change(seed, drop_harvest):
    trade, harvest = world()
    asked = bits(backtest(trade, harvest, "wheat", BASE, EXPORTERS))
    rng = np.random.default_rng(seed)
    later = trade.filter(pl.col("year") > BASE)
    others = later.filter(~pl.col("exporter_iso3").is_in(EXPORTERS))
    # Others trade anything; what the exporters sell is dealt out anew, a country that never bought among the buyers.
    rows = others.with_columns(pl.Series("tonnes", rng.uniform(0, 1e7, others.height)))
    dealt = []
    for code in EXPORTERS:
        total = exports_of(trade, BASE + 1, [code])[code]
        parts = rng.multinomial(1 << 20, rng.dirichlet(np.ones(len(BUYERS) + 1))) / (1 << 20)
        dealt += [(BASE + 1, code, to, float(p * total)) for to, p in zip((*BUYERS, "NEW"), parts, strict=True)]
    changed = pl.concat(
        [trade.filter(pl.col("year") <= BASE), rows, pl.DataFrame(dealt, schema=trade.schema, orient="row")]
    )
    after = harvest.filter(pl.col("year") > BASE).with_columns(pl.col("tonnes") * rng.uniform(0, 9))
    known = harvest.filter(pl.col("year") <= BASE)
    said = backtest(changed, known if drop_harvest else pl.concat([known, after]), "wheat", BASE, EXPORTERS)
    assert said.prediction.at.importers == asked[0]
    # The totals are sums in another order; with the very same totals every bit is the same.
    exact = predict(past(changed, known, BASE), exports_of(trade, BASE + 1, EXPORTERS), said.parameters)
    assert (exact.imports.tobytes(), exact.low.tobytes(), exact.high.tobytes()) == asked[1:]


def test_the_totals_do_reach_it():
    trade, harvest = world()
    less = trade.with_columns(
        pl.when((pl.col("year") == BASE + 1) & (pl.col("exporter_iso3") == "RUS")).then(pl.col("tonnes") / 2)
        .otherwise(pl.col("tonnes")).alias("tonnes")
    )  # fmt: skip
    one, other = (backtest(t, harvest, "wheat", BASE, EXPORTERS) for t in (trade, less))
    assert (other.prediction.imports < one.prediction.imports).all()


def test_a_past_takes_no_later_year():
    grid = np.zeros((2, 2))
    for flows, harvests in (({2020: grid, 2021: grid}, {}), ({2020: grid}, {2021: grid[0]}), ({2019: grid}, {})):
        with pytest.raises(ValueError, match="not a past"):
            Past(("EGY", "RUS"), 2020, flows, harvests)


def test_a_past_does_not_know_a_country_that_comes_later():
    trade, harvest = world()
    newcomer = pl.DataFrame([(BASE + 1, "NEW", "EGY", 1e6)], schema=trade.schema, orient="row")
    known = past(pl.concat([trade, newcomer]), harvest, BASE)
    assert known.places == tuple(sorted((*SELLERS, *BUYERS)))
    assert max(known.flows) == max(known.harvests) == BASE


@pytest.mark.parametrize("year", [2006, 2013, 2021])
def test_the_scored_pair_was_not_fitted_on(year):
    assert parameters_for(year, True).left_out == year
    assert parameters_for(2010, True).left_out is None
