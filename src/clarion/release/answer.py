"""What ``clarion release check`` answers, from a certificate or from an attack."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from clarion.vocab import Phrase

EXIT = {"certified": 0, "disclosed": 1, "undecided": 2}
_ORDER = ("disclosed", "undecided", "certified")


@dataclass(frozen=True)
class Target:
    """One group in one span: ``since`` None for all so far, else those who came after that release."""

    group: dict[str, str]
    since: str | None
    at: str
    status: str
    why: str
    share: float
    low: int | None = None
    high: int | None = None


def certified(group: dict[str, str], since: str | None, at: str, share: float) -> Target:
    """A target that passed."""
    why = Phrase("absent or large in {share:.0%} of the databases that agree with all that was printed", share=share)
    return Target(group, since, at, "certified", why, share)


def answer(release: str, k: int, found: list[Target], how: str) -> dict[str, Any]:
    """The answer as JSON-ready data: the verdict, and for each group its worst status and where it comes from."""
    verdict = next((s for s in _ORDER if any(t.status == s for t in found)), "certified")
    by_group: dict[tuple[tuple[str, str], ...], list[Target]] = {}
    for target in found:
        by_group.setdefault(tuple(target.group.items()), []).append(target)
    groups = [_group(targets) for targets in by_group.values()]
    return {
        "release": release,
        "verdict": verdict,
        "exit_code": EXIT[verdict],
        "how": how,
        "k": k,
        "groups": groups,
        "counts": {
            "groups": dict(Counter(group["status"] for group in groups)),
            "targets": dict(Counter(t.status for t in found)),
        },
    }


def with_rules(found: dict[str, Any]) -> dict[str, Any]:
    """The answer with what is not about counts: sums that are not certified, and texts that nobody has read where
    somebody must have, leave a verdict undecided that was certified."""
    unread = found["review"]["needed"] and found["review"]["status"] != "read"
    status = found.get("amounts", {}).get("status", "certified")
    worst = min((found["verdict"], status, "undecided" if unread else "certified"), key=_ORDER.index)
    return found | {"verdict": worst, "exit_code": EXIT[worst]}


def _group(found: list[Target]) -> dict[str, Any]:
    worst = min(found, key=lambda t: (_ORDER.index(t.status), t.share))
    bad = [t for t in found if t.status != "certified"]
    so_far = [t for t in found if t.since is None][-1]
    return {
        "group": worst.group,
        "status": worst.status,
        "since": worst.since,
        "at": worst.at,
        "why": str(worst.why),
        "share": round(worst.share, 3),
        "share_so_far": round(so_far.share, 3),
        "spans": [
            {"since": t.since, "at": t.at, "status": t.status, "why": str(t.why), "low": t.low, "high": t.high,
             "share": round(t.share, 3)}
            for t in bad
        ],
    }  # fmt: skip
