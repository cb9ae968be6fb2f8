"""Tables become a network, or one error that says where."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from clarion.errors import InputError
from clarion.spillover.engine.cascade import Network

FLOWS = pl.DataFrame(
    {"exporter_iso3": ["UKR", "UKR", "EGY"], "importer_iso3": ["EGY", "LBN", "EGY"], "quantity": [5, 0, 9]}
)
MADE = pl.DataFrame({"iso3": ["UKR", "AAA"], "quantity": [20.0, 1.0]})
HELD = pl.DataFrame({"iso3": ["EGY"], "quantity": [3]})


def test_countries_are_the_sorted_union_and_self_trade_is_counted():
    network = Network.from_frames(FLOWS, MADE, HELD)
    assert network.countries == ("AAA", "EGY", "LBN", "UKR")
    assert network.flows.tolist() == [5]
    assert (network.row.tolist(), network.column.tolist()) == ([3], [1])
    assert network.production.tolist() == [1, 0, 0, 20]
    assert network.reserves.tolist() == [0, 3, 0, 0]
    assert network.consumption.tolist() == [1, 5, 0, 15]
    assert network.self_trade == 1
    assert network.index("LBN") == 2
    with pytest.raises(InputError, match="MDA is not in the trade network"):
        network.index("MDA")


def test_columns_and_rows_agree():
    rng = np.random.default_rng(0)
    E = rng.random((30, 30)) * (rng.random((30, 30)) < 0.4)
    np.fill_diagonal(E, 0)
    from cascade_worlds import network_of

    network = network_of(E, np.ones(30), np.ones(30))
    _, row, column, column_start, column_links = network.shape
    dense = np.zeros_like(E)
    dense[row, column] = network.flows
    assert np.array_equal(dense, E)
    for j in range(30):
        links = column_links[column_start[j] : column_start[j + 1]]
        assert (column[links] == j).all()
        assert (np.diff(row[links]) > 0).all()


def change(frame, **columns):
    return frame.with_columns(**{name: pl.Series(values) for name, values in columns.items()})


@pytest.mark.parametrize(
    ("tables", "where", "what"),
    [
        ({"flows": FLOWS.rename({"quantity": "tonnes"})}, "flows, header", "missing ['quantity'], unknown ['tonnes']"),
        ({"flows": change(FLOWS, quantity=[1.0, -2.0, 3.0])}, "flows, row 2, column quantity", "-2.0 is not a number"),
        ({"flows": change(FLOWS, quantity=[1.0, 2.0, float("nan")])}, "flows, row 3, column quantity", "nan is not"),
        ({"flows": change(FLOWS, quantity=[None, 2, 3])}, "flows, row 1, column quantity", "None is not"),
        ({"flows": change(FLOWS, importer_iso3=["EGY", "lbn", "EGY"])}, "flows, row 2, column importer_iso3", "'lbn'"),
        ({"flows": pl.concat([FLOWS, FLOWS[:1]])}, "flows, row 4, column exporter_iso3", "second row for UKR to EGY"),
        ({"made": pl.concat([MADE, MADE[1:]])}, "production, row 3, column iso3", "second row for AAA"),
        ({"made": change(MADE, quantity=["20", "1"])}, "production, row 1, column quantity", "not numbers"),
        ({"held": change(HELD, quantity=[float("inf")])}, "reserves, row 1, column quantity", "inf is not"),
        ({"held": change(HELD, iso3=[364])}, "reserves, row 1, column iso3", "not country codes"),
        ({"flows": FLOWS[:0], "made": MADE[:0], "held": HELD[:0]}, "flows, production, reserves", "no country"),
    ],
)
def test_bad_tables_are_refused(tables, where, what):
    given = {"flows": FLOWS, "made": MADE, "held": HELD} | tables
    with pytest.raises(InputError) as caught:
        Network.from_frames(given["flows"], given["made"], given["held"])
    assert caught.value.where == where
    assert what in caught.value.what
    assert caught.value.next_step
