"""The walls between rooms, as a contract of import-linter (see ``.importlinter``).

Rooms are found, not listed: whichever package holds a ``room.toml`` is one, so that a new room is held to the walls
without an edit here. ``order`` names them from the highest to the lowest; rooms in one line stand side by side.
"""

from __future__ import annotations

from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

SHARED_WITH_FACES = frozenset({"page", "kept", "language", "indicators", "setup", "workers"})
"""Modules of the desk that a room's faces may use: the page decorator, the reader's language, all rooms' figures,
whether any job worker is left, and Django made ready for a command of which only one option needs the database."""
FACES = frozenset({"web", "api", "cli"})


class RoomsContract(Contract):
    """Who may import what of a room.

    * The desk, the root command and the ground import no room.
    * A room reaches another only through its ``service``, and only one that stands lower in ``order``.
    * Only a room's faces import the desk, and of it only the few modules made for them.
    """

    type_name = "rooms"

    root = fields.StringField()
    source = fields.StringField()
    order = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = str(self.root)
        rooms = found_rooms(Path(str(self.source)) / root)
        height = heights([str(line) for line in self.order])  # type: ignore[attr-defined]
        broken = [f"The room {room} has no place in the order." for room in sorted(rooms - set(height))]
        for importer in sorted(graph.modules):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                fault = judge(importer.split(".")[1:], imported.split("."), root, rooms, height)
                if fault:
                    lines = [d["line_number"] for d in graph.get_import_details(importer=importer, imported=imported)]
                    broken.append(f"{importer} -> {imported} (line {', '.join(map(str, lines))}): {fault}")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line, bold=False)


def found_rooms(package: Path) -> frozenset[str]:
    """The folders that declare a room."""
    return frozenset(file.parent.name for file in package.glob("*/room.toml"))


def heights(order: list[str]) -> dict[str, int]:
    """How high each room stands; rooms that share a line stand equally high."""
    return {name.strip(): len(order) - i for i, line in enumerate(order) for name in line.split("|")}


def judge(importer: list[str], imported: list[str], root: str, rooms: frozenset[str], height: dict[str, int]) -> str:
    """What is wrong with one import, or nothing. ``importer`` is below the root, ``imported`` a whole path."""
    if imported[0] != root or len(imported) < 2 or not importer:
        return ""
    here, there, inside = importer[0], imported[1], imported[2:]
    if here == there:
        return ""
    if here not in rooms:
        return "only a room may import a room" if there in rooms else ""
    if there == "desk":
        if importer[1:2] and importer[1] in FACES:
            return "" if inside[:1] and inside[0] in SHARED_WITH_FACES else "faces use only the desk's page modules"
        return "only a room's faces may import the desk"
    if there in rooms:
        if inside[:1] != ["service"]:
            return "a room reaches another only through its service"
        if height.get(there, 0) >= height.get(here, 0):
            return "a room reaches only rooms below it; upwards goes the outbox"
    return ""
