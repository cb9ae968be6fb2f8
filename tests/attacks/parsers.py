"""Every parser of what comes from outside: how to call it, a valid input, and the errors by which it may refuse."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from mutate import mutate_member, mutate_packed
from parser_kind import Parser, json_or_nothing, of_text, text_seed
from parsers_screening import of_screening
from parsers_sealed import of_sealed
from parsers_sources import of_lists, of_sources

from clarion.errors import ClarionError

sys.path.insert(0, str(Path(__file__).parents[1] / "release"))


def _scenario(_: Path) -> bytes:
    from clarion.spillover.service.scenarios import shipped_text

    return shipped_text("black-sea-closure").encode()


def _support(_: Path) -> bytes:
    return (
        b'budget = 100e6\nmenu = ["food-aid"]\nrisk = 1\n[[earmarks]]\nname = "a"\namount = 1e6\ncountries = ["EGY"]\n'
        b'[floor]\nkind = "harm"\nshare = 0.2\n[[measures]]\nid = "food-aid"\ncost = [300, 350, 400]\n'
        b"[country_caps]\nEGY = 5e6\n"
    )


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


def _review(folder: Path) -> bytes:
    from clarion.release.review import record_review

    _certificate(folder)
    record_review(folder / "release", "reviewer-7")
    return (folder / "release" / "review.json").read_bytes()


def _read_review(path: Path) -> Any:
    from clarion.release.folder import read_release
    from clarion.release.review import review_of

    folder = path.parent / "release"
    (folder / "review.json").write_bytes(path.read_bytes())
    return review_of(folder, read_release(folder).spec)


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


def _parse_scenario(text: str) -> Any:
    from clarion.spillover.service.scenarios import check

    return check(text)


def _parse_support(text: str) -> Any:
    from clarion.spillover.engine.support.parse import parse_support

    return parse_support(text)


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


def parsers() -> list[Parser]:
    """All of them; building the list reads nothing."""
    zipped = mutate_member
    return [
        Parser("scenario", "clarion.spillover.engine.scenario.toml", _scenario, of_text(_parse_scenario), ".toml"),
        Parser("plan file", "clarion.spillover.engine.support.parse", _support, of_text(_parse_support), ".toml"),
        Parser("plan of a body", "clarion.spillover.service.support.work", text_seed(PLAN), json_or_nothing(_plan)),
        Parser("forms", "clarion.spillover.web.builder", text_seed(FORM), _form),
        Parser("words", "clarion.spillover.service.ask", text_seed("2019-2021"), of_text(_words)),
        Parser("addresses", "clarion.sources.address",
        text_seed("https://u:p@[::1]:80/a?key=1"), of_text(_addresses)),
        Parser("release spec", "clarion.release.spec", _spec, of_text(_read_spec), ".json"),
        Parser("release people", "clarion.release.people", text_seed("region,theme\nR0,T0\nR1,T1\n"), _people, ".csv"),
        Parser("release table", "clarion.release.published",
        text_seed("region,count\nR0,20\nR1,15\n"), _table, ".csv"),
        Parser("certificate", "clarion.release.checker", _certificate, _checked, ".json", refusals=(_unusable(),)),
        Parser("review", "clarion.release.review", _review, _read_review, ".json"),
        Parser("own CSV", "clarion.tables.csvfile",
               text_seed("sender_iso3,receiver_iso3,period,usd\nRUS,KGZ,2021,1000000\n"), _own_csv, ".csv"),
        Parser("own Parquet", "clarion.tables.files", _own_parquet, _own_csv, ".parquet"),
        Parser("cascade CSV", "clarion.spillover.engine.cascade.csv_tables",
               text_seed("item,exporter,importer,tonnes\nwheat,RUS,EGY,5000.5\n"), _cascade, ".csv"),
        Parser("back-up", "clarion.desk.archive", _backup, _restored, ".clarion-backup", mutate_packed),
        Parser("draws", "clarion.compute.archive", _packed, _unpacked, ".npz", zipped, (ValueError,)),
        Parser("manifest", "clarion.tables.manifest", _manifest, _read_manifest, ".json"),
        Parser("commitment", "clarion.vocab.commitment",
               text_seed(json.dumps({"action": "economies", "title": "t", "summary": "s", "supports": [],
                                      "cost": {"amount": "5.00",
                                      "currency": "USD"}, "expected": {"value": 1, "unit": "kcal"},
                                      "caption": "c", "author": "a", "href": "/"})),
               json_or_nothing(_commitment), refusals=(KeyError, TypeError, ValueError, ArithmeticError)),
        *of_screening(), *of_sealed(),
        *of_sources(),
        *of_lists(),
    ]  # fmt: skip
