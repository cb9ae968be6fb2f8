"""Spark gives the bytes of the serial runner, and its troubles arrive as the house's own errors."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_runner import as_bytes, die_at_two, noisy_square, plus_one, refuse_three

from clarion.compute import Serial, WorkerLost, runner_named
from clarion.errors import InputError, MissingPart, ModelError

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None, reason="Spark or Java is not installed"
)


@pytest.fixture
def spark():
    return runner_named("spark", 2)


@needs_spark
def test_spark_gives_the_bytes_of_serial(spark):
    items = [float(i) for i in range(23)]
    serial = Serial().map(noisy_square, items, seed=7)
    assert as_bytes(serial) == as_bytes(spark.map(noisy_square, items, seed=7))
    assert as_bytes(serial) != as_bytes(spark.map(noisy_square, items, seed=8))
    assert spark.map(noisy_square, [], seed=7) == []


@needs_spark
def test_a_stream_is_that_of_serial(spark):
    assert list(spark.each(plus_one, iter(range(7)))) == list(range(1, 8))


@needs_spark
def test_an_error_of_the_work_arrives_whole(spark):
    with pytest.raises(ModelError) as caught:
        spark.map(refuse_three, [1, 2, 3, 4], seed=0)
    assert caught.value.where == "item 3"
    assert caught.value.details == {"item": 3}


@needs_spark
def test_a_killed_worker_is_named_and_the_next_work_goes_on(spark):
    with pytest.raises(WorkerLost) as caught:
        spark.map(die_at_two, [1, 2, 3], seed=0)
    assert caught.value.details == {"items": 3, "master": "local[2]"}
    assert spark.map(refuse_three, [1, 2], seed=0) == [1, 2]


@needs_spark
def test_what_cannot_be_sent_is_refused_before_any_work(spark):
    with pytest.raises(InputError, match="cannot be sent"):
        spark.map(lambda item, rng: item, [1], seed=0)


def searched():
    """This folder and what is searched already; an empty part would stand for the current folder."""
    return os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH"))))


@needs_spark
def test_a_file_in_the_current_folder_is_not_run_and_java_says_nothing(tmp_path):
    for name in ("multiprocessing", "pickle", "socket", "py4j"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    script = tmp_path / "bin" / "command.py"
    script.parent.mkdir()
    script.write_text(
        "from clarion.compute import runner_named\nfrom test_runner import refuse_three\n"
        "if __name__ == '__main__':\n    print(runner_named('spark', 2).map(refuse_three, [1, 2], seed=1))\n"
    )
    env = os.environ | {"PYTHONPATH": searched()}
    env.pop("PYTHONSAFEPATH", None)
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert not (tmp_path / "ran").exists(), ran.stderr
    assert (ran.stdout, ran.stderr) == ("[1, 2]\n", "")


def test_without_java_it_says_what_to_install(tmp_path):
    pytest.importorskip("pyspark")
    code = (
        "from clarion.compute import runner_named; from clarion.errors import MissingPart\n"
        "from test_runner import refuse_three\n"
        "try: runner_named('spark').map(refuse_three, [1], seed=1)\n"
        "except MissingPart as error: print(error.next_step)"
    )
    # The start script of Spark needs a few programs of the system; Java is not among them here.
    for name in ("bash", "dirname", "ps", "sed", "nice", "uname", "basename", "cat", "env"):
        if found := shutil.which(name):
            (tmp_path / name).symlink_to(found)
    path = searched()
    env = {"PATH": str(tmp_path), "PYTHONPATH": path, "HOME": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert "Install Java" in ran.stdout, ran.stderr
    assert ran.stderr == ""


def test_without_pyspark_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingPart, match="not installed") as caught:
        runner_named("spark").map(refuse_three, [1], seed=1)
    assert "clarion[spark]" in caught.value.next_step


@pytest.mark.parametrize("master", ["mars://host", "http://host:7077", "spark:/host"])
def test_a_master_that_is_none(master):
    with pytest.raises(InputError):
        runner_named(master)


def test_the_default_path_never_loads_spark():
    code = (
        "import sys, clarion.compute; from clarion.compute import runner_named\n"
        "runner_named(); runner_named('processes', 2); runner_named('serial')\n"
        "import clarion.spillover.service.answers, clarion.spillover.cli\n"
        "print([m for m in ('pyspark', 'py4j', 'clarion.compute.spark') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
