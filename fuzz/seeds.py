"""Good documents to begin with: the examples, and the smaller ones of the accuracy suite."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
_LARGEST = 60_000
_ENDINGS = {"pdf": (".pdf",), "docx": (".docx",), "text": (".txt", ".md")}


def seeds(kind: str) -> list[bytes]:
    """The documents of a kind, without scans."""
    folders = (ROOT / "examples", ROOT / "tests" / "accuracy" / "documents")
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in _ENDINGS[kind])
    return [path.read_bytes() for path in paths if path.stat().st_size <= _LARGEST and ".scan" not in path.name]
