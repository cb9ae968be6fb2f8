"""An answer is never a bare number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clarion.vocab.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that holds the true value with probability ``level`` under the stated method."""

    low: float
    high: float
    level: float = 0.9

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"not an interval: {self.low} to {self.high}")
        if not 0 < self.level < 1:
            raise ValueError(f"level must lie between 0 and 1, not {self.level}")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with interval, unit, method and provenance; or, with ``value`` None, "not known" and the reason."""

    value: float | None
    unit: str
    interval: Interval | None = None
    method: str = ""
    provenance: tuple[Provenance, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError("a figure that is not known must say why")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"not a figure: {self.value}")

    @classmethod
    def not_known(cls, unit: str, reason: str) -> Estimate:
        """The honest answer where the data cannot say."""
        return cls(None, unit, reason=reason)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Estimate:
        """What ``to_dict`` wrote."""
        between = data.get("interval")
        return cls(
            data["value"], data["unit"], Interval(between[0], between[1], data["level"]) if between else None,
            data.get("method", ""), tuple(Provenance.from_dict(p) for p in data.get("provenance", ())),
            data.get("reason", ""),
        )  # fmt: skip

    @property
    def known(self) -> bool:
        return self.value is not None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: value, unit, interval ``[low, high]``, level, method, provenance or reason."""
        data: dict[str, Any] = {"value": self.value, "unit": self.unit}
        if self.interval:
            data |= {"interval": [self.interval.low, self.interval.high], "level": self.interval.level}
        if self.method:
            data["method"] = self.method
        if self.provenance:
            data["provenance"] = [p.to_dict() for p in self.provenance]
        if self.reason:
            data["reason"] = self.reason
        return data
