"""Whatever is changed in the log is found and located, by the stand-alone file too; what is no log is refused."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha512
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tamper import OURS, THEIRS, Log, attacks, found, grown, lie

from clarion.desk.log import anchors as anchored
from clarion.seal.errors import BadDocument
from clarion.seal.log import export, verify_alone
from clarion.seal.log.chain import Chain, Row
from clarion.seal.log.entry import line, require_opaque
from clarion.seal.log.verify_alone import ZERO, judge, signed

ALONE = Path(verify_alone.__file__)


@pytest.fixture(scope="module")
def log():
    return grown(2000)


def written(log, path, heads=None):
    rows = (Row(n, *row) for n, row in enumerate(zip(log.lines, log.hashes, log.sigs, strict=True), 1))
    path.write_text("".join(export.lines(OURS.key, rows, log.heads if heads is None else heads)))
    return path


def alone(*arguments):
    told = subprocess.run([sys.executable, "-I", str(ALONE), *map(str, arguments)], capture_output=True, text=True)
    assert told.stderr == ""
    return told.returncode, json.loads(told.stdout)


class TestSignature:
    @pytest.mark.parametrize(
        ("secret", "message", "signature"),
        [  # RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc)
            ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", b"",
             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", b"\x72",
             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
            ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", b"\xaf\x82",
             "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
            ("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42", sha512(b"abc").digest(),
             "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
        ],
    )  # fmt: skip
    def test_vectors_of_the_rfc(self, secret, message, signature):
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw()
        good = bytes.fromhex(signature)
        assert signed(key, message, good)
        assert not signed(key, message + b"x", good)
        assert not signed(key, message, good[:-1])
        assert not signed(key, message, bytes([good[0] ^ 1]) + good[1:])
        # s + L is the same signature in another form: refused (section 5.1.7).
        s = int.from_bytes(good[32:], "little") + verify_alone.L
        assert not signed(key, message, good[:32] + s.to_bytes(32, "little"))

    @settings(max_examples=25, deadline=None)
    @given(st.binary(max_size=80), st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
    def test_like_the_library(self, message, seed, noise):
        private = Ed25519PrivateKey.from_private_bytes(seed)
        key = private.public_key().public_bytes_raw()
        assert signed(key, message, private.sign(message))
        assert not signed(key, message, noise)
        assert not signed(noise[:32], message, private.sign(message))


def test_every_attack_is_found_and_located(log):
    draw = random.Random(2026)
    tried = [
        (kind, where, tampered.judged(anchors))
        for _ in range(12)
        for kind, tampered, anchors, where in attacks(log, draw)
    ]
    missed = [(kind, where, told["says"]) for kind, where, told in tried if found(told, where) != (True, True)]
    assert len(tried) >= 200
    assert not missed
    assert log.judged()["sound"]


def test_the_first_and_the_last_act_too():
    log = grown(40)
    for seq in (1, 40):
        changed = log.with_line(seq, lie(log.lines[seq - 1]))
        for tampered in (changed, changed.hashed_anew(seq, seq), changed.hashed_anew(seq, 40)):
            assert tampered.judged()["first_bad"] == seq
    assert log.cut(0).judged()["first_bad"] == 1
    assert replace(log.cut(0), heads=[]).judged()["sound"], "an empty log without a head: only an anchor tells"
    assert replace(log.cut(0), heads=[]).judged([log.head(40)])["first_bad"] == 1


def test_the_holder_of_the_key_is_found_before_the_last_anchor_and_not_after(log):
    own = log.with_line(1500, lie(log.lines[1499])).hashed_anew(1500, 2000, OURS)
    own = replace(own, heads=[own.head(2000)])
    told = own.judged([log.head(1400), log.head(1800)])
    assert (told["first_bad"], told["until"], told["why"]) == (1401, 1800, "anchor")
    assert own.judged([log.head(1400)])["sound"], "this is what the handbook says"


def test_what_was_verified_before_is_not_read_again(log):
    before = bytes.fromhex(log.hashes[1899])
    rest = Log(log.lines[1900:], log.hashes[1900:], [], log.heads)

    class Rest:
        heads = log.heads
        at = log.at

        def __iter__(self):
            return iter(rest)

    assert judge(Rest(), [OURS.key], start=1900, before=before)["entries"] == 2000
    told = judge(Rest(), [OURS.key], start=1900, before=ZERO)
    assert (told["first_bad"], told["sound"]) == (1900, False)


class TestMark:
    """The desk's own note that the end of its log was not as it had signed it."""

    def log(self, told_seq, told_hash, key=THEIRS):
        early = grown(9)
        rest = Chain(OURS, 9, early.hashes[8])
        row = rest.link(
            datetime.now(UTC), "desk", "log head was not as signed", "", {"seq": told_seq, "hash": told_hash}
        )
        whole = replace(early, lines=[*early.lines, row.line], hashes=[*early.hashes, row.hash],
                        sigs=[*early.sigs, row.sig])  # fmt: skip
        return replace(whole, heads=[whole.head(10)])

    def test_acts_that_were_cut_off_before_it(self):
        told = self.log(12, "ab" * 32).judged()
        assert (told["sound"], told["first_bad"], told["until"]) == (False, 10, 10)

    def test_a_tail_that_was_written_anew_before_it(self):
        early = grown(9)
        anew = early.with_line(5, lie(early.lines[4])).hashed_anew(5, 9)
        row = Chain(OURS, 9, anew.hashes[8]).link(
            datetime.now(UTC), "desk", "log head was not as signed", "", {"seq": 9, "hash": anew.hashes[8]}
        )
        whole = replace(anew, lines=[*anew.lines, row.line], hashes=[*anew.hashes, row.hash],
                        sigs=[*anew.sigs, row.sig])  # fmt: skip
        told = replace(whole, heads=[whole.head(10)]).judged()
        assert (told["first_bad"], told["why"]) == (5, "replaced")

    def test_a_lost_key_that_somebody_vouches_for(self):
        early = grown(9)
        log = self.log(9, early.hashes[8])
        assert log.judged()["sound"], "the key before is the key now"
        renewed = replace(log, heads=[log.head(10, THEIRS)], anew=(10, 10, THEIRS))
        told = judge(renewed, [THEIRS.key])
        assert (told["first_bad"], told["until"]) == (1, 9)
        assert judge(renewed, [THEIRS.key, OURS.key])["sound"]


