"""The second program: alone, without Clarion, and not to be fooled by an edited file."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from clarion.release import build_release, check_release, checker
from clarion.release.errors import ReleaseError

PEOPLE = {("A", "legal"): 3, ("A", "shelter"): 21, ("B", "legal"): 26, ("B", "shelter"): 38}


@pytest.fixture
def built(files, tmp_path):
    def build(name, people, **further):
        answer = build_release(*files(people, name, id=name, **further), tmp_path / name, [])
        assert answer["exit_code"] == 0, answer
        return tmp_path / name

    return build


def alone(tmp_path, *folders):
    """Run the file by itself, from a folder of its own, with an interpreter that sees no package."""
    copy = shutil.copy(checker.__file__, tmp_path / "checker.py")
    return subprocess.run([sys.executable, "-I", "-S", copy, *map(str, folders)], capture_output=True, text=True)


def test_it_needs_nothing_of_clarion(built, tmp_path):
    first = built("Q1", PEOPLE)
    second = built("Q2", {**PEOPLE, ("A", "legal"): 9}, earlier=["Q1"])
    answer = alone(tmp_path, second, first)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.endswith(": certified\n")
    assert re.search(r"^27 targets, 300 databases, least share 0\.", answer.stdout)


def test_the_command_takes_its_word(built):
    answer = check_release(built("Q1", PEOPLE), [])
    assert (answer["verdict"], answer["how"]) == ("certified", "certificate of 300 databases")
    assert answer["counts"] == {"groups": {"certified": 9}, "targets": {"certified": 9}}


def edited(folder, name, change):
    text = (folder / name).read_text()
    assert change(text) != text
    (folder / name).write_text(change(text))


EDITS = {
    "a number": ("by_region.csv", lambda text: text.replace("65", "70")),
    "the specification": ("release.json", lambda text: text.replace('"k": 5', '"k": 4')),
    "the certificate's hash": ("certificate.json", lambda text: re.sub('"sha256": "..', '"sha256": "00', text)),
    "a database": ("certificate.json", lambda text: re.sub(r'"(\d+)x(\d+)', r'"\1x9\2', text, count=1)),
    "a database of words": ("certificate.json", lambda text: re.sub(r'"(\d+)x(\d+)', r'"one', text, count=1)),
    "a cell too many": ("certificate.json", lambda text: re.sub(r'"(\d+)x(\d+)', r'"99x1', text, count=1)),
    "the form": ("certificate.json", lambda text: text.replace("certificate/1", "certificate/2")),
    "no JSON": ("certificate.json", lambda text: text[:-40]),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_found(name, built, tmp_path):
    folder = built("Q1", PEOPLE)
    edited(folder, *EDITS[name])
    answer = alone(tmp_path, folder)
    assert answer.returncode == 3
    assert answer.stderr.startswith("not certified: ")
    with pytest.raises(ReleaseError):
        check_release(folder, [])


def test_an_earlier_release_that_was_changed_is_found(built, tmp_path):
    first = built("Q1", PEOPLE)
    second = built("Q2", {**PEOPLE, ("A", "legal"): 9}, earlier=["Q1"])
    edited(first, "by_region.csv", lambda text: text.replace("65", "60"))
    assert "a file was changed" in alone(tmp_path, second, first).stderr
    assert alone(tmp_path, second).returncode == 3


def test_few_databases_are_no_certificate(built, tmp_path):
    folder = built("Q1", PEOPLE)
    said = json.loads((folder / "certificate.json").read_text())
    (folder / "certificate.json").write_text(json.dumps({**said, "databases": said["databases"][:20]}))
    assert "fewer than 100" in alone(tmp_path, folder).stderr


def test_databases_that_all_have_it_small_fall_short(built, tmp_path):
    """A certificate made of one database that happens to hold a small group proves nothing."""
    folder = built("Q1", PEOPLE)
    said = json.loads((folder / "certificate.json").read_text())
    one = next(d for d in said["databases"] if re.match(r"0x[34] ", d))
    (folder / "certificate.json").write_text(json.dumps({**said, "databases": [one] * 150}))
    answer = alone(tmp_path, folder)
    assert answer.returncode == 2
    assert "fall short" in answer.stdout


def test_the_certificate_says_what_it_rests_on(built, read_json):
    said = read_json(built("Q1", PEOPLE) / "certificate.json")
    assert any("earlier ones" in sentence for sentence in said["assumes"])
    assert any("bank file" in sentence for sentence in said["does_not_cover"])


def test_without_arguments_it_explains_itself(tmp_path):
    assert alone(tmp_path).returncode == 3
    assert "python checker.py RELEASE_DIR" in alone(tmp_path, "--help").stdout
