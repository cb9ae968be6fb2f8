"""``clarion sealed``: what the operator of a server does for sealed values. None of it can open one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.cli_output import emit, table

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    help="Roster, clocks, erasure and back-ups of values that this server cannot open.",
)  # fmt: skip

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]


def _ready() -> Any:
    from clarion.access import Actor
    from clarion.desk.setup import django_ready

    django_ready()
    return Actor.console()


@app.command("show", help="How many values are sealed, for whom, what waits and what has to be decided.")
def show(json: Json = False) -> None:
    actor = _ready()
    from clarion.desk.sealed.overview import overview

    found = overview(actor)
    told = found | {
        "requests": [row | {"until": row["until"].isoformat()} for row in found["requests"]],
        "clocks": [row | {"review_on": row["review_on"].isoformat()} for row in found["clocks"]],
    }
    emit(told, json, _told)


def _told(found: dict[str, Any]) -> str:
    roster = found["roster"]
    if roster is None:
        return "Nothing can be sealed yet: this desk has no keyholders. See docs/operate/keyholders.md"
    lines = [
        f"Values sealed: {found['sealed']}. Any {roster['threshold']} of {roster['count']} keyholders open one.",
        f"Roster {roster['serial']}, epoch {roster['epoch']}, {roster['made']}.",
        *(f"  {one['label']:<40}  {one['name']}" for one in roster["keyholders"]),
        f"Requests that wait: {found['open']}. Decisions overdue: {found['overdue']}.",
    ]
    if found["stale"]:
        lines.append(f"Values sealed for former keyholders: {found['stale']}. Seal them anew: clarion open reseal")
    lines.append(
        "Back-ups of the wraps that still open: " + (", ".join(found["weeks"]) or "none: clarion sealed backup")
    )
    return "\n".join(lines)


@app.command("roster", help="Put a roster in force that the keyholders have signed.")
def roster(file: Annotated[Path, typer.Argument(help="The signed roster.")], json: Json = False) -> None:
    actor = _ready()
    from clarion.files import storage_errors
    from clarion.seal.store.rosters import install

    with storage_errors(file):
        text = file.read_bytes()
    new = install(actor, text)
    emit(
        {"serial": new.document["serial"], "epoch": new.document["epoch"], "keyholders": len(new.names)}, json,
        lambda d: f"Roster {d['serial']} with {d['keyholders']} keyholders is in force (epoch {d['epoch']}).",
    )  # fmt: skip


@app.command("clocks", help="Values about which somebody has to decide within a month.")
def clocks(json: Json = False) -> None:
    actor = _ready()
    from clarion.seal.store.erasure import due

    rows = [row | {"review_on": row["review_on"].isoformat()} for row in due(actor)]
    emit(rows, json, lambda data: table(data, ["record", "room", "fields", "review_on"]) if data else "Nothing is due.")


# One handle in 64 begins with a hyphen, which would be taken for an option.
_HYPHENED = {"ignore_unknown_options": True}


@app.command("keep", help="Decide that a value is still needed, until another day.", context_settings=_HYPHENED)
def keep(
    handle: str, until: Annotated[str, typer.Option(help="Day of the next decision.")], json: Json = False
) -> None:
    actor = _ready()
    from clarion.errors import InputError
    from clarion.seal.store.erasure import keep_until

    try:
        day = date.fromisoformat(until)
    except ValueError as error:
        raise InputError("This is not a day.", where="--until", next_step="Write it as 2027-01-31.") from error
    keep_until(actor, handle, day)
    emit({"record": handle, "until": until}, json, lambda d: f"Kept until {d['until']}.")


@app.command(
    "erase", help="Erase values for good: nobody can open them any more, from any back-up.",
    context_settings=_HYPHENED,
)  # fmt: skip
def erase(
    handles: list[str],
    reason: Annotated[str, typer.Option(help="asked, over or error")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    actor = _ready()
    from clarion.seal.store.erasure import erase as gone
    from clarion.seal.store.erasure import known_reason

    known_reason(reason)  # before the question, not after a yes
    if not yes:
        typer.confirm(f"Values to erase for good: {len(handles)}. Erase?", abort=True, err=True)
    emit({"erased": gone(actor, handles, reason)}, json, lambda d: f"Values erased: {d['erased']}.")


@app.command("check", help="Hold the store against the log: what was changed outside of Clarion shows itself.")
def check(json: Json = False) -> None:
    actor = _ready()
    from clarion.seal.store.against_log import compare

    faults = compare(actor)
    emit(faults, json, lambda data: table(data, ["record", "fault"]) if data else "Store and log agree.")
    raise typer.Exit(1 if faults else 0)


@app.command("backup", help="Write the wraps into a file that opens only while its week's key lives.")
def backup(out: Annotated[Path, typer.Argument(help="File to write.")], json: Json = False) -> None:
    _ready()
    from clarion.seal.store.upkeep import back_up_wraps

    emit(back_up_wraps(out), json, lambda d: f"{d['bytes']:,} bytes in {d['file']}, readable until {d['until']}.")


@app.command("restore", help="Put wraps back from a back-up, but for those that were erased.")
def restore(file: Annotated[Path, typer.Argument(help="A file of clarion sealed backup.")], json: Json = False) -> None:
    _ready()
    from clarion.seal.store.upkeep import restore_wraps

    emit({"envelopes": restore_wraps(file)}, json, lambda d: f"Values that have their wraps: {d['envelopes']}.")


@app.command("tidy", help="Finish erasures that were cut off, end old requests, destroy keys past the retention.")
def tidy(json: Json = False) -> None:
    _ready()
    from clarion.seal.store.upkeep import tidy as run

    emit(
        run(), json,
        lambda d: f"Erasures finished: {d['erased']}. Strays swept: {d['swept']}. Requests ended: {d['ended']}. "
        f"Keys destroyed: {', '.join(d['weeks']) or 'none'}.",
    )  # fmt: skip
