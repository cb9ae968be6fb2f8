"""Draws of what people in a country usually eat: the same numbers for every model that asks by the same streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.people.inputs import Nutrition
from clarion.spillover.engine.people.undernourishment import CV_ERROR, DES_ERROR, drawn, drawn_pou

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Intake:
    """Energy supply (kcal a person a day), variation of intake, share undernourished: (draws,); and the population."""

    des: Floats
    cv: Floats
    pou: Floats
    population: Floats


def intake(known: Nutrition, uniform: Callable[[str], Floats]) -> Intake:
    """Draw around the published figures of a country; ``uniform`` gives the numbers of a name, 0 to 1.

    Raises
    ------
    KeyError: a figure is missing; ``known.missing`` says which.
    """
    figures, iso3 = known.figures, known.iso3
    base = figures["pou_3yr_avg"]
    return Intake(
        drawn(figures["des_fbs_kcal_cap_day"].value, DES_ERROR, uniform(f"des:{iso3}")),
        drawn(figures["cv_habitual_caloric_consumption"].value, CV_ERROR, uniform(f"cv:{iso3}")),
        drawn_pou(base.value, base.censored, uniform(f"pou:{iso3}")),
        np.asarray(figures["population"].value),
    )
