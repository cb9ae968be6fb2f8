"""Whether the limits of the money can be met together; if not, which of them cannot."""

from __future__ import annotations

import numpy as np

from clarion.errors import InputError
from clarion.spillover.engine.support.highs import Programme, run
from clarion.spillover.engine.support.problem import Floats, Problem, Rows
from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.rows import helped, money_floor, reach, usd
from clarion.vocab import Phrase, place

_SLACK = 1e-9
_MOST_NAMED = 6  # limits in one sentence


def check_strings(question: SupportQuestion, countries: tuple[str, ...], cap: Floats, need: Floats) -> None:
    """Refuse, with their figures, strings that can be seen to be impossible one by one.

    ``cap`` (countries, measures) in USD, zero where a measure avoids nothing; ``need`` (countries,).

    Raises
    ------
    InputError: earmarks above the budget, an earmark that cannot be spent, a country's cap below its floor, a lot that
    fits nowhere.
    """
    promised = sum(e.amount for e in question.earmarks)
    if promised > question.budget * (1 + _SLACK):
        raise InputError(
            Phrase("The earmarks are {promised}, the budget is {budget}.", promised=usd(promised),
                   budget=usd(question.budget)),
            where="earmarks",
            next_step=Phrase("Earmarks are parts of the budget: raise it, or lower them."),
            promised=promised, budget=question.budget,
        )  # fmt: skip
    for earmark in question.earmarks:
        room = float(_usable(question, countries, np.where(reach(earmark, countries, question), cap, 0.0)))
        if room < earmark.amount * (1 - _SLACK):
            raise InputError(
                Phrase("The earmark {name!r} is {amount}, but its countries and measures can take {room}.",
                       name=earmark.name, amount=usd(earmark.amount), room=usd(room)),
                where=f"earmarks.{earmark.name}",
                next_step=Phrase("Lower it, open it to more countries or measures, or raise their caps."),
                amount=earmark.amount, room=room,
            )  # fmt: skip
    for i, least in money_floor(question, countries, need, helped(cap)).items():
        room = min(float(cap[i].sum()), question.country_caps.get(countries[i], np.inf))
        if room < least * (1 - _SLACK):
            where = place(countries[i])
            raise InputError(
                Phrase("{place}: the floor is {least}, but its caps add up to {room}.", place=where, least=usd(least),
                       room=usd(room)),
                where="floor",
                next_step=Phrase("Lower the floor, raise the caps, or name the countries that the floor is for."),
                country=countries[i], floor=least, room=room,
            )  # fmt: skip
    for lot in question.lots:
        m = [measure.id for measure in question.measures].index(lot.measure)
        room = float(min(cap[:, m].max(), question.budget))
        if room < lot.amount * (1 - _SLACK):
            raise InputError(
                Phrase("A lot of {measure} is {lot}, but no country can take more than {room} of it.",
                       measure=question.measures[m].title, lot=usd(lot.amount), room=usd(room)),
                where="lots",
                next_step=Phrase("Lower the lot, or raise the measure's caps or the budget."),
                lot=lot.amount, room=room,
            )  # fmt: skip


def check_rows(rows: Rows, cap: Floats) -> None:
    """Refuse rows that contradict each other, naming a set of them that does.

    An elastic programme finds the least total excess (in shares of each limit); the rows with a price in it are a
    certificate of infeasibility (Farkas 1902), so that the trouble lies among them.

    Raises
    ------
    InputError: with the labels of those rows.
    """
    count, cells = rows.matrix.shape
    unit = np.maximum(np.abs(rows.limit), 1.0)
    scale = np.maximum(cap.ravel(), 1e-12)
    matrix = np.hstack([rows.matrix * scale / unit[:, None], -np.eye(count)])
    cost = np.concatenate([np.zeros(cells), np.ones(count)])
    most = np.concatenate([(cap.ravel() > 0).astype(float), np.full(count, np.inf)])
    found = run(Programme(cost, np.zeros(cells + count), most, matrix, np.full(count, -np.inf), rows.limit / unit))
    if found.objective > 1e-7:
        blamed = tuple(label for label, dual in zip(rows.labels, found.duals, strict=True) if abs(dual) > 1e-9)
        rest = len(blamed) - _MOST_NAMED
        shown = (*blamed[:_MOST_NAMED], Phrase("others: {count}", count=rest)) if rest > 0 else blamed
        raise InputError(
            Phrase("These limits cannot hold together: {limits}.", limits=shown),
            where="limits",
            next_step=Phrase("Loosen one of them; caps of the measures may be to blame as well."),
            limits=[str(label) for label in blamed],
        )


def check_harm_floor(problem: Problem, question: SupportQuestion, least: dict[int, float]) -> None:
    """Refuse a floor of harm that costs more than the budget; ``least`` is what it costs in each country.

    Raises
    ------
    InputError: "the floor of 40.0% for 12 countries needs 31.2 million USD, the budget is 25 million USD".
    """
    needed = sum(least.values())
    floor = question.floor
    if floor is not None and needed > question.budget * (1 + _SLACK):
        raise InputError(
            Phrase("The floor of {share:.1%} for {count} countries needs {needed}, the budget is {budget}.",
                   share=floor.share, count=len(least), needed=usd(needed), budget=usd(question.budget)),
            where="floor",
            next_step=Phrase("Raise the budget, lower the floor, or name the countries that it is for."),
            needed=needed, budget=question.budget, countries=len(least),
        )  # fmt: skip


def _usable(question: SupportQuestion, countries: tuple[str, ...], cap: Floats) -> float:
    """The most that can be spent within caps of cells, measures and countries, an upper bound of what the pots
    allow."""
    count, measures = cap.shape
    by_country = np.kron(np.eye(count), np.ones(measures))
    by_measure = np.tile(np.eye(measures), count)
    limit = np.array([question.country_caps.get(iso3, np.inf) for iso3 in countries]
                     + [np.inf if m.most is None else m.most for m in question.measures])  # fmt: skip
    kept = np.isfinite(limit)
    if not kept.any():
        return float(cap.sum())
    matrix = np.vstack([by_country, by_measure])[kept]
    found = run(Programme(-np.ones(cap.size), np.zeros(cap.size), cap.ravel(), matrix, np.full(kept.sum(), -np.inf),
                          limit[kept]))  # fmt: skip
    return -found.objective
