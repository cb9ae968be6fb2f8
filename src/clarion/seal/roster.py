"""The roster: who the keyholders are, how many of them open a value, and whose devices may ask.

Keyholders sign it themselves, so a server that lies about it is found out. A first roster carries every keyholder's
signature. A later one names the digest of the former, and is signed by as many of the former's keyholders as its
threshold and by everyone who is new. The ``epoch`` grows when the keyholders or the threshold change: values sealed
before are then opened and sealed anew. Policies (openings a day, minutes to wait, hours a request lives) stand in it
too: where they were a row in a database, whoever held the database could change them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clarion.errors import InputError
from clarion.seal.cards import check_card
from clarion.seal.crypto import X25519PublicKey, is_signed, public_box, public_sign, shown
from clarion.seal.documents import Document, canonical, digest, encode, read
from clarion.seal.errors import SealError
from clarion.seal.shares import MOST

PURPOSES = ("open", "audit", "reseal", "rescreen")
DEFAULT_POLICY = {"daily": 50, "wait_minutes": 0, "hours": 72}
_FIELDS = {
    "organisation": str, "serial": int, "epoch": int, "threshold": int, "keyholders": list, "devices": list,
    "policies": dict, "former": str, "made": str, "signatures": dict,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster whose parts hold together; that the right people signed it, ``accept`` finds."""

    document: Document

    @property
    def digest(self) -> str:
        """Its name, the same whoever has signed so far."""
        return digest({name: value for name, value in self.document.items() if name != "signatures"})

    @property
    def threshold(self) -> int:
        return int(self.document["threshold"])

    @property
    def keyholders(self) -> list[Document]:
        """The keyholders' cards, in the order in which their parts of a key are dealt."""
        return list(self.document["keyholders"])

    @property
    def names(self) -> list[str]:
        return [str(card["name"]) for card in self.keyholders]

    def box_keys(self) -> list[tuple[str, X25519PublicKey]]:
        """Each keyholder's name with the key that boxes for them are made for."""
        return [(card["name"], public_box(card["box"])) for card in self.keyholders]

    def keyholder(self, name: str) -> Document:
        return _named(self.keyholders, name, "keyholder")

    def device(self, name: str) -> Document:
        """The entry of a device: ``card``, ``keyholder`` (whose it is, or "") and ``purposes``."""
        by_name = {entry["card"]["name"]: entry for entry in self.document["devices"]}
        if name not in by_name:
            raise _unknown("device", name)
        return dict(by_name[name])

    def policy(self, name: str) -> dict[str, int]:
        if name not in self.document["policies"]:
            raise SealError(
                "A value names a policy that the roster does not have.",
                next_step="Tell the keyholders; do not open it.",
            )
        return dict(self.document["policies"][name])


def draft(
    former: Roster | None,
    *,
    organisation: str,
    made: str,
    keyholders: Sequence[Document],
    threshold: int,
    devices: Sequence[Document],
    policies: Mapping[str, Mapping[str, int]],
) -> Roster:
    """A roster that nobody has signed. The epoch grows when keyholders or threshold differ from the former's.

    Raises
    ------
    InputError: fewer than two keyholders are asked for an opening, too many keyholders, one twice, a wrong policy.
    """
    before = former.document if former else None
    same = before is not None and before["threshold"] == threshold and before["keyholders"] == list(keyholders)
    document: Document = {
        "clarion": "roster", "v": 1, "organisation": organisation, "made": made,
        "serial": before["serial"] + 1 if before else 1,
        "epoch": (before["epoch"] + (0 if same else 1)) if before else 1,
        "threshold": threshold, "keyholders": list(keyholders), "devices": list(devices),
        "policies": {name: dict(policy) for name, policy in policies.items()},
        "former": former.digest if former else "", "signatures": {},
    }  # fmt: skip
    return parse(document)


def parse(source: str | bytes | Document) -> Roster:
    """A roster from its file or document, checked in itself (not yet: by whom it is signed).

    Raises
    ------
    BadDocument: it is none. InputError, SealError: its parts do not hold together.
    """
    document = read(canonical(source) if isinstance(source, dict) else source, "roster", _FIELDS)
    for card in document["keyholders"]:
        check_card(card, "keyholder")
    for entry in document["devices"]:
        _check_device(entry)
    _check_sizes(document)
    people = [card["name"] for card in document["keyholders"]]
    names = people + [entry["card"]["name"] for entry in document["devices"]]
    keys = [card["box"] for card in document["keyholders"]]
    if len(set(names)) < len(names) or len(set(keys)) < len(keys):
        raise InputError("Somebody stands in this roster twice.", next_step="Name each keyholder and device once.")
    if unknown := {entry["keyholder"] for entry in document["devices"]} - {"", *people}:
        raise InputError(
            f"A device belongs to a keyholder who is not in the roster: {shown(min(unknown))}.",
            next_step="Take the device out, or name its keyholder.",
        )
    return Roster(document)


