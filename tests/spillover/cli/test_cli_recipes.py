"""Production recipes at the command line, on the published inputs."""

import polars as pl
import pytest


@pytest.fixture
def inputs(evaluation_data):
    folder = evaluation_data / "spillover"
    return ["--inputs", folder / "laber2023_input_fabio2013", "--trade", folder / "fao_bilateral_trade.csv.gz"]


def test_ukraine_loses_its_maize(clarion, inputs, tmp_path):
    out = tmp_path / "maize.csv"
    found = clarion("spillover", "recipes", *inputs, "--shock", "UKR", "--item", "maize", "--out", out, "--json").data
    maize = {x["place"]: x["relative_loss"] for x in found["regions"] if x["item"] == "Maize and products"}
    assert maize["Europe North"] == pytest.approx(0.369, abs=0.0005)
    assert found["interval"] is None
    assert found["no_interval"]
    table = pl.read_csv(out)
    assert table.height == len(found["regions"]) + len(found["countries"])
    shown = clarion("spillover", "recipes", *inputs, "--shock", "UKR", "--item", "maize").out
    assert "Scenario, not a forecast" in shown
    assert "0.369" in shown


def test_bad_input_of_recipes(refused, inputs, tmp_path):
    missing = refused("spillover", "recipes", *inputs[:2], "--shock", "UKR")
    assert "--trade" in missing["next_step"]
    assert "no such folder" in refused("spillover", "recipes", "--inputs", tmp_path / "no", "--shock", "UKR")["what"]
    assert refused("spillover", "recipes", *inputs, "--shock", "XYZ")["code"] == "unknown-name"
    assert refused("spillover", "recipes", *inputs, "--shock", "UKR", "--item", "gold")["code"] == "unknown-name"
    assert "2003" in refused("spillover", "recipes", *inputs, "--shock", "UKR", "--year", "2003")["what"]
    refused("spillover", "recipes", *inputs, "--shock", "UKR", "--steps", "0")
    refused("spillover", "recipes", *inputs, "--shock", "UKR", "--out", tmp_path / "x.exe")
