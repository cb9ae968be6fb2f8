"""Support inside Russia is never published below country or year.

A number for a Russian region, or for one quarter, tells the police where and when to look. So categories inside Russia
are merged into one row; releases that speak of less than a year, and tables by a dimension that divides a country,
count the people outside only (their totals too, or a subtraction would tell). The territories that Russia occupies
are Ukraine's and are counted there (United Nations General Assembly resolutions 68/262 and ES-11/4); people there face
the same police, so that they have the same protection: no row of their own, and nothing for less than a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clarion.release import calendar
from clarion.release.errors import ReleaseError
from clarion.release.hierarchy import Above, shown_as
from clarion.release.labels import Labels, labels
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.release.amounts.asked import Reader
    from clarion.release.spec import Spec

RUSSIA = "Russia"
_COUNTRY = re.compile(r"RU|RUS|643|Russia|Russian Federation|Россия|Российская Федерация|Росія", re.I)
_INSIDE = re.compile(r"RU-[A-Z]{2,3}|UA-(?:43|40)|Crimea|Sevastopol|Крым|Крим|Севастополь", re.I)


@dataclass(frozen=True)
class Place:
    """``dimension`` holds where people are supported: ``inside`` are its categories inside Russia, shown as one row
    ``shown``; ``occupied`` names for each category in an occupied territory the row of Ukraine that it is counted in;
    ``below``: dimensions that divide a country, such as town and village."""

    dimension: str
    inside: tuple[str, ...]
    shown: str = RUSSIA
    occupied: dict[str, str] = field(default_factory=dict)
    below: tuple[str, ...] = ()

    @property
    def protected(self) -> frozenset[str]:
        return frozenset(self.inside) | frozenset(self.occupied)


def read_place(reader: Reader, data: Any, dimensions: Labels, hierarchy: dict[str, Above]) -> Place:
    """Parse one entry of the key ``place``: ``{"dimension": "region", "inside": ["RU-MOW"], "as": "Russia",
    "occupied": {"UA-43": "UA"}, "below": ["settlement"]}``.

    Raises
    ------
    ReleaseError: it names what is no dimension, category or row.
    """
    if not isinstance(data, dict) or str(data.get("dimension")) not in dimensions:
        raise reader.refuse(
            "place", "It names no dimension of this release.", Phrase("Use: {names}", names=tuple(dimensions))
        )
    if further := sorted(set(data) - {"dimension", "inside", "as", "occupied", "below"}):
        raise reader.refuse(
            "place", Phrase("The key {key!r} is not known.", key=further[0]), "See docs/reference/release.md."
        )
    dimension = str(data["dimension"])
    categories = dimensions[dimension]
    occupied, below = data.get("occupied", {}), data.get("below", [])
    inside = labels(data["inside"], "place", "inside") if data.get("inside") else ()
    if not inside and not occupied:
        raise reader.refuse("place", "It names no category.", 'Write it like "inside": ["RU"].')
    rows = {*categories, *hierarchy.get(dimension, {}).values()}
    fits = isinstance(occupied, dict) and {*inside, *occupied} <= set(categories) and not set(inside) & set(occupied)
    if not fits or not {str(row) for row in occupied.values()} <= rows - {*inside, *occupied}:
        raise reader.refuse(
            "place",
            Phrase(
                "inside and occupied hold categories of {dimension}, and occupied the row of Ukraine for each.",
                dimension=dimension,
            ),
            'Write it like "inside": ["RU"], "occupied": {"UA-43": "UA"}.',
        )
    if not isinstance(below, list) or not {str(d) for d in below} <= set(dimensions) - {dimension}:
        raise reader.refuse(
            "place.below", "It names no other dimension.", Phrase("Use: {names}", names=tuple(dimensions))
        )
    shown = labels([data["as"]], "place", "as")[0] if "as" in data else default_row(inside)
    if shown in rows - set(inside) - {hierarchy.get(dimension, {}).get(v, "") for v in inside}:
        raise reader.refuse(
            "place.as", Phrase("{shown!r} is another row already.", shown=shown), "Name the row of Russia otherwise."
        )
    return Place(dimension, inside, shown, {v: str(row) for v, row in occupied.items()}, tuple(map(str, below)))


def default_row(inside: tuple[str, ...]) -> str:
    """The country's own category where it is the only one."""
    return inside[0] if len(inside) == 1 and _COUNTRY.fullmatch(inside[0]) else RUSSIA


