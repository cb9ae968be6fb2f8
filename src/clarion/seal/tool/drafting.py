"""The next roster from the one in force and what is to change in it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from clarion.errors import InputError
from clarion.seal import roster as rosters
from clarion.seal.cards import check_card
from clarion.seal.crypto import shown
from clarion.seal.documents import Document
from clarion.seal.roster import Roster
from clarion.seal.tool.carried import read_file

NOBODY = "nobody"


def drafted(former: Roster | None, given: argparse.Namespace, own: Document, *, organisation: str, made: str) -> Roster:
    """The draft that the options ask for: keyholders, remove, threshold, device, policy.

    Raises
    ------
    InputError: a name that nobody has, or as ``roster.draft``.
    """
    before: dict[str, Any] = former.document if former else {}
    people = [*before.get("keyholders", [own])]
    devices = [*before.get("devices", [])]
    for name in given.remove:
        gone = find(name, [*people, *(entry["card"] for entry in devices)])["name"]
        people = [card for card in people if card["name"] != gone]
        devices = [entry for entry in devices if gone not in (entry["card"]["name"], entry["keyholder"])]
    for file in given.keyholders:
        card = check_card(read_file(file), "keyholder")
        people += [] if card["name"] in {person["name"] for person in people} else [card]
    for file, whose, purposes in given.device:
        entry = _device(file, whose, purposes, people)
        devices = [e for e in devices if e["card"]["name"] != entry["card"]["name"]] + [entry]
    policies = dict(before.get("policies", {"default": rosters.DEFAULT_POLICY}))
    policies |= {name: _policy(*figures) for name, *figures in given.policy}
    return rosters.draft(
        former, organisation=before.get("organisation", organisation), made=made, keyholders=people,
        threshold=given.threshold or before.get("threshold", 2), devices=devices, policies=policies,
    )  # fmt: skip


def find(name: str, cards: Sequence[Document]) -> Document:
    """The card that a person means by a label, or by at least the first eight letters of a key's name.

    Raises
    ------
    InputError: none or several are meant.
    """
    bare = name.replace("-", "").casefold()
    meant = [c for c in cards if c["label"] == name or (len(bare) >= 8 and c["name"].startswith(bare))]
    if len({card["name"] for card in meant}) != 1:
        there = ", ".join(f"{card['label']} ({shown(card['name'])[:9]}...)" for card in cards)
        raise InputError(
            f"{'More than one is' if meant else 'Nobody in the roster is'} called {name!r}.",
            next_step=f"Use one of: {there}" if there else "Add keyholders first.",
        )
    return meant[0]


def _device(file: str, whose: str, purposes: str, people: Sequence[Document]) -> Document:
    return {
        "card": check_card(read_file(file), "device"),
        "keyholder": "" if whose == NOBODY else find(whose, people)["name"],
        "purposes": [purpose for purpose in rosters.PURPOSES if purpose in purposes.split(",")]
        if set(purposes.split(",")) <= set(rosters.PURPOSES)
        else [],
    }


def _policy(*figures: str) -> dict[str, int]:
    try:
        daily, wait, hours = (int(figure) for figure in figures)
    except ValueError as error:
        raise InputError(
            "A policy is a name and three whole numbers.",
            next_step="Such as: --policy default 50 0 72 (openings a day, minutes to wait, hours a request lives)",
        ) from error
    return {"daily": daily, "wait_minutes": wait, "hours": hours}
