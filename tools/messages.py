"""Gather every text that a reader may see, merge it into the catalogues, and compile them: ``make messages``.

Texts come from templates, from Python (Django's and our own ``gettext`` family, ``Phrase``, acts of the log, fixed
texts of errors that pages show), and from data: the actions of the call, menus, shipped scenarios, sources,
commodities.

To translate, edit ``src/clarion/locale/<language>/LC_MESSAGES/django.po`` (any gettext editor will do) and run this
again. Kazakh, Armenian and Georgian are ready to fill: what stands empty there is shown in English; what Django and
allauth lack in them (``architecture.md`` counts it) may be added to the same file, whose texts come first. A text that
was reworded keeps its old translation marked fuzzy, which is not shown until somebody has looked at it and removed the
mark. Plural forms are those of Django's own catalogues, so that the two merge: Russian and Ukrainian have four, of
which the last (fractions) is never asked for and repeats the third.
"""

from __future__ import annotations

import ast
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "clarion"
LOCALE = SOURCE / "locale"
_SLAVIC = (
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 :"
    " n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3)"
)
PLURALS = {"ru": (4, _SLAVIC), "uk": (4, _SLAVIC), "kk": (2, "(n!=1)"), "hy": (2, "(n != 1)"), "ka": (2, "(n!=1)")}
COMPLETE = ("ru", "uk")

# Functions by the places of their texts; a context stands before its text.
_PLAIN = {"gettext": 0, "gettext_lazy": 0, "_": 0, "Phrase": 0, "record": 1, "_link": 3, "not_known": 1}
_PLURAL = ("ngettext", "ngettext_lazy")
_CONTEXT = ("pgettext", "pgettext_lazy")
_ERRORS = {
    "ClarionError", "InputError", "UnknownName", "ScenarioError", "StorageError", "BusyError", "NotAllowed",
    "OutOfDate", "MissingPart", "ModelError", "ReleaseError", "SealError", "BadDocument", "NotEnough",
}  # fmt: skip
# Errors of the rest are met at the command line only, which speaks English there.
_ERRORS_ON_PAGES = (
    "access/", "call/", "spillover/", "vocab/", "desk/people.py", "desk/releases/", "desk/sealed/", "desk/views.py",
    "release/calendar.py", "release/hierarchy.py", "release/judge.py", "release/labels.py", "release/model.py",
    "release/people.py", "release/place.py", "release/spec.py", "release/store/", "seal/store/", "seal/documents.py",
    "seal/reply.py", "screening/service/", "sources/warehouse.py", "sources/catalogue.py", "tables/download.py",
)  # fmt: skip
_AT_THE_TERMINAL = "spillover/engine/cascade/"


class Message(NamedTuple):
    """A text to translate, the file that holds it, its plural and its context where it has them."""

    text: str
    file: str
    plural: str = ""
    context: str = ""


def gather() -> list[Message]:
    """Every text, in a stable order."""
    found = [m for file in sorted(SOURCE.rglob("templates/**/*.html")) for m in _template(file)]
    found += [
        m for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts for m in _python(file)
    ]  # fmt: skip
    return [*found, *_data()]


