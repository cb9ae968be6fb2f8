"""Clarion and other matchers side by side, on the same pairs in the same run.

    python benchmarks/peers.py [labelled|pairs|russian|strangers ...] [--strangers 300]

- ``labelled``: the test half of our labelled set (``labelled_set.py``); who cannot be told apart is left out.
- ``pairs``: the tuning half of nomenklatura's name_bench (the other half is kept by others); ours cross-validated.
- ``russian``: Cyrillic names of Regulation 269/2014 against its Latin listings, and strangers with common surnames.
- ``strangers``: made people of thirteen groups against every list of the evaluation data, as ``fairness.py`` asks.

The last three need CLARION_EVALUATION_DATA. Each matcher stands at the threshold that its makers recommend and at the
best one for these very pairs, which nobody would know beforehand. Seconds are of the processor, in one process. A
matcher that cannot be installed is said and left out.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from beside.environments import NoPeer, Pair, scored, task_of
from beside.likeness import SCORERS, likeness, plain
from beside.shares import interval, worded
from beside.tasks import labelled_pairs, name_bench, nearest, russian_pairs, russian_strangers
from beside.unbound import bits_of

RECOMMENDED = {"logic-v2": 0.7, "logic-v1": 0.7, "Splink": 0.9, "Clarion": 7.5}
"""Splink leaves the threshold to its users; 0.9 is the one of its tutorials. Clarion's is where it begins to ask."""
Scores = dict[str, tuple[np.ndarray, float]]


def main(which: Sequence[str], strangers: int) -> None:
    print(f"load average {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    tasks: dict[str, Callable[[], None]] = {
        "labelled": labelled, "pairs": bare_pairs, "russian": lambda: russian(strangers),
        "strangers": lambda: made_strangers(strangers),
    }  # fmt: skip
    for name in which or tasks:
        if name != "labelled" and "CLARION_EVALUATION_DATA" not in os.environ:
            print(f"-- {name}: CLARION_EVALUATION_DATA is not set")
            continue
        tasks[name]()


def labelled() -> None:
    pairs, true, kinds = labelled_pairs("test")
    print(f"-- labelled set, test half: {true.sum():,} same, {(~true).sum():,} others")
    scores = dict(scores_of(pairs, splink=True))
    compared(scores, true)
    by_kind(scores, kinds, true)


def bare_pairs() -> None:
    pairs, true, ours, threshold = name_bench()
    print(f"-- name_bench, tuning half, bare names: {true.sum()} same, {(~true).sum()} others")
    scores = dict(scores_of(pairs, splink=False, clarion=False)) | {"Clarion": ours}
    compared(scores, true, RECOMMENDED | {"Clarion": threshold})


def russian(count: int) -> None:
    pairs = russian_pairs()
    print(f"-- Regulation 269/2014: {len(pairs):,} Cyrillic names against their Latin listings")
    for name, (found, seconds) in scores_of(pairs, splink=False):
        hits = int((found >= limit(name)).sum())
        print(f"   {name:28} found {worded(hits, len(pairs))}, {len(pairs) / seconds:,.0f} pairs a second")
    for data, people, listed in russian_strangers(count):
        held(f"strangers, {data}", nearest(people, listed), len(people))


def made_strangers(count: int) -> None:
    """Before and after, by group: the people of fairness.py, in Cyrillic, by complete records and by name alone."""
    from beside.lists import persons
    from fairness import RECORDS, asked, people
    from made.peoples import GROUPS

    listed = persons(Path(os.environ["CLARION_EVALUATION_DATA"]))
    for record, title in RECORDS.items():
        for group in GROUPS:
            payees = [asked(one, "cyrillic", record) for one in people(group, "cyrillic", count)]
            held(f"{group}, {title}", nearest(payees, listed), count)


def held(title: str, near: list[list[Pair]], count: int) -> None:
    """The share of people with a hit among the listed names that are nearest by letters: a lower bound for the others,
    since what is farther is not asked. Clarion and the likenesses of letters see the same."""
    pairs = [pair for of_one in near for pair in of_one]
    owner = np.repeat(np.arange(len(near)), [len(of_one) for of_one in near])
    print(f"   {title}: {len(pairs):,} pairs")
    for name, (found, _) in scores_of(pairs, splink=False):
        hits = len(set(owner[found >= limit(name)].tolist()))
        print(f"     {name:28} held up {worded(hits, count)}")


