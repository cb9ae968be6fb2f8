"""``clarion release``: thin; what it does is in ``verbs``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clarion.cli_output import emit, table
from clarion.vocab import visible

app = typer.Typer(add_completion=False, help="Publish counts of people that single nobody out.", rich_markup_mode=None)
Opening = Annotated[
    str, typer.Option(help="What build printed beside the sums: it opens the certificate's commitment.")
]

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Earlier = Annotated[
    list[Path], typer.Option("--earlier", metavar="DIR", help="A release that is out already; may be given repeatedly.")
]
More = Annotated[list[Path] | None, typer.Argument(metavar="[DIR]...", help="Further earlier releases.")]
Programme = Annotated[
    str, typer.Option(help="Take all registered releases of this programme as known to the attacker, private ones too.")
]
Seconds = Annotated[float, typer.Option(min=0.0, max=86400.0, help="Time for the attack on what is not certified.")]


@app.command()
def build(
    ctx: typer.Context,
    people: Annotated[Path, typer.Argument(metavar="PEOPLE.CSV", help="One row a recipient, a column a category.")],
    more: More = None,
    spec: Annotated[Path, typer.Option(help="Which tables, by which rule: see docs/reference/release.md.")] = ...,  # type: ignore[assignment]
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new folder for the release.")] = ...,  # type: ignore[assignment]
    earlier: Earlier = [],  # noqa: B006
    programme: Programme = "",
    seconds: Seconds = 60.0,
    as_json: Json = False,
) -> None:
    """Make tables of counts that single nobody out, with their certificate. Exit code 0: it is written."""
    from clarion.release.verbs import build_release

    found = build_release(people, spec, out, [*_registered(ctx, programme), *earlier, *(more or [])], seconds=seconds)
    emit(found, as_json, _built)
    raise typer.Exit(found["exit_code"])


@app.command()
def check(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a release.")],
    more: More = None,
    earlier: Earlier = [],  # noqa: B006
    programme: Programme = "",
    seconds: Seconds = 60.0,
    known: Annotated[Path | None, typer.Option(metavar="FILE", help="Further facts that somebody may know.")] = None,
    people: Annotated[Path | None, typer.Option(metavar="CSV", help="The list, to decide the sums again.")] = None,
    opening: Opening = "",
    as_json: Json = False,
) -> None:
    """Say for every group whether the release proves it small. Exit code 0 certified, 1 disclosed, 2 undecided."""
    from clarion.release.verbs import check_release

    registered = [place for place in _registered(ctx, programme) if place.name != folder.absolute().name]
    found = check_release(folder, [*registered, *earlier, *(more or [])], seconds=seconds, known=known, people=people,
                          opening=opening)  # fmt: skip
    emit(found, as_json, _checked)
    raise typer.Exit(found["exit_code"])


@app.command()
def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a release.")],
    by: Annotated[str, typer.Option(metavar="HANDLE", help="Your handle; it must not say who you are.")] = ...,  # type: ignore[assignment]
    yes: Annotated[bool, typer.Option("--yes", help="You have read them: do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Show every text of a release, and write down that you have read them. Exit code 0 written down, 2 not."""
    from clarion.release.review import record_review, to_review

    found = to_review(folder)
    if not as_json:
        table([{**text, "hints": ", ".join(text["hints"])} for text in found], ("where", "text", "hints"))
    if not yes and (as_json or not typer.confirm("Have you read every text, and does none of them name anybody?")):
        emit({"texts": found, "review": None}, as_json, lambda _: "Nothing was written down.")
        raise typer.Exit(2)
    said = record_review(folder, by)
    emit({"texts": found, "review": said}, as_json, lambda _: f"{len(found)} texts read by {by}.")


def _registered(ctx: typer.Context, programme: str) -> list[Path]:
    if not programme:
        return []
    ctx.obj()
    from clarion.release.store.registration import earlier

    return [one.folder for one in earlier(programme)]


@app.command()
def register(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a certified release.")],
    audience: Annotated[str, typer.Option(help="public, or the opaque handle of the one who gets it.")] = "public",
    programme: Annotated[str, typer.Option(help="The people that it is about.")] = "main",
    seconds: Seconds = 60.0,
    as_json: Json = False,
) -> None:
    """Enter a release that leaves in the register: it counts for every later one, and cannot be removed."""
    ctx.obj()
    from clarion.access import Actor
    from clarion.release.store import register as enter

    row = enter(Actor.console(), folder, programme=programme, audience=audience, seconds=seconds)
    emit(_row(row), as_json, lambda r: f"{r['id']} is in the register of {r['programme']} ({r['audience']}).")


@app.command("list")
def list_(ctx: typer.Context, as_json: Json = False) -> None:
    """All releases in the register, newest first."""
    ctx.obj()
    from clarion.access import Actor
    from clarion.release.store.reader import index

    rows = [_row(row) for row in index(Actor.console())]
    columns = ("programme", "id", "audience", "released", "requested", "registered_at", "withdrawn")
    emit(rows, as_json, lambda found: table(found, columns, right=("released", "requested")))


@app.command()
def withdraw(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The release.")],
    programme: Annotated[str, typer.Option(help="Its programme.")] = "main",
    as_json: Json = False,
) -> None:
    """Mark a release as withdrawn; it goes on to count as known to everybody."""
    ctx.obj()
    from clarion.access import Actor
    from clarion.release.store import withdraw as take_back

    row = take_back(Actor.console(), programme, name)
    emit(_row(row), as_json, lambda r: f"{r['id']} is marked as withdrawn and still counts as known.")


def _row(row: Any) -> dict[str, Any]:
    from clarion.release.store.reader import summary

    return summary(row)


def _built(found: dict[str, Any]) -> None:
    for step in found["steps"]:
        typer.echo(visible(f"- {step}"))
    if found.get("opening"):
        typer.echo(
            f"Keep this with the list, and from everybody else: it opens the sums' commitment: {found['opening']}"
        )
    if found["written"]:
        typer.echo(visible(f"{found['released']} of {found['requested']} numbers published in {found['written']}."))
    _checked(found)


def _checked(found: dict[str, Any]) -> None:
    if found["gaps"]:
        typer.echo("No release was made of: " + ", ".join(found["gaps"]))
    counts = ", ".join(f"{number} {status}" for status, number in found["counts"]["groups"].items())
    typer.echo(visible(f"{found['release']}: {found['verdict']} ({counts} groups; {found['how']})."))
    if "amounts" in found:
        sums = found["amounts"]
        typer.echo(visible(f"Sums: {sums['status']}, {sums['given']} of {sums['asked']} given ({sums['why']})."))
    if "review" in found:
        typer.echo(visible(f"Texts: {found['review']['status']} ({found['review']['why']})."))
        if found["review"]["needed"] and found["review"]["next"]:
            typer.echo(visible(f"Next: {found['review']['next']}"))
    bad = [g for g in found["groups"] if g["status"] != "certified"]
    rows = [{**group, "group": _named(group), "who": _who(group)} for group in bad[:50]]
    if rows:
        table(rows, ("group", "who", "status", "why"))
    if len(bad) > len(rows):
        typer.echo(f"and {len(bad) - len(rows)} more; see them all with --json")


def _named(group: dict[str, Any]) -> str:
    return ", ".join(f"{dimension}={value}" for dimension, value in group["group"].items()) or "everybody"


def _who(group: dict[str, Any]) -> str:
    return f"came after {group['since']}, by {group['at']}" if group["since"] else f"at {group['at']}"
