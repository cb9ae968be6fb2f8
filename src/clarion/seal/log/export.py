"""A log as one file: a header, a line for each act, the heads; ``verify_alone`` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from clarion.seal.log.chain import Row
from clarion.seal.log.signer import Head


def lines(key: str, rows: Iterable[Row], heads: Iterable[Head]) -> Iterator[str]:
    """The lines of an export, each act with its own bytes.

    ``key`` is the public key, which whoever reads it should know from elsewhere too.
    """
    yield json.dumps({"clarion-log": 1, "key": key}) + "\n"
    for row in rows:
        yield f'{{"hash":"{row.hash}","sig":"{row.sig}","act":{row.line}}}\n'
    for head in heads:
        yield json.dumps({"head": head}) + "\n"
