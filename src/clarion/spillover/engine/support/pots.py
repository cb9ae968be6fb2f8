"""Which pot pays for what."""

from __future__ import annotations

import numpy as np

from clarion.errors import ModelError
from clarion.spillover.engine.support.highs import Programme, run
from clarion.spillover.engine.support.problem import Floats
from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.rows import reach
from clarion.vocab import Phrase


def assigned(question: SupportQuestion, countries: tuple[str, ...], money: Floats) -> Floats:
    """USD that each earmark pays, (earmarks, countries, measures), as much from earmarks as they can pay.

    A transport problem over the cells with money; ``rows`` made sure that it has an answer.
    """
    marks = question.earmarks
    paid = np.zeros((len(marks), *money.shape))
    cells = np.argwhere(money > 0)
    if not marks or not len(cells):
        return paid
    amount = money[money > 0]
    reached = np.array([reach(e, countries, question)[money > 0] for e in marks])
    unit = question.budget
    by_pot = np.kron(np.eye(len(marks)), np.ones(len(cells)))
    by_cell = np.tile(np.eye(len(cells)), len(marks))
    total = np.ones((1, by_pot.shape[1]))
    free = unit - sum(e.amount for e in marks)
    low = np.concatenate([np.full(len(marks) + len(cells), -np.inf), [(amount.sum() - free) / unit - 1e-7]])
    high = np.concatenate([[e.amount / unit for e in marks], amount / unit, [np.inf]])
    found = run(Programme(-np.ones(by_pot.shape[1]), np.zeros(by_pot.shape[1]), reached.ravel().astype(float),
                          np.vstack([by_pot, by_cell, total]), low, high))  # fmt: skip
    if not found.solved:
        raise ModelError(
            Phrase("The plan's money could not be assigned to the earmarks."),
            where="earmarks",
            next_step=Phrase("Run it again with fewer earmarks, and report this."),
        )
    paid[:, cells[:, 0], cells[:, 1]] = found.values.reshape(len(marks), -1) * unit
    return paid
