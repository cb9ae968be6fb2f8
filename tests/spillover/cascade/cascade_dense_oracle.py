"""The published equations written out on dense matrices: slow, direct, and independent of the compiled kernels.

Sources: Marchand et al. 2016 (Environ. Res. Lett. 11, 095009), Heslin et al. 2020 (Front. Sustain. Food Syst. 4, 26)
and Burkholz and Schweitzer 2019 (Environ. Res. Lett. 14, 114013). With ``extended`` sums are added left to right in
80-bit precision, as R's rowSums and colSums are; without, by numpy.
"""

from dataclasses import dataclass

import numpy as np

HAS_EXTENDED = np.finfo(np.longdouble).nmant == 63


class NegativeShortage(Exception):
    pass


@dataclass
class World:
    E: np.ndarray
    P: np.ndarray
    R: np.ndarray
    extended: bool

    def __post_init__(self) -> None:
        self.dR = np.zeros(len(self.P))
        self.C = self.supply()

    def rows(self, matrix: np.ndarray) -> np.ndarray:
        if not self.extended:
            return matrix.sum(axis=1)
        total = np.zeros(len(matrix), np.longdouble)
        for column in matrix.T:
            total = total + column
        return total.astype(float)

    def columns(self, matrix: np.ndarray) -> np.ndarray:
        return self.rows(matrix.T)

    def supply(self) -> np.ndarray:
        return self.P + self.columns(self.E) - self.rows(self.E) - self.dR

    def update(self) -> None:
        self.short = self.C - self.supply()
        if (self.short < -1).any():
            raise NegativeShortage(float(self.short.min()))

    def at_home(self, cut: float) -> None:
        draw = np.minimum(self.short, self.R)
        self.dR, self.R = self.dR - draw, self.R - draw
        self.update()
        self.C = self.C - cut * self.short
        self.update()
        self.C = self.C - np.where(self.short < 1e-5 * self.C, self.short, 0)
        self.update()

    def reallocate(self) -> None:
        willing = (self.R != 0).astype(float)
        share = part(self.short, self.rows(self.E) + self.columns(self.E * willing[:, None]))
        self.E = (1 + (willing[:, None] * share[None, :] - share[:, None])) * self.E
        self.update()

    def cut_exports(self) -> None:
        self.E = self.E * (1 - part(self.short, self.rows(self.E)))[:, None]
        self.update()

    def raise_imports(self) -> None:
        need, available, raised = self.short, 0.2 * self.R, np.zeros_like(self.E)
        while (need > 0).any():
            asked = self.E * (need > 0)[None, :]
            total = self.rows(asked)
            offer = asked * np.divide(available, total, out=np.zeros_like(total), where=total != 0)[:, None]
            accepted = offer * part(need, self.columns(offer))[None, :]
            if accepted.sum() < 1:
                break
            need = need - self.columns(accepted)
            available = available - self.rows(accepted)
            raised = raised + accepted
        self.E = self.E + raised
        self.update()


def part(need: np.ndarray, of: np.ndarray) -> np.ndarray:
    return np.minimum(np.divide(need, of, out=np.zeros_like(need), where=of != 0), np.where(of != 0, 1.0, 0.0))


def all_equal(old: np.ndarray, new: np.ndarray) -> bool:
    """R 4.2's all.equal.numeric: the mean relative difference over the unequal elements."""
    unequal = old != new
    if not unequal.any():
        return True
    scale = np.abs(old[unequal]).mean()
    difference = np.abs(old[unequal] - new[unequal]).mean()
    return bool((difference / scale if scale > 2.0**-26 else difference) <= 2.0**-26)


def published(E, P, R, loss, rule, reserve_fraction, cut=0.01, most=50, extended=True):
    """dP, dR, dC, C0, iterations and whether it settled."""
    world = World(E, P, R, extended)
    C0, dP = world.C, -loss * P
    world.P, world.short, world.R = P + dP, -dP, reserve_fraction * R
    iterations, settled = 0, False
    while not settled and iterations < most:
        iterations += 1
        old = world.E
        world.at_home(cut)
        if rule == "pta":
            world.reallocate()
        else:
            world.cut_exports()
            world.at_home(cut)
            world.raise_imports()
        settled = all_equal(old, world.E)
    return {"dP": dP, "dR": world.dR, "dC": world.supply() - C0, "C0": C0}, iterations, settled


def export_restrictions(E, P, loss, most=20_000):
    """Burkholz and Schweitzer: deficits are met by cutting all exports alike, until no deficit can be passed on."""
    C0 = P + E.sum(0) - E.sum(1)
    left = P * (1 - loss)
    for _ in range(most):
        deficit = np.maximum(C0 - (left + E.sum(0) - E.sum(1)), 0)
        deficit[deficit < 1e-14 * (P + E.sum(0) + E.sum(1))] = 0
        cut = E * part(deficit, E.sum(1))[:, None]
        E = E - cut
        if cut.sum() <= 1e-15 * E.sum():
            break
    return {"dP": -loss * P, "dR": np.zeros(len(P)), "dC": left + E.sum(0) - E.sum(1) - C0, "C0": C0}
