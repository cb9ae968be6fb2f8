"""What briefs and pages are made with: fonts, charts, languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import clarion
from clarion.config import Config
from clarion.desk.doctor.finding import Finding, Level

_REINSTALL = "pip install --force-reinstall clarion"
# One sentence in each script that the six languages need.
_SAID = "Kyrgyzstan; Единица; Її ґанок; Қазақстан өңірі; Հայաստան; საქართველო"
_COMPLETE, _TO_FILL = ("ru", "uk"), ("kk", "hy", "ka")  # what is not translated falls back to English
_LOCALE = Path(clarion.__file__).parent / "locale"


def documents(config: Config) -> Iterator[Finding]:
    from clarion.errors import ClarionError
    from clarion.pictures.pdf import escape, preamble, typst_pdf

    try:
        made = typst_pdf(preamble("Clarion", language="ru") + f"= {escape(_SAID)}\n")
    except ClarionError as error:
        yield Finding("documents", "fail", error.what, _REINSTALL)
        return
    level = "ok" if made.startswith(b"%PDF-") else "fail"
    yield Finding(
        "documents", level, f"PDF with all six scripts, {len(made) // 1000} kB", "" if level == "ok" else _REINSTALL
    )


def charts(config: Config) -> Iterator[Finding]:
    from clarion.pictures.charts import Bar, Frame, interval_bars

    drawn = interval_bars([Bar("Пшеница", 1.0, text="1")], Frame("T", "D"))
    level = "ok" if drawn.startswith("<svg") and "Пшеница" in drawn else "fail"
    yield Finding("charts", level, "drawn as SVG", "" if level == "ok" else _REINSTALL)


def languages(config: Config) -> Iterator[Finding]:
    """Compiled catalogues, and how much of each is translated."""
    if not any(_LOCALE.glob("*/LC_MESSAGES/*.po")) and not any(_LOCALE.glob("*/LC_MESSAGES/*.mo")):
        yield Finding("languages", "warn", "No translation is installed: every page is in English.", "make messages")
        return
    for code in (*_COMPLETE, *_TO_FILL):
        yield _language(code, _LOCALE / code / "LC_MESSAGES")


def _language(code: str, folder: Path) -> Finding:
    from babel.messages.pofile import read_po

    texts = done = 0
    for file in sorted(folder.glob("*.po")):
        with file.open("rb") as handle:
            messages = [m for m in read_po(handle, locale=code) if m.id]
        texts += len(messages)
        done += sum(bool(all(m.string) if isinstance(m.string, tuple) else m.string) and not m.fuzzy for m in messages)
    share = f"{done} of {texts} texts translated" if texts else "translated"
    if not any(folder.glob("*.mo")):
        level: Level = "warn" if code in _COMPLETE else "ok"
        return Finding(f"language {code}", level, f"not compiled ({share}): English is shown", "make messages")
    if code in _COMPLETE and done < texts:
        return Finding(f"language {code}", "warn", share, "make messages, then fill the empty texts")
    return Finding(f"language {code}", "ok", share)
