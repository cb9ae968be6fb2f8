"""Sealed values: who opens them, and that nothing about them can be moved or changed."""

import pickle
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyholders import PERSON, Organisation

from clarion.errors import InputError
from clarion.seal.documents import decode, encode
from clarion.seal.errors import BadDocument, NotEnough, SealError
from clarion.seal.padding import LARGEST, pad, unpad
from clarion.seal.shares import join, part_length, split
from clarion.seal.value import open_with, part_of, read_envelope, stub


@pytest.fixture(scope="module")
def org():
    return Organisation()


def parts(org, sealed, *who):
    chosen = [org.keyholders[i] for i in who]
    return {k.name: part_of(sealed.wraps[k.name], sealed.digest, k.name, k.box) for k in chosen}


def test_any_two_of_three_open_it_and_one_does_not(org):
    sealed = org.seal()
    for pair in combinations(range(3), 2):
        opened = open_with(sealed.envelope, parts(org, sealed, *pair), org.roster)
        assert opened.reveal() == PERSON
    for one in range(3):
        with pytest.raises(NotEnough):
            open_with(sealed.envelope, parts(org, sealed, one), org.roster)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 9).flatmap(lambda n: st.tuples(st.integers(2, n), st.just(n))), st.binary(min_size=32, max_size=32)
)
def test_every_group_of_the_threshold_joins_the_key_and_fewer_see_noise(shape, key):
    threshold, people = shape
    dealt = split(key, threshold, people)
    assert {len(part) for part in dealt} == {part_length(threshold, people)}
    group = list(range(people))[-threshold:]
    assert join({i: dealt[i] for i in group}, threshold, people) == key
    with pytest.raises(NotEnough):
        join({i: dealt[i] for i in group[1:]}, threshold, people)
    assert all(key not in part for part in dealt)


def test_a_false_part_is_passed_over_when_enough_true_ones_are_there(org):
    sealed = org.seal()
    all_three = parts(org, sealed, 0, 1, 2)
    name = org.keyholders[0].name
    assert open_with(sealed.envelope, all_three | {name: bytes(64)}, org.roster).reveal() == PERSON
    with pytest.raises(SealError, match="false"):
        open_with(sealed.envelope, parts(org, sealed, 0, 1) | {name: bytes(64)}, org.roster)


@pytest.mark.parametrize(
    "field", ["record", "room", "fields", "policy", "revision", "nonce", "ciphertext", "commitment"]
)
def test_an_envelope_that_was_changed_or_moved_does_not_open(org, field):
    sealed, other = org.seal(), org.seal({"name": "somebody else"}, room="evidence", fields="witness", revision=2)
    envelope = sealed.envelope | {field: other.envelope[field] if field != "policy" else "other"}
    with pytest.raises(SealError):
        open_with(envelope, parts(org, sealed, 0, 1), org.roster)
    changed = type(sealed)(envelope, sealed.wraps)
    with pytest.raises(SealError, match="does not open"):  # nor do the wraps, which name the envelope's digest
        parts(org, changed, 0, 1)


def test_wraps_that_were_swapped_between_values_or_keyholders_do_not_open(org):
    a, b = org.seal(), org.seal()
    first, second = (k.name for k in org.keyholders[:2])
    with pytest.raises(SealError):
        parts(org, type(a)(a.envelope, b.wraps), 0)
    with pytest.raises(SealError):
        parts(org, type(a)(a.envelope, a.wraps | {first: a.wraps[second]}), 0)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_flipped_bit_of_envelope_or_wrap_is_found(data):
    org = Organisation()
    sealed = org.seal()
    what = data.draw(st.sampled_from(["nonce", "ciphertext", "commitment", "wrap"]))
    name = org.keyholders[0].name
    raw = bytearray(decode(sealed.wraps[name] if what == "wrap" else sealed.envelope[what]))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    if what == "wrap":
        broken = type(sealed)(sealed.envelope, sealed.wraps | {name: encode(bytes(raw))})
        with pytest.raises(SealError):
            parts(org, broken, 0, 1)
    else:
        with pytest.raises(SealError):
            open_with(sealed.envelope | {what: encode(bytes(raw))}, parts(org, sealed, 0, 1), org.roster)


def test_lengths_tell_nothing_within_a_bucket(org):
    short, long = org.seal({"name": "A"}), org.seal({"name": "Б" * 150})
    assert len(short.envelope["ciphertext"]) == len(long.envelope["ciphertext"])
    assert {len(w) for w in short.wraps.values()} == {len(w) for w in long.wraps.values()}


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(value):
    padded = pad(value)
    assert unpad(padded) == value
    assert len(padded) in (1024, 2048, 4096, 8192)


def test_what_is_too_long_or_no_text_is_refused(org):
    with pytest.raises(InputError, match="at most"):
        org.seal({"note": "x" * LARGEST})
    with pytest.raises(InputError, match="texts"):
        org.seal({"note": 1.5})
    with pytest.raises(SealError, match="policy"):
        org.seal(policy="none such")


def test_an_opened_value_prints_as_sealed_and_cannot_be_pickled(org):
    sealed = org.seal()
    opened = open_with(sealed.envelope, parts(org, sealed, 1, 2), org.roster)
    assert {str(opened), repr(opened), f"{opened}", f"{opened!r:>3}"} == {"<sealed>"}
    with pytest.raises(TypeError):
        pickle.dumps(opened)


def test_a_value_opens_only_under_the_roster_it_was_sealed_for(org):
    sealed, other = org.seal(), Organisation()
    with pytest.raises(SealError, match="another roster"):
        open_with(sealed.envelope, parts(org, sealed, 0, 1), other.roster)


def test_envelopes_are_read_in_one_form_only(org):
    from clarion.seal.documents import write

    sealed = org.seal()
    text = write(sealed.envelope)
    assert read_envelope(text) == sealed.envelope
    other_form, twice = text.replace('"v":1', '"v":2'), text.replace('{"c', '{"ciphertext":"AA","c', 1)
    for broken in (text[:-20], text.replace(",", ", ", 1), text[:-2] + ',"x":1}\n', other_form, twice, "", "[]"):
        with pytest.raises(BadDocument):
            read_envelope(broken)


def test_a_stub_names_the_envelope_and_holds_no_ciphertext(org):
    sealed = org.seal()
    assert stub(sealed.envelope)["ciphertext"] not in sealed.envelope["ciphertext"]
    assert len(decode(stub(sealed.envelope)["ciphertext"])) == 32
