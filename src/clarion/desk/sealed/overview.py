"""What the page of sealed values tells: one sentence, then requests, keyholders, clocks, back-ups."""

from __future__ import annotations

import json
from typing import Any

from clarion.access import Actor, require
from clarion.access.store.models import User
from clarion.config import config
from clarion.desk.log import verify
from clarion.seal.crypto import shown
from clarion.seal.documents import Document
from clarion.seal.errors import BadDocument
from clarion.seal.roster import Roster
from clarion.seal.store import erasure, openings, places, rosters
from clarion.seal.store.models import Opening, SealedValue
from clarion.seal.wraps_backup import weeks


def overview(actor: Actor) -> dict[str, Any]:
    """Everything the page shows; no value, no reason, and accounts by name only for those who may see them."""
    require(actor, "desk.sealed")
    roster = rosters.newest()
    requests = openings.waiting(actor)
    clocks = erasure.due(actor)
    kept = SealedValue.objects.filter(erased=False)
    return {
        "roster": _people(roster) if roster else None,
        "sealed": kept.count(),
        "stale": kept.filter(epoch__lt=roster.document["epoch"]).count() if roster else 0,
        "requests": [_request(found, roster) for found in requests[:100]],
        "open": sum(found.state == Opening.State.OPEN for found in requests),
        "clocks": clocks,
        "overdue": sum(row["overdue"] for row in clocks),
        "weeks": weeks(places.wraps()),
        "log": _log(),
        "rooms": sorted(set(kept.values_list("room", flat=True))),
    }


def _log() -> dict[str, Any]:
    """The head of the log and whether what the desk verifies by itself is as it was written."""
    try:
        told = verify.newest(config().home)
    except BadDocument:  # a damaged anchor
        return {"sound": False, "head": None, "anchor": None}
    return {name: told[name] for name in ("sound", "head", "anchor")}


def _people(roster: Roster) -> dict[str, Any]:
    document = roster.document
    labels = {card["name"]: card["label"] for card in roster.keyholders}
    return {
        "threshold": roster.threshold, "count": len(labels), "serial": document["serial"], "epoch": document["epoch"],
        "made": document["made"], "name": shown(roster.digest[:26]),
        "keyholders": [{"label": card["label"], "name": shown(card["name"])} for card in roster.keyholders],
        "devices": [
            {
                "label": entry["card"]["label"], "name": shown(entry["card"]["name"]), "purposes": entry["purposes"],
                "keyholder": labels.get(entry["keyholder"], ""),
            }
            for entry in document["devices"]
        ],
        "policies": [{"name": name, **policy} for name, policy in sorted(document["policies"].items())],
    }  # fmt: skip


def _request(found: Opening, roster: Roster | None) -> dict[str, Any]:
    document: Document = json.loads(found.document)  # whole, or what is left of one that is over
    devices = {e["card"]["name"]: e["card"]["label"] for e in roster.document["devices"]} if roster else {}
    labels = {card["name"]: card["label"] for card in roster.keyholders} if roster else {}
    said = [(row.kind, labels.get(row.keyholder, shown(row.keyholder))) for row in found.answer_set.order_by("pk")]
    return {
        "id": found.request_id, "device": devices.get(document["device"], shown(document["device"])),
        "account": User.objects.filter(pk=found.asked_by).values_list("username", flat=True).first() or "",
        "purpose": found.purpose, "count": found.count, "until": found.until, "state": str(found.state),
        "made": document["made"],
        "approved": [who for kind, who in said if kind == "approval"],
        "refused": [who for kind, who in said if kind == "refusal"],
        "stopped": [who for kind, who in said if kind == "stop"],
    }  # fmt: skip
