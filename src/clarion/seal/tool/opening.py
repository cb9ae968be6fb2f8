"""Read opened values at the terminal or into one's own file; list what waits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clarion.errors import InputError
from clarion.seal.errors import SealError
from clarion.seal.tool import answers, pending
from clarion.seal.tool.carried import listed
from clarion.seal.tool.folder import write_private
from clarion.seal.tool.run import Around, running
from clarion.seal.tool.terminal import for_people, say, tell, warn
from clarion.seal.value import Opened


def get(around: Around) -> int:
    """Show the values of a request, then delete its one-time key. Exit code 3 where some do not open yet."""
    with running(around) as run:
        waiting = pending.of(run, run.given.request)
        if waiting.purpose not in ("open", "audit"):
            raise InputError(
                f"This request is for {waiting.purpose}: its values are read by nobody.",
                next_step=f"Use: clarion {'open reseal' if waiting.purpose == 'reseal' else 'keyholder rescreen'}",
            )
        values, faults = answers.opened(answers.fetch(run, waiting))
        run.save()
        if faults and not values:
            raise faults[0]
        _hand_over(values, waiting, run.given.out)
        if faults:
            warn(f"Values that did not open: {len(faults)}. {faults[0].what} {faults[0].next_step}")
            warn("The one-time key is kept, so that the same command can be given again.")
            return SealError.exit_code
        if not run.given.keep_key:
            pending.forget(run, waiting)
            warn("The one-time key of this request is deleted: to see the values again, ask again.")
    return 0


def waiting(around: Around) -> int:
    """The requests of this device that are not done."""
    with running(around) as run:
        states = {} if run.given.offline else _states(listed(run.desk().get("/requests"), "requests"))
        found = pending.every(run)
        tell(requests=[])
        for one in found:
            document = one.request.document
            tell(requests=[{"request": one.id, "purpose": document["purpose"], "values": len(one.request.records),
                            "until": document["until"], "state": states.get(one.id)}])  # fmt: skip
            state = f", {states[one.id]}" if one.id in states else ""
            say(f"{one.id}  {document['purpose']}, values: {len(one.request.records)}, until "
                f"{document['until'].replace('T', ' ')}{state}")  # fmt: skip
        say(f"Requests that wait: {len(found)}.")
        run.save()
    return 0


def _hand_over(values: dict[int, Opened], waiting: pending.Pending, out: str) -> None:
    handles = [record for record, _ in waiting.request.records]
    rows = [{"record": ""} | value.reveal() | {"record": handles[at]} for at, value in values.items()]
    if out:
        write_private(Path(out), "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        say(f"Values in {out}: {len(rows)}. Only you can read it; delete it when you are done.")
        return
    tell(values=rows)
    for row in rows if for_people() else ():
        say()
        for name, text in row.items():
            say(f"{name}: {_shown(text)}")


def _shown(text: Any) -> str:
    return "" if text is None else ("yes" if text else "no") if isinstance(text, bool) else str(text)


def _states(rows: list[Any]) -> dict[str, str]:
    return {str(row.get("id")): str(row.get("state")) for row in rows if isinstance(row, dict)}
