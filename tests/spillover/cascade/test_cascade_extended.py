"""Sums round as an 80-bit accumulator does; asking for a cascade is what loads the compiler, not importing the room."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from cascade_dense_oracle import HAS_EXTENDED

from clarion.spillover.engine.cascade.extended import sum_links, sum_range


@pytest.mark.skipif(not HAS_EXTENDED, reason="this platform has no 80-bit numbers to compare with")
def test_sums_round_as_in_extended_precision():
    rng = np.random.default_rng(1)
    for trial in range(5000):
        n = int(rng.integers(1, 200))
        x = rng.lognormal(rng.uniform(0, 25), rng.uniform(0, 5), n)
        if trial % 3 == 0:
            x *= rng.choice([-1, 1], n)
        if trial % 5 == 0:
            x = np.exp2(np.round(np.log2(np.abs(x))))  # powers of two: sums just under a change of binade
        order, one = np.arange(n), np.ones(n)
        forward = float(np.cumsum(x.astype(np.longdouble))[-1])
        backward = float(np.cumsum(x[::-1].astype(np.longdouble))[-1])
        assert sum_range(x, 0, n, order, one) == forward
        assert sum_links(x, order[::-1].copy(), order, one) == backward


def test_the_compiler_loads_with_the_first_run_only():
    code = "import sys, clarion.spillover.engine.cascade; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
