"""kill -9 under people who write: what was acknowledged is there, and the desk goes on by itself.

The people are those of ``benchmarks/load.py killed``, which has more of them, longer outages and a full disk.
"""

import asyncio
import time
from pathlib import Path
from runpy import run_path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def crowd(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import crowd.desk
    import crowd.killed
    import crowd.visits

    return crowd


@pytest.fixture
def server():
    tool = run_path(str(ROOT / "tools" / "with_postgres.py"))
    programs = tool["programs"]()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with tool["cluster"](programs, {}) as running:
        yield running


def written(crowd, home, database, crash):
    """What four people were answered, when the crash came, how their runs ended, and what is lost."""
    desk = crowd.desk.Desk(home, database)
    made = desk.prepare(4, runs=False)["people"]
    people = [
        crowd.visits.Person(**one, runs=[], spare=[], seed=i)
        for i, one in enumerate(made)
        if one["role"] in ("operator", "analyst")
    ]
    with crowd.desk.opened(desk):
        answered, crashed, ends = asyncio.run(
            crowd.killed.under_writers(desk, people, 3, lambda: crash(desk), 6, draws=20)
        )
    assert crowd.killed.lost(answered, desk) == (0, 0)
    assert sum(map(len, answered.acknowledged.values())) > 5
    assert answered.first_after(crashed) < 60
    assert set(ends) == {"done"}
    return answered


@pytest.mark.postgres
def test_the_database_server_is_killed(crowd, server, tmp_path):
    def crash(desk):
        server.kill()
        time.sleep(2)
        assert not desk.healthy()
        server.start()

    answers = {what for *_, what in written(crowd, tmp_path / "home", server.address, crash).answers}
    assert answers == {"kept", "503"}


@pytest.mark.postgres
def test_the_desk_is_killed_on_postgresql(crowd, server, tmp_path):
    answers = {what for *_, what in written(crowd, tmp_path / "home", server.address, restart).answers}
    assert not answers & {"500", "503"}


def test_the_desk_is_killed_on_sqlite(crowd, tmp_path):
    answers = {what for *_, what in written(crowd, tmp_path / "home", "", restart).answers}
    assert not answers & {"500", "503"}


def restart(desk):
    desk.kill()
    desk.start()
