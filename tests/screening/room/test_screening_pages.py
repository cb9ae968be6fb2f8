"""The pages: a check that names nobody in its address, the queue, the register, batches, and what each role sees."""

import csv
import html
import io
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from django.urls import reverse

from clarion.config import config
from clarion.screening.models import Batch, Decision
from clarion.screening.service.batch import job, shelf
from clarion.screening.service.certificate import certificate

LISTED = {"name": "Златогоров Аркадий Иннокентьевич", "birth": "17.05.1961", "use": "payment"}
CSV = "№;ФИО;Дата рождения\n1;Златогоров Аркадий Иннокентьевич;17.05.1961\n2;Сидоров Олег Олегович;1990\n3;;\n"


@pytest.fixture
def officer(signed_in, listed):
    listed()
    return signed_in("officer")


def test_a_payee_is_checked_kept_and_shown(officer):
    sent = officer.post(reverse("screening:check"), LISTED)
    assert sent.status_code == 302
    assert sent.url == reverse("screening:decision", args=[Decision.objects.get().pk])
    page = officer.get(sent.url).content.decode()
    assert "Review: this may be somebody who is listed" in page
    assert "Arkady Innokentyevich ZLATOGOROV" in page or "ЗЛАТОГОРОВ" in page
    assert "times likelier" in page
    assert "asset freeze" in page


def test_it_answers_while_it_is_typed_and_keeps_nothing(officer):
    typed = officer.post(reverse("screening:answer"), LISTED | {"name": "Иванов Иван", "birth": ""})
    assert "Ask one thing: the patronymic of the payee." in typed.content.decode()
    wrong = officer.post(reverse("screening:answer"), LISTED | {"birth": "31.02.1990"}).content.decode()
    assert "This is no date of birth" in wrong
    empty = officer.post(reverse("screening:answer"), {"name": "", "kind": "person"}).content.decode()
    assert not empty.strip()
    assert not Decision.objects.exists()


def test_the_datum_that_settles_it_is_asked_for(officer):
    where = officer.post(reverse("screening:check"), {"name": "Иванов Иван"}).url
    page = officer.get(where).content.decode()
    form = page[page.index('class="panel"') :]
    assert 'name="patronymic" required' in form
    again = officer.post(reverse("screening:check"), {"name": "Иванов Иван", "patronymic": "Сергеевич"})
    assert "Clear" in officer.get(again.url).content.decode()


def test_of_a_bank_that_is_alike_the_payee_is_not_asked(officer, listed):
    """The payee has no datum that would settle it, and would be asked for a number again and again."""
    listed(firms={"F.7": (("Priliv Bank JSC",), "asset freeze")}, people={}, tax="7707083893")
    payee = {"name": "Сидоров Олег", "birth": "1990"}
    where = officer.post(reverse("screening:check"), payee | {"bank": "Банк Прилив"}).url
    page = officer.get(where).content.decode()
    assert "Ask one thing: the tax or register number of the bank." in page
    assert "The payee has nothing to answer here." in page
    assert "One datum settles it" not in page
    assert "Send it to review" in page
    kept = officer.get(reverse("screening:decisions")).content.decode()
    assert 'Bank: <span translate="no">Priliv Bank JSC' in kept
    officer.post(where, {"do": "review"})
    assert "The payee has nothing to answer here." not in officer.get(where).content.decode()


def test_a_review_of_the_bank_is_no_review_of_the_payee(officer):
    banks = {"bank": "Банк Северный Прилив Златопромкредит"}
    page = officer.get(officer.post(reverse("screening:check"), {"name": "Сидоров Олег"} | banks).url)
    assert "Review: a bank that the money goes through may be listed." in page.content.decode()
    both = officer.get(officer.post(reverse("screening:check"), LISTED | banks).url)
    assert "Review: this may be somebody who is listed." in both.content.decode()


def test_an_error_leads_to_its_field_and_keeps_what_was_typed(officer):
    page = officer.post(reverse("screening:check"), LISTED | {"birth": "1700"})
    assert page.status_code == 422
    text = page.content.decode()
    assert 'href="#p-birth"' in text
    assert "Златогоров" in text
    assert 'aria-invalid="true"' in text


