"""What a support plan rests on, in words."""

from __future__ import annotations

from clarion.spillover.engine.support.question import SupportQuestion
from clarion.spillover.engine.support.rows import usd
from clarion.vocab import Phrase

UNIT = "person-years"
DRAWS = 0.8  # level of the intervals over draws: 10, 50 and 90 of a hundred
MEAN = 0.9  # level of the interval of a mean
NORMAL = 1.6448536269514722  # of that level
_PROPOSAL = (
    "A proposal, for people to decide on. With {budget}, {avoided:,.0f} of the {harm:,.0f} person-years under"
    " the dietary"
    " requirement that are expected could be avoided."
)
_HARM = (
    "Harm is person-years that the shock pushes under the minimum dietary requirement, country by country and"
    " draw by draw."
    " A measure counts for the months in which it acts; all together can avoid no more than there is."
)
_GOAL = "The plan avoids the most harm on average over {draws} draws."
_CAREFUL = (
    "The plan weighs two things: harm avoided on average over {draws} draws, and, {risk:g} times, the mean"
    " harm left in the"
    " worst {tail:.0%} of them (CVaR; Rockafellar and Uryasev 2000)."
)
_PROOF = "No plan within the same limits can be better by more than {gap:.0e} of its value (weak duality)."
_WORTH = (
    "Money is spent only where a million USD more avoids at least one person-year; what the menu cannot use that well"
    " stays unspent."
)
_STABLE = (
    "How often a measure is funded, and the interval of its money, come from {runs} plans made anew on draws taken with"
    " replacement. They tell chance in the draws from choice; they do not tell errors of the model."
)
_RULES = (
    "Compared with simple rules under the same draws and limits: in proportion to population in need of the menu, and"
    " in proportion to expected harm, a country's money spread over its measures by their caps; and the latter once"
    " more with the measures that avoid most in each country, so that what the choice of measures buys is told from"
    " what the choice of countries buys."
)
_ASSUMED = "Figures without a published source, to be replaced by better ones: {names}."


def statement(budget: float, avoided: float, harm: float) -> Phrase:
    """The answer in a sentence or two."""
    return Phrase(_PROPOSAL, budget=usd(budget), avoided=avoided, harm=harm)


def methods(question: SupportQuestion, draws: int, gap: float, runs: int) -> tuple[Phrase, ...]:
    """One paragraph a step."""
    tail = 1.0 - question.level
    goal = Phrase(_CAREFUL, draws=draws, risk=question.risk, tail=tail) if question.risk else Phrase(_GOAL, draws=draws)
    texts = [Phrase(_HARM), goal, Phrase(_WORTH), Phrase(_PROOF, gap=max(gap, 1e-12)), Phrase(_RULES)]
    if runs:
        texts.append(Phrase(_STABLE, runs=runs))
    assumed = tuple(f"{m.id}.{name}" for m in question.measures for name in m.assumed())
    if assumed:
        texts.append(Phrase(_ASSUMED, names=assumed))
    return tuple(texts)
