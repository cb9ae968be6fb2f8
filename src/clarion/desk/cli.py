"""The shell's own commands. Each calls one use case; heavy imports wait until it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from clarion.config import config

Json = Annotated[bool, typer.Option("--json", help="Print the machine-readable answer.")]


def up(
    port: Annotated[int | None, typer.Option(help="Port of the desk; CLARION_PORT or 8020 by default.")] = None,
    json: Json = False,
) -> None:
    from dataclasses import replace

    from clarion.desk.up import up as open_desk
    from clarion.errors import InputError

    settings = config()
    if port is not None:
        if not 1 <= port <= 65535:
            raise InputError(f"{port} is not a port.", where="--port", next_step="Use a number from 1 to 65535.")
        settings = replace(settings, port=port)
    # Machines read one answer on standard output; what else there is to say goes beside it.
    open_desk(settings, lambda text: typer.echo(text, err=json), lambda address, link: _told(address, link, json))


def _told(address: str, link: str, json: bool) -> None:
    from clarion.cli_output import emit

    if link:
        text = f"\nOpen this link to sign in. It works once, for half an hour:\n\n    {link}\n"
    else:
        text = f"\nThe desk is open at {address}/ (a new sign-in link: clarion user link NAME)\n"
    emit({"address": address, "link": link}, json, lambda _: text + "\nStop it with Ctrl-C.")
    sys.stdout.flush()


def worker(
    until_eof: Annotated[bool, typer.Option("--until-eof", hidden=True)] = False,
    json: Json = False,
) -> None:
    from clarion.cli_output import emit
    from clarion.desk.worker import work

    def ready() -> None:
        if json:
            emit({"process": os.getpid(), "home": str(config().home)}, json, str)
            sys.stdout.flush()

    work(until_eof, ready)


def upgrade(json: Json = False) -> None:
    from clarion.cli_output import emit
    from clarion.desk.upgrade import upgrade as bring_up

    names = bring_up(config())
    emit(
        {"applied": names}, json, lambda d: f"{len(d['applied'])} changes applied." if names else "Already up to date."
    )


user = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Add people, set their role, print a one-time sign-in link.",
)


@user.command("list", help="Everybody who has an account.")
def user_list(json: Json = False) -> None:
    from clarion.cli_output import emit, table
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.access.store.models import User

    rows = [
        {"name": u.username, "role": u.role, "active": u.is_active}
        for u in User.objects.order_by("username")
    ]  # fmt: skip
    shown = [row | {"active": "yes" if row["active"] else "no"} for row in rows]
    emit(rows if json else shown, json, lambda data: table(data, ["name", "role", "active"]))


@user.command("add", help="Open an account and print its sign-in link.")
def user_add(name: str, role: Annotated[str, typer.Option(help="operator, analyst, officer or viewer")] = "viewer",
             json: Json = False) -> None:  # fmt: skip
    from clarion.access import Actor
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.desk.people import add

    add(Actor.console(), name, role)
    _print_link(name, json)


@user.command("link", help="Print a one-time sign-in link for an account.")
def user_link(name: str, json: Json = False) -> None:
    from clarion.desk.setup import django_ready

    django_ready()
    _print_link(name, json)


@user.command("role", help="Change the role of an account.")
def user_role(name: str, role: str, json: Json = False) -> None:
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.desk.people import set_role

    set_role(Actor.console(), name, role)
    emit({"name": name, "role": role}, json, lambda d: f"{d['name']} is now {d['role']}.")


@user.command("close", help="Close an account; what it did stays in the log.")
def user_close(name: str, json: Json = False) -> None:
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.desk.people import close

    close(Actor.console(), name)
    emit({"name": name, "active": False}, json, lambda d: f"{d['name']} can no longer sign in.")


@user.command("sign-out", help="End somebody's sessions, API tokens and unused links, as after a lost device.")
def user_sign_out(name: str, json: Json = False) -> None:
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.desk.people import sign_out

    sign_out(Actor.console(), name)
    emit({"name": name, "signed_out": True}, json, lambda d: f"{d['name']} is signed out everywhere.")


def _print_link(name: str, json: bool) -> None:
    from clarion.access import Actor
    from clarion.cli_output import emit
    from clarion.desk.locks import announced
    from clarion.desk.people import link
    from clarion.desk.up import default_address

    settings = config()
    base = settings.base_url or announced(settings) or default_address(settings)
    emit(
        {"name": name, "link": link(Actor.console(), name, lambda path: base + path)},
        json,
        lambda d: (
            f"This link signs {d['name']} in once, within half an hour, past every other way they have set up:"
            f"\n\n    {d['link']}\n"
        ),
    )


def doctor(json: Json = False) -> None:
    from clarion.cli_output import emit
    from clarion.desk.doctor import examine, render

    findings = examine(config())
    emit([f.to_dict() for f in findings], json, lambda _: render(findings))
    if any(f.level == "fail" for f in findings):
        raise typer.Exit(1)


def backup(
    out: Annotated[Path, typer.Argument(help="File to write, such as clarion-backup.tar.gz.")], json: Json = False
) -> None:
    from clarion.cli_output import emit
    from clarion.desk.backup import backup as write

    emit(write(config(), out), json, lambda d: f"{d['files']} files, {d['bytes']:,} bytes, in {d['file']}.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that clarion backup wrote.")], json: Json = False
) -> None:
    from clarion.cli_output import emit
    from clarion.desk.restore import restore as put_back

    emit(
        put_back(config(), file), json, lambda d: f"Restored {d['files']} files. What was there before: {d['earlier']}"
    )
