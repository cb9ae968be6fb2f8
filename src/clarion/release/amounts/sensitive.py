"""Which sums may not leave for what is in them: few contributors, or one who has most of the sum.

The rules are those of Hundepool et al., Statistical Disclosure Control (Wiley, 2012), chapter 4 (magnitude tables):
the minimum frequency, the (n, k) dominance rule, and the p per cent rule with the second largest contributor as the
attacker, who takes the own amount from the sum and has the largest to within p per cent.
"""

from __future__ import annotations

import numpy as np

from clarion.release.amounts.asked import Amounts
from clarion.release.amounts.rows import Cents


def fault(paid: Cents, k: int, amounts: Amounts) -> str:
    """Why the sum of ``paid`` (contributors,), in cents, may not leave; "" where it may."""
    given = np.sort(paid[paid > 0])[::-1]
    if len(given) < k:
        return "few contributors"
    total = int(given.sum())
    if int(given[: amounts.n].sum()) >= amounts.share * total:
        return "dominance"
    return "p per cent" if 100 * (total - int(given[0]) - int(given[1])) < amounts.p * int(given[0]) else ""
