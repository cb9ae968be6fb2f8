"""Settings: read once, refused by name, none read elsewhere."""

import ast
from pathlib import Path

import pytest

import clarion
from clarion.config import SETTINGS, Config
from clarion.errors import InputError


def test_defaults(tmp_path):
    found = Config.from_env({"CLARION_HOME": str(tmp_path)})
    assert found.home == tmp_path
    assert (found.host, found.port, found.language) == ("127.0.0.1", 8020, "en")
    assert found.secret_key_file == tmp_path / "keys" / "secret"
    assert found.evaluation_data is None
    assert list(tmp_path.iterdir()) == [], "reading settings touches no file"


def test_without_a_home_the_platforms_folder_is_used():
    assert Config.from_env({}).home.name == "clarion"


def test_everything_can_be_set(tmp_path):
    found = Config.from_env({
        "CLARION_HOME": "~/x", "CLARION_PORT": "9000", "CLARION_HOST": "0.0.0.0",
        "CLARION_ALLOWED_HOSTS": " a.org, b.org,",
        "CLARION_BASE_URL": "https://a.org/", "CLARION_LANGUAGE": "uk", "CLARION_HTTP_TIMEOUT": "2.5",
        "CLARION_ROOMS": f"{tmp_path}:/b", "CLARION_EVALUATION_DATA": "data", "CLARION_COMTRADE_KEY": "k",
        "CLARION_SECRET_KEY_FILE": "/k", "DATABASE_URL": "postgresql:///x",
    })  # fmt: skip
    assert found.home == Path.home() / "x"
    assert found.allowed_hosts == ("a.org", "b.org")
    assert found.base_url == "https://a.org"
    assert found.rooms == (tmp_path, Path("/b"))
    assert found.evaluation_data.is_absolute()
    assert (found.port, found.http_timeout, found.language) == (9000, 2.5, "uk")


@pytest.mark.parametrize(
    ("name", "value"),
    [("CLARION_PORT", v) for v in ("0", "65536", "-1", "http", "nan", "8020.5", "inf")]
    + [("CLARION_HTTP_TIMEOUT", v) for v in ("0", "-5", "soon", "nan", "inf")]
    + [("CLARION_LANGUAGE", v) for v in ("xx", "EN", "en-GB", "English")],
)
def test_a_value_that_cannot_be_used_is_named(name, value):
    with pytest.raises(InputError) as refused:
        Config.from_env({name: value})
    assert name in refused.value.what
    assert value in refused.value.what
    assert refused.value.next_step
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("name", [s.name for s in SETTINGS])
def test_an_empty_variable_is_as_good_as_none(name):
    assert Config.from_env({name: ""}) == Config.from_env({})


def test_every_setting_is_explained():
    assert len({s.name for s in SETTINGS}) == len(SETTINGS)
    assert all(s.help and s.help.endswith((".", ")")) for s in SETTINGS)
    assert {s.name for s in SETTINGS if s.secret} == {"CLARION_COMTRADE_KEY", "DATABASE_URL"}


def test_nothing_else_reads_the_environment():
    root = Path(clarion.__file__).parent
    # Others' variables: setup names the settings module for Django, doctor looks for Java where Spark would.
    # The keyholder's tools are installed alone, without config.
    known = {"seal/tool/folder.py", "config.py", "desk/setup.py", "desk/doctor/machine.py"}
    readers = set()
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                readers.add(file.relative_to(root).as_posix())
    # Starting another program hands the environment on; that is no reading.
    handed_on = {
        "compute/runner.py", "compute/spark.py", "desk/database.py", "desk/postgres.py", "desk/up.py",
        "seal/tool/rescreen.py",
    }  # fmt: skip
    assert readers - known - handed_on == set()