def accept(roster: Roster, former: Roster | None) -> None:
    """Go on only if the right people signed ``roster`` as the one that follows ``former`` (None: the first).

    Raises
    ------
    SealError: a signature is missing or false, or it does not follow.
    """
    document = roster.document
    needed: set[str] = set(roster.names)
    if former is not None:
        before = former.document
        same = before["threshold"] == document["threshold"] and before["keyholders"] == document["keyholders"]
        follows = (
            document["organisation"] == before["organisation"]
            and document["former"] == former.digest
            and document["serial"] == before["serial"] + 1
            and document["epoch"] == before["epoch"] + (0 if same else 1)
        )
        if not follows:
            raise _refuse("does not follow the one that is in force")
        needed -= set(former.names)  # those who are new accept by signing
        signers = [card for card in former.keyholders if _has_signed(roster, card)]
        if len(signers) < former.threshold:
            raise _refuse(f"is signed by {len(signers)} of the {former.threshold} former keyholders it needs")
    elif (document["serial"], document["epoch"], document["former"]) != (1, 1, ""):
        raise _refuse("is not a first one, and the one before it is not known here")
    if missing := [card for card in roster.keyholders if card["name"] in needed and not _has_signed(roster, card)]:
        raise _refuse("is not signed by " + ", ".join(card["label"] for card in missing))


def sign(roster: Roster, name: str, sign_with: Callable[[bytes], bytes]) -> Roster:
    """The roster with one more signature."""
    bare = {key: value for key, value in roster.document.items() if key != "signatures"}
    signatures = roster.document["signatures"] | {name: encode(sign_with(canonical(bare)))}
    return Roster(bare | {"signatures": signatures})


def follow(pinned: Roster, chain: Sequence[Roster]) -> Roster:
    """The newest roster of a ``chain`` (oldest first) that leads on from the one ``pinned`` here.

    Raises
    ------
    SealError: the chain is older than what is pinned (a rollback), leads elsewhere, or a step is not signed.
    """
    later = [roster for roster in chain if roster.document["serial"] > pinned.document["serial"]]
    at = [roster for roster in chain if roster.document["serial"] == pinned.document["serial"]]
    if not at or at[0].digest != pinned.digest:
        raise _refuse("that you accepted earlier is not among those the desk shows: it was rolled back or replaced")
    newest = pinned
    for roster in sorted(later, key=lambda r: int(r.document["serial"])):
        accept(roster, newest)
        newest = roster
    return newest


def _has_signed(roster: Roster, card: Document) -> bool:
    signature = roster.document["signatures"].get(card["name"])
    return signature is not None and is_signed(roster.document, public_sign(card["sign"]), signature)


def _check_device(entry: Any) -> None:
    if not isinstance(entry, dict) or entry.keys() != {"card", "keyholder", "purposes"}:
        raise InputError("A device in the roster is not one.", next_step="Add devices by their cards.")
    check_card(entry["card"], "device")
    purposes = entry["purposes"]
    listed = isinstance(purposes, list) and purposes and all(purpose in PURPOSES for purpose in purposes)
    if not listed or not isinstance(entry["keyholder"], str):
        raise InputError("A device may ask for nothing known.", next_step="Use: " + ", ".join(PURPOSES) + ".")


def _check_sizes(document: Document) -> None:
    people, threshold = len(document["keyholders"]), document["threshold"]
    if not 2 <= threshold <= people <= MOST:
        raise InputError(
            f"{threshold} of {people} keyholders cannot be: at least two open a value, and there are at most {MOST}.",
            next_step="Use 2 of 3; with one keyholder, one seized or forced person opens everything.",
        )
    limits = {"daily": (1, 1_000_000), "wait_minutes": (0, 20_160), "hours": (1, 720)}
    for policy in document["policies"].values():
        fits = isinstance(policy, dict) and policy.keys() == limits.keys()
        if not fits or not all(
            type(policy[n]) is int and low <= policy[n] <= high for n, (low, high) in limits.items()
        ):
            raise InputError(
                "A policy of the roster cannot be.",
                next_step="Give each policy: daily (1 or more), wait_minutes (0 to 20160) and hours (1 to 720).",
            )
    if "default" not in document["policies"]:
        raise InputError("The roster has no policy named default.", next_step="Add one.")


def _named(cards: Sequence[Document], name: str, kind: str) -> Document:
    for card in cards:
        if card["name"] == name:
            return card
    raise _unknown(kind, name)


def _unknown(kind: str, name: str) -> SealError:
    return SealError(
        f"No {kind} of the roster is called {shown(str(name)[:40])}.",
        next_step="Compare the roster's names with: clarion-keyholder show",
    )


def _refuse(why: str) -> SealError:
    return SealError(
        f"This roster {why}." if not why.startswith("that") else f"The roster {why}.",
        next_step="Do not go on; call the other keyholders.",
    )


__all__ = ["DEFAULT_POLICY", "PURPOSES", "Roster", "accept", "draft", "follow", "parse", "sign"]
