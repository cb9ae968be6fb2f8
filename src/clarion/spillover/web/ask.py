"""What a reader asked, from the address: item, trade, years, source and smallest importer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from clarion.errors import InputError
from clarion.spillover.engine.exposure import ExposureQuestion
from clarion.spillover.service.ask import question


@dataclass(frozen=True, slots=True)
class Asked:
    """The engine's question, the chosen source, and the same as a query string for links."""

    question: ExposureQuestion
    source: str | None
    query: str


def asked(request: HttpRequest, item: str = "", minimum: float = 5000) -> Asked:
    """Read the question; anything that cannot be used raises InputError or UnknownName."""
    get = request.GET
    trade, period = get.get("trade", "raw"), get.get("period", "")
    found = question(item or get.get("item", "wheat"), trade, _minimum(get.get("minimum", ""), minimum), period)
    chosen = {"item": found.item, "trade": trade, "source": get.get("source", ""), "period": period}
    return Asked(found, get.get("source") or None, urlencode({k: v for k, v in chosen.items() if v}))


def _minimum(text: str, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError as error:
        raise InputError(
            "The smallest import is not a number.", where="minimum", next_step="Give tonnes a year, such as 5000."
        ) from error
