"""Answer a support question: the plan, and everything that a person needs to doubt it."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.support.answer import (
    CountryOutcome,
    Funded,
    SupportPlan,
)
from clarion.spillover.engine.support.best import best, build
from clarion.spillover.engine.support.effects import Effects, Outlook, effects
from clarion.spillover.engine.support.methods import DRAWS, MEAN, NORMAL, UNIT, methods, statement
from clarion.spillover.engine.support.others import carried, compared, curve, mean_of, more
from clarion.spillover.engine.support.pots import assigned
from clarion.spillover.engine.support.problem import Floats, Problem, cvar
from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.rows import helped, usd
from clarion.spillover.engine.support.solve import Solution
from clarion.spillover.engine.support.stability import replicas
from clarion.spillover.engine.support.stop import Asked, never
from clarion.vocab import Estimate, Interval, Phrase, Provenance, place

_NOTICED = 1e-4  # share of the budget from which a measure counts as funded in a plan made anew
Unspent = tuple[tuple[str, float], ...]  # USD of each earmark
_LISTED = 1.0  # USD from which a measure is listed


def support(
    question: SupportQuestion, outlook: Outlook, seed: int = 0, *, runs: int = 20, points: int = 21,
    cancelled: Asked = never,
) -> SupportPlan:  # fmt: skip
    """The plan for an outlook; ``runs`` plans on draws taken anew tell how stable it is,
    ``points`` make the budget curve.

    Raises
    ------
    InputError: limits that no plan can keep (it names them), or nothing known of any country.
    Cancelled: ``cancelled``, which is asked between the parts, said so.
    """
    return plan(question, effects(outlook, question.measures, seed), outlook.population_of(), outlook.provenance, seed,
                runs=runs, points=points, cancelled=cancelled)  # fmt: skip


def plan(
    question: SupportQuestion,
    known: Effects,
    population: dict[str, float],
    provenance: tuple[Provenance, ...] = (),
    seed: int = 0,
    *,
    runs: int = 20,
    points: int = 21,
    cancelled: Asked = never,
) -> SupportPlan:
    """The plan for harm and effects that are known already; ``population`` by country is what the pro-rata rule
    uses."""
    problem = build(question, known)
    found = best(question, known, problem, cancelled=cancelled)
    avoided = problem.avoided(found.money)
    total = avoided.sum(axis=0)
    paid = assigned(question, known.countries, found.money)
    unspent = tuple((e.name, max(0.0, float(e.amount - paid[k].sum()))) for k, e in enumerate(question.earmarks))
    others = np.array(list(replicas(question, known, seed, runs, cancelled))).reshape(-1, *found.money.shape)
    return SupportPlan(
        statement(question.budget, float(total.mean()), problem.expected),
        question.budget,
        float(found.money.sum()),
        mean_of(total, provenance),
        estimate(total, UNIT, DRAWS, provenance=provenance),
        estimate(problem.harm.sum(axis=0), UNIT, DRAWS, provenance=provenance),
        _worst(problem, found, question.level, provenance),
        found.objective,
        found.gap,
        _funded(question, known, found, others, paid, provenance),
        _outcomes(known, problem, found, avoided, provenance),
        tuple((label, float(price)) for label, price in zip(problem.rows.labels, found.prices, strict=False)
              if price * question.budget > 1e-6 * problem.expected),
        more(question, known, total, found, provenance, cancelled),
        compared(question, known, problem, total, population, provenance),
        curve(question, known, provenance, points, cancelled),
        unspent,
        known.unknown,
        question.measures,
        methods(question, problem.draws, found.gap, len(others)),
        _notes(question, known, problem, unspent),
        carried(question, known, problem, found, provenance, cancelled),
    )  # fmt: skip


def _notes(question: SupportQuestion, known: Effects, problem: Problem, unspent: Unspent) -> tuple[Phrase, ...]:
    """What stays of the earmarks, and whom a floor leaves out because the menu can do nothing there."""
    notes = [
        Phrase("Of the earmark {name}, {amount} stays unspent: within its strings it would avoid no further harm.",
               name=name, amount=usd(amount))
        for name, amount in unspent if amount > _NOTICED * question.budget
    ]  # fmt: skip
    if question.floor is None:
        return tuple(notes)
    unable = (helped(known.cap) == 0) & (problem.need > 0)
    named = question.floor.countries or known.countries
    names = tuple(place(c) for c, so in zip(known.countries, unable, strict=True) if so and c in named)
    if names:
        notes.append(Phrase("Left out of the floor, for no measure of this menu can help there: {names}.", names=names))
    needy = {c for c, need in zip(known.countries, problem.need, strict=True) if need > 0}
    if others := tuple(place(c) for c in question.floor.countries if c not in needy):
        notes.append(Phrase("Named in the floor, but no harm is known there in this scenario: {names}.", names=others))
    return tuple(notes)


def _worst(problem: Problem, found: Solution, level: float, provenance: tuple[Provenance, ...]) -> Estimate:
    left = problem.residual(found.money)
    value = cvar(left, problem.probability, level)
    method = Phrase(
        "mean of the worst {share:.0%} of the draws; interval: the least and the most of these", share=1 - level
    )
    worst = np.sort(left)[::-1][: max(1, int(np.ceil((1 - level) * len(left) - 1e-9)))]
    interval = Interval(min(float(worst[-1]), value), max(float(worst[0]), value), MEAN)
    return Estimate(value, UNIT, interval, method, provenance)


def _funded(
    question: SupportQuestion, known: Effects, found: Solution, others: Floats, paid: Floats,
    provenance: tuple[Provenance, ...],
) -> tuple[Funded, ...]:  # fmt: skip
    """Every cell that gets a dollar or more, or is funded in at least a tenth of the plans made anew; most money
    first."""
    least = _NOTICED * question.budget
    often = (others > least).mean(axis=0) if len(others) else np.zeros_like(found.money)
    cells = np.argwhere((found.money >= _LISTED) | (often >= 0.1))
    cells = cells[np.argsort(-found.money[cells[:, 0], cells[:, 1]], kind="stable")]
    rows = []
    for i, m in cells:
        money = float(found.money[i, m])
        if len(others):
            low, high = np.quantile(others[:, i, m], (0.1, 0.9))
            interval = Interval(min(float(low), money), max(float(high), money), DRAWS)
            stable = Estimate(float(often[i, m]), "share of runs", _share(float(often[i, m]), len(others)),
                              Phrase("bootstrap over the draws; interval by Wilson 1927"))  # fmt: skip
        else:
            interval, stable = None, Estimate.not_known("share of runs", Phrase("no plans were made anew"))
        marks = tuple((e.name, float(paid[k, i, m])) for k, e in enumerate(question.earmarks) if paid[k, i, m] > 0.5)
        method = Phrase("the plan; interval over plans made anew, widened to hold it")
        rows.append(Funded(known.countries[i], question.measures[m].id,
                           Estimate(money, "USD", interval, method, provenance), stable, marks))  # fmt: skip
    return tuple(rows)


def _share(share: float, runs: int) -> Interval:
    """Wilson's score interval of a share (Journal of the American Statistical Association 22, 209-212)."""
    z = NORMAL**2
    centre = (share + z / (2 * runs)) / (1 + z / runs)
    half = NORMAL / (1 + z / runs) * np.sqrt(share * (1 - share) / runs + z / (4 * runs**2))
    return Interval(max(0.0, centre - half), min(1.0, centre + half), MEAN)


def _outcomes(
    known: Effects, problem: Problem, found: Solution, avoided: Floats, provenance: tuple[Provenance, ...]
) -> tuple[CountryOutcome, ...]:
    order = np.argsort(-problem.need, kind="stable")
    return tuple(
        CountryOutcome(
            known.countries[i], float(found.money[i].sum()),
            estimate(problem.harm[i], UNIT, DRAWS, provenance=provenance),
            estimate(avoided[i], UNIT, DRAWS, provenance=provenance),
            estimate(problem.harm[i] - avoided[i], UNIT, DRAWS, provenance=provenance),
        )
        for i in order if problem.need[i] > 0
    )  # fmt: skip
