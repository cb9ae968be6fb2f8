"""Fill a desk: accounts of every role with sign-in links and API tokens, runs that everybody may see, a full log.

``python people.py NUMBER [runs]`` in the desk's environment, before it starts; prints what it made as JSON.
"""

from __future__ import annotations

import json
import sys
from secrets import token_hex
from typing import Any

SHARES = {"operator": 0.05, "analyst": 0.45, "officer": 0.30, "viewer": 0.20}
ALIKE = {"trade": "corrected", "draws": 20, "seed": 1}
RUNS = (
    ("black-sea-closure", "pta"),
    ("kazakhstan-wheat-export-ban", "pta"),
    ("black-sea-closure", "monthly"),
)
EARLIER = 1000  # acts in the log


def main(number: int, *, runs: bool) -> dict[str, Any]:
    from clarion.config import config
    from clarion.desk.prepare import prepare

    prepare(config())
    return {"people": _accounts(number), "spare": _spare(), "runs": _runs() if runs else []}


def _accounts(number: int) -> list[dict[str, str]]:
    from clarion.access import Actor
    from clarion.access.store import secrets
    from clarion.desk.people import add

    roles = [role for role, share in SHARES.items() for _ in range(round(share * number))]
    made = []
    for i, role in enumerate(roles):
        user = add(Actor.console(), f"{role}-{i}-{token_hex(3)}", role)
        token = "" if role == "viewer" else secrets.new_token(user, "load")
        made.append({"name": user.username, "role": role, "link": secrets.new_link(user), "token": token})
    return made


def _spare() -> list[str]:
    """Accounts whose role the operators change; nobody signs in as them."""
    from clarion.access import Actor
    from clarion.desk.people import add

    return [add(Actor.console(), f"spare-{token_hex(4)}", "viewer").username for i in range(20)]


def _runs() -> list[dict[str, Any]]:
    from django.db import transaction

    from clarion.access import Actor
    from clarion.access.store.log import record
    from clarion.spillover.models import Run
    from clarion.spillover.service.jobs import answer_run
    from clarion.spillover.service.scenarios import shipped_text

    with transaction.atomic():
        for _ in range(EARLIER):
            record(Actor("1", "operator", "operator"), "changed a role", "1", role="viewer")
    made = []
    for name, rule in RUNS:
        run = Run.objects.create(
            owner="1", title=name, text=shipped_text(name), rule=rule, published=True, horizon=0, **ALIKE
        )
        answer_run.func(str(run.pk))
        run.refresh_from_db()
        assert run.status == Run.Status.DONE, run.error
        made.append({"id": str(run.pk), "rule": rule})
    return made


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), runs="runs" in sys.argv)))
