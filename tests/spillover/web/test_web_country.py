"""A country's page: the answer, the picture, the table, and something to keep."""

import io

import polars as pl

KGZ = "/spillover/country/KGZ/"


def test_the_picture_and_the_table_begin_with_what_feeds_most(signed_in, look):
    signed_in("viewer")
    page = look(KGZ)
    assert page.tree.xpath("//main//figure//*[local-name()='title']/text()") == ["Share of imports by supplier"]
    first = page.tree.xpath("//main//table")[0].xpath("./tbody/tr[1]/th")[0].text_content()
    assert "Wheat" in first
    assert "wheat" in page.h1


def test_nothing_imported_has_no_picture(signed_in, look):
    signed_in("viewer")
    page = look("/spillover/country/AND/")
    assert bool(page.tree.xpath("//main//figure")) == bool(page.tree.xpath("//h2[@id='food']/following::table[1]"))
    assert page.faults() == []


def test_tables_to_keep(signed_in):
    client = signed_in("viewer")
    country = pl.read_csv(io.BytesIO(client.get(KGZ + "exposure.csv").content))
    assert set(country["iso3"]) == {"KGZ"}
    assert {"item", "share_rus_ukr", "share_rus_ukr_low"} <= set(country.columns)
    ranking = pl.read_csv(io.BytesIO(client.get("/spillover/ranking.csv").content))
    assert {"iso3", "rank", "rank_low", "rank_high", "top_ten", "not_known"} <= set(ranking.columns)
    assert len(ranking) > 100
    assert client.get("/spillover/ranking.pdf").status_code == 404
