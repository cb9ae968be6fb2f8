"""Fertiliser, energy and Russia's economy on the scenario form, read: the tables ``[fertiliser]`` and ``[economy]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from clarion.errors import InputError
from clarion.spillover.engine.scenario import NUTRIENTS
from clarion.spillover.web.cells import CHANGE, MONTHS, PARTS, SHARE, TIMES, Unit, law, missing
from clarion.vocab import Phrase

MOST_SHORTAGES = 10
FERTILISER: dict[str, Unit] = {"gas": TIMES} | dict.fromkeys(NUTRIENTS, TIMES) | {"months": MONTHS}
ECONOMY = {"growth": CHANGE, "rouble": CHANGE}
SHORTAGE = {"lost": SHARE, "share": SHARE}
_KEY = re.compile(r"(fertiliser|economy)(?:\.shortages\[(\d+)\])?(?:\.prices)?(?:\.(\w+))?(?:\[(\d)\])?")
_PREFIX = {"fertiliser": "fer", "economy": "eco"}


def from_form(form: Mapping[str, str]) -> dict[str, Any]:
    """The two tables of a posted form, those of which it says something.

    Raises
    ------
    InputError: what is no number, or a table that is not complete, with the field.
    """
    found = {"fertiliser": _fertiliser(form), "economy": _economy(form)}
    return {name: table for name, table in found.items() if table}


def shortages(form: Mapping[str, str]) -> list[int]:
    """The numbers of the shortages that say something."""
    return [i for i in range(MOST_SHORTAGES) if any(row_of(form, i).values())]


def field_of(key: str, form: Mapping[str, str]) -> str:
    """The id of the field that an error of the key ``economy.growth[1]`` speaks of; empty for other keys."""
    found = _KEY.fullmatch(key)
    if not found:
        return ""
    table, row, name, place = found.groups()
    part = PARTS[int(place)] if place else "likely"
    if row is not None:
        i = shortages(form)[int(row)]
        return f"{name}-{part}-{i}" if name in SHORTAGE else f"lack-{i}" if name == "source" else f"exporters-{i}"
    laws = FERTILISER if table == "fertiliser" else ECONOMY
    if name in laws or name is None:
        return f"{_PREFIX[table]}-{name or next(iter(laws))}-{part}"
    return f"{_PREFIX[table]}-{name}"


def _fertiliser(form: Mapping[str, str]) -> dict[str, Any]:
    where = gettext("Fertiliser and energy")
    laws = {name: law(form, names(f"fer-{name}"), unit, where) for name, unit in FERTILISER.items()}
    table: dict[str, Any] = {name: laws[name] for name in ("months", "gas") if laws[name]}
    if prices := {name: laws[name] for name in NUTRIENTS if laws[name]}:
        table["prices"] = prices
    if rows := [_shortage(form, i) for i in shortages(form)]:
        table["shortages"] = rows
    return table | _source(form, "fer-source")


def _shortage(form: Mapping[str, str], i: int) -> dict[str, Any]:
    where = gettext("shortage %(number)s") % {"number": i + 1}
    row, exporters = row_of(form, i), re.split(r"[\s,;]+", form.get(f"exporters-{i}", "").strip().upper())
    if not any(exporters):
        raise InputError(
            gettext("The shortage names no exporter."), where=where,
            next_step=gettext("Give codes of countries, such as RUS, BLR, or empty the whole row."),
            field=f"exporters-{i}",
        )  # fmt: skip
    laws = {name: law(form, cells(name, i), unit, where) for name, unit in SHORTAGE.items()}
    if laws["lost"] is None:
        raise missing(f"lost-likely-{i}", SHARE, where)
    found = {"exporters": [code for code in exporters if code]} | {name: one for name, one in laws.items() if one}
    return found | ({"nutrients": row["nutrients"]} if row["nutrients"] else {}) | _source(form, f"lack-{i}")


def _economy(form: Mapping[str, str]) -> dict[str, Any]:
    where = gettext("Russia's economy")
    laws = {name: law(form, names(f"eco-{name}"), unit, where) for name, unit in ECONOMY.items()}
    year, said = form.get("eco-base_year", "").strip(), _source(form, "eco-source")
    if not any((*laws.values(), year, said)):
        return {}
    for name, found in laws.items():
        if found is None:
            raise InputError(
                gettext("What happens to Russia's economy is not complete."), where=where,
                next_step=gettext("Give both output and the rouble; write 0 for one that does not change."),
                field=f"eco-{name}-likely",
            )  # fmt: skip
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise InputError(
            Phrase("{text!r} is not a year.", text=year), where=where, next_step="Write it as 2021.",
            field="eco-base_year",
        )  # fmt: skip
    table = laws | {"rupture": form.get("eco-rupture") != "no"} | said
    return table | ({"base_year": int(year)} if year else {})


def _source(form: Mapping[str, str], name: str) -> dict[str, str]:
    text = form.get(name, "").strip()
    return {"source": text} if text else {}


def names(prefix: str) -> tuple[str, str, str]:
    """The three fields of a law."""
    return f"{prefix}-low", f"{prefix}-likely", f"{prefix}-high"


def cells(name: str, i: int) -> tuple[str, str, str]:
    """The three fields of a law of one shortage."""
    return f"{name}-low-{i}", f"{name}-likely-{i}", f"{name}-high-{i}"


def row_of(form: Mapping[str, Any], i: int) -> dict[str, Any]:
    """What a posted shortage says, empty where it says nothing."""
    fields = (f"exporters-{i}", f"lack-{i}", *cells("lost", i), *cells("share", i))
    ticked = form.getlist(f"nutrients-{i}") if hasattr(form, "getlist") else form.get(f"nutrients-{i}", [])
    return {name: form.get(name, "").strip() for name in fields} | {"nutrients": list(ticked)}
