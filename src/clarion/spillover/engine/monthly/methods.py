"""What the answer rests on, in words for the reader of the page."""

from __future__ import annotations

import numpy as np

from clarion.spillover.engine.market import elasticities
from clarion.spillover.engine.monthly import calendar
from clarion.spillover.engine.monthly.next_harvest import LEAD
from clarion.spillover.engine.monthly.plan import MonthlyPlan
from clarion.spillover.engine.simulation.methods import methods as yearly_methods
from clarion.vocab import Phrase, commodity

MADE_UP = "made_up_by_others"

_STATEMENT = (
    "Scenario, not a forecast: it says what would follow month by month if this happened to the trade of {period}, by"
    " the stated rules, not how likely it is."
)
_VALUES = (
    "Values are medians of {draws} draws, intervals their central {level:.0%}. Paths by month are those of the first"
    " {paths} draws, totals of all. A country's loss by supplier is that of one central run without bans."
)
_TIME = (
    "The shocks begin in month {start} and last {months} months; {horizon} months are run. Use is even over the year,"
    " harvests come in the months of the crop calendar, exports are {exports}. Working stock is the least that carries"
    " a country through its year; published ending stocks lie below it."
)
_TRADE = (
    "Each month sellers ship along old links what may pass, less what they lack; buyers who fall short look for new"
    " suppliers by spare supply, distance and custom, and where a seller is asked for too much, those with a higher"
    " income get more; then reserves are drawn and other staples stand in. What is missing after that is lost."
)
_POLICY = (
    "Assumed and drawn: days of use never released {floor}; share of other reserves let go in a month {release};"
    " priority of home use {priority}; surge of exports {surge}; decay of odds with each 1000 km {distance}; pull of"
    " known suppliers {habit}; elasticity of bids to income {income}; share of a missing staple that others may"
    " replace {substitution}."
)
_PRICE = (
    "World price: what is missing in the twelve months ahead, as then known, over the sum of the elasticities of supply"
    " and demand, stocks selling into it. It reaches consumers in part, and use answers with the elasticity of demand."
    " Elasticities: {sources}."
)
_BANS = (
    "Export bans: a monthly hazard that rises with the price, the country's own shortfall and past bans; only bans"
    " beyond those of ordinary months count. Price and bans are worked until no further country bans. The law: {law}."
    " A ban lasts {months:g} months (median), and how much it keeps at home is fitted to past ones."
)
_FERTILISER = (
    "Fertiliser: what is not shipped or costs too much is missing for {months} months from the start. It goes on the"
    " field {lead} months before the harvest (assumed), so only harvests after that are cut, by the response to"
    " nitrogen, phosphate and potash; which crop goes short is not known by country, and a second season counts like"
    " the first."
)
_NO_FERTILISER = "Fertiliser and energy: the scenario says nothing of them, so later harvests stay as they were."
_MONEY = (
    "Import bill: imports of the scenario's period, less use lost, at the price of that period times the change of"
    " world prices, over one year. Money from Russia: growth {growth} and rouble {rouble} in the year after {year},"
    " answered with either sign; it does not act back on what people can buy."
)
_BILL = (
    "Import bill: imports of the scenario's period, less use lost, at the price of that period times the change of"
    " world prices, over one year. Money from Russia is not known: the scenario says nothing of Russia's economy."
)
_PEOPLE = (
    "People are those pushed under the requirement while the month's loss lasts; person-days are their sum over the"
    " days. Losses are shared in proportion to intake; prices would make them fall harder on the poor."
)
_RULE = "Published yearly rule {rule}, one step of a year: neither months nor prices, bans or new links."


def statement(plan: MonthlyPlan) -> Phrase:
    """What the answer is and is not."""
    return Phrase(_STATEMENT, period=str(plan.question.scenario.period))


