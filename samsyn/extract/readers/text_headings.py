"""Takes drafts and makes headings of lines that stand alone as titles do, and gives every heading its level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from samsyn.extract.readers.text_draft import Draft, DraftKind, Piece
from samsyn.extract.readers.text_inline import plain_text
from samsyn.extract.readers.text_outline import LEAST_OUTLINE, Number, follow_numbers, read_number
from samsyn.extract.readers.text_web import (
    asking_words,
    finite_verbs,
    open_words,
    pointing_words,
    relative_words,
)

_LONGEST_TITLE = 100
_MOST_WORDS = 12
_WRAPPED_TITLE = 30
_FULL_TITLE = 6
"""Words: a title that says whose paper it is has so many."""
"""A title's first line is at least so long before it is wrapped."""
_PROSE = 100
"""A paragraph longer than this is prose even without a full stop."""
_POINTING = 6
"""Words of a heading such as 'Det vi vill åstadkomma tillsammans'."""
_LONGEST_RUN = 3
"""More short lines in a row than this, other than first in the document, are an address, a signature or a logotype."""
_OPENING_LINES = 2
"""Of a run first in the document so many lines at either end may be titles: between them stand its particulars."""
_LEAST_LOGO = 3

_NUMBERING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t]+(?=[^\W\d_])")
_SIGN_LINE = re.compile(r"[_.…\s]{4,}|.*_{3,}.*|.*\.{4,}.*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTACT = re.compile(r"@|https?://|www\.|\b0\d{1,3}[- ]\d{2}")
_YEARS = re.compile(r"\b(?:19|20)\d{2} ?[-–/] ?(?:19|20)?\d{2}\b(?!-)")
_RECORD = re.compile(r"\d{4}[:-]\d")
"""A record's number, such as 'KS 2019:12', in a line of few words."""
_NUMBERED_LABEL = re.compile(r"[^\W\d_][\w ]{0,30} \d{1,2} ?[:–-] \S")

IsKnown = Callable[[str], bool]


def _never(_: str) -> bool:
    return False


def set_headings(drafts: Sequence[Draft], is_known: IsKnown, is_title: IsKnown = _never) -> tuple[Draft, ...]:
    """The drafts with their headings told and ranked.

    Markup decides where there is any; else a short line alone, without the end of a sentence, with text below it.
    `is_title` knows the full title of a paper, which is a heading where it stands first.
    """
    apart = [part for draft in drafts for part in _set_apart(draft, is_known, is_title)]
    titles = _first_titles(apart, is_title)
    return _rank(_mark_titles(apart, lambda text: is_known(text) or text in titles))


def _is_dated(text: str, is_title: IsKnown) -> bool:
    """True for a paper's name with its years last: 'Medborgarlöften i Orsa kommun 2018-2019'."""
    years = _YEARS.search(text)
    return years is not None and years.end() == len(text) and is_title(text)


def _first_titles(drafts: Sequence[Draft], is_title: IsKnown) -> frozenset[str]:
    """The lines that are a paper's title and stand nowhere else: those of a running header recur."""
    single = (draft for draft in drafts if draft.kind is DraftKind.PARAGRAPH and _is_one_line(draft))
    lines = Counter(plain_text(draft.raw) for draft in single)
    full = (line for line, count in lines.items() if count == 1 and len(line.split()) >= _FULL_TITLE)
    return frozenset(line for line in full if _has_shape(line) and is_title(line))


def _set_apart(draft: Draft, is_known: IsKnown, is_title: IsKnown) -> tuple[Draft, ...]:
    """A paragraph whose first line is a known heading, or a paper's name and years, no blank line below it, as two."""
    if draft.kind is not DraftKind.PARAGRAPH or len(draft.pieces) < 2 or not draft.pieces[1].text[:1].isupper():
        return (draft,)
    first, second, *rest = draft.pieces
    text = plain_text(first.text)
    if ":" in text or len(text) > _LONGEST_TITLE:
        return (draft,)
    if not _is_dated(text, is_title) and (len(text) > _WRAPPED_TITLE or not is_known(text)):
        return (draft,)
    return (replace(draft, pieces=(first,)), replace(draft, pieces=(second._replace(glue=""), *rest)))


def rank_headings(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts with a level for every heading, none made or unmade."""
    return _rank(list(drafts))


def _mark_titles(drafts: list[Draft], is_known: IsKnown) -> list[Draft]:
    marked = sum(draft.kind is DraftKind.HEADING for draft in drafts)
    numbered = _numbered_lines(drafts)
    runs = _runs(drafts)
    chosen = {index for run in runs for index in _choose(drafts, run, is_known)} | numbered | _announced_lines(drafts)
    chosen |= _sentence_lines(drafts, is_known)
    bulleted = _bulleted_titles(drafts)
    chosen |= bulleted
    plain = marked * 2 < len(chosen) or not marked
    for index in sorted(chosen):
        text = plain_text(drafts[index].raw)
        if plain or index in numbered or is_known(text) or _is_capitals(text):
            level = 0 if drafts[index].kind is DraftKind.LIST_ITEM else drafts[index].level
            pieces = drafts[index].pieces if index in bulleted else _with_number(drafts[index])
            drafts[index] = replace(drafts[index], kind=DraftKind.HEADING, level=level, pieces=pieces)
    return drafts


def _announced_lines(drafts: Sequence[Draft]) -> set[int]:
    """Short lines above a list that stood, alone on their line, further up too: there they named what now follows.

    Such a line is a heading even where a full stop ends it: 'Tryggare torg.' among the promises, then above its list.
    """
    alone = [index for index, draft in enumerate(drafts) if draft.kind is DraftKind.PARAGRAPH and _is_one_line(draft)]
    seen: set[str] = set()
    found: set[int] = set()
    for index in alone:
        text = plain_text(drafts[index].raw[:400]).rstrip(".")
        if text.endswith(":"):  # leads into the list in each of its places
            continue
        above_list = index + 1 < len(drafts) and drafts[index + 1].kind is DraftKind.LIST_ITEM
        if text in seen and above_list and _has_shape(text) and ". " not in text and not _is_sentence(text):
            found.add(index)
        seen.add(text)
    return found


def _sentence_lines(drafts: Sequence[Draft], is_known: IsKnown) -> set[int]:
    """Sentences without a full stop that are headings by what they stand above and among.

    One stands right above a known heading that comes back under others ('Folk ska våga gå ut', then 'Så ser det ut'),
    or two begin alike, each above a list or a short line: 'Vi lovar en lugnare trafik', 'Vi lovar ljusare platser'.
    """
    lines = {
        index: plain_text(draft.raw[:400])
        for index, draft in enumerate(drafts)
        if draft.kind in (DraftKind.PARAGRAPH, DraftKind.HEADING) and _is_one_line(draft)
    }
    times = Counter(lines.values())
    leads: dict[str, list[int]] = {}
    found: set[int] = set()
    for index, text in lines.items():
        if drafts[index].kind is DraftKind.HEADING or not _has_shape(text) or ":" in text or text.endswith("!"):
            continue
        if not _is_sentence(text) or index + 1 >= len(drafts):
            continue
        below = lines.get(index + 1, "")
        if times[below] > 1 and is_known(below):
            found.add(index)
        elif drafts[index + 1].kind is DraftKind.LIST_ITEM or (below and _has_shape(below)):
            leads.setdefault(" ".join(text.casefold().split()[:2]), []).append(index)
    return found.union(*(places for places in leads.values() if len(places) > 1))


def _bulleted_titles(drafts: Sequence[Draft]) -> set[int]:
    """Short items each alone above prose, two at least: '• Trafik' and a paragraph, '• Trygghet' and a paragraph.

    None where some item of the text stands beside another with text of its own: then they are one list.
    """
    found: set[int] = set()
    for index, draft in enumerate(drafts[:-1]):
        before = drafts[index - 1].kind if index else DraftKind.PARAGRAPH
        alone = before is not DraftKind.LIST_ITEM and drafts[index + 1].kind is DraftKind.PARAGRAPH
        if draft.kind is DraftKind.LIST_ITEM and draft.level <= 1 and alone and len(draft.pieces) == 1:
            text = plain_text(draft.raw[:400])
            titled = _has_shape(text) and len(text.split()) <= _POINTING and not _is_sentence(text)
            told = plain_text(drafts[index + 1].raw[-40:]).endswith((".", "!", "?"))
            if titled and told and not draft.marker[:1].isdigit():
                found.add(index)
    return found if len(found) > 1 else set()


def _numbered_lines(drafts: Sequence[Draft]) -> set[int]:
    """Short lines whose numbers count the headings of an outline ('2', '2.1', '§ 3'); the items of a list are none."""
    numbers = []
    for index, draft in enumerate(drafts):
        text = plain_text(draft.raw[:400]).removeprefix("§").lstrip()
        if draft.kind is DraftKind.LIST_ITEM and _stands_above_prose(drafts, index):
            text = f"{draft.marker} {text}"
        elif draft.kind not in (DraftKind.PARAGRAPH, DraftKind.HEADING):
            continue
        word = text.split(maxsplit=1)[0] if text else ""
        if not _is_one_line(draft) or len(text) > _LONGEST_TITLE or text.endswith((".", ",", ";")):
            continue
        read = read_number(word)
        if read and text[len(word) :].lstrip()[:1].isupper():
            numbers.append(Number(index, read[0]))
    chain = follow_numbers(numbers)
    return {number.place for number in chain} if len(chain) >= LEAST_OUTLINE else set()


def _stands_above_prose(drafts: Sequence[Draft], index: int) -> bool:
    """True for '3. Lägesbild', read as the item of a list, with a paragraph and no other item below it."""
    below = drafts[index + 1] if index + 1 < len(drafts) else None
    counted = re.fullmatch(r"\d{1,2}\.", drafts[index].marker)
    return counted is not None and below is not None and below.kind is DraftKind.PARAGRAPH


def _runs(drafts: Sequence[Draft]) -> list[list[int]]:
    """Stretches of short lines one below the other, lines to sign on among them."""
    runs: list[list[int]] = []
    going = False
    for index, draft in enumerate(drafts):
        if draft.kind is DraftKind.NOTE:
            continue
        if not _is_short_line(drafts, index):
            going = False
        elif going:
            runs[-1].append(index)
        else:
            runs.append([index])
            going = True
    return runs


def _is_short_line(drafts: Sequence[Draft], index: int) -> bool:
    """True for a line that may be a title, a name, a date or a line to sign on, but no lead-in and no sentence."""
    draft = drafts[index]
    if draft.kind not in (DraftKind.PARAGRAPH, DraftKind.LIST_ITEM) or not _is_one_line(draft):
        return False
    text = plain_text(draft.raw[:400])
    if _SIGN_LINE.fullmatch(text):
        return True
    if draft.kind is DraftKind.LIST_ITEM and not _is_numbered_title(drafts, index):
        return False
    return _has_shape(text) and not _is_lead_in(text, drafts, index) and not _is_sentence(text)


def _is_one_line(draft: Draft) -> bool:
    """True for one line, and for a long one that was wrapped once."""
    if len(draft.pieces) == 1:
        return True
    return len(draft.pieces) == 2 and draft.pieces[1].glue != "\n" and len(draft.pieces[0].text) >= _WRAPPED_TITLE


def _has_shape(text: str) -> bool:
    """True for a short line that begins as a title and does not end as a sentence."""
    if not text or len(text) > _LONGEST_TITLE or len(text.split()) > _MOST_WORDS or "\t" in text:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "\"”“«»'§") or not any(map(str.isalpha, text)):
        return False
    if text.endswith((".", ",", ";", "-", "–")):
        return False
    words = text.rstrip(":").lower().split()
    return bool(words) and (words[-1] not in open_words() or (words[0] in asking_words() and text[-1] != ":"))


def _is_lead_in(text: str, drafts: Sequence[Draft], index: int) -> bool:
    """True for 'label: text', and for a line that ends with a colon and is too long for a heading of its kind."""
    if ": " in text and not _NUMBERED_LABEL.match(text):
        return True
    if not text.endswith(":"):
        return False
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    before_list = following is not None and following.kind is DraftKind.LIST_ITEM
    return len(text.split()) > (2 if before_list else 6)


def _is_sentence(text: str) -> bool:
    """True for a sentence that lost its full stop: more than a few words and a finite verb among them."""
    words = text.rstrip("?").lower().split()
    if not words or words[0] in asking_words() or (words[0] in pointing_words() and len(words) <= _POINTING):
        return False
    return len(words) > 3 and not text.endswith("?") and any(_finite_in_main_clause(words))


def _finite_in_main_clause(words: Sequence[str]) -> Iterator[bool]:
    """For each word whether it is a finite verb, those right behind a relative word aside: 'Löften som gäller i år'."""
    relative = relative_words()
    for before, word in zip(("", *words), words, strict=False):
        yield word in finite_verbs() and before not in relative


def _choose(drafts: Sequence[Draft], run: list[int], is_known: IsKnown) -> list[int]:
    """Which lines of a run of short lines are headings."""
    below = next((draft for draft in drafts[run[-1] + 1 :] if draft.kind is not DraftKind.NOTE), None)
    texts = {index: plain_text(drafts[index].raw) for index in run}
    known = [index for index in run if is_known(texts[index])]
    if below is None or not _carries(below):
        return known
    fit = [index for index in run if _may_head(texts[index])]
    if run[0] < _OPENING_LINES:
        ends = {*run[:_OPENING_LINES], *run[-_OPENING_LINES:]}
        return sorted({*known, *(index for index in fit if index in ends)})
    signed = any(_SIGN_LINE.fullmatch(text) for text in texts.values())
    reach = 1 if signed or len(run) > _LONGEST_RUN else _LONGEST_RUN - 1
    return sorted({*known, *(index for index in fit if index in run[-reach:])})


def _carries(below: Draft) -> bool:
    """True for what a heading may stand above: prose, a list, a table, another heading."""
    if below.kind in (DraftKind.LIST_ITEM, DraftKind.TABLE, DraftKind.HEADING):
        return True
    text = plain_text(below.raw)
    ended = text.endswith((".", ":", ";", "?", "!")) and not _SIGN_LINE.fullmatch(text)
    announces = bool(text) and text.split()[-1].lower() in open_words()
    return ended or announces or len(text) > _PROSE or ". " in text or ": " in text or _is_sentence(text)


def _may_head(text: str) -> bool:
    """False for a line to sign on, a date, an address, and a record's number."""
    if _SIGN_LINE.fullmatch(text) or _DATE.search(text) or _CONTACT.search(text):
        return False
    return not (_RECORD.search(text) and len(text.split()) <= 3 and not _YEARS.search(text))


def _is_numbered_title(drafts: Sequence[Draft], index: int) -> bool:
    """True for '1. Bakgrund' above prose: no item of the same list stands next to it."""
    if not re.fullmatch(r"\d{1,2}\.", drafts[index].marker):
        return False
    neighbours = [drafts[at] for at in (index - 1, index + 1) if 0 <= at < len(drafts)]
    return not any(other.kind is DraftKind.LIST_ITEM and other.marker[:1].isdigit() for other in neighbours)


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and all(letter.isupper() for letter in letters)


def _with_number(draft: Draft) -> tuple[Piece, ...]:
    """The pieces of a heading; a number typed before it belongs to its text."""
    if draft.kind is not DraftKind.LIST_ITEM:
        return draft.pieces
    first = draft.pieces[0]
    return (first._replace(text=f"{draft.marker} {first.text}"), *draft.pieces[1:])


# --- levels ------------------------------------------------------------------------------------------------------


def _rank(drafts: list[Draft]) -> tuple[Draft, ...]:
    """The drafts with a level for each heading that markup gave none.

    Such headings share one level below all that Markdown ranks; capitals stand above the others, and numbering
    ('5.1') gives the depth. A heading without a number stands below the numbered heading before it, when another
    numbered one follows or it comes back under others ('Mål', 'Aktiviteter').
    """
    texts = {index: plain_text(draft.raw) for index, draft in enumerate(drafts) if draft.kind is DraftKind.HEADING}
    written = [draft.level for draft in drafts if draft.kind is DraftKind.HEADING and draft.level]
    unranked = [index for index in texts if not drafts[index].level]
    base = max(written, default=0) + 1
    capitals = {index for index in unranked if _is_capitals(texts[index])}
    told = len(capitals) > 1 or bool(capitals & set(unranked[:1]))  # 'ANDT' among the others is a mere abbreviation
    mixed = told and len(capitals) < len(unranked)
    counts = Counter(texts[index].casefold() for index in unranked)
    numbered = [index for index in unranked if _NUMBERING.match(texts[index])]
    depth = 0
    for index in unranked:
        below = mixed and index not in capitals and index > min(capitals)
        if _NUMBERING.match(texts[index]):
            depth = _depth(texts[index]) + 1
        returns = len(numbered) >= LEAST_OUTLINE and (counts[texts[index].casefold()] > 1 or index < numbered[-1])
        inner = depth if returns and not _NUMBERING.match(texts[index]) else _depth(texts[index])
        drafts[index] = replace(drafts[index], level=base + below + inner)
    return tuple(drafts)


def _depth(text: str) -> int:
    match = _NUMBERING.match(text)
    return match["number"].count(".") if match else 0


def drop_logos(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], tuple[Draft, ...]]:
    """The drafts without the names that a letterhead repeats, and those names.

    Such a name is a short line that stands alone at least three times, set off by two blank lines.
    """
    places: dict[str, list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.kind is DraftKind.PARAGRAPH and len(draft.raw) <= 50 and _has_shape(plain_text(draft.raw)):
            places.setdefault(draft.raw, []).append(index)
    logos = {index for found in places.values() if _are_logos(drafts, found) for index in found}
    kept = tuple(draft for index, draft in enumerate(drafts) if index not in logos)
    return kept, tuple(drafts[index] for index in sorted(logos))


def _are_logos(drafts: Sequence[Draft], found: list[int]) -> bool:
    """True for a name in at least three places, each set off by a wide gap, and hardly ever above prose."""
    if len(found) < _LEAST_LOGO:
        return False
    below = {index: drafts[index + 1] if index + 1 < len(drafts) else None for index in found}
    set_off = all(drafts[index].gap >= 2 or ((under := below[index]) and under.gap >= 2) for index in found)
    heading = sum((under := below[index]) is not None and _carries(under) for index in found)
    return set_off and heading * 3 <= len(found)
