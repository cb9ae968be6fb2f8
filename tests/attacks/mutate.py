"""Changes of a valid input: small ones that a parser reads on for a while, and the odd pieces that break readers."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Sequence

PIECES: tuple[bytes, ...] = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n", b"\r\n", b"\t", b'"', b"'", b"''" + b"'",
    b"\\", b",",
    b";", b"=", b"[", b"]", b"{", b"}", b"[[", b"]]", b"#", b"<!DOCTYPE x [<!ENTITY a 'aa'>]>", b"&a;", b"<", b"]]>",
    b"-", b"-1", b"0", b"1e999", b"-1e-999", b"NaN", b"Infinity", b"9" * 400, b"1_0", b"0x10", b"1.5", b"1,5",
    b"null", b"true",
    b"\xe2\x80\xae", b"\xd8\xa7", b"\xd9\xa3", b"\xc2\xb2", b"../../../etc/passwd", b"__class__", b"$ref", b"[" * 3000,
    b'{"a":' * 3000, b"a.b.c.d" * 200, b"x" * 20_000, b"2021-02-30", b"9999999999-1", b"RUS", b"XXX", b"",
)  # fmt: skip

Step = tuple[int, float, float, int]
"""What to do, where (0 to 1), over how much (0 to 1), with which piece."""
KINDS = 7


def mutate(seed: bytes, steps: Sequence[Step]) -> bytes:
    """``seed`` after the steps; no longer than four megabytes."""
    data = bytearray(seed)
    for kind, where, size, piece in steps:
        at = int(where * len(data))
        end = min(len(data), at + 1 + int(size * size * 200))
        with_what = PIECES[piece % len(PIECES)]
        if kind == 0:
            data[at:at] = with_what
        elif kind == 1:
            data[at:end] = with_what
        elif kind == 2:
            del data[at:end]
        elif kind == 3:
            data[at:at] = data[at:end] * 3
        elif kind == 4 and data:
            data[min(at, len(data) - 1)] ^= 1 << (piece % 8)
        elif kind == 5:
            del data[at:]
        else:
            other = int(size * len(data))
            data[at:at] = data[other : other + 80]
    return bytes(data[:4_000_000])


def mutate_member(seed: bytes, steps: Sequence[Step]) -> bytes:
    """The same inside one member of a zip archive, which stays whole; with an odd last piece in the archive itself."""
    if steps and steps[-1][3] % 4 == 3:
        return mutate(seed, steps)
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = sorted(members)[(steps[0][3] if steps else 0) % len(members)]
    members[chosen] = mutate(members[chosen], steps)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def mutate_packed(seed: bytes, steps: Sequence[Step]) -> bytes:
    """The same inside a gzip stream, or in the stream itself."""
    if steps and steps[-1][3] % 4 == 3:
        return mutate(seed, steps)
    return gzip.compress(mutate(gzip.decompress(seed), steps), 1)


_SAID = re.compile(rb">([^<]+)<|=\"([^\"]*)\"")


def mutate_said(seed: bytes, steps: Sequence[Step]) -> bytes:
    """The same within the texts and attributes of an XML file, which stays well-formed; now and then in its markup."""
    if not steps or steps[-1][3] % 4 == 3:
        return mutate(seed, steps)
    spans = [span for found in _SAID.finditer(seed) for span in (found.span(1), found.span(2)) if span[0] >= 0]
    start, end = spans[int(steps[0][1] * len(spans))]
    changed = mutate(seed[start:end], steps).decode("utf-8", "replace")
    kept = "".join(letter for letter in changed if letter >= " " and letter not in '<&"\ufffe\uffff')
    return seed[:start] + kept.encode() + seed[end:]
