"""Compare the sex of who is screened and who is listed."""

from __future__ import annotations

from clarion.screening.engine.evidence import Evidence, bits

_SAME, _OTHER = bits(0.99, 0.5), bits(0.005, 0.5)


def compare_sexes(given: str, shown: str, listed: str) -> Evidence | None:
    """What they say; None where one is not known. ``shown`` is the sex that the name alone shows: the name has spoken
    for itself, so that an agreement adds nothing, while Иванова is not Иванов."""
    known = given or shown
    if not known or not listed or (known == listed and not given):
        return None
    same = known == listed
    return Evidence("sex", "same" if same else "other", known, listed, _SAME if same else _OTHER,
                    "" if given else "by the name")  # fmt: skip
