"""How listed names were taken apart, kept on the disk: it is most of the time that reading the lists takes.

Only names of lists are kept, never a payee. The file belongs to one engine (``engine_version``); another one reads
every name anew. It holds nothing that cannot be made again: where it is damaged or cannot be written, nobody is told.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from clarion.config import config
from clarion.errors import StorageError
from clarion.files import private_folder, replacing
from clarion.screening.service.version import engine_version

if TYPE_CHECKING:
    from pathlib import Path

    from clarion.screening.engine.screen import Told
    from clarion.screening.engine.subject import ListedName

FOLDER, FILE = "lists", "read-names.json.gz"
_DAMAGED = (OSError, EOFError, zlib.error, ValueError, TypeError, IndexError)
Key = tuple[str, str, str, str, str, str]


class Readings:
    """What is known of listed names, to be asked in place of ``words.parts_of``; ``keep`` writes what is new."""

    def __init__(self) -> None:
        self._path = config().home / FOLDER / FILE
        self._known: dict[Key, Told] = {}
        with suppress(*_DAMAGED):
            self._known = _read(self._path)
        self._kept = len(self._known)

    def parts_of(self, name: ListedName, kind: str, sex: str = "") -> Told:
        """The parts of a listed name, and the sex that they show."""
        key = (kind, name.whole, name.given, name.patronymic, name.surname, sex)
        if (found := self._known.get(key)) is None:
            from clarion.screening.engine.words import parts_of

            found = self._known[key] = parts_of(name, kind, sex)
        return found

    def keep(self) -> None:
        """Write the file anew where there is more to write."""
        if len(self._known) > self._kept:
            with suppress(OSError, StorageError):
                private_folder(self._path.parent)
                with replacing(self._path) as beside, gzip.open(beside, "wt", 1, encoding="utf-8") as out:
                    beside.chmod(0o600)
                    for line in _lines(self._known):
                        out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(known: dict[Key, Told]) -> Iterator[list[Any]]:
    """The engine; then each name by the numbers of its words, behind the words that it is the first to have."""
    yield [engine_version()]
    numbers: dict[Any, int] = {}
    for key, (parts, sex) in known.items():
        for word, _ in parts:
            if (word, word.written) not in numbers:
                numbers[word, word.written] = len(numbers)
                yield [
                    word.text, word.keys, sorted(word.families), sorted(word.looser), sorted(word.kin),
                    word.beginnings, word.initial, word.known, word.written,
                ]  # fmt: skip
        yield [key, [(numbers[word, word.written], role) for word, role in parts], sex]


def _read(path: Path) -> dict[Key, Told]:
    from clarion.screening.engine.words import Word

    words: list[Word] = []
    known: dict[Key, Told] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        if json.loads(next(lines, "[0]")) != [engine_version()]:
            return {}
        for line in lines:
            row = json.loads(line)
            if len(row) == 3:
                kind, whole, given, patronymic, surname, sex = row[0]
                parts = tuple((words[at], role) for at, role in row[1])
                known[(kind, whole, given, patronymic, surname, sex)] = parts, row[2]
            else:
                text, keys, families, looser, kin, beginnings, initial, seen, written = row
                words.append(Word(text, tuple(keys), frozenset(families), frozenset(looser), frozenset(kin),
                                  tuple(beginnings), initial, seen, written))  # fmt: skip
    return known
