"""A data folder of its own for every test process, and no silent skips where they are forbidden."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

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
