"""Which versions are installed: takes a distribution's or program's name, gives its version without importing it."""

from __future__ import annotations

import json


def version_of(name: str) -> str | None:
    """The version of the installed distribution; None when it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


def pdfium_version() -> str | None:
    """The version of pdfium, the library that reads PDF; None when it cannot be told."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        text = distribution("pypdfium2").locate_file("pypdfium2_raw/version.json").read_text()
        parts = json.loads(text)
        return ".".join(str(parts[name]) for name in ("major", "minor", "build", "patch"))
    except (PackageNotFoundError, OSError, ValueError, KeyError, TypeError):
        return None


def tesseract_version() -> str | None:
    """The version of the installed Tesseract; None when there is none that runs."""
    from samsyn.programs import ProgramFailed, find_program, run_program

    path = find_program("tesseract")
    if path is None:
        return None
    try:
        words = run_program([path, "--version"], seconds=10).decode("utf-8", "replace").split()
    except ProgramFailed:
        return None
    return words[1] if len(words) > 1 else None


def version_line() -> str:
    """The versions of samsyn and of what decides what is read, on one line."""
    import platform

    versions = {
        "Python": platform.python_version(),
        "pdfium": pdfium_version(),
        **{name: version_of(name) for name in ("pypdfium2", "pdfplumber", "python-docx", "pydantic")},
        "Tesseract": tesseract_version(),
    }
    with_them = ", ".join(f"{name} {version}" if version else f"no {name}" for name, version in versions.items())
    return f"samsyn {version_of('samsyn')} ({with_them})"
