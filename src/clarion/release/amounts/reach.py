"""How closely all printed sums together pin down one contributor's amount.

Printed sums can be subtracted from each other, and from those of earlier releases. The attacker is another contributor:
knows the own payments, who else was paid and when, and every printed sum. What remains open are the totals
z of each combination of categories and slot: non-negative, within every printed bound, at least the attacker's own.
The target's amount in a stretch of slots can be as large as the largest total of its combination (less the attacker's
own) and, where nobody else was paid there, no smaller than the least. These are linear programmes (the audit of
magnitude tables, Hundepool et al. 2012, chapter 4, carried over to several releases). The interval must reach p per
cent above and below the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from clarion.release.amounts.asked import CENTS
from clarion.release.amounts.printed import FREE
from clarion.release.amounts.rows import Cents

Floats = NDArray[np.float64]
_SLACK = 1e-6


@dataclass(frozen=True)
class Bound:
    """A printed sum: the combinations in it, first and last slot, bounds in cents; ``key`` names it if it is new."""

    inside: NDArray[np.bool_]
    first: int
    last: int
    low: int
    high: int
    key: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Exposed:
    """Somebody in combination ``cell`` is pinned down in the slots ``first`` to ``last`` by the sums of ``bounds``."""

    cell: int
    first: int
    last: int
    bounds: tuple[int, ...]


class Reach:
    """``cell`` (people,): each one's combination of categories; ``paid`` (people, slots) in cents; ``p`` in per cent.

    One combination's people are alike but for what they received, so that the programme's variables are totals.
    """

    def __init__(self, cell: NDArray[np.int64], paid: Cents, bounds: list[Bound], p: float) -> None:
        self.cell, self.paid, self.bounds, self.p = cell, paid / CENTS, bounds, p / 100
        self.cells, self.slots = int(cell.max(initial=-1)) + 1, paid.shape[1]
        self.total = np.zeros((self.cells, self.slots))
        np.add.at(self.total, cell, self.paid)
        self.contributors = np.zeros((self.cells, self.slots), int)
        np.add.at(self.contributors, cell, (paid > 0).astype(int))
        rows, tops = [], []
        self.row_of: list[int] = []
        for i, bound in enumerate(bounds):
            mask = np.zeros((self.cells, self.slots))
            mask[bound.inside, bound.first : bound.last + 1] = 1
            for sign, edge in ((1, bound.high), (-1, -bound.low)):
                if abs(edge) < FREE and (sign > 0 or bound.low > 0):
                    rows.append(sign * mask.ravel())
                    tops.append(edge / CENTS)
                    self.row_of.append(i)
        self.matrix = sparse.csr_matrix(np.array(rows).reshape(len(rows), self.cells * self.slots))
        self.tops = np.array(tops)
        # No bound at all would do; the programme is easier to solve with one that no question reaches.
        self._most = 4 * float(self.total.sum()) + 1
        self._largest = self._two_largest()
        self._kept: dict[int, list[Floats]] = {}

    def exposed(self, skip: int = 0) -> tuple[int, Exposed] | None:
        """The first question from number ``skip`` on whose target is pinned down by anybody; None if there is none.
        Leaving out a sum only widens what was wide: a search may go on where it stopped."""
        for number, (target, first, last, upwards) in enumerate(self._questions()):
            if number >= skip:
                slots = np.zeros(self.slots, bool)
                slots[first : last + 1] = self.paid[target, first : last + 1] > 0
                tight = self._from_above(target, slots) if upwards else self._from_below(target, slots)
                if tight is not None:
                    return number, Exposed(int(self.cell[target]), first, last, tight)
        return None

    def _questions(self) -> Iterator[tuple[int, int, int, bool]]:
        """Target, first and last slot, and which end: above for the largest of each combination and set of slots paid
        in (the others are farther off); below where at most one other was paid."""
        for first in range(self.slots):
            for last in range(first, self.slots):
                spent = self.paid[:, first : last + 1]
                amount = spent.sum(axis=1)
                largest: dict[tuple[int, bytes], int] = {}
                for i in np.flatnonzero(amount):
                    key = (int(self.cell[i]), (spent[i] > 0).tobytes())
                    if key not in largest or amount[i] > amount[largest[key]]:
                        largest[key] = int(i)
                yield from ((i, first, last, True) for i in largest.values())
                few = self.contributors[self.cell, first : last + 1] <= 2
                yield from ((int(i), first, last, False) for i in np.flatnonzero((few & (spent > 0)).any(axis=1)))

    def _from_above(self, target: int, slots: NDArray[np.bool_]) -> tuple[int, ...] | None:
        """The sums that keep the target's amount from being p per cent larger; None: nothing does."""
        cell, truth = int(self.cell[target]), float(self.paid[target, slots].sum())
        attackers = self._attackers(target)
        beside = np.where(self.cell[attackers] == cell, self.paid[attackers][:, slots].sum(axis=1), 0.0)
        return self._held(cell, slots, 1, attackers, (1 + self.p) * truth + beside)

    def _from_below(self, target: int, slots: NDArray[np.bool_]) -> tuple[int, ...] | None:
        """The sums that keep the target's amount from being p per cent smaller; None: nothing does. Where others were
        paid too it can be nothing at all: only slots count in which nobody but target and attacker was."""
        cell, most = int(self.cell[target]), (1 - self.p) * float(self.paid[target, slots].sum())
        everybody, shared = self._attackers(target), self.contributors[cell]
        tight = self._held(cell, slots & (shared == 1), -1, everybody, np.full(len(everybody), most))
        for i in self._beside(target):
            if tight is None:
                alone = slots & (shared - (self.paid[i] > 0) == 1)
                mine = float(self.paid[i, alone].sum())
                tight = self._held(cell, alone, -1, np.array([i]), np.array([most + mine]))
        return tight

    def _held(
        self, cell: int, slots: NDArray[np.bool_], sign: int, attackers: NDArray[np.intp], needs: Floats
    ) -> tuple[int, ...] | None:
        """The sums that keep the total of ``cell`` in ``slots`` from reaching what some attacker must think possible
        (``sign`` 1: at least ``needs``, -1: at most); None: it reaches them.

        One solution stands for every attacker whom it allows: on the way from the truth, which agrees with everything,
        to it, the first point that is far enough. Solutions are kept for further questions about the combination.
        """
        if not slots.any():
            return None
        theirs, homes = self.paid[attackers], self.cell[attackers]
        only = (self.contributors[homes] == 1) & (theirs > 0)
        here = float(self.total[cell, slots].sum())
        left = sign * needs > sign * here + _SLACK  # of the others the truth itself is far enough
        kept = self._kept.setdefault(cell, [])

        def allow(z: Floats) -> None:
            there = float(z[cell, slots].sum())
            if sign * there > sign * here:
                for need in {float(n) for n in needs[left]}:
                    part = (need - here) / (there - here)
                    if part <= 1 + 1e-12:
                        near = self.total + part * (z - self.total)
                        fits = np.where(only, abs(near[homes] - theirs) <= _SLACK, near[homes] >= theirs - _SLACK)
                        left[:] &= ~(fits.all(axis=1) & (sign * needs <= sign * need + _SLACK))

        for z in kept:
            if not left.any():
                return None
            allow(z)
        goal = np.zeros((self.cells, self.slots))
        goal[cell, slots] = -sign
        for attacker in (-1, *range(len(attackers))):
            if left.any() and (attacker < 0 or left[attacker]):
                value, z, tight = self._solve(goal, int(attackers[attacker]) if attacker >= 0 else -1)
                need = float(needs[attacker]) if attacker >= 0 else float((sign * needs[left]).min() * sign)
                if -value < sign * need - _SLACK:
                    return tight
                kept.append(z)
                allow(z)
                if attacker >= 0:
                    left[attacker] = False
        return None

    def _attackers(self, target: int) -> NDArray[np.intp]:
        """Of each combination those who received most in some stretch of time; and whoever shares a slot with the
        target and nobody else."""
        found: NDArray[np.intp] = np.union1d(self._largest, self._beside(target))
        return np.delete(found, np.flatnonzero(found == target))

    def _beside(self, target: int) -> NDArray[np.intp]:
        cell = int(self.cell[target])
        pair = (self.contributors[cell] == 2) & (self.paid[target] > 0)
        found = np.flatnonzero((self.cell == cell) & (self.paid[:, pair] > 0).any(axis=1))
        return np.delete(found, np.flatnonzero(found == target))

    def _two_largest(self) -> NDArray[np.intp]:
        found: set[int] = set()
        for first in range(self.slots):
            for last in range(first, self.slots):
                amount = self.paid[:, first : last + 1].sum(axis=1)
                order = np.lexsort((-amount, self.cell))
                order = order[amount[order] > 0]
                begins = np.flatnonzero(np.diff(self.cell[order], prepend=-1))
                ends = [*begins[1:], len(order)][: len(begins)]
                found |= {int(order[j]) for b, e in zip(begins, ends, strict=True) for j in range(b, min(b + 2, e))}
        return np.array(sorted(found), np.intp)

    def _solve(self, goal: Floats, attacker: int) -> tuple[float, Floats, tuple[int, ...]]:
        """The least of ``goal``, where it is taken on, and which printed sums bind there."""
        low, high = np.zeros((self.cells, self.slots)), np.where(self.contributors > 0, self._most, 0.0)
        if attacker >= 0:
            home = self.cell[attacker]
            low[home] = self.paid[attacker]
            only = (low[home] > 0) & (self.contributors[home] == 1)  # nobody else was paid: nothing is open
            high[home, only] = low[home, only]
        answer = linprog(goal.ravel(), A_ub=self.matrix if len(self.tops) else None,
                         b_ub=self.tops if len(self.tops) else None,
                         bounds=np.column_stack([low.ravel(), high.ravel()]), method="highs")  # fmt: skip
        if answer.status != 0:
            raise ArithmeticError(f"the linear programme ended with: {answer.message}")
        pull = np.abs(answer.ineqlin.marginals) if len(self.tops) else np.zeros(0)
        tight = tuple(dict.fromkeys(self.row_of[i] for i in np.argsort(-pull) if pull[i] > _SLACK))
        return float(answer.fun), answer.x.reshape(self.cells, self.slots), tight
