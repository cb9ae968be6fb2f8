"""The specification of a release (``release.json``): which tables of counts, by which rule, after which releases.

The file is the one of the command ``clarion release``; every key is read here and any other is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from clarion.release.errors import ReleaseError
from clarion.release.labels import Labels, labels

RULES = ("exact", "suppress", "round5")
COUNTS = ("cumulative", "period")
LARGEST_COUNT = 10_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.csv")
_KEYS = {"id", "k", "rule", "counts", "population", "dimensions", "tables", "earlier", "known", "period", "groups",
         "population_is", "levels", "held", "requested"}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What an attacker is taken to know beside the releases: ``low <= people in where <= high``.

    ``at``: the release whose moment it speaks of ("" for this one); ``since``: people who came after that release only.
    """

    what: str
    where: dict[str, tuple[str, ...]]
    low: int
    high: int | None
    at: str = ""
    since: str = ""


@dataclass(frozen=True)
class Spec:
    """One release as asked for, or as decided.

    ``k``: the smallest group that may be seen; ``population``: the number of all recipients, which the attacker knows,
    exactly (``population_is`` "total") or as a bound ("at most"); ``period``: the moment that the release speaks of
    (releases with one period speak of the same people); ``levels``: for each table the dimensions shown by ``groups``
    of categories; ``held``: tables kept back; ``requested``: the rule asked for, where the gate took another.
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
    groups: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    requested: str = ""

    def categories(self, table: str, dimension: str) -> dict[str, tuple[str, ...]]:
        """What the table's rows are called in this dimension, and the categories that each stands for."""
        if dimension in self.levels.get(table, ()):
            return self.groups[dimension]
        return {value: (value,) for value in self.dimensions[dimension]}

    def to_dict(self) -> dict[str, Any]:
        """The specification as it is written to ``release.json``; keys that say nothing are left out."""
        known = [
            {"what": fact.what, "where": {d: list(v) for d, v in fact.where.items()}, "low": fact.low,
             "high": fact.high, "at": fact.at, "since": fact.since}
            for fact in self.known
        ]  # fmt: skip
        said = {"id": self.id, "k": self.k, "rule": self.rule, "counts": self.counts, "population": self.population,
                "dimensions": {d: list(v) for d, v in self.dimensions.items()},
                "tables": {t: list(d) for t, d in self.tables.items()}, "earlier": list(self.earlier),
                "known": known}  # fmt: skip
        further = {"period": self.period, "population_is": self.population_is, "requested": self.requested,
                   "groups": {d: {g: list(v) for g, v in of.items()} for d, of in self.groups.items()},
                   "levels": {t: list(d) for t, d in self.levels.items()}, "held": list(self.held)}  # fmt: skip
        return {**said, **{key: value for key, value in further.items() if value}}


