#!/usr/bin/env python3
"""Check a release's certificate: whole numbers only, no solver, nothing of Clarion.

    python checker.py RELEASE_DIR [EARLIER_DIR ...]

It reads the tables anew and shares no line with what made the certificate. The certificate holds databases (lists of
imagined people). The checker adds up every printed number in each and counts, for each group of one or two categories,
at each release and among those who came between any two, in how many the group is absent or has k people and more. One
such database refutes every proof that the group is small. The share must be a fifth, and a hundredth among those who
came over several releases. Exit code: 0 certified, 2 a group falls short, 3 a file cannot be used.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

Where = dict[str, list[str]]  # dimension: categories
Cells = dict[tuple[int, tuple[str, ...]], int]  # (slot, category of each dimension): people
FORMAT = "clarion-release-certificate/1"
SHARE, SOME = 0.2, 0.01


class Unusable(Exception):
    """The certificate does not belong to these files, or is not in its form."""


def tables_of(spec: Any) -> dict[str, list[str]]:
    """The tables of counts and of sums that are there, with their dimensions."""
    every = {**spec["tables"], **((spec.get("amounts") or {}).get("tables") or {})}
    return {table: of for table, of in every.items() if table not in spec.get("held", [])}


def read_json(folder: str, name: str) -> Any:
    try:
        with open(os.path.join(folder, name), encoding="utf-8-sig") as file:
            return json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise Unusable(f"{os.path.join(folder, name)} cannot be read: {error}") from error


def sha256_of(folder: str, spec: Any) -> str:
    lines = ""
    for name in sorted({"release.json", *tables_of(spec)}):
        try:
            with open(os.path.join(folder, name), "rb") as file:
                lines += f"{name}:{hashlib.sha256(file.read()).hexdigest()}\n"
        except OSError as error:
            raise Unusable(f"{os.path.join(folder, name)} cannot be read: {error}") from error
    return hashlib.sha256(lines.encode()).hexdigest()


def bounds(text: str, spec: Any, zero_shown: bool) -> tuple[int, int | None]:
    """The least and the largest count that a printed text stands for; None: no upper bound."""
    if below := re.fullmatch(r"<\s*([0-9]{1,4})", text):
        return (1 if zero_shown else 0), int(below.group(1)) - 1
    if re.fullmatch(r"[0-9]{1,8}", text):
        count = int(text)
        if spec["rule"] == "round5":
            if count % 5:
                raise Unusable(f"the count {text} of {spec['id']} is not rounded to fives")
            return max(0, count - 2), count + 2
        return count, count
    if text not in ("", "*", "-", "..", ":", "c", "x"):
        raise Unusable(f"a count of {spec['id']} cannot be read")
    return ((1 if zero_shown else 0), spec["k"] - 1) if spec["rule"] == "suppress" else (0, None)


def behind(spec: Any, table: str, dimension: str) -> Where:
    """{label of a row: the categories that it stands for}; without those inside Russia where they are left out."""
    above, merged = spec.get("hierarchy", {}).get(dimension, {}), spec.get("merged", {}).get(table, {})
    found: Where = {}
    for category in spec["dimensions"][dimension]:
        if table not in spec.get("outside", []) or category not in protected(spec).get(dimension, ()):
            label = step = category
            for _ in above:
                step = above.get(step, step)
                label = step if step in merged.get(dimension, ()) else label
            found.setdefault(label, []).append(category)
    return found


def protected(spec: Any) -> Where:
    """{dimension: categories inside Russia and in occupied territories}"""
    return {p["dimension"]: [*p.get("inside", []), *p.get("occupied", {})] for p in spec.get("place", [])}


def table_rows(folder: str, spec: Any, table: str, dimensions: list[str], column: str) -> list[tuple[Where, str]]:
    """Every row of a table: {dimension: categories behind it} and its number as text."""
    with open(os.path.join(folder, table), encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    rows = {d: behind(spec, table, d) for d in dimensions}
    left_out = protected(spec) if table in spec.get("outside", []) else {}
    others = {d: [v for v in spec["dimensions"][d] if v not in left_out[d]] for d in left_out if d not in dimensions}
    return [({**others, **{d: rows[d][line[d].strip()] for d in dimensions}}, (line[column] or "").strip())
            for line in lines]  # fmt: skip


def printed(folder: str, spec: Any) -> Iterator[tuple[Where, int, int | None]]:
    """Every printed count, {dimension: categories behind its row}, least, largest; and for each printed sum that it has
    k contributors at least."""
    for table, dimensions in tables_of(spec).items():
        if table in spec["tables"]:
            rows = table_rows(folder, spec, table, dimensions, "count")
            zero_shown = spec["rule"] == "suppress" and any(text == "0" for _, text in rows)
            yield from ((row, *bounds(text, spec, zero_shown)) for row, text in rows)
    for printed_sums in sums(folder, spec).values():
        yield from ((row, spec["k"], None) for row, text, _, _ in printed_sums if text)


def sums(folder: str, spec: Any) -> dict[str, list[tuple[Where, str, int, int | None]]]:
    """The tables of sums: categories behind each row, its text, and the sum's bounds in hundredths."""
    found = {}
    for table, dimensions in tables_of(spec).items():
        if table not in spec["tables"]:
            rows = table_rows(folder, spec, table, dimensions, "amount")
            found[table] = [(row, text, *sum_bounds(text, spec["amounts"]["round"], spec["id"])) for row, text in rows]
    return found


