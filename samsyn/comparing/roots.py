"""Takes listed roots, gives those that a word begins or ends with, without trying each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Roots:
    """Roots of words, by their beginnings and endings; a root of fewer letters than `shortest` is a word by itself."""

    def __init__(self, roots: Iterable[str], *, bare: Mapping[str, str], shortest: int) -> None:
        """`bare` gives for a root what a word's stem may end with, such as the root's own stem."""
        self._whole: dict[str, list[int]] = {}
        self._parts: dict[str, list[int]] = {}
        self._bare: dict[str, list[int]] = {}
        for number, root in enumerate(roots):
            if len(root) < shortest:
                self._whole.setdefault(root, []).append(number)
                continue
            self._parts.setdefault(root, []).append(number)
            if len(bare[root]) >= shortest:
                self._bare.setdefault(bare[root], []).append(number)
        self._lengths = sorted({len(root) for root in self._parts})
        self._bare_lengths = sorted({len(root) for root in self._bare})

    def of(self, norm: str, stemmed: str) -> list[int]:
        """The numbers of the roots that the word holds, by its normal form and stem, in the order they are listed."""
        found = set(self._whole.get(norm, ()))
        for length in self._lengths:
            if length <= len(norm):
                found.update(self._parts.get(norm[:length], ()), self._parts.get(norm[-length:], ()))
        for length in self._bare_lengths:
            if length <= len(stemmed):
                found.update(self._bare.get(stemmed[-length:], ()))
        return sorted(found)
