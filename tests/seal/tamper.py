"""A log in memory and what people with the database, with or without its key, do to it."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clarion.seal.log.chain import Chain
from clarion.seal.log.signer import Signer, verified
from clarion.seal.log.verify_alone import ZERO, judge

OURS = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
THEIRS = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
ACTIONS = ("signed in by link", "started a run", "opened an account", "moved a commitment to funded")
WHEN = "2026-11-26T12:00:00Z"


@dataclass(frozen=True)
class Log:
    """Lines, hashes and signatures by position, and the heads that stand beside them; ``judge`` reads it."""

    lines: list[str]
    hashes: list[str]
    sigs: list[str]
    heads: list[dict]
    anew: tuple[int, int, Signer] | None = None  # from where to where somebody signs; done when it is looked at

    def __iter__(self):
        return zip(map(str.encode, self.lines), self.hashes, strict=True)

    def at(self, seq):
        hashed = self.hashes[seq - 1]
        if self.anew and self.anew[0] <= seq <= self.anew[1]:
            return hashed, self.anew[2].row(bytes.fromhex(hashed))
        return hashed, self.sigs[seq - 1]

    def head(self, seq, signer=OURS):
        return signer.head(seq, self.hashes[seq - 1], WHEN)

    def judged(self, anchors=(), **more):
        return judge(self, [OURS.key], anchors, verify=verified, **more)

    def cut(self, seq):
        return replace(self, lines=self.lines[:seq], hashes=self.hashes[:seq], sigs=self.sigs[:seq])

    def with_line(self, seq, line):
        return replace(self, lines=[*self.lines[: seq - 1], line, *self.lines[seq:]])

    def hashed_anew(self, first, last, signer=None):
        """From ``first`` to ``last`` as whoever changed the lines hashes them; signed by ``signer``, or not at all."""
        hashes = list(self.hashes)
        former = bytes.fromhex(hashes[first - 2]) if first > 1 else ZERO
        for place in range(first - 1, last):
            former = sha256(former + self.lines[place].encode()).digest()
            hashes[place] = former.hex()
        return replace(self, hashes=hashes, anew=(first, last, signer) if signer else None)


def grown(size):
    """A sound log of ``size`` acts of different people, half a minute apart."""
    chain, begin = Chain(OURS), datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        chain.link(begin + timedelta(seconds=30 * n), str(n % 40 + 1), ACTIONS[n % 4], str(n * 7919 % 10_007), {})
        for n in range(size)
    ]
    log = Log([r.line for r in rows], [r.hash for r in rows], [r.sig for r in rows], [])
    return replace(log, heads=[log.head(size)])


def lie(line):
    """The same act by somebody else."""
    told = json.loads(line)
    return json.dumps(told | {"actor": "777"}, separators=(",", ":"))


def numbered(line, seq):
    return re.sub(r'^\{"seq":\d+', f'{{"seq":{seq}', line)


def attacks(log, draw: random.Random):
    """One attack of each kind at random places: (kind, log, anchors, (first, last) where it must be found)."""
    size = len(log.lines)
    k = draw.randrange(2, size - 1)
    changed = log.with_line(k, lie(log.lines[k - 1]))
    yield "edit", changed, [], (k, k)
    yield "edit, hashed anew", changed.hashed_anew(k, k), [], (k, k)
    stop = draw.randrange(k, size)
    yield "edit, some hashed anew", changed.hashed_anew(k, stop), [], (k, k)
    tail = changed.hashed_anew(k, size)
    yield "tail hashed anew, old head", tail, [], (k, k)
    yield "tail hashed anew, head of another key", replace(tail, heads=[tail.head(size, THEIRS)]), [], (k, k)
    signed = changed.hashed_anew(k, size, THEIRS)
    yield "tail signed by another key", replace(signed, heads=[signed.head(size, THEIRS)]), [], (k, k)
    a, b = sorted(draw.sample(range(1, size + 1), 2))
    lines = list(log.lines)
    lines[a - 1], lines[b - 1] = numbered(lines[b - 1], a), numbered(lines[a - 1], b)
    yield "swap of lines", replace(log, lines=lines), [], (a, a)
    order = list(range(size))
    order[a - 1], order[b - 1] = b - 1, a - 1
    yield "swap of rows", picked(log, order), [], (a, a)
    order = [*range(k - 1), *range(k, size)]
    yield "deletion", picked(log, order), [], (k, k)
    gone = picked(log, order)
    lines = [*gone.lines[: k - 1], *(numbered(line, n) for n, line in enumerate(gone.lines[k - 1 :], k))]
    yield "deletion, numbered anew", replace(gone, lines=lines), [], (k, k)
    order = [*range(k - 1), draw.randrange(size), *range(k - 1, size)]
    yield "insertion of a copy", picked(log, order), [], (k, k)
    more = picked(log, order)
    more = more.with_line(k, numbered(lie(more.lines[k - 1]), k)).hashed_anew(k, k)
    yield "insertion, hashed", more, [], (k, k)
    order = [*range(k - 1), *range(size - 1, k - 2, -1)]
    yield "reversal of the tail", picked(log, order), [], (k, k)
    yield "truncation, head left", log.cut(k), [], (k + 1, k + 1)
    yield "truncation, head removed", replace(log.cut(k), heads=[]), [], (k + 1, k + 1)
    yield "truncation, head of another key", replace(log.cut(k), heads=[log.head(k, THEIRS)]), [], (k + 1, k + 1)
    # From here on they have an old state of the whole database, or the key; the anchors lie elsewhere.
    anchored = sorted(draw.sample(range(1, size + 1), 5))
    anchors = [log.head(seq) for seq in anchored]
    early = draw.randrange(1, anchored[-1])
    yield "rollback to an old head", replace(log.cut(early), heads=[log.head(early)]), anchors, (early + 1, early + 1)
    early = draw.randrange(1, anchored[-1] + 1)
    own = log.with_line(early, lie(log.lines[early - 1])).hashed_anew(early, size, OURS)
    own = replace(own, heads=[own.head(size)])
    after = max([0, *(seq for seq in anchored if seq < early)]) + 1
    yield "written anew with the key", own, anchors, (after, min(seq for seq in anchored if seq >= early))


def picked(log, order):
    return replace(
        log,
        lines=[log.lines[n] for n in order],
        hashes=[log.hashes[n] for n in order],
        sigs=[log.sigs[n] for n in order],
    )


def found(told, where):
    """(found at all, located): the place is exact but for the holder of the key, who is found between two anchors."""
    exact = told["first_bad"] == where[0] and (told["why"] != "anchor" or told["until"] == where[1])
    return not told["sound"], exact
