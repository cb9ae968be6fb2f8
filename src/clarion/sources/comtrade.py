"""UN Comtrade: yearly trade by commodity, as each side reported it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarion.sources.base import Raw, source
from clarion.sources.formats.fault import Faults
from clarion.vocab import COMMODITIES

if TYPE_CHECKING:
    import polars as pl

READ = (
    "typeCode", "freqCode", "period", "reporterCode", "flowCode", "partnerCode", "partner2Code", "cmdCode",
    "customsCode", "motCode", "netWgt", "qty", "qtyUnitAbbr", "primaryValue",
)  # fmt: skip
KNOWN = frozenset(READ) | {
    "refPeriodId", "refYear", "refMonth", "reporterISO", "reporterDesc", "flowDesc", "partnerISO", "partnerDesc",
    "partner2ISO", "partner2Desc", "classificationCode", "classificationSearchCode", "isOriginalClassification",
    "cmdDesc", "aggrLevel", "isLeaf", "customsDesc", "mosCode", "motDesc", "qtyUnitCode", "isQtyEstimated",
    "altQtyUnitCode", "altQtyUnitAbbr", "altQty", "isAltQtyEstimated", "isNetWgtEstimated", "grossWgt",
    "isGrossWgtEstimated", "cifvalue", "fobvalue", "legacyEstimationFlag", "isReported", "isAggregate",
}  # fmt: skip
# An answer of exactly so many records has been cut: preview, guest, subscription, premium.
LIMITS = (500, 100_000, 250_000)
MAX_JSON = 1 << 30
API = (
    "https://comtradeapi.un.org/data/v1/get/C/A/HS?period={year}&flowCode=M,X&partner2Code=0&customsCode=C00&motCode=0"
    "&cmdCode="
)


def asking_for(*kinds: str) -> str:
    """The address of one year's trade in the commodities of those kinds, by the codes that the vocabulary gives."""
    return API + ",".join(code for c in COMMODITIES.values() if c.kind in kinds for code in c.ask)


