"""Takes a document's blocks and gives the papers bundled in it: where each begins, and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from samsyn.extract.dates import find_days
from samsyn.extract.finders.bodies import find_bodies
from samsyn.extract.headings import find_label, heading_meanings
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import PartKind
from samsyn.remember import remembers
from samsyn.vocabulary.lexicon import normalise_phrase
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of

_TITLE_LENGTH = 60
"""A paper's name alone on a line ('STYRDOKUMENT', 'Bilaga 3 Handlingsplan') is shorter than this."""


_TITLE_MEANINGS = frozenset({"promises", "measures", "problem", "outcomes", "memo", "ongoing"})
"""What a paper's own title may mean as a heading; 'Varför en överenskommelse' is the heading of a section."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its kind, its title as printed, and its blocks."""

    kind: PartKind
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _PaperWords:
    kind: PartKind
    titles: tuple[re.Pattern[str], ...]
    lines: tuple[str, ...]
    closing: tuple[str, ...]


def _title_patterns(raw: dict[str, Any]) -> Iterator[re.Pattern[str]]:
    """A pattern for the titles, and one for those that do not count with a colon behind them."""
    for key, behind in (("titles", ""), ("unlabelled", r"(?!\s*:)")):
        if raw.get(key):
            yield re.compile(rf"\b(?:{either_of(raw[key])})\b{behind}")


@cache
def _words() -> tuple[_PaperWords, ...]:
    return tuple(
        _PaperWords(
            kind=PartKind(raw["kind"]),
            titles=tuple(_title_patterns(raw)),
            lines=tuple(raw.get("lines", ())),
            closing=tuple(raw.get("closing", ())),
        )
        for raw in load_toml("parts.toml")["part"]
    )


def split_papers(blocks: Sequence[Block]) -> tuple[Paper, ...]:
    """The papers in order; a file that is no bundle is one paper."""
    starts = _paper_starts(blocks)
    chunks = [tuple(blocks[begin:end]) for begin, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]
    return tuple(_name_paper(chunk) for chunk in _merge_fronts(chunks) if chunk)


def _paper_starts(blocks: Sequence[Block]) -> list[int]:
    """Offsets of the blocks that begin a paper: title-level headings, names alone on a line, ends of memos."""
    title_level = _title_level(blocks)
    starts = [0]
    closed = False
    for index, block in enumerate(blocks):
        follows_end = closed and (block.kind is BlockKind.HEADING or _turns_page(blocks[index - 1], block))
        begins = _begins_paper(block, title_level) and not _is_named_in(block, blocks[starts[-1]])
        if index and (follows_end or begins):
            starts.append(index)
            closed = False
        closed = closed or _closes_paper(block)
    return _after_memo_headings(blocks, sorted(set(starts)))


def _is_named_in(heading: Block, title: Block) -> bool:
    """True for 'Medborgarlöfte' below 'Medborgarlöfte Orsa 2021': the section that the paper is named for."""
    name, whole = (normalise_phrase(block.text) for block in (heading, title))
    same = _title_kind(title.text) is _title_kind(heading.text) is not None
    return same and heading.kind is title.kind is BlockKind.HEADING and name != whole and whole.startswith(name)


def _turns_page(before: Block, block: Block) -> bool:
    return block.page is not None and before.last_page is not None and block.page > before.last_page


def _title_level(blocks: Sequence[Block]) -> int:
    levels = [block.level for block in blocks if block.kind is BlockKind.HEADING and _title_kind(block.text)]
    return min(levels, default=1)


def _begins_paper(block: Block, title_level: int) -> bool:
    text = block.text.strip()
    if block.kind is BlockKind.HEADING and block.level <= title_level and not text[:1].isdigit():
        return _title_kind(text) is not None or _is_meeting(text)
    short = block.kind is not BlockKind.TABLE and len(text) <= _TITLE_LENGTH
    return short and block.kind is not BlockKind.LIST_ITEM and _is_paper_name(text)


def _is_paper_name(text: str) -> bool:
    """True for the bare name of a paper, perhaps numbered: 'Tjänsteskrivelse', 'BILAGA 3'."""
    name = re.sub(r"\s*\d{1,2}[a-z]?$", "", text.casefold().strip(" .:"))
    return name in load_toml("parts.toml")["names"]


@remembers(1024)
def _title_kind(text: str) -> PartKind | None:
    """What paper a title names; the word that stands first decides ('Bilaga 1 Handlingsplan' is an annex).

    'Medborgarlöfte:' with its colon announces what follows and is no title.
    """
    if (
        text.rstrip().endswith(("?", ":"))
        or _asks().match(text.strip())
        or set(heading_meanings(text)) - _TITLE_MEANINGS
    ):
        return None
    phrase = " ".join(text.casefold().split())
    found = [
        (match.start(), order, words.kind)
        for order, words in enumerate(_words())
        for pattern in words.titles
        if (match := pattern.search(phrase))
    ]
    return min(found)[2] if found else None


