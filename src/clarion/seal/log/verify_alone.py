#!/usr/bin/env python3
"""Verify a log of Clarion that was exported, with nothing but Python 3.11: copy this one file and run it.

    python verify_alone.py EXPORT.jsonl [--anchors FILE ...] [--key KEY ...]

Each line's hash is SHA-256 of the former hash and the line's own bytes. Each hash, and the newest head, is signed with
Ed25519 (RFC 8032, section 5.1.7). The chain finds what was changed; where somebody hashed anew what they had changed,
the signatures, halved and halved again, find the first line that the key never signed. Anchors are heads that somebody
else keeps: they find what even the holder of the key rewrote. Exit status: 0 sound, 1 broken (it says where), 3 bad
input. Of a time-stamp only the digest is compared here; ``openssl ts -verify`` checks the authority's signature.
"""

# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
# ruff: noqa: T201

import argparse
import base64
import json
import re
import sys
from array import array
from hashlib import sha256, sha512
from typing import Any

ZERO = bytes(32)  # what the first line is hashed after
MOST = 1_000_000  # bytes of one line of a file
ROW = b"clarion log row 1\n"
MARK = b'"action":"log head was not as signed"'  # the desk's own note that somebody had been at the log
HEAD = re.compile(r"\d{1,18} [0-9a-f]{64} [0-9TZ:-]{17,20} [0-9a-f]{64} [0-9a-f]{128}")
WHY = {
    "changed": "Act {first} was changed: its hash is not that of its line after the act before.",
    "missing": "Act {first} is missing: a later one stands in its place.",
    "order": "Act {first} is not in its place: one with an earlier number stands there.",
    "replaced": "From act {first} to {last} the log was written anew: the key never signed what stands there.",
    "short": "The log ends before act {first}: acts up to {last} are gone, a signed head had them.",
    "head": "The log may have ended later: after its last act, before {first}, stands no head that the key signed.",
    "anchor": "Between acts {first} and {last} the log was written anew by a holder of its key: the anchor has others.",
    "noted": "Something was taken away or changed between acts {first} and {last}: the desk itself noted it then.",
}

# Ed25519, as in RFC 8032: the field, the curve's d, the order, and points as (X, Y, Z, T).
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


class BadInput(Exception):
    """A file that cannot be read as what it should be."""


def _add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n, point):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _add(total, point)
        point, n = _add(point, point), n >> 1
    return total


