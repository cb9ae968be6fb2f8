"""Exposure at the command line: importers, their ranks, a country and its suppliers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.spillover.cli.options import Item, Json, Minimum, Out, Source, Trade, Years, named

if TYPE_CHECKING:
    import polars as pl


def exposure(
    item: Item = "wheat", trade: Trade = "raw", minimum: Minimum = 0, period: Years = "", source: Source = "",
    out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Every importer's dependence on Russia and Ukraine for a commodity."""
    from clarion.access import Actor
    from clarion.spillover.service import ask, frames
    from clarion.spillover.service import exposure as service
    from clarion.spillover.service.words import worded

    question = ask.question(item, trade, minimum, period)
    found = service.exposures(Actor.console(), question, source or None)
    rows = [
        {
            "country": named(e.iso3),
            "share of imports": worded(e.share_from_origins, "share", "en"),
            "share of supply": worded(e.share_of_supply, "share", "en"),
            "kcal a person a day": worded(e.kcal_per_person_day, "number", "en"),
            "imports, t": worded(e.import_tonnes, "number", "en"),
        }
        for e in found
    ]
    _answer(found, rows, frames.exposure_frame, out, json)


def ranking(
    item: Item = "wheat", trade: Trade = "raw", minimum: Minimum = 5000, period: Years = "", source: Source = "",
    out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Rank importers over food, wages and fuel: always a rank with its interval."""
    from clarion.access import Actor
    from clarion.spillover.service import ask, frames
    from clarion.spillover.service import exposure as service
    from clarion.spillover.service.words import worded

    found = service.standings(Actor.console(), ask.question(item, trade, minimum, period), source or None)
    rows = [
        {"country": named(s.iso3), "rank": worded(s.rank, "number", "en"),
         "top ten": f"{s.top_ten:.0%}"}
        for s in found
    ]  # fmt: skip
    _answer(found, rows, frames.ranking_frame, out, json)


def suppliers(
    iso3: str, item: Item = "wheat", trade: Trade = "raw", period: Years = "", source: Source = "",
    out: Out = None, json: Json = False,
) -> None:  # fmt: skip
    """Who sells a commodity to a country, each with its rows in the source file."""
    from clarion.access import Actor
    from clarion.spillover.service import ask, frames
    from clarion.spillover.service import exposure as service
    from clarion.spillover.service.words import worded

    found = service.suppliers(Actor.console(), iso3, ask.question(item, trade, 0, period), source or None)
    rows = [
        {"supplier": named(p.partner), "tonnes": worded(p.tonnes, "number", "en"),
         "share of imports": worded(p.share, "share", "en"), "reported by": p.reported_by,
         "source rows": ", ".join(map(str, p.source_rows))}
        for p in found
    ]  # fmt: skip
    _answer(found, rows, frames.suppliers_frame, out, json)


RIGHT = ("share of imports", "share of supply", "kcal a person a day", "imports, t", "rank", "top ten", "tonnes")


def _answer(
    found: Sequence[Any], rows: list[dict[str, Any]], frame: Callable[[Any], pl.DataFrame], out: Path | None, json: bool
) -> None:
    """What was found: as a table in ``out`` if that is given, and printed as rows, or whole as JSON."""
    from clarion.cli_output import emit, table
    from clarion.tables.files import write_file

    if out:
        write_file(frame(found), out)
    emit([f.to_dict() for f in found] if json else rows, json, lambda r: table(r, list(r[0]) if r else [], RIGHT))


def country(iso3: str, trade: Trade = "raw", period: Years = "", source: Source = "", json: Json = False) -> None:
    """All that is known of one country, and what is not."""
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.spillover.service import ask
    from clarion.spillover.service.exposure import profile
    from clarion.spillover.service.profile import answer_sentence, profile_text

    found = profile(Actor.console(), iso3, ask.question("wheat", trade, 0, period), source or None)
    language = config().language
    data = found.to_dict() | {"answer": answer_sentence(found, language)}
    emit(data, json, lambda _: profile_text(found, language))