def test_two_people_work_through_the_queue(officer, client, account):
    where = officer.post(reverse("screening:check"), LISTED | {"inn": "500100732259"}).url
    colleague = account("operator", "colleague")
    queue = officer.get(reverse("screening:queue")).content.decode()
    assert "1 payee waits" in queue
    assert where in queue
    refused = officer.post(where, {"do": "other", "reason": ""})
    assert refused.status_code == 422
    assert officer.post(where, {"do": "other", "reason": "Passport seen"}).status_code == 302
    queue = officer.get(reverse("screening:queue")).content.decode()
    assert "0 payees wait for you" in queue
    assert where in queue
    mine = officer.get(where).content.decode()
    assert "You decided this yourself." in mine
    assert 'value="confirm"' not in mine
    client.force_login(colleague)
    assert "A colleague found: somebody else." in client.get(where).content.decode()
    assert client.post(where, {"do": "confirm"}).status_code == 302
    decided = client.get(where).content.decode()
    assert "Passport seen" in decided
    assert "Reviewed: somebody else, not the listed one." in decided
    register = client.get(reverse("screening:register")).content.decode()
    assert "Златогоров" in register
    pdf = client.post(reverse("screening:certificate", args=[Decision.objects.get().pk]), {"purpose": "Rent"})
    assert pdf.content[:5] == b"%PDF-"
    number = re.search(r'name="number" value="(\d+)"', register)[1]
    assert client.post(reverse("screening:register"), {"do": "end", "number": number}).status_code == 302
    assert "Златогоров" not in client.get(reverse("screening:register")).content.decode()


def test_a_number_that_is_not_used_is_named(officer):
    wrong = {"name": "Сидоров Олег", "inn": "123456789012", "snils": "112-233-445 95"}
    said = "Not used, because its check digits are wrong: Tax number (INN)."
    assert said in officer.post(reverse("screening:answer"), wrong).content.decode()
    assert said in officer.get(officer.post(reverse("screening:check"), wrong).url).content.decode()
    assert "Not used" not in officer.post(reverse("screening:answer"), wrong | {"inn": ""}).content.decode()


def test_a_firm_that_was_left_a_person_is_not_taken_for_clear(officer):
    said, clear = "An organisation of this name would not be clear", "<h2>Clear"
    firm = {"name": "Банк Северный Прилив Златопромкредит", "kind": "person"}
    for kind in ("person", "organisation"):
        assert "<h2>Review" in officer.post(reverse("screening:answer"), firm | {"kind": kind}).content.decode()
    known = officer.post(reverse("screening:answer"), firm | {"surname": "Златопромкредит"}).content.decode()
    assert clear not in known or said in known, "with the parts of a person's name, it warns"
    assert said not in officer.post(reverse("screening:answer"), firm | {"name": "Сидоров Олег"}).content.decode()


def test_who_is_clear_as_a_person_alone_is_told_when_it_is_kept(officer):
    said = "An organisation of this name would not be clear"
    kept = officer.post(reverse("screening:check"), {"name": "Северный Прилив", "surname": "Златопромкредит"}).url
    assert said in officer.get(kept).content.decode()
    kept = officer.post(reverse("screening:check"), {"name": "Сидоров Олег"}).url
    assert said not in officer.get(kept).content.decode()


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("Банк Северный Прилив Златопромкредит", ["Payee, as a person", "Payee, as an organisation"], []),
        ("Ромашка", ["Screened too, and clear: as an organisation. Who owns"], ["Payee, as an organisation"]),
        ("Сидоров Олег; Иванов Иван", ["the whole field as one name", "Payee, name 2 in the field"], ["as a person"]),
        ("Сидоров 12; Иванов Иван", ["name 2 in the field", "Not screened", "name cannot be read whole:"], []),
        ("Сидоров Олег", [], ["as a person", "Screened too"]),
        ("Банк Северный Прилив Златопромкредит, Москва, ул. Вавилова, 19",
         ["as an organisation, without what follows the comma"], []),
    ],
)  # fmt: skip
def test_each_answer_says_as_what_the_name_was_screened(officer, name, said, unsaid):
    page = officer.post(reverse("screening:answer"), {"name": name}).content.decode()
    assert [text for text in said if text not in page] == []
    assert [text for text in unsaid if text in page] == []


def test_the_certificate_says_as_what_the_name_was_screened(officer, account):
    me = account("officer", "other").actor
    for name, said in (("Ромашка", "as a person; as an organisation"), ("Сидоров Олег", "as a person")):
        officer.post(reverse("screening:check"), {"name": name})
        made = certificate(me, Decision.objects.latest("made_at").pk, "en")
        assert dict(row for row in made.sections[0].blocks[0].rows)["Screened"] == said
        told = made.sections[1].blocks[-1]
        assert str(getattr(told, "text", "")).startswith("Not looked for on the lists of these, which are not loaded:")


