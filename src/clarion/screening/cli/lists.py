"""Sanctions lists at the command line: fetch, load, how old each is, what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clarion.screening.cli.name import Json

if TYPE_CHECKING:
    from clarion.screening.service.lists import List

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    help="Sanctions lists: fetch and load them, see how old each is and what changed.",
)  # fmt: skip
ListId = Annotated[str, typer.Argument(metavar="ID", help="A list, as clarion screening lists status shows it.")]
Shrunk = Annotated[
    bool, typer.Option("--shrunk", help="Take a list that lost a tenth or more of its entries or names.")
]


@app.command()
def fetch(
    list_id: ListId,
    origin: Annotated[str, typer.Option("--from", metavar="URL|FILE|DIR", help="Take it from here instead.")] = "",
    shrunk: Shrunk = False,
    json: Json = False,
) -> None:
    """Download a list from its publisher and load it; a load that is refused leaves the former version in force."""
    from clarion.sources.cli import fetch as get

    _known(list_id)
    get(list_id, origin=origin, year=None, load=True, partial=False, shrunk=shrunk, as_json=json)
    if not json:
        _closed(list_id)


@app.command()
def load(
    list_id: ListId,
    file: Annotated[list[Path], typer.Argument(help="The official file, or several, or the folder that holds them.")],
    shrunk: Shrunk = False,
    json: Json = False,
) -> None:
    """Load a list from the publisher's own file; what was loaded before stays in force where it is refused."""
    from clarion.config import config
    from clarion.locale import gettext
    from clarion.sources.cli import load_official

    _known(list_id)
    load_official(list_id, file, partial=False, shrunk=shrunk, as_json=json)
    if not json and _undated(list_id):
        typer.echo(
            gettext("The file bears no date: its age is counted from today. Is it the latest?", config().language)
        )
    if not json:
        _closed(list_id)


def _closed(list_id: str) -> None:
    """Say that a list is closed, lest it be taken for one that is kept up."""
    from clarion.config import config
    from clarion.screening.service.renewal import closed

    if told := closed(list_id, config().language):
        typer.echo(told)


def _known(list_id: str) -> None:
    """Refuse what is no list, and name those that there are."""
    from clarion.errors import UnknownName
    from clarion.sources.catalogue import catalogue
    from clarion.vocab import Phrase

    lists = tuple(one.id for one in catalogue().values() if "listed_parties" in one.tables)
    if list_id not in lists:
        raise UnknownName("There is no such list.", where="list",
                          next_step=Phrase("Choose one of: {names}.", names=lists))  # fmt: skip


def _undated(list_id: str) -> bool:
    """Whether the list that was loaded tells no day, its publisher's or that of a fetch."""
    from clarion.screening.service.lists import loaded

    return any(one.origin == list_id for one in loaded().undated)


def _state(loaded: List | None, broken: bool) -> str:
    """What a list is good for."""
    if loaded is None:
        return "a part only" if broken else "not loaded"
    if loaded.stale:
        return "too old"
    return "a part only" if loaded.partial else "in force"


@app.command()
def status(json: Json = False) -> None:
    """Show every list: loaded or not, how old, and whether it can clear anybody."""
    from clarion.access import Actor
    from clarion.cli_output import emit, table
    from clarion.config import config
    from clarion.screening.service import list_words, renewal
    from clarion.screening.service.lists import index
    from clarion.sources.lists import status as known

    lists = index(Actor.console())
    held = {one.source: one for one in (*lists.sanctions, *lists.statuses)}
    rows: list[dict[str, Any]] = []
    shown = []
    for one in known(config().home):
        mine = held.get(one.name)
        state = _state(mine, one.name in lists.broken)
        row = one.to_dict() | {"state": state, "age_of_sight": mine.age if mine else None,
                               "dated": mine.dated if mine else ""}  # fmt: skip
        said = list_words.told(mine.to_dict(), config().language) if mine else {"release": one.published, "seen": ""}
        rows.append(row)
        shown.append({
            "list": one.name, "state": state, "days": "" if mine is None else mine.age,
            "entries": f"{one.entries:,}" if one.entries else "", "release": said["release"],
            "last_seen": said["seen"],
        })  # fmt: skip
    columns = ["list", "state", "days", "entries", "release", "last_seen"]
    emit(rows, json, lambda _: table(shown, columns, ("days", "entries")))
    if not json:
        old = [mine.source for mine in held.values() if mine.stale]
        for line in dict.fromkeys(renewal.renew(one, config().language) for one in old):
            typer.echo(line)
        for line in filter(None, (renewal.closed(row["name"], config().language) for row in rows
                                  if row["name"] not in old)):  # fmt: skip
            typer.echo(line)


@app.command()
def diff(
    list_id: ListId,
    old: Annotated[str, typer.Option(help="Version to compare from; by default the one before.")] = "",
    new: Annotated[str, typer.Option(help="Version to compare to; by default the one in force.")] = "",
    json: Json = False,
) -> None:
    """Show what changed between two loaded versions of a list, entry by entry; of eu-journal, in all its acts."""
    from clarion.cli_output import emit
    from clarion.config import config
    from clarion.screening.cli import changes
    from clarion.sources import lists

    language = config().language
    if lists.several(list_id):
        together = lists.diff_all(config().home, list_id, old, new).to_dict()
        emit(together, json, lambda found: changes.of_all(found, language))
    else:
        emit(
            lists.diff(config().home, list_id, old, new).to_dict(), json, lambda found: changes.of_one(found, language)
        )
