"""A primal-dual interior-point method for support plans that never builds the large linear programme.

The plain form has a variable and a row for every country and draw. Here each of these pairs is eliminated in closed
form, then each country's measures (a block of a few rows and columns), so that every iteration solves a system with
one row for each limit that couples countries and, with a weight on the worst cases, one for each draw that may be
among them.

Predictor and corrector of Mehrotra 1992 (SIAM Journal on Optimization 2, 575-601), further correctors of Gondzio 1996
(Computational Optimization and Applications 6, 137-156). The start lies on the central path in every pair of country
and draw, for which it has a closed form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

from clarion.errors import ModelError
from clarion.spillover.engine.support import kernels
from clarion.vocab import Phrase

Floats = NDArray[np.float64]

MOST_ITERATIONS = 200
_CORRECTORS = 3
_LONGER = 0.3  # by how much a corrector tries to lengthen the step
_KEPT_FROM_EDGE = 0.9995
_RIDGE = 1e-13  # of each diagonal
_ENOUGH = 1e-6  # of the value: a plan that comes no closer is given, with the gap that is proven for it


@dataclass(frozen=True)
class Scaled:
    """A problem without units: money as shares of its caps, harm in shares of the mean of a country.

    ``harm`` (countries, draws), ``effect`` (countries, measures, draws), ``rows`` (rows, countries, measures),
    ``limit`` (rows,), ``probability`` (draws,). ``tail`` are the draws that may be among the worst (none without a
    ``risk``), and ``most``, in their order, the largest extra weight that each can get; the weights sum to ``risk``.
    """

    harm: Floats
    effect: Floats
    rows: Floats
    limit: Floats
    probability: Floats
    risk: float
    tail: NDArray[np.intp]
    most: Floats


@dataclass(frozen=True)
class Solved:
    """Shares of the caps (countries, measures); the loss that parts the worst draws from the others; duals of pairs
    (countries, draws), of draws (draws,) and of rows (rows,)."""

    share: Floats
    threshold: float
    pairs: Floats
    draws: Floats
    rows: Floats
    iterations: int


def interior(model: Scaled, tolerance: float = 1e-8) -> Solved:
    """Minimise ``sum p r + risk CVaR(sum r)``, ``r = max(0, harm - effect share)``, within the rows.

    Raises
    ------
    ModelError: it does not settle, as where the rows contradict each other.
    """
    point = _Point(model)
    rounds = 0
    while not point.settled(tolerance) and rounds < MOST_ITERATIONS:
        point.advance()
        rounds += 1
    if point.settled(_ENOUGH):
        return Solved(point.share, point.threshold, point.dual[1], point.draw_weights, point.row_prices, rounds)
    raise ModelError(
        Phrase("The support plan did not settle within {most} rounds.", most=MOST_ITERATIONS),
        where="support",
        next_step=Phrase("Loosen caps, floors or earmarks that leave almost no choice, and run it again."),
    )


class _Point:
    """The iterate. ``small`` and ``small_dual`` hold, in this order: shares and prices of their lower bounds, room to
    the caps and its prices, slack of the rows and their prices, loss above the threshold in each draw and its price,
    loss below it and the draw's extra weight.
    """

    def __init__(self, model: Scaled) -> None:
        self.model = model
        countries, measures, draws = model.effect.shape
        self.shape = countries, draws
        self.block = countries, measures
        self.tail = len(model.tail)
        sizes = np.cumsum([countries * measures] * 2 + [len(model.limit)] + [self.tail] * 2)
        self.cut = [slice(a, b) for a, b in zip([0, *sizes[:-1]], sizes, strict=True)]
        self.threshold_by = 0.0
        self._start()
        pairs = (2, *self.shape)
        self.by, self.dual_by, self.aim, self.goal, self.other = (np.zeros(pairs) for _ in range(5))
        self.slope, self.bend, self.give, self.force = (np.zeros(self.shape) for _ in range(4))
        self.small_by, self.small_dual_by = np.zeros_like(self.small), np.zeros_like(self.small)
        self.total = np.zeros(draws)

    def _start(self) -> None:
        model = self.model
        caps = model.rows.sum(axis=(1, 2))
        upper = caps > 0
        full = float(np.min(model.limit[upper] / caps[upper], initial=1.0))
        share = np.full(self.block, min(max(0.9 * full, 0.01), 0.5))
        extra = model.most * (model.risk / model.most.sum()) if self.tail else model.most
        cost = model.probability.copy()
        cost[model.tail] += extra
        beyond = (share[:, None, :] @ model.effect)[:, 0] - model.harm
        barrier = 3.0 * float(model.probability @ model.harm.sum(axis=0)) / (2.0 * model.harm.size)
        # The roots of d^2 beyond - d (beyond cost + 2 barrier) + barrier cost = 0, without cancellation on either side.
        root = np.hypot(beyond * cost, 2.0 * barrier)
        low = 2.0 * barrier * cost / (2.0 * barrier - beyond * cost + root)
        high = 2.0 * barrier * cost / (2.0 * barrier + beyond * cost + root)
        self.dual = np.stack([np.where(beyond < 0, cost - high, low), np.where(beyond < 0, high, cost - low)])
        self.primal = barrier / self.dual
        # The difference of the two is what the draws say, to the last bit.
        self.primal[0] = np.where(beyond < 0, self.primal[1] - beyond, self.primal[0])
        self.primal[1] = self.primal[0] + beyond
        self.primal[1] = np.where(self.primal[1] > 0, self.primal[1], barrier / self.dual[1])
        gain = (model.effect @ self.dual[1][:, :, None])[:, :, 0]
        prices = np.full(len(model.limit), 0.5 * float(np.abs(gain).mean()) + 1e-12)
        slope = np.tensordot(prices, model.rows, 1) - gain
        edge = barrier / np.minimum(share, 1.0 - share)
        slack = np.maximum(model.limit - self._used(share), 0.02 * (np.abs(model.limit).mean() + 1e-12))
        loss = self.primal[0].sum(axis=0)[model.tail]
        self.threshold = float(np.quantile(loss, 1.0 - model.risk / model.most.sum())) if self.tail else 0.0
        above = np.maximum(loss - self.threshold, 0.0) + 0.1 * (loss.mean() if self.tail else 0.0)
        self.small = np.concatenate([share.ravel(), 1.0 - share.ravel(), slack, above, above + self.threshold - loss])
        self.small_dual = np.concatenate([
            (np.maximum(slope, 0.0) + edge).ravel(), (np.maximum(-slope, 0.0) + edge).ravel(), prices,
            model.most - extra, extra,
        ])  # fmt: skip

    @property
    def share(self) -> Floats:
        return self.small[self.cut[0]].reshape(self.block)

    @property
    def row_prices(self) -> Floats:
        return self.small_dual[self.cut[2]]

    @property
    def draw_weights(self) -> Floats:
        weights = np.zeros(self.shape[1])
        weights[self.model.tail] = self.small_dual[self.cut[4]]
        return weights

    def _used(self, share: Floats) -> Floats:
        return self.model.rows.reshape(len(self.model.limit), -1) @ share.ravel()

    def settled(self, tolerance: float) -> bool:
        """Whether the complementarity is ``tolerance`` of the value (harm expected less the cost) and the rows hold."""
        model = self.model
        self.products = float(np.vdot(self.primal, self.dual) + self.small @ self.small_dual)
        self.barrier = self.products / (self.primal.size + self.small.size)
        self.missing = model.limit - self._used(self.share) - self.small[self.cut[2]]
        cost = float(model.probability @ self.primal[0].sum(axis=0))
        if self.tail:
            cost += model.risk * self.threshold + float(model.most @ self.small[self.cut[3]])
        rows_hold = np.abs(self.missing).max(initial=0.0) <= 1e-10 * max(1.0, np.abs(model.limit).max(initial=0.0))
        value = len(model.harm) - cost
        return rows_hold and self.products <= tolerance * max(abs(value), 1e-3 * len(model.harm))

    def advance(self) -> None:
        """One iteration: factor once, then predictor, corrector and as many centring correctors as pay."""
        self._factor()
        self.goal[:] = 0.0
        goal = np.zeros_like(self.small)
        step, dual_step, after = self._direction(self.goal, goal)
        target = max((after / self.products) ** 3, 1e-12) * self.barrier
        kernels.second_order(target, self.by.ravel(), self.dual_by.ravel(), self.goal.ravel())
        kernels.second_order(target, self.small_by, self.small_dual_by, goal)
        step, dual_step, _ = self._direction(self.goal, goal)
        for _ in range(_CORRECTORS):
            if min(step, dual_step) > 0.9:
                break
            longer = min(1.0, step + _LONGER), min(1.0, dual_step + _LONGER)
            towards = max(target, 1e-3 * self.barrier)
            new = np.empty_like(goal)
            kernels.centre(
                towards, *longer, self.primal.ravel(), self.dual.ravel(), self.by.ravel(), self.dual_by.ravel(),
                self.goal.ravel(), self.other.ravel(),
            )  # fmt: skip
            kernels.centre(towards, *longer, self.small, self.small_dual, self.small_by, self.small_dual_by, goal, new)
            before = self.by.copy(), self.dual_by.copy(), self.small_by, self.small_dual_by, self.threshold_by
            new_step, new_dual_step, _ = self._direction(self.other, new)
            if new_step + new_dual_step < step + dual_step + 0.1 * _LONGER:
                self.by, self.dual_by, self.small_by, self.small_dual_by, self.threshold_by = before
                break
            step, dual_step, goal = new_step, new_dual_step, new
            self.goal, self.other = self.other, self.goal
        step, dual_step = _KEPT_FROM_EDGE * step, _KEPT_FROM_EDGE * dual_step
        self.primal += step * self.by
        self.dual += dual_step * self.dual_by
        self.small = self.small + step * self.small_by
        self.small_dual = self.small_dual + dual_step * self.small_dual_by
        self.threshold += step * self.threshold_by

    def _factor(self) -> None:
        model, (countries, measures) = self.model, self.block
        kernels.curvature(self.primal, self.dual, self.slope, self.bend, self.give)
        blocks = (model.effect * self.bend[:, None, :]) @ model.effect.transpose(0, 2, 1)
        self.theta = self.small_dual / self.small
        each = np.arange(measures)
        blocks[:, each, each] += (self.theta[self.cut[0]] + self.theta[self.cut[1]]).reshape(self.block)
        # Measures that act alike leave a block singular to the last bits.
        blocks[:, each, each] *= 1.0 + _RIDGE
        self.root = np.linalg.inv(np.linalg.cholesky(blocks))
        coupling = np.empty((countries, measures, self.tail + len(model.limit)))
        if self.tail:
            part = -self.slope[:, model.tail]
            np.multiply(model.effect[:, :, model.tail], part[:, None, :], out=coupling[:, :, : self.tail])
        coupling[:, :, self.tail :] = model.rows.transpose(1, 2, 0)
        self.coupling = (self.root @ coupling).reshape(countries * measures, -1)
        # A row of a floor speaks of one country: most of its column is zeros. Only the upper triangle is read.
        draws, limits = self.coupling[:, : self.tail], sparse.csr_matrix(self.coupling[:, self.tail :])
        system = np.zeros((self.coupling.shape[1],) * 2)
        system[: self.tail, : self.tail] = draws.T @ draws
        system[:, self.tail :] = (limits.T @ self.coupling).T
        above, below, rows = (1.0 / self.theta[self.cut[k]] for k in (3, 4, 2))
        system.flat[:: len(system) + 1] += np.concatenate([above + below + self.give.sum(axis=0)[model.tail], rows])
        system.flat[:: len(system) + 1] *= 1.0 + _RIDGE
        self.system = system
        if not kernels.cholesky(system):
            raise ModelError(
                Phrase("The equations of the support plan have no stable answer."),
                where="support",
                next_step=Phrase("Check for effects, caps or harm that differ by very many orders of magnitude."),
            )
        if self.tail:
            border = np.zeros(len(system))
            border[: self.tail] = 1.0
            self.border = lapack.dpotrs(self.system, border)[0]

    def _direction(self, goal: Floats, small_goal: Floats) -> tuple[float, float, float]:
        """Fill the changes for the wanted products; return step lengths and the complementarity after such a step."""
        model, tail = self.model, self.tail
        kernels.right_side(goal, self.primal, self.dual, self.slope, self.give, self.aim, self.force, self.total)
        aim = small_goal / self.small - self.small_dual
        lower, upper, rows, above, below = (aim[cut] for cut in self.cut)
        push = (model.effect @ self.force[:, :, None])[:, :, 0].ravel() + lower - upper
        half = (self.root @ push.reshape(*self.block, 1)).ravel()
        theta = [self.theta[cut] for cut in self.cut]
        known = np.concatenate(
            [above / theta[3] - below / theta[4] - self.total[model.tail], self.missing - rows / theta[2]]
        )
        dual = lapack.dpotrs(self.system, self.coupling.T @ half - known)[0]
        self.threshold_by = 0.0
        if tail:
            short = model.risk - float(self.small_dual[self.cut[4]].sum())
            self.threshold_by = float((dual[:tail].sum() - short) / self.border[:tail].sum())
            dual -= self.threshold_by * self.border
        moved = (half - self.coupling @ dual).reshape(*self.block, 1)
        share = (self.root.transpose(0, 2, 1) @ moved)[:, :, 0]
        price = np.zeros(self.shape[1])
        price[model.tail] = dual[:tail]
        reach = (share[:, None, :] @ model.effect)[:, 0]
        over, dual_over, first, second, third = kernels.change(
            self.primal, self.dual, self.slope, self.give, self.aim, price, reach, self.by, self.dual_by
        )
        up = (above + dual[:tail]) / theta[3]
        down = up + self.threshold_by - self.by[0].sum(axis=0)[model.tail]
        flat = share.ravel()
        self.small_by = np.concatenate([flat, -flat, self.missing - self._used(share), up, down])
        self.small_dual_by = np.concatenate([
            lower - theta[0] * flat, upper + theta[1] * flat, dual[tail:], -dual[:tail], dual[:tail],
        ])  # fmt: skip
        over = max(over, float((-self.small_by / self.small).max()))
        dual_over = max(dual_over, float((-self.small_dual_by / self.small_dual).max()))
        step, dual_step = 1.0 / max(over, 1.0), 1.0 / max(dual_over, 1.0)
        first += float(self.small_by @ self.small_dual)
        second += float(self.small_dual_by @ self.small)
        third += float(self.small_by @ self.small_dual_by)
        return step, dual_step, self.products + step * first + dual_step * second + step * dual_step * third
