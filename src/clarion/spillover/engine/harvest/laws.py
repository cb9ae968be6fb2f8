"""The parameters of the crops' answer to fertiliser, each with its ground; the wide ones are honest."""

from __future__ import annotations

from clarion.spillover.engine.scenario import Range

NITROGEN_SHARE = {
    "wheat": Range(0.20, 0.40, 0.60),
    "maize": Range(0.20, 0.40, 0.60),
    "barley": Range(0.20, 0.40, 0.60),
    "rice": Range(0.20, 0.40, 0.60),
    "soya": Range(0.00, 0.05, 0.15),
}
"""Share of the highest yield that is lost without any nitrogen from outside the soil, in the first season.

Cereals: a fifth in a short trial on good soil (Moitzi et al. 2020, Agriculture 10, 541: yield a quarter above the
control), 40 to 60 % in long ones, all nutrients together (Stewart et al. 2005, Agronomy Journal 97, 1-6). Soil that was
fertilised for years still feeds the first season, so the most likely value is the lower end of the long trials. Soya
fixes half to 60 % of its nitrogen and seldom answers to fertiliser (Salvagiotti et al. 2008, Field Crops Research 108,
1-13); that it loses up to 15 % is assumed. Other crops have no published range at hand and are not answered."""

PEAK = Range(150.0, 200.0, 250.0)
"""Nitrogen from all sources at which yield peaks, kg a hectare: 150 to 200 in long trials of wheat, maize and barley,
whatever the highest yield is (van Grinsven et al. 2022, Nature Food 3, 122-132, whose response is of second order); 250
in trials of wheat on the North China Plain (PMC6396033)."""

OTHER_NITROGEN = Range(10.0, 30.0, 60.0)
"""Nitrogen from manure, rain, and what legumes leave, kg a hectare a year; assumed, from rain alone to mixed farms."""

OWN_RATE = Range(0.7, 1.0, 1.8)
"""A crop's rate over the mean rate of a country's cropland; assumed. Cereals take about half of all nitrogen, and in
poor countries much of it goes to cash crops."""

SLOW_LOSS = {
    "phosphate": Range(0.0, 0.03, 0.15),
    "potash": Range(0.0, 0.02, 0.10),
}
"""Share of yield that is lost in the first season without any of the nutrient. Nothing on soils with reserves
(Johnston, Goulding, Poulton and Chalmers 2001, Proceedings of the International Fertiliser Society); 12 to 21 % of
barley after twenty years of yearly phosphate was stopped (Karamanos et al. 2007, Better Crops 91(2), 25-27). For
potash less is assumed."""

SLOW_USED_WITHOUT = 5.0
"""kg of the nutrient a hectare: who uses less than this has no reserves built up, and little to lose either."""

GAS_TO_NITROGEN = Range(0.25, 0.50, 0.79)
"""Per cent that ammonia costs more for a per cent of gas: 0.25 at once, 0.79 in the long run, a quarter of the way a
month ("Influence of the Natural Gas Price on the Ammonia Price, 2000 to 2006", error correction)."""

DEMAND = Range(0.0, 0.02, 0.45)
"""Per cent less nitrogen that a country buys for a per cent that it costs more, while crops grow dearer too, as they do
in such a shock. From 2020 to 2022 urea cost three times as much (World Bank): half of 174 countries cut by less than
10 % (an elasticity of 0.09), a quarter by more than 24 % (0.25), the world by 5 % (FAOSTAT). A tenth cut by half and
more, beyond this law: some had war, a ban on imports or no foreign money (Myanmar, Sudan, Sri Lanka, Lebanon), others
are poor (Kenya, Malawi, Liberia), for whom the law is too mild. Studies with crop
prices held fixed find more, though less than 1 (Denbaly and Vroomen 1993; Sweden 1990-2022, studies.hu), one more
(Williamson 2011)."""
