#!/usr/bin/env python3
"""Check a release's certificate: whole numbers only, no solver, nothing of Clarion.

    python checker.py RELEASE_DIR [EARLIER_DIR ...]

This one file is the second program beside ``clarion release``: it reads the tables anew and shares no line with what
made the certificate, so that a fault there does not repeat here. The certificate holds databases (lists of imagined
people). For each the checker adds up every printed number of this release and of all earlier ones, and for each group
of one or two categories, at each release and among those who came between any two, it counts in how many databases the
group is absent or has k people and more. One such database refutes every proof that the group is small. The share must
be at least a fifth at each release and among those who came since the one before it, and a hundredth among those who
came over several releases. Exit code: 0 certified, 2 a group falls short, 3 the certificate or a file cannot be used.
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


def read_json(folder: str, name: str) -> Any:
    try:
        with open(os.path.join(folder, name), encoding="utf-8-sig") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise Unusable(f"{os.path.join(folder, name)} cannot be read: {error}") from error


def sha256_of(folder: str, spec: Any) -> str:
    whole = hashlib.sha256()
    for name in sorted({"release.json", *(t for t in spec["tables"] if t not in spec.get("held", []))}):
        try:
            with open(os.path.join(folder, name), "rb") as file:
                digest = hashlib.sha256(file.read()).hexdigest()
        except OSError as error:
            raise Unusable(f"{os.path.join(folder, name)} cannot be read: {error}") from error
        whole.update(f"{name}:{digest}\n".encode())
    return whole.hexdigest()


def bounds(text: str, spec: Any, zero_shown: bool) -> tuple[int, int | None]:
    """The least and the largest count that a printed text stands for; None: no upper bound."""
    below = re.fullmatch(r"<\s*([0-9]{1,4})", text)
    if below:
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


def printed(folder: str, spec: Any) -> Iterator[tuple[str, Where, int, int | None]]:
    """Every printed number: table, {dimension: categories behind its row}, least, largest."""
    for table, dimensions in spec["tables"].items():
        if table in spec.get("held", []):
            continue
        with open(os.path.join(folder, table), encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        zero_shown = spec["rule"] == "suppress" and any((line["count"] or "").strip() == "0" for line in lines)
        for line in lines:
            row = {}
            for dimension in dimensions:
                label = line[dimension].strip()
                grouped = dimension in spec.get("levels", {}).get(table, [])
                row[dimension] = spec["groups"][dimension][label] if grouped else [label]
            low, high = bounds((line["count"] or "").strip(), spec, zero_shown)
            yield table, row, low, high


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
            row = table.get(key)
            if row:
                total += row[last] - (row[first - 1] if first else 0)
        return total


def constraints(
    folders: list[str], specs: list[Any], dimensions: Where, slots: list[str], exact_population: bool
) -> Iterator[tuple[Where, int, int, int, int | None]]:
    """All that was printed and is declared as known: {dimension: categories}, first slot, last slot, least, largest."""
    for folder, spec in zip(folders, specs, strict=True):
        at = slots.index(spec.get("period") or spec["id"])
        first = 0 if spec["counts"] == "cumulative" else at
        for _, row, low, high in printed(folder, spec):
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
            moment = slots.index(fact.get("at") or spec.get("period") or spec["id"])
            begin = slots.index(fact["since"]) + 1 if fact.get("since") else (0 if first == 0 else moment)
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
            shown = {d for of in spec["tables"].values() for d in of}
            shown |= {d for fact in spec.get("known", []) for d in fact.get("where", {})}
            used = used or dimension in (shown or {next(iter(spec["dimensions"]))})
        if used:
            found[dimension] = list(dict.fromkeys(v for s in specs for v in s["dimensions"].get(dimension, ())))
    return found


def check(folder: str, earlier: list[str], progress: Callable[[float], None] | None = None) -> dict[str, Any]:
    """Check one release. ``earlier``: the folders of all earlier releases, in the order of the certificate;
    ``progress`` is told the share of the databases that were added up.

    Returns {"databases", "targets": [(group, since, at, share, bar)]}, where a group is {dimension: category} and
    ``since`` None for all so far. Raises Unusable.
    """
    certificate = read_json(folder, "certificate.json")
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        raise Unusable("certificate.json is not in the form " + FORMAT)
    folders = [*earlier, folder]
    specs = [read_json(f, "release.json") for f in folders]
    digests = [*certificate["earlier"].values(), certificate["sha256"]]
    if len(digests) != len(folders):
        raise Unusable("the earlier releases are not those of the certificate")
    for f, spec, sha256 in zip(folders, specs, digests, strict=True):
        if sha256_of(f, spec) != sha256:
            raise Unusable(f"{f} is not what was certified: a file was changed")
    if [s["id"] for s in specs[:-1]] != list(certificate["earlier"]):
        raise Unusable("the earlier releases are not those of the certificate")
    own = specs[-1]
    if own["counts"] == "period":
        same = [i for i, s in enumerate(specs) if (s.get("period") or s["id"]) == (own.get("period") or own["id"])]
        folders, specs = [folders[i] for i in same], [specs[i] for i in same]
    slots = list(dict.fromkeys(s.get("period") or s["id"] for s in specs))
    dimensions = together(specs)
    limits = list(constraints(folders, specs, dimensions, slots, certificate["exact_population"]))
    names = list(dimensions)
    groups = [
        dict(zip(chosen, values, strict=True))
        for width in range(0 if own.get("population") is None else 1, 3)
        for chosen in itertools.combinations(names, width)
        for values in itertools.product(*(dimensions[d] for d in chosen))
    ]
    spans = [(first, last) for last in range(len(slots)) for first in range(last + 1)]
    if own["counts"] == "period":
        spans = [(len(slots) - 1, len(slots) - 1)]
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
        (
            group,
            slots[first - 1] if first and own["counts"] == "cumulative" else None,
            slots[last],
            good[s][g] / number,
            SHARE if first in (0, last) else SOME,
        )
        for s, (first, last) in enumerate(spans)
        for g, group in enumerate(groups)
    ]
    return {"databases": number, "targets": shares}


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
    sys.stdout.write(f"{len(found['targets'])} targets, {found['databases']} databases, least share {least:.2f}: "
                     + (f"{len(short)} fall short\n" if short else "certified\n"))  # fmt: skip
    return 2 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
