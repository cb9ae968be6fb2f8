"""A run's answer in a sentence where no energy goes missing: fertilisers, fuels, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping

from clarion.locale import gettext
from clarion.pictures.words import listed
from clarion.spillover.service.words import commodity_name
from clarion.vocab import Estimate, place

_NAMED = 3
_LEAST = 1.0  # tonnes


def sentence_in_tonnes(lost: Mapping[str, Mapping[str, Estimate]], language: str) -> str:
    """Who loses most of each commodity after the response; ``lost`` is tonnes by commodity and country."""
    parts = []
    for item, by_country in lost.items():
        known = {iso3: e.value or 0.0 for iso3, e in by_country.items() if (e.value or 0.0) >= _LEAST}
        worst = sorted(known, key=lambda iso3: (-known[iso3], iso3))[:_NAMED]
        if worst:
            names = listed([place(iso3).name(language) for iso3 in worst], language)
            parts.append(gettext("%(item)s: %(names)s", language)
                         % {"item": commodity_name(item, language), "names": names})  # fmt: skip
    if not parts:
        return gettext("Nobody loses a measurable amount in this scenario", language)
    told = gettext("Most tonnes are missing after stocks and other suppliers step in: %(items)s", language)
    return told % {"items": "; ".join(parts)}
