"""What only a browser can tell: accessibility, width, colours, keyboard, print, no request elsewhere, no script."""

import time

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/sources/", "/people/", "/log/", "/account/tokens/", "/account/2fa/",
    "/account/2fa/webauthn/", "/account/2fa/webauthn/add/", "/account/2fa/totp/activate/", "/account/password/set/",
    "/account/logout/", "/spillover/", "/spillover/ranking/", "/spillover/method/",
    "/spillover/country/KGZ/", "/spillover/country/EGY/wheat/",
    "/spillover/rows/trade_flows/staple-trade/?lines=2,3", "/spillover/scenarios/", "/spillover/scenarios/new/",
    "/spillover/scenarios/new/?mode=text", "/spillover/scenarios/shipped/black-sea-closure/", "/spillover/runs/",
    "/spillover/bans/", "/spillover/prices/", "/spillover/macro/",
    "/spillover/macro/UZB/",
    "/nothing/", "/spillover/country/KGZ/brief.html", "/releases/", "/releases/main/2026-Q2/",
    "/releases/main/2026-Q2/?span=new", "/releases/new/",
    *(f"/screening/{page}" for page in ("", "batches/", "queue/", "decisions/", "changes/", "register/", "lists/")),
    *(f"/screening/{page}" for page in ("exemptions/", "refusals/", "refusals/totals/")),
]  # fmt: skip
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}


def pages(desk, state):
    kazakhstan, black_sea = state[1]
    other = kazakhstan.rstrip("/").rpartition("/")[2]
    runs = [
        black_sea,
        f"{black_sea}country/EGY/",
        f"{black_sea}compare/{other}/",
        f"{black_sea}brief.html",
        f"{black_sea}plan/",
    ]
    return [desk.address + p for p in [*PAGES, *runs]]


def walked(page, desk, state):
    """Go to every page, signed in anew now and then: some ask after five minutes for what a link alone cannot give."""
    signed_in = float("-inf")
    for address in pages(desk, state):
        if time.monotonic() - signed_in > 120:
            page.goto(desk.link("operator"))
            signed_in = time.monotonic()
        page.goto(address)
        yield address


def stays_here(page, desk):
    elsewhere = [url for url in page.asked if not url.startswith((desk.address + "/", "data:"))]
    assert elsewhere == []
    assert [c for c in page.complaints if "404 (Not Found)" not in c] == []


@pytest.mark.parametrize("width", [400, 545, 640, 768, 1000])
def test_no_width_between_makes_a_page_scroll_sideways(desk, state, opened, width):
    """A phone lying down, a tablet, a window at 200 %: each is somebody's screen."""
    page, wider = opened(storage_state=state[0], viewport={"width": width, "height": 700}), []
    for address in pages(desk, state):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(address)
    assert wider == []


def test_controls_can_be_hit_with_a_thumb(desk, state, opened):
    """At least 24 by 24 pixels, as WCAG 2.2 asks of whatever is not a link in a sentence."""
    page, small = opened(storage_state=state[0], viewport=NARROW), []
    for address in pages(desk, state):
        page.goto(address)
        small += page.evaluate(
            """() => [...document.querySelectorAll('button, select, textarea, summary, nav a, .btn, main input')]
            .map(e => [e.closest('label') || e, e.outerHTML.slice(0, 80)])
            .map(([e, html]) => [e.getBoundingClientRect(), html])
            .filter(([r]) => r.width && Math.min(r.width, r.height) < 24).map(([, html]) => html)"""
        )
    assert small == []


@pytest.mark.parametrize(
    ("scheme", "language", "size"), [("light", "en", WIDE), ("light", "en", NARROW), ("dark", "ru", NARROW)]
)
def test_axe_and_width_on_every_page(desk, state, opened, scheme, language, size):
    """axe finds nothing, and nothing runs out of the screen."""
    from axe_playwright_python.sync_playwright import Axe

    page, axe, faults = opened(storage_state=state[0], color_scheme=scheme, viewport=size), Axe(), []
    page.context.add_cookies([{"name": "django_language", "value": language, "url": desk.address}])
    for address in walked(page, desk, state):
        assert page.evaluate("document.documentElement.lang") == language
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            faults.append(f"{address}: {width} px wide")
        found = axe.run(page).response["violations"]
        faults += [f"{address}: {v['id']} {v['nodes'][0]['html'][:120]}" for v in found]
    assert faults == [], "\n".join(faults)
    stays_here(page, desk)


