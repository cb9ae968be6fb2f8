"""Settings, Python, and Java where Spark is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from clarion.config import Config
from clarion.desk.database import is_sqlite
from clarion.desk.doctor.finding import Finding

_OLDEST_JAVA = 17  # Spark 4


def settings(config: Config) -> Iterator[Finding]:
    """Where things are. Secrets are told to be set, never repeated."""
    kept = "SQLite in the data folder" if is_sqlite(config) else "PostgreSQL by DATABASE_URL"
    text = f"data folder {config.home}; desk {config.host}:{config.port}; database {kept}; language {config.language}"
    yield Finding("settings", "ok", text)


def python(config: Config) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 - a checkout may be run with any Python
        yield Finding("python", "fail", f"Python {version} is too old.", "Install Python 3.11 or later, then Clarion.")
    elif sys.maxsize < 2**32:
        yield Finding("python", "fail", f"Python {version} is a 32-bit one.", "Install a 64-bit Python, then Clarion.")
    else:
        yield Finding("python", "ok", f"Python {version}")


def java(config: Config) -> Iterator[Finding]:
    """Only where Spark is installed: nothing else needs it."""
    if find_spec("pyspark") is None:
        return
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    mend = "apt-get install default-jre-headless"
    if not program or not Path(program).exists():
        yield Finding("java", "fail", "Spark is installed, and Java is not.", mend)
        return
    said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if not found or int(found[1]) < _OLDEST_JAVA:
        yield Finding("java", "fail", f"Spark needs Java {_OLDEST_JAVA} or later.", mend)
    else:
        yield Finding("java", "ok", f"Java {found[1]}")
