"""A number that is known only as a range: lowest, most likely, highest."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Range:
    """A triangular law, the simplest that three stated numbers fix. ``low == mode == high`` is an exact number."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.mode <= self.high):
            raise ValueError(f"not a range: {self.low}, {self.mode}, {self.high}")

    @classmethod
    def exactly(cls, value: float) -> Range:
        """A number without doubt."""
        return cls(value, value, value)

    def __str__(self) -> str:
        return f"{self.mode:g}" if self.exact else f"{self.low:g}, {self.mode:g}, {self.high:g}"

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def quantile(self, u: float) -> float:
        """The value below which a share ``u`` (0 to 1) of the law lies, so that equal ``u`` give common draws."""
        return float(self.quantiles(u))

    def quantiles(self, u: ArrayLike) -> Floats:
        """The same for many, in the shape of ``u``."""
        return triangular(self.low, self.mode, self.high, u)


def triangular(low: ArrayLike, mode: ArrayLike, high: ArrayLike, u: ArrayLike) -> Floats:
    """Quantiles ``u`` of triangular laws; all arguments broadcast. Exact where the law is a single number."""
    low, mode, high, u = (np.asarray(x, dtype=np.float64) for x in (low, mode, high, u))
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    # Clipped, for rounding must not carry a share past 1.
    return np.clip(np.where(u * width < mode - low, rising, falling), low, high)
