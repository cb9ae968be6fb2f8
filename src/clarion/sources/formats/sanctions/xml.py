"""XML lists read as a stream: one entry at a time, with its line, and nothing resolved from anywhere.

Expat reads; a document type is refused, so that no entity can swell, leak or fetch. No official list has one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO
from xml.parsers import expat

from clarion.sources.formats.fault import Faults

CHUNK = 1 << 16
MAX_DEPTH = 60
MAX_ENTRY = 32 << 20  # characters of text and markup in one entry; the largest official one has far less than one MB
AGAIN = "Get the file again from its publisher; a download that was cut off ends in mid-entry."


class Node:
    """An element whose parts are taken out as they are understood; what is left is what nobody asked for."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag, self.attributes, self.line = tag, attributes, line
        self.children: list[Node] = []
        self.text = ""

    def attribute(self, name: str) -> str:
        """Take an attribute; "" where it is absent."""
        return self.attributes.pop(name, "").strip()

    def own(self) -> str:
        """Take the element's own text."""
        text, self.text = self.text.strip(), ""
        return text

    def nodes(self, *tags: str) -> list[Node]:
        """Take all children of these names, in the file's order."""
        found = [child for child in self.children if child.tag in tags]
        if found:
            self.children = [child for child in self.children if child.tag not in tags]
        return found

    def value(self, tag: str) -> str:
        """Take the text of the first child of a name; "" where there is none. Further ones stay, and will be told."""
        for at, child in enumerate(self.children):
            if child.tag == tag:
                text = child.own()
                if not child.attributes and not child.children:
                    del self.children[at]
                return text
        return ""

    def under(self, *path: str) -> list[Node]:
        """Take the children at the end of a path, such as ``under("Names", "Name")``; their parents go with them
        unless they say something themselves."""
        *outer, last = path
        found: list[Node] = [self]
        for tag in outer:
            found = [child for node in found for child in node.children if child.tag == tag]
        return [child for node in found for child in node.nodes(last)]

    def left(self, path: str = "") -> Iterator[tuple[str, str, int]]:
        """Path, text and line of all that was not taken and is not empty."""
        here = f"{path}/{self.tag}" if path else self.tag
        for name, value in self.attributes.items():
            if value.strip():
                yield f"{here}@{name}", value, self.line
        if self.text.strip():
            yield here, self.text.strip(), self.line
        for child in self.children:
            yield from child.left(here)


def read_xml(stream: IO[bytes], faults: Faults, root: str, containers: Collection[str] = ()) -> Iterator[Node]:
    """The root (its attributes alone), then each element below it; ``containers`` are walked through, not given.

    Raises
    ------
    SourceError: it is not XML, was cut short, has another root, a document type, or an entry beyond all measure.
    """
    reader = _Reader(faults, root, frozenset(containers))
    parser = reader.parser
    try:
        while True:
            chunk = stream.read(CHUNK)
            parser.Parse(chunk, not chunk)
            yield from reader.done
            reader.done.clear()
            if not chunk:
                return
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding without a codec is a LookupError
        code = getattr(error, "code", 0)
        cut = code in (expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
                       expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
                       expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR])  # fmt: skip
        what = "The file ends before its last element is closed" if cut else "The file is not well-formed XML"
        raise faults(
            f"{what}: {str(error)[:120]}.", line=getattr(error, "lineno", None) or parser.CurrentLineNumber,
            next_step=AGAIN,
        ) from error  # fmt: skip


class _Reader:
    def __init__(self, faults: Faults, root: str, containers: frozenset[str]) -> None:
        self.done: list[Node] = []
        self._faults, self._root, self._containers = faults, root, containers
        self._open: list[Node] = []
        self._outside: list[str] = []
        self._size = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, *_: object) -> None:
        raise self._faults(
            "The file declares an XML document type, which no official list does.",
            line=self.parser.CurrentLineNumber,
            next_step="Do not use this file; download it from the publisher.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        line = self.parser.CurrentLineNumber
        self._weigh(len(name) + sum(map(len, attributes.values())), line)
        if len(self._open) + len(self._outside) > MAX_DEPTH:
            raise self._faults(f"Elements are nested more than {MAX_DEPTH} deep.", line=line, next_step=AGAIN)
        kept = {key: value for key, value in attributes.items() if not key.startswith(("xmlns", "xsi:"))}
        if not self._outside and tag != self._root:
            raise self._faults(
                f"The list should begin with <{self._root}>, and begins with <{tag[:60]}>.",
                line=line, next_step="Check that this is the list, in the form that is asked for.",
            )  # fmt: skip
        node = Node(tag, kept, line)
        if self._open:
            self._open[-1].children.append(node)
            self._open.append(node)
        elif not self._outside:
            self._outside.append(tag)
            self.done.append(node)
        elif tag in self._containers:
            self._outside.append(tag)
        else:
            self._open.append(node)

    def _end(self, _: str) -> None:
        if not self._open:
            self._outside.pop()
            return
        node = self._open.pop()
        if not self._open:
            self._size = 0
            self.done.append(node)

    def _text(self, data: str) -> None:
        self._weigh(len(data), self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].text += data

    def _weigh(self, size: int, line: int) -> None:
        self._size = self._size + size + 1 if self._open else 0
        if self._size > MAX_ENTRY:
            raise self._faults("One entry is larger than a whole list should be.", line=line, next_step=AGAIN)
