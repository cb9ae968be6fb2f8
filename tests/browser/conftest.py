"""A real desk for a real browser: ``clarion up`` in a folder of its own, with its worker, and Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path

import pytest

SECONDS = 90
_TOOL = run_path(str(Path(__file__).parents[2] / "tools" / "with_postgres.py"))


@dataclass
class Desk:
    """A running desk: its address, and the command line of its data folder."""

    address: str
    home: Path
    env: dict[str, str]

    def command(self, *arguments):
        ran = subprocess.run(
            [sys.executable, "-m", "clarion", *arguments, "--json"], capture_output=True, text=True, env=self.env
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def link(self, name):
        return self.address + re.sub(r"^https?://[^/]+", "", self.command("user", "link", name)["link"])


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    if not shutil.which("chromium"):
        pytest.skip("Chromium is not installed")
    home = tmp_path_factory.mktemp("desk") / "home"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"CLARION_HOME": str(home), "CLARION_PORT": str(port), "CLARION_ROOMS": "", "PYTHONUNBUFFERED": "1"}
    with ExitStack() as held:
        if server := os.environ.get("DATABASE_URL"):
            own["DATABASE_URL"] = held.enter_context(_TOOL["empty_database"](server))
        yield held.enter_context(_running(Desk(f"http://127.0.0.1:{port}", home, os.environ | own)))


@contextmanager
def _running(desk):
    log = desk.home.with_name("up.log")
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "clarion", "up"], env=desk.env, stdout=said, stderr=subprocess.STDOUT
        )
    try:
        end = time.monotonic() + SECONDS
        while "Stop it" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield desk
    finally:
        process.terminate()
        process.wait(40)


# No wider than a module: while Playwright runs, Django takes the whole process for an asynchronous one.
@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium")
    if not path:
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """Open a context with a page; every request that it makes is remembered in ``page.asked``."""
    contexts = []

    def make(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.asked, page.complaints = [], []
        context.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def registered(desk, tmp_path_factory):
    """Two releases in the desk's register; the folder with the list and the specification of a third."""
    folder = tmp_path_factory.mktemp("releases")
    spec = {"k": 5, "dimensions": {"region": ["North", "South", "East"], "theme": ["legal", "shelter"]},
            "tables": {"by_region.csv": ["region"], "region_theme.csv": ["region", "theme"]}}  # fmt: skip
    for quarter, more in enumerate((0, 6, 11), start=1):
        counts = {"North": (3 + more, 21), "South": (26, 38 + more), "East": (1, 17 + more)}
        people = [f"{r},{t}" for r, sizes in counts.items() for t, n in zip(("legal", "shelter"), sizes, strict=True)
                  for _ in range(n)]  # fmt: skip
        (folder / "people.csv").write_text("\n".join(["region,theme", *people, ""]))
        (folder / "spec.json").write_text(json.dumps({"id": f"2026-Q{quarter}", **spec}))
        if quarter < 3:
            out = folder / f"2026-Q{quarter}"
            desk.command("release", "build", str(folder / "people.csv"), "--spec", str(folder / "spec.json"), "--out",
                         str(out), "--programme", "main")  # fmt: skip
            desk.command("release", "register", str(out))
    return folder


@pytest.fixture(scope="module")
def cookies(desk, browser):
    """The signed-in operator's cookies."""
    context = browser.new_context()
    context.new_page().goto(desk.link("operator"))
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(scope="module")
def state(desk, browser, cookies, registered):
    """The signed-in operator's cookies, with two finished runs on the desk: the state, and the runs' addresses."""
    context = browser.new_context(storage_state=cookies)
    page = context.new_page()
    runs = []
    for name in ("kazakhstan-wheat-export-ban", "black-sea-closure"):
        page.goto(f"{desk.address}/spillover/scenarios/shipped/{name}/")
        page.select_option("#s-draws", "100")
        page.click("main form button")
        page.wait_for_selector("#losses", timeout=SECONDS * 1000)
        runs.append(page.url.removeprefix(desk.address))
    context.close()
    return cookies, runs
