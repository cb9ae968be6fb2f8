"""Area codes of official sources, to ISO 3166 alpha-3: known, left out for a reason, or an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.fault import CHANGED, Faults
from clarion.vocab.place import index, places

if TYPE_CHECKING:
    import polars as pl

Verdict = tuple[str, str]
"""An ISO code and no reason, or no code and the reason why the area is left out; two empty texts: unknown."""

FAO_AGGREGATES_FROM = 5000
FAO_NOT_PLACES = {
    "351": "China as one area, beside its four parts",
    "252": "areas not specified",
    "254": "areas not specified",
    "259": "areas without an ISO code",  # Channel Islands
}
# UN M49 codes that were withdrawn. Trade of before 1991 is all that they hold; nobody's figures of today rest on it.
GONE = {
    "278": "states that are gone", "720": "states that are gone", "886": "states that are gone",
    "396": "islands of the United States", "488": "islands of the United States", "872": "islands of the United States",
    "536": "areas not specified",  # the neutral zone between Iraq and Saudi Arabia
}  # fmt: skip

# UN Comtrade (and BACI, which is made from it) counts some countries under codes other than ISO numeric.
COMTRADE = {
    "757": "CHE", "842": "USA", "699": "IND", "251": "FRA", "579": "NOR", "381": "ITA", "490": "TWN",
    "280": "DEU", "841": "USA",
}  # fmt: skip
COMTRADE_NOT_PLACES = {
    "000": "the world as partner",
    "097": "groups of countries", "711": "groups of countries", "975": "groups of countries",
    "837": "bunkers, free zones and special categories", "838": "bunkers, free zones and special categories",
    "839": "bunkers, free zones and special categories",
} | dict.fromkeys(
    ("080", "129", "221", "290", "471", "472", "473", "492", "527", "536", "568", "577", "636", "637", "697", "849",
     "879", "898", "899"),
    "areas not specified",
)  # fmt: skip


def fao_area(code: str, m49: str) -> Verdict:
    """FAOSTAT's area code and its M49 code (written with an apostrophe). The two must speak of one place."""
    if code.isdigit() and int(code) >= FAO_AGGREGATES_FROM:
        return "", "aggregate areas"
    if code in FAO_NOT_PLACES:
        return "", FAO_NOT_PLACES[code]
    number = m49.lstrip("'").zfill(3)
    if number in GONE:
        return "", GONE[number]
    place = index("m49").get(number) if m49.lstrip("'") else index("fao_code").get(code)
    if place is None or (place.fao_code and place.fao_code != code):
        return "", ""
    return place.iso3, ""


def comtrade_area(code: str) -> Verdict:
    """UN Comtrade's numeric code, for reporters and partners alike."""
    code = code.zfill(3)
    if code in COMTRADE_NOT_PLACES or code in GONE:
        return "", COMTRADE_NOT_PLACES.get(code) or GONE[code]
    if code in COMTRADE:
        return COMTRADE[code], ""
    place = index("m49").get(code)
    return (place.iso3, "") if place else ("", "")


def to_iso3(
    frame: pl.DataFrame,
    columns: tuple[str, ...],
    name: str,
    look_up: Callable[..., Verdict],
    raw: Raw,
    faults: Faults,
) -> pl.DataFrame:
    """Put the ISO code of ``columns`` under ``name``; leave out and count the rows whose area is no place.

    Raises
    ------
    SourceError: an area code that the house does not know; it shows the code and its line.
    """
    import polars as pl

    seen = frame.select(columns).unique()
    verdicts = [look_up(*row) for row in seen.iter_rows()]
    seen = seen.with_columns(
        pl.Series(name, [v[0] for v in verdicts], dtype=pl.String),
        pl.Series("__reason", [v[1] for v in verdicts], dtype=pl.String),
    )
    joined = frame.join(seen, on=columns, how="left", maintain_order="left")
    unknown = joined.filter((pl.col(name) == "") & (pl.col("__reason") == ""))
    if not unknown.is_empty():
        shown = ", ".join(f"{c} {unknown[c][0]}" for c in columns)
        codes = unknown[columns[0]].unique().sort().to_list()
        raise faults(
            f"The area is not known: {shown}.",
            line=int(unknown["source_row"][0]),
            next_step="Add it to the place table (or to the areas that are left out), or correct the file. " + CHANGED,
            column=columns[0],
            value=unknown[columns[0]][0],
            codes=codes[:50],
            rows=unknown.height,
        )
    left_out = joined.filter(pl.col("__reason") != "")["__reason"].value_counts()
    for reason, rows in left_out.iter_rows():
        raw.count(reason, rows)
    return joined.filter(pl.col("__reason") == "").drop("__reason")


def historic_rows(frame: pl.DataFrame, names: tuple[str, ...], raw: Raw) -> None:
    """Count rows of areas that no longer exist. They stay: their own code keeps them apart from their successors."""
    import polars as pl

    gone = [iso3 for iso3, place in places().items() if place.historic]
    rows = frame.filter(pl.any_horizontal(pl.col(n).is_in(gone) for n in names)).height
    raw.count("rows of areas that no longer exist, kept under their own code", rows)
