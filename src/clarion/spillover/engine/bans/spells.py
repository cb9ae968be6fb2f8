"""Unbroken stretches of months in which an exporter held an item back, joined over successive measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from clarion.spillover.engine.bans.months import month_of
from clarion.spillover.engine.bans.restrictions import EPISODES, QUANTITY, Restriction


@dataclass(frozen=True, slots=True)
class Spell:
    """First and last month; ``closed`` is false where the last is only that of the episode, for no end was found."""

    iso3: str
    item: str
    first: int
    last: int
    closed: bool

    @property
    def months(self) -> int:
        return self.last - self.first + 1


def spells(rows: Iterable[Restriction], measures: Collection[str] = QUANTITY) -> tuple[Spell, ...]:
    """Spells of the measures with a known start on commodities of the house, by exporter, item and month.

    A month counts as restricted if a measure stands on any day of it; a measure that follows in the same or the next
    month prolongs the spell.
    """
    found: dict[tuple[str, str], list[Spell]] = {}
    for r in rows:
        if r.item is None or r.start is None or r.measure not in measures:
            continue
        last = month_of(r.end or EPISODES[r.episode][1])
        spell = Spell(r.iso3, r.item, month_of(r.start), last, r.end is not None)
        found.setdefault((r.iso3, r.item), []).append(spell)
    return tuple(joined for key in sorted(found) for joined in _joined(sorted(found[key], key=lambda s: s.first)))


def _joined(parts: list[Spell]) -> list[Spell]:
    out = [parts[0]]
    for part in parts[1:]:
        before = out[-1]
        if part.first > before.last + 1:
            out.append(part)
        else:
            longest = part if part.last >= before.last else before
            out[-1] = Spell(before.iso3, before.item, before.first, longest.last, longest.closed)
    return out
