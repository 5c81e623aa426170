"""Takes the papers of a document, gives what it is: its own title, its kind, and a slug to know it by."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, get_args

from samsyn.extract.dates import find_days, find_spans
from samsyn.extract.finders.fields import label_meaning
from samsyn.extract.finders.passages import Paper, Stretch, is_prose, lines_of
from samsyn.extract.finders.wording import message, phrase_pattern, words_under
from samsyn.models.agreement import DocumentKind, Municipality, Party, Period
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import PartKind
from samsyn.models.source import Caution, Evidence
from samsyn.vocabulary.gazetteer import Standing, find_places
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of

_LONGEST_TITLE_LINE = 200
_LONGEST_SUBTITLE = 160
_MOST_LINES = 9
_LEAST_SHARE = 10
"""A paper with less than a tenth of the text of the largest of its kind is not what the file is about."""
_PRINCIPAL_ORDER = (PartKind.AGREEMENT, PartKind.PLAN, PartKind.ANNEX, PartKind.OTHER, PartKind.MEMO, PartKind.MINUTES)


class Title(NamedTuple):
    """The agreement's title as it reads when its lines are joined, with where they stand."""

    text: str
    evidence: tuple[Evidence, ...]
    line_starts: tuple[int, ...] = (0,)
    """Where in the text the cover's lines begin."""


def principal_paper(papers: tuple[Paper, ...]) -> Paper | None:
    """The paper that the file is about: the agreement, else the plan, else what there is."""
    for kind in _PRINCIPAL_ORDER:
        sizes = {paper: paper.size for paper in papers if paper.kind is kind}
        for paper, size in sizes.items():
            # A letterhead or a stray page may have been taken for a paper of its own.
            if size and size * _LEAST_SHARE >= max(sizes.values()):
                return paper
    return None


def find_title(papers: tuple[Paper, ...], furniture: tuple[Block, ...] = ()) -> Title | None:
    """The title on the principal paper's first lines, its cover lines joined; None when none looks like a title.

    `furniture` are running headers and a web page's own lines: a transcript's text begins with the title they give.
    """
    paper = principal_paper(papers)
    if paper is None:
        return None
    lines = list(_cover_lines(paper))
    best = _best_start(lines)
    if best is None:
        return _title_in_running_text(paper, furniture)
    chosen = [lines[best]]
    for line in lines[best + 1 : best + _MOST_LINES]:
        if line.is_furniture and not _is_open(chosen):
            continue
        if not _continues(chosen, line):
            break
        chosen.append(line)
    evidence = tuple(item for line in chosen for item in line.stretch.locate())
    text, starts = _joined([line.stretch.text for line in chosen])
    return Title(text, evidence, starts)


def _title_in_running_text(paper: Paper, furniture: tuple[Block, ...]) -> Title | None:
    """The longest furniture line that names a kind and that the paper's text begins with, behind a page number."""
    first = next(iter(paper.lines), None)
    if first is None:
        return None
    text = first.text
    lead = len(text) - len(text.lstrip("0123456789 "))
    for line in sorted((line.text for block in furniture for line in lines_of(block)), key=len, reverse=True):
        if _kind_words(line) and text[lead:].casefold().startswith(line.casefold()):
            stretch = first.part(lead, lead + len(line))
            return Title(stretch.text, stretch.locate())
    return _title_by_case(first, lead)


def _title_by_case(first: Stretch, lead: int) -> Title | None:
    """Capitals that name a kind, at the start of running text: 'AVTAL OM SAMVERKAN MELLAN … Antaget av …'."""
    hit = re.match(r"(?:[A-ZÅÄÖ0-9][A-ZÅÄÖ0-9,.–-]*\s+){3,30}(?=[A-ZÅÄÖ]?[a-zåäö])", first.text[lead:])
    if hit is None or not _kind_words(hit.group()):
        return None
    stretch = first.part(lead, lead + hit.end())
    return Title(stretch.text, stretch.locate())


class _CoverLine(NamedTuple):
    """A line before the first section of an agreement's body."""

    stretch: Stretch
    is_heading: bool
    is_furniture: bool


