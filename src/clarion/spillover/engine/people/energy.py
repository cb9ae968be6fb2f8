"""Energy that a lost supply would have given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KG_PER_TONNE = 1000.0
DAYS = 365.0

Floats = NDArray[np.float64]


def kcal_per_person_day(tonnes: Floats, kcal_per_kg: float, population: float | Floats) -> Floats:
    """Energy of ``tonnes`` a year shared evenly among ``population``, kcal a person a day; the arrays broadcast."""
    result: Floats = tonnes * (kcal_per_kg * KG_PER_TONNE / population / DAYS)
    return result
