"""Takes an old and a new text, gives them word by word: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from samsyn.models.comparison import WordRun
from samsyn.similarity import normal_form, token_edits, token_ratio

_TOKEN = re.compile(r"(\s*)(\d{4}-\d\d-\d\d(?!\d)|\d+(?:[.,]\d+)*|\w+(?:[-’']\w+)*|[^\w\s])")
_SIGNS = str.maketrans(dict.fromkeys("”“„«»", '"') | dict.fromkeys("–—‑‐−", "-"))
_STOPS = frozenset(".,;:!?\"'-•*()…·")
_ISLAND = 4
"""Letters: a stretch with fewer that stays between two changes is read as part of them ('av', 'i en')."""
_KINSHIP = 0.2
"""Texts that share less are shown as one gone and one come, not as a mosaic."""
_LONGEST = 20_000
"""Tokens of a text that are compared one by one."""

Op: TypeAlias = Literal["equal", "delete", "insert"]


class _Piece(NamedTuple):
    op: Op
    old: Sequence[str]
    new: Sequence[str]


def same_wording(old: str, new: str) -> bool:
    """True when the texts differ in nothing but case, spacing, punctuation and list marks."""
    return _plain(old) == _plain(new)


def wording_ratio(old: str, new: str) -> float:
    """The share of words that two texts have in common and in order (0-1)."""
    return token_ratio(_keys(_tokens(old))[:_LONGEST], _keys(_tokens(new))[:_LONGEST])


def compare_words(old: str, new: str) -> tuple[WordRun, ...]:
    """The runs of words that stay, go and come, in reading order; what goes stands before what comes in its stead.

    Equal and deleted runs make the old text, equal and inserted ones the new, but for case and white space.
    """
    before, after = _tokens(old), _tokens(new)
    keys = _keys(before), _keys(after)
    if max(map(len, keys)) > _LONGEST or token_ratio(*keys) < _KINSHIP:
        pieces = [_Piece("delete", before, ()), _Piece("insert", (), after)]
    else:
        pieces = _slid(list(_without_islands([_piece(edit, before, after) for edit in token_edits(*keys)])))
    return tuple(_runs(pieces))


def _piece(edit: tuple[str, int, int, int, int], before: Sequence[str], after: Sequence[str]) -> _Piece:
    tag, old_start, old_end, new_start, new_end = edit
    op: Op = "equal" if tag == "equal" else "delete" if tag == "delete" else "insert"
    return _Piece(op, before[old_start:old_end], after[new_start:new_end])


def _without_islands(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    for number, piece in enumerate(pieces):
        between = 0 < number < len(pieces) - 1
        if piece.op == "equal" and between and _letters(piece.new) < _ISLAND:
            yield _Piece("delete", piece.old, ())
            yield _Piece("insert", (), piece.new)
        else:
            yield piece


def _slid(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces with a change that begins with a sign moved on, where it might as well end with it.

    'ombud[. Gruppen utökas]' and 'ombud.[ Gruppen utökas.]' are the same; the second is how one reads it.
    """
    slid = list(pieces)
    for number in range(1, len(slid) - 1):
        before, change, after = slid[number - 1 : number + 2]
        tokens = list(change.old or change.new)
        if not (before.op == after.op == "equal" and change.op != "equal" and tokens and after.new):
            continue
        if tokens[0].isalnum() or tokens[0].startswith(" ") or _key(tokens[0]) != _key(after.new[0]):
            continue
        moved = [*tokens[1:], after.new[0]]
        slid[number - 1] = _Piece("equal", [*before.old, tokens[0]], [*before.new, tokens[0]])
        slid[number] = _Piece(change.op, moved if change.op == "delete" else (), moved if change.op == "insert" else ())
        slid[number + 1] = _Piece("equal", after.old[1:], after.new[1:])
    return [piece for piece in slid if piece.old or piece.new]


def _letters(tokens: Iterable[str]) -> int:
    """Letters and figures of the tokens; figures weigh as words, for a number that stays is worth seeing."""
    return sum(_ISLAND if character.isdigit() else character.isalpha() for token in tokens for character in token)


def _runs(pieces: Iterable[_Piece]) -> Iterator[WordRun]:
    gone: list[str] = []
    come: list[str] = []
    for piece in pieces:
        if piece.op == "equal":
            yield from _changed(gone, come)
            gone, come = [], []
            # What was in the middle and now comes first has no space before it: the old text needs one.
            space = " " if piece.old[0].startswith(" ") and not piece.new[0].startswith(" ") else ""
            yield WordRun(op="equal", text=space + "".join(piece.new))
        else:
            gone.extend(piece.old)
            come.extend(piece.new)
    yield from _changed(gone, come)


def _changed(gone: Sequence[str], come: Sequence[str]) -> Iterator[WordRun]:
    if gone:
        yield WordRun(op="delete", text="".join(gone))
    if come:
        yield WordRun(op="insert", text="".join(come))


def _tokens(text: str) -> list[str]:
    """Words and signs, each with one space before it when there was white space."""
    tokens = [(" " if hit[1] else "") + hit[2] for hit in _TOKEN.finditer(text)]
    return [tokens[0].lstrip(), *tokens[1:]] if tokens else []


def _keys(tokens: Iterable[str]) -> list[str]:
    return [_key(token) for token in tokens]


@lru_cache(maxsize=65536)
def _key(token: str) -> str:
    """What two tokens are equal by; hyphens within a word are often those of a line's end and do not count."""
    key = normal_form(token.strip()).translate(_SIGNS)
    return key.replace("-", "") if len(key) > 1 else key


@lru_cache(maxsize=16384)
def _plain(text: str) -> tuple[str, ...]:
    return tuple(key for key in _keys(_tokens(text)) if key not in _STOPS)
