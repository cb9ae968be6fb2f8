"""The pages of a layer that nobody eats."""

from __future__ import annotations

import polars as pl
import pytest

from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.tables import table
from clarion.tables.check import check
from clarion.vocab import Provenance

FLOWS = [
    ("potash", "RUS", "EGY", 50_000.0), ("potash", "CAN", "EGY", 20_000.0), ("natural-gas", "RUS", "ARM", 1.7e6),
    ("wheat", "RUS", "EGY", 8e6),
]  # fmt: skip


class Made(Warehouse):
    def table(self, name, source=None):
        if name != "trade_flows":
            return super().table(name, source)
        rows = [
            {"item": i, "exporter_iso3": e, "importer_iso3": m, "period": "2021", "reported_by": "exporter",
             "tonnes": t, "usd": None, "source_row": k, "more_rows": None}
            for k, (i, e, m, t) in enumerate(FLOWS, 2)
        ]  # fmt: skip
        frame = check(pl.DataFrame(rows, infer_schema_length=None), table(name), lines="source_row")
        return LoadedTable(name, "made", frame, Provenance("made", "1", name))


@pytest.fixture
def made(monkeypatch):
    for module in ("tables", "exposure"):
        monkeypatch.setattr(f"clarion.spillover.service.{module}.warehouse", Made)


@pytest.mark.parametrize(
    "address",
    [
        "/spillover/?item=potash", "/spillover/?item=natural-gas&minimum=0",
        "/spillover/ranking/?item=potash&minimum=0",
        "/spillover/country/EGY/", "/spillover/country/ARM/", "/spillover/country/KGZ/",
        "/spillover/country/EGY/potash/", "/spillover/country/ARM/natural-gas/",
    ],
)  # fmt: skip
def test_a_page_of_every_layer_stands(made, signed_in, address):
    answered = signed_in("analyst").get(address)
    assert answered.status_code == 200, answered.content[-600:]


def test_energy_of_fertiliser_is_not_known_because_it_is_not_food(made, signed_in):
    text = signed_in("analyst").get("/spillover/country/EGY/").content.decode()
    assert "Potash fertiliser" in text
    assert "It is not food." in text
    assert signed_in("viewer").get("/spillover/?item=coal").status_code != 500
