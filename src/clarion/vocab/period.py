"""A span of whole years, as official statistics give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last year, both included; ``2019-2021`` is a mean over three years, ``2021`` a single one."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1900 <= self.first <= self.last <= 2200:
            raise ValueError(f"not a period: {self.first} to {self.last}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2021`` or ``2019-2021``; anything else raises ValueError."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"a period is a year or two joined by a hyphen, such as 2019-2021, not {text!r}")
        return cls(int(match[1]), int(match[2] or match[1]))

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
