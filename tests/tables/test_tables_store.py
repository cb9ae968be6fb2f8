"""Loaded tables: versions, the pointer, the lock, damage, and kills at the worst moments."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from clarion.errors import BusyError, InputError, StorageError, TableError, UnknownName
from clarion.tables.lock import only_one
from clarion.tables.manifest import Manifest
from clarion.tables.pointer import KEPT
from clarion.tables.store import Store


def production(tonnes: float = 1.0) -> pl.DataFrame:
    return pl.DataFrame({"item": ["wheat"], "iso3": ["KGZ"], "period": ["2021"], "tonnes": [tonnes], "source_row": [2]})


def manifest(loaded: str = "2026-01-02T03:04:05+00:00", **more: object) -> Manifest:
    return Manifest("production", more.pop("source", "mine"), 0, loaded, **more)


def save(home: Path, tonnes: float = 1.0, **more: object) -> None:
    Store(home).save({"production": (production(tonnes), manifest(**more))})


def test_what_is_saved_is_read_back_with_its_manifest(tmp_path: Path) -> None:
    save(tmp_path, 7.0, sha256="ab", licence="CC BY 4.0", counts={"aggregate areas": 3}, retrieved="2026-01-01")
    stored = Store(tmp_path).current("production", "mine")
    assert stored is not None
    assert stored.read()["tonnes"].to_list() == [7.0]
    m = stored.manifest
    assert (m.rows, m.sha256, m.licence, m.counts, m.retrieved) == (
        1,
        "ab",
        "CC BY 4.0",
        {"aggregate areas": 3},
        "2026-01-01",
    )


def test_folders_are_private(tmp_path: Path) -> None:
    save(tmp_path / "home")
    folders = [p for p in (tmp_path / "home").rglob("*") if p.is_dir()] + [tmp_path / "home"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in folders} == {0o700}


def test_newest_load_comes_first(tmp_path: Path) -> None:
    save(tmp_path, source="old", loaded="2026-01-01T00:00:00+00:00")
    save(tmp_path, source="new", loaded="2026-03-01T00:00:00+00:00")
    save(tmp_path, source="mid", loaded="2026-02-01T00:00:00+00:00")
    assert [s.manifest.source for s in Store(tmp_path).sources("production")] == ["new", "mid", "old"]


def test_two_versions_back_are_kept(tmp_path: Path) -> None:
    for n in range(6):
        save(tmp_path, float(n))
    folder = tmp_path / "tables/production/mine"
    assert len([p for p in folder.iterdir() if p.is_dir()]) == KEPT + 1
    assert Store(tmp_path).current("production", "mine").read()["tonnes"].to_list() == [5.0]


def test_a_clock_that_goes_back_does_not_hide_the_last_load(tmp_path: Path) -> None:
    save(tmp_path, 1.0, loaded="2026-05-01T00:00:00+00:00")
    save(tmp_path, 2.0, loaded="2020-05-01T00:00:00+00:00")
    assert Store(tmp_path).current("production", "mine").read()["tonnes"].to_list() == [2.0]


def test_a_bad_frame_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        save(tmp_path, -1.0)
    assert not (tmp_path / "tables").exists()


def test_names_cannot_leave_the_folder(tmp_path: Path) -> None:
    for name in ("../x", "", ".hidden", "a/b", "UPPER", "x" * 80):
        with pytest.raises(InputError):
            save(tmp_path, source=name)
    with pytest.raises(UnknownName):
        Store(tmp_path).sources("../production")


def test_a_second_loader_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    save(tmp_path)
    with only_one(tmp_path / "tables/.lock", "loading tables"), pytest.raises(BusyError) as caught:
        save(tmp_path)
    assert caught.value.details["holder"] == str(os.getpid())
    save(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda v: (v / "manifest.json").write_text("{"),
        lambda v: (v / "manifest.json").write_text("[]"),
        lambda v: (v / "manifest.json").write_bytes(b"\xff\xff"),
        lambda v: (v / "manifest.json").write_text((v / "manifest.json").read_text().replace('"mine"', '"other"')),
        lambda v: (v / "manifest.json").write_text(
            (v / "manifest.json").read_text().replace('"rows": 1', '"rows": "1"')
        ),
        lambda v: (v / "manifest.json").unlink(),
        lambda v: (v / "data.parquet").write_bytes((v / "data.parquet").read_bytes()[:50]),
        lambda v: (v / "data.parquet").unlink(),
        lambda v: (v.parent / "CURRENT").write_text("elsewhere"),
        lambda v: (v.parent / "CURRENT").write_text("../../.."),
        lambda v: (v.parent / "CURRENT").write_bytes(b"\xff"),
    ],
)
def test_damage_is_named_with_the_way_out(tmp_path: Path, damage) -> None:
    save(tmp_path)
    stored = Store(tmp_path).current("production", "mine")
    damage(stored.folder)
    with pytest.raises(StorageError) as caught:
        Store(tmp_path).sources("production")[0].read()
    assert "clarion sources fetch mine" in caught.value.next_step or "try again" in caught.value.next_step


KILLED = """
import json, os, signal, sys
from pathlib import Path
from clarion.tables import pointer
sys.path.insert(0, sys.argv[1])
from test_tables_store import save

def killed_at(step, home):
    seen = 0
    def deadly(real):
        def call(*args, **kwargs):
            nonlocal seen
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)
        return call
    # every point at which something becomes visible or lasting on the disk
    os.fsync, os.rename, os.replace = deadly(os.fsync), deadly(os.rename), deadly(os.replace)
    pointer.shutil.rmtree = deadly(pointer.shutil.rmtree)
    save(home, 2.0, loaded="2026-06-01T00:00:00+00:00")
    os._exit(seen)

for line in sys.stdin:  # one process a point: forked before polars has started a thread
    step, home = json.loads(line)
    child = os.fork()
    if child == 0:
        killed_at(step, Path(home))
    print(json.dumps(os.waitpid(child, 0)[1]), flush=True)
"""


def test_a_kill_at_any_point_leaves_a_whole_table(tmp_path: Path) -> None:
    """What is read after the kill is the old or the new table, never less; the next load goes through."""

    def prepared(name: str) -> Path:
        home = tmp_path / name
        for n in range(3):  # enough that the next load prunes one
            save(home, 1.0, loaded=f"2026-01-0{n + 1}T00:00:00+00:00")
        return home

    command = [sys.executable, "-c", KILLED, str(Path(__file__).parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as helper:

        def run(step: int, home: Path) -> int:
            helper.stdin.write(json.dumps([step, str(home)]) + "\n")
            helper.stdin.flush()
            return json.loads(helper.stdout.readline())

        points = os.waitstatus_to_exitcode(run(0, prepared("whole")))
        assert points >= 8
        found = set()
        for step in range(1, points + 1):
            home = prepared(f"killed-{step}")
            assert os.waitstatus_to_exitcode(run(step, home)) == -signal.SIGKILL
            found.add(Store(home).current("production", "mine").read()["tonnes"][0])
            assert all(one.read().height for one in Store(home).versions("production", "mine")), "none in part"
            save(home, 3.0, loaded="2026-07-01T00:00:00+00:00")
            folder = home / "tables/production/mine"
            assert Store(home).current("production", "mine").read()["tonnes"].to_list() == [3.0]
            assert not [p for p in folder.iterdir() if p.name.startswith(".")]
            assert len([p for p in folder.iterdir() if p.is_dir()]) == KEPT + 1
        assert found == {1.0, 2.0}
        helper.stdin.close()