def _cover_lines(paper: Paper) -> Iterator[_CoverLine]:
    """The lines up to the first heading whose meaning is known, or the first prose."""
    for count, block in enumerate(paper.blocks):
        if count > 25:
            return
        if block.table is not None:
            continue
        if _opens_body(paper, block.id, block.text):
            return
        for stretch in lines_of(block):
            if len(stretch.text) > _LONGEST_TITLE_LINE or is_prose(stretch.text):
                return
            heading = block.kind is BlockKind.HEADING or block.id in paper.headings or block.is_bold
            yield _CoverLine(stretch, heading, _is_furniture(stretch.text))


def _opens_body(paper: Paper, block_id: str, text: str) -> bool:
    """True at a heading that the divider knows ('Bakgrund'); a title may be one too when it names the kind."""
    return block_id in paper.known_headings and not _kind_words(text)


def _is_furniture(text: str) -> bool:
    """True for a line that is no part of a title: a label with its value, a date, a logo, a page number."""
    bare = re.sub(r"[\W_]+", " ", text).strip().casefold()
    if not bare or bare in words_under("metadata.toml", "words", "not_title"):
        return True
    first = bare.split()[0]
    if first in words_under("metadata.toml", "words", "caption_leads") or "\t" in text:
        return True
    lead = re.split(r"[:\t]", text, maxsplit=1)[0]
    if ":" in text and label_meaning(lead):
        return True
    if _tells_validity(text):
        return True
    days = find_days(text)
    return bool(days) and days[0].end - days[0].start >= len(text.strip()) - 2


def _tells_validity(text: str) -> bool:
    """'Gäller 2026–2029' says how long the document holds; 'Treårig överenskommelse 2026–2029' is what it is called."""
    cue = phrase_pattern("metadata.toml", "validity", "cues").match(text.strip())
    return cue is not None and bool(find_spans(text)) and not _kind_words(text)


def _best_start(lines: list[_CoverLine]) -> int | None:
    """The first heading that names a kind of document or is followed by one that does; else any such line."""
    kinds = [bool(_kind_words(line.stretch.text)) and not line.is_furniture for line in lines]
    for index, line in enumerate(lines):
        if line.is_heading and not line.is_furniture and (kinds[index] or _is_brand_before(lines, kinds, index)):
            return index
    if any(kinds):
        return kinds.index(True)
    headings = (index for index, line in enumerate(lines) if line.is_heading and not line.is_furniture)
    return next((index for index in headings if len(lines[index].stretch.text) > 3), None)


def _is_brand_before(lines: list[_CoverLine], kinds: list[bool], index: int) -> bool:
    """'Tillsammans för ett tryggt X' above a line that names the kind."""
    text = lines[index].stretch.text
    if index + 1 >= len(lines) or not kinds[index + 1] or len(text.split()) < 2:
        return False
    return not _is_party_name(text)


def _is_party_name(text: str) -> bool:
    """True when the line is the name of a municipality or of the police and nothing else (a logo)."""
    places = find_places(text)
    covered = sum(place.end - place.start for place in places if place.standing is Standing.MUNICIPALITY)
    return covered >= len(text.strip()) - 2 if covered else False


def _is_open(chosen: list[_CoverLine]) -> bool:
    """True when the title's last line ends in the middle: '… mellan'."""
    return chosen[-1].stretch.text.split()[-1].casefold() in words_under("metadata.toml", "words", "title_open_ends")


def _continues(chosen: list[_CoverLine], line: _CoverLine) -> bool:
    """True when the line reads on from the title's lines so far."""
    text = line.stretch.text
    so_far = " ".join(part.stretch.text for part in chosen)
    first = text.split()[0].casefold().strip(":")
    if _is_open(chosen) or _is_period_only(text):
        return True
    if _says_again(so_far, text):
        return False
    if text.endswith(".") or phrase_pattern("metadata.toml", "validity", "cues").match(text):
        return False
    if not _kind_words(so_far) and _kind_words(text) and len(text) <= _LONGEST_SUBTITLE:
        return True
    if first in words_under("metadata.toml", "words", "title_continues") and len(text) <= _LONGEST_SUBTITLE:
        return line.is_heading or text[0].islower()
    if not line.is_heading or text.endswith("?") or _normal(text) in _normal(so_far):
        return False
    named = any(place.standing is not Standing.BRAND for place in find_places(text))
    reports = any(word.kind == "uppföljning" for word in _kind_words(text))
    return reports or bool(find_spans(text)) or (named and not find_places(so_far))


