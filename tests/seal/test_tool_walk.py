"""From the first ceremony to the opened value, as keyholders and a requester type it."""

import json
import sys

import pytest
from ceremony import Person, World
from keyholders import PERSON
from relay import TOKEN

from clarion.errors import ClarionError, InputError, NotAllowed, UnknownName
from clarion.seal.errors import DeskError, NotEnough, SealError
from clarion.seal.tool.keyholder import main as keyholder


@pytest.fixture
def world(tmp_path):
    found = World(tmp_path)
    yield found
    found.desk.close()


def test_a_value_opens_on_the_requesters_machine(world):
    record = world.seal()
    request = world.ask(record)
    first = world.people[0]
    assert first.run("show") == 0
    for told in (
        "laptop",
        "Payment 7 came back",
        "1 of giving/payee",
        "none yet",
        "0 of 50 openings",
        "of no keyholder",
    ):
        assert told in first.out
    assert not any(str(secret) in first.out for secret in PERSON.values())
    assert first.run("approve", request[:8]) == 0
    assert world.people[2].run("show", request) == 0
    assert "k0 approved" in world.people[2].out
    with pytest.raises(NotEnough):
        world.laptop.run("get", request)
    world.approve(request, 2)
    assert world.laptop.run("get", request) == 0
    assert all(str(text) in world.laptop.out for text in PERSON.values())
    with pytest.raises(UnknownName, match="is done"):
        world.laptop.run("get", request)
    assert world.laptop.run("list") == 0
    assert "wait: 0" in world.laptop.out


def test_machines_are_answered_with_data(world):
    """``--json``: one object, with the lines that a person would read and what they say as data."""
    asked = world.laptop.json("ask", world.seal(), "--reason", "Payment 7 came back")
    request = asked["request"]
    assert asked["values"] == 1
    first = world.people[0]
    (shown,) = first.json("show")["requests"]
    assert (shown["request"], shown["purpose"], shown["kinds"]) == (request, "open", {"giving/payee": 1})
    assert shown["reason"] == "Payment 7 came back"
    with pytest.raises(InputError, match="needs a yes"):
        first.run("approve", request, "--json", yes=False)
    assert "approval" in first.json("approve", request)["said"][-1]
    world.approve(request, 2)
    (listed,) = world.laptop.json("list")["requests"]
    assert (listed["request"], listed["values"]) == (request, 1)
    (row,) = world.laptop.json("get", request)["values"]
    assert {name: row[name] for name in PERSON} == PERSON
    assert world.laptop.json("list") == {"said": ["Requests that wait: 0."], "requests": []}


@pytest.mark.parametrize("wrong", ["abc", "3q2-7wAAQEKlrPZ1mXyZbgA", "not a handle at all"])
def test_a_word_that_is_no_handle_is_called_that(world, wrong):
    with pytest.raises(InputError, match="no handle"):
        world.laptop.run("ask", wrong, "--reason", "Payment 7")


def test_the_desk_sees_neither_value_nor_reason_nor_handle_in_an_address(world):
    record = world.seal()
    request = world.ask(record)
    world.approve(request, 0, 1)
    world.laptop.run("get", request)
    kept = json.dumps([world.desk.requests, world.desk.replies])
    assert "Payment" not in kept
    assert not any(str(text) in kept for text in PERSON.values())
    assert not any(record in path or TOKEN in path for _, path in world.desk.seen)


def test_values_go_into_a_file_that_only_its_owner_reads(world, tmp_path):
    request = world.ask(world.seal(), world.seal({"name": "second"}))
    world.approve(request, 0, 1)
    assert world.laptop.run("get", request, "--out", tmp_path / "values") == 0
    assert (tmp_path / "values").stat().st_mode & 0o777 == 0o600
    rows = [json.loads(line) for line in (tmp_path / "values").read_text(encoding="utf-8").splitlines()]
    assert [row["name"] for row in rows] == [PERSON["name"], "second"]
    assert "second" not in world.laptop.out


