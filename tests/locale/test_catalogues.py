"""The catalogues are whole: every text of the code is in them, said in Russian and Ukrainian, and compiled."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import messages

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*(?:![rs])?(?::[^}]*)?\}")
TAG = re.compile(r"</?[a-z][^>]*>")
LANGUAGES = sorted(messages.PLURALS)


@pytest.fixture(scope="module")
def texts():
    return {(m.context, m.text) for m in messages.gather()}


def forms(message):
    """Pairs of a text and what stands for it."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    return [(message.id[min(i, 1)], form) for i, form in enumerate(message.string)]


@pytest.fixture(params=messages.COMPLETE)
def translated(request):
    return [m for m in messages.read(request.param) if m.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_every_catalogue(language, texts):
    held = {(m.context or "", m.id[0] if m.pluralizable else m.id) for m in messages.read(language) if m.id}
    assert sorted(texts - held) == [], "run: make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    compiled = messages.po(language).with_suffix(".mo").read_bytes()
    assert compiled == messages.compiled(messages.read(language)), "run: make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_hold_no_date_and_no_address(language):
    header = messages.po(language).read_text(encoding="utf-8").partition("\n\n")[0]
    assert "Date" not in header
    assert "@" not in header
    count = len(re.findall(r"nplurals=(\d)", header))
    assert count == 1


def test_russian_and_ukrainian_are_whole(translated):
    unsaid = [m.id for m in translated if m.fuzzy or not all(said for _, said in forms(m))]
    assert unsaid == []


def test_placeholders_are_the_same(translated):
    wrong = [
        (text, said) for m in translated for text, said in forms(m)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(said))
    ]  # fmt: skip
    assert wrong == []


def test_a_percent_sign_is_doubled_where_the_english_doubles_it(translated):
    wrong = [
        said for m in translated for text, said in forms(m)
        if re.search(r"%%|%\(", text) and re.search(r"%", re.sub(r"%%|%\(\w+\)s", "", said))
    ]  # fmt: skip
    assert wrong == []


def test_tags_are_the_same(translated):
    wrong = [
        (text, said) for m in translated for text, said in forms(m)
        if sorted(TAG.findall(text)) != sorted(TAG.findall(said))
    ]  # fmt: skip
    assert wrong == []


def test_ukraine_is_a_country(translated):
    """ "In Ukraine" is not "on Ukraine", in either language."""
    said = " ".join(form for m in translated for _, form in forms(m))
    assert not re.search(r"\bна Україні\b|\bна Украине\b", said)
    assert re.search(
        r"оккупированный Крым — часть Украины|окупований Крим — частина України", said.replace("\u00a0", " ")
    )


def test_plural_forms_follow_the_count():
    from clarion.locale import ngettext

    one = "%(count)s country takes %(share)s %% or more of its wheat imports from Russia and Ukraine"
    many = "%(count)s countries take %(share)s %% or more of their wheat imports from Russia and Ukraine"
    for language, words in (("ru", ("страна", "страны", "стран")), ("uk", ("країна", "країни", "країн"))):
        for count, word in ((1, 0), (2, 1), (5, 2), (11, 2), (21, 0), (52, 1), (0, 2)):
            said = ngettext(one, many, count, language) % {"count": count, "share": 30}
            assert said.split()[1] == words[word], (language, count)


def test_a_language_that_is_not_filled_speaks_english():
    from clarion.locale import gettext, ngettext

    for language in ("kk", "hy", "ka"):
        assert gettext("Country", language) == "Country"
        assert ngettext("%(days)s day", "%(days)s days", 2, language) == "%(days)s days"
        one = "loaded, %(days)s day old"
        assert ngettext(one, "loaded, %(days)s days old", 1, language) == one
