"""Errors: what, where, next step, a stable code; whole again on the other side of a process or of JSON."""

import importlib
import json
import pickle
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clarion
import clarion.errors
from clarion.errors import ClarionError, InputError, UnknownName

KINDS = [
    k for k in vars(clarion.errors).values() if isinstance(k, type) and issubclass(k, ClarionError)
]  # fmt: skip


def every_kind(kind=ClarionError):
    yield kind
    for below in kind.__subclasses__():
        yield from every_kind(below)


@pytest.mark.parametrize("kind", KINDS)
def test_whole_again_after_pickling(kind):
    error = kind("What.", where="Where", next_step="Next.", line=3, known=["a"])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert back.to_dict() == error.to_dict()
    assert str(back) == str(error) == "What.\nWhere: Where\nNext: Next."


@given(st.text(), st.text(), st.text())
def test_whole_again_whatever_it_says(what, where, step):
    error = InputError(what, where=where, next_step=step)
    assert pickle.loads(pickle.dumps(error)).to_dict() == error.to_dict()
    assert json.loads(json.dumps(error.to_dict())) == error.to_dict()


def test_codes_and_exits():
    for module in pkgutil.walk_packages(clarion.__path__, "clarion."):
        if ".engine." in module.name:  # engines name errors of their own; they need no Django to be imported
            importlib.import_module(module.name)
    for kind in every_kind():
        assert kind.code == kind.code.lower()
        assert " " not in kind.code
        # Above 125 lie the shell's own, of which 130 says "stopped on request".
        assert 1 <= kind.exit_code < 126 or kind.exit_code == 130, kind
        assert 400 <= kind.http_status < 600


def test_codes_are_not_shared():
    codes = [k.code for k in KINDS]
    assert len(codes) == len(set(codes))


def test_what_is_not_said_is_left_out():
    assert str(ClarionError("What.")) == "What."
    assert str(ClarionError("What.", next_step="Next.")) == "What.\nNext: Next."


def test_an_unknown_name_is_bad_input():
    with pytest.raises(InputError):
        raise UnknownName("There is no x.")
    assert UnknownName.http_status == 404


def test_it_crosses_a_process():
    from clarion.compute import Processes

    with pytest.raises(UnknownName) as caught:
        Processes(2).map(_fail, [1, 2, 3], seed=1)
    assert caught.value.next_step == "Try 2."
    assert caught.value.details == {"item": 1}


def _fail(item, _rng):
    raise UnknownName("There is none.", next_step="Try 2.", item=item)
