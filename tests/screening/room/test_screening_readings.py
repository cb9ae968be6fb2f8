"""Listed names that were taken apart are kept: the answers are the same, and nothing depends on the file."""

import gzip

import pytest

from clarion.access import Actor
from clarion.config import config
from clarion.screening.engine import screen, words
from clarion.screening.service import readings, screens
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check

NAME = "Златогоров А.И."


@pytest.fixture
def anew(listed, monkeypatch):
    """Screens as a new process does; says how many listed names it had to take apart."""
    listed()

    def screened():
        taken = []
        given = screen.parts_of
        monkeypatch.setattr(words, "parts_of", lambda name, *more: taken.append(name) or given(name, *more))
        screens._held.clear()
        found = check(Actor.console(), asked({"name": NAME})).to_dict()
        monkeypatch.setattr(words, "parts_of", given)
        return found, len(taken)

    return screened


@pytest.fixture
def file(anew):
    return config().home / readings.FOLDER / readings.FILE


def test_names_are_taken_apart_once(anew, file):
    file.unlink(missing_ok=True)
    first, taken = anew()
    assert taken == 7
    assert first["outcome"] in ("ask", "review")
    assert file.stat().st_mode & 0o777 == 0o600
    again, taken = anew()
    assert taken == 0
    assert again["subjects"] == first["subjects"]


def test_no_payee_is_in_the_file(anew, file):
    anew()
    assert NAME not in gzip.decompress(file.read_bytes()).decode()


@pytest.mark.parametrize("change", [
    lambda held: b"", lambda held: held[: len(held) // 2], lambda held: b"\x00" + held, lambda held: b"{}",
    lambda held: held[: len(held) // 2] + bytes([held[len(held) // 2] ^ 255]) + held[len(held) // 2 + 1 :],
    lambda held: gzip.compress(b'["another engine"]\n'), lambda held: gzip.compress(b"[]\n"),
    lambda held: gzip.compress(gzip.decompress(held) + b'[["person"],[],""]\n'),
    lambda held: gzip.compress(gzip.decompress(held) + b'[["person","a","","","",""],[[999,1]],""]\n'),
    lambda held: gzip.compress(gzip.decompress(held) + b"5\n"),
])  # fmt: skip
def test_a_damaged_file_is_made_anew(anew, file, change):
    first, _ = anew()
    whole = gzip.decompress(file.read_bytes())
    file.write_bytes(change(file.read_bytes()))
    again, taken = anew()
    assert again["subjects"] == first["subjects"]
    assert taken == 7
    assert gzip.decompress(file.read_bytes()) == whole


def test_a_folder_that_may_not_be_written_stops_nobody(anew, file):
    first, _ = anew()
    file.unlink()
    file.parent.rmdir()
    file.parent.write_text("in the way")
    assert anew()[0]["subjects"] == first["subjects"]
    file.parent.unlink()
