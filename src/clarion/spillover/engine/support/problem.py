"""Where a budget avoids most harm, as arrays: what is lost, what a dollar avoids, and what limits the money."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError
from clarion.vocab import Phrase

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """Linear limits of the money: ``matrix @ money.ravel() <= limit``, each with what it stands for.

    ``matrix`` is (rows, countries * measures), ``limit`` (rows,) in USD.
    """

    matrix: Floats
    limit: Floats
    labels: tuple[Phrase, ...]

    def with_row(self, row: Floats, limit: float, label: Phrase) -> Rows:
        """The same and one row more."""
        return Rows(np.vstack([self.matrix, row[None]]), np.append(self.limit, limit), (*self.labels, label))


@dataclass(frozen=True)
class Problem:
    """Maximise ``E[sum w v] - risk * CVaR_level(sum w (harm - v))``, ``v = min(harm, sum_m effect money)``.

    Parameters
    ----------
    harm: (countries, draws) in units of harm, such as person-years; not negative.
    effect: (countries, measures, draws), harm avoided for a USD; not negative.
    cap: (countries, measures), the most USD that a measure can use in a country.
    rows: further limits of the money, the budget among them.
    probability: (draws,), above 0; they sum to one. Equal if left out.
    weight: (countries,), worth of a unit of harm. One if left out.
    risk: weight of the conditional value at risk, 0 or more.
    level: its level, such as 0.9: the mean over the worst tenth of the draws (Rockafellar and Uryasev 2000, Journal of
        Risk 2, 21-41).

    Raises
    ------
    InputError: shapes that do not fit, numbers that are negative or not finite, or no harm at all.
    """

    harm: Floats
    effect: Floats
    cap: Floats
    rows: Rows
    probability: Floats = field(default_factory=lambda: np.empty(0))
    weight: Floats = field(default_factory=lambda: np.empty(0))
    risk: float = 0.0
    level: float = 0.9

    def __post_init__(self) -> None:
        countries, draws = self.harm.shape
        if not len(self.probability):
            object.__setattr__(self, "probability", np.full(draws, 1.0 / draws))
        if not len(self.weight):
            object.__setattr__(self, "weight", np.ones(countries))
        measures = self.cap.shape[-1]
        shapes = {
            "effect": (self.effect, (countries, measures, draws)),
            "cap": (self.cap, (countries, measures)),
            "probability": (self.probability, (draws,)),
            "weight": (self.weight, (countries,)),
            "rows": (self.rows.matrix, (len(self.rows.limit), countries * measures)),
        }
        for name, (array, shape) in shapes.items():
            if array.shape != shape:
                what = Phrase("{name} has the shape {found}, not {shape}.", name=name, found=str(array.shape),
                              shape=str(shape))  # fmt: skip
                step = Phrase("Give one figure for each country, measure and draw.")
                raise InputError(what, where=name, next_step=step)
        for name in ("harm", "effect", "cap", "weight"):
            array = getattr(self, name)
            if not np.isfinite(array).all() or (array < 0).any():
                what = Phrase("{name} holds a figure that is negative or not finite.", name=name)
                raise InputError(what, where=name, next_step=Phrase("Leave out countries whose figures are not known."))
        if (self.probability <= 0).any() or not np.isclose(self.probability.sum(), 1.0, rtol=0, atol=1e-9):
            raise InputError(
                Phrase("The probabilities of the draws are not positive or do not sum to one."),
                where="probability",
                next_step=Phrase("Leave them out for draws that are equally likely."),
            )
        if not (self.risk >= 0 and np.isfinite(self.risk) and 0 < self.level < 1):
            raise InputError(
                Phrase(
                    "The weight of the worst cases is {risk}, their level {level}.", risk=self.risk, level=self.level
                ),
                where="risk",
                next_step=Phrase("Use a weight of 0 or more, and a level between 0 and 1 such as 0.9."),
            )
        if not self.expected > 0:
            raise InputError(
                Phrase("No harm is expected in any country that counts."),
                where="harm",
                next_step=Phrase("Choose a scenario with a loss, or countries whose figures are known."),
            )

    @property
    def countries(self) -> int:
        return len(self.harm)

    @property
    def measures(self) -> int:
        return int(self.cap.shape[1])

    @property
    def draws(self) -> int:
        return int(self.harm.shape[1])

    @property
    def need(self) -> Floats:
        """Weighted harm that each country expects without support, (countries,)."""
        found: Floats = self.weight * (self.harm @ self.probability)
        return found

    @property
    def expected(self) -> float:
        """Weighted harm expected over all countries."""
        return float(self.need.sum())

    def avoided(self, money: Floats) -> Floats:
        """Harm avoided, (countries, draws), unweighted, for ``money`` (countries, measures) in USD."""
        return np.minimum(self.harm, (money[:, None, :] @ self.effect)[:, 0])

    def residual(self, money: Floats) -> Floats:
        """Weighted harm left over all countries, (draws,)."""
        left: Floats = self.weight @ (self.harm - self.avoided(money))
        return left

    def objective(self, money: Floats) -> float:
        """Expected weighted harm avoided less ``risk`` times the CVaR of what is left."""
        left = self.residual(money)
        gain = self.expected - float(self.probability @ left)
        return gain - self.risk * cvar(left, self.probability, self.level) if self.risk else gain


def cvar(loss: Floats, probability: Floats, level: float) -> float:
    """Mean of ``loss`` (draws,) over its worst ``1 - level`` of probability; a draw on the border counts in part."""
    order = np.argsort(-loss, kind="stable")
    tail = 1.0 - level
    upto = np.minimum(np.cumsum(probability[order]), tail)
    share = np.diff(upto, prepend=0.0)
    return float(share @ loss[order] / share.sum())
