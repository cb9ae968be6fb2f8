"""Random numbers for comparing questions: the same draw of one quantity whatever else is asked.

Two scenarios that use ``stream(seed, "stocks", "EGY")`` see the same stocks of Egypt in draw number i, so their
difference is not blurred by chance (common random numbers; Law, Simulation Modeling and Analysis, 5th ed., ch. 11).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray


def stream(seed: int, *names: str) -> Generator:
    """The random generator of one named quantity, the same on every machine and in every run."""
    from numpy.random import SeedSequence, default_rng

    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return default_rng(SeedSequence([seed, *(int.from_bytes(digest[i : i + 4], "big") for i in range(0, 32, 4))]))


def antithetic(rng: Generator, draws: int, size: int) -> NDArray[np.float64]:
    """Standard normals, ``draws`` rows by ``size`` columns; row 2i + 1 mirrors row 2i.

    Means of a quantity that is monotone in its inputs vary less than with independent rows; each row alone is an
    ordinary draw. An odd last row has no mirror.
    """
    import numpy as np

    half = rng.standard_normal(((draws + 1) // 2, size))
    both = np.empty((len(half) * 2, size))
    both[0::2] = half
    both[1::2] = -half
    return both[:draws]
