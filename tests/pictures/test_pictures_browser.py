"""In a browser, under the desk's content policy: axe finds nothing, nothing is loaded, the page's colours arrive."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clarion.pictures.charts import Bar, Frame, Partners, interval_bars, stacked_partners
from clarion.pictures.choropleth import Words, choropleth
from clarion.pictures.legend import legend, swatch
from clarion.pictures.scale import SHARES
from clarion.pictures.tokens import dark, light, stylesheet
from clarion.pictures.world import world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    words = Words("Wheat", "Shares", lambda code: code, lambda code, v: "no data" if v is None else f"{v:.0%}")
    values = {code: i % 11 / 10 for i, code in enumerate(world().areas)}
    drawn = [
        choropleth(values, SHARES, words, href=lambda code: f"#{code}"),
        interval_bars([Bar("Egypt", 0.79, 0.74, 0.83, "79 %")], Frame("Bars", "D", prefix="a")),
        stacked_partners([Partners("Wheat", {"Russia": 0.6, "Ukraine": 0.4})], Frame("Parts", "D", prefix="b")),
    ]
    made = legend(SHARES, title="Share", number=lambda v: f"{v:.0%}", no_data="No data", disputed="See the note")
    items = "".join(f"<li>{swatch(e)}{e.label}</li>" for e in made.entries)
    drawn.append(f'<ul class="legend">{items}</ul>')
    (folder / "p.css").write_text(stylesheet() + "body{background:var(--paper);color:var(--ink)}", encoding="utf-8")
    (folder / "p.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pictures</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src file:">'
        f'<link rel="stylesheet" href="p.css"></head><body><main>'
        f"<h1>Pictures</h1>{''.join(drawn)}</main></body></html>",
        encoding="utf-8",
    )
    return folder / "p.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_under_the_content_policy(browser: Any, page_file: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert said == [], "the content policy refused something"
    assert {url.rsplit("/", 1)[1] for url in asked} == {"p.html", "p.css"}

    theme = light() if scheme == "light" else dark()
    rgb = "rgb({}, {}, {})".format(*(int(theme["s5"][i : i + 2], 16) for i in (1, 3, 5)))
    assert page.eval_on_selector(".map .c5", "e => getComputedStyle(e).fill") == rgb
    s3 = "rgb({}, {}, {})".format(*(int(theme["s3"][i : i + 2], 16) for i in (1, 3, 5)))
    fills = page.eval_on_selector_all(".chart path", "all => all.map(e => getComputedStyle(e).fill)")
    assert s3 in fills, "a token in a presentation attribute must arrive"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName").lower() in ("body", "html"), "the map holds no tab stop"
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()
