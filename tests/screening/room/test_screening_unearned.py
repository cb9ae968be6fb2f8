"""Nobody is clear by lists that are not whole, not there, or of a day that cannot be."""

import shutil
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from clarion.access import Actor
from clarion.config import config
from clarion.screening.service.asked import asked
from clarion.screening.service.check import check
from clarion.screening.service.lists import loaded
from clarion.screening.service.words import sentence
from clarion.sources.load import load_table
from clarion.tables.store import Store

STRANGER = {"name": "Сидоров Олег"}


def screened(**said):
    return check(Actor.console(), asked(said)).to_dict()


@pytest.mark.parametrize("table", ["listed_parties", "listed_names", "listed_facts"])
def test_a_list_that_lost_a_table_clears_nobody(listed, table):
    listed()
    listed("test-uk", people={"U.1": (("Some Body",), "", "asset freeze")}, firms={})
    assert screened(**STRANGER)["outcome"] == "clear"
    shutil.rmtree(config().home / "tables" / table / "test-uk")
    found = screened(**STRANGER)
    assert (found["outcome"], found["missing"]) == ("not-screened", ["test-uk"])
    assert "test-uk" in sentence(found, "en")


def test_lists_that_name_nobody_clear_nobody(listed):
    listed("test-eu", people={}, firms={})
    assert screened(**STRANGER)["outcome"] == "not-screened"
    listed("test-uk", people={"U.1": (("Some Body",), "", "asset freeze")}, firms={})
    assert screened(**STRANGER)["outcome"] == "clear", "an act may be empty beside others that are not"


def test_a_list_of_a_day_to_come_clears_nobody(listed):
    listed(days=-3)
    found = screened(**STRANGER)
    assert found["outcome"] == "stale"
    assert sentence(found, "en").startswith("Not cleared: the list test-eu is dated after today.")
    assert loaded(datetime.now(UTC).date() + timedelta(2)).sanctions[0].stale is False, "tomorrow may have begun there"


def test_a_list_of_ones_own_is_screened_against(tmp_path):
    rows = {
        "listed_parties": {"entry": "A1", "kind": "person", "status": "listed"},
        "listed_names": {"entry": "A1", "number": 1, "whole": "Kvazimodov Zinoviy", "kind": "primary",
                         "quality": "strong"},
        "listed_facts": {"entry": "A1", "number": 1, "kind": "measure", "value": "asset freeze"},
    }  # fmt: skip
    try:
        for table, row in rows.items():
            file = tmp_path / f"{table}.csv"
            pl.DataFrame([row | {"source_row": 2}]).write_csv(file)
            load_table(table, file, config().home, source="own-list")
            if table != "listed_facts":
                assert screened(**STRANGER)["outcome"] == "not-screened", "as long as a table is missing"
        assert screened(name="Kvazimodov Zinoviy")["outcome"] == "review"
        assert screened(**STRANGER)["outcome"] == "clear"
    finally:
        Store(config().home).remove("own-list")