@cache
def _asks() -> re.Pattern[str]:
    """'Varför en gemensam överenskommelse', 'Så används planen': headings about a paper, not its title."""
    words = "|".join(load_toml("parts.toml")["questions"])
    return re.compile(rf"(?:{words})\b", re.IGNORECASE)


def names_paper(text: str) -> bool:
    """True when a heading names a kind of paper: an agreement, a plan, a memo, an annex."""
    return _title_kind(text) is not None


def _is_meeting(text: str) -> bool:
    """'Kommunfullmäktige 2017-01-25', 'Kommunstyrelsen 2024-03-05 § 44': minutes that open with who met and when."""
    bodies, days = find_bodies(text), find_days(text)
    if len(bodies) != 1 or len(days) != 1 or len(text) > _TITLE_LENGTH or bodies[0].start > 0:
        return False
    rest = text[: days[0].start][bodies[0].end :] + text[days[0].end :]
    return re.fullmatch(r"[\W\d]*", rest) is not None


def _closes_paper(block: Block) -> bool:
    return normalise_phrase(block.text[:_TITLE_LENGTH]).startswith(_closings())


@cache
def _closings() -> tuple[str, ...]:
    return tuple(closing for words in _words() for closing in words.closing)


def _after_memo_headings(blocks: Sequence[Block], starts: list[int]) -> list[int]:
    """Adds the start of an agreement that follows a memo without a title of a known wording."""
    added = list(starts)
    for begin, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        memo = [index for index in range(begin, end) if "memo" in _meanings(blocks[index])]
        if len(memo) < 2:
            continue
        ranks = [blocks[index].level for index in memo if blocks[index].kind is BlockKind.HEADING]
        follows = (
            index
            for index in range(memo[-1] + 1, end)
            if blocks[index].kind is BlockKind.HEADING and _follows_memo(blocks, index, ranks)
        )
        added.extend(list(follows)[:1])
    return sorted(set(added))


def _follows_memo(blocks: Sequence[Block], index: int, ranks: Sequence[int]) -> bool:
    """True for a heading of the memo's rank on a new page; where no pages are known, of a higher rank than the memo's
    own headings, or of theirs and with a line below it that names a paper."""
    heading = blocks[index]
    if heading.level > max(ranks, default=1):
        return False
    if heading.page is not None:
        return _turns_page(blocks[index - 1], heading)
    return heading.level < min(ranks, default=1) or _is_subtitled(blocks[index + 1 : index + 2])


def _is_subtitled(below: Sequence[Block]) -> bool:
    """True for a short line that names the paper: 'Överenskommelse mellan Ängsviks kommun och Polismyndigheten'."""
    return any(
        block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= 2 * _TITLE_LENGTH
        and not block.text.rstrip().endswith((".", ":"))
        and _title_kind(block.text) is not None
        for block in below
    )


def _meanings(block: Block) -> tuple[str, ...]:
    if block.kind is BlockKind.HEADING:
        return heading_meanings(block.text)
    label = find_label(block)
    return label.meanings if label else ()


def _merge_fronts(chunks: list[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """Joins a chunk that holds no more than names and logos to the paper it stands in front of."""
    merged: list[tuple[Block, ...]] = []
    front: tuple[Block, ...] = ()
    for index, chunk in enumerate(chunks):
        whole = front + chunk
        if (
            index < len(chunks) - 1
            and sum(len(block.text) for block in whole) < 2 * _TITLE_LENGTH
            and not _has_table(whole)
        ):
            front = whole
            continue
        merged.append(whole)
        front = ()
    return merged


def _has_table(blocks: tuple[Block, ...]) -> bool:
    return any(block.kind is BlockKind.TABLE for block in blocks)


def _name_paper(blocks: tuple[Block, ...]) -> Paper:
    titles = [block.text for block in blocks if block.kind is BlockKind.HEADING]
    title = titles[0] if titles else blocks[0].text[:_TITLE_LENGTH]
    return Paper(kind=_kind_of(blocks, title), title=" ".join(title.split()), blocks=blocks)


def _kind_of(blocks: tuple[Block, ...], title: str) -> PartKind:
    memo = sum("memo" in _meanings(block) for block in blocks)
    opening = [block.text for block in blocks[:3] if len(block.text) <= 2 * _TITLE_LENGTH]
    named = [kind for kind in (_title_kind(text) for text in (*opening, title)) if kind]
    if PartKind.MINUTES in named or _is_meeting(title) or _has_minutes_lines(blocks):
        return PartKind.MINUTES
    if memo >= 2 or PartKind.MEMO in named:
        return PartKind.MEMO
    return _title_kind(title) or (named[0] if named else PartKind.AGREEMENT)


def _has_minutes_lines(blocks: tuple[Block, ...]) -> bool:
    minutes = next(words for words in _words() if words.kind is PartKind.MINUTES)
    phrases = "\n".join(normalise_phrase(block.text) for block in blocks if len(block.text) < 400)
    return sum(mark in phrases for mark in (*minutes.lines, *minutes.closing)) >= 2
