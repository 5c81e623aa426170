"""Recognised pages kept on disk by the content of their file, so that a page is recognised once.

A run that is ended loses the pages it was at, no others. What is kept is text of documents: it stays in the user's
own cache folder, readable to nobody else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from samsyn.extract.ocr.page import ScannedPage, ScannedWord
from samsyn.extract.readers.layout_page import Rule, Shade
from samsyn.models.source import Box

FOLDER_VARIABLE = "SAMSYN_CACHE"
"""Names another folder than the user's cache folder."""
_FORM = 7
"""Counts up whenever recognition changes so that kept pages would differ from new ones."""


def cache_folder() -> Path:
    """Where recognised pages are kept: below $SAMSYN_CACHE, or the user's cache folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named) / "ocr"
    from platformdirs import user_cache_path

    return user_cache_path("samsyn", appauthor=False) / "ocr"


class PageCache:
    """The pages of one file, recognised in one way. A cache that can't be read or written is none, never an error."""

    def __init__(self, data: bytes, *settings: str) -> None:
        key = hashlib.sha256(data)
        key.update(json.dumps([_FORM, *settings]).encode())
        name = key.hexdigest()
        self.folder = cache_folder() / name[:2] / name[2:34]

    def get(self, number: int) -> ScannedPage | None:
        """The page as it was recognised before; None when it wasn't."""
        try:
            return _from_plain(json.loads((self.folder / f"{number}.json").read_bytes()))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, page: ScannedPage) -> None:
        """Keep a page; whoever reads at the same time sees all of it or nothing."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(json.dumps(page._asdict(), ensure_ascii=False, separators=(",", ":")).encode())
                os.replace(name, self.folder / f"{page.number}.json")
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(name)
                raise


class NoCache(PageCache):
    """Keeps nothing."""

    def __init__(self) -> None:
        self.folder = Path(os.devnull)

    def get(self, number: int) -> ScannedPage | None:  # noqa: ARG002 - the same call
        """None, always."""
        return None

    def put(self, page: ScannedPage) -> None:
        """Nothing happens."""


def _from_plain(plain: dict[str, Any]) -> ScannedPage:
    """The page from what JSON gave. Raises TypeError or KeyError when it is none."""
    return ScannedPage(
        number=int(plain["number"]),
        width=float(plain["width"]),
        height=float(plain["height"]),
        turn=int(plain["turn"]),
        skew=float(plain["skew"]),
        words=tuple(ScannedWord(str(word[0]), *(float(value) for value in word[1:])) for word in plain["words"]),
        rules=tuple(Rule(*rule) for rule in plain["rules"]),
        shades=tuple(Shade(*shade) for shade in plain["shades"]),
        dots=tuple(Box(*dot) for dot in plain["dots"]),
    )
