"""When a scenario's shocks begin and how long they last."""

import pytest

from clarion.errors import ScenarioError
from clarion.spillover.engine.scenario import Range, Timing, parse, to_toml

TEXT = """\
name = "a-quota"
title = "A quota"
items = ["wheat"]
period = "2019-2021"

[time]
start = "03"
months = [3, 9, 18]
horizon = 24

[[shocks]]
kind = "export_quota"
exporter = "KAZ"
kept = 0.5
"""


def test_read():
    assert parse(TEXT).time == Timing(3, Range(3, 9, 18), 24)


def test_left_out():
    without = TEXT.replace('[time]\nstart = "03"\nmonths = [3, 9, 18]\nhorizon = 24\n', "")
    found = parse(without)
    assert found.time == Timing(1, Range.exactly(12), 12)
    assert "[time]" not in to_toml(found)
    assert parse(TEXT.replace('start = "03"\n', "").replace("months = [3, 9, 18]\n", "")).time.start == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('"03"', '"13"', 7, "time.start"),
        ('"03"', '"March"', 7, "time.start"),
        ('"03"', "3", 7, "time.start"),
        ("18]", "37]", 8, "time.months[2]"),
        ("[3, 9, 18]", "[9, 3, 18]", 8, "time.months"),
        ('"03"', f'"{"9" * 5000}"', 7, "time.start"),
        ("24", "6", 9, "time.horizon"),
        ("24", "12.5", 9, "time.horizon"),
        ("24", "true", 9, "time.horizon"),
        ("horizon", "horison", 9, "time.horison"),
    ],
)
def test_refused_with_its_line(old, new, line, key):
    with pytest.raises(ScenarioError) as caught:
        parse(TEXT.replace(old, new), "quota.toml")
    assert caught.value.details["line"] == line
    assert caught.value.details["key"].split("[")[0] == key.split("[")[0]


def test_a_table_is_wanted():
    with pytest.raises(ScenarioError, match="must be a table"):
        parse(TEXT.replace("[time]", "[[time]]"))
