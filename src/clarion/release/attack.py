"""Reconstruct: bounds on a group's size by linear and integer programmes over all databases that agree.

A group is proved small (disclosed) if every database has it between 1 and k - 1. The linear bounds hold for the whole
numbers too, so that a proof by them is sound; a whole-number database in which the group is absent or large refutes it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from clarion.release.model import FREE, Ints, Model
from clarion.vocab import Phrase

_SLACK = 1e-6  # HiGHS's tolerance is 1e-7: a bound is moved outwards by more than that before it is rounded


@dataclass(frozen=True)
class Found:
    """``status``: disclosed, undecided (or "" where only refuted); ``low`` and ``high`` bound the group's size."""

    status: str
    why: str
    low: int | None = None
    high: int | None = None
    witness: Ints | None = None


class Attack:
    """The programme of a model. Each question is solved anew, with a limit of its own: nothing is left over from the
    question before."""

    def __init__(self, model: Model, seconds: float = 10.0) -> None:
        self.model, self.seconds = model, seconds
        self.variables = len(model.slots) * model.cells
        parts = [self._rows(t.row_of, len(t.low), t.first, t.last) for t in model.tables]
        if parts:
            matrix = sparse.vstack(parts).tocsr()
            low = np.concatenate([t.low for t in model.tables]).astype(float)
            high = np.concatenate([t.high for t in model.tables]).astype(float)
            high[high >= FREE] = np.inf
            self.constraints = [LinearConstraint(matrix, low, high)]
        else:
            self.constraints = []

    def _rows(self, row_of: Ints, rows: int, first: int, last: int) -> sparse.csr_matrix:
        cells = np.flatnonzero(row_of >= 0)
        slots = np.arange(first, last + 1)
        columns = (slots[:, None] * self.model.cells + cells).ravel()
        index = np.tile(row_of[cells], len(slots))
        return sparse.csr_matrix((np.ones(len(columns)), (index, columns)), shape=(rows, self.variables))

    def _vector(self, mask: NDArray[np.float32], first: int, last: int) -> NDArray[np.float64]:
        vector = np.zeros((len(self.model.slots), self.model.cells))
        vector[first : last + 1] = mask
        return vector.ravel()

    def _solve(
        self, goal: NDArray[np.float64], whole: bool, further: list[LinearConstraint]
    ) -> tuple[str, NDArray[np.float64] | None, float]:
        answer = milp(goal, integrality=np.full(self.variables, int(whole)), bounds=Bounds(0, np.inf),
                      constraints=[*self.constraints, *further], options={"time_limit": self.seconds})  # fmt: skip
        said = {0: "solved", 2: "impossible", 3: "unbounded"}.get(answer.status, "out of time")
        return said, answer.x, float(answer.fun) if answer.fun is not None else math.nan

    def database(self) -> tuple[str, Ints | None]:
        """One whole-number database that agrees; "impossible" if there is none."""
        said, values, _ = self._solve(np.zeros(self.variables), True, [])
        return said, self._whole(values) if said == "solved" else None

    def _whole(self, values: NDArray[np.float64] | None) -> Ints | None:
        if values is None:
            return None
        database: Ints = np.rint(values).astype(np.int32).reshape(len(self.model.slots), -1)
        return database if self.model.consistent(database) else None

    def bounds(self, mask: NDArray[np.float32], first: int, last: int) -> tuple[int, int | None] | None:
        """Between how many people a group has in every database that agrees, by linear bounds alone; the second None
        where there is no upper bound (or no time was left to find it); None if the numbers contradict each other."""
        goal = self._vector(mask, first, last)
        said_low, _, low = self._solve(goal, False, [])
        said_high, _, high = self._solve(-goal, False, [])
        if "impossible" in (said_low, said_high):
            return None
        floor = max(0, math.ceil(low - _SLACK)) if said_low == "solved" else 0
        return floor, math.floor(-high + _SLACK) if said_high == "solved" else None

    def on(self, mask: NDArray[np.float32], first: int, last: int) -> Found:
        """Attack one group (``mask`` over the cells) among those who came in the slots from ``first`` to ``last``."""
        k = self.model.k
        bounds = self.bounds(mask, first, last)
        if bounds is None:
            return Found("undecided", Phrase("the printed numbers contradict each other"))
        floor, ceiling = bounds
        goal = self._vector(mask, first, last)
        if floor >= 1 and ceiling is not None and ceiling < k:
            why = Phrase(
                "linear bounds: between {low} and {high} people, in every database that agrees", low=floor, high=ceiling
            )
            return Found("disclosed", why, floor, ceiling)
        sides = []
        if floor == 0:
            sides.append(LinearConstraint(goal[None, :], 0, 0))
        if ceiling is None or ceiling >= k:
            sides.append(LinearConstraint(goal[None, :], k, np.inf))
        answers = [self._solve(np.zeros(self.variables), True, [side]) for side in sides]
        for said, values, _ in answers:
            if said == "solved" and (witness := self._whole(values)) is not None:
                return Found("", Phrase("one whole-number database has it absent or large"), floor, ceiling, witness)
        if all(said == "impossible" for said, _, _ in answers):
            why = Phrase("no whole-number database that agrees has it absent or of {k} people and more", k=k)
            return Found("disclosed", why, max(floor, 1), min(ceiling, k - 1) if ceiling is not None else k - 1)
        return Found("undecided", Phrase("the search for a database that refutes it ran out of time"), floor, ceiling)