def sum_bounds(text: str, rounding: Any, name: str) -> tuple[int, int | None]:
    if not text:
        return 0, None
    if isinstance(rounding, list):
        for low, high in zip(rounding, [*rounding[1:], None], strict=True):
            if text == (f"{low}+" if high is None else f"{low}-{high}"):
                return 100 * low, None if high is None else 100 * high - 1
    elif re.fullmatch(r"[0-9]{1,15}", text) and int(text) % rounding == 0:
        return max(0, 100 * int(text) - 50 * rounding), 100 * int(text) + 50 * rounding - 1
    raise Unusable(f"a sum of {name} is not rounded as it says")


def totals_agree(folder: str, spec: Any) -> int:
    """Count the sums after comparing each with its parts in finer tables."""
    every, outside = sums(folder, spec), spec.get("outside", [])
    for (one, coarse), (two, fine) in itertools.permutations(every.items(), 2):
        for row, text, low, high in coarse if (one in outside) == (two in outside) else ():
            parts = [p for p in fine if all(set(p[0].get(d, v)) <= set(v) for d, v in row.items())]
            covered = all({c for p in parts for c in p[0].get(d, v)} >= set(v) for d, v in row.items())
            if text and covered and set(row) < set(fine[0][0]):
                least, most = sum(p[2] for p in parts), sum(p[3] or 0 for p in parts)
                if (high is not None and least > high) or (all(p[3] is not None for p in parts) and most < low):
                    raise Unusable(f"a sum in {one} is not that of its parts in {two}")
    return sum(text != "" for rows in every.values() for _, text, _, _ in rows)


