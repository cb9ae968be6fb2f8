"""Places: countries and territories by ISO 3166, with the codes of each official source and names in six languages.

Names are those of Unicode CLDR (through Babel, written once by ``tools/build_places.py``), codes those of ISO 3166, UN
M49 and FAOSTAT. Areas that no longer exist stay in the table as ``historic`` with their successors, so that an old
row is recognised and never counted twice. The table says how sources name things; it takes no side on status.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from clarion.errors import UnknownName
from clarion.vocab.phrase import Phrase

LANGUAGES = ("en", "ru", "uk", "kk", "hy", "ka")


@dataclass(frozen=True, slots=True)
class Place:
    """One country, territory or historic area."""

    iso3: str
    iso2: str
    m49: str
    fao_code: str
    region: str
    subregion: str
    kind: str
    successors: tuple[str, ...]
    names: dict[str, str] = field(compare=False, hash=False, repr=False)

    def name(self, language: str = "en") -> str:
        """The name in ``language``, or in English where the language has none."""
        return self.names.get(language) or self.names["en"]

    def __str__(self) -> str:
        return self.name()

    @property
    def historic(self) -> bool:
        return self.kind == "historic"


@cache
def places() -> dict[str, Place]:
    """Every place by its ISO 3166 alpha-3 code."""
    table = files("clarion.vocab").joinpath("data/places.csv").read_text(encoding="utf-8")
    return {
        row["iso3"]: Place(
            row["iso3"], row["iso2"], row["m49"], row["fao_code"], row["region"], row["subregion"], row["kind"],
            tuple(row["successors"].split()), {lang: row[f"name_{lang}"] for lang in LANGUAGES},
        )
        for row in csv.DictReader(table.splitlines())
    }  # fmt: skip


@cache
def index(code: str) -> dict[str, Place]:
    """Places by another code: ``iso2``, ``m49`` (three digits) or ``fao_code``."""
    return {value: p for p in places().values() if (value := getattr(p, code))}


def place(iso3: str) -> Place:
    """Look a place up by its ISO 3166 alpha-3 code.

    Raises
    ------
    UnknownName: with the places whose code or English name comes closest.
    """
    found = places().get(iso3.strip().upper())
    if found is None:
        raise UnknownName(
            Phrase("There is no country or territory with the code {code!r}.", code=iso3),
            where="country",
            next_step=Phrase("Use an ISO 3166 alpha-3 code, for example {codes}.", codes=_near(iso3)),
        )
    return found


def _near(text: str) -> tuple[Phrase, ...]:
    from difflib import get_close_matches

    by_name = {p.name().lower(): p.iso3 for p in places().values()} | {
        p.iso2.lower(): p.iso3 for p in places().values()
    }
    by_name |= {p.iso3.lower(): p.iso3 for p in places().values()}
    codes = dict.fromkeys(by_name[name] for name in get_close_matches(text.lower(), by_name, 4, 0.5))
    near = [places()[code] for code in [*codes, *([] if codes else ["KGZ"])][:3]]
    return tuple(Phrase("{code} ({place})", code=p.iso3, place=p) for p in near)
