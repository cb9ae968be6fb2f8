"""Trade of the embedded facts: the published picture, period rules and bad questions."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from clarion.errors import InputError, ModelError, UnknownName
from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.trade import Picture, picture
from clarion.tables import table
from clarion.vocab import Period, Provenance


def loaded(name: str, rows: list[dict[str, object]]) -> LoadedTable:
    schema = {c.name: pl.Float64 if c.kind == "number" else pl.Int64 if c.kind == "integer" else pl.String
              for c in table(name).columns}  # fmt: skip
    return LoadedTable(name, "test", pl.DataFrame(rows, schema=schema), Provenance("test", "1", name))


def flow(exporter: str, importer: str, tonnes: float, period: str = "2019-2021", by: str = "exporter", row: int = 2):
    return {"item": "wheat", "exporter_iso3": exporter, "importer_iso3": importer, "period": period,
            "reported_by": by, "tonnes": tonnes, "usd": None, "source_row": row}  # fmt: skip


def harvest(iso3: str, tonnes: float, period: str = "2019-2021"):
    return {"item": "wheat", "iso3": iso3, "period": period, "tonnes": tonnes, "source_row": 2}


NO_HARVEST = loaded("production", [])


def share(found: Picture, origins: tuple[str, ...] = ("RUS", "UKR")) -> tuple[np.ndarray, np.ndarray]:
    flows = found.flows
    wanted = np.isin(flows.exporter, [flows.position[o] for o in origins])
    bought = np.bincount(flows.importer, flows.tonnes * wanted, len(flows.countries))
    return flows.imports, bought / np.where(flows.imports > 0, flows.imports, 1)


@pytest.mark.parametrize(("mode", "third", "half"), [("raw", 52, 34), ("corrected", 53, 36)])
def test_published_counts_of_dependent_importers(mode, third, half):
    warehouse = Warehouse()
    found = picture("wheat", mode, warehouse.table("trade_flows"), warehouse.table("production"))
    imports, dependence = share(found)
    assert ((imports >= 5000) & (dependence >= 0.3)).sum() == third
    assert ((imports >= 5000) & (dependence >= 0.5)).sum() == half


def test_published_shares_of_single_countries():
    warehouse = Warehouse()
    found = picture("wheat", "raw", warehouse.table("trade_flows"), warehouse.table("production"))
    _, dependence = share(found)
    for iso3, percent in {"EGY": 79, "LBN": 72, "TUR": 83, "SOM": 88, "TUN": 52, "SEN": 56}.items():
        assert abs(100 * dependence[found.flows.position[iso3]] - percent) < 1


def test_every_flow_keeps_its_source_row():
    warehouse = Warehouse()
    held = warehouse.table("trade_flows")
    found = picture("wheat", "raw", held, warehouse.table("production"))
    by_row = {row["source_row"]: row for row in held.frame.iter_rows(named=True)}
    for k, rows in enumerate(found.flows.rows):
        (row,) = rows
        assert by_row[row]["exporter_iso3"] == found.flows.countries[found.flows.exporter[k]]
        assert by_row[row]["tonnes"] == found.flows.tonnes[k]


def test_three_latest_complete_years_are_the_default():
    rows = [flow(e, "EGY", 10.0 * int(y[-1]), y) for y in ("2018", "2019", "2020", "2021") for e in ("RUS", "UKR")]
    rows.append(flow("RUS", "EGY", 999.0, "2022"))  # one reporter only: incomplete
    found = picture("wheat", "raw", loaded("trade_flows", rows), NO_HARVEST)
    assert found.period == "2019-2021"
    assert found.flows.tonnes == pytest.approx([(90 + 0 + 10) / 3] * 2)


def test_a_year_may_be_asked_for_and_a_missing_one_is_named():
    held = loaded("trade_flows", [flow("RUS", "EGY", 5.0, "2020"), flow("RUS", "EGY", 7.0, "2021")])
    assert picture("wheat", "raw", held, NO_HARVEST, Period(2021, 2021)).flows.tonnes == [7.0]
    assert picture("wheat", "raw", held, NO_HARVEST, Period(2020, 2021)).flows.tonnes == [6.0]
    with pytest.raises(InputError, match=r"2013") as caught:
        picture("wheat", "raw", held, NO_HARVEST, Period(2013, 2013))
    assert caught.value.details["known"] == ["2020", "2021"]


def test_raw_takes_the_importer_where_the_exporter_is_silent():
    rows = [flow("RUS", "EGY", 5.0), flow("RUS", "EGY", 8.0, by="importer"), flow("UKR", "EGY", 3.0, by="importer")]
    found = picture("wheat", "raw", loaded("trade_flows", rows), NO_HARVEST).flows
    assert list(zip(found.tonnes, found.reported_by, strict=True)) == [(5.0, "exporter"), (3.0, "importer")]


def test_what_cannot_be_answered_is_named():
    held = loaded("trade_flows", [flow("RUS", "EGY", 5.0)])
    with pytest.raises(UnknownName):
        picture("gold", "raw", held, NO_HARVEST)
    with pytest.raises(InputError, match="no maize"):
        picture("maize", "raw", held, NO_HARVEST)
    with pytest.raises(InputError, match="boiled"):
        picture("wheat", "boiled", held, NO_HARVEST)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="Re-exports"):
        picture("wheat", "corrected", held, NO_HARVEST)


def test_harvest_of_another_period_is_said():
    held = loaded("trade_flows", [flow("RUS", "EGY", 5.0)])
    found = picture(
        "wheat", "raw", held, loaded("production", [harvest("EGY", 9.0, "2016"), harvest("RUS", 1, "2017")])
    )
    assert found.harvest_period == "2017"
    assert found.supply[found.flows.position["EGY"]] == 5.0


def test_reconciled_rows_stand_where_nobody_else_spoke():
    rows = [flow("RUS", "EGY", 5.0, by="reconciled"), flow("UKR", "EGY", 3.0, by="importer")]
    grown = loaded("production", [harvest("RUS", 100.0), harvest("UKR", 100.0)])
    for mode in ("raw", "corrected"):
        found = picture("wheat", mode, loaded("trade_flows", rows), grown).flows
        assert dict(zip(found.reported_by, found.tonnes, strict=True)) == pytest.approx(
            {"reconciled": 5.0, "importer": 3.0}
        )


def test_years_apart_are_named_one_by_one():
    rows = [flow("RUS", "EGY", 5.0, year) for year in ("2017", "2019", "2021")]
    assert picture("wheat", "raw", loaded("trade_flows", rows), NO_HARVEST).period == "2017, 2019, 2021"
