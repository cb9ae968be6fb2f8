"""``clarion keyholder`` and ``clarion open``: the tools' own programs, reached through the root command.

They read their own arguments, since they are also installed alone, where the root command does not exist.
"""

from __future__ import annotations

import typer

_ALL_OURS = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
keyholder = typer.Typer(add_completion=False, rich_markup_mode=None)
opener = typer.Typer(add_completion=False, rich_markup_mode=None)


@keyholder.command(context_settings=_ALL_OURS)
def _keyholder(context: typer.Context) -> None:
    """Judge requests to open sealed values, here: init, show, approve, refuse, stop, rotate, rescreen."""
    from clarion.seal.tool.keyholder import main

    raise typer.Exit(main(context.args, "clarion keyholder"))


@opener.command(context_settings=_ALL_OURS)
def _opener(context: typer.Context) -> None:
    """Ask the keyholders to open sealed values, and read them here: init, pin, ask, get, draw, reseal, list."""
    from clarion.seal.tool.opener import main

    raise typer.Exit(main(context.args, "clarion open"))
