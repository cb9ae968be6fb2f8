"""On which line each key of a TOML text stands; ``tomllib`` parses but does not say.

The text must be valid TOML (parse it first): this scanner only tracks nesting, strings and comments, and counts
lines. A path is a tuple of keys and list positions, such as ``("shocks", 0, "fraction", 2)``.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left

Path = tuple[str | int, ...]

_BARE = re.compile(r"[^\s=\]\[,{}#\"']+")
_STRINGS = ('"""', "'''", '"', "'")


def key_lines(text: str) -> dict[Path, int]:
    """Line (from 1) of every key, table header and list element of a valid TOML text."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.breaks = [i for i, char in enumerate(text) if char == "\n"]
        self.lines: dict[Path, int] = {}
        self.lengths: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(newlines=True):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _header(self) -> Path:
        many = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if many else 1
        keys = self._keys()
        self.at = self.text.index("]", self.at) + (2 if many else 1)
        path: Path = ()
        for i, key in enumerate(keys):
            path = (*path, key)
            self._note(path, start)
            if many and i == len(keys) - 1:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            # A key that names an array of tables speaks of its newest element.
            if path in self.lengths:
                path = (*path, self.lengths[path] - 1)
        self._note(path, start)
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path: Path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path, start)
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip(newlines=False)
        first = self.text[self.at]
        if first == "[":
            self._list(path)
        elif first == "{":
            self._inline_table(path)
        elif first in "\"'":
            self._string()
        else:
            # Numbers, dates and booleans; a date may hold one space.
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.at += 1

    def _list(self, path: Path) -> None:
        self.at += 1
        position = 0
        while self._skip(newlines=True) and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._note((*path, position), self.at)
            self._value((*path, position))
            position += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip(newlines=True) and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._pair(path)
        self.at += 1

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(newlines=False)
            start = self.at
            if self.text[start] in "\"'":
                self._string()
                keys.append(str(tomllib.loads("k=" + self.text[start : self.at])["k"]))
            else:
                end = _BARE.match(self.text, start)
                word = end[0] if end else ""
                keys += word.strip(".").split(".")
                self.at += len(word)
                if word.endswith("."):
                    continue
            self._skip(newlines=False)
            if self.at >= len(self.text) or self.text[self.at] != ".":
                return keys
            self.at += 1

    def _string(self) -> None:
        quote = next(q for q in _STRINGS if self.text.startswith(q, self.at))
        self.at += len(quote)
        while not self.text.startswith(quote, self.at):
            self.at += 2 if self.text[self.at] == "\\" and quote[0] == '"' else 1
        self.at += len(quote)
        # Up to two more quotation marks may stand right before the closing three.
        if len(quote) == 3:
            while self.at < len(self.text) and self.text[self.at] == quote[0]:
                self.at += 1

    def _skip(self, *, newlines: bool) -> bool:
        """Pass blanks and comments (and line ends); False at the end of the text."""
        blanks = " \t\r\n" if newlines else " \t"
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "#" and newlines:
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif char in blanks:
                self.at += 1
            else:
                return True
        return False

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_left(self.breaks, at) + 1)