def test_what_has_to_be_asked_is_said_to_be(officer):
    officer.post(reverse("screening:check"), {"name": "Иванов Иван"})
    page = officer.get(reverse("screening:decisions")).content.decode()
    assert "To be asked" in page
    assert "Nothing to decide" not in page


@pytest.mark.parametrize(("fetched", "release", "says", "since"), [
    (True, "", "date not known", ""), (True, "retrieved 2026-11-20", "date not known", ""),
    (False, "", "date not known", ", the day of loading"), (False, "{today}", "{today}", ", the publisher's date"),
    (False, "own.csv", "own.csv, date not known", ", the day of loading"),
])  # fmt: skip
def test_how_old_nobody_knows_a_list_to_be_is_said(officer, account, listed, fetched, release, says, since):
    today = datetime.now(UTC).date().isoformat()
    release, says = release.format(today=today), says.format(today=today)
    listed(fetched=fetched, release=release)
    where = officer.post(reverse("screening:check"), {"name": "Сидоров Олег"}).url
    made = certificate(account("officer", "other").actor, Decision.objects.get().pk, "en")
    lists = next(block for part in made.sections for block in part.blocks if "SHA-256" in getattr(block, "header", ()))
    assert [row[1:3] for row in lists.rows] == [(says, today + since)]
    page = officer.get(reverse("screening:lists")).content.decode()
    for told in (page, officer.get(where).content.decode()):
        cells = re.sub(' data-label="[^"]*"', "", told)
        assert f"<td>{says}</td><td>{html.escape(today + since)}</td>" in cells
    assert ("1 list came as a file that bears no date" in page) == ("loading" in since)


def test_no_certificate_for_whom_nobody_cleared(officer):
    officer.post(reverse("screening:check"), LISTED)
    refused = officer.post(reverse("screening:certificate", args=[Decision.objects.get().pk]))
    assert refused.status_code == 409


def test_a_certificate_that_cannot_be_made_says_so_on_the_page_of_the_decision(officer):
    page = officer.post(reverse("screening:check"), {"name": "Щебетнёв Фаддей", "use": "payment"}).url
    made = officer.post(page + "certificate/", {"purpose": "Rent"})
    assert made.content[:5] == b"%PDF-"
    for purpose in ("x" * 2001, "Rent \U0001f600"):
        told = officer.post(page + "certificate/", {"purpose": purpose})
        assert told.status_code == 422
        assert "Щебетнёв" in told.content.decode()
    assert officer.post(page.replace(page[-9:-1], "00000000") + "certificate/").status_code == 404


