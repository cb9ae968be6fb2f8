"""A grid of marked cells: no cell is told by its colour alone, and both themes can be read."""

from typing import get_args

import pytest
from lxml import etree

from clarion.errors import InputError
from clarion.pictures.charts import Frame
from clarion.pictures.marked_grid import _FILL, _INK, Kind, Mark, marked_grid
from clarion.pictures.tokens import dark, light

KINDS = get_args(Kind)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(standalone=False, names=("A & <b>", "B")):
    cells = {(r, c): Mark(KINDS[(2 * r + c) % 5], str(r), "3–7") for r in range(3) for c in range(2)}
    legend = [(kind, f"word of {kind}") for kind in KINDS]
    frame = Frame("Title", "Description", prefix="p", standalone=standalone)
    return marked_grid(["one", "a name that is much too long for one line", "three"], names, cells, frame, legend)


def test_it_is_sound_xml_with_a_name():
    root = etree.fromstring(drawn())
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "p-t"
    assert root.find(f"{SVG}title").text == "Title"
    said = [e.text for e in root.iter(f"{SVG}text")]
    assert {"A & <b>", "3–7", "word of bad"} <= set(said)
    assert "style" not in {name for e in root.iter() for name in e.attrib}


def test_every_kind_but_the_plain_one_has_a_sign_of_its_own():
    def signs(kind):
        root = etree.fromstring(marked_grid(["r"], ["c"], {(0, 0): Mark(kind, "1")}, Frame("t", "d")))
        return tuple(e.get("d") for e in root.iter(f"{SVG}path"))

    found = [signs(kind) for kind in KINDS]
    assert len(set(found)) == len(KINDS)
    assert [len(f) for f in found] == [1, 1, 1, 1, 0]


def test_a_file_carries_its_colours_a_page_does_not():
    assert "var(--" not in drawn(standalone=True)
    assert light()["g1"] in drawn(standalone=True)
    assert "#" not in drawn().replace("&#", "")


@pytest.mark.parametrize("theme", [light, dark])
@pytest.mark.parametrize("kind", KINDS)
def test_words_can_be_read_on_every_kind(theme, kind):
    tokens = theme()
    assert contrast(tokens[_INK.get(kind, "ink")], tokens[_FILL[kind]]) >= 4.5


def test_a_prefix_that_starts_no_id():
    with pytest.raises(InputError):
        marked_grid(["r"], ["c"], {}, Frame("t", "d", prefix="1"))


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
