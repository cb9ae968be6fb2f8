"""What a roster says, and what a new one changes, in plain words for whoever is to sign it."""

from __future__ import annotations

from clarion.seal.crypto import shown
from clarion.seal.documents import Document
from clarion.seal.roster import Roster


def told(roster: Roster) -> list[str]:
    """The whole of a roster."""
    document = roster.document
    return [
        f"{document['threshold']} of {len(roster.keyholders)} keyholders open a value (epoch {document['epoch']}):",
        *(f"- {_person(card)}" for card in roster.keyholders),
        "These devices may ask:" if document["devices"] else "No device may ask.",
        *(f"- {_device(entry, roster)}" for entry in document["devices"]),
        *(f"Policy {name}: {_policy(policy)}" for name, policy in sorted(document["policies"].items())),
    ]


def changed(before: Roster, after: Roster) -> list[str]:
    """What is other in ``after``; empty when nothing is."""
    old, new = before.document, after.document
    people = _by_name(before.keyholders), _by_name(after.keyholders)
    devices = ({e["card"]["name"]: e for e in d["devices"]} for d in (old, new))
    said = [f"REMOVED as keyholder: {_person(card)}" for name, card in people[0].items() if name not in people[1]]
    said += [f"NEW keyholder: {_person(card)}" for name, card in people[1].items() if name not in people[0]]
    if old["threshold"] != new["threshold"]:
        said.append(f"It will take {new['threshold']} keyholders to open a value; so far it took {old['threshold']}.")
    was, will = devices
    said += [f"This device may ask no more: {_device(e, before)}" for name, e in was.items() if name not in will]
    said += [f"This device may ask now: {_device(e, after)}" for name, e in will.items() if was.get(name) != e]
    for name in sorted({*old["policies"], *new["policies"]}):
        a, b = old["policies"].get(name), new["policies"].get(name)
        if a != b:
            said.append(
                f"Policy {name}: {_policy(b) if b else 'taken out'}; so far {_policy(a) if a else 'there was none'}"
            )
    if old["epoch"] != new["epoch"]:
        said.append("All sealed values must then be sealed anew (clarion-open reseal), since the keyholders change.")
    return said


def owner(entry: Document, roster: Roster) -> str:
    """Whose a device is."""
    card = _by_name(roster.keyholders).get(entry["keyholder"])
    return f"of keyholder {card['label']}" if card else "of no keyholder"


def _device(entry: Document, roster: Roster) -> str:
    return f"{_person(entry['card'])}, {owner(entry, roster)}, for: {', '.join(entry['purposes'])}"


def _person(card: Document) -> str:
    return f"{card['label']} ({shown(card['name'])})"


def _policy(policy: dict[str, int]) -> str:
    return (
        f"at most {policy['daily']} openings a day, answered {policy['wait_minutes']} minutes after a request is first "
        f"seen or later; a request lives {policy['hours']} hours"
    )


def _by_name(cards: list[Document]) -> dict[str, Document]:
    return {card["name"]: card for card in cards}