class TestAlone:
    def test_it_says_the_same(self, log, tmp_path):
        path = written(log, tmp_path / "e.jsonl")
        code, told = alone(path, "--key", ":".join(OURS.key[n : n + 8] for n in range(0, 64, 8)))
        assert (code, told["entries"], told["warnings"]) == (0, 2000, [])
        for _, tampered, anchors, where in attacks(log, random.Random(5)):
            written(tampered if not tampered.anew else signed_now(tampered), path)
            outside = tmp_path / "anchors.txt"
            outside.write_text("\n\n> ".join(anchored.printed(a).replace("\n", "\n> ") for a in anchors) or "seq")
            code, told = alone(path, "--key", OURS.key, *(["--anchors", outside] if anchors else []))
            assert (code, told["first_bad"]) == (1, where[0])

    def test_the_key_of_the_file_is_a_warning(self, log, tmp_path):
        code, told = alone(written(log, tmp_path / "e.jsonl"))
        assert code == 0
        assert OURS.key in told["warnings"][0]
        code, told = alone(tmp_path / "e.jsonl", "--key", THEIRS.key)
        assert (code, told["first_bad"]) == (1, 1)

    def test_it_is_short_and_needs_nothing(self):
        text = ALONE.read_text(encoding="utf-8")
        assert "clarion." not in "".join(row for row in text.splitlines() if row.startswith(("import", "from")))


def signed_now(log):
    return replace(log, sigs=[log.at(n + 1)[1] for n in range(len(log.lines))], anew=None)


