"""Tesseract as installed: which version with which languages, and the words it sees in a picture.

The program is run for each picture. In-process bindings save a twentieth of the time and give the same words, at the
price of a native library; a process of its own can be ended and cannot take others with it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from samsyn.programs import ProgramFailed, find_program, run_program

if TYPE_CHECKING:
    from samsyn.extract.ocr.ink import Grey

PROGRAM = "tesseract"
SPARSE_TEXT, ONE_BLOCK = 11, 6
"""Page segmentation: text anywhere (tables and forms come out whole), one column of lines."""
_SECONDS = 180
"""A page takes two to six; one that takes this long is no text."""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Pages are recognised side by side; threads within a page only stand in one another's way."""
_WORD_LEVEL = "5"


class Engine(NamedTuple):
    """An installed Tesseract."""

    path: str
    version: str
    languages: tuple[str, ...]

    def knows(self, language: str) -> bool:
        """True when the data for every language of 'swe' or 'swe+eng' are installed."""
        return all(part in self.languages for part in language.split("+"))


class Seen(NamedTuple):
    """A word as recognised, with its box in dots and Tesseract's trust in it, 0-1; words of a line share its number."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    line: int


@cache
def find_engine() -> Engine | None:
    """The installed Tesseract; None when there is none that runs."""
    path = find_program(PROGRAM)
    if path is None:
        return None
    try:
        version = run_program([path, "--version"], seconds=20).decode("utf-8", "replace").split()
        listed = run_program([path, "--list-langs"], seconds=20).decode("utf-8", "replace").splitlines()
    except ProgramFailed:
        return None
    languages = tuple(sorted(line.strip() for line in listed[1:] if line.strip()))
    return Engine(path, version[1] if len(version) > 1 else "", languages)


def see_words(
    engine: Engine, grey: Grey, dpi: float, *, language: str = "swe", segmentation: int = SPARSE_TEXT
) -> tuple[Seen, ...]:
    """The words of a picture. Raises ProgramFailed when Tesseract fails over it."""
    options = ["-l", language, "--psm", str(segmentation), "--dpi", str(round(dpi)), "-c", "tessedit_create_tsv=1"]
    answer = run_program(
        [engine.path, "stdin", "stdout", *options], data=as_pgm(grey), seconds=_SECONDS, environment=_ONE_THREAD
    )
    return tuple(read_tsv(answer.decode("utf-8", "replace")))


def as_pgm(grey: Grey) -> bytes:
    """The picture as a portable grey map: nothing is packed, so nothing has to be unpacked."""
    rows, columns = grey.shape
    return b"P5 %d %d 255\n" % (columns, rows) + grey.tobytes()


def read_tsv(answer: str) -> list[Seen]:
    """The words in Tesseract's table of tab-separated values; lines that are none are passed over."""
    words: list[Seen] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in answer.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        try:
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence = float(cells[10]) / 100
        except ValueError:
            continue
        line = lines.setdefault(tuple(cells[1:5]), len(lines))
        text = cells[11].strip()
        words.append(Seen(text, left, top, left + width, top + height, max(0.0, confidence), line))
    return words
