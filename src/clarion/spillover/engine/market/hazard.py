"""How likely an exporter is to close its door in a month."""

from __future__ import annotations

import math

from clarion.compute.kernel import kernel


@kernel()
def monthly_hazard(rise, shortfall, past_user, coefficients):  # type: ignore[no-untyped-def]
    """Probability that a country which does not restrict exports of an item begins to in this month (discrete-time
    logistic hazard; Allison 1982, Sociological Methodology 13, 61-98).

    Parameters
    ----------
    rise: change of the logarithm of the world price against a year before.
    shortfall: share of the country's own supply of a year that is missing, 0 to 1.
    past_user: 1 if it restricted exports of the item in an earlier episode, else 0.
    coefficients: constant, and those of the three, shape (4,).
    """
    score = coefficients[0] + coefficients[1] * rise + coefficients[2] * shortfall + coefficients[3] * past_user
    return 1.0 / (1.0 + math.exp(-score))
