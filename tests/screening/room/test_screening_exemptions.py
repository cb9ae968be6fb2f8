"""Exemptions where people meet them: beside a hit, as a page, at the command line, in the API, on a certificate."""

import json
from datetime import date

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from clarion.access import Actor
from clarion.cli import app
from clarion.config import config
from clarion.errors import InputError, UnknownName
from clarion.screening.models import Decision
from clarion.screening.service import exemption_words, exemptions

PEOPLE = {
    "T.1": (("Arkady Innokentyevich ZLATOGOROV", "Аркадий Иннокентьевич ЗЛАТОГОРОВ"), "1961-05-17", "Asset freeze")
}
LISTED = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "17.05.1961", "use": "payment"}
FREEZE = "eu-journal-32014r0269"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Lay a file of rows beside those that ship."""

    def lay(text):
        file = tmp_path / "own.csv"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setenv("CLARION_EXEMPTIONS", str(file))
        config.cache_clear()

    yield lay
    monkeypatch.undo()
    config.cache_clear()


@pytest.fixture
def decided(signed_in, listed):
    """An officer, and the page of a decision on somebody on a list."""

    def make(source=FREEZE, measure="Asset freeze"):
        listed(source, people={"T.1": (*PEOPLE["T.1"][:2], measure)}, firms={})
        officer = signed_in("officer")
        return officer, officer.post(reverse("screening:check"), LISTED).url

    return make


def test_beside_a_hit(decided):
    officer, where = decided()
    page = officer.get(where).content.decode()
    assert "may apply. Read their texts before you rely on one." in page
    assert "EU-001" in page
    assert "not reviewed by a lawyer" in page
    assert "UN-001" not in page
    narrowed = officer.get(where, {"purpose": "legal_fees"}).content.decode()
    assert "1 exemption or licence may apply." in narrowed
    assert "EU-004" in narrowed
    assert "EU-001" not in narrowed
    nothing = officer.get(where, {"purpose": "media"}).content.decode()
    assert "Nothing in the table may apply. Do not pay; ask the authority for a licence, or a lawyer." in nothing
    assert officer.get(where, {"purpose": "gold"}).status_code == 404


def test_a_travel_ban_alone_is_said(decided):
    officer, where = decided(measure="Travel ban")
    page = officer.get(where).content.decode()
    assert "a travel ban alone, which forbids no payment" in page
    assert "EU-001" not in page


def test_a_list_that_nobody_knows(decided):
    officer, where = decided(source="test-x")
    assert "Whose list this is is not known here" in officer.get(where).content.decode()


def test_links_tell_nobody_where_they_were_followed_from(decided):
    officer, where = decided()
    for address in (where, reverse("screening:exemptions")):
        page = officer.get(address).content.decode()
        links = [part for part in page.split("<a ")[1:] if part.startswith('href="http')]
        assert links
        assert all('rel="noreferrer"' in link.partition(">")[0] for link in links)


def test_a_decision_keeps_none_of_it(decided):
    officer, where = decided()
    officer.get(where)
    assert "same answer, to the last bit" in officer.post(where, {"do": "reproduce"}, follow=True).content.decode()
    kept = officer.get(f"/api/v1/screening/decisions/{Decision.objects.get().pk}").json()
    assert "exemptions" not in kept["subjects"][0]["hits"][0]


def test_the_page_and_its_filters(signed_in):
    officer = signed_in("analyst")
    whole = officer.get(reverse("screening:exemptions")).content.decode()
    assert "Never use it for this" in whole
    assert whole.index("US-003b") < whole.index("US-008")
    swiss = officer.get(reverse("screening:exemptions"), {"jurisdiction": "CH", "purpose": "civil_society"})
    text = swiss.content.decode()
    assert "1 exemption or licence may apply" in text
    assert "CH-002" in text
    assert "EU-025" not in text
    assert officer.get(reverse("screening:exemptions"), {"jurisdiction": "XX"}).status_code == 404


def test_a_broken_table_of_ones_own_stops_no_decision(decided, own):
    officer, where = decided()
    own("id,authority\n")
    page = officer.get(where)
    assert page.status_code == 200
    assert "No exemption is shown until it is mended." in page.content.decode()
    assert officer.get(reverse("screening:exemptions")).status_code in (400, 422)


def test_a_row_of_ones_own_is_marked(decided, own):
    text = exemptions.as_csv(Actor.console())
    row = next(line for line in text.splitlines() if line.startswith("EU-004"))
    reviewed = row.removesuffix(",true,,") + f",false,A. Lawyer,{date.today()}"
    assert reviewed != row
    own(text.splitlines()[0] + "\n" + reviewed + "\n")
    officer, where = decided()
    page = officer.get(where, {"purpose": "legal_fees"}).content.decode()
    assert "Reviewed by A. Lawyer" in page
    assert "your own row" in page


def test_what_is_still_to_check_is_told_to_the_officer(decided):
    officer, where = decided()
    for address in (where, reverse("screening:exemptions")):
        page = officer.get(address).content.decode()
        assert "To check</dt>" in page
        assert "Check consolidated text and any later time limit or replacement" in page
    rows = {one["id"]: one for one in officer.get("/api/v1/screening/exemptions", {"jurisdiction": "EU"}).json()}
    assert rows["EU-024"]["cautions"] == "Article number to check"
    assert rows["EU-024"]["conditions"] == "Prior authorisation"
    told = (
        CliRunner().invoke(app, ["screening", "exemptions", "--purpose", "legal_fees"], catch_exceptions=False).stdout
    )
    assert "  ! To check: Article number to check" in told


def test_cash_for_treatment_is_not_offered_as_medical(signed_in):
    officer = signed_in("analyst")
    assert "EU-026" not in officer.get(reverse("screening:exemptions"), {"purpose": "medical"}).content.decode()
    assert "EU-026" in officer.get(reverse("screening:exemptions")).content.decode()


def test_what_was_not_looked_at_says_so():
    whole = exemptions.table(date(2027, 1, 1))
    fit = exemptions.entry_dict(whole.find("EU-010"), whole.today)
    assert exemption_words.marks(fit, "en") == [
        "not reviewed by a lawyer", "not looked at for over 30 days", "the authority must permit it first",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["US-008", "US-010", "UK-005", "US-004", "US-016"])
def test_what_may_not_apply_cannot_be_cited(name):
    with pytest.raises(InputError):
        exemptions.cited([name])


def test_only_what_is_there_is_cited():
    assert [one.id for one in exemptions.cited(["us-003b", " EU-004", "", "US-003b"])] == ["US-003b", "EU-004"]
    with pytest.raises(UnknownName):
        exemptions.cited(["US-999"])


def test_the_api_gives_them_only_when_asked(decided):
    officer, _ = decided()
    body = {"name": LISTED["name"], "birth": LISTED["birth"]}

    def check(more):
        sent = officer.post("/api/v1/screening/check", json.dumps(body | more), "application/json")
        assert sent.status_code == 200, sent.content
        return sent.json()["subjects"][0]["hits"][0]

    assert "exemptions" not in check({})
    found = check({"exemptions": True, "purpose": "legal_fees"})["exemptions"]
    assert [one["id"] for one in found["open"]] == ["EU-004"]
    assert found["open"][0]["reviewed"] is False
    rows = officer.get("/api/v1/screening/exemptions", {"jurisdiction": "UN"}).json()
    assert [one["id"] for one in rows] == ["UN-001", "UN-002", "UN-003"]


def test_the_certificate_cites_only_by_number(signed_in, listed):
    listed()
    officer = signed_in("officer")
    officer.post(reverse("screening:check"), LISTED | {"name": "Сидоров Олег Олегович"})
    where = reverse("screening:certificate", args=[Decision.objects.get().pk])
    assert officer.post(where, {"numbers": "US-003b, EU-001"}).content[:5] == b"%PDF-"
    assert officer.post(where, {"numbers": "US-008"}).status_code in (400, 422)
    assert officer.post(where, {"numbers": "nothing"}).status_code == 404


def test_the_command(tmp_path):
    def run(*words):
        return CliRunner().invoke(app, words, catch_exceptions=False)

    rows = json.loads(run("screening", "exemptions", "--jurisdiction", "UK", "--json").stdout)
    assert len(rows) == 14
    told = run("screening", "exemptions", "--purpose", "media").stdout
    assert "not reviewed by a lawyer" in told
    out = tmp_path / "table.csv"
    run("screening", "exemptions", "--out", str(out))
    assert len(out.read_text(encoding="utf-8").splitlines()) == 85
