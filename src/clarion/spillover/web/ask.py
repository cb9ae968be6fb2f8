"""What a reader asked, from the address: item, trade and smallest importer."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from clarion.errors import InputError
from clarion.spillover.engine.exposure import ExposureQuestion
from clarion.vocab import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """The engine's question, the chosen source, and the same as a query string for links."""

    question: ExposureQuestion
    source: str | None
    query: str


def asked(request: HttpRequest, item: str = "", minimum: float = 5000) -> Asked:
    """Read the question; anything that cannot be used raises InputError or UnknownName."""
    get = request.GET
    trade = get.get("trade", "raw")
    if trade not in ("raw", "corrected"):
        raise InputError(f"There is no trade {trade!r}.", where="trade", next_step="Use raw or corrected.")
    source = get.get("source") or None
    question = ExposureQuestion(
        item or get.get("item", "wheat"),
        "corrected" if trade == "corrected" else "raw",
        period=_period(get.get("period", "")),
        minimum_import=_minimum(get.get("minimum", ""), minimum),
    )
    chosen = {"item": question.item, "trade": trade, "source": source or "", "period": get.get("period", "")}
    return Asked(question, source, urlencode({k: v for k, v in chosen.items() if v}))


def _minimum(text: str, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError as error:
        raise InputError(
            "The smallest import is not a number.", where="minimum", next_step="Give tonnes a year, such as 5000."
        ) from error


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError as error:
        raise InputError(f"{error}.", where="period", next_step="Give a year or two, such as 2019-2021.") from error