def test_the_sign_in_page(desk, opened):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(viewport=NARROW)
    page.goto(desk.address + "/spillover/")
    assert "/account/login/" in page.url
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.fill("[name=login]", "operator")
    page.fill("[name=password]", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert], .errorlist")
    assert Axe().run(page).response["violations"] == []
    stays_here(page, desk)


def test_without_script_from_the_link_to_the_brief(desk, opened):
    page = opened(java_script_enabled=False, accept_downloads=True)

    def follow(selector):
        with page.expect_navigation():  # on a busy machine the page that is left stays for a moment
            page.click(selector)

    page.goto(desk.link("operator"))
    assert page.url == desk.address + "/"
    follow("nav a[href='/spillover/']")
    assert page.inner_text("h1").startswith("52 countries")
    assert page.locator("figure svg path").count() > 150
    page.select_option("#f-trade", "corrected")
    follow(".filter button")
    assert page.inner_text("h1").startswith("53 countries")
    follow("tbody tr:first-child th a")
    assert "imports come from Russia and Ukraine" in page.inner_text("h1")
    follow("tbody tr:first-child th a")
    follow("tbody tr:first-child td:last-child a")
    assert "as published" in page.inner_text(".lead")
    page.goto(desk.address + "/spillover/scenarios/")
    follow(".card a[href*='kazakhstan']")
    page.select_option("#s-draws", "500")
    page.click("main form button")
    page.wait_for_selector("progress, #losses")  # a quick run may be done before its page is read
    page.wait_for_selector("#losses", timeout=90_000)  # followed by the page's own refresh
    with page.expect_download() as download:
        page.click("a[href$='brief.pdf']")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    with page.expect_download() as download:
        page.click("a[href$='table.csv']")
    assert download.value.path().read_text().startswith("iso3,")
    stays_here(page, desk)


def test_by_keyboard_alone(desk, state, opened):
    page = opened(storage_state=state[0])
    page.goto(desk.address + "/spillover/")
    reached, unseen = [], []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
            return {tag: e.tagName.toLowerCase(), id: e.id, text: (e.textContent || '').trim().slice(0, 30),
              part: e.closest('header,main,footer,.skip')?.tagName.toLowerCase() || '',
              seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.left >= 0}; }"""
        )
        reached.append(here)
        if not here["seen"]:
            unseen.append(here)
    assert unseen == []
    assert reached[0]["text"] == "Skip to the content"
    order = [e["text"] or e["id"] for e in reached]
    for earlier, later in (("Clarion", "Spillover"), ("Spillover", "language"), ("f-item", "f-trade")):
        position = [next(i for i, e in enumerate(reached) if name in (e["text"], e["id"])) for name in (earlier, later)]
        assert position == sorted(position), order
    parts = [e["part"] for e in reached if e["part"] in ("header", "main")]
    assert parts == sorted(parts), "first the frame, then the page"
    assert any(e["tag"] == "a" and e["part"] == "main" for e in reached[12:]), "links in the table are reached"
    page.goto(desk.address + "/spillover/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")  # the browser tells of the jump only after the key has been handled


def test_following_a_run_with_script(desk, state, opened):
    page = opened(storage_state=state[0])
    page.goto(desk.address + "/spillover/scenarios/shipped/ukraine-harvest-halved/")
    page.select_option("#s-draws", "500")
    page.focus("main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#losses", timeout=90_000)
    stays_here(page, desk)


@pytest.mark.parametrize("path", ["/spillover/", "/spillover/country/EGY/"])
def test_print(desk, state, opened, path):
    page = opened(storage_state=state[0], color_scheme="dark")
    page.goto(desk.address + path)
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("header.top", "main .filter", "main .steps", "footer"):
        assert all(not e.is_visible() for e in page.locator(part).all()), part
    colours = page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.pdf(format="A4").startswith(b"%PDF-")
    stays_here(page, desk)


def test_a_scenario_is_checked_while_it_is_written(desk, state, opened):
    page = opened(storage_state=state[0])
    page.goto(desk.address + "/spillover/scenarios/new/")
    page.fill("#low-0", "70")
    page.wait_for_selector("#verdict:has-text('not in rising order')")
    page.fill("#low-0", "10")
    page.wait_for_selector("#verdict:has-text('This scenario can be run')")
    stays_here(page, desk)
