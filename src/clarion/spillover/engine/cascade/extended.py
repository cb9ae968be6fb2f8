"""Sums rounded as the reference rounds them. Compiled; import only where cascades run.

The published cascade code is R, whose ``rowSums`` and ``colSums`` add left to right in 80-bit extended precision and
round once at the end. The last bit matters there: a country whose reserves are 0 exactly may export no more, and an
importer whose need is one rounding error above 0 is still offered grain. Plain doubles take other branches and end up
to 2e-4 of the largest consumption away, so reference mode has to round the same way.

``fold`` keeps a sum and its error (Knuth's two-sum). Nearly always that pins the rounded result down; where the
80-bit sum could fall on the other side of a rounding boundary, ``settled`` says so and ``careful_sum`` repeats the
addition step by step with 64 significant bits.

numba's cache notices a change of the file that holds a kernel, not of one that it calls: after an edit here, remove
the ``__pycache__`` of this folder.
"""

from __future__ import annotations

from clarion.compute.kernel import kernel

_SPLIT = 4503599627370497.0  # 2**52 + 1: gives the leading power of two of a double (Rump, Ogita and Oishi 2008)
_ONE_LESS = 1.0 - 2.0**-53
_ROUNDER = 1.5 * 2.0**-11  # times the leading power of two: adding and subtracting it drops bits beyond the 64th


@kernel(inline="always")
def fold(total, error, size, x):  # type: ignore[no-untyped-def]
    """One step of a sum: (running sum, its error so far, sum of magnitudes) with ``x`` added."""
    s = total + x
    b = s - total
    return s, error + ((total - (s - b)) + (x - b)), size + abs(x)


@kernel(inline="always")
def settled(total, error, size, terms):  # type: ignore[no-untyped-def]
    """(Rounded sum, whether 80-bit addition of ``terms`` numbers must round to it too)."""
    high = total + error
    low = abs(error - (high - total))
    # Each 80-bit addition errs by at most 2**-64 of its result, which never exceeds the sum of magnitudes.
    slack = (terms + 1) * size * 2.0**-63
    q = _SPLIT * high
    lead = abs(q - _ONE_LESS * q)
    half_ulp = lead * 2.0**-53
    if lead == abs(high):
        half_ulp *= 0.5  # numbers just under a power of two lie twice as close
    return high, low + slack < half_ulp


@kernel(inline="always")
def careful_step(high, low, x):  # type: ignore[no-untyped-def]
    """``high + low`` plus ``x``, rounded to 64 significant bits, as an unevaluated pair of doubles."""
    s = high + x
    b = s - high
    t = low + ((high - (s - b)) + (x - b))
    h = s + t
    rest = t - (h - s)
    q = _SPLIT * h
    lead = abs(q - _ONE_LESS * q)
    if abs(h) == lead and rest * h < 0.0:
        lead *= 0.5  # the value lies just under a power of two, where bits are half as wide
    c = _ROUNDER * lead
    return h, (rest + c) - c


@kernel()
def sum_range(values, start, stop, of, weight):  # type: ignore[no-untyped-def]
    """Sum of ``values[k] * weight[of[k]]`` for k from ``start`` to ``stop``, rounded as R rounds ``rowSums``."""
    total = 0.0
    error = 0.0
    size = 0.0
    for k in range(start, stop):
        total, error, size = fold(total, error, size, values[k] * weight[of[k]])
    high, sure = settled(total, error, size, stop - start)
    if sure:
        return high
    high = 0.0
    low = 0.0
    for k in range(start, stop):
        high, low = careful_step(high, low, values[k] * weight[of[k]])
    return high + low


@kernel()
def sum_links(values, links, of, weight):  # type: ignore[no-untyped-def]
    """Sum of ``values[k] * weight[of[k]]`` over ``links`` in order, rounded as R rounds ``colSums``."""
    total = 0.0
    error = 0.0
    size = 0.0
    for k in links:
        total, error, size = fold(total, error, size, values[k] * weight[of[k]])
    high, sure = settled(total, error, size, len(links))
    if sure:
        return high
    high = 0.0
    low = 0.0
    for k in links:
        high, low = careful_step(high, low, values[k] * weight[of[k]])
    return high + low
