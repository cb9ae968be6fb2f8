"""The limits of the money as rows, each with the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.support.problem import Floats, Rows
from clarion.spillover.engine.support.question import Earmark, SupportQuestion
from clarion.vocab import Phrase, place

_ROOM = 1e-6  # of a floor
_LEAST = 1.0  # USD that a country must be able to take for a floor to speak of it
_TIGHT = 1e-3  # of one that takes all of the budget: a plan needs some play to move in


def rows(question: SupportQuestion, countries: tuple[str, ...], need: Floats, helped: Floats) -> Rows:
    """Budget and earmarks, caps of measures and countries, and a floor of money.

    ``need`` (countries,) is the weighted harm expected, ``helped`` (countries,) as the function of that name says.

    Earmarks need no variables of their own: money can be assigned to the pots if and only if no set of cells takes more
    than the pots that reach it hold (max-flow min-cut; Ford and Fulkerson 1956). With a free pot that reaches all, that
    is one row for each set of earmarks that are left out.
    """
    shape = len(countries), len(question.measures)
    found: list[tuple[Floats, float, Phrase]] = []
    masks = [reach(e, countries, question) for e in question.earmarks]
    for size in range(len(masks) + 1):
        for left_out in combinations(range(len(masks)), size):
            outside = ~np.logical_or.reduce([masks[k] for k in left_out]) if left_out else np.ones(shape, bool)
            label = Phrase("the budget of {amount}", amount=usd(question.budget))
            if left_out:
                names = tuple(question.earmarks[k].name for k in left_out)
                label = Phrase("what is left of the budget beside the earmarks {names}", names=names)
            left = question.budget - sum(question.earmarks[k].amount for k in left_out)
            found.append((outside.astype(float), left, label))
    for m, measure in enumerate(question.measures):
        if measure.most is not None:
            only = np.zeros(shape)
            only[:, m] = 1.0
            label = Phrase("the most for {measure}, {amount}", measure=measure.title, amount=usd(measure.most))
            found.append((only, measure.most, label))
    for i, iso3 in enumerate(countries):
        if iso3 in question.country_caps:
            most = question.country_caps[iso3]
            label = Phrase("the most for {place}, {amount}", place=place(iso3), amount=usd(most))
            found.append((_country(shape, i), most, label))
    room = _TIGHT if question.floor and question.floor.share > 1.0 - _TIGHT else _ROOM
    for i, least in money_floor(question, countries, need, helped).items():
        # Floors that add up to the budget would leave the method no room inside the limits.
        label = Phrase("the floor of {place}, {amount}", place=place(countries[i]), amount=usd(least))
        found.append((-_country(shape, i), -least * (1.0 - room), label))
    matrix = np.array([row.ravel() for row, _, _ in found])
    return Rows(matrix, np.array([limit for _, limit, _ in found]), tuple(label for _, _, label in found))


def helped(cap: Floats) -> Floats:
    """Whether the menu can put a dollar or more to use, (countries,); ``cap`` (countries, measures) in USD."""
    able: Floats = (cap.sum(axis=1) >= _LEAST).astype(float)
    return able


def reach(earmark: Earmark, countries: tuple[str, ...], question: SupportQuestion) -> NDArray[np.bool_]:
    """Where an earmark may be spent, (countries, measures)."""
    there = np.array([not earmark.countries or iso3 in earmark.countries for iso3 in countries])
    so = np.array([not earmark.measures or m.id in earmark.measures for m in question.measures])
    both: NDArray[np.bool_] = there[:, None] & so[None, :]
    return both


def money_floor(
    question: SupportQuestion, countries: tuple[str, ...], need: Floats, helped: Floats
) -> Mapping[int, float]:
    """USD that each country gets at least, by its position; empty without a floor of money."""
    floor = question.floor
    if floor is None or floor.kind != "money" or floor.share == 0:
        return {}
    counted = [i for i in range(len(countries)) if in_floor(question, countries, need, helped, i)]
    total = float(need.sum())
    return {i: floor.share * question.budget * float(need[i]) / total for i in counted}


def in_floor(question: SupportQuestion, countries: tuple[str, ...], need: Floats, helped: Floats, i: int) -> bool:
    """Whether the floor speaks of the country: in need, within reach of the menu, and named if any is."""
    named = question.floor.countries if question.floor else ()
    return bool(need[i] > 0 and helped[i] and (not named or countries[i] in named))


def _country(shape: tuple[int, int], i: int) -> Floats:
    row = np.zeros(shape)
    row[i] = 1.0
    return row


def usd(amount: float) -> Phrase:
    """Money as people say it: millions from a million on."""
    if abs(amount) >= 1e6:
        return Phrase("{amount:,.1f} million USD", amount=amount / 1e6)
    return Phrase("{amount:,.0f} USD", amount=amount)
