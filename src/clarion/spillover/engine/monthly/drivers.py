"""What drives the uncertainty: shares of the variance by group of inputs, with common random numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.monthly.chunk import DAYS, nourishment, run_months
from clarion.spillover.engine.monthly.draws import drawn_inputs
from clarion.spillover.engine.monthly.numbers import BLOCK, Numbers
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.monthly.sobol import shares
from clarion.vocab import Estimate, Interval, Phrase

if TYPE_CHECKING:
    from clarion.compute import Runner

Floats = NDArray[np.float64]

GROUPS: dict[str, tuple[str, ...]] = {
    "data": ("flows:", "harvest:", "burden:", "des:", "cv:", "pou:"),
    "elasticities": ("supply elasticity", "demand elasticity", "pass_through"),
    "stocks": ("stocks", "unknown_stocks", "floor_days", "release"),
    "bans": ("ban:", "ban ", "hazard", "months of a ban"),
    "inputs": ("fertiliser:",),
    "behaviour": ("priority", "surge", "distance", "habit", "income", "substitution"),
    "severity": (),
}
"""Groups by how the names of their random numbers begin. ``severity`` is what is left: how strong the scenario's shocks
are and how long they last. ``inputs`` are fertiliser and energy, asked about only where the scenario speaks of them."""

_METHOD = Phrase(
    "share of the variance over draws, first order: Jansen 1999, by pick-freeze; interval by bootstrap over draws"
)
_TOTAL = Phrase(
    "share of the variance over draws, with all interactions: Jansen 1999, by pick-freeze; interval by bootstrap"
)


@dataclass(frozen=True)
class Drivers:
    """Of one figure: ``first`` order shares by group, and ``total`` ones that count interactions too.

    First-order shares sum to at most 1 but for their own error; what lacks to 1 is interaction.
    """

    figure: str
    first: dict[str, Estimate]
    total: dict[str, Estimate]
    draws: int


def group_of(name: str) -> str:
    """The group that a named random number belongs to."""
    return next((g for g, starts in GROUPS.items() if any(name.startswith(s) for s in starts)), "severity")


def groups(plan: MonthlyPlan) -> tuple[str, ...]:
    """The groups that a question has."""
    return tuple(group for group in GROUPS if group != "inputs" or plan.soil is not None)


def drivers(plan: MonthlyPlan, figures: Mapping[str, str], runner: Runner, draws: int = 200) -> dict[str, Drivers]:
    """Shares of the variance of each of ``figures`` by group of inputs.

    Parameters
    ----------
    plan: a prepared question by month.
    figures: name of each figure to what it is: ``people`` (person-days over all countries), ``kcal:EGY`` (energy lost
        a person a day there), ``price:wheat`` (its world price over all months) or ``lost:wheat`` (use lost, tonnes).
    runner: where the samples are worked; the answer is the same on each.
    draws: of each of the samples, 2 and one a group; 20 or more.

    Raises
    ------
    InputError: too few draws, a published yearly rule, or a figure that is not known here.
    """
    if draws < 20:
        raise InputError(
            Phrase("{draws} draws are too few for shares of variance.", draws=draws), where="draws",
            next_step=Phrase("Use 20 or more; 200 give shares to about a tenth."),
        )  # fmt: skip
    if plan.question.behaviour.rule != "monthly":
        raise InputError(
            Phrase("The published yearly rules have no breakdown of their uncertainty."), where="rule",
            next_step=Phrase("Ask for the rule {name}.", name="monthly"),
        )  # fmt: skip
    for what in figures.values():
        _reader(plan, what)
    samples = ("A", "B", *groups(plan))
    starts = range(0, draws, BLOCK)
    work = [(sample, first, min(BLOCK, draws - first)) for sample in samples for first in starts]
    parts = runner.map(partial(_worked, plan, tuple(figures.values())), work, seed=plan.seed)
    by_sample = {
        sample: np.concatenate([part for (s, _, _), part in zip(work, parts, strict=True) if s == sample])
        for sample in samples
    }
    return {name: _drivers(plan, name, column, by_sample, draws) for column, name in enumerate(figures)}


def _worked(
    plan: MonthlyPlan, figures: tuple[str, ...], part: tuple[str, int, int], _rng: np.random.Generator | None = None
) -> Floats:
    """Figures (draws, figures) of some draws of one sample."""
    sample, first, count = part
    a, b = (int(np.random.SeedSequence([plan.seed, which]).generate_state(1)[0]) for which in (0, 1))

    def seed_of(name: str) -> int:
        return b if sample == "B" or group_of(name) == sample else a

    numbers = Numbers(seed_of, first, count)
    found = run_months(plan, drawn_inputs(plan, numbers))
    people = [what.partition(":")[0] in ("people", "kcal") for what in figures]
    energy = nourishment(plan, found, numbers) if any(people) else {}
    known = {"lost": found.lost, "price": found.price, **energy}
    return np.stack([_reader(plan, what)(known) for what in figures], axis=1)


def _reader(plan: MonthlyPlan, what: str) -> Callable[[Mapping[str, Floats]], Floats]:
    """How a figure is read out of a run's arrays, (draws,)."""
    kind, _, name = what.partition(":")
    if kind == "people" and not name:
        return lambda known: np.asarray(np.nansum(known["people"], axis=(1, 2))) * DAYS
    if kind == "kcal" and name in plan.countries and plan.year.nutrition[name].get("population") is not None:
        i = plan.countries.index(name)
        return lambda known: known["kcal_lost"][:, :, i].mean(axis=1)
    if kind in ("price", "lost") and name in plan.items:
        m = plan.items.index(name)
        if kind == "price":
            return lambda known: known["price"][:, m].mean(axis=1)
        return lambda known: known["lost"][:, m].sum(axis=(1, 2))
    raise InputError(
        Phrase("{what!r} is not a figure of this run.", what=what), where="figures",
        next_step=Phrase("Ask for people, kcal:COUNTRY of a known population, price:ITEM or lost:ITEM."),
    )  # fmt: skip


def _drivers(plan: MonthlyPlan, name: str, column: int, samples: dict[str, Floats], draws: int) -> Drivers:
    own = groups(plan)
    swapped = np.stack([samples[group][:, column] for group in own])
    found = shares(samples["A"][:, column], samples["B"][:, column], swapped, plan.seed, plan.question.level)

    def estimates(value: Floats, low: Floats, high: Floats, method: Phrase) -> dict[str, Estimate]:
        return {
            group: Estimate(
                float(value[g]), "ratio", Interval(float(low[g]), float(high[g]), found.level), method
            )
            for g, group in enumerate(own)
        }  # fmt: skip

    return Drivers(
        name, estimates(found.first, found.first_low, found.first_high, _METHOD),
        estimates(found.total, found.total_low, found.total_high, _TOTAL), draws,
    )  # fmt: skip
