"""``clarion sources`` and ``clarion load``: thin; what they do is in ``overview``, ``fetch`` and ``load``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clarion.cli_output import emit
from clarion.config import config
from clarion.vocab import visible

if TYPE_CHECKING:
    from clarion.sources.fetch import Progress

app = typer.Typer(add_completion=False, help="Official sources: list, fetch and load them.", rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SourceId = Annotated[str, typer.Argument(metavar="ID", help="A source, as clarion sources lists it.")]

Partial = Annotated[
    bool, typer.Option("--partial", help="Take a part of the source, such as an extract of some countries.")
]


Shrunk = Annotated[
    bool, typer.Option("--shrunk", help="Take a sanctions list that lost a tenth or more of its entries or names.")
]


@app.callback(invoke_without_command=True)
def sources(context: typer.Context, as_json: Json = False) -> None:
    """List every source with its licence, cadence, age and rows."""
    if context.invoked_subcommand:
        return
    from clarion.sources.overview import overview

    emit(overview(config().home), as_json, _list)


@app.command()
def show(source_id: SourceId, as_json: Json = False) -> None:
    """Show one source: its form, what is loaded of it, and what was left out."""
    from clarion.sources.overview import details

    emit(details(source_id, config().home), as_json, _fields)


@app.command()
def fetch(
    source_id: SourceId,
    origin: Annotated[str, typer.Option("--from", metavar="URL|FILE|DIR", help="Take it from here instead.")] = "",
    year: Annotated[
        int | None, typer.Option(help="The (last) year to ask for, where the source is asked by year.")
    ] = None,
    load: Annotated[bool, typer.Option(help="Load the file once it is here.")] = True,
    partial: Partial = False,
    shrunk: Shrunk = False,
    as_json: Json = False,
) -> None:
    """Download a source's file, then load it. A download that was cut off goes on where it stopped."""
    from dataclasses import asdict

    from clarion.sources import fetch as fetching
    from clarion.sources import find
    from clarion.sources.former import former_stands
    from clarion.sources.load import load_source
    from clarion.tables.store import Store

    settings, source = config(), find(source_id)
    with former_stands(Store(settings.home), source_id, source.tables), _bar(not as_json, source_id) as progress:
        note = fetching.fetch(
            source, settings.home, origin=origin, year=year, key=settings.comtrade_key,
            timeout=settings.http_timeout, progress=progress,
        )  # fmt: skip
    result = asdict(note)
    if load:
        result["load"] = load_source(source_id, settings.home, partial=partial, shrunk=shrunk).to_dict()
    emit(result, as_json, _fields)


@app.command(name="load")
def load_official(
    source_id: SourceId,
    file: Annotated[
        list[Path] | None,
        typer.Argument(help="The official file; several or their folder where it has several; else the fetched one."),
    ] = None,
    partial: Partial = False,
    shrunk: Shrunk = False,
    as_json: Json = False,
) -> None:
    """Check an official file and load it into its tables. What was loaded before stays where it is refused."""
    from clarion.sources.load import load_source

    emit(load_source(source_id, config().home, file, partial=partial, shrunk=shrunk).to_dict(), as_json, _fields)


@app.command()
def remove(source_id: SourceId, as_json: Json = False) -> None:
    """Take away all that was loaded of a source, earlier versions too, and say what is left."""
    from clarion.sources.remove import remove as take_away

    emit(take_away(source_id, config().home), as_json, _fields)


def load(
    table: Annotated[str, typer.Argument(help="A table, such as trade_flows.")],
    file: Annotated[Path, typer.Argument(help="A CSV or Parquet file in the table's own columns.")],
    source: Annotated[str, typer.Option(metavar="NAME", help="A name for it; by default the file's.")] = "",
    licence: Annotated[str, typer.Option(metavar="TEXT", help="Under which terms it may be used.")] = "",
    as_json: Json = False,
) -> None:
    """Load a file that is already in a table's own columns."""
    from clarion.sources.load import load_table

    emit(load_table(table, file, config().home, source=source, licence=licence).to_dict(), as_json, _fields)


def _list(entries: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console, shown = Console(), Table()
    longest = max(len(e["id"]) for e in entries)
    wide = console.width >= 110  # else the rows expected are left to sources show
    # What the other columns and the frame leave for texts, which are cut.
    room = max(console.width - longest - (60 if wide else 44), 20)
    widths = {"id": longest, "title": room // 2, "licence": room // 4, "cadence": room // 4}
    for name in ("id", "title", "licence", "cadence", "age", "rows", *(["expected"] if wide else []), "state"):
        shown.add_column(name, no_wrap=True, width=widths.get(name))
    for e in entries:
        age = "" if e["age_days"] is None else f"{e['age_days']} d"
        rows = f"{e['rows']:,}" if e["rows"] else ""
        bounds = " to ".join(map(_short, e["row_bounds"] or ()))
        # As texts: a file's name may look like rich's markup.
        cells = (e["id"], e["title"], e["licence"], e["cadence"], age, rows, *([bounds] if wide else []), e["state"])
        shown.add_row(*(Text(visible(cell)) for cell in cells))
    console.print(shown)


def _short(count: int) -> str:
    """``300k`` for 300000."""
    return f"{count / 1e6:g}M" if count >= 1_000_000 else f"{count // 1000}k" if count >= 10_000 else str(count)


def _fields(data: dict[str, Any], indent: str = "") -> None:
    for name, value in data.items():
        if isinstance(value, dict) and any(inner not in ("", [], ()) for inner in value.values()):
            typer.echo(f"{indent}{name.replace('_', ' ')}:")
            _fields(value, indent + "  ")
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            for entry in value:
                typer.echo(f"{indent}{name.replace('_', ' ')}:")
                _fields(entry, indent + "  ")
        elif value not in ("", None, [], ()) and not isinstance(value, dict):
            text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
            typer.echo(visible(f"{indent}{name.replace('_', ' ')}: {text}"))


@contextmanager
def _bar(wanted: bool, title: str) -> Iterator[Progress | None]:
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)
        yield lambda have, total: bar.update(task, completed=have, total=total)
