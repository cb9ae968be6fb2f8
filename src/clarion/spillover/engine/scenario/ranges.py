"""A number that is known only as a range: lowest, most likely, highest."""

from __future__ import annotations

import math
from dataclasses import dataclass


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

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def quantile(self, u: float) -> float:
        """The value below which a share ``u`` (0 to 1) of the law lies, so that equal ``u`` give common draws."""
        width = self.high - self.low
        if width == 0.0:
            return self.mode
        split = (self.mode - self.low) / width
        if u < split:
            return self.low + math.sqrt(u * width * (self.mode - self.low))
        return self.high - math.sqrt((1.0 - u) * width * (self.high - self.mode))
