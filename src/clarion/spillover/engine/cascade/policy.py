"""How countries answer a shortage: the rule and its numbers, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from clarion.errors import InputError

Rule: TypeAlias = Literal["pta", "rta", "burkholz"]
RULES: tuple[Rule, ...] = ("pta", "rta", "burkholz")

# Deficits that circle between re-exporters die away slowly; each round costs microseconds.
_BURKHOLZ_ITERATIONS = 10_000


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule with its parameters.

    ``pta`` is proportional trade allocation: a short country cuts exports and raises imports on all links alike.
    ``rta`` is reserves-based trade allocation: it cuts exports first, then raises imports from what exporters hold.
    Both: Marchand et al. 2016, Environ. Res. Lett. 11, 095009; Heslin et al. 2020, Front. Sustain. Food Syst. 4, 26.
    ``burkholz`` is export restriction only: Burkholz and Schweitzer 2019, Environ. Res. Lett. 14, 114013. It knows
    neither reserves nor voluntary cuts of consumption, so it ignores both fractions.

    ``reserve_fraction`` of the reserves may be used. Once reserves are gone, ``consumption_fraction`` of a shortage is
    borne at home in each of at most ``iterations`` iterations.

    Raises
    ------
    InputError: an unknown rule, a fraction that is not from 0 to 1, or no iteration.
    """

    rule: Rule = "pta"
    reserve_fraction: float = 0.5
    consumption_fraction: float = 0.01
    iterations: int = 50

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise InputError(
                f"There is no cascade rule {self.rule!r}.",
                where="rule",
                next_step=f"Choose one of: {', '.join(RULES)}.",
            )
        for name in ("reserve_fraction", "consumption_fraction"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise InputError(
                    f"{name} is {value}, which is not from 0 to 1.",
                    where=name,
                    next_step="Give a fraction, such as 0.5.",
                )
        if self.iterations < 1:
            raise InputError(
                f"{self.iterations} iterations are too few.", where="iterations", next_step="Give 1 or more."
            )

    @property
    def usable(self) -> float:
        """Fraction of the reserves that this rule draws on."""
        return 0.0 if self.rule == "burkholz" else self.reserve_fraction

    @property
    def kernel(self) -> tuple[int, float, float, int, float]:
        """As ``scenario`` takes it: rule, cut, share absorbed as tiny, iterations, movement that counts as none."""
        from clarion.spillover.engine.cascade import scenario

        if self.rule == "burkholz":
            return scenario.EXPORTS_ONLY, 0.0, 0.0, _BURKHOLZ_ITERATIONS, 0.0
        code = scenario.PROPORTIONAL if self.rule == "pta" else scenario.RESERVES_FIRST
        return code, self.consumption_fraction, scenario.TINY, self.iterations, scenario.STILL
