"""Parsers of what publishers offer: each source's loader on a file of its published form."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutate import mutate_member, mutate_said
from parser_kind import Parser, Read, Seed

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))

TRADE = "2021,643,818,100111,1.5,5\n2021,643,818,100119,2,7\n"


def _loader(source: str) -> Read:
    def read(path: Path) -> Any:
        from clarion.sources import catalogue
        from clarion.sources.base import Raw

        return catalogue()[source].load(Raw(path))

    return read


def _made(call: Callable[[Any, Path], Path]) -> Seed:
    def seed(folder: Path) -> bytes:
        import official_files

        return call(official_files, folder).read_bytes()

    return seed


def _list(source: str, name: str = "") -> Read:
    """A sanctions list; what its reader makes must meet the tables' contracts, however odd the file."""

    def read(path: Path) -> Any:
        from clarion.errors import TableError
        from clarion.sources import catalogue
        from clarion.sources.base import Raw
        from clarion.tables import table
        from clarion.tables.check import check

        if name:  # an act is told by the name of its file
            path = path.replace(path.with_name(name))
        frames = catalogue()[source].load(Raw(path))
        try:
            return [check(frame, table(name)) for name, frame in frames.items()]
        except TableError as error:
            raise AssertionError(str(error)) from error

    return read


def _written(form: str) -> Seed:
    def seed(folder: Path) -> bytes:
        import list_files

        made = getattr(list_files, form)
        text = made() if callable(made) else made
        return text.encode()

    return seed


def _list_made(call: str) -> Seed:
    def seed(folder: Path) -> bytes:
        import list_files

        return getattr(list_files, call)(folder).read_bytes()

    return seed


def of_lists() -> list[Parser]:
    """Sanctions lists in each of their forms."""
    at = "clarion.sources.formats.sanctions."
    return [
        Parser("OFAC CSV", at + "files", _list_made("ofac_zip"), _list("ofac-sdn"),
               ".zip", mutate_member),
        Parser("OFAC XML", at + "ofac_xml", _written("OFAC_XML"), _list("ofac-sdn"), ".xml", mutate_said),
        Parser("OFAC advanced XML", at + "xml", _written("ADVANCED"), _list("ofac-sdn"), ".xml", mutate_said),
        Parser("EU FSF XML", at + "eu_fsf_xml", _written("FSF_XML"), _list("eu-fsf"), ".xml", mutate_said),
        Parser("EU FSF CSV", at + "eu_fsf_csv", _written("FSF_CSV"), _list("eu-fsf"), ".csv"),
        Parser("EU Official Journal", at + "eu_cells", _written("journal"), _list("eu-journal", "32099R0001.csv"),
               ".csv"),
        Parser("UK list CSV", at + "uk_csv", _written("UK_CSV"), _list("uk-sanctions-list"), ".csv"),
        Parser("UK list XML", at + "uk_xml", _written("UK_XML"), _list("uk-sanctions-list"), ".xml", mutate_said),
        Parser("UK ConList CSV", at + "uk_conlist", _written("CONLIST_CSV"), _list("uk-conlist"), ".csv"),
        Parser("UK ConList workbook", at + "uk_conlist",
               _list_made("conlist_xlsx"), _list("uk-conlist"), ".xlsx",
               mutate_member),
        Parser("UN list", at + "un_xml", _written("UN_XML"), _list("un-consolidated"), ".xml", mutate_said),
        Parser("Swiss list", at + "seco_xml", _written("SECO_XML"), _list("ch-seco"), ".xml", mutate_said),
    ]  # fmt: skip


def of_sources() -> list[Parser]:
    """Building the list reads nothing."""
    zipped = mutate_member
    wb = [("RUS", 2021), ("EGY", 2020)]
    return [
        Parser("FAOSTAT trade", "clarion.sources.faostat_trade", _made(lambda o, f: o.trade_zip(f)),
               _loader("faostat-trade"), ".zip", zipped),
        Parser("FAOSTAT production", "clarion.sources.faostat_production",
               _made(lambda o, f: o.faostat_zip(f, "Production_Crops_Livestock",
                                                o.AREA_HEADER + o.area_row("RUS", 15, 5510, 2021, "76057258.0"))),
               _loader("faostat-production"), ".zip", zipped),
        Parser("FAOSTAT balances", "clarion.sources.faostat_balances",
               _made(lambda o, f: o.faostat_zip(f, "FoodBalanceSheets",
                                                o.FBS_HEADER + o.area_row("EGY", "2511,'S2511,Wheat and products",
                                                664, 2021, "1000.0"))),
               _loader("faostat-balances"), ".zip", zipped),
        Parser("BACI", "clarion.sources.baci", _made(lambda o, f: o.baci(f, TRADE)), _loader("baci"), ".zip", zipped),
        Parser("Comtrade", "clarion.sources.comtrade",
               _made(lambda o, f: o.comtrade(f, [o.comtrade_record(818, 643), o.comtrade_record(643, 818, "X")])),
               _loader("comtrade"), ".json"),
        Parser("Comtrade inputs", "clarion.sources.comtrade_inputs",
               _made(lambda o, f: o.comtrade(f, [o.comtrade_record(818, 643, code="310210")])),
               _loader("comtrade-inputs"), ".json"),
        Parser("KNOMAD", "clarion.sources.knomad",
        _made(lambda o, f: o.knomad(f)), _loader("knomad-remittances"), ".xlsx",
               zipped),
        Parser("Pink Sheet", "clarion.sources.pink_sheet",
        _made(lambda o, f: o.pink(f)), _loader("pink-sheet"), ".xlsx",
               zipped),
        Parser("USDA PSD", "clarion.sources.usda_psd",
               _made(lambda o, f: o.zipped(f, "psd.zip", {"psd_alldata.csv": o.PSD_HEADER + o.psd("RS",
               28, "75158.0")})),
               _loader("usda-psd"), ".zip", zipped),
        Parser("World Bank JSON", "clarion.sources.worldbank",
               _made(lambda o, f: o.world_bank_json(f, [o.world_bank_record("SP.POP.TOTL", c, y, 5) for c, y in wb])),
               _loader("wb-population"), ".json"),
        Parser("World Bank CSV", "clarion.sources.worldbank",
               _made(lambda o, f: o.world_bank_csv(f, '"Egypt","EGY","Population, total","SP.POP.TOTL","5","6",\n')),
               _loader("wb-population"), ".zip", zipped),
    ]  # fmt: skip
