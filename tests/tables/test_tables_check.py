"""The contract check: what passes, and what each refusal says."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.errors import TableError
from clarion.tables import TABLES, table
from clarion.tables.check import check

GOOD = {
    "item": ["wheat", "wheat"],
    "exporter_iso3": ["RUS", "UKR"],
    "importer_iso3": ["EGY", "EGY"],
    "period": ["2021", "2019-2021"],
    "reported_by": ["exporter", "importer"],
    "tonnes": ["5000.5", ""],
}


def flows(**changes: list[object]) -> pl.DataFrame:
    return pl.DataFrame(GOOD | changes)


def test_a_good_frame_comes_back_typed_and_whole() -> None:
    out = check(flows(), table("trade_flows"))
    assert out.columns == list(table("trade_flows").names)
    assert out["tonnes"].to_list() == [5000.5, None]
    assert out.schema["source_row"] == pl.Int64
    assert check(out, table("trade_flows")).equals(out)


@pytest.mark.parametrize(
    ("changes", "column", "value", "said"),
    [
        ({"item": ["wheat", "weat"]}, "item", "weat", "is not a commodity"),
        ({"exporter_iso3": ["RUS", "XXX"]}, "exporter_iso3", "XXX", "is not the code of a country"),
        ({"exporter_iso3": ["RUS", "ukr"]}, "exporter_iso3", "ukr", "is not the code of a country"),
        ({"period": ["2021", "2021-2019"]}, "period", "2021-2019", "ends before it begins"),
        ({"period": ["2021", "21"]}, "period", "21", "is not a period"),
        ({"reported_by": ["exporter", "both"]}, "reported_by", "both", "is not one of those allowed"),
        ({"tonnes": ["1", "-2"]}, "tonnes", -2.0, "is less than 0 t/year"),
        ({"tonnes": ["1", "2e10"]}, "tonnes", 2e10, "is more than 1e+10 t/year"),
        ({"tonnes": ["1", "many"]}, "tonnes", "many", "is not a number"),
        ({"tonnes": ["1", "nan"]}, "tonnes", "nan", "is not a number"),
        ({"tonnes": ["1", "inf"]}, "tonnes", "inf", "is not a number"),
        ({"importer_iso3": ["EGY", ""]}, "importer_iso3", None, "is empty"),
        ({"source_row": ["2", "2.5"]}, "source_row", "2.5", "is not a whole number"),
    ],
)
def test_a_bad_value_is_named_with_line_and_column(changes, column, value, said) -> None:
    with pytest.raises(TableError) as caught:
        check(flows(**changes), table("trade_flows"), file="mine.csv")
    error = caught.value
    assert said in error.what
    assert error.where == f"mine.csv, line 3, column {column}"
    assert (error.details["line"], error.details["column"], error.details["value"]) == (3, column, value)
    assert error.details["rows"] == 1
    assert error.next_step


def test_the_first_problem_counts_its_rows() -> None:
    with pytest.raises(TableError) as caught:
        check(flows(tonnes=["-1", "-2"]), table("trade_flows"))
    assert caught.value.details["rows"] == 2
    assert "2 rows have this problem" in caught.value.next_step


def test_a_decimal_comma_is_recognised() -> None:
    with pytest.raises(TableError, match="point, not a comma"):
        check(flows(tonnes=["1", "5,5"]), table("trade_flows"))


def test_unknown_and_missing_columns_list_what_there_is() -> None:
    with pytest.raises(TableError, match="Did you mean 'tonnes'") as caught:
        check(flows().rename({"tonnes": "tones"}), table("trade_flows"))
    assert "exporter_iso3" in caught.value.next_step
    with pytest.raises(TableError, match="'period' of trade_flows is missing") as caught:
        check(flows().drop("period"), table("trade_flows"))
    assert caught.value.details["missing"] == ["period"]


def test_duplicate_keys_show_both_lines() -> None:
    twice = pl.concat([flows(), flows()[:1]])
    with pytest.raises(TableError, match="same key") as caught:
        check(twice, table("trade_flows"), file="f.csv")
    assert caught.value.where == "f.csv, lines 2 and 4"
    assert caught.value.details["rows"] == 2


def test_lines_can_come_from_the_source_row() -> None:
    frame = flows(source_row=[17, 99], tonnes=[1.0, -1.0])
    with pytest.raises(TableError, match="line 99"):
        check(frame, table("trade_flows"), lines="source_row")


def test_months_and_bounds() -> None:
    prices = pl.DataFrame({"series": ["Wheat"], "month": ["2022-13"], "usd_per_tonne": [1.0]})
    with pytest.raises(TableError, match="is not a month"):
        check(prices, table("prices"))


def test_a_number_column_given_as_dates_is_refused_not_read() -> None:
    frame = flows().with_columns(pl.Series("period", [1.5, 2.5]))
    with pytest.raises(TableError, match="should be text"):
        check(frame, table("trade_flows"))


@given(
    st.lists(
        st.tuples(st.sampled_from(["KGZ", "TJK", "UZB", "ARM"]), st.integers(1990, 2024), st.floats(0, 1e10)),
        unique_by=lambda row: row[:2],
        max_size=30,
    )
)
def test_checking_changes_no_good_value(rows) -> None:
    frame = pl.DataFrame(
        {
            "item": ["wheat"] * len(rows),
            "iso3": [r[0] for r in rows],
            "period": [str(r[1]) for r in rows],
            "tonnes": [r[2] for r in rows],
        },
        schema={"item": pl.String, "iso3": pl.String, "period": pl.String, "tonnes": pl.Float64},
    )
    out = check(frame, table("production"))
    assert out.select(frame.columns).equals(frame)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_frame_of_every_table_passes(name: str) -> None:
    contract = table(name)
    out = check(pl.DataFrame(schema=dict.fromkeys(contract.names, pl.String)), contract)
    assert out.height == 0
