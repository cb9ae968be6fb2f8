"""A data folder of its own for every test process, and no silent skips where they are forbidden."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path

import pytest

# Before anything reads the settings.
_home = tempfile.TemporaryDirectory(prefix="clarion-tests-")
os.environ["CLARION_HOME"] = _home.name
os.environ["CLARION_ROOMS"] = str(Path(__file__).parent / "rooms")
os.environ["DJANGO_SETTINGS_MODULE"] = "clarion.desk.settings"
for _name in ("CLARION_PORT", "CLARION_HOST", "CLARION_BASE_URL", "CLARION_LANGUAGE", "CLARION_ALLOWED_HOSTS"):
    os.environ.pop(_name, None)


def pytest_configure(config: pytest.Config) -> None:
    from clarion.desk.setup import django_ready

    django_ready()
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    # Workers take this environment over. With the settings named in it pytest-django would read them before this file
    # gives a worker its own folder, and all of them would work in the controller's, each finding the others' files.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their length: what was packed holds the second that it was packed in, and workers must agree."""
    return f"{argname}-{len(val)}B" if isinstance(val, bytes) else None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CLARION_FORBID_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skips are forbidden here: {report.longrepr}"


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """The evaluation data, or a skip with the reason."""
    found = os.environ.get("CLARION_EVALUATION_DATA")
    if not found:
        pytest.skip("CLARION_EVALUATION_DATA is not set: the evaluation data is not shipped")
    return Path(found)


@pytest.fixture
def own_database() -> Iterator[dict[str, str]]:
    """For processes that a test starts: an empty database, where the tests run on PostgreSQL; else nothing."""
    if not (server := os.environ.get("DATABASE_URL")):
        yield {}
        return
    tool = run_path(str(Path(__file__).parents[1] / "tools" / "with_postgres.py"))
    with tool["empty_database"](server) as url:
        yield {"DATABASE_URL": url}


@pytest.fixture(autouse=True)
def _just_signed_in():
    """A test's ``force_login`` counts as a sign-in of this moment, as a link does."""
    from allauth.account.internal.flows.login import record_authentication
    from django.contrib.auth.signals import user_logged_in

    def note(sender, request, user, **_):  # type: ignore[no-untyped-def]
        record_authentication(request, user, method="test", reauthenticated=True)

    user_logged_in.connect(note)
    yield
    user_logged_in.disconnect(note)


@pytest.fixture
def account(db):  # type: ignore[no-untyped-def]
    """Open an account with a role: ``account("analyst")``."""
    from clarion.access import Actor
    from clarion.desk.people import add

    def make(role: str, name: str = ""):  # type: ignore[no-untyped-def]
        return add(Actor.console(), name or f"the-{role}", role)

    return make


@pytest.fixture
def signed_in(client, account):  # type: ignore[no-untyped-def]
    """A browser session of somebody with a role: ``signed_in("analyst")``."""

    def enter(role: str = "analyst", name: str = ""):  # type: ignore[no-untyped-def]
        client.force_login(account(role, name))
        return client

    return enter


_answers: dict[tuple[object, ...], tuple[object, bytes, dict[str, object]]] = {}


@pytest.fixture
def finished_run(db):  # type: ignore[no-untyped-def]
    """A run that is done: ``finished_run(user, "black-sea-closure")``. Its answer is worked once a process."""
    from clarion.spillover.models import Answer, CountryAnswer, Run
    from clarion.spillover.service import jobs, scenarios
    from clarion.spillover.service.store import store

    def make(user, name="kazakhstan-wheat-export-ban", text="", published=False, **asked):  # type: ignore[no-untyped-def]
        asked = {"trade": "corrected", "rule": "pta", "draws": 20, "seed": 1} | asked
        text = text or scenarios.shipped_text(name)
        title = scenarios.check(text).title
        run = Run.objects.create(owner=user.actor.id, title=title, text=text, published=published, **asked)
        key = (text, *sorted(asked.items()))
        if key not in _answers:
            jobs.answer_run.func(str(run.pk))
            kept = Answer.objects.get(run=run)
            months = dict(CountryAnswer.objects.filter(run=run).values_list("iso3", "data"))
            _answers[key] = (kept.data, bytes(kept.draws), months)
        else:
            store(run, *_answers[key])
            Run.objects.filter(pk=run.pk).update(status=Run.Status.DONE, progress=1.0)
        run.refresh_from_db()
        assert run.status == Run.Status.DONE, run.error
        return run

    return make


@pytest.fixture
def aged(db):  # type: ignore[no-untyped-def]
    """Turn a kept run or plan into what the desk held before forms had numbers: ``aged(run)``."""
    from clarion.spillover import form
    from clarion.spillover.models import Answer, CountryAnswer, Plan

    def age(kept):  # type: ignore[no-untyped-def]
        type(kept).objects.filter(pk=kept.pk).update(form=form.EARLIER)
        kept.refresh_from_db()
        if isinstance(kept, Plan):
            Plan.objects.filter(pk=kept.pk).update(data={k: v for k, v in kept.data.items() if k != "carried"})
            return
        for row in (Answer.objects.get(run=kept), *CountryAnswer.objects.filter(run=kept)):
            for country in row.data.get("countries", [row.data]):
                for name in ("kcal_lost_worst", "kcal_lost_total"):
                    country.pop(name, None)
            row.save()

    return age
