"""Fits and scores on made-up pairs."""

import numpy as np
import pytest

from clarion.spillover.engine.backtest.fit import ROUNDINGS, Pair, fit
from clarion.spillover.engine.backtest.parameters import read_row, shipped
from clarion.spillover.engine.backtest.predict import expected
from clarion.spillover.engine.backtest.scores import coverage, rank_correlation, wape, width
from clarion.spillover.engine.backtest.terms import Situation

TRUE = {"surplus": -0.4, "cut": 0.7, "captive": -0.2, "level": 0.5, "market": 0.3}


def pairs(noise=0.0, count=8, size=120):
    rng = np.random.default_rng(5)
    found = []
    for year in range(2000, 2000 + count):
        terms = {name: rng.uniform(-0.4, 0.4, size) for name in TRUE}
        share = rng.uniform(0, 1, size)
        imports = np.exp(rng.uniform(12, 15, size))
        at = Situation(tuple(f"A{i:02}" for i in range(size)), imports, share, terms, rng.uniform(0, 0.5, size), True)
        groups = np.where(at.leaning, sum(TRUE[n] * terms[n] for n in ("surplus", "cut", "captive")),
                          sum(TRUE[n] * terms[n] for n in ("level", "market")))  # fmt: skip
        found.append(Pair(year, at, imports * (1 + groups + noise * rng.standard_normal(size))))
    return found


def test_a_fit_finds_what_made_the_data():
    by = fit(pairs(0.02, count=40))
    for names in (by.leaning, by.others):
        assert dict(names) == pytest.approx({n: TRUE[n] for n in names}, abs=0.06)


def test_the_pair_left_out_has_no_say():
    made = pairs(0.1)
    spoilt = [Pair(p.base_year, p.at, p.actual * 50) if p.base_year == 2003 else p for p in made]
    assert fit(made, 2003) == fit(spoilt, 2003)
    assert fit(made, 2004) != fit(spoilt, 2004)


def test_the_pair_left_out_has_no_say_in_the_rounding():
    made = pairs(0.1)
    spoilt = [Pair(p.base_year, p.at, p.actual / 1e4) if p.base_year == 2003 else p for p in made]
    assert fit(spoilt).rounding != fit(made).rounding
    assert fit(spoilt, 2003).rounding == fit(made, 2003).rounding


def test_the_rounding_is_chosen_by_the_error_of_unseen_pairs():
    made = pairs(0.3, count=5)

    def unseen(rounding):
        errors = 0.0
        for one in made:
            said = expected(one.at, fit(made, one.base_year, rounding=rounding))
            errors += wape(said, one.actual, np.ones(len(said), bool)) + wape(said, one.actual, one.at.leaning)
        return errors

    assert fit(made).rounding == min(ROUNDINGS, key=unseen)


@pytest.mark.parametrize("count", [1, 2])
def test_two_pairs_are_too_few_to_choose_a_rounding_by(count):
    assert fit(pairs(0.1, count)).rounding == 0.1


def test_intervals_cover_as_often_as_they_say():
    made = pairs(0.1)
    by = fit(made)
    errors = [p.actual / expected(p.at, by) - 1 for p in made]
    assert np.mean(np.abs(np.concatenate(errors)) < 0.2) > 0.9
    assert by.low < 0 < by.high


def test_pairs_with_history_and_without_do_not_mix():
    made = pairs()
    at = made[0].at
    bare = Situation(at.importers, at.imports, at.share, at.terms, at.unsteady, False)
    with pytest.raises(ValueError, match="history"):
        fit([Pair(1999, bare, made[0].actual), *made])


def test_parameters_survive_their_file():
    for by in shipped().values():
        assert read_row({name: str(value) for name, value in by.row().items()}) == by


def test_scores_by_hand():
    said, true = np.array([100.0, 200.0]), np.array([110.0, 150.0])
    everyone = np.ones(2, bool)
    assert wape(said, true, everyone) == pytest.approx(60 / 260)
    assert wape(said, true, ~everyone) is None
    assert coverage(said - 20, said + 20, true) == 0.5
    assert width(said - 20, said + 20, said) == pytest.approx((0.4 + 0.2) / 2)
    assert rank_correlation(said, true) is None
    assert rank_correlation(np.array([1.0, 2, 3, 4]), np.array([1.0, 3, 2, 4])) == pytest.approx(0.8)
    assert rank_correlation(np.ones(5), np.arange(5.0)) is None