def test_a_batch_from_the_file_to_the_answers(officer, django_capture_on_commit_callbacks):
    sent = officer.post(reverse("screening:batches"), {"file": upload(CSV), "use": "payment"})
    where, made = sent.url, Batch.objects.get()
    page = officer.get(where).content.decode()
    assert "3 rows" in page
    assert "ФИО" in page
    for file in shelf.folder(str(made.pk)).iterdir():
        assert "Златогоров".encode() not in file.read_bytes()
    assert officer.post(where, {"do": "choose", "id": "0", "birth": "2"}).status_code == 422
    assert officer.post(where, {"do": "choose", "id": "0", "name": "1", "birth": "2"}).status_code == 302
    job.work_batch.func(str(made.pk))
    made.refresh_from_db()
    assert made.status == Batch.Status.DONE, made.error
    assert made.counts == {"broken": 1, "clear": 1, "review": 1}
    assert not shelf.parts(str(made.pk), shelf.ROWS)
    page = officer.get(where).content.decode()
    assert "Broken" in page
    assert "Line 4, Name in one line: The name is missing. Write the name as it stands on the account." in page
    left = officer.get(reverse("screening:batch-decisions", args=[made.pk]), {"outcome": "review"}).content.decode()
    assert f"{reverse('screening:batch-decisions', args=[made.pk])}?outcome=review" in page
    assert "Златогоров" in left
    assert "row 1" in left
    asked = officer.get(reverse("screening:batch-decisions", args=[made.pk]), {"outcome": "ask"}).content.decode()
    assert "Златогоров" not in asked
    answers = officer.get(reverse("screening:batch-answers", args=[made.pk, "csv"])).content.decode()
    lines = answers.splitlines()
    assert [line.split(",")[2].split(":")[0] for line in lines] == ["outcome", "review", "clear", "broken"]
    assert lines[0].endswith(",payee_hmac,ownership,notes")
    for form in ("xlsx", "parquet"):
        assert officer.get(reverse("screening:batch-answers", args=[made.pk, form])).status_code == 200
    assert "1 payee waits" in officer.get(reverse("screening:queue")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(where, {"do": "remove"}).status_code == 302
    assert not shelf.folder(str(made.pk)).exists()
    assert Decision.objects.filter(batch=None).count() == 1


def test_the_answers_say_of_an_organisation_that_its_owners_were_not_looked_at(officer):
    text = (
        "name;kind\nСидоров Олег;person\nФонд Сидорова;organisation\nБанк Северный Прилив Златопромкредит;person\n;\n"
    )
    where = officer.post(reverse("screening:batches"), {"file": upload(text), "use": "payment"}).url
    officer.post(where, {"do": "choose", "name": "0", "kind": "1"})
    pk = str(Batch.objects.get().pk)
    job.work_batch.func(pk)

    def told(form="csv"):
        sent = officer.get(reverse("screening:batch-answers", args=[pk, form])).content
        if form == "csv":
            return [row[-2] for row in csv.reader(io.StringIO(sent.decode()))]
        return [row[-2] or "" for row in openpyxl.load_workbook(io.BytesIO(sent)).active.iter_rows(values_only=True)]

    assert told() == told("xlsx") == ["ownership", "", "unchecked", "unchecked", ""]
    kept = shelf.take(pk, shelf.ANSWERS, 0)
    shelf.keep(pk, shelf.ANSWERS, 0, kept | {"lines": [line[:9] for line in kept["lines"]]})
    assert told() == ["ownership", "", "", "", ""], "answers of an earlier version are read all the same"


def test_a_file_that_is_too_large_is_named_before_it_is_sent(officer):
    page = officer.get(reverse("screening:batches")).content.decode()
    assert 'data-most="500000" data-large="The file is missing, or too large for the desk. Choose one of up to' in page
    assert "desk/files.js" in page


def test_a_batch_that_was_killed_goes_on(officer, monkeypatch):
    from clarion.screening.service.batch import batches

    monkeypatch.setattr(batches, "PART", 1)
    where = officer.post(reverse("screening:batches"), {"file": upload(CSV), "use": "payment"}).url
    officer.post(where, {"do": "choose", "id": "0", "name": "1", "birth": "2"})
    pk, done = str(Batch.objects.get().pk), []
    one_part = job._part

    def killed(batch, number, *grounds):
        if number == 2 and not done:
            done.append(number)
            raise KeyboardInterrupt
        one_part(batch, number, *grounds)

    monkeypatch.setattr(job, "_part", killed)
    with pytest.raises(KeyboardInterrupt):
        job.work_batch.func(pk)
    assert Batch.objects.get().status == Batch.Status.RUNNING
    assert shelf.parts(pk, shelf.ANSWERS) == [0, 1]
    monkeypatch.setattr(
        job, "_part", lambda batch, number, *grounds: (done.append(number), one_part(batch, number, *grounds))
    )
    monkeypatch.setattr(job.work_batch.__class__, "enqueue", lambda self, pk: self.func(pk))
    job.take_up_again()
    assert done == [2, 2]
    assert Batch.objects.get().counts == {"broken": 1, "clear": 1, "review": 1}
    assert Decision.objects.count() == 1


def test_somebody_elses_batch_is_not_there(officer, client, account):
    where = officer.post(reverse("screening:batches"), {"file": upload(CSV), "use": "payment"}).url
    client.force_login(account("operator", "other"))
    assert client.get(where).status_code == 404
    assert client.post(where, {"do": "remove"}).status_code == 404


@pytest.mark.parametrize("content", ["", "\n", "a;b\n", "PK\x03\x04nonsense", "%PDF-1.4"])
def test_a_file_that_is_no_list_is_said(officer, content):
    page = officer.post(reverse("screening:batches"), {"file": upload(content), "use": "payment"})
    assert page.status_code == 422
    assert not Batch.objects.exists()
    assert 'role="alert"' in page.content.decode()


def test_what_changed_is_seen(officer, listed):
    where = officer.post(reverse("screening:check"), {"name": "Новиков Никанор Никанорович", "birth": "1970-01-02"}).url
    assert "Nothing changed" in officer.get(reverse("screening:changes")).content.decode()
    listed(people={"N.1": (("Никанор Никанорович НОВИКОВ",), "1970-01-02", "asset freeze")})
    page = reverse("screening:changes")
    assert "1 decision was made by other versions" in officer.get(page).content.decode()
    assert officer.post(page, {"do": "rescreen"}).status_code == 302
    text = officer.get(page).content.decode()
    assert "1 payee would get another answer now" in text
    assert where in text
    assert where in officer.get(reverse("screening:queue")).content.decode()
    assert officer.post(reverse("screening:certificate", args=[Decision.objects.get().pk])).status_code == 409
    officer.post(page, {"do": "rescreen"})
    assert "Every decision was screened by the lists in force" in officer.get(page).content.decode()


def test_who_sees_what(client, account, listed):
    listed()
    may = {
        "officer": {"check", "queue", "decisions", "register", "changes", "batches", "lists"},
        "auditor": {"decisions", "register", "changes", "lists"}, "analyst": {"lists"}, "viewer": set(),
    }  # fmt: skip
    for role, pages in may.items():
        client.force_login(account(role, role))
        for name in may["officer"] | {"check"}:
            status = client.get(reverse(f"screening:{name}")).status_code
            led = name == "check" and "lists" in pages and role != "officer"
            assert status == (302 if led else 200 if name in pages else 403), (role, name, status)


def test_without_a_list_the_page_says_how_to_load_one(signed_in):
    page = signed_in("officer").get(reverse("screening:check")).content.decode()
    assert "clarion screening lists fetch ofac-sdn" in page


def upload(text):
    file = io.BytesIO(text.encode())
    file.name = "payees.csv"
    return file


def test_a_list_that_is_not_loaded_is_said_with_each_answer_and_on_the_page_of_lists(officer, listed):
    listed("eu-fsf")
    listed("ofac-sdn")
    typed = officer.post(reverse("screening:answer"), {"name": "Кочергин Степан"}).content.decode()
    assert "which are not loaded: United States, lists beside the SDN list; United Kingdom; United Nations;" in typed
    page = officer.get(reverse("screening:lists")).content.decode()
    assert "clarion screening lists fetch uk-sanctions-list" in page
    assert "uk-conlist" not in page, "a closed list is not missed"


def test_the_page_shows_what_the_list_says_of_whom_it_hits(officer):
    where = officer.post(reverse("screening:check"), LISTED).url
    page = officer.get(where).content.decode()
    said = page[page.index("What the list says of") :]
    said = said[: said.index("</details>")]
    assert "Arkady Innokentyevich ZLATOGOROV" in said
    assert "Аркадий Иннокентьевич ЗЛАТОГОРОВ" in said
    assert "1961-05-17" in said
    typed = officer.post(reverse("screening:answer"), LISTED).content.decode()
    assert "What the list says of" not in typed


def test_the_page_of_a_batch_goes_by_the_lists_it_was_screened_by_and_not_by_those_loaded_since(officer, listed):
    where = officer.post(reverse("screening:batches"), {"file": upload(CSV), "use": "payment"}).url
    officer.post(where, {"do": "choose", "id": "0", "name": "1", "birth": "2"})
    job.work_batch.func(str(Batch.objects.get().pk))
    absent = "Not looked for on the lists of these, which are not loaded: United States"
    assert absent in officer.get(where).content.decode()
    listed("ofac-sdn")
    assert absent in officer.get(where).content.decode()


def test_a_decision_opens_though_what_the_list_says_cannot_be_read(officer):
    where = officer.post(reverse("screening:check"), LISTED).url
    assert "What the list says of" in officer.get(where).content.decode()
    for path in (config().home / "tables" / "listed_facts" / "test-eu").rglob("*.parquet"):
        path.write_bytes(b"damaged")
    page = officer.get(where)
    assert page.status_code == 200
    assert "What the list says of" not in page.content.decode()


def test_only_outcomes_that_are_opened_reach_the_database(officer):
    where = officer.post(reverse("screening:batches"), {"file": upload(CSV), "use": "payment"}).url
    officer.post(where, {"do": "choose", "id": "0", "name": "1", "birth": "2"})
    batch = Batch.objects.get()
    job.work_batch.func(str(batch.pk))
    page = officer.get(reverse("screening:batch-decisions", args=[batch.pk]), {"outcome": "review\0"})
    assert "Златогоров" in page.content.decode()


def test_many_acts_of_one_source_are_one_line_that_folds_open(officer, listed):
    for act in range(4):
        listed(f"eu-journal-3209{act}r0001")
    page = officer.get(reverse("screening:lists")).content.decode()
    assert "<details><summary>eu-journal: 4 acts, 16 entries" in page
    assert page.count("eu-journal-32090r0001") == 1


def test_an_answer_names_the_lists_whose_age_nobody_knows(officer, listed):
    listed("eu-fsf", fetched=False)
    typed = officer.post(reverse("screening:answer"), {"name": "Кочергин Степан"}).content.decode()
    assert "because their files bear no date: eu-fsf." in typed
