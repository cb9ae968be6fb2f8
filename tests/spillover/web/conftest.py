"""What a page must be, whatever it shows: read with a real HTML parser."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import pytest
from lxml import html

DATA_BLOCKS = {"application/json"}


@dataclass
class Page:
    """An answer with its parsed document."""

    address: str
    response: object
    tree: object

    @property
    def text(self):
        return " ".join(self.tree.text_content().split())

    @property
    def h1(self):
        return " ".join(self.tree.xpath("//h1")[0].text_content().split())

    def links(self):
        """Addresses of this desk that the page leads to, those inside pictures too."""
        found = self.tree.xpath("//@href | //@src")
        return {link for link in found if not re.match(r"[a-z]+:|//|#", link)}

    def values(self):
        """What the page's last form would send now: name to value, or list of values for boxes."""
        form = self.tree.xpath("//main//form")[0]
        return dict(form.form_values())

    def faults(self):
        """Every breach of the rules that hold on all pages."""
        return [*self._structure(), *self._policy(), *self._names(), *self._forms()]

    def _structure(self):
        if len(self.tree.xpath("//h1")) != 1:
            yield f"{len(self.tree.xpath('//h1'))} h1"
        if not self.tree.get("lang"):
            yield "no language"
        if not (self.tree.findtext(".//title") or "").strip():
            yield "no title"
        ids = self.tree.xpath("//@id")
        yield from (f"id {i} twice" for i in set(ids) if ids.count(i) > 1)
        for wide in self.tree.xpath("//*[@class='wide']"):  # on a narrow screen it scrolls: the keyboard must reach it
            if wide.get("tabindex") != "0" or not (wide.get("aria-label") or wide.get("aria-labelledby")):
                yield "a wide table that the keyboard does not reach"
        levels = [int(h.tag[1]) for h in self.tree.iter("h1", "h2", "h3", "h4")]
        yield from (f"h{b} after h{a}" for a, b in itertools.pairwise(levels) if b > a + 1)

    def _policy(self):
        for element in self.tree.iter():
            if not isinstance(element.tag, str):
                continue
            if element.tag == "style" or "style" in element.attrib:
                yield f"inline style in <{element.tag}>"
            if element.tag == "script" and not element.get("src") and element.get("type") not in DATA_BLOCKS:
                yield "inline script"
            yield from (f"handler {name}" for name in element.attrib if name.lower().startswith("on"))
            for name in ("href", "src", "action", "formaction"):
                value = (element.get(name) or "").strip().lower()
                if value.startswith(("javascript:", "data:text")):
                    yield f"{name} {value[:30]}"
                if name == "src" and re.match(r"(https?:)?//", value):
                    yield f"another host: {value}"

    def _names(self):
        by_id = {e.get("id"): e for e in self.tree.xpath("//*[@id]")}
        for picture in self.tree.xpath("//img | //*[name()='svg']"):
            named = picture.get("alt") is not None or picture.get("aria-label") or picture.get("aria-hidden") == "true"
            pointed = [by_id.get(i) for i in (picture.get("aria-labelledby") or "").split()]
            if not named and not (pointed and all(e is not None and e.text_content().strip() for e in pointed)):
                yield f"a picture without a name: {html.tostring(picture)[:90]!r}"
        for link in self.tree.xpath("//a[@href] | //button | //*[name()='a']"):
            if not (link.text_content().strip() or link.get("aria-label")):
                yield f"a link without words: {html.tostring(link)[:90]!r}"

    def _forms(self):
        labelled = set(self.tree.xpath("//label/@for"))
        for form in self.tree.xpath("//form"):
            if (form.get("method") or "get").lower() == "post" and not form.xpath(".//*[@name='csrfmiddlewaretoken']"):
                yield "a form without CSRF token"
            for field in form.xpath(".//input[not(@type='hidden' or @type='submit')] | .//select | .//textarea"):
                inside = field.xpath("ancestor::label")
                if not inside and field.get("id") not in labelled and not field.get("aria-label"):
                    yield f"a field without label: {field.get('name')}"


def parse(address, response):
    return Page(address, response, html.document_fromstring(response.content.decode()))


@pytest.fixture
def look(client):
    """Ask for a page and read it: ``look("/spillover/")``; ``post=`` sends a form."""

    def ask(address, post=None, status=200, **more):
        response = client.get(address, **more) if post is None else client.post(address, post, **more)
        assert response.status_code == status, (address, response.status_code, response.content[:500])
        return parse(address, response)

    return ask
