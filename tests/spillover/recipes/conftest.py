"""The published inputs, with trade made of FAOSTAT's flows of 2013."""

from __future__ import annotations

import pytest

from clarion.spillover.engine.recipes import Recipes, read_recipes


@pytest.fixture(scope="session")
def shipped(evaluation_data) -> Recipes:
    folder = evaluation_data / "spillover"
    return read_recipes(folder / "laber2023_input_fabio2013", folder / "fao_bilateral_trade.csv.gz")[0]
