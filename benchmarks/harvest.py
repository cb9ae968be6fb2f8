"""What farmers bought when urea cost three times as much, beside the law of demand; and harvests that follow.

The law's range was set with a look at these figures: this is a check of its fit, not a forecast that was tested.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from clarion.config import config
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.harvest import HarvestQuestion, harvest, priced_out
from clarion.spillover.engine.harvest.laws import DEMAND
from clarion.spillover.engine.scenario import Range

UREA = {2020: 229.1, 2021: 483.2, 2022: 700.0}
"""USD a tonne, yearly means, World Bank commodity prices."""
SEED = 1


def demand() -> None:
    path = Path(config().evaluation_data or "") / "spillover" / "agdata_fao"
    path = path / "FAO_Fertilizers_by_nutrient_2010plus.csv.gz"
    if not path.is_file():
        print("(evaluation data absent: nitrogen use by country is not compared)")
        return
    rows = pl.read_csv(path).filter(
        (pl.col("Measurement") == "Agricultural Use") & pl.col("Item").str.contains("nitrogen")
    )
    wide = rows.pivot(on="Year", index="Area", values="Value").filter((pl.col("2020") > 5000) & (pl.col("2022") > 0))
    change = (wide["2022"] / wide["2020"] - 1).to_numpy()
    ratio = UREA[2022] / UREA[2020]
    law = -priced_out(np.full(20_000, ratio), DEMAND.quantiles(np.random.default_rng(SEED).random(20_000)))
    print(f"nitrogen use 2020 to 2022, urea x{ratio:.2f}, {len(change)} countries and groups")
    print("  quantile          5 %    25 %    50 %    75 %    95 %")
    for name, values in (("observed", change), ("law", law)):
        print(f"  {name:12}" + "".join(f"{q:8.2f}" for q in np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))))
    low, high = np.quantile(law, (0.05, 0.95))
    inside, below, above = ((change >= low) & (change <= high)), change < low, change > high
    print(f"  observed inside the law's 90 %: {inside.mean():.2f}; below it: {below.mean():.2f}; above it (the law"
          f" never lets use grow): {above.mean():.2f}")  # fmt: skip


def harvests() -> None:
    countries = ("KEN", "ETH", "BRA", "IND", "FRA", "EGY", "KGZ", "NGA")
    lost = {"nitrogen": dict.fromkeys(countries, Range(0.1, 0.3, 0.5))}
    asked = HarvestQuestion(countries, ("wheat", "maize"), lost, {"nitrogen": Range(1.2, 1.45, 2.0)})
    print("\n10 to 50 % of nitrogen imports lost, price x1.2 to x2: change of the next wheat harvest (90 %)")
    for iso3, one in harvest(asked, Warehouse().all("indicators"), SEED).countries.items():
        found = one.change["wheat"]
        assert found.value is not None
        assert found.interval is not None
        print(f"  {iso3}  {found.value:7.1%}  ({found.interval.low:.1%} to {found.interval.high:.1%})")


if __name__ == "__main__":
    demand()
    harvests()