def methods(plan: MonthlyPlan) -> tuple[Phrase, ...]:
    """One paragraph a step."""
    asked, conduct = plan.question, plan.question.behaviour
    if conduct.rule != "monthly":
        return (Phrase(_RULE, rule=conduct.rule), *yearly_methods(plan.year))
    time = asked.scenario.time
    spread = Phrase("even over the year") if conduct.exports == "flat" else Phrase("spread after the harvest")
    texts = [
        Phrase(_VALUES, draws=asked.draws, level=asked.level, paths=min(asked.paths, asked.draws)),
        Phrase(_TIME, start=time.start, months=str(time.months), horizon=asked.months, exports=spread),
        Phrase(_TRADE),
        Phrase(
            _POLICY, floor=str(conduct.floor_days), release=str(conduct.release), priority=str(conduct.priority),
            surge=str(conduct.surge), distance=str(conduct.distance), habit=str(conduct.habit),
            income=str(conduct.income), substitution=str(conduct.substitution),
        ),
    ]  # fmt: skip
    market = asked.laws.market
    sources = tuple(dict.fromkeys(elasticities(plan.items[m]).source for m in plan.priced))
    price, bans = Phrase(_PRICE, sources=sources), Phrase(_BANS, law=market.bans.method, months=market.duration.median)
    texts += [price] if conduct.prices else [Phrase("Prices are turned off.")]
    texts += [no_price(item) for m, item in enumerate(plan.items) if m not in plan.priced]
    texts += [bans] if conduct.bans else [Phrase("Export bans by countries are turned off.")]
    texts += [] if conduct.new_links else [Phrase("New suppliers are turned off.")]
    return (*texts, _fertiliser(plan), _money(plan), Phrase(_PEOPLE))


def no_price(item: str) -> Phrase:
    """Why the price of an item is not known."""
    return Phrase(
        "The price of {item} is not known, because no elasticity of its supply and demand is at hand: it is held where"
        " it was, and use does not answer to it.", item=commodity(item).of,
    )  # fmt: skip


def _fertiliser(plan: MonthlyPlan) -> Phrase:
    scene = plan.question.scenario
    if scene.fertiliser is None:
        return Phrase(_NO_FERTILISER)
    return Phrase(_FERTILISER, months=str(scene.fertiliser.months or scene.time.months), lead=str(LEAD))


def _money(plan: MonthlyPlan) -> Phrase:
    asked = plan.purse.macro
    if asked is None:
        return Phrase(_BILL)
    return Phrase(_MONEY, growth=str(asked.growth), rouble=str(asked.rouble), year=asked.base_year)


_BASIS = {
    calendar.NEIGHBOURS: Phrase("The months of harvest are those of its neighbours."),
    calendar.REGION: Phrase("The months of harvest are those of its region."),
    calendar.HEMISPHERE: Phrase("The months of harvest are those of its hemisphere."),
    calendar.EVEN: Phrase("No months of harvest are known; it is spread evenly over the year."),
}


def notes(plan: MonthlyPlan, m: int, i: int) -> tuple[Phrase, ...]:
    """What was assumed of one item in one country for want of a figure."""
    found: list[Phrase] = [] if m in plan.priced else [no_price(plan.items[m])]
    basis = plan.world.seasons[m].basis[i]
    if plan.world.harvest[m, i] > 0.0 and basis in _BASIS:
        found.append(_BASIS[basis])
    if np.isnan(plan.world.stocks[m, i]):
        law = plan.question.assumptions.unknown_stocks
        found.append(Phrase("No stock of {item} is on record; it is drawn from {law} of use.",
                            item=commodity(plan.items[m]).of, law=str(law)))  # fmt: skip
    if np.isnan(plan.income[i]):
        found.append(Phrase("Income is not known; the country bids like the middle one."))
    layer = plan.year.layers[m]
    if plan.countries[i] in layer.countries:
        share = plan.year.burdens[m][layer.countries.index(plan.countries[i])]
        found += [] if share.own else [share.method]
    return tuple(found)
