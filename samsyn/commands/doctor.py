"""`samsyn doctor`: looks at what samsyn works with on this machine, says what is there, what is missing, what for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import click

State = Literal["ok", "missing", "broken"]

_WORDS: dict[State, str] = {"ok": "ok", "missing": "not here", "broken": "BROKEN"}
_LIBRARIES = ("pypdfium2", "pdfplumber", "python-docx", "pydantic", "rapidfuzz", "scipy", "openpyxl")
"""Those whose versions matter to what is read and found."""
_EXTRAS = {
    "dataframes": ("pandas", "polars", "pyarrow"),
    "dask": ("distributed",),
    "reports": ("matplotlib",),
    "spacy": ("spacy",),
}
_HOW_TO_GET = {
    "Linux": ("apt-get install tesseract-ocr tesseract-ocr-swe", "apt-get install libreoffice-writer-nogui"),
    "Darwin": ("brew install tesseract tesseract-lang", "brew install --cask libreoffice"),
    "Windows": (
        "winget install UB-Mannheim.TesseractOCR, and choose Swedish",
        "winget install TheDocumentFoundation.LibreOffice",
    ),
}
"""How Tesseract and LibreOffice are installed, by system; for Linux, on Debian and Ubuntu."""
_TEXT = """\
Samverkansöverenskommelse mellan Ånge kommun och Polismyndigheten 2025–2028

Fokusområde 1: Trygga platser

Mål: Minst fyra trygghetsvandringar ska genomföras varje år.
"""


class Finding(NamedTuple):
    """One thing that was looked at: what it is, how it is, and a few words about it."""

    what: str
    state: State
    about: str


@click.command()
def doctor() -> int:
    """Say what samsyn works with here: versions, extras, Tesseract, the cache, and whether a document is read.

    Exits with 1 when something that is always needed does not work.
    """
    broken = False
    for finding in (*_libraries(), *_extras(), _tesseract(), _office(), _cache(), _reading()):
        broken = broken or finding.state == "broken"
        click.echo(f"{_WORDS[finding.state]:<9} {finding.what}: {finding.about}")
    return 1 if broken else 0


def _libraries() -> Iterator[Finding]:
    import platform

    from samsyn.commands.versions import version_of

    yield Finding("samsyn", "ok", f"{version_of('samsyn')}, Python {platform.python_version()}, {platform.system()}")
    found = {name: version_of(name) for name in _LIBRARIES}
    shown = ", ".join(f"{name} {version or 'is missing'}" for name, version in found.items())
    yield Finding("libraries", "ok" if all(found.values()) else "broken", shown)


def _extras() -> Iterator[Finding]:
    from samsyn.commands.versions import version_of

    for extra, names in _EXTRAS.items():
        found = {name: version_of(name) for name in names}
        if all(found.values()):
            yield Finding(extra, "ok", ", ".join(f"{name} {version}" for name, version in found.items()))
        else:
            lacking = ", ".join(name for name, version in found.items() if not version)
            yield Finding(extra, "missing", f"{lacking}; pip install 'samsyn[{extra}]'")


def _tesseract() -> Finding:
    from samsyn.extract.ocr.tesseract import find_engine

    engine = find_engine()
    if engine is None:
        return Finding("tesseract", "missing", f"scanned pages are not read; {_how_to_get(0)}")
    if not engine.knows("swe"):
        return Finding("tesseract", "missing", f"{engine.version} has no Swedish data; {_how_to_get(0)}")
    return Finding("tesseract", "ok", f"{engine.version} with Swedish")


def _office() -> Finding:
    from samsyn.extract.office import PROGRAMS
    from samsyn.programs import find_program

    path = find_program(*PROGRAMS)
    if path is None:
        return Finding("libreoffice", "missing", f".doc, .odt and .rtf files are not read; {_how_to_get(1)}")
    return Finding("libreoffice", "ok", path)


def _how_to_get(number: int) -> str:
    """The command that installs a program here; the first for Tesseract, the second for LibreOffice."""
    import platform

    return _HOW_TO_GET.get(platform.system(), _HOW_TO_GET["Linux"])[number]


def _cache() -> Finding:
    from samsyn.extract.ocr.cache import cache_folder

    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding("cache", "missing", f"{folder} cannot be written to ({(error.strerror or '').lower()})")
    return Finding("cache", "ok", str(folder))


def _reading() -> Finding:
    """Whether a document can be read in a process of its own, from its bytes to a goal."""
    from samsyn.batch import Task, read_files

    with tempfile.TemporaryDirectory(prefix="samsyn-") as name:
        path = Path(name) / "doctor.txt"
        path.write_text(_TEXT, encoding="utf-8")
        (outcome,) = read_files([Task(str(path), path.name)], timeout=60)
    if outcome.error:
        return Finding("reading", "broken", outcome.error)
    goals = [goal.text for agreement in outcome.agreements for goal in agreement.goals]
    if not goals:
        return Finding("reading", "broken", "a document with a goal gives none")
    return Finding("reading", "ok", "a document is read in a process of its own")
