"""From a question and effects to a problem, its checks, and the best plan within every string."""

from __future__ import annotations

import numpy as np

from clarion.errors import InputError, ModelError
from clarion.spillover.engine.support.effects import Effects
from clarion.spillover.engine.support.feasible import check_harm_floor, check_rows, check_strings
from clarion.spillover.engine.support.harm_floor import cheapest, floors, missed
from clarion.spillover.engine.support.largest_floor import largest_floor
from clarion.spillover.engine.support.lots import Lots
from clarion.spillover.engine.support.problem import Floats, Problem, Rows
from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.rows import helped, in_floor, rows
from clarion.spillover.engine.support.solve import Solution
from clarion.spillover.engine.support.stop import Asked, go_on, never
from clarion.spillover.engine.support.worth import worthwhile
from clarion.vocab import Phrase, place

_MOST_ROUNDS = 30


def build(question: SupportQuestion, effects: Effects, probability: Floats | None = None) -> Problem:
    """The problem of a question, its strings checked one by one and together.

    Raises
    ------
    InputError: strings that no plan can keep, naming them.
    """
    weights = np.full(effects.harm.shape[1], 1.0 / effects.harm.shape[1]) if probability is None else probability
    drawn = weights > 0
    harm, effect = effects.harm[:, drawn], effects.effect[:, :, drawn]
    need = harm @ weights[drawn]
    check_strings(question, effects.countries, effects.cap, need)
    found = rows(question, effects.countries, need, helped(effects.cap))
    problem = Problem(
        harm, np.ascontiguousarray(effect), effects.cap, found, weights[drawn], risk=question.risk, level=question.level
    )
    check_rows(found, effects.cap)
    return problem


def best(
    question: SupportQuestion, effects: Effects, problem: Problem, *, lots: bool = True, cancelled: Asked = never
) -> Solution:
    """The best plan of a problem made by ``build``; with a floor of harm the problem gains cuts until it is kept.

    Raises
    ------
    InputError: the floor of harm costs more than the budget, or no plan in lots keeps every limit.
    ModelError: the method does not settle.
    Cancelled: asked to stop, here or while lots are searched.
    """
    chosen = _chosen(question, effects, problem)
    share = question.floor.share if question.floor else 0.0
    plain, problem = problem, _floored(question, effects, problem, chosen)
    steps = _lots(question) if lots and question.lots else None
    for _ in range(_MOST_ROUNDS):
        go_on(cancelled)
        solution = worthwhile(problem, steps, cancelled)
        cuts = missed(problem, chosen, share, solution.money)
        if not cuts:
            return solution
        problem = _with_cuts(problem, effects.countries, cuts)
        _check_cuts(problem, plain, chosen)
    raise ModelError(
        Phrase("The floor was not reached within {most} rounds.", most=_MOST_ROUNDS),
        where="floor",
        next_step=Phrase("Lower the floor a little, or raise the budget."),
    )


def check(question: SupportQuestion, effects: Effects) -> None:
    """Refuse what no plan can keep, without the work of a plan; whether lots fit together only the plan tells.

    Raises
    ------
    InputError: strings that no plan can keep, naming them.
    """
    problem = build(question, effects)
    _floored(question, effects, problem, _chosen(question, effects, problem))


def _floored(question: SupportQuestion, effects: Effects, problem: Problem, chosen: list[int]) -> Problem:
    """The same problem with the first cuts of a floor of harm, once it is sure that the floor can be kept."""
    if not chosen or question.floor is None:
        return problem
    share = question.floor.share
    try:
        check_harm_floor(problem, question, floors(problem, effects.countries, chosen, share))
    except InputError as error:
        raise _with_largest(error, problem, chosen) from None
    first = [(i, *cut) for i in chosen for cut in cheapest(problem, i, share)[1][-1:]]
    plain, problem = problem, _with_cuts(problem, effects.countries, first)
    _check_cuts(problem, plain, chosen)
    return problem


def _check_cuts(problem: Problem, plain: Problem, chosen: list[int]) -> None:
    """Refuse cuts of a floor of harm that the other limits do not allow; ``plain`` is the problem without them."""
    try:
        check_rows(problem.rows, problem.cap)
    except InputError as error:
        raise _with_largest(error, plain, chosen) from None


def _with_largest(error: InputError, problem: Problem, chosen: list[int]) -> InputError:
    """The same refusal of a floor of harm, with the largest one that ``problem`` allows."""
    most = largest_floor(problem, chosen)
    if most > 0:
        said = Phrase("The largest floor of harm within these limits is {most:.1%}.", most=most)
    else:
        said = Phrase("No floor of harm for all of these countries can be kept within these limits.")
    step = Phrase.joined((said, error.next_step), " ")
    return InputError(error.what, where="floor", next_step=step, **error.details, largest=most)


def _lots(question: SupportQuestion) -> Lots:
    amount = np.zeros(len(question.measures))
    whole = np.zeros(len(question.measures), np.bool_)
    for lot in question.lots:
        m = [measure.id for measure in question.measures].index(lot.measure)
        amount[m], whole[m] = lot.amount, lot.whole
    return Lots(amount, whole)


def _chosen(question: SupportQuestion, effects: Effects, problem: Problem) -> list[int]:
    """Positions of the countries that a floor of harm speaks of."""
    floor = question.floor
    if floor is None or floor.kind != "harm" or floor.share == 0:
        return []
    able = helped(effects.cap)
    return [i for i in range(problem.countries) if in_floor(question, effects.countries, problem.need, able, i)]


def _with_cuts(problem: Problem, countries: tuple[str, ...], cuts: list[tuple[int, Floats, float]]) -> Problem:
    """The same problem with ``gradient money_i >= least`` for each cut."""
    limits: Rows = problem.rows
    for i, gradient, least in cuts:
        row = np.zeros((problem.countries, problem.measures))
        # In USD, so that a cut weighs as much as the other rows.
        unit = float(gradient.max()) or 1.0
        row[i] = -gradient / unit
        label = Phrase("the floor of harm of {place}", place=place(countries[i]))
        limits = limits.with_row(row.ravel(), -least / unit, label)
    return Problem(
        problem.harm,
        problem.effect,
        problem.cap,
        limits,
        problem.probability,
        problem.weight,
        problem.risk,
        problem.level,
    )
