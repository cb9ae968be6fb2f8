"""What history has not seen is drawn ever more rarely, and never without end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bent(x: Floats, record: float | Floats) -> Floats:
    """``x`` as it is up to the largest size on record, beyond it ``record (2 - record / |x|)``: never twice the record.

    The sign stays, and so does the order: what was larger is still larger. The law keeps a heavy tail between the
    record and its double, where a cut would heap all of it on one value.
    """
    size = np.maximum(np.abs(x), record)
    found: Floats = np.where(np.abs(x) <= record, x, np.sign(x) * record * (2.0 - record / size))
    return found
