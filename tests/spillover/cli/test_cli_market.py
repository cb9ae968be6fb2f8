"""Export bans and prices through the command line: answer first, JSON complete, bad input told."""

from __future__ import annotations


def test_bans_of_april_2022(clarion):
    ran = clarion("spillover", "bans", "--date", "2022-04-15")
    assert "Traded calories under ban, licence or quota on 2022-04-15: 17.2" in ran.out
    assert "Palm oil" in ran.out
    assert "Published, share of globally traded calories restricted: 17 percent" in ran.out
    assert "RUS Russia" in ran.out
    data = clarion("spillover", "bans", "--date", "2022-04-15", "--json").data
    share = data["shares"]["bans, licences and quotas"]
    assert share["interval"][0] <= share["value"] <= share["interval"][1]
    assert {p["source"] for p in share["provenance"]} == {"export-restrictions", "staple-trade"}
    assert data["held"][0]["iso3"] == "RUS"
    assert data["held"][0]["rows"]
    assert data["calories"]["missing"] == ["barley", "sunflower-oil", "palm-oil"]


def test_a_day_between_the_crises_is_not_known(clarion):
    ran = clarion("spillover", "bans", "--date", "2015-01-01")
    assert "not known" in ran.out
    data = clarion("spillover", "bans", "--date", "2015-01-01", "--json").data
    assert data["shares"]["bans"]["value"] is None
    assert "2007-08" in data["shares"]["bans"]["reason"]


def test_what_is_no_day_or_no_source_is_told(refused):
    assert refused("spillover", "bans", "--date", "April")["code"] == "bad-input"
    assert refused("spillover", "bans", "--source", "nobody")["code"] == "unknown-name"


def test_prices_hold_what_came(clarion):
    ran = clarion("spillover", "prices")
    assert "Sunflower oil" in ran.out
    assert "Cooperation lowers the rise of wheat by" in ran.out
    data = clarion("spillover", "prices", "--json").data
    for item in ("wheat", "maize", "sunflower-oil", "palm-oil"):
        came, told = data["items"][item]["came"], data["items"][item]["foretold"]
        assert told["interval"][0] <= came["value"] <= told["interval"][1]
        assert told["level"] == 0.8
        assert told["method"]
    low, high = data["cooperation"]["wheat"]["interval"]
    assert low < 13 < high
