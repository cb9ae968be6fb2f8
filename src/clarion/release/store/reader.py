"""Read what left: the register for people at the desk, published numbers for rooms that may not see the people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clarion.access import Actor, may, require
from clarion.errors import UnknownName
from clarion.release.amounts.printed import Sum
from clarion.release.checker import tables_of
from clarion.release.errors import ReleaseError
from clarion.release.folder import CERTIFICATE, SPEC
from clarion.release.published import Cell
from clarion.release.review import REVIEW
from clarion.release.store import shelf
from clarion.release.store.models import PUBLIC, Programme, Registered
from clarion.release.store.names import programme_name
from clarion.release.store.registration import PUBLISH

VIEW = "desk.releases"


@dataclass(frozen=True)
class Released:
    """A public release: for each table its dimensions and rows (``row`` the categories, ``low`` to ``high`` the people
    that the printed ``text`` stands for, ``high`` None where nothing is said); ``sums`` the same of money, in
    hundredths of ``currency``; ``outside``: tables that count people outside Russia and the occupied territories."""

    programme: str
    name: str
    k: int
    rule: str
    counts: str
    dimensions: dict[str, tuple[str, ...]]
    tables: dict[str, tuple[tuple[str, ...], tuple[Cell, ...]]]
    sums: dict[str, tuple[tuple[str, ...], tuple[Sum, ...]]]
    currency: str
    outside: tuple[str, ...]
    sha256: str
    certificate: str


def released(programme: str, name: str = "") -> Released | None:
    """The newest public release of a programme that was not withdrawn, or the one called ``name``; None where there is
    none. No permission is asked: it is public.

    Raises
    ------
    ReleaseError: its files are gone or were changed.
    """
    rows = Registered.objects.filter(
        programme__name=programme_name(programme), audience=PUBLIC, withdrawn_at__isnull=True
    ).order_by("-pk")
    row = (rows.filter(name=name) if name else rows).first()
    if row is None:
        return None
    release = shelf.whole(shelf.place(programme, row.name), row.sha256)
    spec = release.spec
    tables = {table: (spec.tables[table], tuple(cells)) for table, cells in release.tables.items()}
    money = spec.amounts.tables if spec.amounts else {}
    sums = {table: (money[table], tuple(found)) for table, found in release.sums.items()}
    currency = spec.amounts.currency if spec.amounts else ""
    return Released(programme, row.name, spec.k, spec.rule, spec.counts, spec.dimensions, tables, sums, currency,
                    spec.outside, row.sha256, row.certificate)  # fmt: skip


def index(actor: Actor) -> list[Registered]:
    """The releases that the actor may see, newest first: private ones only for who may publish.

    Raises
    ------
    NotAllowed: the actor may see none.
    """
    require(actor, VIEW)
    rows = Registered.objects.select_related("programme").order_by("-pk")
    return list(rows if may(actor, PUBLISH) else rows.filter(audience=PUBLIC))


def get(actor: Actor, programme: str, name: str) -> Registered:
    """One release.

    Raises
    ------
    UnknownName: there is none, or it is private and the actor may not publish.
    """
    require(actor, VIEW)
    row = Registered.objects.select_related("programme").filter(programme__name=programme, name=name).first()
    if row is None or not (row.public or may(actor, PUBLISH)):
        raise UnknownName("There is no such release.", next_step="Choose one from the list of releases.")
    return row


def summary(row: Registered) -> dict[str, Any]:
    """A release as JSON-ready data, without its groups."""
    return {
        "programme": row.programme.name, "id": row.name, "audience": row.audience, "verdict": row.answer["verdict"],
        "released": row.answer["released"], "requested": row.answer["requested"], "k": row.spec["k"],
        "rule": row.spec["rule"], "counts": row.spec["counts"], "review": row.answer["review"]["status"],
        "sha256": row.sha256, "certificate": row.certificate,
        "rests_on": row.rests_on, "registered_at": row.registered_at.isoformat(timespec="seconds"),
        "registered_by": row.registered_by, "withdrawn": row.withdrawn_at is not None,
    }  # fmt: skip


def programmes(actor: Actor) -> list[str]:
    """The names of the programmes of which something left that the actor may see."""
    seen = {row.programme.name for row in index(actor)}
    return list(Programme.objects.filter(name__in=seen).order_by("name").values_list("name", flat=True))


def file_names(row: Registered) -> list[str]:
    """The files of a release, tables first."""
    review = [REVIEW] if row.answer["review"]["status"] == "read" else []
    return [*tables_of(row.spec), SPEC, CERTIFICATE, *review]


def file(row: Registered, name: str) -> bytes:
    """One file as it left.

    Raises
    ------
    UnknownName: it is none of the release.
    ReleaseError: the files are gone or were changed.
    """
    if name not in file_names(row):
        raise UnknownName("This release has no such file.", where="file", next_step="Choose one from its page.")
    folder = shelf.place(row.programme.name, row.name)
    shelf.whole(folder, row.sha256)
    content = (folder / name).read_bytes()
    hashes = {CERTIFICATE: row.certificate, REVIEW: row.answer["review"]["sha256"]}
    if shelf.sha256(content) != hashes.get(name, shelf.sha256(content)):
        raise ReleaseError("The files of a registered release were changed.", where=name,
                           next_step="Put the folder back from a back-up: clarion restore")  # fmt: skip
    return content


def rows(row: Registered) -> Iterator[tuple[str, dict[str, str], Cell]]:
    """Every printed number of a release: table, {dimension: category}, cell."""
    release = shelf.whole(shelf.place(row.programme.name, row.name), row.sha256)
    for table, cells in release.tables.items():
        for cell in cells:
            yield table, dict(zip(release.spec.tables[table], cell.row, strict=True)), cell


def sums(row: Registered) -> list[tuple[str, dict[str, str], Sum]]:
    """Every sum of money of a release, given or not: table, {dimension: row}, sum."""
    release = shelf.whole(shelf.place(row.programme.name, row.name), row.sha256)
    of = release.spec.amounts.tables if release.spec.amounts else {}
    return [
        (table, dict(zip(of[table], one.row, strict=True)), one)
        for table, found in release.sums.items()
        for one in found
    ]