def read_spec(text: str, where: str) -> Spec:
    """Parse a specification.

    Raises
    ------
    ReleaseError: it is no JSON object, lacks a key, holds one that is not known, or a value that cannot be used.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ReleaseError(
            f"This is not a JSON file that can be read: {error}.", where=where,
            next_step="Compare it with the example in docs/reference/release.md.",
        ) from error  # fmt: skip
    return _Reader(where).spec(data)


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
            raise self.refuse(further[0], f"The key {further[0]!r} is not known.", "Known: " + ", ".join(sorted(_KEYS)))
        for key in ("id", "k", "dimensions", "tables"):
            if key not in data:
                raise self.refuse(key, f"The key {key!r} is missing.", "Add it; docs/reference/release.md says how.")
        dimensions = self._dimensions(data["dimensions"])
        groups = self._groups(data.get("groups", {}), dimensions)
        tables = self._tables(data["tables"], dimensions)
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
            known=tuple(
                self._known(fact, f"known[{i}]", dimensions) for i, fact in enumerate(self._list(data, "known"))
            ),
            period=self._name(data["period"], "period") if data.get("period") else name,
            groups=groups,
            levels=self._levels(data.get("levels", {}), tables, groups),
            held=self._names(data.get("held", []), "held", _TABLE),
            requested=self._one_of(data.get("requested", ""), "requested", ("", *RULES)),
        )

    def _list(self, data: dict[str, Any], key: str) -> list[Any]:
        found = data.get(key, [])
        if not isinstance(found, list):
            raise self.refuse(key, f"{key} is no list.", "Write it in square brackets.")
        return found

    def _whole(self, value: Any, key: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.refuse(key, f"{value!r} is not a whole number from {low} to {high}.", "Give such a number.")
        return value

    def _one_of(self, value: Any, key: str, known: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in known:
            raise self.refuse(key, f"{value!r} is not known here.", "Use one of: " + ", ".join(k for k in known if k))
        return value

    def _name(self, value: Any, key: str, form: re.Pattern[str] = _ID) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise self.refuse(
                key, f"{value!r} cannot be a name here.", "Use Latin letters, digits, '.', '-' and '_', at most 64."
            )
        return value

    def _names(self, value: Any, key: str, form: re.Pattern[str] = _ID) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.refuse(key, f"{key} is no list of names.", 'Write it like ["2026-Q2"].')
        found = tuple(self._name(item, key, form) for item in value)
        if len(set(found)) != len(found):
            raise self.refuse(key, f"{key} names something twice.", "Name each once.")
        return found

    def _dimensions(self, value: Any) -> Labels:
        if not isinstance(value, dict) or not value:
            raise self.refuse("dimensions", "There is no dimension.", 'Write it like {"region": ["A", "B"]}.')
        if "count" in value:
            raise self.refuse("dimensions", "'count' is the column of the counts.", "Call the dimension otherwise.")
        return {
            labels([name], self.where, "dimensions")[0]: labels(items, self.where, f"dimensions.{name}")
            for name, items in value.items()
        }

    def _tables(self, value: Any, dimensions: Labels) -> Labels:
        if not isinstance(value, dict) or not value:
            raise self.refuse("tables", "There is no table.", 'Write it like {"by_region.csv": ["region"]}.')
        found: Labels = {}
        for name, of in value.items():
            self._name(name, "tables", _TABLE)
            if not isinstance(of, list) or len(set(map(str, of))) != len(of) or set(map(str, of)) - set(dimensions):
                raise self.refuse(
                    f"tables.{name}", "A table is a list of different dimensions.",
                    "Use some of: " + ", ".join(dimensions),
                )  # fmt: skip
            found[name] = tuple(of)
        if len({name.casefold() for name in found}) != len(found):
            raise self.refuse("tables", "Two tables' names differ only in capital letters.", "Rename one of them.")
        return found

    def _groups(self, value: Any, dimensions: Labels) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        if not isinstance(value, dict):
            raise self.refuse("groups", "groups is no object.", 'Write it like {"region": {"North": ["A", "B"]}}.')
        for dimension, of in value.items():
            key = f"groups.{dimension}"
            if dimension not in dimensions or not isinstance(of, dict):
                raise self.refuse(key, f"{dimension!r} is no dimension with groups.", "Use: " + ", ".join(dimensions))
            named = {labels([g], self.where, key)[0]: labels(v, self.where, f"{key}.{g}") for g, v in of.items()}
            members = [value for values in named.values() for value in values]
            if sorted(members) != sorted(dimensions[dimension]):
                raise self.refuse(
                    key, "The groups overlap, or leave a category out.", "Put each category into exactly one group."
                )
            found[dimension] = named
        return found

    def _levels(self, value: Any, tables: Labels, groups: dict[str, Any]) -> Labels:
        if not isinstance(value, dict):
            raise self.refuse("levels", "levels is no object.", "Leave it out: the gate writes it.")
        for table, of in value.items():
            if table not in tables or not isinstance(of, list) or set(map(str, of)) - set(tables[table]) & set(groups):
                raise self.refuse(f"levels.{table}", "No such table, or no such grouped dimension.", "Leave it out.")
        return {table: tuple(of) for table, of in value.items()}

    def _known(self, fact: Any, key: str, dimensions: Labels) -> Known:
        if not isinstance(fact, dict) or set(fact) - {"what", "where", "low", "high", "count", "at", "since"}:
            raise self.refuse(
                key, "This is no fact.", "Give what, where and count (or low and high); at and since where they matter."
            )
        where = fact.get("where", {})
        if not isinstance(where, dict) or set(where) - set(dimensions):
            raise self.refuse(f"{key}.where", "It names no dimension of this release.", "Use: " + ", ".join(dimensions))
        chosen = {}
        for dimension, values in where.items():
            chosen[dimension] = labels(values if isinstance(values, list) else [values], self.where, f"{key}.where")
            if unknown := set(chosen[dimension]) - set(dimensions[dimension]):
                raise self.refuse(f"{key}.where", f"{min(unknown)!r} is no category of {dimension}.", "Correct it.")
        exact = fact.get("count")
        high = exact if exact is not None else fact.get("high")
        low = self._whole(exact if exact is not None else fact.get("low", 0), f"{key}.low", 0, LARGEST_COUNT)
        return Known(
            str(fact.get("what", ""))[:200], chosen, low,
            None if high is None else self._whole(high, f"{key}.high", low, LARGEST_COUNT),
            self._name(fact["at"], f"{key}.at") if fact.get("at") else "",
            self._name(fact["since"], f"{key}.since") if fact.get("since") else "",
        )  # fmt: skip