class TestBadInput:
    @pytest.mark.parametrize(
        ("spoil", "says"),
        [
            (lambda data: data[: len(data) - 40], "cut off"),
            (lambda data: b"", "cut off"),
            (lambda data: data.decode().encode("utf-16"), "not in UTF-8"),
            (lambda data: b"\xef\xbb\xbf" + data, "not a line of a log"),
            (lambda data: data.replace(b'{"hash":', b'{"Hash":', 3), "neither an act nor a head"),
            (lambda data: b"[" * 100_000 + b"\n" + data, "not a line of a log"),
            (lambda data: b'{"a": "' + b"x" * 2_000_000 + b'"}\n' + data, "too long"),
            (lambda data: b'{"seq": 1}\n' + data, "not a log that Clarion exported"),
            (lambda data: data.replace(b'"head": {"seq": 30', b'"head": {"seq": true'), "not whole"),
            (lambda data: data[:-1] + b"\xff\n", "not in UTF-8"),
            (lambda data: data.replace(b'"sig"', b'"sgi"', 1), "neither an act nor a head"),
        ],
    )
    def test_of_the_file(self, tmp_path, spoil, says):
        path = written(grown(30), tmp_path / "e.jsonl")
        path.write_bytes(spoil(path.read_bytes()))
        code, told = alone(path)
        assert (code, told["sound"]) == (3, None)
        assert says in told["says"]

    def test_lines_that_are_gone_from_the_end_are_a_break(self, tmp_path):
        path = written(grown(30), tmp_path / "e.jsonl")
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:20]))
        code, told = alone(path)
        assert (code, told["first_bad"]) == (1, 20)

    def test_a_number_twice(self, tmp_path):
        log = grown(30)
        twice = Log([*log.lines[:10], *log.lines[9:]], [*log.hashes[:10], *log.hashes[9:]],
                    [*log.sigs[:10], *log.sigs[9:]], log.heads)  # fmt: skip
        code, told = alone(written(twice, tmp_path / "e.jsonl"))
        assert (code, told["first_bad"], told["why"]) == (1, 11, "order")

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=300))
    def test_noise_as_anchors(self, noise):
        import tempfile

        with tempfile.NamedTemporaryFile() as file:
            Path(file.name).write_bytes(noise)
            with pytest.raises(BadDocument):
                anchored.read(Path(file.name))

    def test_an_anchor_that_is_not_signed_or_of_another_log(self, tmp_path):
        log = grown(30)
        path = written(log, tmp_path / "e.jsonl")
        forged = log.head(7) | {"seq": 8}
        (tmp_path / "a").write_text(json.dumps({"head": forged}) + "\n")
        assert alone(path, "--anchors", tmp_path / "a")[0] == 3
        (tmp_path / "a").write_text(json.dumps({"head": log.head(7, THEIRS)}) + "\n")
        code, told = alone(path, "--anchors", tmp_path / "a")
        assert (code, told["foreign"], told["anchored"]) == (0, 1, 0)


def test_a_clock_that_was_set_back_is_a_warning_and_not_hidden():
    chain = Chain(OURS)
    times = [datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2, 1, 3)]
    rows = [chain.link(at, "1", "started a run", "", {}) for at in times]
    log = Log([r.line for r in rows], [r.hash for r in rows], [r.sig for r in rows], [])
    told = replace(log, heads=[log.head(4)]).judged()
    assert (told["sound"], told["clock_set_back"]) == (True, [3])
    assert "dated before" in told["warnings"][0]


def test_a_printed_head_is_read_again(tmp_path):
    head = grown(3).head(3)
    text = anchored.printed(head)
    assert max(map(len, text.splitlines())) <= 72
    (tmp_path / "mail").write_text("Dear all,\n\n> " + text.replace("\n", "\n> ") + "\n\nYours\n")
    assert anchored.read(tmp_path / "mail") == [head]


class TestEntry:
    @pytest.mark.parametrize(
        "bad",
        [
            "Анна Петрова",
            "Anna Petrova",
            "anna@example.org",
            "10.0.0.7",
            "2001:db8::1",
            "a\nb",
            '"',
            "x" * 121,
            "(secret)",
        ],
    )
    def test_nothing_of_a_person_gets_in(self, bad):
        for kept in ({"object": bad}, {"detail": {"why": bad}}, {"actor": bad}):
            told = {"actor": "1", "action": "did", "object": "", "detail": {}} | kept
            with pytest.raises(ValueError) as error:
                require_opaque(**told)
            assert bad not in str(error.value)

    @pytest.mark.parametrize("bad", [None, 1.5, ["a"], {"a": 1}, b"x"])
    def test_only_handles_numbers_and_yes_or_no(self, bad):
        with pytest.raises(ValueError):
            require_opaque("1", "did", "", {"what": bad})

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_a_line_is_one_line_of_ascii_that_keeps_what_it_was_given(self, object, value):
        text = line(7, datetime(2026, 5, 1, 13, 14, 59, 999, tzinfo=UTC), "1", "did", object, {"b": 1, "a": value})
        assert text.isascii()
        assert "\n" not in text
        told = json.loads(text)
        assert list(told) == ["seq", "at", "actor", "action", "object", "detail"]
        assert (told["at"], told["object"], told["detail"]) == ("2026-05-01T13:14Z", object, {"a": value, "b": 1})
