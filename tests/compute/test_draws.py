"""Named streams repeat and do not touch each other; antithetic rows mirror."""

import numpy as np

from clarion.compute import antithetic, stream


def test_a_stream_depends_on_seed_and_names_only() -> None:
    first = stream(1, "stocks", "EGY").random(5)
    stream(1, "stocks", "LBN").random(100)
    assert np.array_equal(first, stream(1, "stocks", "EGY").random(5))
    others = [stream(2, "stocks", "EGY"), stream(1, "stocks", "LBN"), stream(1, "stocksEGY"), stream(1)]
    assert not any(np.array_equal(first, o.random(5)) for o in others)


def test_antithetic_rows_mirror() -> None:
    rows = antithetic(stream(3, "z"), 7, 4)
    assert rows.shape == (7, 4)
    assert np.array_equal(rows[0:6:2], -rows[1:6:2])
    assert np.array_equal(rows, antithetic(stream(3, "z"), 8, 4)[:7])
    assert abs(antithetic(stream(3, "z"), 1000, 4).mean()) < 1e-15