def _point(raw):
    y, sign = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) over ``message`` is by the Ed25519 public key ``key`` (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = _times(s, BASE), _add(r, _times(k, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def head_text(head) -> bytes:
    """What the signature of a head is over."""
    return b"clarion log head 1\n%d\n%s\n%s\n" % (head["seq"], head["hash"].encode(), head["at"].encode())


def stamp_text(head) -> bytes:
    """What a time-stamp of a head is over."""
    return head_text(head) + bytes.fromhex(head["sig"])


def judge(rows, keys, anchors=(), start=0, before=ZERO, verify=signed) -> dict[str, Any]:
    """Follow ``rows``, the lines after number ``start`` whose hash was ``before``; say whether the log is sound.

    ``rows`` yields (line in bytes, hash), gives (hash, signature) of one by ``at(number)`` and, when all are read, has
    ``heads``, the newest last. ``keys`` are the public keys (hexadecimal) that may have signed; ``anchors`` are heads
    kept outside.
    """
    number, former, last, back, marks = start, before, b"", [], []
    found = [(start, start, "changed")] if start and rows.at(start)[0] != before.hex() else []
    for line, given in [] if found else rows:
        now = sha256(former + line).digest()
        lead = b'{"seq":%d,"at":"' % (number + 1)
        if now.hex() != given or not line.startswith(lead):
            said = re.match(rb'\{"seq":(\d{1,18}),', line)
            says = int(said[1]) if said else number + 1
            why = "missing" if says > number + 1 else "order" if says <= number else "changed"
            found.append((number + 1, number + 1, why))
            break
        number, former, at = number + 1, now, line[len(lead) : len(lead) + 17]
        if at < last:
            back.append(number)
        last = at
        if MARK in line:
            marks.append((number, re.search(rb'"detail":\{"hash":"([0-9a-f]{64})","seq":(\d{1,18})\}', line)))
    whole = not found

    def by_us(message, signature):
        if not re.fullmatch("[0-9a-f]{128}", signature):
            return False
        return any(verify(bytes.fromhex(key), message, bytes.fromhex(signature)) for key in keys)

    def forged(seq):
        there = rows.at(seq)
        return not by_us(ROW + bytes.fromhex(there[0]), there[1])

    def first_forged(high):
        low = start + 1  # whoever hashed a line anew had to do so with all that follow: forged ones stand together
        if low > high or not forged(high):
            return 0
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if forged(middle) else (middle + 1, high)
        return low

    if found and (first := first_forged(number)):
        found.append((first, number, "replaced"))
    for seq, told in marks:
        seen = (rows.at(seq - 1)[0] if seq > 1 else ZERO.hex(), str(seq - 1))
        if first := first_forged(seq - 1):
            found.append((first, seq - 1, "replaced"))
        elif (
            not told or tuple(map(bytes.decode, told.groups())) != seen
        ):  # else it was signed by a key that is trusted now
            found.append((min(seq, int(told[2]) + 1) if told else seq, seq, "noted"))
    head = rows.heads[-1] if rows.heads else None
    if whole and (number or head):
        if not head or not by_us(head_text(head), head["sig"]):
            first = first_forged(number)
            found.append((first, number, "replaced") if first else (number + 1, number + 1, "head"))
        elif head["seq"] > number:
            found.append((number + 1, head["seq"], "short"))
        elif head["hash"] != former.hex() or head["seq"] < number:
            found.append((first_forged(number) or head["seq"] + 1, number, "replaced"))
    held, foreign, stamps = 0, 0, 0
    for anchor in sorted([*anchors, *rows.heads[:-1]], key=lambda a: a["seq"]):
        seq = anchor["seq"]
        if anchor["key"] not in keys:
            foreign += 1
        elif not by_us(head_text(anchor), anchor["sig"]):
            raise BadInput(f"The anchored head {seq} is not signed by the key that it names.")
        elif "stamp" in anchor and sha256(stamp_text(anchor)).digest() not in base64.b64decode(anchor["stamp"]):
            raise BadInput(f"The time-stamp of the anchored head {seq} is of something else.")
        elif seq > number:
            found += [(number + 1, seq, "short")] if whole else []
        elif seq and rows.at(seq)[0] != anchor["hash"]:
            found += [] if any(first <= seq for first, _, _ in found) else [(held + 1, seq, "anchor")]
        else:
            held, stamps = seq, stamps + ("stamp" in anchor)
    first, until, why = min(found, key=lambda f: (f[0], -f[1]), default=(None, None, ""))
    says = WHY[why].format(first=first, last=until) if why else f"The log is sound: {number} acts, each in its place."
    warnings = [f"{len(back)} acts are dated before the act before them, the first is {back[0]}."] if back else []
    warnings += [f"{foreign} heads are of another key and were not compared."] if foreign else []
    warnings += [f"Of {stamps} time-stamps only the digest was compared."] if stamps else []
    return {
        "sound": not why, "says": says, "why": why, "first_bad": first, "until": until, "entries": number,
        "anchored": held, "head": head, "clock_set_back": back[:100], "foreign": foreign, "warnings": warnings,
    }  # fmt: skip


def read_heads(text: str) -> list[dict[str, Any]]:
    """The heads of a file: lines of JSON, or as ``clarion log head`` prints them and a mail quotes them."""
    heads: list[dict[str, Any]] = []
    for line in text.splitlines():
        if line.startswith('{"head":'):
            heads.append(_json(line, "a head")["head"])
        elif said := re.fullmatch(r"\W*(seq|at|hash|key|sig) (\S+)\s*", line):
            heads += [{"seq": int(said[2]) if said[2].isdecimal() else -1}] if said[1] == "seq" else []
            if said[1] != "seq" and heads:
                heads[-1][said[1]] = heads[-1].get(said[1], "") + said[2]
    for head in heads:
        parts = [head.get(part) for part in ("seq", "hash", "at", "key", "sig")] if isinstance(head, dict) else []
        whole = len(parts) == 5 and type(parts[0]) is int and HEAD.fullmatch(" ".join(map(str, parts)))
        if not whole or not isinstance(head.get("stamp", ""), str):
            raise BadInput("A head in it is not whole.")
    if not heads:
        raise BadInput("There is no head of a log in it.")
    return heads


def _json(text, what):
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BadInput(f"This is not {what}: it is cut off, of another form, or no JSON in UTF-8.")
    return value


class File:
    """The lines of an export, read one at a time."""

    def __init__(self, path: Any) -> None:
        self.file, self.places = open(path, "rb"), array("q")  # noqa: SIM115
        self.heads: list[dict[str, Any]] = []
        self.header = self._value(self.file.readline(MOST), 1)
        if self.header.get("clarion-log") != 1 or not isinstance(self.header.get("key"), str):
            raise BadInput("This is not a log that Clarion exported.")

    def _value(self, raw, number):
        if not raw.endswith(b"\n"):
            raise BadInput(f"Line {number} is cut off or too long; {len(self.places)} acts stand before it.")
        try:
            return _json(raw.decode("utf-8"), f"a line of a log (line {number}, after act {len(self.places)})")
        except UnicodeDecodeError:
            raise BadInput(f"Line {number}, after act {len(self.places)}, is not in UTF-8.") from None

    def __iter__(self):
        place, number = self.file.tell(), 1
        while raw := self.file.readline(MOST):
            number += 1
            # The act stands in it with the very bytes that were hashed, so that nothing need be written out again.
            if (
                raw[:9] == b'{"hash":"'
                and raw[73:82] == b'","sig":"'
                and raw[210:218] == b'","act":'
                and raw[-2:] == b"}\n"
            ):
                self.places.append(place)
                yield raw[218:-2], raw[9:73].decode("latin-1")
            elif "head" not in self._value(raw, number):
                raise BadInput(f"Line {number} is neither an act nor a head.")
            else:
                self.heads += read_heads(raw.decode("utf-8"))
            place += len(raw)

    def at(self, seq):
        self.file.seek(self.places[seq - 1])
        raw = self.file.readline(MOST)
        return raw[9:73].decode("latin-1"), raw[82:210].decode("latin-1")


def main(arguments):
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file")
    options.add_argument("--anchors", action="append", default=[], help="heads that somebody else keeps")
    options.add_argument("--key", action="append", default=[], help="public key that may have signed")
    asked = options.parse_args(arguments)
    try:
        rows, anchors = File(asked.file), []
        for name in asked.anchors:
            with open(name, encoding="utf-8") as file:
                anchors += read_heads(file.read())
        keys = [re.sub(r"[\s:-]", "", key).lower() for key in asked.key] or [rows.header["key"]]
        told = judge(rows, keys, anchors)
    except (BadInput, OSError, ValueError) as error:
        print(json.dumps({"sound": None, "says": str(error)}))
        return 3
    if not asked.key:
        told["warnings"].append(f"The key is the one that the file itself names; compare it: {keys[0]}")
    print(json.dumps(told, indent=1))
    return 0 if told["sound"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
