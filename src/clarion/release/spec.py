"""The specification of a release (``release.json``): which tables of counts, by which rule, after which releases.

The file is the one of the command ``clarion release``; every key is read here and any other is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from clarion.release.amounts.asked import Amounts, read_amounts
from clarion.release.calendar import A_YEAR
from clarion.release.errors import ReleaseError
from clarion.release.hierarchy import Above, of_groups, read_hierarchy
from clarion.release.labels import Labels, labels
from clarion.release.place import Place, read_place, rows_under
from clarion.vocab import Phrase

RULES = ("exact", "suppress", "round5")
COUNTS = ("cumulative", "period")
LARGEST_COUNT = 10_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.csv")
_KEYS = {"id", "k", "rule", "counts", "population", "dimensions", "tables", "earlier", "known", "period", "groups",
         "population_is", "held", "requested", "hierarchy", "merged", "calendar", "start", "private", "place",
         "outside", "amounts", "title", "description", "review"}  # fmt: skip
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Known:
    """What an attacker is taken to know beside the releases: ``low <= people in where <= high``.

    ``at``: the release whose moment it speaks of ("" for this one); ``since``: people who came after that release only.
    ``person``: it is the record of somebody who attacks: the one person of ``where`` who came by ``at``.
    """

    what: str
    where: dict[str, tuple[str, ...]]
    low: int
    high: int | None
    at: str = ""
    since: str = ""
    person: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As it is written to ``release.json``."""
        if self.person:
            return {"what": self.what, "person": {d: v[0] for d, v in self.where.items()}, "at": self.at}
        return {"what": self.what, "where": {d: list(v) for d, v in self.where.items()}, "low": self.low,
                "high": self.high, "at": self.at, "since": self.since}  # fmt: skip


@dataclass(frozen=True)
class Spec:
    """One release as asked for, or as decided.

    ``k``: the smallest group that may be seen; ``population``: the number of all recipients, which the attacker knows,
    exactly (``population_is`` "total") or as a bound ("at most"); ``period``: the moment that the release speaks of
    (releases with one period speak of the same people); ``hierarchy``: for each dimension what its categories merge
    into; ``merged``: for each table and dimension those that are shown in place of what is under them; ``held``: tables
    kept back; ``requested``: the rule asked for, where the gate took another; ``calendar`` and ``start``: see
    ``calendar``; ``private``: it was for one reader, and may have a layout of its own; ``place`` and ``outside``
    (tables that count people outside Russia only): see ``place``; ``amounts``: tables of sums; ``title``,
    ``description``: free texts; ``review``: a person must have read all texts.
    """

    id: str
    k: int
    rule: str
    counts: str
    dimensions: dict[str, tuple[str, ...]]
    tables: dict[str, tuple[str, ...]]
    population: int | None = None
    population_is: str = ""
    earlier: tuple[str, ...] = ()
    known: tuple[Known, ...] = ()
    period: str = ""
    hierarchy: dict[str, Above] = field(default_factory=dict)
    merged: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    requested: str = ""
    calendar: str = ""
    start: str = ""
    private: bool = False
    place: tuple[Place, ...] = ()
    outside: tuple[str, ...] = ()
    amounts: Amounts | None = None
    title: str = ""
    description: str = ""
    review: bool = False

    def categories(self, table: str, dimension: str) -> dict[str, tuple[str, ...]]:
        """What the table's rows are called in this dimension, and the categories that each stands for."""
        return rows_under(self, table, dimension)

    def counted(self, table: str, dimension: str) -> tuple[str, ...]:
        """The categories of a dimension that the table counts, be it shown by that dimension or not."""
        return tuple(v for values in self.categories(table, dimension).values() for v in values)

    def to_dict(self) -> dict[str, Any]:
        """The specification as it is written to ``release.json``; keys that say nothing are left out."""
        said = {"id": self.id, "k": self.k, "rule": self.rule, "counts": self.counts, "population": self.population,
                "dimensions": {d: list(v) for d, v in self.dimensions.items()},
                "tables": {t: list(d) for t, d in self.tables.items()}, "earlier": list(self.earlier),
                "known": [fact.to_dict() for fact in self.known]}  # fmt: skip
        place = [
            {"dimension": p.dimension, "inside": list(p.inside), "as": p.shown, "occupied": p.occupied,
             "below": list(p.below)}
            for p in self.place
        ]  # fmt: skip
        further = {"period": self.period, "population_is": self.population_is, "requested": self.requested,
                   "hierarchy": self.hierarchy, "held": list(self.held), "calendar": self.calendar,
                   "merged": {t: {d: list(v) for d, v in of.items()} for t, of in self.merged.items()},
                   "start": self.start, "private": self.private, "place": place, "outside": list(self.outside),
                   "amounts": self.amounts.to_dict() if self.amounts else None, "title": self.title,
                   "description": self.description, "review": self.review}  # fmt: skip
        return {**said, **{key: value for key, value in further.items() if value}}


