"""Briefs as documents: one file without outside requests, words never markup, the same words in the PDF."""

import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from clarion.errors import InputError
from clarion.pictures.charts import Bar, Frame, interval_bars
from clarion.pictures.document import Document, Drawing, Grid, Listing, Paragraph, Section, style, style_hash

MADE = datetime(2026, 1, 2, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)> #eval("1") $x$ {{ 7*7 }} {% x %} &amp; \\'


def document(words="Words", language="en"):
    chart = interval_bars([Bar(words, 0.5, 0.4, 0.6, words)], Frame(words, words, language, "bars", standalone=True))
    return Document(
        words, language, words,
        [
            Section("", [Paragraph(words), Paragraph(words, quiet=True)]),
            Section(words, [Listing((words, words)), Drawing(chart, words, words)]),
            Section(words, [Grid((words, words), ((words, "1"), (words, "2")), (1,), words)]),
        ],
        words, MADE,
    )  # fmt: skip


def tree(made):
    return html.document_fromstring(made.html().decode())


def test_structure():
    found = tree(document())
    assert found.get("lang") == "en"
    assert len(found.xpath("//h1")) == 1
    assert len(found.xpath("//h2")) == 2
    assert len(found.xpath("//main//li")) == 2
    assert found.xpath("//svg/@role | //*[name()='svg']/@role")
    assert [th.get("scope") for th in found.xpath("//thead//th")] == ["col", "col"]
    assert found.xpath("//tbody/tr[1]/td[2]/@class") == ["n"]
    assert found.xpath("//div[@class='wide']/@tabindex") == ["0"]


def test_an_empty_document_is_still_one():
    bare = Document("Title", "en")
    assert tree(bare).xpath("//h1")[0].text == "Title"
    assert bare.pdf().startswith(b"%PDF-")


def test_nothing_is_fetched():
    text = document(HOSTILE).html().decode()
    found = tree(document(HOSTILE))
    assert not found.xpath("//script | //img | //link | //iframe | //object | //@src | //@*[starts-with(name(), 'on')]")
    assert [u for u in re.findall(r"url\(([^)]*)", text) if not u.startswith(("#", "data:"))] == []
    assert "@import" not in text


def test_words_are_shown_as_they_are():
    found = tree(document(HOSTILE))
    shown = " ".join(found.text_content().split())
    assert shown.count(" ".join(HOSTILE.split())) >= 8
    assert found.xpath("//h1")[0].text_content() == HOSTILE


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40))
def test_any_words_stay_words(words):
    found = html.document_fromstring(Document("T", "en", "", [Section("S", [Paragraph(words)])]).html().decode())
    assert len(found.xpath("//main/p")) == 1
    assert not found.xpath("//main/p/*")


def test_the_policy_may_name_the_style_by_its_hash():
    import base64
    import hashlib

    inside = tree(document()).xpath("//style")[0].text_content()
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    assert style_hash() == f"'sha256-{digest}'"
    assert "http" not in style()


def test_the_same_words_make_the_same_bytes():
    assert document().html() == document().html()
    assert document().pdf() == document().pdf()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Exposure of Kyrgyzstan"), ("ru", "Зависимость Киргизии"), ("uk", "Залежність Киргизстану"),
     ("kk", "Қырғызстанның тәуелділігі"), ("hy", "Ղրղզստանի կախվածությունը"), ("ka", "ყირგიზეთის დამოკიდებულება")],
)  # fmt: skip
def test_the_pdf_holds_the_words_of_each_language(language, words):
    pdf = document(words, language).pdf()
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    ran = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    assert " ".join(ran.stdout.decode().split()).count(words) >= 8


def test_a_letter_that_no_font_draws_is_named():
    with pytest.raises(InputError) as refused:
        document("𓀀").pdf()
    assert refused.value.next_step
