"""The command line in Russian: the country, the call, and that ``--json`` stays as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


def clarion(*arguments, language="ru"):
    env = os.environ | {"CLARION_LANGUAGE": language}
    done = subprocess.run(
        [sys.executable, "-m", "clarion", *arguments], env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_a_country(language, unsaid):
    told = clarion("spillover", "country", "KGZ", language=language)
    assert unsaid(f"<p>{told}</p>".encode(), language) == []
    assert {"ru": "Денежные переводы из России", "uk": "Грошові перекази з Росії"}[language] in told


def test_json_is_english_but_for_the_answer():
    data = json.loads(clarion("spillover", "country", "KGZ", "--json"))
    assert data["answer"].startswith("Киргизия:")
    assert any(gap["what"] == "Wheat: reserves" for gap in data["not_known"])


def test_the_call(unsaid):
    assert unsaid(f"<p>{clarion('call')}</p>".encode(), "ru") == []
