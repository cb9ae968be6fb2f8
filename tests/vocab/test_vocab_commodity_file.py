"""The file of commodities: what it may hold, and how what it may not is refused."""

from __future__ import annotations

import pytest

from clarion.errors import InputError
from clarion.vocab.commodity import read_commodities

GOOD = """
[factors]
milled = 0.667
[[commodity]]
id = "rye"
name = "Rye"
kind = "food"
kcal_per_kg = 3190
fao_items = { 71 = 1, 72 = "milled" }
hs = ["1002"]
ask = ["100210", "100290"]
[[commodity]]
id = "peat"
name = "Peat"
kind = "fuel"
hs_factors = { 2703 = 0.5 }
"""


def test_a_further_commodity_is_data() -> None:
    found, factors = read_commodities(GOOD)
    assert list(found) == ["rye", "peat"]
    assert found["rye"].fao_items == ((71, 1.0), (72, 0.667))
    assert found["rye"].ask == ("100210", "100290")
    assert found["peat"].ask == ("2703",)
    assert found["peat"].kcal_per_kg is None
    assert factors == {"milled": 0.667}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "rye"', 'id = "Rye"', "'Rye' is not an id"),
        ('id = "rye"', "", "None is not an id"),
        ('kind = "fuel"', 'kind = "gravel"', "needs a name and a kind"),
        ('name = "Peat"', "", "needs a name and a kind"),
        ("kcal_per_kg = 3190", "", "Food needs kcal_per_kg"),
        ('name = "Peat"', 'name = "Peat"\nkcal_per_kg = 10', "Food needs kcal_per_kg"),
        ("kcal_per_kg = 3190", "kcal_per_kg = -1", "is not a number above nothing"),
        ('72 = "milled"', '72 = "ground"', "'ground' is not a number"),
        ("71 = 1", "wheat = 1", "'wheat' is not a code"),
        ('hs = ["1002"]', 'hs = ["10.02"]', "not a heading or code"),
        ('hs = ["1002"]', 'hs = ["2703"]', "hs 2703 is given twice"),
        ('id = "peat"', 'id = "rye"', "id rye is given twice"),
        ('name = "Rye"', 'name = "Rye"\ncolour = "grey"', "There is no field colour"),
        ("[factors]", "[factors", "not TOML"),
        ("milled = 0.667", "milled = true", "is not a number"),
    ],
)
def test_a_broken_entry_is_named(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as refused:
        read_commodities(GOOD.replace(old, new, 1), "mine.toml")
    assert said in refused.value.what
    assert "mine.toml" in refused.value.where
    assert refused.value.next_step
