"""HiGHS (Huangfu and Hall 2018, Mathematical Programming Computation 10, 119-142) with one thread and no output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from highspy._core import _Highs, cb
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from clarion.spillover.engine.support.stop import Asked, never, stopped

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Programme:
    """Minimise ``cost x`` with ``low <= matrix x <= high`` and ``least <= x <= most``; ``whole`` columns are
    integer."""

    cost: Floats
    least: Floats
    most: Floats
    matrix: Any
    low: Floats
    high: Floats
    whole: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class Optimum:
    """``solved`` tells an optimum (or, for integers, a plan) from none; ``bound`` is what no better one can pass."""

    solved: bool
    values: Floats
    duals: Floats
    objective: float
    bound: float


def run(programme: Programme, cancelled: Asked = never, **options: Any) -> Optimum:
    """Solve with HiGHS; ``options`` are its own. Nothing depends on the clock or on the number of cores.

    Raises
    ------
    Cancelled: asked to stop while it searched whole numbers.
    """
    rows = sparse.csr_matrix(programme.matrix)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = rows.shape[1], rows.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = programme.cost, programme.least, programme.most
    model.row_lower_, model.row_upper_ = programme.low, programme.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    if programme.whole is not None:
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in programme.whole]
    # The public class prints a banner when it is made, before it can be told to be quiet: in the middle of --json.
    solver: Any = _Highs()
    for name, value in ({"output_flag": False, "threads": 1, "random_seed": 0} | options).items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    watch = _Watch(cancelled)
    if cancelled is not never and programme.whole is not None:
        solver.setCallback(watch, None)
        solver.startCallback(cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.run()
    watch.settle()
    info, found = solver.getInfo(), solver.getSolution()
    feasible = info.primal_solution_status == 2
    bound = info.mip_dual_bound if programme.whole is not None else info.objective_function_value
    return Optimum(
        feasible, np.array(found.col_value), np.array(found.row_dual), info.objective_function_value, float(bound)
    )


class _Watch:
    """HiGHS's question whether to go on. An error must not cross its C++ and is raised when it has returned."""

    def __init__(self, cancelled: Asked) -> None:
        self.cancelled = cancelled
        self.error: Exception | None = None

    def __call__(self, kind: int, text: str, told: Any, answer: Any, data: Any) -> None:
        try:
            if self.error is None and self.cancelled():
                self.error = stopped()
        except Exception as error:  # noqa: BLE001 - raised again by settle
            self.error = error
        answer.user_interrupt = self.error is not None

    def settle(self) -> None:
        """Raise what happened while HiGHS worked."""
        if self.error is not None:
            raise self.error


def stacked(*blocks: ArrayLike) -> Any:
    """Rows above each other, sparse."""
    return sparse.vstack([sparse.csr_matrix(block) for block in blocks], format="csr")
