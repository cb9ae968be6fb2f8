"""``clarion spillover macro``."""

import pytest


def test_a_country_is_answered_both_ways(clarion):
    ran = clarion("spillover", "macro", "--country", "ARM", "--draws", "500")
    assert "Armenia: money from Russia becomes" in ran.out
    assert "the chance that it grows" in ran.out
    assert "Medicine: not known" in ran.out
    assert "output changes by -8.0" in ran.out
    data = clarion("spillover", "macro", "--country", "ARM", "--draws", "500", "--json").data
    assert data["countries"][0]["increase"]["value"] > 0
    assert data == clarion("spillover", "macro", "--country", "ARM", "--draws", "500", "--json").data


def test_without_a_country_those_whom_it_matters_to(clarion):
    out = clarion("spillover", "macro", "--draws", "200").out
    assert "TJK Tajikistan" in out
    assert "UKR" not in out
    assert "BRA" not in out


@pytest.mark.parametrize(
    "words",
    [
        ["--growth", "much"], ["--growth=-0.1,-0.2,0"], ["--rouble=-2"], ["--draws", "1"], ["--country", "XX"],
        ["--base-year", "2000"],
    ],
)  # fmt: skip
def test_what_cannot_be_asked(refused, words):
    refused("spillover", "macro", *words, code=8 if "2000" in words else 2)


def test_check_refuses_what_no_trade_is_loaded_for(refused, tmp_path):
    file = tmp_path / "barley.toml"
    file.write_text(
        'name = "b"\ntitle = "B"\nitems = ["barley"]\nperiod = "2019-2021"\n'
        '[[shocks]]\nkind = "export_ban"\nexporter = "UKR"\n'
    )
    assert "barley" in refused("spillover", "check", file)["what"]


def test_check_says_what_counts_by_month_only(clarion):
    ran = clarion("spillover", "check", "russia-shock-2022")
    assert "Counted in runs by month only: fertiliser, economy." in ran.out
    assert clarion("spillover", "check", "russia-shock-2022", "--json").data["by_month"] == ["fertiliser", "economy"]
