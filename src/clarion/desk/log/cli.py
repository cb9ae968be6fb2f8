"""``clarion log``: thin; what it does is in ``verbs`` and ``verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.cli_output import emit
from clarion.config import config
from clarion.vocab import visible

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    help="Verify the log of who did what, anchor it outside, export it.",
)  # fmt: skip

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]


@app.command()
def head(as_json: Json = False) -> None:
    """Print the signed head of the log, for a mail or for paper."""
    _ready()
    from clarion.desk.log import verbs
    from clarion.desk.log.anchors import printed

    emit(verbs.head(config()), as_json, printed)


@app.command()
def anchor(
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="A file elsewhere; the head is added to it.")] = None,
    tsa: Annotated[str, typer.Option(metavar="URL", help="A time-stamp authority (RFC 3161); it sees a digest.")] = "",
    as_json: Json = False,
) -> None:
    """Have the head of the log kept outside, so that nothing before it can be written anew unseen."""
    _ready()
    from clarion.desk.log import verbs

    kept = verbs.anchor(config(), to, tsa)
    places = " and ".join([str(place) for place in (to, tsa) if place])
    emit(kept, as_json, lambda h: f"The log up to act {h['seq']} is anchored: {places}.\nKey: {h['key']}")


@app.command()
def export(
    out: Annotated[Path, typer.Option(metavar="FILE", help="A new file: lines of JSON.")],
    as_json: Json = False,
) -> None:
    """Write the whole log into a file that verifies by itself."""
    _ready()
    from clarion.desk.log import verbs

    emit(verbs.write(config(), out), as_json, lambda d: f"{d['entries']} acts, {d['bytes']:,} bytes, in {d['file']}.")


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; this desk's own log by default.")] = None,
    anchors: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Heads kept elsewhere; repeatable.")
    ] = None,
    key: Annotated[list[str] | None, typer.Option(help="Public key that may have signed; repeatable.")] = None,
    tsa_root: Annotated[
        Path | None, typer.Option("--tsa-root", metavar="PEM", help="Root certificate of the time-stamp authority.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say whether the log is as it was written. Exit code 0 sound, 1 broken (it says where), 3 bad input."""
    from clarion.desk.log import verify as service
    from clarion.desk.log.anchors import own, read

    heads = [head for path in anchors or [] for head in read(path)]
    keys = [service.public_key(text) for text in key or []]
    if file is None:
        _ready()
        told = service.whole(config().home, heads, keys)
    else:
        told = service.file(file, heads, keys)
    if tsa_root:
        from clarion.seal.log.stamp import stamp_time

        stamps = [head for head in [*heads, *([] if file else own(config().home))] if "stamp" in head]
        told["stamped"] = [{"seq": h["seq"], "time": stamp_time(h, tsa_root).isoformat()} for h in stamps]
    emit(told, as_json, _say)
    raise typer.Exit(0 if told["sound"] else 1)


def _say(told: dict[str, Any]) -> None:
    typer.echo(visible(told["says"]))
    if told["anchored"]:
        typer.echo(f"Anchored up to act {told['anchored']}.")
    for stamp in told.get("stamped", ()):
        typer.echo(f"Act {stamp['seq']}: the authority saw the head on {stamp['time']}.")
    for warning in told["warnings"]:
        typer.echo(visible(f"Note: {warning}"))


def _ready() -> None:
    from clarion.desk.setup import django_ready

    django_ready()
