"""What is assumed of the laws, each with its ground. Nothing here was fitted to 2022; but it was written after it.

Whoever reads the chance of a boom should know that: the evidence counted is older than 2022, the choice to model such
a boom at all is hindsight. No official forecast of March 2022 had it.
"""

from __future__ import annotations

import math

from clarion.spillover.engine.scenario import Range

INCOME = Range(1.0, 1.5, 2.0)
"""Per cent that money from Russia changes for a per cent of Russia's GDP. IMF 2014 (Behar, quoted by Asia-Plus, 14
August 2014): 1.5 for importers of oil and gas in the Caucasus and Central Asia. It gives no interval; a third to both
sides is assumed."""

ONSETS, BOOMS = 5, 2
"""Countries in the first year of sanctions, war or a run on banks, and those of them whose transfers to Armenia more
than doubled (Central Bank of Armenia, before 2022): Iran 2018 x3.0 and Lebanon 2019 x2.9, but Russia 2014 x0.90,
Ukraine 2014 x0.87, Belarus 2020 x0.95. With an even prior the chance is Beta(3, 4): mean 0.43, 90 % 0.15 to 0.73."""
YEARS, JUMPS = 197, 10
"""The same without a rupture: years of countries that sent more than 5 million dollars, and those with x1.8 or more."""

BOOM = Range(0.0, math.log(2.6), math.log(8.0))
"""Log of the factor in a boom. Most likely the geometric mean of the ten jumps above (x1.8 to x3.6); the highest is
twice the largest seen and more, for ten cases of small flows from small economies bound little."""

FLOOR = 0.10
"""Scale of what no equation explains, in logs, in a year without a shock. Armenia's own is about 0.04; the other
countries have no quiet year on record, so more is assumed."""
TAIL = 3.0
"""Degrees of freedom of Student's t of what no equation explains: Tajikistan fell by 67 % in 2015 and rose by 51 % in
2016, Armenia stays within 20 %."""

PRIOR_YEARS = 4.0
"""Years that the common spread of what no equation explains counts as beside a country's own; assumed, as many as the
fewest that the fit takes."""

RECORD_SHARE = 0.5
"""The largest share of output that a country is on record with as money sent home, before 2022: Tajikistan 2008, 50 %
(World Bank, in The Economist, April 2010; first told as 46 %). Draws beyond it are bent, so that none is twice it."""

MEASURED_HALF_WIDTH = 0.05
"""Half of the 90 % interval of the log of measured transfers; assumed. Cash carried by hand is not in them."""
SYSTEMS_HALF_WIDTH = 0.35
"""The same for figures of transfer systems alone: Armenia's total 2021 is 1.17 times its non-commercial part, bank and
cash channels move by a third between years; assumed."""

EXPORT_ROUBLE = Range(0.70, 1.0, 1.33)
"""Per cent that exports to Russia change for a per cent of the rouble's dollar value: 1.02, standard error 0.16, from
80 year-on-year changes that 20 neighbours and partners reported, 2016-2020 (IMF Direction of Trade), the effect of
income taken as 1.5; the range is two standard errors."""
EXPORT_SPREAD = 0.14
"""Standard deviation of what that leaves in logs."""

ABOUT = 0.2
"""Published as "about": true within a fifth, assumed, as half of a triangular law's width."""

INTERMEDIATED = {"ARM": Range(0.0, 0.04, 0.06), "KGZ": Range(0.0, 0.04, 0.06)}
"""Trade passed on to Russia, as a share of GDP, where a boom comes: 4 to 6 % in Armenia and Kyrgyzstan (EBRD, February
2023); nothing is not excluded. Measured in 2022, so no test of a forecast of 2022."""

CONSUMER_PRICES = Range(0.10, 0.48, 0.68)
"""Per cent that prices in Russia rise within a year for a per cent that the dollar costs more: 0.48 after four
quarters (Ponomarev, Trunin and Ulyukaev 2016), 0.51 to 0.68 (Comunale and Simola 2018), about 0.1 in statements of the
Bank of Russia since 2015 (Khotulev 2020)."""
