"""The root command. It lists what the house and its rooms offer and imports a command only when it runs."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from clarion.desk.rooms import Command, load, rooms

# What belongs to the house itself; rooms add theirs in room.toml.
HOUSE = (
    Command("up", "Open the desk: web server and job worker, until you stop it.", "clarion.desk.cli:up"),
    Command("sources", "See, fetch and load official sources.", "clarion.sources.cli:app"),
    Command("load", "Load a table from a CSV or Parquet file in its own contract.", "clarion.sources.cli:load"),
    Command("release", "Publish counts of people that single nobody out.", "clarion.release.cli:app"),
    Command("sealed", "Values that this server cannot open: roster, clocks, erasure.", "clarion.desk.sealed.cli:app"),
    Command("keyholder", "Judge requests to open sealed values, on your own machine.", "clarion.seal.cli:keyholder"),
    Command("open", "Ask the keyholders to open sealed values, and read them here.", "clarion.seal.cli:opener"),
    Command("user", "Add people, set their role, print a one-time sign-in link.", "clarion.desk.cli:user"),
    Command("log", "Verify the log of who did what, anchor it outside, export it.", "clarion.desk.log.cli:app"),
    Command("doctor", "Check this installation and print what mends it.", "clarion.desk.cli:doctor"),
    Command("backup", "Write the data folder and the database into one file.", "clarion.desk.cli:backup"),
    Command("restore", "Put a backup back in place.", "clarion.desk.cli:restore"),
    Command("upgrade", "Bring the database up to this version, all of it or nothing.", "clarion.desk.cli:upgrade"),
    Command("worker", "Run the job worker alone (for a team's server).", "clarion.desk.cli:worker"),
)  # fmt: skip


def commands() -> dict[str, Command]:
    """Every root command by name: the house's own, then the rooms'."""
    return {c.name: c for c in (*HOUSE, *(c for room in rooms() for c in room.commands))}


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(commands())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = commands().get(cmd_name)
        return _build(found) if found else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in commands() and not args[0].startswith("-"):
            from difflib import get_close_matches

            from clarion.errors import UnknownName

            near = get_close_matches(args[0], commands(), 1)
            raise UnknownName(
                f"There is no command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""),
                where="clarion " + args[0],
                next_step="See them all with: clarion --help",
            )
        if args and args[0] in commands() and commands()[args[0]].database:
            from clarion.desk.setup import django_ready

            django_ready()
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(c.name, c.help) for c in commands().values()])


def _build(found: Command) -> Any:
    target = load(found.path)
    if not isinstance(target, typer.Typer):
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name=found.name, help=found.help)(target)
        target = alone
    built = typer.main.get_command(target)
    built.name = found.name
    return built


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Clarion: who is hurt by Russia's war on Ukraine, how badly, how sure, and where support helps most.",
)


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
) -> None:
    """Options that stand before every command. ``ctx.obj`` makes the database ready, for commands of the ground, which
    do not know the desk."""
    from clarion.desk.setup import django_ready

    ctx.obj = django_ready
    if version:
        import clarion

        typer.echo(clarion.__version__)
        raise typer.Exit
