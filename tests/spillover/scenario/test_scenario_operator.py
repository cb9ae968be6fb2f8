"""Shocks as numbers: losses of harvest and limits on links."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.spillover.engine.scenario import (
    Links,
    Range,
    central,
    draw,
    from_dict,
    parameters,
    shipped_scenario,
    shocks,
)


def _scenario(*tables, corridors=None, items=("wheat", "maize")):
    return from_dict(
        {
            "name": "x", "title": "X", "items": list(items), "period": "2021", "shocks": list(tables),
            "corridors": corridors or {},
        }
    )  # fmt: skip


def test_cuts_multiply_and_stay_with_their_item():
    cut = {"kind": "production_cut", "country": "UKR"}
    found = shocks(_scenario(cut | {"fraction": 0.5}, cut | {"fraction": 0.2, "items": ["wheat"]}))
    assert found["wheat"].loss["UKR"] == pytest.approx(0.6)
    assert found["maize"].loss["UKR"] == pytest.approx(0.5)
    assert found["wheat"].restricted == frozenset()
    assert found["wheat"].kept("UKR", "EGY") == 1.0


def test_limits_combine_by_meaning():
    users = [{"exporter": "RUS", "share": 0.5, "other_routes": ["KAZ"]}]
    two = {"sea": {"title": "Sea", "users": users}, "rail": {"title": "Rail", "users": users}}
    scenario = _scenario(
        {"kind": "corridor_closed", "corridor": "sea", "closed": 0.8},
        {"kind": "corridor_closed", "corridor": "rail", "closed": 0.4},
        {"kind": "export_quota", "exporter": "RUS", "kept": 0.9, "exceptions": ["MNG"]},
        {"kind": "sanction_cost", "exporter": "RUS", "cost_percent": 100, "elasticity": 1, "exceptions": ["MNG"]},
        corridors=two,
    )
    wheat = shocks(scenario)["wheat"]
    assert wheat.kept("RUS", "EGY") == pytest.approx((1 - 0.4 - 0.2) * 0.5)
    assert wheat.kept("RUS", "KAZ") == pytest.approx(0.9 * 0.5)
    assert wheat.kept("RUS", "MNG") == pytest.approx(0.4)
    assert wheat.kept("USA", "EGY") == 1.0
    assert wheat.restricted == {"RUS"}


def test_black_sea_leaves_land_neighbours_alone():
    wheat = shocks(shipped_scenario("black-sea-closure"))["wheat"]
    assert wheat.kept("UKR", "EGY") == pytest.approx(1 - 0.95 * 0.95)
    assert wheat.kept("RUS", "TUR") == pytest.approx(1 - 0.9 * 0.95)
    assert wheat.kept("RUS", "MNG") == 1.0
    assert wheat.kept("UKR", "POL") == 1.0
    assert wheat.kept("ROU", "EGY") == 1.0


def test_links_in_one_go_equal_links_one_by_one():
    wheat = shocks(shipped_scenario("black-sea-closure"))["wheat"]
    exporters = ["UKR", "RUS", "USA", "RUS", "UKR"]
    importers = ["EGY", "KAZ", "EGY", "TUR", "POL"]
    together = wheat.keep(Links(exporters, importers))
    assert together.tolist() == [wheat.kept(e, i) for e, i in zip(exporters, importers, strict=True)]


def test_parameters_have_names_that_scenarios_share():
    one, two = shipped_scenario("black-sea-closure"), shipped_scenario("black-sea-closure-and-india-rice-ban")
    shared = set(parameters(one)) & set(parameters(two))
    assert shared == set(parameters(one)) >= {"corridor:black-sea:UKR:share", "corridor_closed:black-sea:closed"}
    assert central(one)["corridor:black-sea:UKR:share"] == 0.95


def test_shocks_of_the_same_kind_and_place_keep_their_own_numbers():
    ban = {"kind": "export_quota", "exporter": "RUS"}
    scenario = _scenario(ban | {"kept": 0.5, "exceptions": ["KAZ"]}, ban | {"kept": 0.7, "exceptions": ["EGY"]})
    assert sorted(central(scenario).values()) == [0.5, 0.7]
    assert shocks(scenario)["wheat"].kept("RUS", "KAZ") == pytest.approx(0.7)


def test_no_loss_where_nothing_is_drawn():
    assert draw(shipped_scenario("kazakhstan-wheat-export-ban"), lambda _: 0.3) == {"export_ban:KAZ:kept": 0.0}


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted), st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_and_stay_inside(three, u, v):
    law = Range(*three)
    low, high = sorted((u, v))
    assert law.low - 1e-12 <= law.quantile(low) <= law.quantile(high) + 1e-12 <= law.high + 2e-12


def test_quantiles_are_those_of_the_triangle():
    law = Range(0.0, 0.25, 1.0)
    u = np.linspace(0, 1, 100_001)
    draws = np.array([law.quantile(x) for x in u])
    assert draws.mean() == pytest.approx(1.25 / 3, abs=1e-4)
    assert law.quantile(0.25) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="not a range"):
        Range(1.0, 0.5, 0.0)
