"""People who use the tools: each with a folder of keys and a passphrase in a file, at a time that the test sets."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta

from keyholders import CHEAP, NOW, PERSON
from relay import TOKEN, Desk

from clarion.seal.keyfile import new_passphrase
from clarion.seal.tool.keyholder import main as keyholder
from clarion.seal.tool.opener import main as opener
from clarion.seal.value import new_handle, seal


class Person:
    """Runs one of the programs in this process; what it printed is in ``out`` and ``err``."""

    def __init__(self, folder, label, kind="keyholder", now=NOW):
        self.main = keyholder if kind == "keyholder" else opener
        self.folder, self.label, self.kind, self.now = folder / label, label, kind, now
        self.out = self.err = ""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.passphrase = self.folder / "paper"
        self.passphrase.write_text(new_passphrase() + "\n", encoding="ascii")
        self.token = self.folder / "token"
        self.token.write_text(TOKEN + "\n", encoding="ascii")

    @property
    def card(self):
        return str(self.folder / f"{self.kind}-card.json")

    @property
    def name(self):
        return json.loads((self.folder / f"{self.kind}-card.json").read_text(encoding="utf-8"))["name"]

    def run(self, *words, main=None, yes=True):
        """The exit code of one command."""
        out, err = io.StringIO(), io.StringIO()
        command = []
        if "--" in words:
            at = words.index("--")
            words, command = words[:at], words[at:]
        more = ["--keys", self.folder, "--passphrase-file", self.passphrase, *(["--yes"] if yes else [])]
        try:
            with redirect_stdout(out), redirect_stderr(err):
                return (main or self.main)(
                    [str(w) for w in (*words, *more, *command)], cost=CHEAP, now=lambda: self.now
                )
        finally:
            self.out, self.err = out.getvalue(), err.getvalue()

    def json(self, *words):
        """The answer of one command to a machine."""
        assert self.run(*words, "--json") == 0
        return json.loads(self.out)

    def init(self, url=""):
        desk = ["--desk", url, "--token-file", self.token] if url else []
        assert self.run("init", "--label", self.label, *desk) == 0
        return self

    def process(self, *words, prelude="", **more):
        """The same command in a process of its own, at the machine's own time."""
        module = "keyholder" if self.kind == "keyholder" else "opener"
        code = f"{prelude}\nimport sys\nfrom clarion.seal.tool.{module} import script\nscript()"
        command = [sys.executable, "-c", code, *map(str, words), "--keys", self.folder, "--yes",
                   "--passphrase-file", self.passphrase]  # fmt: skip
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUTF8": "1"},
            **more,
        )


class World:
    """A desk, three keyholders of whom two open, and a laptop that may ask: all set up with the tools."""

    def __init__(self, folder, policy=None, now=NOW):
        self.folder, self.desk = folder, Desk()
        self.people = [Person(folder, f"k{i}", now=now).init(self.desk.url) for i in range(3)]
        self.laptop = Person(folder, "laptop", "device", now).init(self.desk.url)
        draft = folder / "roster.json"
        policies = ["--policy", "default", *map(str, policy)] if policy else []
        first = self.people[0]
        assert first.run(
            "rotate", "draft", "--first", "--keyholders", *(p.card for p in self.people), "--out", draft, *policies,
            "--device", self.laptop.card, "nobody", "open,audit,reseal,rescreen",
        ) == 0  # fmt: skip
        self.sign(draft, *self.people)
        assert self.laptop.run("pin") == 0

    def sign(self, draft, *people):
        """Each signs, the last one sends it."""
        for person in people:
            assert person.run("rotate", "sign", draft, *(["--send"] if person is people[-1] else [])) == 0, person.err

    def later(self, minutes):
        for person in (*self.people, self.laptop):
            person.now = person.now + timedelta(minutes=minutes)

    def seal(self, value=None, **more):
        more = {"record": new_handle(), "room": "giving", "fields": "payee"} | more
        sealed = seal(value or PERSON, self.desk.roster, **more)
        self.desk.keep(sealed)
        return sealed.envelope["record"]

    def ask(self, *handles, reason="Payment 7 came back", **more):
        """The id of a request of the laptop."""
        options = [word for name, value in more.items() for word in (f"--{name}", value)]
        assert self.laptop.run(*handles, "--reason", reason, *options) == 0
        return list(self.desk.requests)[-1]

    def approve(self, request, *who):
        for at in who:
            assert self.people[at].run("approve", request) == 0
