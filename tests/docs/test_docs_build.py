"""The handbook builds without a warning, names everything, and asks nothing of another host."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clarion.config import SETTINGS
from clarion.sources import catalogue
from clarion.tables import TABLES
from handbook import DOCS, ROOT, page


def words(file: Path) -> str:
    """The text of a page."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", body))


@pytest.mark.slow
def test_the_handbook_builds_and_names_everything(tmp_path):
    # One test, so that it is built once however many workers run the suite.
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(tmp_path / "kept"),
         str(DOCS), str(tmp_path / "out")],
        capture_output=True, text=True, check=False, env=os.environ | {"NO_COLOR": "1"}, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    reference = tmp_path / "out" / "reference"

    settings = words(reference / "settings.html")
    assert all(s.name in settings and s.help in settings for s in SETTINGS)
    sources = words(reference / "sources.html")
    assert all(s.id in sources and s.title in sources and s.licence in sources for s in catalogue().values())
    tables = words(reference / "tables.html")
    assert all(
        t.name in tables and all(c.name in tables and c.help in tables for c in t.columns) for t in TABLES.values()
    )
    routes = words(reference / "api.html")
    assert "GET /api/v1/spillover/exposure" in routes
    assert "GET /api/v1/call/actions" in routes

    asked = re.compile(r"<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=\"https?:|<link\b[^>]*\bhref=\"https?:")
    outside = [
        file.name for file in (tmp_path / "out").rglob("*.html") if asked.search(file.read_text(encoding="utf-8"))
    ]
    assert not outside


@pytest.mark.slow
def test_the_python_of_the_handbook_runs():
    block = re.search(r"```python\n(.*?)```", page("reference/python"), re.DOTALL)
    ran = subprocess.run([sys.executable, "-c", block[1]], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    share, missing = ran.stdout.splitlines()
    assert share.startswith(("0.78", "0.79"))
    assert float(missing) > 100
