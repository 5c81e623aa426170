"""Looks at what samsyn works with on this machine, gives findings: what is there, in which version, how to get it."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from samsyn.versions import version_of

State = Literal["ok", "missing", "broken"]
"""'missing' is optional, 'broken' something that is always needed."""

_LIBRARIES = ("pypdfium2", "pdfplumber", "python-docx", "lxml", "pydantic", "rapidfuzz", "scipy", "openpyxl")
"""Those whose versions matter to what is read and found."""
_EXTRAS = {
    "dataframes": (("pandas", "polars", "pyarrow"), "data frames and Parquet"),
    "dask": (("distributed",), "reading on a cluster"),
    "reports": (("matplotlib",), "reports of a corpus"),
    "spacy": (("spacy",), "recurring measures in a spaCy pipeline"),
}
_GET = {
    "apt-get": ("apt-get install tesseract-ocr tesseract-ocr-swe", "apt-get install libreoffice-writer-nogui"),
    "dnf": ("dnf install tesseract tesseract-langpack-swe", "dnf install libreoffice-writer"),
    "pacman": ("pacman -S tesseract tesseract-data-swe", "pacman -S libreoffice-fresh"),
    "brew": ("brew install tesseract tesseract-lang", "brew install --cask libreoffice"),
    "winget": (
        "winget install UB-Mannheim.TesseractOCR, and choose Swedish",
        "winget install TheDocumentFoundation.LibreOffice",
    ),
}
"""By the program that installs others: how to get Tesseract with Swedish, and LibreOffice."""
_USUAL = {"Darwin": "brew", "Windows": "winget"}
_TEXT = """\
Samverkansöverenskommelse mellan Ånge kommun och Polismyndigheten 2025–2028

Fokusområde 1: Trygga platser

Mål: Minst fyra trygghetsvandringar ska genomföras varje år.
"""


class Finding(NamedTuple):
    """One thing that was looked at."""

    what: str
    state: State
    about: str
    versions: Mapping[str, str | None] = MappingProxyType({})
    """By name; None for what is not installed."""
    get: str | None = None
    """The command that brings what is missing."""


def examine() -> Iterator[Finding]:
    """Every finding, as it is made; the last one reads a document in a process of its own."""
    yield _samsyn()
    yield _libraries()
    yield from _extras()
    yield _tesseract()
    yield _office()
    yield _cache()
    yield _reading()


def _samsyn() -> Finding:
    versions = {"samsyn": version_of("samsyn"), "Python": platform.python_version()}
    return Finding("samsyn", "ok", f"{versions['samsyn']}, Python {versions['Python']}, {platform.system()}", versions)


def _libraries() -> Finding:
    from samsyn.versions import pdfium_version

    versions = {"pdfium": pdfium_version(), **{name: version_of(name) for name in _LIBRARIES}}
    about = ", ".join(f"{name} {version or 'is missing'}" for name, version in versions.items())
    return Finding("libraries", "ok" if all(versions.values()) else "broken", about, versions)


def _extras() -> Iterator[Finding]:
    for extra, (names, purpose) in _EXTRAS.items():
        versions = {name: version_of(name) for name in names}
        lacking = ", ".join(name for name, version in versions.items() if not version)
        if lacking:
            about = f"for {purpose}; not installed: {lacking}"
            yield Finding(extra, "missing", about, versions, f"pip install 'samsyn[{extra}]'")
        else:
            yield Finding(extra, "ok", ", ".join(f"{name} {version}" for name, version in versions.items()), versions)


def _tesseract() -> Finding:
    from samsyn.extract.ocr.tesseract import find_engine

    engine = find_engine()
    if engine is None:
        about = "for scanned pages, which are named in a warning and not read without it"
        return Finding("tesseract", "missing", about, {"tesseract": None}, _how_to_get()[0])
    versions: dict[str, str | None] = {"tesseract": engine.version}
    languages = ", ".join(language for language in engine.languages if language != "osd")
    if not engine.knows("swe"):
        about = f"{engine.version} is here, its Swedish data are not (languages: {languages or 'none'})"
        return Finding("tesseract", "missing", about, versions, _how_to_get()[0])
    return Finding("tesseract", "ok", f"{engine.version}, languages: {languages}", versions)


def _office() -> Finding:
    from samsyn.extract.office import find_office
    from samsyn.programs import ProgramFailed, run_program

    program = find_office()
    if program is None:
        about = "for .doc, .odt and .rtf files, which are not read without it"
        return Finding("libreoffice", "missing", about, {"libreoffice": None}, _how_to_get()[1])
    try:
        words = run_program([program, "--version"], seconds=30, own_group=True).decode("utf-8", "replace").split()
    except ProgramFailed as error:
        return Finding("libreoffice", "missing", f"it does not start ({error})", {"libreoffice": None})
    version = words[1] if len(words) > 1 else None
    return Finding("libreoffice", "ok", version or "of an unknown version", {"libreoffice": version})


def _how_to_get() -> tuple[str, str]:
    found = next((name for name in _GET if shutil.which(name)), None)
    return _GET[_USUAL.get(platform.system(), found or "apt-get")]


def _cache() -> Finding:
    from samsyn.extract.ocr.cache import cache_folder

    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        about = f"{folder} cannot be written to ({(error.strerror or '').lower()}): recognised pages are not kept"
        return Finding("cache", "missing", about)
    pages, size = _size_of(folder)
    return Finding("cache", "ok", f"{folder}, {pages} recognised pages, {size / 2**20:.1f} MB")


def _size_of(folder: Path) -> tuple[int, int]:
    """How many files a folder holds, and how many bytes they have."""
    count = size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.stat(os.path.join(place, name)).st_size
            except OSError:  # gone in the meantime
                continue
            count += 1
    return count, size


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
