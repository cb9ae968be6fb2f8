"""Who is held up without being listed, by group of nationality and by alphabet.

    python benchmarks/fairness.py [--people 20000] [--json FILE] [--chart FILE]

Needs CLARION_EVALUATION_DATA. In each of thirteen groups and each alphabet that many people are made of the name tables
(``benchmarks/made``); nobody of them exists, and nobody is listed. They are screened against every list of the
evaluation data, once with given name, patronymic (where the group has one), surname and day of birth, once with given
name and surname alone. Held up is ask or review. ``peers.py`` has the figures of other matchers on the same people.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from beside.lists import persons
from beside.shares import by_chance, interval, ratio, ratio_of_upper_ends, worded
from made.peoples import GROUPS
from made.person import Person, person, written

from clarion.pictures.charts.bars import Bar, interval_bars
from clarion.pictures.charts.render import Frame
from clarion.screening.engine.births import Birth
from clarion.screening.engine.screen import Screen
from clarion.screening.engine.subject import Payee

SEED, AIM = 5, 1.25
RECORDS = {"complete": "given name, patronymic, surname, day of birth", "name": "given name and surname alone"}
Row = dict[str, Any]


def main(count: int, out: Path | None, chart: Path | None) -> None:
    listed = persons(Path(os.environ["CLARION_EVALUATION_DATA"]))
    lists = Counter(party.list for party in listed)
    names = sum(len(party.names) for party in listed)
    print(f"{len(listed):,} listed persons with {names:,} names, of {len(lists)} lists; {count:,} people a row")
    rows = list(measured(Screen(listed), count))
    summaries = {record: summary([row for row in rows if row["record"] == record]) for record in RECORDS}
    for record, title in RECORDS.items():
        told(title, summaries[record])
    if out:
        out.write_text(json.dumps({"people_a_row": count, "persons": len(listed), "lists": dict(lists), "rows": rows,
                                   "summaries": summaries}, indent=1) + "\n", encoding="utf-8")  # fmt: skip
    if chart:
        chart.write_text(drawn(rows, count), encoding="utf-8")


def people(group: str, script: str, count: int) -> list[Person]:
    """The same people for every matcher: a seed of their own for each group and alphabet."""
    draw = random.Random(SEED + zlib.crc32(f"{group} {script}".encode()))
    return [person(GROUPS[group], draw) for _ in range(count)]


def asked(one: Person, script: str, record: str) -> Payee:
    """What a payer types of them."""
    complete = record == "complete"
    parts = (one.given, one.father if complete else "", one.surname)
    name = " ".join(written(part, one.group, script) for part in parts if part)
    return Payee(name, birth=Birth(*one.birth) if complete else None)


def measured(screen: Screen, count: int) -> Iterator[Row]:
    print(f"{'group':12} {'alphabet':9} {'data':9} {'ask':32} {'review':32}")
    for group in GROUPS.values():
        for script in group.scripts:
            made = people(group.id, script, count)
            for record in RECORDS:
                told = outcomes(screen, [asked(one, script, record) for one in made])
                print(f"{group.id:12} {script:9} {record:9} {worded(told['ask'], count):32} "
                      f"{worded(told['review'], count):32}", flush=True)  # fmt: skip
                yield {"group": group.id, "script": script, "record": record, "people": count,
                       "ask": told["ask"], "review": told["review"]}  # fmt: skip


def outcomes(screen: Screen, payees: Sequence[Payee]) -> Counter[str]:
    """How many have each outcome; who is asked for in the same words is screened once."""
    times = Counter(payees)
    told: Counter[str] = Counter()
    for payee, one in zip(times, screen.check_all(list(times)), strict=True):
        told[one.outcome] += times[payee]
    return told


def summary(rows: Sequence[Row]) -> Row:
    """How far groups are apart, and how far alphabets are within the groups that have both."""
    found: Row = {}
    for by in ("group", "script"):
        held, of = Counter[str](), Counter[str]()
        for row in rows:
            if by == "group" or row["script"] in ("cyrillic", "latin"):
                held[row[by]] += row["ask"] + row["review"]
                of[row[by]] += row["people"]
        keys = list(of)
        hits, sizes = [held[key] for key in keys], [of[key] for key in keys]
        shares = {key: (held[key], of[key], *interval(held[key], of[key])) for key in keys}
        found[by] = {
            "held_up": shares, "ratio": ratio(hits, sizes), "ratio_of_upper_ends": ratio_of_upper_ends(hits, sizes),
            "difference": max(a / b for a, b in zip(hits, sizes, strict=True))
            - min(a / b for a, b in zip(hits, sizes, strict=True)),
            "by_chance": by_chance(hits, sizes),
        }  # fmt: skip
    return found


def told(title: str, found: Row) -> None:
    print(f"-- {title}: held up (ask or review)")
    for by, one in found.items():
        for key, (hits, of, _, _) in sorted(one["held_up"].items(), key=lambda pair: -pair[1][0] / pair[1][1]):
            print(f"   {key:12} {worded(hits, of)}, {hits:,} of {of:,}")
        largest = "none: somewhere nobody was held up" if one["ratio"] is None else f"{one['ratio']:.2f}"
        print(f"   largest over smallest by {by}: {largest} (aim {AIM}); of the upper ends "
              f"{one['ratio_of_upper_ends']:.2f}; difference {one['difference']:.3%}; "
              f"so far apart by chance alone: {one['by_chance']:.2g}")  # fmt: skip


def drawn(rows: Sequence[Row], count: int) -> str:
    """Shares held up by given name and surname alone, where there is something to see."""
    shares = summary([row for row in rows if row["record"] == "name"])["group"]["held_up"]
    bars = [Bar(GROUPS[key].title, hits / of, low, high, f"{hits / of:.1%}")
            for key, (hits, of, low, high) in sorted(shares.items(), key=lambda one: -one[1][2])]  # fmt: skip
    words = "Shares of made people who are not listed, asked for by given name and surname alone, that are held up"
    return interval_bars(bars, Frame("Held up by name alone", words, prefix="fairness", standalone=True),
                         axis=f"Share held up, {count:,} people a row", form=".0%")  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--chart", type=Path, help="file for the chart (SVG)")
    given = parser.parse_args()
    main(given.people, given.json, given.chart)
