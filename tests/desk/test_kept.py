"""Kept pieces of pages: drawn once for a key and a language."""

from django.utils import translation

from clarion.desk.kept import kept


def test_drawn_once_for_a_key_and_a_language():
    asked = []

    def context():
        asked.append(1)
        return {"map": {"svg": "<svg/>", "title": f"T{len(asked)} & more", "note": "", "legend": []}}

    key = ("test", object())
    first = kept("desk/_map.html", key, context)
    assert "T1 &amp; more" in first
    assert "<svg/>" in first
    assert kept("desk/_map.html", key, context) == first
    assert kept("desk/_map.html", ("another",), context) != first
    with translation.override("uk"):
        assert "T3" in kept("desk/_map.html", key, context)
    assert len(asked) == 3
