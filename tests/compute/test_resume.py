"""Work that was stopped goes on, gives the same bytes, and never mixes two questions."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_runner import as_bytes, noisy_square

from clarion.compute import Processes, Serial, archive
from clarion.compute.archive import pack, unpack
from clarion.compute.resume import Resumable
from clarion.errors import BusyError, InputError, ModelError, StorageError
from clarion.tables.lock import only_one

ITEMS = [float(i) for i in range(9)]


@dataclass(frozen=True)
class Inner:
    values: np.ndarray
    note: str | None


@dataclass(frozen=True)
class Outer:
    index: int
    parts: dict[str, Inner]
    shares: tuple[float, ...]


def nested(item: int, rng: np.random.Generator) -> Outer:
    return Outer(item, {"a": Inner(rng.standard_normal((2, 3)), None)}, (0.1, float("inf")))


def stops_at_five(item: float, rng: np.random.Generator) -> np.ndarray:
    if item == 5:
        raise ModelError("Stopped.")
    return noisy_square(item, rng)


def never(item: float, rng: np.random.Generator) -> np.ndarray:
    raise AssertionError("worked again")


def kept(folder, runner=None, asked="a question", kinds=()):
    return Resumable(runner or Serial(), folder, asked, kinds)


def test_half_done_work_goes_on(tmp_path):
    expected = as_bytes(Serial().map(noisy_square, ITEMS, seed=4))
    with pytest.raises(ModelError):
        kept(tmp_path).map(stops_at_five, ITEMS, seed=4)
    done = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")}
    assert len(done) == 5
    assert as_bytes(kept(tmp_path, Processes(2)).map(noisy_square, ITEMS, seed=4)) == expected
    assert {path: path.stat().st_mtime_ns for path in done} == done
    assert as_bytes(kept(tmp_path).map(never, ITEMS, seed=4)) == expected


def test_a_damaged_part_is_worked_again(tmp_path):
    expected = as_bytes(kept(tmp_path).map(noisy_square, ITEMS, seed=4))
    first, second, *_ = sorted(tmp_path.glob("*.npz"))
    first.write_bytes(first.read_bytes()[:40])
    second.write_bytes(b"")
    assert as_bytes(kept(tmp_path).map(noisy_square, ITEMS, seed=4)) == expected


def test_other_work_in_the_folder_is_refused(tmp_path):
    kept(tmp_path).map(noisy_square, ITEMS, seed=4)
    with pytest.raises(InputError, match="another question"):
        kept(tmp_path, asked="another").map(noisy_square, ITEMS, seed=4)
    (tmp_path / "asked.txt").unlink()
    with pytest.raises(InputError, match="another question"):
        kept(tmp_path).map(noisy_square, ITEMS, seed=4)


def test_two_maps_of_one_question_keep_apart(tmp_path):
    runner = kept(tmp_path)
    first, second = (runner.map(noisy_square, ITEMS[:3], seed=s) for s in (1, 2))
    assert as_bytes(first) != as_bytes(second)
    assert as_bytes(runner.map(never, ITEMS[:3], seed=2)) == as_bytes(second)


def test_a_folder_in_use_is_refused(tmp_path):
    with only_one(tmp_path / ".lock", "working"), pytest.raises(BusyError):
        kept(tmp_path).map(noisy_square, ITEMS, seed=1)


def test_dataclasses_come_back(tmp_path):
    runner = kept(tmp_path, kinds=(Outer, Inner))
    worked, read = runner.map(nested, [1, 2], seed=1), runner.map(never, [1, 2], seed=1)
    for a, b in zip(worked, read, strict=True):
        assert (a.index, a.shares, a.parts["a"].note) == (b.index, b.shares, b.parts["a"].note)
        assert a.parts["a"].values.tobytes() == b.parts["a"].values.tobytes()


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner), max_leaves=10,
)  # fmt: skip


@given(plain)
def test_plain_values_come_back(value):
    assert unpack(pack(value), ()) == value


def test_an_archive_runs_nothing():
    with pytest.raises(ValueError, match="no archive"):
        unpack(pickle.dumps(ITEMS), ())
    with pytest.raises(ValueError, match="no archive"):
        unpack(pack(Inner(np.zeros(2), "x")), ())  # a kind that was not asked for
    with pytest.raises(TypeError, match="cannot hold"):
        pack({"what": object()})
    with pytest.raises(ValueError, match="no archive"):
        unpack(pack([1, 2])[:50], ())


@pytest.mark.parametrize("asked", [b"\xff\xfe", None], ids=["not UTF-8", "a folder"])
def test_a_strange_note_is_told(tmp_path, asked):
    note = tmp_path / "asked.txt"
    if asked is None:
        note.mkdir()
    else:
        note.write_bytes(asked)
    with pytest.raises(InputError if asked else StorageError):
        kept(tmp_path).map(noisy_square, ITEMS, seed=4)
    with pytest.raises(InputError, match="no such folder"):
        kept(tmp_path / "a\0b").map(noisy_square, ITEMS, seed=4)


def test_an_answer_of_another_kind_is_worked_again(tmp_path):
    kinds = (Outer, Inner)
    worked = kept(tmp_path, kinds=kinds).map(nested, [1], seed=1)
    next(tmp_path.glob("*.npz")).write_bytes(pack([1, 2]))
    assert kept(tmp_path, kinds=kinds).map(nested, [1], seed=1)[0].index == worked[0].index


def test_an_archive_holds_plain_values_and_fills_no_memory(monkeypatch):
    file = io.BytesIO()
    np.savez(file, tree=np.frombuffer(b'{"value": {"a": [1]}}', dtype=np.uint8))
    with pytest.raises(ValueError, match="no plain value"):
        unpack(file.getvalue(), ())
    monkeypatch.setattr(archive, "_MOST_BYTES", 1000)
    assert unpack(pack(np.zeros(10)), ()).size == 10
    with pytest.raises(ValueError, match="fill the memory"):
        unpack(pack(np.zeros(1000)), ())
