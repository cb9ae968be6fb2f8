"""Person-days under the requirement, from months of missing energy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.spillover.engine.people.inputs import Nutrition
from clarion.spillover.engine.people.intake import intake
from clarion.spillover.engine.people.undernourishment import newly_undernourished

Floats = NDArray[np.float64]
DAYS_OF_MONTH = np.array([31.0, 28.25, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0])
"""January to December; February over the years."""


def month_days(first: int, months: int) -> Floats:
    """Days of ``months`` months in a row, the first being ``first`` (1 is January), shape (months,)."""
    found: Floats = DAYS_OF_MONTH[(np.arange(months) + first - 1) % 12]
    return found


def people_by_month(lost: Floats, countries: Sequence[Nutrition], uniform: Callable[[str], Floats]) -> Floats:
    """People pushed under the requirement in each month.

    The requirement is one of usual intake, so that a month's people are those who would be under it if that month
    lasted: a short gap harms less, as stores at home bridge it.

    Parameters
    ----------
    lost: energy missing, kcal a person a day, (draws, months, countries); what is not missing is 0.
    countries: what is known of each country.
    uniform: one number a draw for a name, as ``Streams.uniform``; a country's draws are those of every month.

    Returns
    -------
    (draws, months, countries), NaN for countries of which a figure is missing.

    Raises
    ------
    InputError: the shapes do not fit.
    """
    if lost.ndim != 3 or lost.shape[2] != len(countries):
        raise InputError("Energy lost must have draws, months and countries.", where="lost",
                         next_step="Give an array (draws, months, countries).")  # fmt: skip
    found = np.full(lost.shape, np.nan)
    for i, known in enumerate(countries):
        if known.missing:
            continue
        eaten = intake(known, uniform)
        usual = (eaten.des[:, None], eaten.cv[:, None], eaten.pou[:, None])
        found[:, :, i] = newly_undernourished(np.maximum(lost[:, :, i], 0.0), *usual, eaten.population)
    return found


def person_days(people: Floats, days: Floats) -> Floats:
    """Person-days under the requirement, (draws, countries), of ``people`` (draws, months, countries) and the days of
    each month (months,)."""
    found: Floats = np.einsum("dmc,m->dc", people, days)
    return found
