"""The register of refusals: noted, locked, followed, written about, counted, gone on its day."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from clarion.access import Actor
from clarion.access.store.models import LogEntry
from clarion.cli import app
from clarion.errors import InputError, UnknownName
from clarion.screening.models import Decision, Refusal
from clarion.screening.service import exemption_words, exemptions, letter_words
from clarion.screening.service.refusals import letter, register, totals
from clarion.screening.service.refusals.said import said

ME = Actor.console()
TOLD = {
    "by": "bank", "service": "transfer", "reason": "nationality", "refused_on": "2026-11-20",
    "refuser": "Banque Zéphyrine", "whose": "Nadezhda, rent", "stated": "We do not serve Russians",
    "amount": "1 250,50", "currency": "eur",
}  # fmt: skip


@pytest.fixture
def noted(db):
    return register.add(ME, TOLD)


def test_what_is_noted_is_locked(noted):
    row = Refusal.objects.get()
    for word in ("Zéphyrine", "Nadezhda", "Russians", "1250"):
        assert word.encode() not in bytes(row.body)
    found = register.get(ME, row.pk).said
    assert (found.refuser, found.whose, found.amount, found.currency) == (
        "Banque Zéphyrine", "Nadezhda, rent", "1250.50", "EUR",
    )  # fmt: skip
    assert found.money.amount == Decimal("1250.50")
    log = " ".join(LogEntry.objects.values_list("line", flat=True))
    assert "noted a refusal by others" in log
    assert not any(word in log for word in ("phyrine", "Nadezhda", "Russians", "1250"))


@pytest.mark.parametrize(("field", "value"), [
    ("refuser", ""), ("refuser", "x" * 201), ("by", "tailor"), ("service", ""), ("reason", "odd"),
    ("refused_on", "31.11.2026"), ("refused_on", "11.2026"), ("refused_on", "2026"), ("refused_on", "28.11.2026"),
    ("refused_on", "1999-12-31"), ("refused_on", "2026-02-30"), ("refused_on", "2999-01-01"), ("refused_on", ""),
    ("amount", "a lot"), ("amount", "-3"), ("amount", "0"), ("amount", "1.234"), ("amount", "9" * 14),
    ("amount", "1e5"), ("currency", "ZZZ"), ("currency", ""), ("whose", "x" * 201), ("stated", "x" * 2001),
])  # fmt: skip
def test_what_cannot_be_is_told_with_its_field(field, value, db):
    with pytest.raises(InputError) as told:
        said(TOLD | {field: value}, date(2026, 11, 27))
    assert told.value.where == field


@pytest.mark.parametrize("text", ["2026-11-20", "20.11.2026", " 20/11/2026 "])
def test_a_day_is_written_as_people_write_it(text, db):
    assert said(TOLD | {"refused_on": text}, date(2026, 11, 27)).refused_on == date(2026, 11, 20)


def test_no_amount_needs_no_currency(db):
    assert said(TOLD | {"amount": "", "currency": ""}).money is None


def test_it_is_followed_until_it_is_resolved(noted):
    assert register.index(ME, "open")[0].row.pk == noted.pk
    register.change(ME, noted.pk, "sent", "unknown", "By post")
    done = register.change(ME, noted.pk, "resolved", "done", "They paid")
    assert [one["note"] for one in done.history] == ["By post", "They paid"]
    assert done.closed
    assert register.get(ME, noted.pk).to_dict()["outcome"] == "done"
    assert register.index(ME, "open") == []
    with pytest.raises(InputError):
        register.change(ME, noted.pk, "odd", "done")
    register.erase(ME, noted.pk)
    with pytest.raises(UnknownName):
        register.get(ME, noted.pk)


def test_it_goes_on_its_day(noted):
    assert noted.keep_until == datetime.now(UTC).date() + timedelta(730)
    assert register.expire() == 0
    Refusal.objects.update(keep_until=datetime.now(UTC).date() - timedelta(1))
    assert register.index(ME) == []
    assert register.expire() == 1


def test_a_letter_cites_asks_and_names_nobody_unasked(noted):
    made = letter.letter(ME, noted.pk, letter.Ask(("US-003b", "EU-010"), signed="The Harbour Fund"))
    text = letter.plain(made)
    for part in (
        "Please review your refusal", "To: Banque Zéphyrine",
        "On 20 November 2026 you refused this: transfer of money.", "Amount: 1,250.50 EUR.",
        "“We do not serve Russians”", "Nationality or residence is not a designation",
        "GL 27 para (b)", "Regulation 2024/1485, Article 8", "silence of the authority for 5 working days",
        "may apply", "tell us the reason in writing", "answer within 14 days.", "The Harbour Fund", str(noted.pk)[:8],
    ):  # fmt: skip
        assert part in text, part
    assert "Nadezhda" not in text
    assert "reviewed by a lawyer" not in text
    assert "no end was found" not in text
    assert made.pdf()[:5] == b"%PDF-"
    told = letter.plain(letter.letter(ME, noted.pk, letter.Ask(("US-003b",), note=True, person="N. N.", days=1)))
    assert "US-003b: not reviewed by a lawyer; to be verified at its source" in told
    assert "It concerns N. N." in told
    assert "answer within 1 day." in told
    bare = letter.plain(letter.letter(ME, noted.pk, letter.Ask()))
    assert "Exemptions and licences that may apply" not in bare


def test_the_note_is_for_the_officer(noted):
    said_to_me = letter.note(("EU-010",), "en")
    assert said_to_me[1] == "EU-010: not reviewed by a lawyer; the authority must permit it first"
    assert said_to_me[2].startswith("EU-010: To check: Read in the copy")
    assert said_to_me[3].startswith("EU-010: From 27 May 2024; no end was found")
    assert "no legal advice" in said_to_me[0]


def test_the_law_is_cited_and_our_notes_are_not(noted):
    cited = ("US-002", "US-007", "EU-003", "EU-024", "UK-009", "UK-013", "CH-001", "CA-005")
    text = letter.plain(letter.letter(ME, noted.pk, letter.Ask(cited)))
    for ours in (
        "587.510",
        "eCFR",
        "to check",
        "to read",
        "stored",
        "secondary",
        "github",
        "source code",
        "2025-08-13;",
    ):
        assert ours not in text, ours
    assert "31 CFR part 587 (OFAC)" in text
    assert "Conditions: Prior authorisation\n" in text
    assert "Holds: Until 7 November 2027." in text
    told = "\n".join(letter.note(cited, "en"))
    assert "US-002: To check: Section number (587.510, formerly Russia GL 5) and body list to be read in eCFR" in told
    asked = letter.plain(letter.letter(ME, noted.pk, letter.Ask(cited, note=True)))
    assert "EU-024: To check: Article number to check" in asked
    assert "before you send it" not in asked


@pytest.mark.parametrize(("language", "day", "from_day"), [
    ("en", "20 November 2026", "From 27 May 2024."), ("de", "20.11.2026", "Ab 27.05.2024."),
    ("ru", "20.11.2026", "С 27.05.2024."), ("uk", "20.11.2026", "Від 27.05.2024."),
])  # fmt: skip
def test_days_are_written_as_the_language_writes_them(language, day, from_day, noted):
    text = letter.plain(letter.letter(ME, noted.pk, letter.Ask(("EU-010",), language), date(2026, 11, 20)))
    assert text.count(day) == 2
    assert from_day in text
    assert "2026-11-20" not in text


class _Spy(dict):
    """A table that knows what was asked of it, and refuses what it lacks."""

    def __init__(self, words):
        super().__init__(words)
        self.asked = set()

    def get(self, text, _):
        self.asked.add(text)
        return self[text]


def test_a_german_letter_is_german_throughout(db, monkeypatch):
    words = _Spy(letter_words._GERMAN)
    monkeypatch.setattr(letter_words, "_GERMAN", words)
    cited = ("EU-010", "UK-006", "UK-009", "US-005", "US-002")
    for service in Refusal.Service.values:
        pk = register.add(ME, TOLD | {"service": service, "stated": "Nein" if service == "card" else ""}).pk
        for days in (1, 14):
            made = letter.letter(ME, pk, letter.Ask(cited, "de", person="N. N.", days=days, note=True))
    text = letter.plain(made)
    assert text.startswith("Bitte um Überprüfung Ihrer Ablehnung\n")
    assert "Folgendes abgelehnt: Sonstiges. Betrag: 1.250,50 EUR." in text
    assert made.pdf()[:5] == b"%PDF-"
    told = exemptions.entry_dict(exemptions.table().find("EU-010"), date(2027, 1, 30))
    exemption_words.marks(told, "de")
    reviewed = {"reviewed": True, "reviewed_by": "A. Lawyer", "reviewed_on": "01.11.2026"}
    exemption_words.reviewed(told | reviewed, "de")
    for more in ({"replaced_by": "EU-011"}, {"valid_until": "01.11.2026", "state": "ended"}):
        exemption_words.span(told | more, "de")
    assert set(words) == words.asked, "a text of a letter that no letter has"


@pytest.mark.parametrize("ask", [
    letter.Ask(("US-008",)), letter.Ask(("UK-005",)), letter.Ask(("US-999",)), letter.Ask(language="fr"),
    letter.Ask(days=0), letter.Ask(days=91), letter.Ask(("EU-010",) * 13), letter.Ask(person="x" * 201),
])  # fmt: skip
def test_a_letter_that_cannot_be_is_refused_and_not_logged(ask, noted):
    before = LogEntry.objects.count()
    with pytest.raises((InputError, UnknownName)):
        letter.letter(ME, noted.pk, ask)
    assert LogEntry.objects.count() == before


def test_totals_by_every_side_and_currency(db):
    for more in (
        {}, {"amount": "49.50"}, {"by": "platform", "reason": "none", "amount": "10", "currency": "USD"},
        {"refused_on": "2026-10-01", "amount": "", "currency": ""},
    ):  # fmt: skip
        register.add(ME, TOLD | more)
    register.change(ME, Refusal.objects.first().pk, "resolved", "done")
    found = totals.totals(ME).to_dict()
    assert found["count"] == 4
    assert found["by"] == {"bank": 3, "platform": 1}
    assert found["reason"] == {"nationality": 3, "none": 1}
    assert found["month"] == {"2026-11": 3, "2026-10": 1}
    assert found["outcome"] == {"unknown": 3, "done": 1}
    assert found["amounts"] == [
        {"currency": "EUR", "count": 2, "amount": "1300.00"}, {"currency": "USD", "count": 1, "amount": "10"},
    ]  # fmt: skip


def test_the_pages(signed_in, listed):
    listed()
    officer = signed_in("officer")
    where = officer.post(reverse("screening:check"), {"name": "Сидоров Олег Олегович"}).url
    decision = Decision.objects.get()
    assert f"?decision={decision.pk}" in officer.get(where).content.decode()
    form = TOLD | {"decision": str(decision.pk)}
    wrong = officer.post(reverse("screening:refusals"), form | {"amount": "much"})
    assert wrong.status_code == 422
    assert "Banque Zéphyrine" in wrong.content.decode()
    assert 'href="#p-amount"' in wrong.content.decode()
    asked = officer.get(reverse("screening:refusals"), {"decision": "1234", "refuser": "Banque Zéphyrine"})
    assert 'value="1234"' in asked.content.decode()
    assert asked.context["form"]["refuser"] == "", "no name is taken from an address"
    page = officer.post(reverse("screening:refusals"), form).url
    text = officer.get(page).content.decode()
    assert "Banque Zéphyrine" in text
    assert where in text
    assert "US-003b" in text
    assert 'value="US-008"' not in text
    assert "1 refusal by others is open" in officer.get(reverse("screening:refusals")).content.decode()
    officer.post(page, {"do": "change", "status": "sent", "outcome": "unknown", "note": "By post"})
    assert "By post" in officer.get(page).content.decode()
    assert officer.post(page, {"do": "change", "status": "odd", "outcome": "unknown"}).status_code == 422
    made = officer.post(page + "letter/", {"exemption": ["US-003b", "EU-010"], "language": "ru", "form": "txt"})
    assert "GL 27 para (b)" in made.content.decode()
    assert officer.post(page + "letter/", {"exemption": "EU-010", "language": "uk"}).content[:5] == b"%PDF-"
    assert officer.post(page + "letter/", {"exemption": "US-008"}).status_code == 422
    assert officer.post(page + "letter/", {"days": "x"}).status_code == 422
    undrawn = officer.post(page + "letter/", {"person": "Test \U0001f600", "signed": "The Harbour Fund"})
    assert undrawn.status_code == 422
    assert "The Harbour Fund" in undrawn.content.decode(), "what was typed is there still"
    assert "1,250.50 EUR" in officer.get(reverse("screening:refusal-totals")).content.decode()
    assert officer.post(page, {"do": "erase"}).status_code == 302
    assert officer.get(page).status_code == 404


def test_a_removed_decision_leaves_the_refusal(signed_in, listed):
    listed()
    officer = signed_in("officer")
    officer.post(reverse("screening:check"), {"name": "Сидоров Олег Олегович"})
    pk = register.add(ME, TOLD | {"decision": str(Decision.objects.get().pk)}).pk
    Decision.objects.get().delete()
    assert register.get(ME, pk).row.decision_id is None
    with pytest.raises(UnknownName):
        register.add(ME, TOLD | {"decision": "nothing"})


def test_who_sees_what(client, account):
    pages = {
        "screening:refusals": {"operator", "officer"},
        "screening:refusal-totals": {"operator", "officer", "auditor"},
    }
    for role in ("operator", "officer", "auditor", "analyst", "viewer"):
        client.force_login(account(role))
        for page, may in pages.items():
            assert client.get(reverse(page)).status_code == (200 if role in may else 403), (role, page)


def test_the_commands(db, tmp_path):
    def run(*words, **more):
        return CliRunner().invoke(app, ["screening", "refusals", *words], catch_exceptions=False, **more).stdout

    made = json.loads(run("add", "A bank", "--on", "2026-11-20", "--stated", "-", "--json", input="No Russians\n"))
    pk = made["id"]
    assert json.loads(run("list", "--json"))[0]["stated"] == "No Russians"
    assert "A bank" in run("list", "--status", "open")
    out = tmp_path / "letter.txt"
    told = run("letter", pk, "--out", str(out), "--exemption", "US-003b", "--language", "ru")
    assert "US-003b: not reviewed by a lawyer" in told
    assert "GL 27" in out.read_text(encoding="utf-8")
    run("letter", pk, "--out", str(tmp_path / "letter.pdf"))
    assert (tmp_path / "letter.pdf").read_bytes()[:5] == b"%PDF-"
    with pytest.raises(InputError):
        run("letter", pk, "--out", str(tmp_path / "letter.doc"))
    run("letter", pk, "--out", str(out), "--exemption", "EU-010", "--language", "de")
    assert "Ausnahmen und Genehmigungen" in out.read_text(encoding="utf-8")
    assert "resolved, done" in run("change", pk, "--status", "resolved", "--outcome", "done")
    assert run("totals").startswith("1 refusal is noted\n")
    assert json.loads(run("totals", "--json"))["status"] == {"resolved": 1}


@pytest.mark.parametrize(("more", "where"), [
    (("A bank", "--on", "20.13.2026"), "--on"), (("A bank", "--on", "20.11.2026", "--by", "tailor"), "--by"),
    (("", "--on", "20.11.2026"), "NAME"), (("A bank", "--on", "2026-11-20", "--amount", "much"), "--amount"),
])  # fmt: skip
def test_a_command_names_what_was_typed(more, where, db):
    with pytest.raises(InputError) as told:
        CliRunner().invoke(app, ["screening", "refusals", "add", *more], catch_exceptions=False)
    assert told.value.where == where
    assert where != "--on" or "27.11.2026" in told.value.next_step
    CliRunner().invoke(app, ["screening", "refusals", "add", "A bank", "--on", "20.11.2026"], catch_exceptions=False)
    assert Refusal.objects.get().refused_on == date(2026, 11, 20)
