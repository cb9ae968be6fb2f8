"""What each page of the desk costs: database queries, time and size.

    python benchmarks/pages.py

Opens a desk in a folder of its own, runs two scenarios, and asks for every page as an operator through the whole
middleware: once to warm the caches, then five times for the median.
"""

from __future__ import annotations

import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from typing import Any

MOST_QUERIES, MOST_BYTES = 12, 60_000
TIMES = 5


def addresses(operator: Any) -> Iterator[str]:
    """Every page, with two finished runs to look at."""
    from clarion.spillover.models import Run
    from clarion.spillover.service.jobs import answer_run
    from clarion.spillover.service.scenarios import shipped_text

    asked = {"owner": operator.actor.id, "trade": "corrected", "rule": "pta", "draws": 100, "seed": 1}
    runs = [
        Run.objects.create(title=name, text=shipped_text(name), **asked)
        for name in ("black-sea-closure", "kazakhstan-wheat-export-ban")
    ]
    for run in runs:
        answer_run.func(str(run.pk))
    first, second = (run.pk for run in runs)
    yield from ("/", "/sources/", "/people/", "/log/", "/account/tokens/", "/account/2fa/")
    yield from ("/spillover/", "/spillover/?item=maize&trade=corrected", "/spillover/ranking/", "/spillover/method/")
    yield from ("/spillover/country/KGZ/", "/spillover/country/EGY/", "/spillover/country/EGY/wheat/")
    yield "/spillover/rows/trade_flows/staple-trade/?lines=2,3"
    yield from ("/spillover/scenarios/", "/spillover/scenarios/new/", "/spillover/scenarios/new/?mode=text")
    yield from ("/spillover/scenarios/shipped/black-sea-closure/", "/spillover/runs/")
    yield from (f"/spillover/runs/{first}/", f"/spillover/runs/{first}/country/EGY/")
    yield f"/spillover/runs/{first}/compare/{second}/"
    yield from ("/spillover/exposure.csv", "/spillover/map.svg", f"/spillover/runs/{first}/brief.html")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="clarion-pages-") as folder:
        os.environ["CLARION_HOME"] = folder
        from clarion.config import config
        from clarion.desk.prepare import prepare

        measure(prepare(config()))


def measure(link: str) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from clarion.access.store.models import User

    setup_test_environment()
    operator = User.objects.get(username="operator")
    client = Client()
    client.get(link)
    print(f"{'page':58} status queries      ms     bytes      gzip")
    for address in addresses(operator):
        shown = address if len(address) <= 58 else address[:27] + "..." + address[-28:]
        client.get(address)
        times = []
        for _ in range(TIMES):
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                answer = client.get(address)
                times.append((time.perf_counter() - start) * 1000)
        packed = len(gzip.compress(answer.content, 6))
        over = " <- over" if len(queries) > MOST_QUERIES or packed > MOST_BYTES else ""
        print(
            f"{shown:58} {answer.status_code:6} {len(queries):7} {statistics.median(times):7.1f}"
            f" {len(answer.content):9,} {packed:9,}{over}"
        )


if __name__ == "__main__":
    main()
