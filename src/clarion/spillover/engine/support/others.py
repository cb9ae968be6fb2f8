"""Other plans beside the plan: with more money, by simpler rules, without its main measure, of other budgets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clarion.errors import InputError
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.support.answer import Carried, Compared, CurvePoint, More
from clarion.spillover.engine.support.best import best, build
from clarion.spillover.engine.support.effects import Effects
from clarion.spillover.engine.support.methods import DRAWS, MEAN, NORMAL, UNIT
from clarion.spillover.engine.support.problem import Floats, Problem
from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.rules import best_measures, by_share
from clarion.spillover.engine.support.solve import Solution
from clarion.spillover.engine.support.stop import Asked
from clarion.spillover.engine.support.worth import WORTH
from clarion.vocab import Estimate, Interval, Phrase, Provenance

_LEFT = 1e-3  # of the budget, below which it may be the method's


def mean_of(draws: Floats, provenance: tuple[Provenance, ...] = ()) -> Estimate:
    """Mean of the draws with its sampling error, normal; nothing of the model's own error is in it."""
    mean, error = float(draws.mean()), float(draws.std(ddof=1)) / np.sqrt(len(draws)) if len(draws) > 1 else 0.0
    interval = Interval(mean - NORMAL * float(error), mean + NORMAL * float(error), MEAN)
    return Estimate(mean, UNIT, interval, Phrase("mean of the draws, with its sampling error"), provenance)


def more(
    question: SupportQuestion, known: Effects, total: Floats, found: Solution, provenance: tuple[Provenance, ...],
    cancelled: Asked,
) -> More:  # fmt: skip
    """The plan of a budget that is a step larger, against the plan, draw by draw."""
    if not question.lots and _enough(question, found.money):
        return More(question.step, mean_of(np.zeros_like(total), provenance), ())
    larger = replace(question, budget=question.budget + question.step)
    problem = build(larger, known)
    then = best(larger, known, problem, cancelled=cancelled)
    moved = then.money - found.money
    if moved.sum() < 0.5 * question.step and then.objective - found.objective < WORTH * question.step:
        # It would stay unspent; what little moves is the method's.
        return More(question.step, mean_of(np.zeros_like(total), provenance), ())
    cells = np.argwhere(np.abs(moved) > 1e-3 * question.step)
    cells = cells[np.argsort(-moved[cells[:, 0], cells[:, 1]], kind="stable")]
    to = tuple((known.countries[i], question.measures[m].id, float(moved[i, m])) for i, m in cells)
    return More(question.step, mean_of(problem.avoided(then.money).sum(axis=0) - total, provenance), to)


def compared(
    question: SupportQuestion, known: Effects, problem: Problem, total: Floats, population: dict[str, float],
    provenance: tuple[Provenance, ...],
) -> tuple[Compared, ...]:  # fmt: skip
    reached = (known.cap > 0).any(axis=1)
    people = np.array([population.get(iso3, 0.0) for iso3 in known.countries])
    by_people = by_share(problem, question.budget, people * reached)
    by_need = by_share(problem, question.budget, problem.need * reached)
    rules = (
        ("pro-rata", Phrase("In proportion to population, over measures by their caps"), by_people),
        ("need-only", Phrase("In proportion to expected harm, over measures by their caps"), by_need),
        ("need-best", Phrase("In proportion to expected harm, on the measures that are best in each country"),
         best_measures(problem, by_need.sum(axis=1))),
    )  # fmt: skip
    found = []
    for name, title, money in rules:
        rule = problem.avoided(money).sum(axis=0)
        paired = total - rule
        spread = estimate(paired, UNIT, DRAWS, provenance=provenance)
        better = float((paired > 0).mean())
        found.append(Compared(name, title, mean_of(rule, provenance), mean_of(paired, provenance), spread, better))
    return tuple(found)


def curve(
    question: SupportQuestion, known: Effects, provenance: tuple[Provenance, ...], points: int, cancelled: Asked
) -> tuple[CurvePoint, ...]:
    """Best plans of budgets from the earmarks (or nothing) to twice the budget, lots left out; those too small for a
    floor are left out."""
    least = max(sum(e.amount for e in question.earmarks), 2.0 * question.budget / max(points, 1))
    found = []
    budgets = np.linspace(least, 2.0 * question.budget, points)
    for budget in budgets:
        asked = replace(question, budget=float(budget))
        try:
            problem = build(asked, known)
            then = best(asked, known, problem, lots=False, cancelled=cancelled)
        except InputError:
            continue
        avoided = mean_of(problem.avoided(then.money).sum(axis=0), provenance)
        found.append(CurvePoint(float(budget), avoided, then.objective))
        if _enough(asked, then.money):
            found += [CurvePoint(float(b), avoided, then.objective) for b in budgets[budgets > budget]]
            break
    return tuple(found)


def _enough(question: SupportQuestion, money: Floats) -> bool:
    """Whether a plan leaves so much that the plan of any larger budget is the same; an earmark leaves money that
    another country could use, and a floor of money grows with the budget."""
    grows = question.earmarks or (question.floor and question.floor.kind == "money")
    return not grows and money.sum() < (1.0 - _LEFT) * question.budget


def carried(
    question: SupportQuestion, known: Effects, problem: Problem, found: Solution, provenance: tuple[Provenance, ...],
    cancelled: Asked,
) -> Carried | None:  # fmt: skip
    """The measure that avoids most of what the plan avoids, and the best plan without it.

    Where several act in a country, each counts by its part of what they reach. Another plan is made only where that
    takes no longer than a plan: not with lots or a floor of harm.
    """
    reached = found.money[:, :, None] * problem.effect
    total = np.maximum(reached.sum(axis=1), 1e-300)
    parts = ((reached * (problem.avoided(found.money) / total)[:, None, :]) @ problem.probability).sum(axis=0)
    if len(question.measures) == 1 or not parts.sum() > 0:
        return None
    m = int(parts.argmax())
    share = float(parts[m] / parts.sum())
    if question.lots or (question.floor and question.floor.kind == "harm"):
        return Carried(question.measures[m].id, share, None)
    left = replace(known, cap=np.where(np.arange(problem.measures) == m, 0.0, known.cap))
    try:
        then = best(question, left, build(question, left), cancelled=cancelled)
    except InputError:
        return Carried(question.measures[m].id, share, None)
    return Carried(question.measures[m].id, share, mean_of(problem.avoided(then.money).sum(axis=0), provenance))
