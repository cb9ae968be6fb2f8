"""A sentence that can be said again in another language.

Engines and errors speak English, but a sentence with a figure in it cannot be looked up in a catalogue. A ``Phrase`` is
the English sentence for everybody who asks for no more (JSON, tables, logs), and remembers the template and the values
that it was made of, so that a face can say it in the reader's language (``clarion.locale.say``).
"""

from __future__ import annotations

from typing import Any

Value = Any
"""A text kept as it is, a number, a Phrase, a Place, or a tuple of these, which is listed with commas."""


class Phrase(str):
    """English text made of ``template`` (``str.format`` fields, figures with their format: ``{tonnes:,.0f}``).

    The literal in the source is what translators see: ``tools/messages.py`` gathers the first argument. ``context``
    tells apart what English writes alike (a noun in another case).
    """

    template: str
    context: str
    values: dict[str, Value]

    def __new__(cls, template: str, *, context: str = "", **values: Value) -> Phrase:
        shown = {name: ", ".join(map(str, v)) if isinstance(v, tuple) else v for name, v in values.items()}
        phrase = super().__new__(cls, template.format(**shown) if values else template)
        phrase.template, phrase.context, phrase.values = template, context, values
        return phrase

    @classmethod
    def joined(cls, parts: tuple[str, ...], between: str) -> Phrase:
        """Whole phrases in a row, such as sentences (``between`` is a space) or clauses (a semicolon)."""
        names = [f"part{i}" for i in range(len(parts))]
        return cls(between.join(f"{{{name}}}" for name in names), **dict(zip(names, parts, strict=True)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.template, self.context, self.values)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; ``read_phrase`` reads it back."""
        data: dict[str, Any] = {"template": self.template}
        if self.context:
            data["context"] = self.context
        return data | {"values": {name: _plain(value) for name, value in self.values.items()}}


def read_phrase(data: dict[str, Any]) -> Phrase:
    """The phrase that ``to_dict`` wrote."""
    values = {name: _value(value) for name, value in data["values"].items()}
    return Phrase(data["template"], context=data.get("context", ""), **values)


def phrases(data: Any) -> dict[str, dict[str, Any]]:
    """Every phrase with values inside plain data, by its English text: what JSON must keep beside the text to say it
    in another language later. A phrase without values is its own template.
    """
    found: dict[str, dict[str, Any]] = {}
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    for part in inside:
        found |= phrases(part)
    if isinstance(data, Phrase) and data.values:
        found[str(data)] = data.to_dict()
    return found


def _rebuild(template: str, context: str, values: dict[str, Value]) -> Phrase:
    return Phrase(template, context=context, **values)


def _plain(value: Value) -> Any:
    if isinstance(value, Phrase):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    from clarion.vocab.place import Place  # which itself speaks in phrases

    if isinstance(value, Place):
        return {"place": value.iso3}
    return value if isinstance(value, str | int | float) else str(value)


def _value(data: Any) -> Value:
    if isinstance(data, dict):
        if "place" in data:
            from clarion.vocab.place import place

            return place(data["place"])
        return read_phrase(data)
    return tuple(_value(part) for part in data) if isinstance(data, list) else data
