"""Every parser of what comes from outside: how to call it, a valid input, and the errors by which it may refuse."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutate import Step, mutate, mutate_member, mutate_packed

from clarion.errors import ClarionError

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
sys.path.insert(0, str(Path(__file__).parents[1] / "release"))
sys.path.insert(0, str(Path(__file__).parents[1] / "seal"))

Seed = Callable[[Path], bytes]
Read = Callable[[Path], Any]


@dataclass(frozen=True)
class Parser:
    """``of`` is the module that parses, ``seed`` makes a valid input in a folder, ``read`` is given the changed one."""

    name: str
    of: str
    seed: Seed
    read: Read
    suffix: str = ".txt"
    change: Callable[[bytes, Sequence[Step]], bytes] = mutate
    refusals: tuple[type[BaseException], ...] = (ClarionError,)


def _text(path: Path) -> str:
    """As a form or a body would bring it: any text, NUL and half letters too."""
    return path.read_bytes().decode("utf-8", "surrogatepass" if path.stat().st_size % 2 else "replace")


def _of_text(call: Callable[[str], Any]) -> Read:
    def read(path: Path) -> Any:
        try:
            text = _text(path)
        except UnicodeDecodeError:
            return None
        return call(text)

    return read


def _scenario(_: Path) -> bytes:
    from clarion.spillover.service.scenarios import shipped_text

    return shipped_text("black-sea-closure").encode()


def _support(_: Path) -> bytes:
    return (
        b'budget = 100e6\nmenu = ["food-aid"]\nrisk = 1\n[[earmarks]]\nname = "a"\namount = 1e6\ncountries = ["EGY"]\n'
        b'[floor]\nkind = "harm"\nshare = 0.2\n[[measures]]\nid = "food-aid"\ncost = [300, 350, 400]\n'
        b"[country_caps]\nEGY = 5e6\n"
    )


def _json_or_nothing(call: Callable[[Any], Any]) -> Read:
    """What a body holds once the API has read it."""

    def read(path: Path) -> Any:
        try:
            data = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            return None
        return call(data) if isinstance(data, dict) else None

    return read


def _plan(data: dict[str, Any]) -> Any:
    from clarion.spillover.service.support.work import question

    return question(data)


def _commitment(data: dict[str, Any]) -> Any:
    from clarion.vocab import Commitment

    return Commitment.from_dict(data)


def _form(path: Path) -> Any:
    """The scenario form and the plan form as a browser posts them."""
    from django.http import QueryDict

    from clarion.spillover.web.builder import from_form
    from clarion.spillover.web.plan_form import PlanForm

    form = QueryDict(path.read_bytes()[:50_000])
    shown = PlanForm(form)
    shown.shown()
    for call in (lambda: from_form(form), shown.asked):
        try:
            call()
        except ClarionError as error:
            shown.field_of(error)


def _words(text: str) -> None:
    """Words of an address or an option, each by the parser that reads it."""
    from clarion.spillover.service import ask, bans, macro
    from clarion.vocab import drawn, place, seen, visible

    _each(text[:200], (
        ask.years, bans.read_day, lambda t: macro.law(t, "x"), macro.read_year, place, drawn, seen, visible,
        lambda t: ask.question(t, "raw", 0, ""), lambda t: ask.question("wheat", t, 0, ""),
        lambda t: ask.question("wheat", "raw", 0, t),
    ))  # fmt: skip


def _addresses(text: str) -> None:
    """Addresses of a mirror and those that a server leads on to."""
    from clarion.sources.address import public_address, refuse_inward, refuse_unsafe

    _each(text[:200], (refuse_unsafe, public_address, lambda t: refuse_inward("https://example.org/", t)))


def _each(text: str, calls: Sequence[Callable[[str], Any]]) -> None:
    for call in calls:
        with suppress(ClarionError):
            call(text)


def _spec(folder: Path) -> bytes:
    from programmes import Programme

    known = [{"what": "a leak", "where": {"region": ["R0"]}, "low": 0, "high": 9}]
    return json.dumps(Programme(1, people=40, shape=(2, 2)).spec(0, known=known)).encode()


def _read_spec(text: str) -> Any:
    from clarion.release.spec import read_spec

    return read_spec(text, "spec")


def _people(path: Path) -> Any:
    from clarion.release.people import read_people

    return read_people(path, _read_spec(_spec(path.parent).decode()))


def _table(path: Path) -> Any:
    from clarion.release.published import read_table

    spec = _read_spec(_spec(path.parent).decode())
    return read_table(spec, "region.csv", path.read_bytes().decode("utf-8", "replace"), "table")


def _certificate(folder: Path) -> bytes:
    """A small release, built once beside the folder, and its certificate."""
    from programmes import Programme

    from clarion.release import build_release

    programme = Programme(3, people=160, shape=(2, 2), quarters=1)
    build_release(*programme.write(folder, 0), folder / "release", [])
    return (folder / "release" / "certificate.json").read_bytes()


def _checked(path: Path) -> Any:
    """The second program, which must not need the first."""
    from clarion.release.checker import check

    (path.parent / "release" / "certificate.json").write_bytes(path.read_bytes())
    return check(str(path.parent / "release"), [])


def _unusable() -> type[BaseException]:
    from clarion.release.checker import Unusable

    return Unusable


def _own_csv(path: Path) -> Any:
    from clarion.tables import table
    from clarion.tables.files import read_table

    return read_table(path, table("remittances"))


def _own_parquet(folder: Path) -> bytes:
    import polars as pl

    made = folder / "made.parquet"
    pl.DataFrame({"sender_iso3": ["RUS"], "receiver_iso3": ["KGZ"], "period": ["2021"], "usd": [1e9]}).write_parquet(
        made
    )
    return made.read_bytes()


def _cascade(path: Path) -> Any:
    from clarion.spillover.engine.cascade.csv_tables import read_table

    return read_table(path, ("item", "exporter", "importer", "tonnes"))


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


def _backup(folder: Path) -> bytes:
    import hashlib

    from clarion.desk.archive import write_archive

    staged = folder / "staged"
    (staged / "tables").mkdir(parents=True)
    (staged / "tables" / "a.txt").write_text("a" * 2000)
    digest = hashlib.sha256(b"a" * 2000).hexdigest()
    out = folder / "made.clarion-backup"
    write_archive(out, {"clarion": "0.1.0", "files": {"tables/a.txt": digest}}, staged, [staged / "tables" / "a.txt"])
    return out.read_bytes()


def _restored(path: Path) -> Any:
    import shutil

    from clarion.desk.archive import opened, unpack

    staged = path.parent / "restored"
    try:
        with opened(path) as (manifest, archive):
            return unpack(manifest, archive, staged)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _packed(_: Path) -> bytes:
    import numpy as np

    from clarion.compute.archive import pack

    return pack({"a": np.arange(50.0), "b": [1, 2.5, "x"]})


def _unpacked(path: Path) -> Any:
    from clarion.compute.archive import unpack

    return unpack(path.read_bytes(), ())


def _manifest(_: Path) -> bytes:
    from clarion.tables.manifest import Manifest

    return Manifest(table="prices", source="x", rows=1, loaded="2026", counts={"a": 1}).to_json().encode()


def _read_manifest(path: Path) -> Any:
    from clarion.tables.manifest import read_manifest

    return read_manifest(path)


def _organisation() -> Any:
    """Keyholders, a device and a roster, the same for every parser of sealed things."""
    from keyholders import Organisation

    return _kept.setdefault("organisation", Organisation())


_kept: dict[str, Any] = {}


def _sealed(kind: str) -> Seed:
    """A document of the kind, made by the real tools."""

    def seed(_: Path) -> bytes:
        from keyholders import CHEAP

        from clarion.seal.documents import canonical
        from clarion.seal.keyfile import lock

        house = _organisation()
        sealed = _kept.setdefault("sealed", house.seal())
        request = _kept.setdefault("request", house.request(sealed)[0])
        made = {
            "roster": lambda: house.roster.document, "request": lambda: request.document,
            "reply": lambda: house.approve(0, request, sealed), "envelope": lambda: sealed.envelope,
            "key file": lambda: lock(house.keyholders[0], "correct horse battery staple", CHEAP),
        }[kind]()  # fmt: skip
        return bytes(canonical(made))

    return seed


def _read_sealed(kind: str) -> Read:
    def read(path: Path) -> Any:
        from clarion.seal import keyfile, reply, request, roster, value

        source = path.read_bytes()
        if kind == "reply":
            return reply.parse(source, _kept["request"], _organisation().roster)
        if kind == "key file":
            return keyfile.unlock(source, "correct horse battery staple")
        parse = {"roster": roster.parse, "request": request.parse, "envelope": value.read_envelope}[kind]
        return parse(source)

    return read


def _carried(path: Path) -> Any:
    from clarion.seal.tool.carried import read_file

    return read_file(path)


def _heads(text: str) -> Any:
    from clarion.seal.log.verify_alone import read_heads

    return read_heads(text)


def _bad_input() -> type[BaseException]:
    from clarion.seal.log.verify_alone import BadInput

    return BadInput


def _wraps_backup(folder: Path) -> bytes:
    from datetime import date

    from clarion.seal.wraps import Wraps
    from clarion.seal.wraps_backup import back_up

    wraps = Wraps(folder / "wraps")
    wraps.keep("e" * 43, {"k": "w" * 43})
    out = folder / "made.wraps"
    back_up(wraps, out, date(2026, 11, 26))
    return out.read_bytes()


def _restored_wraps(path: Path) -> Any:
    from clarion.seal.wraps import Wraps
    from clarion.seal.wraps_backup import restore

    return restore(Wraps(path.parent / "wraps"), path)


def _parse_scenario(text: str) -> Any:
    from clarion.spillover.service.scenarios import check

    return check(text)


def _parse_support(text: str) -> Any:
    from clarion.spillover.engine.support.parse import parse_support

    return parse_support(text)


def _text_seed(text: str) -> Seed:
    return lambda _: text.encode()


FORM = (
    "mode=form&name=a&title=T&summary=S&items=wheat&period=2019-2021&kind-0=production_cut&who-0=UKR&low-0=10&likely-0=20"
    "&high-0=30&source-0=x&fer-gas-likely=1.5&eco-growth-likely=-5&eco-rouble-likely=-20&exporters-0=RUS,BLR"
    "&lost-likely-0=10&start=2022-02&was=1&budget=100&menu=food-aid&cost-food-aid=300&e-name-0=a&e-amount-0=5"
    "&floor=harm&floor-share=20&risk=1"
)
PLAN = json.dumps({
    "budget": 1e8, "menu": ["food-aid"], "risk": 1, "earmarks": [{"name": "a", "amount": 1e6, "countries": ["EGY"]}],
    "floor": {"kind": "harm", "share": 0.2}, "lots": [{"measure": "food-aid", "amount": 1e6}], "level": 0.9,
})  # fmt: skip
HEAD = f"seq 3\nat 2026-11-26T12:00:00Z\nhash {'a' * 64}\nkey {'b' * 64}\nsig {'c' * 128}\n"
TRADE = "2021,643,818,100111,1.5,5\n2021,643,818,100119,2,7\n"


def parsers() -> list[Parser]:
    """All of them; building the list reads nothing."""
    zipped = mutate_member
    wb = [("RUS", 2021), ("EGY", 2020)]
    return [
        Parser("scenario", "clarion.spillover.engine.scenario.toml", _scenario, _of_text(_parse_scenario), ".toml"),
        Parser("plan file", "clarion.spillover.engine.support.parse", _support, _of_text(_parse_support), ".toml"),
        Parser("plan of a body", "clarion.spillover.service.support.work", _text_seed(PLAN), _json_or_nothing(_plan)),
        Parser("forms", "clarion.spillover.web.builder", _text_seed(FORM), _form),
        Parser("words", "clarion.spillover.service.ask", _text_seed("2019-2021"), _of_text(_words)),
        Parser("addresses", "clarion.sources.address",
        _text_seed("https://u:p@[::1]:80/a?key=1"), _of_text(_addresses)),
        Parser("release spec", "clarion.release.spec", _spec, _of_text(_read_spec), ".json"),
        Parser("release people", "clarion.release.people", _text_seed("region,theme\nR0,T0\nR1,T1\n"), _people, ".csv"),
        Parser("release table", "clarion.release.published",
        _text_seed("region,count\nR0,20\nR1,15\n"), _table, ".csv"),
        Parser("certificate", "clarion.release.checker", _certificate, _checked, ".json", refusals=(_unusable(),)),
        Parser("own CSV", "clarion.tables.csvfile",
               _text_seed("sender_iso3,receiver_iso3,period,usd\nRUS,KGZ,2021,1000000\n"), _own_csv, ".csv"),
        Parser("own Parquet", "clarion.tables.files", _own_parquet, _own_csv, ".parquet"),
        Parser("cascade CSV", "clarion.spillover.engine.cascade.csv_tables",
               _text_seed("item,exporter,importer,tonnes\nwheat,RUS,EGY,5000.5\n"), _cascade, ".csv"),
        Parser("back-up", "clarion.desk.archive", _backup, _restored, ".clarion-backup", mutate_packed),
        Parser("draws", "clarion.compute.archive", _packed, _unpacked, ".npz", zipped, (ValueError,)),
        Parser("manifest", "clarion.tables.manifest", _manifest, _read_manifest, ".json"),
        Parser("commitment", "clarion.vocab.commitment",
               _text_seed(json.dumps({"action": "economies", "title": "t", "summary": "s", "supports": [],
                                      "cost": {"amount": "5.00",
                                      "currency": "USD"}, "expected": {"value": 1, "unit": "kcal"},
                                      "caption": "c", "author": "a", "href": "/"})),
               _json_or_nothing(_commitment), refusals=(KeyError, TypeError, ValueError, ArithmeticError)),
        *(Parser(f"sealed {kind}", f"clarion.seal.{module}", _sealed(kind), _read_sealed(kind), ".json")
          for kind, module in (("roster", "roster"), ("request", "request"), ("reply", "reply"), ("envelope", "value"),
                               ("key file", "keyfile"))),
        Parser("carried file", "clarion.seal.tool.carried", _sealed("request"), _carried, ".json"),
        Parser("log heads", "clarion.seal.log.verify_alone",
        _text_seed(HEAD), _of_text(_heads), refusals=(_bad_input(),)),
        Parser("wraps back-up", "clarion.seal.wraps_backup", _wraps_backup, _restored_wraps, ".wraps"),
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
