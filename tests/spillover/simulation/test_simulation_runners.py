"""One ensemble, the same bytes wherever it is worked, and after it was killed half-way."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from clarion.compute import runner_named
from clarion.config import config
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly import MonthlyQuestion, MonthlyTables, monthly
from clarion.spillover.engine.scenario import shipped_scenario
from clarion.spillover.engine.simulation import ScenarioQuestion, ScenarioTables, simulate
from clarion.spillover.service.kept import pack

RUN = [sys.executable, "-m", "clarion", "spillover", "run", "--scenario", "black-sea-closure", "--seed", "5", "--json"]


def by_year(runner) -> bytes:
    question = ScenarioQuestion(shipped_scenario("kazakhstan-wheat-export-ban"), draws=40, chunk=15)
    found = simulate(question, ScenarioTables.read(Warehouse(config().home)), runner, 3)
    draws = [found.draws.people[name].tobytes() for name in sorted(found.draws.people)]
    return json.dumps(found.to_dict()).encode() + pack(found.draws) + b"".join(draws)


def by_month(runner) -> bytes:
    question = MonthlyQuestion(shipped_scenario("kazakhstan-wheat-export-ban"), draws=40, chunk=15)
    found = monthly(question, MonthlyTables.read(Warehouse(config().home)), runner, 3)
    arrays = (found.draws.paths, found.draws.totals)
    return json.dumps(found.to_dict()).encode() + b"".join(held[n].tobytes() for held in arrays for n in sorted(held))


@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None, reason="Spark or Java is not installed"
)
@pytest.mark.parametrize("bytes_of", [by_year, by_month])
def test_serial_processes_and_spark_give_the_same_bytes(bytes_of):
    serial = bytes_of(runner_named("serial"))
    assert bytes_of(runner_named("processes", 2)) == serial
    assert bytes_of(runner_named("spark", 2)) == serial


@pytest.mark.slow
def test_a_killed_command_goes_on(tmp_path):
    """Killed without warning once some parts are there; the next command works the rest, and answers as if nothing
    had happened."""
    whole = subprocess.run([*RUN, "--draws", "400"], capture_output=True, check=True).stdout
    command = [*RUN, "--draws", "400", "--resume", str(tmp_path / "parts")]
    begun = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while begun.poll() is None and len(list(tmp_path.glob("parts/*/*.npz"))) < 2:
        time.sleep(0.01)
    os.kill(begun.pid, signal.SIGKILL)
    begun.communicate()
    assert begun.returncode == -signal.SIGKILL
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob("parts/*/*.npz")}
    assert 2 <= len(kept) < 8
    again = subprocess.run(command, capture_output=True, check=True).stdout
    assert again == whole
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    other = subprocess.run([*command, "--rule", "rta"], capture_output=True, text=True)
    assert other.returncode == 2
    assert "another question" in json.loads(other.stderr)["error"]["what"]
