"""What a check found, and how a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``mend`` is the command (or the act) that mends it; empty when nothing is to be done."""

    name: str
    level: Level
    text: str
    mend: str = ""

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


def render(findings: Sequence[Finding]) -> str:
    """One line a finding, with what mends it below, and a sentence at the end."""
    width = max((len(f.name) for f in findings), default=0)
    lines = []
    for finding in findings:
        lines.append(f"{finding.level:<4}  {finding.name:<{width}}  {finding.text}")
        if finding.mend:
            lines.append(f"{'':<4}  {'':<{width}}  -> {finding.mend}")
    return "\n".join([*lines, "", _sum(findings)])


def _sum(findings: Sequence[Finding]) -> str:
    fails = sum(f.level == "fail" for f in findings)
    warns = sum(f.level == "warn" for f in findings)
    if fails:
        return f"{fails} to mend, {warns} to look at."
    return f"Ready; {warns} to look at." if warns else "Everything is well."
