"""What a specification asks for under ``amounts``: tables of sums of one column, in one currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from clarion.release.errors import ReleaseError
from clarion.release.labels import Labels

CENTS = 100
LARGEST = 10**12
"""Of one recipient, in whole units of the currency."""
_NEVER = re.compile(
    r"(?:^|[^a-z])(?:means?|averages?|medians?|min|max|minimum|maximum|least|largest|smallest|extremes?|quantiles?|"
    r"percentiles?|deviation)(?:$|[^a-z])",
    re.I,
)
_KEYS = {"column", "currency", "currency_column", "tables", "dominance", "p_percent", "round", "statistic"}
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Amounts:
    """``column`` of the list holds what each recipient received, in ``currency`` (``currency_column`` says it line by
    line, where there is one). A sum leaves if the ``n`` largest contributors have less than ``share`` of it and the
    others, without the second largest, at least ``p`` per cent of the largest; rounded to ``base``, or shown as one of
    ``bands`` (their lower ends), all in whole units of the currency."""

    column: str
    currency: str
    tables: Labels
    n: int = 1
    share: float = 0.5
    p: float = 10.0
    base: int = 100
    bands: tuple[int, ...] = ()
    currency_column: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As it is written to ``release.json``."""
        said: dict[str, Any] = {
            "column": self.column, "currency": self.currency, "tables": {t: list(d) for t, d in self.tables.items()},
            "dominance": {"n": self.n, "share": self.share}, "p_percent": self.p,
            "round": list(self.bands) if self.bands else self.base,
        }  # fmt: skip
        return said | ({"currency_column": self.currency_column} if self.currency_column else {})


class Reader(Protocol):
    """What this needs of the specification's reader."""

    def refuse(self, key: str, what: str, step: str) -> ReleaseError: ...
    def tables(self, value: Any, dimensions: Labels, key: str) -> Labels: ...


def read_amounts(reader: Reader, data: Any, dimensions: Labels, counts: Labels) -> Amounts:
    """Parse the key ``amounts``; ``counts``: the tables of counts, whose names are taken.

    Raises
    ------
    ReleaseError: it asks for a mean, a median or an extreme, lacks a key or holds a value that cannot be used.
    """
    if not isinstance(data, dict):
        raise reader.refuse("amounts", "amounts is no object.", 'Write it like {"column": "grant_eur", ...}.')
    wanted = [key for key in data if _NEVER.search(key)] + [str(data.get("statistic", "sum"))]
    if bad := next((w for w in wanted if w != "sum"), None):
        raise reader.refuse(
            "amounts", f"{bad!r} never leaves: a mean, a median or an extreme of few people is one person's amount.",
            "Ask for sums.",
        )  # fmt: skip
    if further := sorted(set(data) - _KEYS):
        raise reader.refuse("amounts", f"The key {further[0]!r} is not known.", "Known: " + ", ".join(sorted(_KEYS)))
    column, currency = data.get("column"), data.get("currency")
    if not isinstance(column, str) or not column.strip() or column in dimensions:
        raise reader.refuse("amounts.column", f"{column!r} is no column of amounts.", "Name a column of the list.")
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise reader.refuse("amounts.currency", f"{currency!r} is no currency.", "Give one ISO 4217 code, such as EUR.")
    by_line = data.get("currency_column", "")
    if not isinstance(by_line, str):
        raise reader.refuse("amounts.currency_column", "This is no column.", "Name a column of the list.")
    tables = reader.tables(data.get("tables"), dimensions, "amounts.tables")
    if taken := {t.casefold() for t in tables} & {t.casefold() for t in counts}:
        raise reader.refuse("amounts.tables", f"{min(taken)!r} is a table of counts already.", "Rename one of them.")
    rule = data.get("dominance", {})
    if not isinstance(rule, dict) or set(rule) - {"n", "share"}:
        raise reader.refuse("amounts.dominance", "This is no dominance rule.", 'Write {"n": 1, "share": 0.5}.')
    n = rule.get("n", 1)
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 10:
        raise reader.refuse("amounts.dominance.n", f"{n!r} is not a whole number from 1 to 10.", "Correct it.")
    base, bands = _rounding(reader, data.get("round", 100))
    share = _number(reader, rule.get("share", 0.5), "amounts.dominance.share", 0.01, 1.0)
    p = _number(reader, data.get("p_percent", 10), "amounts.p_percent", 1, 100)
    return Amounts(column.strip(), currency, tables, n, share, p, base, bands, by_line.strip())


def _number(reader: Reader, value: Any, key: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise reader.refuse(key, f"{value!r} is not a number from {low:g} to {high:g}.", "Give such a number.")
    return float(value)


def _rounding(reader: Reader, value: Any) -> tuple[int, tuple[int, ...]]:
    def whole(item: Any) -> bool:
        return isinstance(item, int) and not isinstance(item, bool) and 0 <= item <= LARGEST

    if whole(value) and value >= 1:
        return value, ()
    rises = isinstance(value, list) and len(value) > 1 and all(map(whole, value)) and value == sorted(set(value))
    if rises and value[0] == 0:
        return 0, tuple(value)
    raise reader.refuse(
        "amounts.round", "Sums are rounded to a whole number, or shown in bands that begin with 0 and rise.",
        "Give a number such as 100, or bands such as [0, 1000, 5000].",
    )  # fmt: skip