def _template(file: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    code = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    keywords: Any = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
    for _, texts, _, context in extract("python", io.BytesIO(code.encode()), keywords):
        one, many = texts if isinstance(texts, tuple) else (texts, "")
        yield Message(one, _name(file), many, context or "")


def _python(file: Path) -> Iterator[Message]:
    name, tree = _name(file), ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    errors = name.startswith(_ERRORS_ON_PAGES) and not name.startswith(_AT_THE_TERMINAL) and file.name != "cli.py"

    def texts(node: ast.expr | None) -> list[str]:
        """The literals that an argument can be; none where it is computed."""
        if isinstance(node, ast.Name):
            node = constants.get(node.id)
        if isinstance(node, ast.IfExp):
            return texts(node.body) + texts(node.orelse)
        return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []

    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = getattr(call.func, "id", getattr(call.func, "attr", ""))
        arguments = [texts(argument) for argument in call.args]
        keywords = {word.arg: texts(word.value) for word in call.keywords}
        context = (keywords.get("context") or [""])[0]
        if function in _CONTEXT:
            yield from (Message(text, name, context=arguments[0][0]) for text in arguments[1])
        elif function in _PLURAL:
            yield from (Message(one, name, many) for one, many in zip(*arguments[:2], strict=True))
        elif function in _PLAIN and len(arguments) > _PLAIN[function]:
            yield from (Message(text, name, context=context) for text in arguments[_PLAIN[function]] if text)
        elif errors and function == "refuse":  # of a reader of specifications: where, what, next step
            yield from (Message(text, name) for argument in arguments[1:] for text in argument if text)
        elif errors and function in _ERRORS:
            spoken = [*(arguments[0] if arguments else []), *keywords.get("where", []), *keywords.get("next_step", [])]
            yield from (Message(text, name) for text in spoken if text)


def _data() -> Iterator[Message]:
    for action in _toml("call/actions.toml")["action"]:
        yield from (
            Message(t, "call/actions.toml") for t in (action["title"], action["summary"], *action["addressees"])
        )
    for file in sorted(SOURCE.glob("*/room.toml")):
        room = _toml(_name(file))
        yield from (Message(text, _name(file)) for text in (room["title"], *(m["label"] for m in room.get("menu", []))))
    uses = "screening/policies.toml"
    yield from (Message(use["title"], uses) for use in _toml(uses).values())
    for file in sorted(SOURCE.glob("spillover/scenarios/**/*.toml")):
        declared = _toml(_name(file))
        shown = [declared, *declared.get("corridors", {}).values()]
        yield from (Message(part[k], _name(file)) for part in shown for k in ("title", "summary") if k in part)
    yield from _declared()


def _declared() -> Iterator[Message]:
    from clarion.sources import catalogue
    from clarion.vocab import COMMODITIES

    yield Message("log begins", "access/store/migrations/0002_chained_log.py")
    menu = "spillover/engine/support/measures.toml"
    for measure in _toml(menu)["measures"]:
        yield from (Message(t, menu) for t in (measure["title"], measure["unit"]))
    for commodity in COMMODITIES.values():
        yield Message(commodity.name, "vocab/data/commodities.toml")
        yield Message(commodity.of.template, "vocab/data/commodities.toml", context=commodity.of.context)
    for source in catalogue().values():
        shown = (source.title, source.notes, source.release, source.licence, source.cadence)
        yield from (Message(text, f"sources/{source.id}") for text in shown if text)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SOURCE / name).read_text(encoding="utf-8"))


def _name(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


class Stable(Catalog):
    """A catalogue whose header holds nothing that changes from run to run, and nobody's address."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language, header_comment="# Translations of Clarion. Apache-2.0.", fuzzy=False)
        self._num_plurals, self._plural_expr = PLURALS[language]

    def _get_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Clarion"), ("Language", str(self.locale)), ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"nplurals={self.num_plurals}; plural={self.plural_expr};"),
        ]  # fmt: skip

    mime_headers = property(_get_headers, lambda self, headers: None)


def template() -> Catalog:
    """The texts without translations."""
    catalog = Catalog()
    for m in gather():
        catalog.add((m.text, m.plural) if m.plural else m.text, locations=[(m.file, 0)], context=m.context or None)
    return catalog


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """A catalogue as it stands in its file; empty where there is none."""
    catalog = Stable(language)
    if po(language).exists():
        with po(language).open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    catalog[message.id] = message
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """What ``django.mo`` holds: only what is translated, and not what is fuzzy."""
    kept = Stable(str(catalog.locale))
    for m in catalog:
        if m.id and not m.fuzzy and all(m.string if isinstance(m.string, tuple) else (m.string,)):
            kept.add(m.id, m.string, context=m.context)
    out = io.BytesIO()
    write_mo(out, kept)
    return out.getvalue()


def main() -> None:
    texts = template()
    for language in PLURALS:
        catalog = read(language)
        catalog.update(texts, update_header_comment=False)
        out = io.BytesIO()
        write_po(out, catalog, width=110, include_lineno=False, ignore_obsolete=True)
        po(language).parent.mkdir(parents=True, exist_ok=True)
        po(language).write_bytes(out.getvalue())
        po(language).with_suffix(".mo").write_bytes(compiled(read(language)))
        done = sum(1 for m in catalog if m.id and not m.fuzzy and all(m.string if m.pluralizable else (m.string,)))
        print(f"{language}: {done} of {len(catalog)} translated")


if __name__ == "__main__":
    main()
