"""Key files, blind indexes and the store of wraps."""

import sqlite3

import pytest
from keyholders import CHEAP, Organisation

from clarion.errors import InputError
from clarion.seal.documents import write
from clarion.seal.errors import BadDocument, WrongPassphrase
from clarion.seal.index import blind_index
from clarion.seal.keyfile import lock, new_keys, new_passphrase, unlock
from clarion.seal.wraps import Wraps


def test_a_key_file_opens_with_its_passphrase_after_a_hundred_wrong_ones():
    keys, passphrase = new_keys("keyholder", "north"), new_passphrase()
    text = write(lock(keys, passphrase, CHEAP))
    assert keys.card["sign"] in text
    assert passphrase not in text
    for _ in range(100):
        with pytest.raises(WrongPassphrase):
            unlock(text, new_passphrase())
    assert unlock(text, passphrase + "\n").card == keys.card


@pytest.mark.parametrize("field", ["card", "salt", "nonce", "secret", "iterations", "memory_kib"])
def test_a_key_file_that_was_changed_does_not_open(field):
    passphrase = new_passphrase()
    one = lock(new_keys("device", "a"), passphrase, CHEAP)
    other = lock(new_keys("device", "b"), passphrase, CHEAP) | {"iterations": 2, "memory_kib": 9000}
    with pytest.raises(WrongPassphrase):
        unlock(write(one | {field: other[field]}), passphrase)


def test_bad_key_files_and_passphrases():
    keys = new_keys("device", "a")
    with pytest.raises(InputError, match="too easy"):
        lock(keys, "short", CHEAP)
    with pytest.raises(InputError, match="too easy"):
        lock(keys, "a" * 30, CHEAP)
    document = lock(keys, new_passphrase(), CHEAP)
    for cost in ({"memory_kib": 2**40}, {"iterations": 10**9}, {"lanes": 0}):
        with pytest.raises(BadDocument, match="cost"):
            unlock(write(document | cost), "any passphrase at all")
    with pytest.raises(BadDocument):
        unlock(write(document)[:-40], "any passphrase at all")
    for label in ("", "x" * 41, "a\nb", " a"):
        with pytest.raises(InputError, match="label"):
            new_keys("keyholder", label)


def test_a_blind_index_finds_the_same_value_however_it_is_written():
    key = bytes(range(32))
    same = {
        blind_index(key, "giving", "iban", text) for text in ("GE29 NB00 0000 0101 9049 17", "ge29nb0000000101904917")
    }
    assert len(same) == 1
    assert blind_index(key, "giving", "phone", "+995 555-12-34-56") == blind_index(
        key, "giving", "phone", "(995)555123456"
    )
    different = [
        blind_index(key, "giving", "iban", "GE29NB0000000101904917"),
        blind_index(key, "evidence", "iban", "GE29NB0000000101904917"),
        blind_index(key, "giving", "account", "GE29NB0000000101904917"),
        blind_index(bytes(32), "giving", "iban", "GE29NB0000000101904917"),
    ]
    assert len(set(different)) == 4


@pytest.mark.parametrize(
    ("field", "value"), [("birth_year", "1984"), ("region", "Pskov"), ("phone", "12"), ("email", " ")]
)
def test_no_blind_index_for_what_can_be_guessed(field, value):
    with pytest.raises(InputError):
        blind_index(bytes(32), "giving", field, value)


def test_wraps_that_were_erased_are_gone_from_the_file_and_stay_so(tmp_path):
    org, wraps = Organisation(), Wraps(tmp_path)
    one, two = org.seal(), org.seal()
    for sealed in (one, two):
        wraps.keep(sealed.digest, sealed.wraps)
    assert wraps.of(one.digest) == one.wraps
    assert wraps.file.stat().st_mode & 0o077 == 0
    wraps.erase([one.digest])
    assert wraps.of(one.digest) == {}
    assert wraps.of(two.digest) == two.wraps
    wraps.keep(one.digest, one.wraps)  # as a restored copy would
    assert wraps.of(one.digest) == {}
    name = org.keyholders[0].name
    assert wraps.for_keyholder([one.digest, two.digest], name) == {two.digest: two.wraps[name]}
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(wrap.encode() in left for wrap in one.wraps.values())
    assert all(wrap.encode() in left for wrap in two.wraps.values())


def test_a_broken_store_of_wraps_says_what_to_do(tmp_path):
    from clarion.errors import StorageError

    (tmp_path / "wraps.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match="store of wraps"):
        Wraps(tmp_path).of("x")
    assert sqlite3.sqlite_version_info >= (3, 37)
