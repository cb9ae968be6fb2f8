"""A person reads the texts of a release; what was read is bound to its hash."""

import json
import subprocess
import sys

import pytest

from clarion.release import build_release, check_release
from clarion.release.errors import ReleaseError
from clarion.release.review import record_review, review_of, to_review
from clarion.release.spec import read_spec
from clarion.release.texts import hints, need_a_reader

PEOPLE = {("A", "legal"): 30, ("A", "shelter"): 20, ("B", "legal"): 25, ("B", "shelter"): 40}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("write to ivan.p@example.org", "an e-mail address"), ("see t.me/somebody", "a link"),
        ("call +7 (921) 555-01-23", "a telephone number"), ("passport 4510 123456", "a number of a document"),
        ("GB29 NWBK 6016 1331 9268 19", "a number of a document"), ("born 03.04.1985", "a date"),
        ("Сергеевна", "a patronymic"), ("Petrovich", "a patronymic"), ("И. И. Петров", "two initials"),
        ("Ольга из Пскова", "a given name"), ("help for Dmitry", "a given name"), ("ask @activist", "an account"),
    ],
)  # fmt: skip
def test_hints(text, hint):
    assert any(found.startswith(hint) for found in hints(text))


@pytest.mark.parametrize(
    "text",
    ["legal", "shelter", "A1", "18-24", "Legal aid", "North-West", "2026-Q3", "region_theme.csv", "Saint Petersburg",
     "юридическая помощь", "Sverdlovsk", "over 65", "women", "1000-5000"],
)  # fmt: skip
def test_ordinary_labels_give_no_hint(text):
    assert hints(text) == []


@pytest.mark.parametrize(
    ("further", "needed"),
    [
        ({}, False), ({"title": "Third quarter"}, True), ({"description": "What we did."}, True),
        ({"review": True}, True),
        ({"dimensions": {"region": ["A", "Ivan Petrov"], "theme": ["x"]}}, True),
        ({"dimensions": {"region": ["A", "a village near the border with one doctor"], "theme": ["x"]}}, True),
        ({"known": [{"what": "a leaked bank file", "where": {}, "low": 1}]}, False),
        ({"known": [{"what": "told by Oksana", "where": {}, "low": 1}]}, True),
        ({"hierarchy": {"region": {"A": "c/o +7 921 555 01 23"}}}, True),
    ],
)  # fmt: skip
def test_when_a_person_must_have_read_it(tiny, further, needed):
    assert need_a_reader(read_spec(json.dumps({**tiny, **further}), "x")) is needed


def test_unread_then_read_then_changed(published):
    folder = published(PEOPLE, title="Help in the third quarter")
    answer = check_release(folder, [])
    assert (answer["verdict"], answer["exit_code"], answer["review"]["status"]) == ("undecided", 2, "missing")
    assert answer["review"]["next"] == f"clarion release review {folder} --by HANDLE"
    assert all(group["status"] == "certified" for group in answer["groups"]), "the counts are another matter"
    said = record_review(folder, "reader-7")
    assert set(said["texts"]) >= {"title", "dimensions.region", "dimensions.region[0]", "tables[0]"}
    assert "third quarter" not in (folder / "review.json").read_text(), "hashes, not texts"
    answer = check_release(folder, [])
    assert (answer["exit_code"], answer["review"]["status"], answer["review"]["by"]) == (0, "read", "reader-7")
    text = (folder / "release.json").read_text()
    (folder / "release.json").write_text(text.replace("third quarter", "third quarter, by Ivan"))
    answer = check_release(folder, [])
    assert (answer["exit_code"], answer["review"]["status"]) == (2, "changed")
    assert answer["review"]["next"]


def test_a_review_of_another_release_does_not_count(published):
    one, two = (published(PEOPLE, id=name, title="Help") for name in ("one", "two"))
    record_review(one, "reader-7")
    (two / "review.json").write_text((one / "review.json").read_text())
    assert review_of(two, read_spec((two / "release.json").read_text(), "x"))["status"] == "changed"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"by": "x", "at": "y", "texts": 3, "format": 1}', "null", "7"])
def test_a_review_that_is_none(published, text):
    folder = published(PEOPLE, title="Help")
    (folder / "review.json").write_text(text)
    with pytest.raises(ReleaseError, match="not in its form"):
        check_release(folder, [])


@pytest.mark.parametrize("by", ["", "Ivan Petrov", "ivan@example.org", "x" * 65, "../up", "Ivan"])
def test_a_handle_does_not_say_who_it_is(published, by):
    with pytest.raises(ReleaseError, match="no handle"):
        record_review(published(PEOPLE), by)


def test_the_certificate_outlives_a_review(files, tmp_path):
    folder = tmp_path / "r"
    answer = build_release(*files(PEOPLE, id="r", description="What we did."), folder, [])
    assert (answer["exit_code"], answer["review"]["status"]) == (0, "missing")
    assert check_release(folder, [])["exit_code"] == 2
    record_review(folder, "reader-7")
    answer = check_release(folder, [])
    assert (answer["exit_code"], answer["how"]) == (0, "certificate of 300 databases")


def clarion(*words, typed=""):
    command = [sys.executable, "-m", "clarion", "release", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, input=typed)


def test_the_command_shows_every_text_and_asks(published):
    folder = published(PEOPLE, title="Ask Oksana")
    refused = clarion("review", folder, "--by", "reader-7", typed="n\n")
    assert (refused.returncode, (folder / "review.json").exists()) == (2, False)
    assert "Ask Oksana" in refused.stdout
    assert "a given name" in refused.stdout
    assert clarion("review", folder, "--by", "reader-7", typed="y\n").returncode == 0
    assert check_release(folder, [])["review"]["status"] == "read"
    shown = json.loads(clarion("review", folder, "--by", "reader-8", "--yes", "--json").stdout)
    assert shown["review"]["by"] == "reader-8"
    assert [t["text"] for t in to_review(folder)] == [t["text"] for t in shown["texts"]]
