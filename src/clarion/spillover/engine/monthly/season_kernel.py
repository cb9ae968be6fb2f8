"""Which harvests a shortage of fertiliser reaches. Compiled."""

from __future__ import annotations

from clarion.compute.kernel import kernel


@kernel()
def fertilised_short(t, lead, scarce):  # type: ignore[no-untyped-def]
    """Share of month ``t``'s harvest whose fertiliser was due while it was short, 0 to 1.

    Fertiliser is short from the start for ``scarce`` months, and goes on the field ``lead`` months before the harvest:
    so no harvest of the first ``lead`` months is touched.
    """
    return max(0.0, min(t + 1.0 - lead, scarce) - max(t - lead, 0.0))
