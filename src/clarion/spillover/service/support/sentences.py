"""What a plan says in sentences, without their full stops; empty where there is nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.locale import gettext, say
from clarion.pictures.words import listed, number, percent, rounded
from clarion.spillover.service.words import worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.service.support.results import PlanResult

_ALIKE = 0.01  # of what a plan avoids, below which another avoids as much


def kept_sentence(result: PlanResult, language: str) -> str:
    """How much of the budget stays unspent, and why; empty where all of it is spent."""
    from clarion.spillover.engine.support.rows import usd

    if not result.kept:
        return ""
    return gettext(
        "%(kept)s of the budget stays unspent: within these limits it would avoid no further harm in this model (less"
        " than one person-year a million USD)", language,
    ) % {"kept": say(usd(result.kept), language)}  # fmt: skip


def more_sentence(result: PlanResult, language: str) -> str:
    """What one more step of money avoids, and where it would go."""
    from clarion.spillover.engine.support.rows import usd

    to = [
        gettext("%(place)s (%(measure)s)", language)
        % {"place": place(iso3).name(language), "measure": gettext(measure["title"], language)}
        for iso3, measure, amount in result.goes_to[:3] if amount > 0
    ]  # fmt: skip
    words = {"step": say(usd(result.step), language), "avoided": worded(result.more, "number", language),
             "names": listed(to, language)}  # fmt: skip
    if not to and not result.more.value:
        return gettext("%(step)s more would avoid no further harm in this model", language) % words
    if not to:
        return gettext("%(step)s more would avoid %(avoided)s person-years", language) % words
    return gettext("%(step)s more would avoid %(avoided)s person-years, most of it in %(names)s", language) % words


def carried_sentence(result: PlanResult, language: str) -> str:
    """The measure that most of the plan hangs on, and what a plan without it avoids."""
    found = result.carried
    if found is None:
        return ""
    words = {"measure": gettext(found.measure["title"], language), "share": percent(found.share, language)}
    if found.without is None:
        return gettext(
            "The plan rests most on one measure: %(measure)s accounts for %(share)s of the person-years avoided",
            language,
        ) % words  # fmt: skip
    mean = result.read("expected").value or 0.0
    if abs((found.without.value or 0.0) - mean) < _ALIKE * mean:
        return gettext(
            "The plan rests most on one measure: %(measure)s accounts for %(share)s of the person-years avoided;"
            " without it, other measures would avoid about as much with the same budget", language,
        ) % words  # fmt: skip
    words["without"] = worded(found.without, "number", language)
    words["avoided"] = worded(result.read("expected"), "number", language)
    return gettext(
        "The plan rests most on one measure: %(measure)s accounts for %(share)s of the person-years avoided; without"
        " it, the best plan of the same budget would avoid %(without)s person-years instead of %(avoided)s", language,
    ) % words  # fmt: skip


def choice_sentence(result: PlanResult, language: str) -> str:
    """How much of what the plan is better by comes from its measures, and how much from its countries."""
    rules = {rule.id: rule.more.value for rule in result.rules}
    whole, countries = rules.get("need-only"), rules.get("need-best")
    if whole is None or countries is None or countries < 0 or whole < countries:
        return ""
    parts = {"whole": whole, "measures": whole - countries, "countries": countries}
    words = {name: number(rounded(value), language) for name, value in parts.items()}
    return gettext(
        "Of the %(whole)s person-years that the plan avoids beyond money spread by expected harm alone, %(measures)s"
        " come from choosing better measures and %(countries)s from choosing other countries", language,
    ) % words  # fmt: skip
