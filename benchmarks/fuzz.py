"""Every parser of what comes from outside, on changed copies of a valid input, for ten minutes.

    python benchmarks/fuzz.py [SECONDS [SEED [PARSER ...]]]

The parsers and the changes are those of ``tests/attacks``; there hypothesis draws a few hundred of them, here a
generator draws as many as fit. The seconds are shared by the parsers, or by those that are named. Whatever comes out
but an answer or a plain refusal is printed with what brings it back.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests" / "attacks"
sys.path.insert(0, str(TESTS))
STUCK = 30  # seconds


def prepare(home: str) -> None:
    os.environ |= {"CLARION_HOME": home, "DJANGO_SETTINGS_MODULE": "clarion.desk.settings"}
    from clarion.desk.setup import django_ready

    django_ready()


def late(*_: object) -> None:
    raise TimeoutError(f"still at work after {STUCK} seconds")


def draw(chance: random.Random) -> list[tuple[int, float, float, int]]:
    from mutate import KINDS

    return [
        (chance.randrange(KINDS), chance.random(), chance.random(), chance.randrange(256))
        for _ in range(chance.choice((1, 1, 2, 3, 5)))
    ]


def main(seconds: str = "600", seed: str = "1", *only: str) -> int:
    with tempfile.TemporaryDirectory() as place:
        prepare(place)
        from parsers import parsers

        signal.signal(signal.SIGALRM, late)
        every = [parser for parser in parsers() if not only or parser.name in only]
        if not every:
            raise SystemExit(f"No such parser. There are: {', '.join(parser.name for parser in parsers())}")
        each = float(seconds) / len(every)
        bad = total = 0
        for parser in every:
            folder = Path(tempfile.mkdtemp(dir=place))
            data, path = parser.seed(folder), folder / f"changed{parser.suffix}"
            path.write_bytes(data)
            parser.read(path)  # what it imports is no part of a case
            chance, said, slowest, end = (
                random.Random(f"{seed}{parser.name}"),
                Counter[str](),
                0.0,
                time.monotonic() + each,
            )
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            while time.monotonic() < end:
                steps = draw(chance)
                path.write_bytes(parser.change(data, steps))
                signal.alarm(STUCK)
                began = time.monotonic()
                try:
                    parser.read(path)
                    said["read"] += 1
                except parser.refusals:
                    said["refused"] += 1
                except (KeyboardInterrupt, SystemExit):
                    raise
                except BaseException as error:  # noqa: BLE001 - a panic of a library is no Exception
                    said["failed"] += 1
                    if said["failed"] <= 3:
                        print(f"  {parser.name}: {type(error).__name__}: {str(error)[:120]!r} by {steps}", flush=True)
                finally:
                    signal.alarm(0)
                slowest = max(slowest, time.monotonic() - began)
            grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            bad, total = bad + said["failed"], total + said.total()
            print(f"{parser.name:20} {said.total():7,} tried: {said['read']:6,} read, {said['refused']:7,} refused, "
                  f"{said['failed']} failed; slowest {slowest:.2f} s, {grew:.0f} MB more", flush=True)  # fmt: skip
    print(f"\nAll: {total:,} inputs, {bad} that were neither read nor refused (aim 0)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
