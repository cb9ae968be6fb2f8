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
from dataclasses import dataclass
from pathlib import Path

import pytest

SECONDS = 90


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
    env = os.environ | own
    log = home.with_name("up.log")
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "clarion", "up"], env=env, stdout=said, stderr=subprocess.STDOUT
        )
    try:
        end = time.monotonic() + SECONDS
        while "Stop it" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield Desk(f"http://127.0.0.1:{port}", home, env)
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


@pytest.fixture(scope="module")
def state(desk, browser):
    """The signed-in operator's cookies, with two finished runs on the desk: the state, and the runs' addresses."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(desk.link("operator"))
    runs = []
    for name in ("kazakhstan-wheat-export-ban", "black-sea-closure"):
        page.goto(f"{desk.address}/spillover/scenarios/shipped/{name}/")
        page.select_option("#s-draws", "100")
        page.click("main form button")
        page.wait_for_selector("#losses", timeout=SECONDS * 1000)
        runs.append(page.url.removeprefix(desk.address))
    kept = context.storage_state()
    context.close()
    return kept, runs
