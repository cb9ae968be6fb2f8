"""One chunk of draws: uncertain inputs, the months, and what they mean for people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.errors import ModelError
from clarion.spillover.engine.monthly.arrays import Inputs, Outcome, outcome
from clarion.spillover.engine.monthly.draws import drawn_inputs
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.simulation.nourishment import energy_lost, people_pushed
from clarion.vocab import Phrase

Floats = NDArray[np.float64]
Numbers32 = NDArray[np.floating]

LIMIT = 1e-9  # relative error of mass above which a run is refused
DAYS = 365.0 / 12.0  # of a month, as a year has 365 in all figures a person a day
PATHS = ("supply", "lost", "stocks", "kcal_before", "kcal_lost", "people_before", "people")
TOTALS = (
    "price", "passed", "supply_total", "lost_total", "swapped_total", "stock_end", "use", "harvest_lost",
    "kcal_before_mean", "kcal_lost_mean", "kcal_lost_worst", "person_days_before", "person_days",
)  # fmt: skip
LATER = "later"  # kept where the scenario has fertiliser


@dataclass(frozen=True)
class MonthlyChunk:
    """Draws of one chunk: D draws, of the first P of which every month is kept; K items, T steps, N countries.

    ``paths``: ``supply``, ``lost`` (tonnes a step) and ``stocks`` (tonnes), (P, K, T, N); ``kcal_before``,
    ``kcal_lost`` (kcal a person a day), ``people_before`` and ``people`` (P, T, N), NaN where not known.

    ``totals`` over all steps: ``price`` (D, K, T), change of the logarithm of the world price; ``passed`` (D, N), the
    share of it that reaches consumers; ``supply_total``, ``lost_total``, ``swapped_total``, ``stock_end`` and ``use``
    of a year (D, K, N), tonnes; ``harvest_lost`` (D, K); ``kcal_*_mean``, ``kcal_lost_worst`` (of the worst step) and
    ``person_days*`` (D, N). Where the scenario has fertiliser, also ``later`` (D, K, N): the share lost of a harvest
    whose fertiliser was short.

    ``bans`` (K, T, N) counts the draws in which a country's own ban holds, ``ever`` (K, N) those with any ban.
    """

    index: int
    paths: dict[str, Numbers32]
    totals: dict[str, Numbers32]
    bans: NDArray[np.int64]
    ever: NDArray[np.int64]
    mass_error: float
    unsettled: int


def run_chunk(plan: MonthlyPlan, index: int, _rng: np.random.Generator | None = None) -> MonthlyChunk:
    """Work one chunk; the result depends on the plan and the draws alone, not on how they are divided.

    The runner's generator is left alone: it belongs to the item's place in one ``map``.

    Raises
    ------
    ModelError: a draw broke the law of mass.
    """
    asked = plan.question
    if asked.behaviour.rule != "monthly":
        from clarion.spillover.engine.monthly.yearly import run_yearly

        return run_yearly(plan, index)
    first = index * asked.chunk
    numbers = Numbers(lambda _: plan.seed, first, asked.size(index))
    inputs = drawn_inputs(plan, numbers)
    found = run_months(plan, inputs)
    energy = nourishment(plan, found, numbers)
    return _packed(plan, index, inputs, found, energy, min(len(found.lost), max(0, asked.paths - first)))


def run_months(plan: MonthlyPlan, inputs: Inputs, *, flows: bool = False) -> Outcome:
    """The months of every draw of ``inputs``; ``flows`` keeps those on each link too.

    Raises
    ------
    ModelError: a draw broke the law of mass.
    """
    from clarion.spillover.engine.monthly.kernel import run_draws

    found = outcome(plan.world.arrays, len(inputs.flows), plan.question.months, flows=flows)
    run_draws(plan.world.arrays, plan.switches, inputs, found)
    worst = float(found.mass_error.max(initial=0.0))
    if not worst <= LIMIT:
        raise ModelError(
            Phrase("A month does not balance: grain appeared or was lost, {error} of what there is.",
                   error=f"{worst:.1e}"),
            where=Phrase("scenario {name}", name=plan.question.scenario.name),
            next_step=Phrase("Please report this with the tables, the scenario and the seed."),
            mass_balance_error=worst,
        )  # fmt: skip
    return found


def nourishment(plan: MonthlyPlan, found: Outcome, numbers: Numbers) -> dict[str, Floats]:
    """Energy and people by month, (D, T, N): before anybody responds and in the end."""
    a_month = found.use[:, :, None, :] / 12.0
    # Nobody eats less than nothing. Both are worked at once, for each named random number is drawn anew.
    both = np.stack([np.minimum(found.supply, a_month), found.lost], axis=1)
    yearly = {
        layer.item: 12.0 * both[:, :, m][..., np.searchsorted(plan.countries, layer.countries)]
        for m, layer in enumerate(plan.year.layers)
    }
    kcal = energy_lost(plan.year, yearly, numbers)
    people = people_pushed(plan.year, kcal, numbers)
    return {
        "kcal_before": kcal[:, 0], "kcal_lost": kcal[:, 1], "people_before": people[:, 0], "people": people[:, 1]
    }  # fmt: skip


def _packed(
    plan: MonthlyPlan, index: int, inputs: Inputs, found: Outcome, energy: dict[str, Floats], kept: int
) -> MonthlyChunk:
    tonnes = {"supply": found.supply, "lost": found.lost, "stocks": found.stocks}
    totals = {
        "price": found.price,
        "passed": inputs.passed,
        "supply_total": found.supply.sum(axis=2),
        "lost_total": found.lost.sum(axis=2),
        "swapped_total": found.swapped.sum(axis=1),
        "stock_end": found.stocks[:, :, -1],
        "use": found.use,
        "harvest_lost": found.harvest_lost,
        "kcal_before_mean": energy["kcal_before"].mean(axis=1),
        "kcal_lost_mean": energy["kcal_lost"].mean(axis=1),
        "kcal_lost_worst": energy["kcal_lost"].max(axis=1),
        "person_days_before": energy["people_before"].sum(axis=1) * DAYS,
        "person_days": energy["people"].sum(axis=1) * DAYS,
    }
    if plan.soil is not None:
        totals[LATER] = inputs.later
    return MonthlyChunk(
        index,
        {name: values[:kept].astype(np.float32) for name, values in (tonnes | energy).items()},
        {name: values.astype(np.float32) for name, values in totals.items()},
        found.banned.sum(axis=0, dtype=np.int64),
        found.banned.any(axis=2).sum(axis=0, dtype=np.int64),
        float(found.mass_error.max()),
        int((~found.settled).sum()),
    )