def limit(name: str) -> float:
    return RECOMMENDED[name] if name in RECOMMENDED else SCORERS[name][1]


def scores_of(
    pairs: Sequence[Pair], *, splink: bool, clarion: bool = True
) -> Iterator[tuple[str, tuple[np.ndarray, float]]]:
    """By matcher: the scores of all pairs, and the processor's seconds."""
    if clarion:
        begun = time.process_time()
        ours = np.array(bits_of(pairs))
        yield "Clarion", (ours, time.process_time() - begun)
    task = task_of(pairs)
    try:
        told = scored("nomenklatura", "nomenklatura_scores", task | {"algorithms": ["logic-v2", "logic-v1"]})
        for name in ("logic-v2", "logic-v1"):
            yield name, (np.array(told[name]["scores"]), told[name]["seconds"])
    except NoPeer as reason:
        print(f"   nomenklatura is left out: {reason}")
    for name in SCORERS:
        found, seconds = likeness(name, pairs)
        yield name, (np.array(found), seconds)
    if splink:
        latin = task | {
            "payees": [one | {"name": plain(one["name"])} for one in task["payees"]],
            "parties": [one | {"names": [plain(name) for name in one["names"]]} for one in task["parties"]],
        }
        try:
            told = scored("splink", "splink_scores", latin)
            yield "Splink", (np.array(told["scores"]), told["seconds"])
        except NoPeer as reason:
            print(f"   Splink is left out: {reason}")


def compared(scores: Scores, true: np.ndarray, limits: dict[str, float] = RECOMMENDED) -> None:
    print(f"   {'':28} {'at':>8} {'precision':25} {'recall':25} {'F1':6} {'others held up':25} pairs a second")
    for name, (found, seconds) in scores.items():
        own = limits[name] if name in limits else SCORERS[name][1]
        for at, words in ((own, name), (best(found, true), "  at its best threshold")):
            line(words, at, found >= at, true, seconds if words == name else 0.0)


def best(found: np.ndarray, true: np.ndarray) -> float:
    """The threshold with the largest F1 on these very pairs."""
    order = np.argsort(-found, kind="stable")
    hits, said = np.cumsum(true[order]), np.arange(1, len(true) + 1)
    last = np.r_[found[order][1:] != found[order][:-1], True]  # a threshold takes all of one score
    f1 = np.where(last, 2 * hits / (said + true.sum()), 0.0)
    return float(found[order][int(f1.argmax())])


def line(words: str, at: float, said: np.ndarray, true: np.ndarray, seconds: float) -> None:
    hit, wrong, missed = int((said & true).sum()), int((said & ~true).sum()), int((~said & true).sum())
    shares = [_short(hit, hit + wrong), _short(hit, hit + missed)]
    f1 = 2 * hit / max(1, 2 * hit + wrong + missed)
    pace = f"{len(true) / seconds:,.0f}" if seconds else ""
    print(
        f"   {words:28} {at:8.2f} {shares[0]:25} {shares[1]:25} {f1:6.3f} {_short(wrong, int((~true).sum())):25} {pace}"
    )


def _short(hits: int, of: int) -> str:
    low, high = interval(hits, of)
    return f"{hits / max(of, 1):.3f} ({low:.3f} to {high:.3f})"


def by_kind(scores: Scores, kinds: Sequence[str], true: np.ndarray) -> None:
    """The share of each kind that is found, or held up, at the recommended threshold."""
    names, of = list(scores), np.array(kinds)
    print(f"   {'kind: found, or held up':28} {'pairs':>6} " + " ".join(f"{name[-14:]:>14}" for name in names))
    for kind in sorted(set(kinds), key=lambda kind: (not true[of == kind].all(), kind)):
        chosen = of == kind
        shares = " ".join(f"{(scores[name][0][chosen] >= limit(name)).mean():14.3f}" for name in names)
        print(f"   {kind:28} {chosen.sum():6} {shares}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("which", nargs="*", choices=("labelled", "pairs", "russian", "strangers"))
    parser.add_argument("--strangers", type=int, default=300)
    given = parser.parse_args()
    main(given.which, given.strangers)
