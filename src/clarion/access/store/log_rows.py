"""Read the log as it is in the database, for whoever verifies or exports it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from clarion.access.store.log import head_of, one_writer
from clarion.access.store.models import LogEntry
from clarion.seal.log.chain import Row
from clarion.seal.log.signer import Head

PAGE = 20_000  # rows


class Kept:
    """The rows after number ``start``, for ``verify_alone.judge``.

    Most are read while the desk writes on; the last page and the head together, while no act is noted.
    """

    def __init__(self, start: int = 0) -> None:
        self._start = start
        self.heads: list[Head] = []

    def __iter__(self) -> Iterator[tuple[bytes, str]]:
        end = self._start
        while len(page := _after(end)) == PAGE:
            yield from ((_bytes(line), str(hashed)) for _, line, hashed in page)
            end = page[-1][0]
        with transaction.atomic():
            one_writer()
            page, head = _after(end), head_of()
            everything = not self._start and LogEntry.objects.count()
        self.heads = [head] if head else []
        yield from ((_bytes(line), str(hashed)) for _, line, hashed in page)
        if everything and everything != (page[-1][0] if page else end):
            yield b"", ""  # some hide: below number 1, or under a number that another has

    def at(self, seq: int) -> tuple[str, str]:
        """(hash, signature) of an act; empty where there is none."""
        found = LogEntry.objects.filter(seq=seq).values_list("hash", "sig").first() or ("", "")
        return str(found[0]), str(found[1])


def _bytes(line: object) -> bytes:
    return str(line).encode("utf-8", "surrogatepass")  # whoever changed it may have put anything there


def _after(seq: int) -> list[tuple[int, str, str]]:
    rows = LogEntry.objects.order_by("seq") if not seq else LogEntry.objects.filter(seq__gt=seq).order_by("seq")
    return list(rows.values_list("seq", "line", "hash")[:PAGE])


def up_to(last: int) -> Iterator[Row]:
    """The acts up to number ``last``, whole."""
    end = 0
    while end < last:
        rows = LogEntry.objects.filter(seq__gt=end, seq__lte=last).order_by("seq")[:PAGE]
        page = [Row(*row) for row in rows.values_list("seq", "line", "hash", "sig")]
        if not page:
            return
        yield from page
        end = page[-1].seq
