"""What recognition lacks on this machine: gives one line on what to install, for a program's user and for a result."""

from __future__ import annotations

from samsyn.extract.ocr.tesseract import find_engine

INSTALL = "apt install tesseract-ocr tesseract-ocr-swe"
"""What to do on Debian and Ubuntu; `samsyn doctor` tells for other systems."""


def say_missing(language: str) -> str | None:
    """What is to be installed before scans in the language can be read; None when all of it is there."""
    engine = find_engine()
    if engine is None:
        return f"Tesseract is not installed ({INSTALL})"
    lacking = [part for part in language.split("+") if part not in engine.languages]
    if not lacking:
        return None
    packages = " ".join(f"tesseract-ocr-{part.replace('_', '-')}" for part in lacking)
    return f"Tesseract's data for {', '.join(lacking)} are not installed (apt install {packages})"


def advise(language: str) -> str:
    """The same in Swedish, for a caution; empty when all of it is there."""
    engine = find_engine()
    if engine is None:
        return "Installera Tesseract med svenska (tesseract-ocr, tesseract-ocr-swe) för att läsa bilder av text."
    lacking = [part for part in language.split("+") if part not in engine.languages]
    if not lacking:
        return ""
    return f"Installera Tesseracts data för {', '.join(lacking)} för att läsa bilder av text."
