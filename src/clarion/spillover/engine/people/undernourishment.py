"""People whose usual intake falls below their requirement, by the method of the FAO.

Habitual intake is lognormal with mean DES (energy supply a person) and coefficient of variation CV, so that the
prevalence of undernourishment is ``PoU = Phi((ln MDER - mu) / sigma)`` with ``sigma = sqrt(ln(CV^2 + 1))`` and
``mu = ln(DES) - sigma^2 / 2`` (FAO, IFAD, UNICEF, WFP and WHO, The State of Food Security and Nutrition in the World
2023, annex 1B; Wanner et al. 2014, FAO Statistics Working Paper 14-05).

The minimum requirement MDER is not published by country in the figures at hand. It is calibrated: the MDER that makes
the formula give the published PoU. It then cancels, for a loss moves ``mu`` alone:
``PoU' = Phi(Phi^-1(PoU) + ln(DES / (DES - loss)) / sigma)``. A draw of 1,700 to 1,900 kcal instead would contradict
the published PoU in most countries, since DES here is gross of losses in shops and kitchens. The vintages differ (PoU
2021-23, DES 2022, CV 2020) and the calibrated MDER soaks that up; it is returned so that a reader can judge it.

CV is held fixed: the loss is shared in proportion to intake. Prices would make it fall harder on the poor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from clarion.spillover.engine.scenario import triangular

Floats = NDArray[np.float64]

# Published figures carry no error; these are our assumptions, as half-widths of triangular laws around the figure.
DES_ERROR = 0.05
CV_ERROR = 0.15
POU_ERROR = 0.20
# A published "less than 2.5 %" says no more than that: any value between these is as likely as another.
CENSORED_LOW, CENSORED_HIGH = 0.001, 0.025
# Nobody can lose more than nearly everything; keeps the logarithm finite.
_MOST_LOST = 0.95


def sigma(cv: Floats) -> Floats:
    """Standard deviation of the logarithm of intake."""
    return np.sqrt(np.log1p(np.square(cv)))


def pou(des: Floats, cv: Floats, mder: Floats) -> Floats:
    """Prevalence of undernourishment, 0 to 1; ``des`` and ``mder`` in kcal a person a day."""
    s = sigma(cv)
    result: Floats = ndtr((np.log(mder) - np.log(des) + s * s / 2.0) / s)
    return result


def calibrated_mder(des: Floats, cv: Floats, published: Floats) -> Floats:
    """The requirement (kcal a person a day) for which ``pou`` gives the published prevalence."""
    s = sigma(cv)
    result: Floats = np.exp(np.log(des) - s * s / 2.0 + s * ndtri(published))
    return result


def newly_undernourished(loss: Floats, des: Floats, cv: Floats, published: Floats, population: Floats) -> Floats:
    """People pushed under the requirement by a loss of ``loss`` kcal a person a day; 0 where nothing is lost."""
    share = np.clip(loss / des, 0.0, _MOST_LOST)
    z = ndtri(published)
    result: Floats = population * (ndtr(z - np.log1p(-share) / sigma(cv)) - ndtr(z))
    return result


def drawn(value: float, half_width: float, u: Floats) -> Floats:
    """Triangular draws around a published figure, symmetric, from uniform draws ``u``."""
    result: Floats = value * triangular(1.0 - half_width, 1.0, 1.0 + half_width, u)
    return result


def drawn_pou(percent: float, censored: bool, u: Floats) -> Floats:
    """Draws of the published prevalence as a share, 0 to 1; evenly below the limit where it is censored."""
    if censored:
        return CENSORED_LOW + (CENSORED_HIGH - CENSORED_LOW) * u
    return np.clip(drawn(percent / 100.0, POU_ERROR, u), CENSORED_LOW, 0.99)
