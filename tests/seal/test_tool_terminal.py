"""At a real terminal: the passphrase is shown once and typed back unseen, and a question wants a yes."""

import os
import pty
import re
import select
import sys
import time

import pytest
from ceremony import World

CHEAP_INIT = "import sys; from clarion.seal.tool.keyholder import main, Cost; main(sys.argv[1:], cost=Cost(8192, 1, 1))"
PLAIN = "from clarion.seal.tool.keyholder import script; script()"


class Terminal:
    """A program at a pseudo-terminal."""

    def __init__(self, code, *words):
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.execv(sys.executable, [sys.executable, "-c", code, *map(str, words)])
        self.seen = ""

    def until(self, text):
        """Read until the program prints ``text``."""
        end = time.monotonic() + 120
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.handle], [], [], 1)[0]:
                self.seen += os.read(self.handle, 4096).decode()
        found, self.seen = self.seen.partition(text)[0], self.seen.partition(text)[2]
        return found

    def say(self, line):
        os.write(self.handle, (line + "\n").encode())

    def end(self):
        """The exit code."""
        while True:
            try:
                if not os.read(self.handle, 4096):
                    break
            except OSError:
                break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_the_passphrase_is_shown_once_and_asked_back(tmp_path):
    terminal = Terminal(CHEAP_INIT, "init", "--label", "north", "--keys", tmp_path / "keys")
    shown = terminal.until("Nobody can give it back")
    passphrase = re.search(r"^ {4}(\S{24})\r?$", shown, re.MULTILINE)[1]
    terminal.until("(not shown): ")
    terminal.say("something else entirely")
    assert "something" not in terminal.until("That is another one.")
    terminal.until("(not shown): ")
    terminal.say(passphrase)
    assert passphrase not in terminal.until("Your card is in")
    assert terminal.end() == 0


@pytest.mark.parametrize(("answer", "code", "count"), [("no", 6, 0), ("yes", 0, 1), ("", 6, 0)])
def test_a_question_wants_a_yes(tmp_path, answer, code, count):
    from datetime import UTC, datetime

    world = World(tmp_path, now=datetime.now(UTC))
    request = world.ask(world.seal())
    person = world.people[0]
    terminal = Terminal(PLAIN, "approve", request, "--keys", person.folder)
    terminal.until("Passphrase (not shown): ")
    terminal.say(person.passphrase.read_text(encoding="ascii").strip())
    assert "Payment 7 came back" in terminal.until("Do you approve? Type yes or no: ")
    terminal.say(answer)
    assert terminal.end() == code
    assert len(world.desk.replies[request]) == count
    world.desk.close()
