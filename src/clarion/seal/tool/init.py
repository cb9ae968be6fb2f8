"""Make somebody's key, its card and its spare copy; take up a spare copy on another machine; name the desk."""

from __future__ import annotations

import sys
from pathlib import Path

from clarion.errors import InputError
from clarion.seal.crypto import shown
from clarion.seal.documents import write
from clarion.seal.errors import WrongPassphrase
from clarion.seal.keyfile import Keys, lock, new_keys, new_passphrase, unlock
from clarion.seal.tool import desk as desks
from clarion.seal.tool import notes as kept
from clarion.seal.tool.folder import Folder, alone, find, read_text, write_private
from clarion.seal.tool.notes import Notes
from clarion.seal.tool.run import Around, no_core_dumps, open_keys
from clarion.seal.tool.terminal import for_people, say, secret, tell


def init(around: Around) -> int:
    """What is asked for, in this order: a key (new, or from a spare copy), a spare copy, the desk.

    Raises
    ------
    InputError: there is a key already, or nothing was asked for.
    """
    no_core_dumps()
    given, folder = around.given, find(around.given.keys, around.kind)
    with alone(folder):
        if given.label or given.take_up:
            _refuse_second(folder, around)
            keys = _take_up(folder, around) if given.take_up else _make(folder, around)
            _show_card(folder, keys)
            if given.spare:
                _spare(folder, keys, given.spare)
        elif given.spare:
            _spare(folder, open_keys(folder, around), given.spare)
        elif not given.desk:
            raise InputError(
                "Nothing was asked for.",
                next_step=f"Make a key: {around.program} init --label WORD ; name the desk: init --desk https://...",
            )
        if given.desk:
            token = secret("API token of the desk", given.token_file, "--token-file")
            desks.keep(folder, desks.parse_address(given.desk, given.proxy, token))
            say(f"The desk is {given.desk}. Its address and your token are in {folder.desk}.")
    return 0


def _refuse_second(folder: Folder, around: Around) -> None:
    if folder.key.exists():
        raise InputError(
            f"There is a key of a {around.kind} already; it is never written over.",
            where=str(folder.key),
            next_step="Use it, or name another folder with --keys",
        )


def _make(folder: Folder, around: Around) -> Keys:
    given = around.given
    keys = new_keys(around.kind, given.label)
    if not given.passphrase_file and not for_people():
        raise InputError(
            "A new passphrase is shown to a person, who writes it down.",
            next_step="Run init without --json, or give a passphrase of your own with --passphrase-file",
        )
    own = secret("passphrase", given.passphrase_file) if given.passphrase_file else ""
    passphrase = own or new_passphrase()
    text = write(lock(keys, passphrase, around.cost))
    if not own:
        say("Your passphrase is shown this once. Write it down on paper, and keep the paper away from this machine:")
        say()
        say(f"    {passphrase}")
        say()
        say("Nobody can give it back to you: without it your key is lost.")
        _repeat(text)
    kept.save(folder, keys, Notes())  # before the key: a key without notes reads as "the notes were lost"
    write_private(folder.key, text)
    return keys


def _repeat(text: str) -> None:
    """Let its owner type the passphrase once, as a proof that it stands on paper."""
    while sys.stdin.isatty():
        try:
            unlock(text, secret("passphrase, to prove that you have written it down", ""))
        except WrongPassphrase:
            say("That is another one. Look at your paper.")
        else:
            return


def _take_up(folder: Folder, around: Around) -> Keys:
    text = read_text(Path(around.given.take_up))
    keys = unlock(text, secret("passphrase", around.given.passphrase_file))
    if keys.card["kind"] != around.kind:
        raise InputError(f"This is the key file of a {keys.card['kind']}.", next_step="Name the other spare copy.")
    write_private(folder.key, text)
    say("The spare copy is in use here. It brings no notes: pin the roster anew before anything else.")
    return keys


def _spare(folder: Folder, keys: Keys, target: str) -> None:
    """A second copy of the key file, read back from where it was written."""
    file = Path(target)
    if file.exists():
        raise InputError("There is a file of this name already.", where=target, next_step="Give another name.")
    text = read_text(folder.key)
    write_private(file, text)
    if read_text(file) != text:
        raise InputError("The spare copy was not written whole.", where=target, next_step="Use another medium.")
    say(f"A spare copy of the key file of {keys.card['label']} is in {target}. Keep it in another house than the paper")
    say("with the passphrase, and try once a year that it opens: init --take-up on another machine.")


def _show_card(folder: Folder, keys: Keys) -> None:
    write_private(folder.card, write(keys.card))
    tell(card=str(folder.card), name=keys.name)
    say(f"Your card is in {folder.card}. Hand it to the keyholders, and read them its name:")
    say()
    say(f"    {shown(keys.name)}")
