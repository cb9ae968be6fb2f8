"""A sentence with figures, said again in another language."""

from __future__ import annotations

import json
import pickle

from clarion.locale import say
from clarion.vocab import Phrase, commodity, place
from clarion.vocab.phrase import phrases, read_phrase


def test_a_phrase_is_its_english_text():
    phrase = Phrase("It sells {tonnes:,.0f} t to {who}.", tonnes=12345.6, who=("EGY", "LBN"))
    assert phrase == "It sells 12,346 t to EGY, LBN."
    assert json.dumps([phrase]) == '["It sells 12,346 t to EGY, LBN."]'


def test_figures_are_written_as_the_language_writes_them():
    shown = Phrase("Purchases from the origins are {ratio:.2f} of recorded supply; shown as 1.", ratio=1.234)
    assert "составляют 1,23 учтённого" in say(shown, "ru")
    assert "12\u00a0000" in say(Phrase("Use from 2 to {most:,.0f}.", most=12000), "uk")
    share = Phrase("{share:.0%} of {item} use is food: energy eaten (food balance) over energy used",
                   share=0.72, item=commodity("wheat").of)  # fmt: skip
    assert say(share, "ru").startswith("в пищу идёт 72\u00a0% потребления пшеницы")
    assert say(share, "uk").startswith("у їжу йде 72\u00a0% споживання пшениці")


def test_other_forms_of_figures_stay_what_they_say():
    told = Phrase("{risk:g} {whole:g} {gap:.0e} {month:02d}", risk=0.5, whole=3.0, gap=1e-4, month=2)
    assert say(told, "en") == "0.5 3 1e-04 02"
    assert say(told, "ru") == "0,5 3 1e-04 02"


def test_phrases_inside_phrases_and_lists_are_said_too():
    missing = Phrase("Not known: {what}.", what=(Phrase("population"), Phrase("energy eaten as wheat")))
    assert say(missing, "ru") == "Неизвестно: численность населения, калории, полученные с пшеницей."
    both = Phrase.joined(
        (Phrase("Did you mean {name}?", name="wheat"), Phrase("Valid here: {names}.", names=("a", "b"))), " "
    )
    assert both == "Did you mean wheat? Valid here: a, b."
    assert say(both, "ru") == "Может быть, wheat? Здесь допустимо: a, b."


def test_a_phrase_outlives_pickling_and_json():
    inner = Phrase("Not known: {what}.", what=(Phrase("population"),))
    data = {"reason": inner, "list": [Phrase("Scenario"), {"deep": commodity("rice").of}]}
    assert say(pickle.loads(pickle.dumps(inner)), "ru") == say(inner, "ru")
    kept = json.loads(json.dumps(phrases(data)))
    assert list(kept) == [str(inner)]  # the others are their own templates
    assert say(read_phrase(kept[str(inner)]), "uk") == say(inner, "uk")
    assert say(read_phrase(json.loads(json.dumps(commodity("rice").of.to_dict()))), "ru") == "риса"
    countries = Phrase("Not known: {what}.", what=(place("KGZ"), place("EGY")))
    assert say(read_phrase(json.loads(json.dumps(countries.to_dict()))), "ru") == "Неизвестно: Киргизия, Египет."


def test_braces_in_a_text_without_values_are_left_alone():
    assert Phrase("a {b} c") == "a {b} c"
    assert say(Phrase("a {b} c"), "ru") == "a {b} c"
    name = Phrase("There is no role {role!r}.", role="{x}")
    assert say(name, "ru") == "Роли '{x}' нет."