def test_everything_can_be_carried_by_hand(world, tmp_path):
    record = world.seal()
    lookup, asked, bundle, given = (tmp_path / n for n in ("lookup", "request", "bundle", "answers"))
    lookup.write_text(json.dumps({"records": [world.desk.row(record)]}), encoding="utf-8")
    assert world.laptop.run(record, "--records", lookup, "--reason", "By hand", "--out", asked) == 0
    document = json.loads(asked.read_text(encoding="utf-8"))
    request = world.desk.route(["requests"], {}, document)["id"]
    for person in world.people[:2]:
        answers = world.desk.of_request(document, request, "bundle", {"keyholder": [person.name]}, None)
        bundle.write_text(json.dumps(answers), encoding="utf-8")
        assert person.run("show", "--file", bundle) == 0
        assert "By hand" in person.out
        assert person.run("approve", request, "--file", bundle, "--out", tmp_path / person.label / "reply") == 0
        reply = json.loads((tmp_path / person.label / "reply").read_text(encoding="utf-8"))
        world.desk.of_request(document, request, "replies", {}, reply)
    given.write_text(json.dumps(world.desk.of_request(document, request, "answers", {}, None)), encoding="utf-8")
    assert world.laptop.run("get", request, "--file", given) == 0
    assert PERSON["name"] in world.laptop.out
    assert not [path for method, path in world.desk.seen if "requests" in path]


def test_an_auditor_draws_and_reads(world):
    for number in range(4):
        world.seal({"name": f"person {number}"})
    assert world.laptop.run("draw", "--room", "giving", "--count", "2", "--reason", "Yearly audit") == 0
    request = list(world.desk.requests)[-1]
    assert world.desk.requests[request]["purpose"] == "audit"
    world.people[0].run("show", request)
    assert "drawn at random" in world.people[0].out
    world.approve(request, 0, 1)
    assert world.laptop.run("get", request) == 0
    assert world.laptop.out.count("person ") == 2


def test_refusing_leaves_it_to_the_others_and_stopping_ends_it(world):
    request = world.ask(world.seal())
    assert world.people[0].run("refuse", request) == 0
    world.approve(request, 1, 2)
    assert world.people[0].run("stop", request) == 0
    with pytest.raises(SealError, match="stopped"):
        world.laptop.run("get", request)
    for person in world.people:  # who has seen the stop never approves again
        with pytest.raises(NotAllowed, match="k0 has stopped"):
            person.run("approve", request)


def test_a_stop_that_the_desk_hides_later_is_remembered(world):
    request = world.ask(world.seal())
    world.people[0].run("stop", request)
    world.people[1].run("show", request)
    world.desk.replies[request].clear()
    with pytest.raises(NotAllowed, match="stopped"):
        world.people[1].run("approve", request)


def test_who_asks_does_not_approve(world, tmp_path):
    own = Person(tmp_path / "k0", "own", "device").init(world.desk.url)
    draft = tmp_path / "next.json"
    world.people[0].run("rotate", "draft", "--device", own.card, "k0", "open", "--out", draft)
    world.sign(draft, *world.people[:2])
    own.run("pin")
    own.run(world.seal(), "--reason", "mine")
    request = list(world.desk.requests)[-1]
    with pytest.raises(NotAllowed, match="your own device"):
        world.people[0].run("approve", request)
    world.approve(request, 1, 2)
    assert own.run("get", request) == 0


SCREEN = """
import json, sys
for line in sys.stdin:
    name = json.loads(line)["name"]
    print({"a": "clear", "b": "ask"}.get(name, "a strange answer"))
"""


def test_rescreening_returns_words_only(world, tmp_path):
    script = tmp_path / "screen.py"
    script.write_text(SCREEN, encoding="utf-8")
    request = world.ask(*(world.seal({"name": name}) for name in "abc"), purpose="rescreen")
    world.approve(request, 0, 1)
    with pytest.raises(InputError, match="read by nobody"):
        world.laptop.run("get", request)
    assert world.laptop.run("rescreen", request, "--", sys.executable, script, main=keyholder) == 0
    assert [row["outcome"] for row in world.desk.outcomes[request]] == ["clear", "ask", "review"]
    assert world.laptop.out.startswith("clear: 1, ask: 1, review: 1")
    assert "Outcomes that changed: 3" in world.laptop.out
    assert "Values without an outcome that counts: 1" in world.laptop.err


ANSWER = """
import json, sys
for line in sys.stdin:
    value = json.loads(line)
    print(json.dumps({"outcome": value["now"], "hits": json.loads(value["hits"]),
                      "was": {"outcome": value["before"], "hits": []}}))
"""


def test_only_what_changed_comes_back(world):
    """Compared with what the sealed part holds, and then with what this device returned last."""
    rows = [("clear", "clear", "[]"), ("review", "clear", '[["eu-fsf", "EU.1.2"]]'), ("ask", "ask", "[]")]
    records = [world.seal({"now": now, "before": before, "hits": hits}) for now, before, hits in rows]

    def again(*more):
        request = world.ask(*records, purpose="rescreen")
        world.approve(request, 0, 1)
        words = ("rescreen", request, *more, "--", sys.executable, "-c", ANSWER)
        assert world.laptop.run(*words, main=keyholder) == 0
        return world.desk.outcomes[request]

    assert again() == [{"record": records[1], "outcome": "review", "hits": [["eu-fsf", "EU.1.2"]]}]
    assert "clear: 1, ask: 1, review: 1" in world.laptop.out
    assert again() == []
    assert len(again("--all")) == 3


