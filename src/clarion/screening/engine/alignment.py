"""Align the parts of two names: the assignment of part to part that speaks most for one name, and what it leaves over.

The kernel works on numbers alone, the same one for a single question and for a million pairs: parts are tokens with a
role, ``level`` says how two tokens compare, ``gain`` what an agreement of that level in that role is worth. What stays
over on both sides in one role is a conflict; what stays over on one side is missing, and missing is no evidence.
Weights are whole thousandths of a bit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clarion.compute.kernel import kernel

# Roles of parts. Those from CORE on belong to organisations.
ANY, GIVEN, PATRONYMIC, SURNAME, FORMER, INITIAL, CORE, NUMBER, GENERIC, FORM = range(10)
ROLES = 10
# How two tokens compare: not, same letters, same key, the form of another language (Олександр, Александр), a short form
# (Саша) or half of a double name, one slip, two, an initial that fits.
NONE, SAME, SOUND, EQUAL, SHORT, NEAR, FAR, LETTER = range(8)
LEVELS = 8
MOST_PARTS = 8
_STEPS = 20_000
"""Steps after which the best assignment found stands: names of eight like parts would take longer than they matter."""
_NEVER = -(2**30)

Ints = NDArray[np.int32]


@kernel()
def role_of(given, listed):  # type: ignore[no-untyped-def]
    """The role in which two parts may agree: ANY where they were taken for given name and surname by turns; else -1."""
    if given == listed:
        return given
    if given in (CORE, GENERIC) and listed in (CORE, GENERIC):
        return GENERIC
    if given >= CORE or listed >= CORE:
        return -1
    if given == ANY or listed == ANY:
        other = listed if given == ANY else given
        return GIVEN if other == INITIAL else other
    if given == INITIAL or listed == INITIAL:
        other = listed if given == INITIAL else given
        return other if other in (GIVEN, PATRONYMIC) else -1
    if given in (SURNAME, FORMER) and listed in (SURNAME, FORMER):
        return SURNAME
    if given in (GIVEN, SURNAME) and listed in (GIVEN, SURNAME):
        return ANY
    return -1


@kernel()
def worth(given_roles, listed_roles, level, gain, token, crossed, found):  # type: ignore[no-untyped-def]
    """Write to ``found`` what each pair of parts is worth if it is matched: (given, listed), never where the two do not
    compare; ``token`` are the rows of ``gain`` of the listed parts."""
    for i in range(given_roles.size):
        for j in range(listed_roles.size):
            found[i, j] = _NEVER
            if level[i, j] == NONE:
                continue
            role = role_of(given_roles[i], listed_roles[j])
            if role < 0:
                continue
            found[i, j] = gain[token[j], role, level[i, j]]
            if role == ANY and given_roles[i] != ANY:
                found[i, j] += crossed


@kernel()
def left_over(given_roles, listed_roles, match, used, conflict, extra, over):  # type: ignore[no-untyped-def]
    """What the parts that no other part answers speak against: ``conflict`` by role where both sides have one over in
    it, ``extra`` by role where one side has. ``over`` (2, ROLES) is room to count them."""
    mine, theirs = over[0], over[1]
    over[:] = 0
    called = False
    for i in range(given_roles.size):
        if match[i] < 0:
            mine[given_roles[i]] += 1
        elif role_of(given_roles[i], listed_roles[match[i]]) == GIVEN:
            called = True
    for j in range(listed_roles.size):
        if not used >> j & 1:
            theirs[listed_roles[j]] += 1
    against = 0
    for role in range(1, ROLES):
        both = min(mine[role], theirs[role])
        against += both * conflict[role]
        mine[role] -= both
        theirs[role] -= both
    for role in (GIVEN, PATRONYMIC):  # an initial of another letter, and a part whose role nobody knows
        for stand_in in (INITIAL, ANY):
            if stand_in == ANY and role == PATRONYMIC:
                continue  # a word that nobody can place (Москва) is no other father
            both = min(mine[stand_in], theirs[role])
            against += both * conflict[stand_in]
            mine[stand_in] -= both
            theirs[role] -= both
            both = min(mine[role], theirs[stand_in])
            against += both * conflict[stand_in]
            mine[role] -= both
            theirs[stand_in] -= both
    for mine_role, their_role in (
        (ANY, ANY),
        (ANY, SURNAME),
        (SURNAME, ANY),
        (GIVEN, SURNAME),
        (SURNAME, GIVEN),
        (CORE, GENERIC),
        (GENERIC, CORE),
    ):
        if called and mine_role in (GIVEN, SURNAME) and their_role in (GIVEN, SURNAME):
            continue  # a middle name here and a second surname there: who leaves out both is no other
        both = min(mine[mine_role], theirs[their_role])
        against += both * conflict[ANY if mine_role < CORE else GENERIC]
        mine[mine_role] -= both
        theirs[their_role] -= both
    for role in range(ROLES):
        against += (mine[role] + theirs[role]) * extra[role]
    return against


@kernel()
def workspace():  # type: ignore[no-untyped-def]
    """What ``align`` works in, made once for many pairs: values of pairs, a trial, its turns, counts of parts over."""
    return (
        np.empty((MOST_PARTS, MOST_PARTS), np.int32), np.empty(MOST_PARTS, np.int32),
        np.empty(MOST_PARTS + 1, np.int32), np.empty((2, ROLES), np.int32),
    )  # fmt: skip


@kernel()
def align(given_roles, listed_roles, level, gain, token, conflict, extra, crossed, match, within):  # type: ignore[no-untyped-def]
    """The weight of the best assignment, which is written to ``match``: for each given part its listed one, or -1."""
    n, m = given_roles.size, listed_roles.size
    value, trial, turn, over = within
    worth(given_roles, listed_roles, level, gain, token, crossed, value)
    trial[:] = -1
    turn[:] = 0
    best, sum_, used, i = _NEVER, 0, 0, 0
    for _ in range(_STEPS):
        if i == n:
            reached = sum_ + left_over(given_roles, listed_roles, trial, used, conflict, extra, over)
            if reached > best:
                best = reached
                match[:n] = trial[:n]
        j = turn[i]
        while i < n and j < m and (used >> j & 1 or value[i, j] == _NEVER):
            j += 1
        if i < n and j <= m:  # j == m leaves the part over
            turn[i] = j + 1
            trial[i] = j if j < m else -1
            if j < m:
                used |= 1 << j
                sum_ += value[i, j]
            i += 1
            turn[i] = 0
            continue
        i -= 1
        if i < 0:
            break
        if trial[i] >= 0:
            used &= ~(1 << trial[i])
            sum_ -= value[i, trial[i]]
            trial[i] = -1
    return best