def _says_again(so_far: str, text: str) -> bool:
    """'Medborgarlöfte i Orsa 2021' below 'Orsa – medborgarlöften': the same paper named a second time."""
    before, again = _kind_words(so_far), _kind_words(text)
    opens = bool(again) and again[0].start == 0 and again[0].kind != "uppföljning"
    return bool(before) and opens and before[-1].kind == again[0].kind and bool(find_places(so_far))


def _is_period_only(text: str) -> bool:
    spans = find_spans(text)
    return bool(spans) and len(text) - (spans[0].end - spans[0].start) <= 12


def _normal(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _joined(lines: list[str]) -> tuple[str, tuple[int, ...]]:
    """The lines as one title with where each begins; a branded first line is parted from the kind by a dash."""
    text, *others = (re.sub(r"\s+", " ", line).strip() for line in lines)
    starts = [0]
    for line in others:
        open_ended = text.split()[-1].casefold() in words_under("metadata.toml", "words", "title_open_ends")
        brand = not _kind_words(text) and _kind_words(line) and not open_ended
        text = f"{text} - " if brand else f"{text} "
        starts.append(len(text))
        text += line
    return text, tuple(starts)


class _KindWord(NamedTuple):
    start: int
    end: int
    kind: DocumentKind


@cache
def _stems() -> re.Pattern[str]:
    stems = either_of({stem for entry in load_toml("metadata.toml")["kind"] for stem in entry["stems"]})
    return re.compile(rf"(?<!\w)\w*?(?P<stem>{stems})\w*", re.IGNORECASE)


@cache
def _stem_beginnings() -> tuple[str, ...]:
    """The stems' first words: a text without any of them names no kind of document."""
    return tuple(sorted({stem.split()[0] for stem in _kind_of_stem()}))


@cache
def _kind_of_stem() -> dict[str, DocumentKind]:
    kinds: dict[str, DocumentKind] = {}
    for entry in load_toml("metadata.toml")["kind"]:
        name = next(kind for kind in get_args(DocumentKind) if kind == entry["name"])
        kinds.update(dict.fromkeys(entry["stems"], name))
    return kinds


def _kind_words(text: str) -> tuple[_KindWord, ...]:
    """The words of the text that name a kind of document, in order."""
    folded = text.casefold()
    if not any(map(folded.__contains__, _stem_beginnings())):
        return ()
    others = words_under("metadata.toml", "words", "not_kind")
    return tuple(
        _KindWord(hit.start(), hit.end(), _kind_of_stem()[" ".join(hit["stem"].casefold().split())])
        for hit in _stems().finditer(text)
        if hit.group().casefold() not in others
    )


def find_kind(
    papers: tuple[Paper, ...], title: Title | None, parties: tuple[Party, ...], *, signed: bool = False
) -> tuple[DocumentKind, tuple[Caution, ...]]:
    """What the document is by its title, else by what its body calls itself; a caution when neither says.

    A plan that both parties sign and that calls itself 'denna överenskommelse' is the agreement.
    """
    named = kind_of_title(title.text, title.line_starts) if title else None
    both = {"municipality", "police"} <= {party.party for party in parties}
    if named == "handlingsplan" and signed and both and _calls_itself_agreement(papers):
        return "samverkansöverenskommelse", ()
    if named is not None or not papers:
        return named or "annat", ()
    caution = Caution(
        code="kind-uncertain", message=message("kind-uncertain"), evidence=title.evidence if title else ()
    )
    kind = _kind_of_body(papers, parties)
    return kind, () if kind == "samverkansöverenskommelse" and len(parties) > 1 else (caution,)


def names_kind(text: str) -> bool:
    """True when a word of the text names a kind of document."""
    return bool(_kind_words(text))


def names_promise(text: str) -> bool:
    """True when the text names a promise to the citizens, as a title or as what is followed up."""
    return any(word.kind == "medborgarlöfte" for word in _kind_words(text))


def kind_of_title(text: str, line_starts: tuple[int, ...] = ()) -> DocumentKind | None:
    """The kind that a title names: its first head word, or that it follows up; None when it names none.

    `line_starts` are the places in the text where a line of the cover begins, as far as they are known.
    """
    words = _kind_words(text)
    heads = [word for word in words if not _is_complement(text, word)]
    if any(word.kind == "uppföljning" and _is_subtitle(text, word, line_starts) for word in heads):
        return "uppföljning"
    if not heads:
        return None
    return _told_by_complement(text, heads[0], words) or heads[0].kind


def _is_subtitle(text: str, word: _KindWord, line_starts: tuple[int, ...]) -> bool:
    """True when the word heads a line of its own in a title: 'Medborgarlöfte X 2022 Uppföljning av år 2022'."""
    before = text[: word.start].rstrip()
    return (
        word.start in line_starts
        or before.endswith(("-", "–", "—", ":", ".", ","))
        or (bool(before) and text[word.start].isupper() and not text.isupper())
    )


def _told_by_complement(text: str, head: _KindWord, words: tuple[_KindWord, ...]) -> DocumentKind | None:
    """'Överenskommelse om medborgarlöfte' is a promise: the generic word says only that two have agreed."""
    if text[head.start : head.end].casefold() not in words_under("metadata.toml", "words", "generic"):
        return None
    following = next((word for word in words if word.start > head.start), None)
    lead = text[head.end : following.start].split() if following else []
    named = (
        len(lead) <= 2 and bool(lead) and lead[0].casefold() in words_under("metadata.toml", "words", "generic_leads")
    )
    return following.kind if following and named else None


def _is_complement(text: str, word: _KindWord) -> bool:
    """'Handlingsplan till överenskommelse': the second is only what the first belongs to."""
    before = re.findall(r"\w+", text[: word.start])
    while before and before[-1].casefold() in words_under("metadata.toml", "words", "adjectives"):
        before.pop()
    if not before or before[-1].casefold() not in words_under("metadata.toml", "words", "complement_leads"):
        return False
    head = before[-2].casefold() if len(before) > 1 else ""
    return head not in words_under("metadata.toml", "words", "transparent")


def _calls_itself_agreement(papers: tuple[Paper, ...]) -> bool:
    paper = principal_paper(papers)
    phrases = phrase_pattern("metadata.toml", "words", "self_reference")
    return paper is not None and any(phrases.search(line.text) for line in paper.lines)


def _kind_of_body(papers: tuple[Paper, ...], parties: tuple[Party, ...]) -> DocumentKind:
    """The kind that the principal paper speaks of most; an agreement needs both parties."""
    paper = principal_paper(papers)
    if paper is None:
        return "annat"
    if paper.kind is PartKind.PLAN:
        return "handlingsplan"
    counts = Counter(word.kind for line in paper.lines for word in _kind_words(line.text))
    del counts["uppföljning"]
    both = {"municipality", "police"} <= {party.party for party in parties}
    if counts["medborgarlöfte"] > counts["samverkansöverenskommelse"]:
        return "medborgarlöfte"
    if both and (paper.kind is PartKind.AGREEMENT or counts["samverkansöverenskommelse"]):
        return "samverkansöverenskommelse"
    return counts.most_common(1)[0][0] if counts and both else "annat"


def make_slug(municipalities: tuple[Municipality, ...], kind: DocumentKind, period: Period, fallback: str) -> str:
    """A stable id such as 'eskilstuna-2016-2019' or 'solna-sundbyberg-medborgarlofte-2022'; the file's stem if nothing
    is known of place and time."""
    names = [municipality.name for municipality in municipalities[:3]]
    years = [day[:4] for day in (period.start, period.end) if day]
    if not names:
        return _fold(fallback) or "dokument"
    kind_words = [] if kind == "samverkansöverenskommelse" else [kind]
    return "-".join(_fold(word) for word in (*names, *kind_words, *dict.fromkeys(years)))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