@pytest.mark.parametrize(
    "line",
    ['{"outcome": "clear", "hits": [["eu", "Ivanov 7"]]}', '{"outcome": "clear", "hits": [["eu", "Иванов"]]}',
     '{"outcome": "clear", "hits": [["eu", "9155512345"]]}', '{"outcome": "clear", "hits": [["eu"]]}',
     '{"outcome": "Ivanov"}', "Ivanov", '{"outcome": "clear", "hits": [["eu", "' + "x" * 61 + '"]]}',
     "{" * 5000, '{"outcome": ["clear"]}', "[]", '{"outcome": "clear", "hits": 3}'],
    ids=lambda line: line[:60],
)  # fmt: skip
def test_an_answer_that_repeats_a_value_or_is_none_leaves_it_to_a_person(line):
    from clarion.seal.tool.screened import told

    value = {"name": "Ivanov Ivan", "phone": "+9 9155512345", "agreed": True}
    assert told(line, value) is None
    assert told('{"outcome": "clear", "hits": [["eu-fsf", "EU.5.33"]]}', value)["hits"] == [["eu-fsf", "EU.5.33"]]


def test_a_whole_room_is_asked_for_in_parts(world):
    records = sorted(world.seal({"name": str(number)}) for number in range(3))
    with pytest.raises(InputError, match="screened anew only"):
        world.laptop.run("ask", "--room", "giving", "--reason", "x")
    words = ("ask", "--room", "giving", "--purpose", "rescreen", "--reason", "A new list", "--count", "2")
    told = world.laptop.json(*words)
    assert (told["values"], told["after"]) == (2, records[1])
    assert world.laptop.json(*words, "--after", told["after"])["values"] == 1
    with pytest.raises(InputError, match="Nothing more"):
        world.laptop.run(*words, "--after", records[2])


@pytest.mark.parametrize(
    "code",
    [
        "print('clear')",
        "print('clear\\n' * 3)",
        "print('clear\\nclear'); raise SystemExit(1)",
        "",
        "import time; time.sleep(60)",
    ],
)
def test_a_screening_program_that_cannot_be_matched_clears_nobody(world, code):
    request = world.ask(world.seal(), world.seal(), purpose="rescreen")
    world.approve(request, 0, 1)
    words = ("rescreen", request, "--seconds", "3", "--", sys.executable, "-c", code)
    assert world.laptop.run(*words, main=keyholder) == 0
    assert [row["outcome"] for row in world.desk.outcomes[request]] == ["review", "review"]


def test_handles_and_ids_that_look_like_options_are_none(world):
    record = world.seal(record="-" + "A" * 21)
    assert world.ask(record)
    for odd in ("-" + "B" * 20 + "A", "--" + "C" * 20):
        with pytest.raises(ClarionError):
            world.laptop.run(odd, "--reason", "x")


def test_a_desk_that_is_away_or_says_no(world):
    person = world.people[0]
    world.desk.redirect = "https://example.org/"
    with pytest.raises(DeskError, match="another address"):
        person.run("show")
    world.desk.redirect = ""
    person.token.write_text("another-token\n", encoding="ascii")
    person.run("init", "--desk", world.desk.url, "--token-file", person.token)
    with pytest.raises(DeskError, match="says no: no token") as error:
        person.run("show")
    assert error.value.next_step == "Make one."
    for url, proxy in (
        ("http://desk.example.org", ""), ("https://u:p@desk.example.org", ""), ("desk", ""), ("ftp://a", ""),
        ("http://abc.onion", ""), ("https://a.org", "http://proxy.example.org:80"), ("https://a.org/?name=x", ""),
    ):  # fmt: skip
        with pytest.raises(InputError):
            person.run("init", "--desk", url, "--proxy", proxy, "--token-file", person.token)
    world.desk.close()
    person.run("init", "--desk", "http://127.0.0.1:9", "--token-file", person.token)
    with pytest.raises(DeskError, match="not reached"):
        person.run("show")


@pytest.mark.parametrize("answer", [b"", b"[]", b"{", b"[" * 100_000, b'{"rosters": 7}', b"\xff"])
def test_an_answer_that_is_none(world, answer):
    world.desk.twist = lambda path, found: answer
    with pytest.raises(ClarionError):
        world.people[0].run("show")
