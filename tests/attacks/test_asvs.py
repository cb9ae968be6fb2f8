"""The table of ASVS 5.0.0 is whole, names tests that exist, and every attack stands for something in it."""

import ast
import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TABLE = tomllib.loads(Path(__file__).with_name("asvs.toml").read_text(encoding="utf-8"))
BEYOND = TABLE.pop("beyond")
ROWS = {name: row for chapter in TABLE.values() for name, row in chapter.items()}
VERDICTS = {"attacked", "by design", "not applicable", "open"}

# How many requirements each section has, those of level 3 left out: "5:2" is five of level 1 or 2 that begin at 1, and
# the numbers are those of the standard, so that one that is forgotten is missed.
SECTIONS = {
    "V1.1": "1-2", "V1.2": "1-9", "V1.3": "1-11", "V1.4": "1-3", "V1.5": "1-2", "V2.1": "1-3", "V2.2": "1-3",
    "V2.3": "1-4", "V2.4": "1", "V3.2": "1-2", "V3.3": "1-4", "V3.4": "1-6", "V3.5": "1-5", "V3.7": "1-2",
    "V4.1": "1-3", "V4.2": "1", "V4.3": "1-2", "V4.4": "1-4", "V5.1": "1", "V5.2": "1-3", "V5.3": "1-2", "V5.4": "1-3",
    "V6.1": "1-3", "V6.2": "1-12", "V6.3": "1-4", "V6.4": "1-4", "V6.5": "1-5", "V6.6": "1-3", "V6.8": "1-4",
    "V7.1": "1-3", "V7.2": "1-4", "V7.3": "1-2", "V7.4": "1-5", "V7.5": "1-2", "V7.6": "1-2", "V8.1": "1-2",
    "V8.2": "1-3", "V8.3": "1", "V8.4": "1", "V9.1": "1-3", "V9.2": "1-4", "V10.1": "1-2", "V10.2": "1-2",
    "V10.3": "1-4", "V10.4": "1-11", "V10.5": "1-5", "V10.6": "1-2", "V10.7": "1-3", "V11.1": "1-2", "V11.2": "1-3",
    "V11.3": "1-3", "V11.4": "1-4", "V11.5": "1", "V11.6": "1", "V12.1": "1-3", "V12.2": "1-2", "V12.3": "1-4",
    "V13.1": "1", "V13.2": "1-5", "V13.3": "1-2", "V13.4": "1-5", "V14.1": "1-2", "V14.2": "1-4", "V14.3": "1-3",
    "V15.1": "1-3", "V15.2": "1-3", "V15.3": "1-7", "V16.1": "1", "V16.2": "1-5", "V16.3": "1-4", "V16.4": "1-3",
    "V16.5": "1-3", "V17.1": "1", "V17.2": "1-4", "V17.3": "1-2",
}  # fmt: skip
LEVEL_ONE, LEVEL_TWO = 70, 183


def named(file):
    """Tests of a file as they are named in the table."""
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield node.name
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from (f"{node.name}::{n.name}" for n in node.body if getattr(n, "name", "").startswith("test"))


def test_every_requirement_is_there_once():
    expected = set()
    for section, numbers in SECTIONS.items():
        first, _, last = numbers.partition("-")
        expected |= {f"{section}.{n}" for n in range(int(first), int(last or first) + 1)}
    assert set(ROWS) == expected
    assert len(ROWS) == sum(len(chapter) for chapter in TABLE.values())
    levels = [row["level"] for row in ROWS.values()]
    assert (levels.count(1), levels.count(2)) == (LEVEL_ONE, LEVEL_TWO)


def test_every_row_says_what_stands_for_it():
    for name, row in ROWS.items():
        assert set(row) <= {"level", "about", "verdict", "why", "tests"}, name
        assert row["verdict"] in VERDICTS, name
        assert row["about"], name
        assert row["verdict"] != "attacked" or row["tests"], name
        assert row["verdict"] == "attacked" or row["why"].endswith("."), name


@pytest.mark.parametrize(
    "where", sorted({t for row in (*ROWS.values(), *BEYOND.values()) for t in row.get("tests", ())})
)
def test_a_named_test_exists(where):
    path, _, name = where.partition("::")
    file = TESTS / path
    assert file.is_file(), where
    assert not name or name in set(named(file)), where


def test_every_attack_stands_for_a_requirement():
    told = {t for row in (*ROWS.values(), *BEYOND.values()) for t in row.get("tests", ())}
    attacks = [f for f in Path(__file__).parent.glob("test_*.py") if f.name != "test_asvs.py"]
    there = {f"attacks/{f.name}::{name}" for f in attacks for name in named(f)}
    assert there - told == set()
    assert len(there) > 80
