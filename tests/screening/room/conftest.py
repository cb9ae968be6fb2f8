"""A sanctions list of invented people, and payees who are them, their namesakes, and nobody."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from clarion.config import config
from clarion.tables import TABLES
from clarion.tables.manifest import Manifest
from clarion.tables.store import Store

PEOPLE = {
    # entry: names, birth, measure
    "T.1": (("Arkady Innokentyevich ZLATOGOROV", "Аркадий Иннокентьевич ЗЛАТОГОРОВ"), "1961-05-17", "asset freeze"),
    "T.2": (("Ivan Petrovich IVANOV", "Иван Петрович ИВАНОВ"), "1958-03-02", "asset freeze"),
    "T.3": (("Semyon VYSOKOLUGOV",), "", "travel ban"),
}
FIRMS = {"T.9": (("Bank Severny Priliv Zlatopromkredit", "Банк Северный Прилив Златопромкредит"), "asset freeze")}


_FILES = itertools.count()


def frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows of a table, with what they leave out empty."""
    kinds = {"integer": pl.Int64}
    schema = {c.name: kinds.get(c.kind, pl.String) for c in TABLES[table].columns}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


@pytest.fixture
def listed():
    """Load lists of invented people: ``listed()``, ``listed("test-eu", days=3, people=...)``; all go after the test."""
    made = set()

    def load(source="test-eu", *, days=0, people=PEOPLE, firms=FIRMS, fetched=True, release="",
             kind="organisation", imo="", tax=""):  # fmt: skip
        parties, names, facts = [], [], []
        for entry, (spelt, birth, measure) in people.items():
            parties.append({"entry": entry, "kind": "person", "sex": "male", "status": "listed"})
            names += named(entry, spelt)
            facts.append({"entry": entry, "number": 1, "kind": "measure", "value": measure})
            if birth:
                facts.append({"entry": entry, "number": 2, "kind": "birth_date", "value": birth, "start": birth,
                              "end": birth, "precision": "day"})  # fmt: skip
        for entry, (spelt, measure) in firms.items():
            parties.append({"entry": entry, "kind": kind, "status": "listed"})
            names += named(entry, spelt)
            facts.append({"entry": entry, "number": 1, "kind": "measure", "value": measure})
            if imo:
                facts.append({"entry": entry, "number": 2, "kind": kind, "document": "IMO", "value": imo})
            if tax:
                facts.append({"entry": entry, "number": 3, "kind": "tax_number", "document": "INN", "value": tax})
        now = datetime.now(UTC)
        note = Manifest(
            "", source, 0, now.isoformat(timespec="seconds"), sha256=f"{next(_FILES):064x}",
            retrieved=(now - timedelta(days)).isoformat(timespec="seconds") if fetched else "", release=release,
        )  # fmt: skip
        rows = {"listed_parties": parties, "listed_names": names, "listed_facts": facts}
        Store(config().home).save({table: (frame(table, found), note) for table, found in rows.items()})
        made.add(source)

    yield load
    for source in made:
        Store(config().home).remove(source)


@pytest.fixture
def halt():
    """``halt(monkeypatch, module, after=2)``: the machine goes down after two parts of a file were answered."""

    def halt(patch, module, *, after):
        plain, done = module.answered, []

        def answered(*args):
            if len(done) == after:
                raise KeyboardInterrupt
            done.append(1)
            return plain(*args)

        patch.setattr(module, "answered", answered)

    return halt


@pytest.fixture
def officers(account):
    return [account("officer", name).actor for name in ("first", "second", "third", "fourth", "fifth")]


def named(entry, spelt):
    return [
        {"entry": entry, "number": n, "whole": whole, "kind": "primary" if n == 1 else "alias", "quality": "strong"}
        for n, whole in enumerate(spelt, 1)
    ]
