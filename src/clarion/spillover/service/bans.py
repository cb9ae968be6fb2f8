"""Which exports were under restriction on a day, and what share of traded calories that is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import InputError
from clarion.locale import gettext, say
from clarion.spillover.service.tables import SEED, warehouse
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.spillover.engine.bans import RestrictedShare

HEADLINE = "bans, licences and quotas"
"""The set of measures that published totals count."""
LIST = "export-restrictions"
"""The source that lists them."""


def read_day(text: str) -> date:
    """A day such as ``2022-04-15``.

    Raises
    ------
    InputError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            Phrase("{text!r} is not a day.", text=text), where="date", next_step="Write it as 2022-04-15."
        ) from None


def restricted(actor: Actor, day: date, source: str | None = None) -> RestrictedShare:
    """What was under restriction on ``day``; ``source`` chooses whose trade figures.

    Raises
    ------
    NotAllowed, UnknownName, ModelError, TableError: as the engine says.
    """
    from clarion.spillover.engine.bans import restricted_share, restrictions, traded_calories

    require(actor, "spillover.view")
    door = warehouse()
    rows = door.table("restrictions")
    calories = traded_calories(door.table("trade_flows", source))
    return restricted_share(restrictions(rows), calories, day, seed=SEED, cited=(rows.cite(),))


def restricted_data(found: RestrictedShare) -> dict[str, Any]:
    """JSON-ready, with the published totals of the same year beside it."""
    totals = warehouse().table("restriction_totals").frame
    return {
        "date": found.day.isoformat(),
        "shares": {name: estimate.to_dict() for name, estimate in found.shares.items()},
        "calories": {"period": found.period, "missing": list(found.missing)},
        "held": [
            {"iso3": h.iso3, "item": h.food, "measures": list(h.measures), "share": h.share, "rows": list(h.rows)}
            for h in found.held
        ],
        "undated_rows": list(found.undated),
        "published": [
            {name: row[name] for name in ("date", "metric", "value", "unit", "source", "url")}
            for row in totals.iter_rows(named=True)
            if row["date"].startswith(str(found.day.year)) and "traded calories" in row["metric"]
        ],
    }  # fmt: skip


def answer_sentence(found: RestrictedShare, language: str) -> str:
    """The answer first, then how it was found or why it is not known, then what the share leaves out."""
    share = found.shares[HEADLINE]
    said = gettext("Traded calories under ban, licence or quota on %(day)s: %(share)s", language) % {
        "day": found.day.isoformat(), "share": worded(share, "share", language, digits=1),
    }  # fmt: skip
    said = f"{said} ({say(share.method if share.known else share.reason, language)})"
    if not found.missing:
        return said + "."
    left = Phrase(
        "Not among the calories, for their trade is not loaded: {names}",
        names=tuple(commodity_name(item, language) for item in found.missing),
    )
    return f"{said}. {say(left, language)}."
