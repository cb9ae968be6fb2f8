"""An outlook of six countries, with more harm than most budgets reach."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.support import Outlook

COUNTRIES = ("EGY", "SOM", "LBN", "KGZ", "TUN", "BGD")
DRAWS, MONTHS = 60, 12


def outlook():
    rng = np.random.default_rng(3)
    count = len(COUNTRIES)
    people = np.exp(rng.normal(11, 1, (count, 1, 1))) * np.exp(rng.normal(0, 0.5, (count, 1, DRAWS)))
    people = people * np.linspace(0.5, 1.5, MONTHS)[None, :, None]
    population = np.exp(rng.normal(16.5, 0.5, count))
    missing = 900.0 * people / population[:, None, None] * np.exp(rng.normal(0, 0.2, (count, 1, 1)))
    whole = np.ones((1, DRAWS))
    lost = missing.sum(axis=1) * 30 * population[:, None] / 2e6
    price = 400.0 * np.exp(rng.normal(0, 0.2, (count, DRAWS)))
    return Outlook(
        COUNTRIES, people, missing, population, price, np.full(count, 270.0),
        np.full(count, 3270.0), np.full(count, 0.6), lost, 0.1 * population[:, None] * whole,
        np.array([4.0, 6.0, 8.0, 14.0, 5.0, 3.0]), population[:, None] * whole, 40 * population[:, None] * whole,
        np.full(count, 0.062),
    )  # fmt: skip
