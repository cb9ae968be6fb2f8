"""What this room measures for the board of the call."""

from __future__ import annotations

from clarion.access import Actor
from clarion.vocab import Indicator


def indicators(actor: Actor, language: str) -> list[Indicator]:
    """How many countries take 30 % or more, and half or more, of their wheat from Russia and Ukraine.

    Nothing where the trade table that was loaded knows no wheat.
    """
    from django.urls import reverse
    from django.utils.translation import gettext, ngettext

    from clarion.pictures.words import number
    from clarion.sources import catalogue, find
    from clarion.spillover.engine.exposure import ExposureQuestion
    from clarion.spillover.service.exposure import counts_above, items

    if "wheat" not in items():
        return []
    counts = counts_above(actor, ExposureQuestion("wheat", minimum_import=5000))
    cited = counts[0.3].provenance[0]
    source = gettext("%(publisher)s, %(release)s") % {
        "publisher": find(cited.source).publisher if cited.source in catalogue() else cited.source,
        "release": cited.release,
    }
    href = reverse("spillover:exposure")
    out = []
    for threshold, caption in (
        (0.3, gettext("countries take 30 % or more of their wheat from there")),
        (0.5, gettext("countries take half or more")),
    ):
        count = counts[threshold]
        statement = ngettext(
            "%(count)s country takes %(share)s %% or more of its wheat from Russia and Ukraine",
            "%(count)s countries take %(share)s %% or more of their wheat from Russia and Ukraine",
            int(count.value or 0),
        ) % {"count": number(count.value or 0, language), "share": number(threshold * 100, language)}
        out.append(Indicator("economies", count, statement, caption, source, href))
    return out