@source(
    id="comtrade",
    title="UN Comtrade, staple foods by year",
    publisher="United Nations Statistics Division",
    url="https://comtradeplus.un.org/",
    licence="UN Comtrade terms: free use with citation, bulk redistribution restricted",
    licence_url="https://uncomtrade.org/docs/policy-on-use-and-re-dissemination/",
    cadence="continuous, by reporter",
    tables=("trade_flows",),
    rows=(2_000, 300_000),
    file_format="API JSON (C/A/HS): a list of records under data",
    needs_key="CLARION_COMTRADE_KEY",
    download=asking_for("food"),
    file_name="comtrade_staples.json",
    notes="Only totals over customs procedures, modes of transport and second partners: the others repeat them. "
    "Wheat flour is counted as wheat and paddy as milled rice; a four-digit heading for rice is taken as it is.",
)
def comtrade(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """Imports (M) and exports (X) in tonnes and dollars."""
    import polars as pl

    from clarion.sources.formats.areas import comtrade_area, historic_rows, to_iso3
    from clarion.sources.formats.flows import sum_flows

    faults = Faults(raw.path)
    rows = _totals(_frame(_answer(raw, faults), faults), raw, faults)
    for column, name in (("reporterCode", "reporter"), ("partnerCode", "partner")):
        rows = to_iso3(rows, (column,), name, comtrade_area, raw, faults)
    own = pl.col("reporter") == pl.col("partner")
    raw.count("trade of a country with itself", rows.filter(own).height)
    rows = rows.filter(~own)
    faults.twins(rows, ("period", "reporter", "partner", "flowCode", "cmdCode"))
    historic_rows(rows, ("reporter", "partner"), raw)
    sent = pl.col("flowCode") == "X"
    single = rows.select(
        "item",
        pl.when(sent).then("reporter").otherwise("partner").alias("exporter_iso3"),
        pl.when(sent).then("partner").otherwise("reporter").alias("importer_iso3"),
        "period",
        pl.when(sent).then(pl.lit("exporter")).otherwise(pl.lit("importer")).alias("reported_by"),
        (pl.col("kg") * pl.col("factor") / 1000).alias("tonnes"),
        pl.col("primaryValue").alias("usd"),
        "source_row",
    )
    return {"trade_flows": sum_flows(single, raw)}


def _answer(raw: Raw, faults: Faults) -> list[dict[str, Any]]:
    from clarion.sources.formats.archive import source_kind

    if source_kind(raw.path) != "json":
        raise faults("The file is not JSON.", next_step="Download it again.")
    if raw.path.stat().st_size > MAX_JSON:
        raise faults("The answer is too large.", next_step="Ask for one year at a time.")
    try:
        answer = json.loads(raw.path.read_bytes(), parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise faults(f"The answer is not whole JSON: {error}", next_step="Download it again.") from error
    records = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(records, list) or answer.get("error") or answer.get("statusCode"):
        said = answer.get("error") or answer.get("message") if isinstance(answer, dict) else ""
        raise faults(
            f"UN Comtrade gave no data: {str(said)[:200] or 'there is no list under data'}.",
            next_step="Check the key in CLARION_COMTRADE_KEY and the hourly limit, then fetch again.",
        )
    if len(records) in LIMITS or answer.get("count") not in (None, len(records)):
        raise faults(
            f"The answer has {len(records)} records: it was cut at a limit.", next_step="Ask for fewer codes or years."
        )
    return records


def _frame(records: list[dict[str, Any]], faults: Faults) -> pl.DataFrame:
    """The columns we read, as text; ``source_row`` is the number of the record, the first being 1."""
    import polars as pl

    columns: dict[str, list[str]] = {name: [] for name in READ}
    for at, record in enumerate(records, start=1):
        if not isinstance(record, dict) or not record.keys() >= columns.keys() or not record.keys() <= KNOWN:
            if not isinstance(record, dict):
                raise faults("A record is not an object.", line=at)
            faults.columns(list(record), READ, sorted(KNOWN))
        for name, values in columns.items():
            value = record[name]
            values.append("" if value is None else str(value))
    frame = pl.DataFrame(columns, schema=dict.fromkeys(READ, pl.String))
    return frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("source_row"))


def _totals(rows: pl.DataFrame, raw: Raw, faults: Faults) -> pl.DataFrame:
    """Rows that repeat no other, of commodities we know: with ``item``, ``factor`` and ``kg``."""
    import polars as pl

    from clarion.sources.formats.hs import hs_items

    yearly = (pl.col("typeCode") == "C") & (pl.col("freqCode") == "A")
    faults.rows(rows.filter(~yearly), "freqCode", "is not yearly trade in goods (C, A)", "Ask for type C, frequency A.")
    faults.years(rows, "period")
    for reason, keep in (
        ("re-exports and re-imports", pl.col("flowCode").is_in(["M", "X"])),
        ("parts by customs procedure", pl.col("customsCode") == "C00"),
        ("parts by mode of transport", pl.col("motCode") == "0"),
        ("parts by second partner", pl.col("partner2Code") == "0"),
    ):
        raw.count(reason, rows.filter(~keep).height)
        rows = rows.filter(keep)
    known = rows.join(hs_items(rows["cmdCode"].unique()), left_on="cmdCode", right_on="code", maintain_order="left")
    raw.count("other commodities", rows.height - known.height)
    rows = known.filter(~pl.col("source_row").is_in(_parts(known)["source_row"].implode()))
    raw.count("parts of a heading that is there too", known.height - rows.height)
    for column in ("netWgt", "qty", "primaryValue"):
        rows = faults.numbers(rows, column)
    by_weight = pl.col("qtyUnitAbbr").str.to_lowercase() == "kg"
    # Comtrade writes 0 where no weight was reported.
    weight = (
        pl.when(pl.col("netWgt") > 0).then("netWgt").otherwise(pl.when(by_weight & (pl.col("qty") > 0)).then("qty"))
    )
    rows = rows.with_columns(weight.alias("kg"))
    raw.count("rows without a weight (their value is kept)", rows["kg"].null_count())
    return rows


def _parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a code whose heading the same reporter gives for the same flow: one of the two counts, not both."""
    import polars as pl

    codes = rows["cmdCode"].unique().to_list()
    within = [(code, head) for code in codes for head in codes if head != code and code.startswith(head)]
    headings = pl.DataFrame(within, schema={"cmdCode": pl.String, "heading": pl.String}, orient="row")
    flow = ["period", "reporterCode", "flowCode", "partnerCode"]
    given = rows.select(*flow, heading="cmdCode")
    return rows.join(headings, on="cmdCode").join(given, on=[*flow, "heading"], how="semi")
