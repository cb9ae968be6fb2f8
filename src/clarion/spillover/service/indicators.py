"""What this room measures for the board of the call."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from clarion.access import Actor
from clarion.vocab import Indicator, Picture

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import ExposureQuestion, ExposureTables
    from clarion.spillover.service.tables import Held


def indicators(actor: Actor, language: str) -> list[Indicator]:
    """How many countries take 30 % or more, and half or more, of their wheat imports from Russia and Ukraine.

    Nothing where the trade table that was loaded knows no wheat.
    """
    from django.urls import reverse

    from clarion.locale import gettext, ngettext
    from clarion.pictures.words import number
    from clarion.sources import catalogue, find
    from clarion.spillover.engine.exposure import ExposureQuestion
    from clarion.spillover.service.exposure import basis, counts_above, items

    if "wheat" not in items():
        return []
    question = ExposureQuestion("wheat", minimum_import=5000)
    counts = counts_above(actor, question)
    cited = counts[0.3].provenance[0]
    source = gettext("%(publisher)s, %(release)s", language) % {
        "publisher": find(cited.source).publisher if cited.source in catalogue() else cited.source,
        "release": gettext(cited.release, language),
    }
    href = reverse("spillover:exposure")
    out: list[Indicator] = []
    for threshold, count in counts.items():
        found = int(count.value or 0)
        words = {"count": number(found, language), "share": number(threshold * 100, language)}
        statement = ngettext(
            "%(count)s country takes %(share)s %% or more of its wheat imports from Russia and Ukraine",
            "%(count)s countries take %(share)s %% or more of their wheat imports from Russia and Ukraine",
            found, language,
        )  # fmt: skip
        # The caption stands beside the figure, which is its count.
        caption = ngettext(
            "country takes %(share)s %% or more of its wheat imports from there",
            "countries take %(share)s %% or more of their wheat imports from there",
            found, language,
        )  # fmt: skip
        picture = None if out else _map(question, language, basis())
        out.append(Indicator("economies", count, statement % words, caption % words, source, href, picture))
    asked = gettext("What if Black Sea exports stop?", language)
    out[-1] = replace(out[-1], question=asked, answer=reverse("spillover:scenario-shipped", args=["black-sea-closure"]))
    return out


# The same for every reader who may see the figure, which was asked before.
@lru_cache(maxsize=12)
def _map(question: ExposureQuestion, language: str, held: Held[ExposureTables]) -> Picture:
    from django.urls import reverse

    from clarion.spillover.service.exposure import exposures
    from clarion.spillover.service.maps import share_map

    shares = {e.iso3: e.share_from_origins for e in exposures(Actor.console(), question)}
    return share_map(
        question.item, shares, language,
        lambda iso3: reverse("spillover:country", args=[iso3]) if iso3 in shares else None,
    )  # fmt: skip
