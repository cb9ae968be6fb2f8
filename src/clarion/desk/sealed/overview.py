"""What the page of sealed values tells: one sentence, then requests, keyholders, clocks, back-ups."""

from __future__ import annotations

import json
from typing import Any

from clarion.access import Actor, require
from clarion.access.store.names import names_of
from clarion.config import config
from clarion.desk.log import verbs
from clarion.seal.crypto import shown
from clarion.seal.documents import Document
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
    told, log = requests[:100], verbs.state(config())
    names = names_of(found.asked_by for found in told)
    return {
        "roster": _people(roster) if roster else None,
        "sealed": kept.count(),
        "stale": kept.filter(epoch__lt=roster.document["epoch"]).count() if roster else 0,
        "requests": [
            _request(found, roster) | {"account": names.get(found.asked_by, ""), "mine": found.asked_by == actor.id}
            for found in told
        ],
        "open": sum(found.state == Opening.State.OPEN for found in requests),
        "clocks": clocks,
        "overdue": sum(row["overdue"] for row in clocks),
        "weeks": weeks(places.wraps()),
        "log": {name: log[name] for name in ("sound", "head", "anchor")},
        "rooms": sorted(set(kept.values_list("room", flat=True))),
    }


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
        "purpose": found.purpose, "count": found.count, "until": found.until, "state": str(found.state),
        "made": document["made"],
        "approved": [who for kind, who in said if kind == "approval"],
        "refused": [who for kind, who in said if kind == "refusal"],
        "stopped": [who for kind, who in said if kind == "stop"],
    }  # fmt: skip