def protect(spec: Spec) -> tuple[Spec, list[str]]:
    """The specification with everything inside Russia at country and year, and what was done.

    Raises
    ------
    ReleaseError: a category lies there and no place says so, there is no calendar to tell a year by, or nobody is
    left to be counted.
    """
    _declared(spec)
    if not spec.place:
        return spec, []
    if not spec.calendar:
        raise ReleaseError(
            "Support inside Russia is shown by the year only, and without a calendar the period cannot be told.",
            where=f"{spec.id}, calendar", next_step='Add "calendar": "quarter" and a period such as "2026-Q3".',
        )  # fmt: skip
    tables = {**spec.tables, **(spec.amounts.tables if spec.amounts else {})}
    hierarchy, merged, steps = dict(spec.hierarchy), dict(spec.merged), []
    for place in spec.place:
        above = dict(hierarchy.get(place.dimension, {}))
        above |= {value: place.shown for value in place.inside if value != place.shown} | place.occupied
        hierarchy[place.dimension] = above
        for table, of in tables.items():
            if place.dimension in of:
                rows = {place.shown} - set(spec.dimensions[place.dimension]) if place.inside else set()
                rows |= {place.shown} if len(place.inside) > 1 else set()
                rows |= set(place.occupied.values())
                now = merged.get(table, {})
                merged[table] = {**now, place.dimension: tuple(sorted({*now.get(place.dimension, ()), *rows}))}
        if set(spec.dimensions[place.dimension]) <= place.protected and not calendar.a_year_or_more(spec):
            raise ReleaseError("Everybody is inside Russia or an occupied territory, and this is less than a year.",
                               where=spec.id, next_step="Wait for the year's release.")  # fmt: skip
    short = not calendar.a_year_or_more(spec)
    below = {d for place in spec.place for d in place.below}
    outside = tuple(table for table, of in tables.items() if short or below & set(of))
    population = spec.population
    if short:
        steps.append("support inside Russia and the occupied territories waits for the year's release")
        if population is not None:
            population = None
            steps.append("the number of all recipients waits too: a subtraction would tell how many are inside")
    else:
        steps += [f"{table} counts people outside Russia and the occupied territories" for table in outside]
    done = replace(spec, hierarchy=hierarchy, merged={t: d for t, d in merged.items() if d}, outside=outside,
                   population=population)  # fmt: skip
    return done, steps


def keeps(spec: Spec) -> None:
    """Check a release that is written: raises ReleaseError where it shows what ``protect`` would have kept back."""
    done, _ = protect(spec)
    for table, of in {**spec.tables, **(spec.amounts.tables if spec.amounts else {})}.items():
        lacking = table in done.outside and table not in spec.outside
        for place in spec.place:
            if place.dimension in of and table not in spec.outside:
                rows = spec.categories(table, place.dimension)
                lacking |= any(set(rows[r]) & set(place.inside) and r != place.shown for r in rows)
                lacking |= any(rows.get(own) == (own,) for own in place.occupied)
        if lacking:
            raise ReleaseError(
                "The table shows support inside Russia or an occupied territory below country or year.",
                where=f"{spec.id}, {table}", next_step="Build the release anew with clarion release build.",
            )  # fmt: skip


def _declared(spec: Spec) -> None:
    said = {value for place in spec.place for value in place.protected}
    for dimension, values in spec.dimensions.items():
        for value in values:
            if value not in said and (_COUNTRY.fullmatch(value) or _INSIDE.fullmatch(value)):
                raise ReleaseError(
                    Phrase(
                        "{value!r} is a place inside Russia or an occupied territory, and 'place' does not say so.",
                        value=value,
                    ),
                    where=f"{spec.id}, dimensions.{dimension}",
                    next_step=Phrase(
                        'Add "place": {{"dimension": "{dimension}", "inside": ["{value}"]}}; see the reference.',
                        dimension=dimension,
                        value=value,
                    ),
                )


def rows_under(spec: Spec, table: str, dimension: str) -> dict[str, tuple[str, ...]]:
    """What the rows of a table are called in a dimension, and the categories that each stands for."""
    above, merged = spec.hierarchy.get(dimension, {}), spec.merged.get(table, {}).get(dimension, ())
    left_out = {v for p in spec.place if p.dimension == dimension and table in spec.outside for v in p.protected}
    found: dict[str, tuple[str, ...]] = {}
    for value in spec.dimensions[dimension]:
        if value not in left_out:
            row = shown_as(value, above, merged)
            found[row] = (*found.get(row, ()), value)
    return found
