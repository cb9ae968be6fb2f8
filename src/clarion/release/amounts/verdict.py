"""What is said of a release's sums, when it is built and when it is checked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clarion.release.amounts.gate import decide
from clarion.release.amounts.printed import Sum
from clarion.release.amounts.rows import read_rows, that_bind
from clarion.release.errors import ReleaseError
from clarion.release.folder import Release
from clarion.release.spec import Spec
from clarion.vocab import Phrase


@dataclass(frozen=True)
class Sums:
    """The decided ``tables``, the ``steps`` taken, and the ``commitment`` to the list, with its secret ``opening``."""

    tables: dict[str, list[Sum]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    commitment: str = ""
    opening: str = ""

    @classmethod
    def decide(cls, people: Path | None, spec: Spec, earlier: Sequence[Release]) -> Sums:
        """Decide the sums that ``spec`` asks for, if any, on the list ``people``.

        Raises
        ------
        ReleaseError: as ``rows`` and ``gate``, or there is no list.
        """
        if not spec.amounts:
            return cls()
        if people is None:
            raise ReleaseError(
                "Sums need what each recipient received, and only counts of people are at hand.",
                where=f"{spec.id}, amounts", next_step="Build it from the list: clarion release build",
            )  # fmt: skip
        binding = that_bind(spec, spec.amounts, earlier)
        rows = read_rows(people, spec, spec.amounts, binding)
        tables, steps = decide(spec, spec.amounts, rows, binding)
        opening = secrets.token_hex(32)
        return cls(tables, steps, rows.commitment(opening), opening)

    def told(self, release: Release) -> dict[str, Any]:
        """For the answer of a build: what became of the sums, and the opening."""
        if not release.sums:
            return {}
        why = Phrase("each sum has {k} contributors and none stands out, alone or by subtraction", k=release.spec.k)
        return {"amounts": {"status": "certified", "why": why, **_given(release)}, "opening": self.opening}


def sums_of(
    release: Release, earlier: Sequence[Release], commitment: str, people: Path | None, opening: str
) -> dict[str, Any]:
    """``status`` of a release's sums, ``why``, and how many are ``given`` of those ``asked``.

    Raises
    ------
    ReleaseError: the list and the opening are not those of the commitment.
    """
    amounts = release.spec.amounts
    assert amounts is not None
    if not any(s.text for sums in release.sums.values() for s in sums):
        return {"status": "certified", "why": Phrase("no sum is given"), **_given(release)}
    if people is None:
        if commitment:
            why = Phrase("rounding and totals hold; the rest was decided on a list that only its commitment stands for")
            return {"status": "certified", "why": why, **_given(release)}
        why = Phrase("without the list nobody can tell whether one contributor has most of a sum")
        return {"status": "undecided", "why": why, **_given(release)}
    binding = that_bind(release.spec, amounts, earlier)
    rows = read_rows(people, release.spec, amounts, binding)
    if commitment and rows.commitment(opening) != commitment:
        raise ReleaseError(
            "The list and the opening are not those that the certificate commits to.", where=str(people),
            next_step="Give the list that the release was built from, and the opening that was printed then.",
        )  # fmt: skip
    again, _ = decide(release.spec, amounts, rows, binding)
    if all(set(sums) <= {*again[table], *(Sum(s.row, "") for s in sums)} for table, sums in release.sums.items()):
        why = Phrase("decided again on the list: each sum may leave")
        return {"status": "certified", "why": why, **_given(release)}
    why = Phrase("decided again on the list: a sum is printed that may not leave, or is another")
    return {"status": "disclosed", "why": why, **_given(release)}


def _given(release: Release) -> dict[str, int]:
    every = [s for sums in release.sums.values() for s in sums]
    return {"given": sum(s.text != "" for s in every), "asked": len(every)}