class Sums:
    """How many people of one database are in any set of categories, so far, at each slot."""

    def __init__(self, cells: Cells, dimensions: list[str], slots: int) -> None:
        self.cells, self.dimensions, self.slots = cells, dimensions, slots
        self.kept: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}

    def by(self, chosen: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
        """{categories of the chosen dimensions: [people so far at each slot]}"""
        if chosen not in self.kept:
            axes = [self.dimensions.index(d) for d in chosen]
            table: dict[tuple[str, ...], list[int]] = {}
            for (slot, cell), people in self.cells.items():
                key = tuple(cell[a] for a in axes)
                table.setdefault(key, [0] * self.slots)[slot] += people
            self.kept[chosen] = {key: list(itertools.accumulate(row)) for key, row in table.items()}
        return self.kept[chosen]

    def between(self, where: Where, first: int, last: int) -> int:
        """People in the given categories who came in the slots ``first`` to ``last``."""
        chosen = tuple(d for d in self.dimensions if d in where)
        table = self.by(chosen)
        total = 0
        for key in itertools.product(*(where[d] for d in chosen)):
            if row := table.get(key):
                total += row[last] - (row[first - 1] if first else 0)
        return total


def months(period: str) -> tuple[int, int]:
    """First and last month, since the year 0, of 2026, 2026-H1, 2026-Q3, 2026-07, or of two of them joined by "_"."""
    ends = []
    for part in period.split("_"):
        found = re.fullmatch(r"([0-9]{4})(?:-(?:(Q)([1-4])|(H)([12])|([0-9]{2})))?", part)
        if not found:
            raise Unusable(f"{period} is no period of a calendar")
        year, q, quarter, h, half, month = found.groups()
        long = 3 if q else 6 if h else 1 if month else 12
        begin = 12 * int(year) + long * (int(quarter or half or month or 1) - 1)
        ends += [begin, begin + long - 1]
    return ends[0], ends[-1]


def month_name(last: int, calendar: str) -> str:
    """The calendar's period that ends with a month."""
    year, month = divmod(last, 12)
    ending = {"month": f"-{month + 1:02}", "quarter": f"-Q{month // 3 + 1}", "half-year": f"-H{month // 6 + 1}"}
    return f"{year:04}" + ending.get(calendar, "")


def timeline(specs: list[Any]) -> tuple[list[str], dict[int, tuple[int, int]]]:
    """Names of the slots, and for each release that matters (by its place) the first and last slot that it counts."""
    own = specs[-1]
    if len({s["counts"] for s in specs}) > 1 and not (own.get("calendar") and own.get("start")):
        raise Unusable("counts since the start and within a period are mixed without a calendar and a start")
    if not own.get("calendar"):
        names = [s.get("period") or s["id"] for s in specs]
        if own["counts"] == "period":
            return [names[-1]], {i: (0, 0) for i, name in enumerate(names) if name == names[-1]}
        slots = list(dict.fromkeys(names))
        return slots, {i: (0, slots.index(name)) for i, name in enumerate(names)}
    begin, spans = months(own.get("start") or "0000")[0], [months(s.get("period") or s["id"]) for s in specs]
    spans = [(begin, b) if s["counts"] == "cumulative" else (a, b) for s, (a, b) in zip(specs, spans, strict=True)]
    near, size = {len(specs) - 1}, 0
    while len(near) > size:
        size = len(near)
        near |= {i for i, (a, b) in enumerate(spans) if any(a <= spans[j][1] and spans[j][0] <= b for j in near)}
    cuts = sorted({spans[i][0] for i in near} | {spans[i][1] + 1 for i in near})
    slots = [month_name(cut - 1, own["calendar"]) for cut in cuts[1:]]
    return slots, {i: (cuts.index(spans[i][0]), cuts.index(spans[i][1] + 1) - 1) for i in sorted(near)}


def slot_of(period: str, slots: list[str], calendar: str) -> int:
    return slots.index(month_name(months(period)[1], calendar) if calendar else period)


def constraints(
    folders: list[str], specs: list[Any], dimensions: Where, slots: list[str], windows: dict[int, tuple[int, int]],
    exact_population: bool,
) -> Iterator[tuple[Where, int, int, int, int | None]]:  # fmt: skip
    """All that was printed and is declared as known: {dimension: categories}, first slot, last slot, least, largest."""
    for folder, spec, (first, at) in zip(folders, specs, windows.values(), strict=True):
        for row, low, high in printed(folder, spec):
            # A row speaks of the release's own categories in the dimensions that it sums over, too.
            yield {d: v for d, v in row.items() if d in dimensions}, first, at, low, high
        for dimension, values in spec["dimensions"].items():
            further = [v for v in dimensions.get(dimension, ()) if v not in values]
            if further:
                yield {dimension: further}, first, at, 0, 0
        if spec.get("population") is not None:
            total = exact_population and spec.get("population_is") != "at most"
            yield {}, first, at, spec["population"] if total else 0, spec["population"]
        for fact in spec.get("known", []):
            if "person" in fact:
                continue
            moment = slot_of(fact["at"], slots, spec.get("calendar", "")) if fact.get("at") else at
            since = slot_of(fact["since"], slots, spec.get("calendar", "")) if fact.get("since") else -1
            begin = since + 1 if since >= 0 else (0 if first == 0 else moment)
            low = fact["count"] if fact.get("count") is not None else fact.get("low", 0)
            high = fact["count"] if fact.get("count") is not None else fact.get("high")
            where = {d: v if isinstance(v, list) else [v] for d, v in fact.get("where", {}).items()}
            yield {d: v for d, v in where.items() if d in dimensions}, begin, moment, low, high


def databases(certificate: Any, dimensions: Where, slots: list[str]) -> Iterator[Cells]:
    shape = [len(v) for v in dimensions.values()]
    cells = math.prod(shape)
    values = list(dimensions.values())
    for text in certificate["databases"]:
        found: Cells = {}
        for word in text.split():
            code, _, people = word.partition("x")
            if not re.fullmatch("[0-9]+", code) or not re.fullmatch("[0-9]+", people or "1"):
                raise Unusable("a database of the certificate is not made of whole numbers")
            slot, cell = divmod(int(code), cells)
            if slot >= len(slots):
                raise Unusable("a database of the certificate has a cell too many")
            place = []
            for axis in range(len(shape) - 1, -1, -1):
                cell, index = divmod(cell, shape[axis])
                place.append(values[axis][index])
            key = (slot, tuple(reversed(place)))
            found[key] = found.get(key, 0) + int(people or 1)
        yield found


def together(specs: list[Any]) -> Where:
    """The dimensions that any release's tables or known facts speak of, with all their categories."""
    found: Where = {}
    for dimension in dict.fromkeys(d for spec in specs for d in spec["dimensions"]):
        used = False
        for spec in specs:
            tables = [*spec["tables"].values(), *((spec.get("amounts") or {}).get("tables") or {}).values()]
            shown = {d for of in tables for d in of} | set(protected(spec))
            shown |= {d for fact in spec.get("known", []) for d in fact.get("person", fact.get("where", {}))}
            used = used or dimension in (shown or {next(iter(spec["dimensions"]))})
        if used:
            found[dimension] = list(dict.fromkeys(v for s in specs for v in s["dimensions"].get(dimension, ())))
    return found


def check(folder: str, earlier: list[str], progress: Callable[[float], None] | None = None) -> dict[str, Any]:
    """Check one release. ``earlier``: the folders of all earlier releases, in the order of the certificate;
    ``progress`` is told the share of the databases that were added up.

    Returns {"databases", "targets": [(group, since, at, share, bar)], "sums", "commitment"}, where a group is
    {dimension: category} and ``since`` None for all so far. Raises Unusable.
    """
    certificate = read_json(folder, "certificate.json")
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        raise Unusable("certificate.json is not in the form " + FORMAT)
    folders = [*earlier, folder]
    specs = [read_json(f, "release.json") for f in folders]
    digests = [*certificate["earlier"].values(), certificate["sha256"]]
    if len(digests) != len(folders) or [s["id"] for s in specs[:-1]] != list(certificate["earlier"]):
        raise Unusable("the earlier releases are not those of the certificate")
    for f, spec, sha256 in zip(folders, specs, digests, strict=True):
        if sha256_of(f, spec) != sha256:
            raise Unusable(f"{f} is not what was certified: a file was changed")
    own = specs[-1]
    slots, windows = timeline(specs)
    folders, specs = [folders[i] for i in windows], [specs[i] for i in windows]
    dimensions = together(specs)
    said = constraints(folders, specs, dimensions, slots, windows, certificate["exact_population"])
    limits = [others(limit, specs, slots) for limit in said]
    commitment = str((certificate.get("amounts") or {}).get("commitment", ""))
    number_of_sums = totals_agree(folder, own)
    if number_of_sums and not re.fullmatch("[0-9a-f]{64}", commitment):
        raise Unusable("there are sums, and no commitment to the list behind them")
    names = list(dimensions)
    groups = [
        dict(zip(chosen, values, strict=True))
        for width in range(0 if own.get("population") is None else 1, 3)
        for chosen in itertools.combinations(names, width)
        for values in itertools.product(*(dimensions[d] for d in chosen))
    ]
    spans = [(first, last) for last in range(len(slots)) for first in range(last + 1)]
    good = [[0] * len(groups) for _ in spans]
    number = 0
    for cells in databases(certificate, dimensions, slots):
        number += 1
        sums = Sums(cells, names, len(slots))
        for where, first, last, low, high in limits:
            people = sums.between(where, first, last)
            if people < low or (high is not None and people > high):
                raise Unusable(f"database {number} of the certificate does not agree with what was printed")
        for g, group in enumerate(groups):
            row = sums.by(tuple(group)).get(tuple(group.values())) or [0] * len(slots)
            for s, (first, last) in enumerate(spans):
                people = row[last] - (row[first - 1] if first else 0)
                good[s][g] += people == 0 or people >= own["k"]
        if progress:
            progress(number / len(certificate["databases"]))
    if number < 100:
        raise Unusable("the certificate holds fewer than 100 databases")
    shares = [
        (group, slots[first - 1] if first else None, slots[last], good[s][g] / number, bar_of(first, last))
        for s, (first, last) in enumerate(spans)
        for g, group in enumerate(groups)
    ]
    return {"databases": number, "targets": shares, "sums": number_of_sums, "commitment": commitment}


def bar_of(first: int, last: int) -> float:
    return SHARE if first in (0, last) else SOME


def others(limit: Any, specs: list[Any], slots: list[str]) -> Any:
    """A limit without the insiders whom it counts: what is known of the others."""
    where, first, last, low, high = limit
    insiders = {
        (fact["what"], tuple(sorted(fact["person"].items())),
         slot_of(fact.get("at") or spec.get("period") or spec["id"], slots, spec.get("calendar", "")))
        for spec in specs for fact in spec.get("known", []) if "person" in fact
    }  # fmt: skip
    inside = sum(
        first <= slot <= last and all(dict(person).get(d) in values for d, values in where.items())
        for _, person, slot in insiders
    )
    return where, first, last, max(0, low - inside), None if high is None else high - inside


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(__doc__)
        return 0 if arguments else 3
    try:
        found = check(arguments[0], arguments[1:])
    except Unusable as fault:
        sys.stderr.write(f"not certified: {fault}\n")
        return 3
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        sys.stderr.write(f"not certified: a file is not in its form ({type(fault).__name__}: {fault})\n")
        return 3
    short = [t for t in found["targets"] if t[3] < t[4]]
    least = min((t[3] for t in found["targets"] if t[4] == SHARE), default=1.0)
    if found["sums"]:
        sys.stdout.write(f"{found['sums']} sums: rounding, totals and k contributors hold; the rest was decided on a "
                         f"list not seen here (commitment {found['commitment'][:16]}...)\n")  # fmt: skip
    sys.stdout.write(f"{len(found['targets'])} targets, {found['databases']} databases, least share {least:.2f}: "
                     + (f"{len(short)} fall short\n" if short else "certified\n"))  # fmt: skip
    return 2 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
