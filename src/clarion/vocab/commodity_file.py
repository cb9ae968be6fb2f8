"""The form of the file of commodities: read, checked, and refused with the entry that breaks it."""

from __future__ import annotations

import re
import tomllib
from typing import Any, NoReturn

from clarion.errors import InputError
from clarion.vocab.phrase import Phrase

Entry = dict[str, Any]

KINDS = ("food", "fertiliser", "fuel")
_ID = re.compile(r"[a-z]+(-[a-z]+)*")
_HS = re.compile(r"\d{4}|\d{6}")
_FACTORED = {"fao_items": re.compile(r"\d+"), "fao_crops": re.compile(r"\d+"), "hs_factors": _HS}
_FIELDS = {
    "id", "name", "kind", "kcal_per_kg", "fao_items", "fao_crops", "fao_balance", "fao_balance_factor", "psd", "hs",
    "hs_factors", "ask", "facts_name",
}  # fmt: skip


def read_entries(text: str, where: str) -> tuple[list[Entry], dict[str, float]]:
    """Entries with named factors replaced by numbers, and the factors; the tables of codes become tuples of pairs.

    Raises
    ------
    InputError: not TOML, or an entry that breaks the form.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _refuse(Phrase("The file is not TOML: {error}.", error=str(error)), where)
    factors = {name: _number(value, {}, name, where) for name, value in data.get("factors", {}).items()}
    entries = [_entry(dict(raw), factors, where) for raw in data.get("commodity", ())]
    _unshared(entries, where)
    return entries, factors


def _entry(entry: Entry, factors: dict[str, float], file: str) -> Entry:
    name = entry.get("id")
    where = f"{file}, {name or 'an entry without id'}"
    if not isinstance(name, str) or not _ID.fullmatch(name):
        _refuse(Phrase("{name!r} is not an id: small letters and hyphens.", name=name), where)
    if unknown := sorted(set(entry) - _FIELDS):
        _refuse(Phrase("There is no field {names}.", names=tuple(unknown)), where)
    if entry.get("kind") not in KINDS or not entry.get("name"):
        _refuse(Phrase("A commodity needs a name and a kind: {kinds}.", kinds=KINDS), where)
    energy = entry.get("kcal_per_kg")
    if (entry["kind"] == "food") != (energy is not None):
        _refuse("Food needs kcal_per_kg, and nothing else may have it.", where)
    if energy is not None:
        entry["kcal_per_kg"] = _number(energy, {}, "kcal_per_kg", where)
    for field, form in _FACTORED.items():
        if field in entry:
            codes = entry[field].items()
            if wrong := [code for code, _ in codes if not form.fullmatch(code)]:
                _refuse(Phrase("{field}: {code!r} is not a code.", field=field, code=wrong[0]), where)
            entry[field] = tuple((code, _number(factor, factors, field, where)) for code, factor in codes)
    if "fao_balance_factor" in entry:
        entry["fao_balance_factor"] = _number(entry["fao_balance_factor"], factors, "fao_balance_factor", where)
    if wrong := [code for code in (*entry.get("hs", ()), *entry.get("ask", ())) if not _HS.fullmatch(str(code))]:
        _refuse(Phrase("{code!r} is not a heading or code of the Harmonised System.", code=wrong[0]), where)
    return entry


def _number(value: Any, factors: dict[str, float], field: str, where: str) -> float:
    found = factors.get(value) if isinstance(value, str) else value
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found < float("inf"):
        _refuse(Phrase("{field}: {value!r} is not a number above nothing, nor a factor named in the file.",
                       field=field, value=value), where)  # fmt: skip
    return float(found)


def _unshared(entries: list[Entry], file: str) -> None:
    """A code belongs to one commodity: in two, its tonnes would count twice."""
    seen: dict[tuple[str, str], str] = {}
    for entry in entries:
        codes = [("id", entry["id"]), *(("fao_items", code) for code, _ in entry.get("fao_items", ()))]
        codes += [("hs", code) for code in (*entry.get("hs", ()), *(c for c, _ in entry.get("hs_factors", ())))]
        codes += [(field, str(entry[field])) for field in ("fao_balance", "psd", "facts_name") if entry.get(field)]
        for field, code in codes:
            if (field, code) in seen:
                _refuse(Phrase("{field} {code} is given twice.", field=field, code=code),
                        f"{file}, {seen[field, code]} and {entry['id']}")  # fmt: skip
            seen[field, code] = entry["id"]


def _refuse(what: str, where: str) -> NoReturn:
    raise InputError(what, where=where, next_step="Correct the entry; the head of the file says what each field is.")
