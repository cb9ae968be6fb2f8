"""Where things are: read once from the environment, explained by ``clarion doctor``, documented by the same list.

Nothing else in the house reads an environment variable, but the keyholder's tools, which are installed alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clarion.errors import InputError


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable that Clarion reads."""

    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("CLARION_HOME", "the platform's user-data folder", "Data folder: database, loaded tables, keys, results."),
    Setting("CLARION_PORT", "8020", "Port of the desk on this machine."),
    Setting("CLARION_HOST", "127.0.0.1", "Address that the desk listens on; change it only for a reverse proxy."),
    Setting("CLARION_PROCESSES", "0", "Processes that answer the web; 0: one a core, two at most where memory allows."),
    Setting("CLARION_ALLOWED_HOSTS", "", "Names under which a reverse proxy serves the desk, separated by commas."),
    Setting("CLARION_BASE_URL", "", "Public https address (turns on secure cookies), or that of an onion service."),
    Setting("CLARION_PROXY", "127.0.0.1", "Address from which the reverse proxy calls; nobody else is believed."),
    Setting("CLARION_SECRET_KEY_FILE", "CLARION_HOME/keys/secret", "File that holds the key which signs sessions."),
    Setting("CLARION_INDEX_KEY_FILE", "CLARION_HOME/sealed/index", "File with the key of blind indexes."),
    Setting("CLARION_SCREENING_KEY_FILE", "CLARION_HOME/sealed/screening", "Key of what screening keeps."),
    Setting("CLARION_LISTS_DAYS", "7", "Days, 1 to 90, after which a sanctions list is too old to clear anybody by."),
    Setting("CLARION_EXEMPTIONS", "CLARION_HOME/exemptions.csv", "Your own rows of the table of exemptions."),
    Setting("CLARION_WRAPS_DAYS", "14", "Days after its week for which a back-up of the wraps can still be restored."),
    Setting("CLARION_ERASE_DAILY", "50", "Sealed values that one account may erase on the desk in 24 hours."),
    Setting("CLARION_EXIT_URL", "https://www.wikipedia.org/", "Where the button that leaves a page at once leads to."),
    Setting("CLARION_FOUR_EYES", "on", "Whether some steps about accounts wait for a second operator: on or off."),
    Setting("CLARION_RECOVERY_HOURS", "0", "Hours of notice before two operators can recover an account."),
    Setting("CLARION_IDLE_MINUTES", "30", "Minutes without a request after which somebody is signed out."),
    Setting("CLARION_LANGUAGE", "en", "Language of the command line and of briefs: en, ru, uk, kk, hy or ka."),
    Setting("CLARION_HTTP_TIMEOUT", "60", "Seconds without a byte after which a download gives up and may be resumed."),
    Setting("CLARION_RUNS_MB", "4000", "Megabytes that finished runs may take; a full desk starts none until some go."),
    Setting("CLARION_ROOMS", "", "Folders with further rooms, separated as in PATH; each holds one folder a room."),
    Setting("CLARION_COMTRADE_KEY", "", "Your subscription key for UN Comtrade.", secret=True),
    Setting("CLARION_KEYS", "clarion-keys in your configuration folder", "Folder of the keys of keyholder and open."),
    Setting("CLARION_EVALUATION_DATA", "", "Evaluation data for tests and benchmarks; never shipped."),
    Setting("DATABASE_URL", "sqlite in CLARION_HOME", "postgresql://user@host/name to use PostgreSQL.", secret=True),
    Setting("HTTPS_PROXY", "", "Proxy for downloads (HTTP_PROXY and NO_PROXY are respected too)."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run, with paths resolved. Building it touches no file."""

    home: Path
    host: str = "127.0.0.1"
    port: int = 8020
    processes: int = 0
    allowed_hosts: tuple[str, ...] = ()
    base_url: str = ""
    proxy: str = "127.0.0.1"
    secret_key_file: Path = Path()
    index_key_file: Path = Path()
    screening_key_file: Path = Path()
    lists_days: int = 7
    exemptions: Path = Path()
    wraps_days: int = 14
    erase_daily: int = 50
    exit_url: str = "https://www.wikipedia.org/"
    four_eyes: bool = True
    recovery_hours: float = 0.0
    idle_minutes: float = 30.0
    language: str = "en"
    http_timeout: float = 60.0
    runs_mb: float = 4000.0
    rooms: tuple[Path, ...] = ()
    comtrade_key: str = ""
    evaluation_data: Path | None = None
    database_url: str = ""

    @property
    def onion(self) -> bool:
        """Whether the desk answers as an onion service, without https: Tor itself encrypts, and its name is its key."""
        return self.base_url.startswith("http://") and self.base_url.endswith(".onion")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Config:
        """Read the settings from ``env``.

        Raises
        ------
        InputError: naming the variable whose value cannot be used.
        """
        home = Path(env.get("CLARION_HOME") or _default_home()).expanduser().absolute()
        data = env.get("CLARION_EVALUATION_DATA", "")
        return cls(
            home=home,
            host=env.get("CLARION_HOST") or "127.0.0.1",
            port=int(_number(env, "CLARION_PORT", 8020, low=1, high=65535, whole=True)),
            processes=int(_number(env, "CLARION_PROCESSES", 0, low=0, high=64, whole=True)),
            allowed_hosts=tuple(h.strip() for h in env.get("CLARION_ALLOWED_HOSTS", "").split(",") if h.strip()),
            base_url=env.get("CLARION_BASE_URL", "").rstrip("/"),
            proxy=env.get("CLARION_PROXY") or "127.0.0.1",
            secret_key_file=Path(env.get("CLARION_SECRET_KEY_FILE") or home / "keys" / "secret"),
            index_key_file=Path(env.get("CLARION_INDEX_KEY_FILE") or home / "sealed" / "index"),
            screening_key_file=Path(env.get("CLARION_SCREENING_KEY_FILE") or home / "sealed" / "screening"),
            lists_days=int(_number(env, "CLARION_LISTS_DAYS", 7, low=1, high=90, whole=True)),
            exemptions=Path(env.get("CLARION_EXEMPTIONS") or home / "exemptions.csv"),
            wraps_days=int(_number(env, "CLARION_WRAPS_DAYS", 14, low=1, high=90, whole=True)),
            erase_daily=int(_number(env, "CLARION_ERASE_DAILY", 50, low=1, high=100_000, whole=True)),
            exit_url=_web_address(env, "CLARION_EXIT_URL", "https://www.wikipedia.org/"),
            four_eyes=_one_of(env, "CLARION_FOUR_EYES", ("on", "off")) == "on",
            recovery_hours=_number(env, "CLARION_RECOVERY_HOURS", 0.0, low=0, high=168),
            idle_minutes=_number(env, "CLARION_IDLE_MINUTES", 30.0, low=1, high=720),
            language=_language(env.get("CLARION_LANGUAGE") or "en"),
            http_timeout=_number(env, "CLARION_HTTP_TIMEOUT", 60.0, low=0.1, high=86400),
            runs_mb=_number(env, "CLARION_RUNS_MB", 4000.0, low=1, high=1e9),
            rooms=tuple(Path(p) for p in env.get("CLARION_ROOMS", "").split(os.pathsep) if p),
            comtrade_key=env.get("CLARION_COMTRADE_KEY", ""),
            evaluation_data=Path(data).absolute() if data else None,
            database_url=env.get("DATABASE_URL", ""),
        )


@cache
def config() -> Config:
    """The settings of this process."""
    return Config.from_env(os.environ)


def _default_home() -> str:
    from platformdirs import user_data_dir

    return user_data_dir("clarion", appauthor=False)


def _number(
    env: Mapping[str, str], name: str, default: float, *, low: float, high: float, whole: bool = False
) -> float:
    text = env.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high or (whole and value != int(value)):
        raise InputError(
            f"{name} is {text!r}, which is not a {'whole ' if whole else ''}number from {low:g} to {high:g}.",
            where=f"environment variable {name}",
            next_step=f"Set {name} to a number, or unset it to use {default:g}.",
        )
    return value


def _web_address(env: Mapping[str, str], name: str, default: str) -> str:
    text = env.get(name) or default
    if not text.startswith(("https://", "http://")) or any(sign in text for sign in "\"'<> ;"):
        raise InputError(
            f"{name} is {text!r}, which is not a web address.",
            where=f"environment variable {name}",
            next_step=f"Use one that begins with https://, or unset it for {default}.",
        )
    return text


def _one_of(env: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    """One of a few words, the first where none is set."""
    text = env.get(name) or values[0]
    if text not in values:
        raise InputError(
            f"{name} is {text!r}.", where=f"environment variable {name}", next_step=f"Use one of: {', '.join(values)}."
        )
    return text


def _language(code: str) -> str:
    known = ("en", "ru", "uk", "kk", "hy", "ka")
    if code not in known:
        raise InputError(
            f"CLARION_LANGUAGE is {code!r}, which Clarion does not speak.",
            where="environment variable CLARION_LANGUAGE",
            next_step="Use one of: " + ", ".join(known) + ".",
        )
    return code
