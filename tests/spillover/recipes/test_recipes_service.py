"""What the use case adds: words, a table, provenance down to the files, and a plain reason for the missing interval."""

from __future__ import annotations

import hashlib

import pytest
from recipes_worlds import random_world, write_folder

from clarion.errors import InputError, UnknownName
from clarion.spillover.engine.recipes import baseline, country_shocks, relative_losses, respond
from clarion.spillover.service.recipes import NO_INTERVAL, recipes


@pytest.fixture
def world():
    return random_world(21, 6, 3, 2, 0.8)


@pytest.fixture
def folder(world, tmp_path):
    return write_folder(world, tmp_path)


def test_losses_are_those_of_the_engine(world, folder):
    found = recipes(folder, "c01", steps=4)
    lost = relative_losses(world, respond(world, baseline(world, 4), country_shocks(world, [1])), 0)
    told = {(x.level, x.place, x.item): x.relative_loss for x in found.losses}
    for c, iso3 in enumerate(world.countries):
        for k, item in enumerate(world.items):
            assert told.get(("country", iso3, item), 0.0) == pytest.approx(lost.countries[c, k], abs=1e-9)
    for r, region in enumerate(lost.region_names):
        for k, item in enumerate(world.items):
            assert told.get(("region", region, item), 0.0) == pytest.approx(lost.regions[r, k], abs=1e-9)
    shares = [x.relative_loss for x in found.losses]
    assert shares == sorted(shares, reverse=True)
    assert all(x.place != "C01" for x in found.largest("country", 99))


def test_an_answer_says_how_it_was_found(folder):
    data = recipes(folder, "C02", item="item 0").to_dict()
    assert data["interval"] is None
    assert data["no_interval"] == NO_INTERVAL
    assert data["shock"] == {"country": "C02", "item": "item 0", "last_item_spared": False}
    cited = {p["table"]: p["sha256"] for p in data["provenance"]}
    assert len(cited) == 12
    for name, digest in cited.items():
        assert digest == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    frame = recipes(folder, "C02").frame()
    assert frame.columns == ["level", "place", "item", "without_shock", "relative_loss"]


def test_flows_are_cited_in_place_of_the_matrix(folder):
    flows = folder / "flows.csv"
    flows.write_text("item,exporter_iso3,importer_iso3,tonnes\nitem 1,C00,C01,30\n")
    found = recipes(folder, "C00", trade=flows)
    assert "sparse_trade.mtx" not in {p.table for p in found.provenance}
    assert "Rows used 1, left out 0" in found.methods[1]


def test_a_country_nobody_depends_on(folder):
    flows = folder / "flows.csv"
    flows.write_text("item,exporter_iso3,importer_iso3,tonnes\nitem 1,C00,C01,30\n")
    assert "nobody else loses" in recipes(folder, "C03", trade=flows).sentence


def test_what_cannot_be_asked(folder):
    with pytest.raises(UnknownName):
        recipes(folder, "UKR")
    with pytest.raises(UnknownName):
        recipes(folder, "C00", item="gold")
    with pytest.raises(InputError, match="steps"):
        recipes(folder, "C00", steps=0)
    with pytest.raises(InputError, match="complete losses"):
        recipes(folder, "C00", item="item 1", spare_last=True)
