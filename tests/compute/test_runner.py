"""Every runner gives the same bytes, in order, whatever the number of workers; a dead worker is one clear error."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from clarion.compute import Processes, Runner, Serial, WorkerLost
from clarion.errors import InputError, ModelError


def noisy_square(item: float, rng: np.random.Generator) -> np.ndarray:
    return item**2 + rng.standard_normal(50)


def refuse_three(item: int, rng: np.random.Generator) -> int:
    if item == 3:
        raise ModelError("Three is too many.", where="item 3", item=3)
    return item


def die_at_two(item: int, rng: np.random.Generator) -> int:
    if item == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def as_bytes(results: list[np.ndarray]) -> bytes:
    return b"".join(r.tobytes() for r in results)


def test_processes_give_the_bytes_of_serial() -> None:
    items = [float(i) for i in range(23)]
    serial = Serial().map(noisy_square, items, seed=7)
    assert [round(float(r.mean())) for r in serial[5:]] == pytest.approx([i**2 for i in items[5:]], abs=1)
    assert as_bytes(serial) == as_bytes(Processes(1).map(noisy_square, items, seed=7))
    assert as_bytes(serial) == as_bytes(Processes(3).map(noisy_square, items, seed=7))
    assert as_bytes(serial) != as_bytes(Serial().map(noisy_square, items, seed=8))


def test_an_item_keeps_its_numbers_when_more_follow() -> None:
    few = Serial().map(noisy_square, [1.0, 2.0], seed=1)
    many = Serial().map(noisy_square, [1.0, 2.0, 3.0], seed=1)
    assert as_bytes(few) == as_bytes(many[:2])


@pytest.mark.parametrize("runner", [Serial(), Processes(2)])
def test_an_error_of_the_work_arrives_whole(runner: Runner) -> None:
    with pytest.raises(ModelError) as caught:
        runner.map(refuse_three, [1, 2, 3, 4], seed=0)
    assert caught.value.where == "item 3"
    assert caught.value.details == {"item": 3}


@pytest.mark.parametrize("runner", [Serial(), Processes(2)])
def test_no_items_give_no_results(runner: Runner) -> None:
    assert runner.map(noisy_square, [], seed=0) == []


def test_a_killed_worker_is_named() -> None:
    with pytest.raises(WorkerLost) as caught:
        Processes(2).map(die_at_two, [1, 2, 3], seed=0)
    assert caught.value.details == {"items": 3, "workers": 2}
    assert "fewer workers" in caught.value.next_step


def test_what_cannot_be_sent_is_refused_before_any_work() -> None:
    with pytest.raises(InputError, match="cannot be sent"):
        Processes(2).map(lambda item, rng: item, [1], seed=0)
    with pytest.raises(InputError, match="0 workers"):
        Processes(0)


def test_a_file_in_the_current_folder_is_not_run(tmp_path) -> None:
    """Somebody may work in the folder that downloads land in."""
    for name in ("multiprocessing", "pickle", "socket"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    script = tmp_path / "bin" / "command.py"  # as an installed command: its own folder is on the path
    script.parent.mkdir()
    script.write_text(
        "from clarion.compute import Processes\nfrom test_runner import refuse_three\n"
        "if __name__ == '__main__':\n    print(Processes(2).map(refuse_three, [1, 2], seed=1))\n"
    )
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    env.pop("PYTHONSAFEPATH", None)
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert not (tmp_path / "ran").exists(), ran.stderr
    assert ran.stdout == "[1, 2]\n", ran.stderr


@pytest.mark.parametrize("before", [None, ""])
def test_the_environment_is_left_as_it_was(before, monkeypatch) -> None:
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    if before is not None:
        monkeypatch.setenv("PYTHONSAFEPATH", before)
    assert Processes(2).map(refuse_three, [1, 2], seed=1) == [1, 2]
    assert os.environ.get("PYTHONSAFEPATH") == before


def plus_one(number):
    if number == 77:
        raise ModelError("No.", where="item 77", next_step="None.")
    return number + 1


@pytest.mark.parametrize("runner", [Serial(), Processes(2)])
def test_a_stream_keeps_its_order_and_takes_only_what_it_is_about_to_do(runner):
    taken = []

    def numbers():
        for number in range(20):
            taken.append(number)
            yield number

    coming = runner.each(plus_one, numbers())
    assert next(coming) == 1
    assert len(taken) <= 4
    assert list(coming) == list(range(2, 21))
    assert list(runner.each(plus_one, [])) == []


@pytest.mark.parametrize("runner", [Serial(), Processes(2)])
def test_an_error_in_a_stream_arrives_whole(runner):
    with pytest.raises(ModelError) as caught:
        list(runner.each(plus_one, [1, 77, 3]))
    assert caught.value.where == "item 77"


def test_a_killed_worker_ends_a_stream_with_its_name():
    with pytest.raises(WorkerLost) as caught:
        list(Processes(2).each(die, [1, 2, 3]))
    assert caught.value.details == {"workers": 2}


def die(_number):
    os.kill(os.getpid(), signal.SIGKILL)
