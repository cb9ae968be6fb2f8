"""Back-ups of the wraps: they bring back what was lost, never what was erased or is past its retention."""

from datetime import date, timedelta

import pytest
from keyholders import Organisation

from clarion.errors import InputError, StorageError
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.wraps import Wraps
from clarion.seal.wraps_backup import back_up, prune, restore, week, weeks

TODAY = date(2026, 11, 26)


@pytest.fixture
def store(tmp_path):
    org, wraps = Organisation(), Wraps(tmp_path / "sealed")
    sealed = [org.seal() for _ in range(20)]
    wraps.keep_many((s.digest, s.wraps) for s in sealed)
    return wraps, sealed


def test_what_was_lost_comes_back_and_what_was_erased_does_not(store, tmp_path):
    wraps, sealed = store
    back_up(wraps, tmp_path / "one", TODAY)
    wraps.erase([sealed[0].digest])
    with wraps._open() as database, database:
        database.execute("DELETE FROM wrap WHERE envelope = ?", (sealed[1].digest,))  # an accident
    assert restore(wraps, tmp_path / "one") == 19
    assert wraps.of(sealed[0].digest) == {}
    assert wraps.of(sealed[1].digest) == sealed[1].wraps


def test_erasures_that_the_back_up_knows_are_made_again(store, tmp_path):
    wraps, sealed = store
    wraps.erase([sealed[3].digest])
    back_up(wraps, tmp_path / "one", TODAY)
    empty = Wraps(tmp_path / "new")
    (tmp_path / "new").mkdir()
    (wraps.file.parent / "weeks").rename(tmp_path / "new" / "weeks")
    assert restore(empty, tmp_path / "one") == 19
    assert sealed[3].digest in empty.erased()


def test_after_the_retention_the_oldest_back_up_opens_nothing(store, tmp_path):
    wraps, _ = store
    back_up(wraps, tmp_path / "old", TODAY)
    assert prune(wraps, TODAY + timedelta(days=14)) == []
    assert weeks(wraps) == [week(TODAY)]
    assert prune(wraps, TODAY + timedelta(days=19)) == [week(TODAY)]
    wraps.file.unlink()
    with pytest.raises(SealError, match="destroyed"):
        restore(wraps, tmp_path / "old")
    back_up(wraps, tmp_path / "later", TODAY)  # a new key of the same week does not open the old one either
    with pytest.raises(SealError, match="changed or cut off"):
        restore(wraps, tmp_path / "old")


def test_a_back_up_that_was_cut_changed_or_stitched_is_refused_and_nothing_changes(tmp_path):
    org, wraps = Organisation(), Wraps(tmp_path / "sealed")
    wraps.keep_many((s.digest, s.wraps) for s in (org.seal() for _ in range(1400)))
    assert back_up(wraps, tmp_path / "one", TODAY) > 1 << 20, "more than one frame"
    raw = (tmp_path / "one").read_bytes()
    head, frame = raw.index(b"\n") + 1, (1 << 20) + 16
    broken = {
        "cut": raw[:-100], "a frame less": raw[: head + frame],
        "flipped": raw[:-50] + bytes([raw[-50] ^ 1]) + raw[-49:],
        "frames swapped": raw[:head] + raw[head + frame :] + raw[head : head + frame],
        "another salt": raw.replace(b'"salt":"', b'"salt":"A', 1)[:head] + raw[head:],
    }  # fmt: skip
    for name, text in broken.items():
        (tmp_path / name).write_bytes(text)
        with pytest.raises((SealError, BadDocument)):
            restore(wraps, tmp_path / name)
    assert len(wraps.envelopes()) == 1400
    with pytest.raises(BadDocument):
        restore(wraps, wraps.file)
    with pytest.raises(InputError, match="not written over"):
        back_up(wraps, tmp_path / "one", TODAY)
    with pytest.raises(StorageError):
        restore(wraps, tmp_path / "none such")


def test_the_file_holds_no_wrap_in_the_clear(store, tmp_path):
    wraps, sealed = store
    back_up(wraps, tmp_path / "one", TODAY)
    raw = (tmp_path / "one").read_bytes()
    assert not any(s.digest.encode() in raw for s in sealed)
    assert (tmp_path / "one").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("step", ["replacing", "_encrypt", "secret_file"])
def test_a_back_up_that_was_killed_leaves_no_copy_that_would_outlive_an_erasure(store, tmp_path, monkeypatch, step):
    """A plain copy beside the store would bring back whoever is erased later."""
    wraps, sealed = store
    left = []

    def looked(*_, **__):
        files = [f for f in (tmp_path).rglob("*") if f.is_file() and not f.name.startswith(wraps.file.name)]
        left.extend(f for f in files if sealed[0].digest.encode() in f.read_bytes())
        raise KeyboardInterrupt

    monkeypatch.setattr(f"clarion.seal.wraps_backup.{step}", looked)
    with pytest.raises(KeyboardInterrupt):
        back_up(wraps, tmp_path / "one", TODAY)
    assert not left
