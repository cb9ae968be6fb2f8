"""A runner by its name."""

import pytest

from clarion.compute import Processes, Serial, runner_named
from clarion.errors import InputError, UnknownName


@pytest.mark.parametrize(
    ("name", "workers", "expected"),
    [("", 1, Serial()), ("", 3, Processes(3)), ("serial", 1, Serial()), ("processes", 1, Processes(1)),
     ("processes", 2, Processes(2))],
)  # fmt: skip
def test_names(name, workers, expected):
    assert runner_named(name, workers) == expected


def test_spark_by_name_and_by_address():
    from clarion.compute.spark import Spark

    assert runner_named("spark", 3) == Spark("local[3]")
    assert runner_named("spark://host:7077") == Spark("spark://host:7077")
    assert runner_named("yarn") == Spark("yarn")


@pytest.mark.parametrize("number", [0, -2])
def test_no_workers(number):
    with pytest.raises(InputError, match="cannot be used"):
        runner_named("", number)


def test_what_is_no_runner():
    with pytest.raises(UnknownName, match="'mars'"):
        runner_named("mars")
    with pytest.raises(InputError, match="one worker"):
        runner_named("serial", 2)
