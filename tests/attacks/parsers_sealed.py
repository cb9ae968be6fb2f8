"""Parsers of sealed things and of the log: documents of the keyholders' tool, its files, exports and heads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from parser_kind import Parser, Read, Seed, of_text, text_seed

sys.path.insert(0, str(Path(__file__).parents[1] / "seal"))

HEAD = f"seq 3\nat 2026-11-26T12:00:00Z\nhash {'a' * 64}\nkey {'b' * 64}\nsig {'c' * 128}\n"


def _organisation() -> Any:
    """Keyholders, a device and a roster, the same for every parser of sealed things."""
    from keyholders import Organisation

    return _kept.setdefault("organisation", Organisation())


_kept: dict[str, Any] = {}


def _sealed(kind: str) -> Seed:
    """A document of the kind, made by the real tools."""

    def seed(_: Path) -> bytes:
        from keyholders import CHEAP

        from clarion.seal.documents import canonical
        from clarion.seal.keyfile import lock

        house = _organisation()
        sealed = _kept.setdefault("sealed", house.seal())
        request = _kept.setdefault("request", house.request(sealed)[0])
        made = {
            "roster": lambda: house.roster.document, "request": lambda: request.document,
            "reply": lambda: house.approve(0, request, sealed), "envelope": lambda: sealed.envelope,
            "key file": lambda: lock(house.keyholders[0], "correct horse battery staple", CHEAP),
        }[kind]()  # fmt: skip
        return bytes(canonical(made))

    return seed


def _read_sealed(kind: str) -> Read:
    def read(path: Path) -> Any:
        from clarion.seal import keyfile, reply, request, roster, value

        source = path.read_bytes()
        if kind == "reply":
            return reply.parse(source, _kept["request"], _organisation().roster)
        if kind == "key file":
            return keyfile.unlock(source, "correct horse battery staple")
        parse = {"roster": roster.parse, "request": request.parse, "envelope": value.read_envelope}[kind]
        return parse(source)

    return read


def _carried(path: Path) -> Any:
    from clarion.seal.tool.carried import read_file

    return read_file(path)


def _heads(text: str) -> Any:
    from clarion.seal.log.verify_alone import read_heads

    return read_heads(text)


def _bad_input() -> type[BaseException]:
    from clarion.seal.log.verify_alone import BadInput

    return BadInput


def _wraps_backup(folder: Path) -> bytes:
    from datetime import date

    from clarion.seal.wraps import Wraps
    from clarion.seal.wraps_backup import back_up

    wraps = Wraps(folder / "wraps")
    wraps.keep("e" * 43, {"k": "w" * 43})
    out = folder / "made.wraps"
    back_up(wraps, out, date(2026, 11, 26))
    return out.read_bytes()


def _restored_wraps(path: Path) -> Any:
    from clarion.seal.wraps import Wraps
    from clarion.seal.wraps_backup import restore

    return restore(Wraps(path.parent / "wraps"), path)


def _log_export(_: Path) -> bytes:
    from tamper import OURS, grown

    from clarion.seal.log import export
    from clarion.seal.log.chain import Row

    log = grown(30)
    rows = (Row(n, *row) for n, row in enumerate(zip(log.lines, log.hashes, log.sigs, strict=True), 1))
    return "".join(export.lines(OURS.key, rows, log.heads)).encode()


def _judged(path: Path) -> Any:
    from clarion.seal.log.verify_alone import File, judge

    rows = File(path)
    with rows.file:
        return judge(rows, [rows.header["key"]], [])


def _desk_of_the_tool(path: Path) -> Any:
    from clarion.seal.tool.desk import kept
    from clarion.seal.tool.folder import Folder

    folder = Folder(path.parent, "device")
    folder.desk.write_bytes(path.read_bytes())
    return kept(folder)


def of_sealed() -> list[Parser]:
    """Building the list reads nothing."""
    return [
        *(Parser(f"sealed {kind}", f"clarion.seal.{module}", _sealed(kind), _read_sealed(kind), ".json")
          for kind, module in (("roster", "roster"), ("request", "request"), ("reply", "reply"), ("envelope", "value"),
                               ("key file", "keyfile"))),
        Parser("carried file", "clarion.seal.tool.carried", _sealed("request"), _carried, ".json"),
        Parser("log heads", "clarion.seal.log.verify_alone",
        text_seed(HEAD), of_text(_heads), refusals=(_bad_input(),)),
        Parser("wraps back-up", "clarion.seal.wraps_backup", _wraps_backup, _restored_wraps, ".wraps"),
        Parser("log export", "clarion.seal.log.verify_alone", _log_export, _judged, ".jsonl",
               refusals=(_bad_input(), ValueError)),
        Parser("desk of the tool", "clarion.seal.tool.desk",
               text_seed('{"url": "https://desk.example", "proxy": "", "token": "tttttttt"}'),
               _desk_of_the_tool, ".json"),
    ]  # fmt: skip
