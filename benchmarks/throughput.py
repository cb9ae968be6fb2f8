"""How fast screening is, beside logic-v2 in the same run, and what blocking leaves out.

    python benchmarks/throughput.py [pairs|recall|one|api|batch|cost ...] [--persons 20000] [--payees 1000000]
        [--sample 400] [--chart FILE]

- ``pairs``: fully scored pairs a second and core after blocking; logic-v2 on pairs of the same names.
- ``recall``: blocking against every listed name weighed for ``--sample`` payees (``beside/brute.py``).
- ``one``: one question at a time, in this process. ``api``: the same through a desk of its own over HTTP.
- ``batch``: ``--payees`` payees against ``--persons`` listed with three names each, by two processes of
  ``clarion screening batch``; their time, and the resident memory of both together at its highest.
- ``cost``: against the size of the list, and of the batch (a hundredth of ``--payees`` at most).
  ``--chart`` draws it.

With all of them at full size it runs for half an hour of two cores. Lists and payees are made
(``beside/crowded.py``); no evaluation data is needed.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from beside.brute import weights
from beside.crowded import listed, payees
from beside.environments import NoPeer, scored, task_of
from beside.served import through_api, two_batches
from beside.shares import worded

from clarion.pictures.charts.render import Frame, render
from clarion.screening.engine.screen import FLOOR, Screen
from clarion.screening.engine.subject import PERSON, Payee
from clarion.screening.engine.words import parts_of

AIMS = {"pairs": 300_000, "times": 100, "recall": 0.9995, "one": 5.0, "api": 30.0, "minutes": 10.0, "memory": 2000.0}
ASK = 7_500


def main(which: Sequence[str], persons: int, count: int, sample: int, chart: Path | None) -> None:
    print(f"load average {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores, nice {os.nice(0)}")
    for name in which or ("pairs", "recall", "one", "api", "batch", "cost"):
        print(f"-- {name}")
        if name == "pairs":
            pairs(persons)
        elif name == "recall":
            recall(persons, sample)
        elif name == "one":
            told_ms("one", _each(screen(persons), list(payees(2_000, 9))))
        elif name == "api":
            told_ms("api", through_api(listed(persons), list(payees(1_000, 9))))
        elif name == "batch":
            batch(persons, count)
        else:
            cost(persons, count // 100, chart)


@cache
def screen(persons: int) -> Screen:
    return Screen(listed(persons))


def pairs(persons: int) -> None:
    index = screen(persons)._by_kind[PERSON].index
    parts = [parts_of(payee, PERSON)[0] for payee in payees(20_000, 3)]
    index.search(parts[:10], FLOOR)  # compiled
    for words in ("with words met for the first time", "with known words"):
        begun = time.process_time()
        compared = index.search(parts, FLOOR).compared
        pace = compared / (time.process_time() - begun)
        print(f"   {words}: {compared:,} pairs, {pace:,.0f} a second and core")
    print(f"   aim {AIMS['pairs']:,}: {'met' if pace >= AIMS['pairs'] else 'missed'}")
    draw, held = random.Random(4), screen(persons).parties
    asked = [(payee, draw.choice(held)) for payee in payees(3_000, 3)]
    try:
        told = scored("nomenklatura", "nomenklatura_scores", task_of(asked) | {"algorithms": ["logic-v2"]})["logic-v2"]
    except NoPeer as reason:
        print(f"   logic-v2 is left out: {reason}")
        return
    # A listed person has three names; ours count each as a pair, theirs compares them together.
    theirs = 3 * len(asked) / told["seconds"]
    print(f"   logic-v2: {theirs:,.0f} pairs of names a second and core ({theirs / 3:,.0f} persons); "
          f"ours is {pace / theirs:,.0f} times as fast (aim {AIMS['times']})")  # fmt: skip


def recall(persons: int, sample: int) -> None:
    index = screen(persons)._by_kind[PERSON].index
    asked = list(payees(sample, 5, near=list(screen(persons).parties)))
    parts = [parts_of(payee, PERSON)[0] for payee in asked]
    reached = missed = 0
    worst: list[tuple[int, str, str]] = []
    for first in range(0, sample, 20):
        some = parts[first : first + 20]
        every, found = weights(index, some), index.search(some, FLOOR)
        with_blocking = np.full(every.shape, np.iinfo(np.int32).min, np.int32)
        with_blocking[found.asked, found.name] = found.weight
        over = every >= ASK
        reached += int((over & (with_blocking == every)).sum())
        for at, name in zip(*np.nonzero(over & (with_blocking != every)), strict=True):
            missed += 1
            listed_name = " ".join(word.text for word, _ in index.names[name])
            worst.append((int(every[at, name]), asked[first + at].name, listed_name))
    print(f"   {sample} payees against {len(index.names):,} names, pairs of 7.5 bits and more that blocking brings up "
          f"with the same weight: {worded(reached, reached + missed)}, {reached:,} of {reached + missed:,}; "
          f"aim {AIMS['recall']:.2%}")  # fmt: skip
    for weight, mine, theirs in sorted(worst, reverse=True)[:5]:
        print(f"     left out, {weight / 1000:.1f} bits: {mine} / {theirs}")


def _each(held: Screen, asked: Sequence[Payee]) -> list[float]:
    held.check(asked[0])
    found = []
    for payee in asked:
        begun = time.perf_counter()
        held.check(payee)
        found.append(1000 * (time.perf_counter() - begun))
    return found


def told_ms(name: str, times: Sequence[float]) -> None:
    p50, p95, p99 = np.quantile(times, (0.5, 0.95, 0.99))
    verdict = "met" if p95 < AIMS[name] else "missed"
    print(
        f"   {len(times):,} questions: p50 {p50:.1f} ms, p95 {p95:.1f} ms (aim {AIMS[name]:.0f}: {verdict}), "
        f"p99 {p99:.1f} ms"
    )


def batch(persons: int, count: int) -> None:
    seconds, memory, counts, used = two_batches(listed(persons), count)
    print(f"   {count:,} payees against {3 * persons:,} names by two processes: {seconds / 60:.1f} minutes "
          f"(aim {AIMS['minutes']:.0f}), {count / seconds:,.0f} a second, {used / 60:.1f} minutes of the processor; "
          f"{memory:,.0f} MB at most (aim {AIMS['memory']:,.0f})")  # fmt: skip
    print(f"   answers: {counts}")


def cost(persons: int, step: int, chart: Path | None) -> None:
    rows = []
    asked = list(payees(step, 6))
    screen(persons).check_all(asked)  # compiled, and the words read; what is measured is the comparison
    for size in dict.fromkeys((max(1, persons // 60), persons // 20, persons // 6, persons // 2, persons)):
        begun = time.process_time()
        held = Screen(listed(size))
        built = time.process_time() - begun
        begun = time.process_time()
        held.check_all(asked)
        rows.append({"what": "list", "size": 3 * size, "ms": 1000 * (time.process_time() - begun) / step})
        print(f"   {3 * size:7,} names: {rows[-1]['ms']:.3f} ms a payee (batch of {step:,}); read in {built:.1f} s")
    for size in dict.fromkeys((max(1, step // 100), max(1, step // 10), step)):
        held = Screen(listed(persons))  # nothing known of earlier payees
        held.check(asked[0])
        begun = time.process_time()
        held.check_all(list(payees(size, 7)))
        rows.append({"what": "batch", "size": size, "ms": 1000 * (time.process_time() - begun) / size})
        print(f"   {size:9,} payees: {rows[-1]['ms']:.3f} ms a payee ({3 * persons:,} names)")
    if chart:
        chart.write_text(drawn(rows), encoding="utf-8")


def drawn(rows: list[dict[str, object]]) -> str:
    """Cost of a payee against the size of the list and of the batch."""
    titles = {"list": "names on the list", "batch": "payees in the batch"}
    key = {"field": "of", "type": "nominal", "legend": {"title": None, "orient": "top", "symbolFillColor": "white"}}
    spec = {
        "data": {"values": [row | {"of": titles[str(row["what"])]} for row in rows]},
        "width": 360, "height": 200, "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "size", "type": "quantitative", "scale": {"type": "log"},
                  "axis": {"title": None, "format": "~s", "tickCount": 5}},
            "y": {"field": "ms", "type": "quantitative", "axis": {"title": "milliseconds a payee"}},
            "strokeDash": key | {"legend": None}, "shape": key,
        },
    }  # fmt: skip
    words = "Milliseconds of one core for a payee, by the number of names on the list and of payees in the batch"
    return render(spec, Frame("Cost of a payee", words, prefix="cost", standalone=True))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("which", nargs="*", choices=("pairs", "recall", "one", "api", "batch", "cost"))
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--payees", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--chart", type=Path)
    given = parser.parse_args()
    main(given.which, given.persons, given.payees, given.sample, given.chart)
