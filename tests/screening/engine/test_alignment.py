"""The kernel against every assignment there is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.screening.engine import alignment as a

ROLES = st.sampled_from([a.ANY, a.GIVEN, a.PATRONYMIC, a.SURNAME, a.INITIAL, a.FORMER])
NAMES = st.lists(ROLES, min_size=1, max_size=4)


def weights(seed):
    drawn = np.random.default_rng(seed)
    gain = drawn.integers(-2000, 15000, (4, a.ROLES, a.LEVELS)).astype(np.int32)
    conflict = drawn.integers(-14000, 0, a.ROLES).astype(np.int32)
    extra = drawn.integers(-2000, 1, a.ROLES).astype(np.int32)
    return gain, conflict, extra


def every(given_roles, listed_roles, level, gain, conflict, extra, crossed):
    value, *_, over = a.workspace()
    a.worth(given_roles, listed_roles, level, gain, np.arange(listed_roles.size), crossed, value)
    best = None
    for choice in product(range(-1, listed_roles.size), repeat=given_roles.size):
        taken = [j for j in choice if j >= 0]
        if len(set(taken)) < len(taken) or any(value[i, j] < -(2**29) for i, j in enumerate(choice) if j >= 0):
            continue
        match = np.array(choice, np.int32)
        used = sum(1 << j for j in taken)
        sum_ = sum(int(value[i, j]) for i, j in enumerate(choice) if j >= 0)
        reached = sum_ + a.left_over(given_roles, listed_roles, match, used, conflict, extra, over)
        best = reached if best is None else max(best, reached)
    return best


@settings(deadline=None, max_examples=150)
@given(NAMES, NAMES, st.integers(0, 10_000))
def test_the_best_assignment_is_found(mine, theirs, seed):
    given_roles, listed_roles = np.array(mine, np.int32), np.array(theirs, np.int32)
    level = np.random.default_rng(seed).integers(0, a.LEVELS, (len(mine), len(theirs))).astype(np.int32)
    gain, conflict, extra = weights(seed)
    match = np.full(a.MOST_PARTS, -1, np.int32)
    found = a.align(
        given_roles, listed_roles, level, gain, np.arange(len(theirs)), conflict, extra, -3000, match, a.workspace()
    )
    assert found == every(given_roles, listed_roles, level, gain, conflict, extra, -3000)
    taken = [j for j in match.tolist() if j >= 0]
    assert len(set(taken)) == len(taken)


@pytest.mark.parametrize(
    ("given", "listed", "role"),
    [
        (a.GIVEN, a.GIVEN, a.GIVEN), (a.ANY, a.SURNAME, a.SURNAME), (a.INITIAL, a.PATRONYMIC, a.PATRONYMIC),
        (a.SURNAME, a.FORMER, a.SURNAME), (a.GIVEN, a.SURNAME, a.ANY), (a.PATRONYMIC, a.SURNAME, -1),
        (a.INITIAL, a.SURNAME, -1), (a.CORE, a.GENERIC, a.GENERIC), (a.CORE, a.GIVEN, -1),
        (a.NUMBER, a.NUMBER, a.NUMBER),
    ],
)  # fmt: skip
def test_in_which_role_two_parts_may_agree(given, listed, role):
    assert a.role_of(given, listed) == a.role_of(listed, given) == role
