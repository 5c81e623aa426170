"""Takes the names of those who sign, gives texts in which other words stand for them.

The same person has the same pseudonym in all of a corpus; it cannot be worked out without the corpus's own salt.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’.-]+[^\W\d_]+)*")


class Pseudonyms:
    """Replaces the names it was made with, wherever they stand in a text, however they are capitalised and spaced."""

    def __init__(self, names: Iterable[str], salt: str) -> None:
        self._salt = salt.encode()
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted({_plain(name) for name in names}):
            words = tuple(name.split())
            if words:
                self._by_first[words[0]].append(words)
        for known in self._by_first.values():
            known.sort(key=lambda words: (-len(words), words))

    def name(self, name: str | None) -> str | None:
        """The pseudonym of a name."""
        if name is None or not _plain(name):
            return name
        return f"person-{hmac.new(self._salt, _plain(name).encode(), hashlib.sha256).hexdigest()[:8]}"

    def text(self, text: str) -> str:
        """The text with a pseudonym in the place of every known name."""
        words = list(_WORD.finditer(text))
        pieces, at, index = [], 0, 0
        while index < len(words):
            length = self._length_at(words, index)
            if not length:
                index += 1
                continue
            first, last = words[index], words[index + length - 1]
            pieces += [text[at : first.start()], str(self.name(text[first.start() : last.end()]))]
            at = last.end()
            index += length
        return "".join((*pieces, text[at:])) if pieces else text

    def json(self, value: Any) -> Any:
        """The JSON value with every text in it treated."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.json(item) for key, item in value.items()}
        if isinstance(value, Sequence):
            return [self.json(item) for item in value]
        return value

    def _length_at(self, words: Sequence[re.Match[str]], index: int) -> int:
        """How many words from here on are a name."""
        for name in self._by_first.get(_plain(words[index].group()), ()):
            here = tuple(_plain(word.group()) for word in words[index : index + len(name)])
            if here == name:
                return len(name)
        return 0


def _plain(name: str) -> str:
    return " ".join(word.group().casefold() for word in _WORD.finditer(name))
