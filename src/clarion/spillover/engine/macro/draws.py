"""The draws: one world of Russia's output, rouble and rupture, and in it what each country receives.

Money from Russia changes by ``(1 + g)^a (1 + e)^psi B - 1``: ``g`` Russia's growth, ``e`` the change of the rouble's
value in dollars, ``a`` and ``psi`` elasticities, ``psi`` a country's own as far as its past tells it from the others'.
Neither what is left of a year nor the money's share of output goes far beyond what is on record (``bounds``). ``B`` is
a mixture: most often only what no equation explains,
sometimes the boom of people, business and trade that move next door. Which of the two comes in a country is a toss
whose odds are the same for all countries of a draw and unknown: so countries move together, as they did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

from clarion.spillover.engine.macro import laws
from clarion.spillover.engine.macro.basis import Basis
from clarion.spillover.engine.macro.bounds import bent
from clarion.spillover.engine.macro.question import MacroQuestion
from clarion.spillover.engine.scenario import Range, triangular
from clarion.spillover.engine.simulation.streams import Named

Floats = NDArray[np.float64]
NORMAL_90 = 1.6448536269514722


@dataclass(frozen=True)
class MacroDraws:
    """Every draw. ``growth``, ``rouble`` and ``chance`` of a boom are (draws,); the others (draws, countries).

    ``calm`` and ``boom`` are the ratios of money from Russia to the year before in the one and the other state,
    ``in_boom`` says which came, ``received`` is the money of the year before in USD million (NaN where not known).
    ``about`` are factors (draws,) of a figure published as "about". ``exports`` is the ratio of exports to Russia,
    ``passed_on`` trade passed on to Russia as a share of GDP (NaN where nobody measured).
    """

    countries: tuple[str, ...]
    growth: Floats
    rouble: Floats
    chance: Floats
    in_boom: NDArray[np.bool_]
    calm: Floats
    boom: Floats
    received: Floats
    exports: Floats
    about: Floats
    passed_on: Floats

    @property
    def ratio(self) -> Floats:
        """Money from Russia after over before, (draws, countries)."""
        return np.where(self.in_boom, self.boom, self.calm)


def draw_macro(question: MacroQuestion, found: Basis, streams: Named) -> MacroDraws:
    """Draw the shock. A name gives the same numbers in the same chunk, so that other models share them: growth is
    ``macro:growth``, the rouble ``macro:rouble``."""
    n, fitted = len(found.countries), found.fit
    growth = question.growth.quantiles(streams.uniform("macro:growth"))
    rouble = question.rouble.quantiles(streams.uniform("macro:rouble"))
    income = laws.INCOME.quantiles(streams.uniform("macro:income"))
    common = fitted.error * stdtrit(fitted.episodes - 1, _inside(streams.uniform("macro:psi")))
    chance = boom_chance(_inside(streams.uniform("macro:chance")), question.rupture)
    earned, moved = income * np.log1p(growth), np.log1p(rouble)
    about = triangular(1.0 - laws.ABOUT, 1.0, 1.0 + laws.ABOUT, streams.uniform("macro:about"))
    scale = fitted.scale(moved)
    shape = (streams.draws, n)
    in_boom, calm, boom = np.zeros(shape, bool), np.empty(shape), np.empty(shape)
    received, exports, passed_on = np.full(shape, np.nan), np.empty(shape), np.full(shape, np.nan)
    export_pull = laws.EXPORT_ROUBLE.quantiles(streams.uniform("macro:export-rouble"))
    export_base = earned + export_pull * moved
    for i, iso3 in enumerate(found.countries):
        own = fitted.of(iso3)
        psi = own.rouble + own.follows * common + own.error * streams.normal(f"macro:psi:{iso3}", 1)[:, 0]
        unexplained = bent(stdtrit(laws.TAIL, _inside(streams.uniform(f"macro:rest:{iso3}"))), fitted.widest)
        base = earned + psi * moved + own.spread * scale * unexplained
        in_boom[:, i] = streams.uniform(f"macro:boom:{iso3}") < chance
        size = laws.BOOM.quantiles(streams.uniform(f"macro:size:{iso3}"))
        calm[:, i], boom[:, i] = np.exp(base), np.exp(base + size)
        noise = streams.normal(f"macro:receipt:{iso3}", 1)[:, 0]
        if iso3 in found.receipts:
            was = found.receipts[iso3]
            received[:, i] = was.usd_m * np.exp(was.half_width / NORMAL_90 * noise)
            if iso3 in found.gdp and found.gdp[iso3].value > 0.0:
                most = laws.RECORD_SHARE * found.gdp[iso3].value
                before = bent(received[:, i], most)
                calm[:, i], boom[:, i] = (bent(received[:, i] * r, most) / before for r in (calm[:, i], boom[:, i]))
                received[:, i] = before
        exports[:, i] = np.exp(export_base + laws.EXPORT_SPREAD * streams.normal(f"macro:exports:{iso3}", 1)[:, 0])
        share = laws.INTERMEDIATED.get(iso3)
        if share is not None:
            amount = share.quantiles(streams.uniform(f"macro:passed-on:{iso3}"))
            passed_on[:, i] = np.where(in_boom[:, i], amount, 0.0)
    return MacroDraws(
        found.countries, growth, rouble, chance, in_boom, calm, boom, received, exports, about, passed_on
    )  # fmt: skip


def boom_chance(u: Floats, rupture: bool) -> Floats:
    """Quantiles of the chance of a boom: a Beta law from an even prior and the cases counted in ``laws``."""
    cases, booms = (laws.ONSETS, laws.BOOMS) if rupture else (laws.YEARS, laws.JUMPS)
    found: Floats = betaincinv(1.0 + booms, 1.0 + cases - booms, u)
    return found


def prices_in_russia(draws: MacroDraws, streams: Named, law: Range = laws.CONSUMER_PRICES) -> Floats:
    """Change of consumer prices in Russia within a year that the rouble alone brings, (draws,)."""
    pass_through = law.quantiles(streams.uniform("macro:prices"))
    return np.expm1(-pass_through * np.log1p(draws.rouble))


def _inside(u: Floats) -> Floats:
    """Kept off 0 and 1, where a quantile has no end."""
    return np.clip(u, 1e-9, 1.0 - 1e-9)
