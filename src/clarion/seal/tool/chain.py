"""The rosters as this tool knows them: from the one that was pinned here, on to the newest and back to the oldest.

Onwards each step must be signed as ``roster.accept`` asks. Backwards each roster names the digest of the one before it,
so those that a pinned one leads to are the true ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.seal import roster as rosters
from clarion.seal.crypto import name_of, shown
from clarion.seal.errors import SealError
from clarion.seal.roster import Roster
from clarion.seal.tool.notes import Notes


@dataclass(frozen=True, slots=True)
class Chain:
    """The roster in force, all that are known by digest, and the one that was pinned before (None: none was)."""

    newest: Roster
    known: dict[str, Roster]
    before: Roster | None

    def of(self, digest: str) -> Roster:
        """The roster that a value was sealed under.

        Raises
        ------
        SealError: it is not among those that lead to the one in force.
        """
        if digest not in self.known:
            raise SealError(
                "A value was sealed under a roster that is none of this organisation's.",
                next_step="Do not go on; call the other keyholders.",
            )
        return self.known[digest]


def spoken(roster: Roster) -> str:
    """What people read to each other before they trust a roster."""
    return shown(name_of(roster.digest))


def pinned(notes: Notes) -> Roster | None:
    return rosters.parse(notes.pinned) if notes.pinned else None


def settle(notes: Notes, documents: Sequence[Any]) -> Chain:
    """Follow a desk's rosters (oldest first) from the one that is pinned here, and pin the newest in ``notes``.

    Where none is pinned yet, one that the owner of these notes has signed counts as such.

    Raises
    ------
    SealError: none is known here, or the desk's do not lead on from it.
    """
    chain = [rosters.parse(document) for document in documents]
    before = pinned(notes)
    start = before or _signed(notes, chain)
    if start is None:
        raise SealError(
            "This tool knows no roster yet, or no more: its notes are new or were lost.",
            next_step="Let another keyholder read you the roster's name, and pin it with: "
            "clarion-keyholder rotate pin (to ask for openings: clarion-open pin)",
        )
    newest = rosters.follow(start, chain)
    notes.pinned = newest.document
    return Chain(newest, back_from(newest, chain), before)


def back_from(newest: Roster, chain: Sequence[Roster]) -> dict[str, Roster]:
    """``newest`` and those before it, by digest."""
    by_digest = {roster.digest: roster for roster in chain}
    known, at = {newest.digest: newest}, newest
    while (former := by_digest.get(at.document["former"])) is not None:
        known[former.digest] = at = former
    return known


def _signed(notes: Notes, chain: Sequence[Roster]) -> Roster | None:
    by_digest = {roster.digest: roster for roster in chain}
    for digest in reversed(notes.signed):
        if digest in by_digest:
            found = by_digest[digest]
            rosters.accept(found, by_digest.get(found.document["former"]))
            return found
    return None
