"""Shares with intervals, and how far shares of several groups are apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

Z = 1.96


def interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); none of 20,000 goes up to 0.019 %."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle, half = share + Z * Z / (2 * of), Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return max(0.0, (middle - half) / (1 + Z * Z / of)), min(1.0, (middle + half) / (1 + Z * Z / of))


def worded(hits: int, of: int) -> str:
    low, high = interval(hits, of)
    return f"{hits / max(of, 1):.3%} ({low:.3%} to {high:.3%})"


def ratio(hits: Sequence[int], of: Sequence[int]) -> float | None:
    """The largest share over the smallest; None where the smallest is nothing, and a ratio would be of no meaning."""
    shares = [one / many for one, many in zip(hits, of, strict=True)]
    return max(shares) / min(shares) if min(shares) else None


def ratio_of_upper_ends(hits: Sequence[int], of: Sequence[int]) -> float:
    """The same of the upper ends of the intervals, which are never nothing: how much worse the largest share could be
    than the smallest could be. Among groups of one size in which nobody is found it is 1."""
    ends = [interval(one, many)[1] for one, many in zip(hits, of, strict=True)]
    return max(ends) / min(ends)


def by_chance(hits: Sequence[int], of: Sequence[int], rounds: int = 10_000) -> float:
    """How often groups of these sizes would be at least so far apart (chi-squared) if all had one share: an exact test
    by drawing, since tables of chi-squared do not hold for counts of a few."""
    sizes, found = np.array(of), np.array(hits)
    if not found.sum():
        return 1.0
    drawn = np.random.default_rng(1).multivariate_hypergeometric(sizes, int(found.sum()), rounds)
    expected = sizes * found.sum() / sizes.sum()

    def apart(counts: np.ndarray) -> np.ndarray:
        return ((counts - expected) ** 2 / expected).sum(-1)

    return float((apart(drawn) >= apart(found) - 1e-9).mean())
