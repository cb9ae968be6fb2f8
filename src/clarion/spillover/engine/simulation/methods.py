"""What the answer rests on, in words for the reader of the page."""

from __future__ import annotations

from clarion.spillover.engine.people import CV_ERROR, DES_ERROR, POU_ERROR
from clarion.spillover.engine.simulation.plan import Plan
from clarion.vocab import Phrase, commodity

_STATEMENT = (
    "Scenario, not a forecast: it says what would follow if this happened to the trade of {period}, by the stated"
    " rules, not how likely it is. No prices, policy reactions or new trade links are modelled."
)

_VALUES = (
    "Values are medians of {draws} draws, intervals their central {level:.0%}. Flows by partner are those of one"
    " central run with every input at its published or most likely value."
)
_CASCADE = (
    "Trade {trade}, between seller and buyer. Cascade rule {rule} (Marchand et al. 2016; Burkholz and Schweitzer 2019):"
    " a country short of supply draws reserves, cuts use a little, cuts exports and asks its suppliers for more."
)
_BEFORE = (
    "Lost before anybody responds: what can no longer be shipped is missing with its buyers, a lost harvest in"
    " proportion at home and with every buyer. Lost in the end: what the rule leaves missing. What happens lies"
    " between, for the rule lets stocks flow to whoever is short, and no price decides who gets them."
)
_DATA = (
    "Data error: each flow is multiplied by a lognormal factor whose spread is that of the differences between two"
    " reports of one flow, by size; harvests by one of {harvest:.0%}, stocks by one of {stocks:.0%} (assumed)."
    " Year-to-year change of trade is not in the intervals."
)
_RULES = (
    "Share of stocks that may be used: {reserve}; cut of use before trade: {cut} (lowest, most likely and highest of"
    " triangular laws; the middle ones are those of Marchand et al. 2016)."
)
_ENERGY = (
    "Energy lost a person a day: use lost x share of it that is food x energy of a kilogram / population / 365 days. A"
    " surplus of one item does not make up for the lack of another."
)
_PEOPLE = (
    "People pushed under the requirement: prevalence of undernourishment by the method of the FAO, PoU = Phi((ln MDER -"
    " mu) / sigma), the requirement MDER calibrated to the published PoU and the variation of intake held fixed. The"
    " vintages differ (energy supply 2022, PoU 2021-23, variation and population 2020); the calibration takes that up."
    " Assumed errors: energy supply {des:.0%}, variation {cv:.0%}, PoU {pou:.0%}; a PoU below 2.5% is drawn evenly"
    " below it."
)
_UNKNOWN_STOCKS = "No stock figures for {items}: stocks are assumed to be {law} of use (lowest, most likely, highest)."
_BY_MONTH = "What the scenario says of fertiliser and of Russia's economy counts in runs by month only."
_UNSETTLED = (
    "{unsettled} times in {draws} draws the rounds had not come to rest after the last that is allowed; what they had"
    " reached then stands."
)


def statement(plan: Plan) -> Phrase:
    """What the answer is and is not."""
    return Phrase(_STATEMENT, period=str(plan.question.scenario.period))


def methods(plan: Plan) -> tuple[Phrase, ...]:
    """One paragraph a step."""
    asked, assumed = plan.question, plan.question.assumptions
    trade = Phrase("mirrored and balanced") if asked.trade == "corrected" else Phrase("as reported")
    texts = [
        Phrase(_VALUES, draws=asked.draws, level=asked.level),
        Phrase(_CASCADE, trade=trade, rule=asked.rule),
        Phrase(_BEFORE),
        Phrase(_DATA, harvest=assumed.harvest_spread, stocks=assumed.stock_spread),
        Phrase(_RULES, reserve=str(assumed.reserve_fraction), cut=str(assumed.consumption_fraction)),
        Phrase(_ENERGY),
        Phrase(_PEOPLE, des=DES_ERROR, cv=CV_ERROR, pou=POU_ERROR),
    ]
    unknown = tuple(commodity(layer.item).of for layer in plan.layers if layer.stocks is None)
    if unknown:
        texts.append(Phrase(_UNKNOWN_STOCKS, items=unknown, law=str(assumed.unknown_stocks)))
    scene = plan.question.scenario
    if scene.fertiliser is not None or scene.economy is not None:
        texts.append(Phrase(_BY_MONTH))
    return tuple(texts)


def unsettled_draws(unsettled: int, draws: int) -> tuple[Phrase, ...]:
    """A warning where draws went on after the last round; nothing where all came to rest."""
    return (Phrase(_UNSETTLED, unsettled=unsettled, draws=draws),) if unsettled else ()


def with_warnings(said: Phrase, warnings: tuple[Phrase, ...]) -> Phrase:
    """A statement and what must be read with it."""
    return Phrase.joined((said, *warnings), " ") if warnings else said
