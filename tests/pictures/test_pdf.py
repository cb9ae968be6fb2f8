import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import InputError
from clarion.pictures.charts import Bar, Frame, interval_bars
from clarion.pictures.pdf import escape, figure, preamble, string, table, typst_pdf
from clarion.pictures.svg import printable

HOSTILE = [
    '#eval("1+1")', "$x^2$", "\\", '\\"', '";#panic();"', "`raw`", "```typ #panic() ```", "@ref", "<label>", "// gone",
    "/* gone */", "= Heading", "- item", "+ item", "/ term: x", "*bold* _it_", '#import "@preview/x:1.0.0"', "~",
    "[a](b)", "{x}",
    "https://example.org", "#{", "(1, 2)", ".len()", "line\nbreak", "\u202e rtl", "a\x00b", "'q' \"q\"", "---",
]  # fmt: skip


def shown(words: str, after: str = "") -> str:
    """The text that Typst makes of ``escape(words)``, read back through its own query."""
    source = f"#metadata([{escape(words)}{after}]) <m>".encode()
    (found,) = json.loads(typst.query(source, "<m>", field="value"))
    parts = found.get("children", [found])
    return "".join("\n" if p["func"] == "linebreak" else p.get("text", " ") for p in parts)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_never_code(words: str) -> None:
    assert shown(words) == printable(words)
    assert shown(words, after="(1)") == printable(words) + "(1)"
    assert shown(words, after=".len()") == printable(words) + ".len()"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=40))
def test_any_words_come_out_as_they_went_in(words: str) -> None:
    assert shown(words) == printable(words)


def test_hostile_words_in_every_place_still_make_a_document() -> None:
    # Without what no font draws, which is refused with a name of its own.
    words = [w.replace("\x00", "").replace("\u202e", "") for w in HOSTILE]
    chart = interval_bars([Bar(w, 1.0, text=w) for w in words], Frame("T", "D", standalone=True))
    for word in words:
        source = preamble(word, language="en", author=word, footer=word)
        source += f"= {escape(word)}\n{escape(word)}\n" + figure("c.svg", alt=word)
        source += table([word, "n"], [[word, "1"], ["b", word]], numbers=[1])
        assert typst_pdf(source, {"c.svg": chart.encode()}).startswith(b"%PDF-")


def test_a_long_heading_leaves_room_for_names() -> None:
    """Each column is as wide as its longest cell asks for: a heading breaks, a name does not run into its figures."""
    header = ["Country", "kcal a person a day, before anybody responds"]
    source = table(header, [["Congo - Brazzaville", "135 (81 to 221)"]], numbers=[1])
    assert source.startswith("#table(columns: (21fr, 17fr,), align: (left, right,)")


SAID = {
    "ru": "Египет взял 79 % пшеницы из России и Украины; объём ёмкий",
    "uk": "Єгипет узяв 79 % пшениці; ґанок, їжа, об’єм",
    "kk": "Қырғызстан, әғқңөұүһі, Ә Ғ Қ Ң Ө Ұ Ү Һ І",
    "hy": "Հայաստան և Վրաստան",
    "ka": "საქართველო და სომხეთი",
    "en": "Türkiye, Côte d’Ivoire: 74–83 ≥ 5 € ₴ ₸ ₽",
}


@pytest.mark.parametrize("language", SAID)
def test_each_language_is_drawn_with_the_fonts_of_the_wheel(language: str) -> None:
    """PDF/UA refuses a character without a glyph, so that making the document proves that each was drawn."""
    words = SAID[language]
    pdf = typst_pdf(preamble(words, language=language) + f"= {escape(words)}\n{escape(words)}\n*{escape(words)}*")
    assert re.search(rb"/StructTreeRoot", pdf)
    assert re.search(rb"/Lang\(" + language.encode(), pdf)
    assert b"pdfuaid" in pdf


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("language", SAID)
def test_text_can_be_read_back_out(language: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(typst_pdf(preamble("T", language=language) + escape(SAID[language])))
    run = subprocess.run(["pdftotext", "-raw", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
    assert SAID[language] in run.stdout.decode()


def test_the_same_source_gives_the_same_bytes() -> None:
    when = datetime(2026, 11, 23, tzinfo=UTC)
    source = preamble("T", language="en") + escape("Words")
    assert typst_pdf(source, created=when) == typst_pdf(source, created=when)


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(InputError, match="漢") as caught:
        typst_pdf(preamble("T", language="en") + escape("漢字"))
    assert caught.value.details["characters"] == "漢"


def test_no_package_and_no_file_from_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(InputError, match="package"):
        typst_pdf('#import "@preview/cetz:0.2.0"')
    with pytest.raises(InputError, match="package") as caught:
        typst_pdf('#include "a.typ"', {"a.typ": b'#import "@local/x:1.0.0"'})
    assert caught.value.where == "a.typ"
    for path in (str(tmp_path / "secret.txt"), "../secret.txt", "pyproject.toml"):
        with pytest.raises(InputError, match="cannot be typeset"):
            typst_pdf(preamble("T", language="en") + f"#read({string(path)})")
    for name in ("../a.svg", "a/b.svg", "main.typ", "main", "", "/etc/x"):
        with pytest.raises(InputError, match="plain file name"):
            typst_pdf("x", {name: b""})


def test_no_word_of_a_document_is_on_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate names somebody: what a process that is killed leaves behind must not."""
    import typst

    seen, compiled = [], typst.compile

    def looked(*args: object, **more: object) -> bytes:
        for file in tmp_path.rglob("*"):
            seen.append(file.read_bytes() if file.is_file() else str(file).encode())
        return compiled(*args, **more)

    monkeypatch.setattr(typst, "compile", looked)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    drawn = {"a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "b.txt": b"Zlatogorov"}
    source = preamble("T", language="en") + f"Zlatogorov {figure('a.svg', alt='x')} #read({string('b.txt')})"
    assert typst_pdf(source, drawn).startswith(b"%PDF-")
    assert seen
    assert not [held for held in seen if b"Zlatogorov" in held or b"svg" in held]


def test_an_error_of_typst_is_kept_for_whoever_reports_it() -> None:
    with pytest.raises(InputError) as caught:
        typst_pdf(preamble("T", language="en") + "#nonsense")
    assert "nonsense" in caught.value.details["typst"]
