"""The hazard's fit finds what made the data, and says when there is nothing to find."""

from __future__ import annotations

import numpy as np
import pytest

from clarion.compute import stream
from clarion.errors import ModelError
from clarion.spillover.engine.bans import BEFORE_2022, FITTED
from clarion.spillover.engine.bans.fit import fit, log_score, probability
from clarion.spillover.engine.bans.panel import Panel
from clarion.spillover.engine.market import monthly_hazard

TRUE = np.array([-4.0, 2.0, 1.5, 1.0])


def simulated(rows: int, seed: int = 1) -> Panel:
    rng = stream(seed, "panel")
    design = np.column_stack(
        [np.ones(rows), rng.normal(0.2, 0.3, rows), rng.uniform(0, 0.4, rows), rng.random(rows) < 0.3]
    )
    began = (rng.random(rows) < probability(design, TRUE)).astype(float)
    exporter = rng.integers(0, 60, rows).astype(str)
    return Panel(design, began, exporter, np.full(rows, "2022-23"))


def test_a_simulated_panel_gives_its_coefficients_back():
    found = fit(simulated(40_000))
    error = np.sqrt(np.diag(found.covariance))
    assert np.all(np.abs(found.coefficients - TRUE) < 3 * error)
    assert np.all(error < 0.35)


def test_few_events_do_not_run_away():
    """Past users alone restrict: maximum likelihood is infinite there, the penalised one is not."""
    panel = simulated(600)
    panel.began[:] = 0.0
    panel.began[np.flatnonzero(panel.design[:, 3])[:4]] = 1.0
    found = fit(panel)
    assert np.all(np.isfinite(found.coefficients))
    assert 0 < found.coefficients[3] < 6


def test_standard_errors_are_wider_where_an_exporter_acts_on_all_items_at_once():
    panel = simulated(8000)
    one = fit(panel)
    thrice = Panel(*(np.concatenate([column] * 3) for column in (panel.design, panel.began, panel.exporter,
                                                                 panel.episode)))  # fmt: skip
    # Copies of each exporter's rows are no news: the clustered error stays, a naive one would shrink by sqrt(3).
    assert np.sqrt(np.diag(fit(thrice).covariance)) == pytest.approx(np.sqrt(np.diag(one.covariance)), rel=0.05)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_panel_without_contrast_is_refused(value):
    panel = simulated(50)
    panel.began[:] = value
    with pytest.raises(ModelError, match="with and without an event"):
        fit(panel)


def test_twin_covariates_are_refused():
    panel = simulated(500)
    panel.design[:, 2] = panel.design[:, 1]
    with pytest.raises(ModelError, match=r"cannot be told apart|does not settle"):
        fit(panel)


def test_the_truth_scores_best():
    panel = simulated(20_000)
    truth = log_score(panel, probability(panel.design, TRUE))
    assert truth > log_score(panel, float(panel.began.mean()))
    assert truth > log_score(panel, probability(panel.design, TRUE + 0.5))


@pytest.mark.parametrize("law", [FITTED, BEFORE_2022])
def test_draws_of_a_law_follow_its_fit(law):
    drawn = law.draw(lambda name: stream(3, name).random(20_000))
    assert drawn.shape == (20_000, 4)
    assert drawn[:, [0, 3]].mean(0) == pytest.approx([law.coefficients[0], law.coefficients[3]], abs=0.02)
    assert drawn[:, 0].std() == pytest.approx(np.sqrt(law.covariance[0][0]), rel=0.03)
    assert drawn[:, 1:3].min() >= 0.0
    again = law.draw(lambda name: stream(3, name).random(20_000))
    assert again.tobytes() == drawn.tobytes()


def test_a_doubled_price_and_a_habit_make_a_ban_more_likely():
    b = np.array(FITTED.coefficients)
    calm, dear, habit = (monthly_hazard(r, 0.0, u, b) for r, u in ((0.0, 0.0), (np.log(2), 0.0), (np.log(2), 1.0)))
    assert calm < dear < habit
    assert habit == pytest.approx(0.065, abs=0.01)
