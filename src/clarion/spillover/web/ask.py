"""What a reader asked, from the address: item, trade, years, source and smallest importer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from clarion.errors import InputError
from clarion.spillover.engine.exposure import ExposureQuestion
from clarion.spillover.service.ask import question
from clarion.spillover.service.exposure import items


@dataclass(frozen=True, slots=True)
class Asked:
    """The engine's question, the chosen source, and the same as a query string for links.

    ``query`` leads to other pages; ``listed`` to the same list in another form, with its smallest import; ``kept`` are
    the choices that the filter does not show and must not lose.
    """

    question: ExposureQuestion
    source: str | None
    query: str
    listed: str
    kept: dict[str, str]


def asked(request: HttpRequest, item: str = "", minimum: float = 5000) -> Asked:
    """Read the question; anything that cannot be used raises InputError or UnknownName."""
    get = request.GET
    trade, period = get.get("trade", "raw"), get.get("period", "")
    source = get.get("source") or None
    smallest = _minimum(get.get("minimum", ""), minimum)
    found = question(item or get.get("item") or next(iter(items(source)), "wheat"), trade, smallest, period)
    chosen = {"item": found.item, "trade": trade, "source": source or "", "period": period}
    chosen = {name: value for name, value in chosen.items() if value}
    only = {"minimum": f"{smallest:.15g}"} if smallest != minimum else {}
    kept = {name: chosen[name] for name in ("source", "period") if name in chosen} | only
    return Asked(found, source, urlencode(chosen), urlencode(chosen | only), kept)


def _minimum(text: str, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError as error:
        raise InputError(
            "The smallest import is not a number.", where="minimum", next_step="Give tonnes a year, such as 5000."
        ) from error
