"""Which numbers are printed after all: those that cost least, never one that takes a group below its floor."""

import numpy as np
import pytest

from clarion.release.put_back import to_put_back

N = 2000
ONE, TWO, THREE = ((name, ("A",)) for name in ("one.csv", "two.csv", "three.csv"))


@pytest.fixture
def half():
    """Databases of which each second has the group absent or large."""
    return (np.arange(N) % 2 == 0).astype(np.float32)[:, None]


def choose(agree, good):
    targets = good.shape[1]
    return to_put_back(agree, good, np.full(targets, 0.27), np.full(targets, 0.2))


def test_a_number_that_every_database_has_is_printed(half):
    chosen, kept = choose({ONE: np.ones(N, bool)}, half)
    assert chosen == [ONE]
    assert kept.all()


def test_a_number_that_would_show_a_group_stays_out(half):
    assert choose({ONE: half[:, 0] == 0}, half)[0] == []


def test_no_share_is_read_off_a_handful_of_databases(half):
    assert choose({ONE: np.arange(N) < 200}, half)[0] == []


def test_one_that_leaves_room_goes_before_one_that_takes_it(half):
    """Either may be printed alone; the two that cost nothing are taken, not the one that brings the share to 0.29."""
    costly = (half[:, 0] == 0) | (np.arange(N) < 800)
    free = np.arange(N) % 4 < 2
    chosen, _ = choose({ONE: costly, TWO: free, THREE: np.arange(N) < 1900}, half)
    assert chosen[:2] == [THREE, TWO]
    assert choose({ONE: costly}, half)[0] == [ONE]