def read_spec(text: str, where: str) -> Spec:
    """Parse a specification.

    Raises
    ------
    ReleaseError: it is no JSON object, lacks a key, holds one that is not known, or a value that cannot be used.
    """
    return _Reader(where).spec(_parsed(text, where))


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ReleaseError(
            Phrase("This is not a JSON file that can be read: {error}.", error=str(error)), where=where,
            next_step="Compare it with the example in docs/reference/release.md.",
        ) from error  # fmt: skip


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} stands in it twice")
    return found


class _Reader:
    """Takes the parsed file apart; every refusal names the file and the key."""

    def __init__(self, where: str) -> None:
        self.where = where

    def refuse(self, key: str, what: str, step: str) -> ReleaseError:
        return ReleaseError(what, where=f"{self.where}, {key}" if key else self.where, next_step=step)

    def spec(self, data: Any) -> Spec:
        if not isinstance(data, dict):
            raise self.refuse(
                "", "The specification is no JSON object.", "Begin it with { and give the keys of a spec."
            )
        if further := sorted(set(data) - _KEYS):
            raise self.refuse(
                further[0],
                Phrase("The key {key!r} is not known.", key=further[0]),
                Phrase("Known: {names}", names=tuple(sorted(_KEYS))),
            )
        for key in ("id", "k", "dimensions", "tables"):
            if key not in data:
                raise self.refuse(
                    key, Phrase("The key {key!r} is missing.", key=key), "Add it; docs/reference/release.md says how."
                )
        dimensions = self._dimensions(data["dimensions"])
        hierarchy = self._hierarchy(data, dimensions)
        tables = self.tables(data["tables"], dimensions, "tables")
        amounts = read_amounts(self, data["amounts"], dimensions, tables) if data.get("amounts") is not None else None
        every = {**tables, **(amounts.tables if amounts else {})}
        name = self._name(data["id"], "id")
        population = data.get("population")
        return Spec(
            id=name,
            k=self._whole(data["k"], "k", 2, 1000),
            rule=self._one_of(data.get("rule", "round5"), "rule", RULES),
            counts=self._one_of(data.get("counts", "cumulative"), "counts", COUNTS),
            dimensions=dimensions,
            tables=tables,
            population=None if population is None else self._whole(population, "population", 0, LARGEST_COUNT),
            population_is=self._one_of(data.get("population_is", ""), "population_is", ("", "total", "at most")),
            earlier=self._names(data.get("earlier", []), "earlier"),
            known=self.facts(data, dimensions),
            period=self._name(data["period"], "period") if data.get("period") else name,
            hierarchy=hierarchy,
            merged=self._merged(data.get("merged", {}), every, hierarchy),
            held=self._names(data.get("held", []), "held", _TABLE),
            requested=self._one_of(data.get("requested", ""), "requested", ("", *RULES)),
            calendar=self._one_of(data.get("calendar", ""), "calendar", ("", *A_YEAR)),
            start=self._name(data["start"], "start") if data.get("start") else "",
            private=self._truth(data, "private"),
            place=self._places(data.get("place", []), dimensions, hierarchy),
            outside=self._names(data.get("outside", []), "outside", _TABLE),
            amounts=amounts,
            title=self._text(data, "title"),
            description=self._text(data, "description"),
            review=self._truth(data, "review"),
        )

    def _truth(self, data: dict[str, Any], key: str) -> bool:
        if not isinstance(found := data.get(key, False), bool):
            raise self.refuse(
                key, Phrase("{value} is neither true nor false.", value=repr(found)), "Write true, or leave it out."
            )
        return found

    def _text(self, data: dict[str, Any], key: str) -> str:
        if not isinstance(found := data.get(key, ""), str) or len(found) > LONGEST_TEXT:
            raise self.refuse(
                key, Phrase("{key} is no text of at most {most} characters.", key=key, most=LONGEST_TEXT), "Shorten it."
            )
        return found

    def facts(self, data: Any, dimensions: Labels) -> tuple[Known, ...]:
        """The facts of a list, or under the key ``known``; raises ReleaseError."""
        found = data.get("known", []) if isinstance(data, dict) else data
        if not isinstance(found, list):
            raise self.refuse("known", "known is no list.", "Write it in square brackets.")
        return tuple(self._known(fact, f"known[{i}]", dimensions) for i, fact in enumerate(found))

    def _whole(self, value: Any, key: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.refuse(
                key,
                Phrase("{value} is not a whole number from {low} to {high}.", value=repr(value), low=low, high=high),
                "Give such a number.",
            )
        return value

    def _one_of(self, value: Any, key: str, known: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in known:
            raise self.refuse(
                key,
                Phrase("{value} is not known here.", value=repr(value)),
                Phrase("Use one of: {names}", names=tuple(k for k in known if k)),
            )
        return value

    def _name(self, value: Any, key: str, form: re.Pattern[str] = _ID) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise self.refuse(
                key,
                Phrase("{value} cannot be a name here.", value=repr(value)),
                "Use Latin letters, digits, '.', '-' and '_', at most 64.",
            )
        return value

    def _names(self, value: Any, key: str, form: re.Pattern[str] = _ID) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.refuse(key, Phrase("{key} is no list of names.", key=key), 'Write it like ["2026-Q2"].')
        found = tuple(self._name(item, key, form) for item in value)
        if len(set(found)) != len(found):
            raise self.refuse(key, Phrase("{key} names something twice.", key=key), "Name each once.")
        return found

    def _dimensions(self, value: Any) -> Labels:
        if not isinstance(value, dict) or not value:
            raise self.refuse("dimensions", "There is no dimension.", 'Write it like {"region": ["A", "B"]}.')
        for column in {"count", "amount"} & set(value):
            raise self.refuse(
                "dimensions", Phrase("{column!r} is a column of every table.", column=column), "Call it otherwise."
            )
        return {
            labels([name], self.where, "dimensions")[0]: labels(items, self.where, f"dimensions.{name}")
            for name, items in value.items()
        }

    def tables(self, value: Any, dimensions: Labels, at: str) -> Labels:
        """Tables and their dimensions, under the key ``at``; raises ReleaseError."""
        if not isinstance(value, dict) or not value:
            raise self.refuse(at, "There is no table.", 'Write it like {"by_region.csv": ["region"]}.')
        found: Labels = {}
        for name, of in value.items():
            self._name(name, at, _TABLE)
            if not isinstance(of, list) or len(set(map(str, of))) != len(of) or set(map(str, of)) - set(dimensions):
                raise self.refuse(
                    f"{at}.{name}",
                    "A table is a list of different dimensions.",
                    Phrase("Use some of: {names}", names=tuple(dimensions)),
                )
            found[name] = tuple(of)
        if len({name.casefold() for name in found}) != len(found):
            raise self.refuse(at, "Two tables' names differ only in capital letters.", "Rename one of them.")
        return found

    def _hierarchy(self, data: dict[str, Any], dimensions: Labels) -> dict[str, Above]:
        found = {d: of_groups(of) for d, of in self._groups(data.get("groups", {}), dimensions).items()}
        value = data.get("hierarchy", {})
        if not isinstance(value, dict):
            raise self.refuse("hierarchy", "hierarchy is no object.", 'Write it like {"region": {"A1": "A"}}.')
        for dimension, above in value.items():
            key = f"hierarchy.{dimension}"
            if dimension not in dimensions or dimension in found:
                raise self.refuse(
                    key,
                    Phrase("{dimension!r} is no dimension, or has groups already.", dimension=dimension),
                    "Say it once.",
                )
            found[dimension] = read_hierarchy(above, dimensions[dimension], self.where, key)
        return found

    def _groups(self, value: Any, dimensions: Labels) -> dict[str, Labels]:
        found: dict[str, Labels] = {}
        if not isinstance(value, dict):
            raise self.refuse("groups", "groups is no object.", 'Write it like {"region": {"North": ["A", "B"]}}.')
        for dimension, of in value.items():
            key = f"groups.{dimension}"
            if dimension not in dimensions or not isinstance(of, dict):
                raise self.refuse(
                    key,
                    Phrase("{dimension!r} is no dimension with groups.", dimension=dimension),
                    Phrase("Use: {names}", names=tuple(dimensions)),
                )
            named = {labels([g], self.where, key)[0]: labels(v, self.where, f"{key}.{g}") for g, v in of.items()}
            members = [value for values in named.values() for value in values]
            if sorted(members) != sorted(dimensions[dimension]):
                raise self.refuse(
                    key, "The groups overlap, or leave a category out.", "Put each category into exactly one group."
                )
            found[dimension] = named
        return found

    def _merged(self, value: Any, tables: Labels, hierarchy: dict[str, Above]) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for table, of in value.items() if isinstance(value, dict) else [("", None)]:
            if table not in tables or not isinstance(of, dict) or set(of) - set(tables[table]) & set(hierarchy):
                raise self.refuse("merged", "No such table, or no such dimension with a hierarchy.", "Leave it out.")
            found[table] = {d: labels(rows, self.where, f"merged.{table}") for d, rows in of.items() if rows}
            if any(set(rows) - set(hierarchy[d].values()) for d, rows in found[table].items()):
                raise self.refuse("merged", "A row is none of the hierarchy.", "Leave it out: the gate writes it.")
        return {table: of for table, of in found.items() if of}

    def _places(self, value: Any, dimensions: Labels, hierarchy: dict[str, Above]) -> tuple[Place, ...]:
        return tuple(
            read_place(self, item, dimensions, hierarchy) for item in (value if isinstance(value, list) else [value])
        )

    def _known(self, fact: Any, key: str, dimensions: Labels) -> Known:
        if isinstance(fact, dict) and "person" in fact:
            return self._person(fact, key, dimensions)
        if not isinstance(fact, dict) or set(fact) - {"what", "where", "low", "high", "count", "at", "since"}:
            raise self.refuse(
                key, "This is no fact.", "Give what, where and count (or low and high); at and since where they matter."
            )
        chosen = self._where(fact.get("where", {}), f"{key}.where", dimensions)
        exact = fact.get("count")
        high = exact if exact is not None else fact.get("high")
        low = self._whole(exact if exact is not None else fact.get("low", 0), f"{key}.low", 0, LARGEST_COUNT)
        return Known(
            str(fact.get("what", ""))[:200], chosen, low,
            None if high is None else self._whole(high, f"{key}.high", low, LARGEST_COUNT),
            self._name(fact["at"], f"{key}.at") if fact.get("at") else "",
            self._name(fact["since"], f"{key}.since") if fact.get("since") else "",
        )  # fmt: skip

    def _where(self, where: Any, key: str, dimensions: Labels) -> Labels:
        if not isinstance(where, dict) or set(where) - set(dimensions):
            raise self.refuse(
                key, "It names no dimension of this release.", Phrase("Use: {names}", names=tuple(dimensions))
            )
        chosen = {}
        for dimension, values in where.items():
            chosen[dimension] = labels(values if isinstance(values, list) else [values], self.where, key)
            if unknown := set(chosen[dimension]) - set(dimensions[dimension]):
                raise self.refuse(
                    key,
                    Phrase("{value!r} is no category of {dimension}.", value=min(unknown), dimension=dimension),
                    "Correct it.",
                )
        return chosen

    def _person(self, fact: dict[str, Any], key: str, dimensions: Labels) -> Known:
        chosen = self._where(fact["person"], f"{key}.person", dimensions)
        if set(fact) - {"what", "person", "at"} or any(len(values) > 1 for values in chosen.values()):
            raise self.refuse(key, "This is nobody's record.", "Give what, person (one category each) and at.")
        at = self._name(fact["at"], f"{key}.at") if fact.get("at") else ""
        return Known(str(fact.get("what", ""))[:200], chosen, 1, 1, at, person=True)


def read_known(text: str, where: str, spec: Spec) -> tuple[Known, ...]:
    """Facts from a file of their own: a list like the key ``known``, or an object that holds it.

    Raises
    ------
    ReleaseError: it is none, or speaks of no dimension of the specification.
    """
    return _Reader(where).facts(_parsed(text, where), spec.dimensions)
