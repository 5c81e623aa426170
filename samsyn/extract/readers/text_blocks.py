"""Takes lines and gives drafts of blocks in order: headings by markup, paragraphs, list items, tables and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from samsyn.extract.readers.text_aligned import find_aligned_table
from samsyn.extract.readers.text_draft import Draft, DraftKind, Piece, RawTable, SourceLine
from samsyn.extract.readers.text_html import parse_table
from samsyn.extract.readers.text_lines import Joiner, Layout, goes_on, has_ended
from samsyn.extract.readers.text_notes import read_definition
from samsyn.extract.readers.text_rows import Found, find_bar_table, find_tab_table, is_tab_row
from samsyn.extract.readers.text_tables import build_table
from samsyn.extract.readers.text_web import open_words

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})\s+(?P<text>\S.*?)\s*#*")
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,})\s*")
_RULE = re.compile(r"\s*(?:[-–—_*=~•·]\s*){3,}")
_FENCE = re.compile(r"\s*(```|~~~).*")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_BOLD_LINE = re.compile(
    r"\s*(?:\*\*\*?(?P<stars>(?:(?!\*\*).)+?)\*?\*\*|__(?P<lines>(?:(?!__).)+)__|"
    r"<(?P<tag>b|strong)>(?P<tagged>(?:(?!</(?:b|strong)>).)+)</(?P=tag)>)(?P<colon>:?)\s*",
    re.IGNORECASE,
)
_BULLETS = "-–—•·*+▪▫◦●○■□►▶‣⁃➢➤✓✔"
_ITEM = re.compile(
    rf"""(?P<indent>\s*)(?:
        (?P<bullet>[{_BULLETS}]|o)[ \t]+
      | (?P<tight>[•·▪●■‣➢]|[-–](?=[^\W\d_])|(?:\.\.\.|…)[ \t]+(?=[a-zåäö]))
      | (?P<number>\(?(?:\d{{1,2}}|[a-zåäö]|[ivx]{{2,4}})\)|(?:\d{{1,2}}|[a-zåäö]|[ivx]{{2,4}})\.)[ \t]+
      | (?P<close>(?:\d{{1,2}}|[a-zåäö])\))(?=[^\W\d_])
    )(?P<text>\S.*)""",
    re.VERBOSE,
)
_CIRCLE = re.compile(r"\s*o[ \t]+\S")
_LABELLED = re.compile(r"(?:\*\*|<b>)?[^\W\d_a-zåäö][^:.\t]{0,40}:(?:\*\*|</b>)? \S")
"""A line of a card or a form: its label and what it says. Each is a paragraph of its own."""
_FULL, _NEARLY_FULL = 0.94, 0.82
"""How much of the width a wrapped line fills, with the word that had no room: letters are not equally wide."""
_LONGEST_HEADING = 160
_TABLE_TAG = re.compile(r"<table\b[^<>]{0,500}>", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)


def parse_blocks(lines: Sequence[SourceLine], layout: Layout, joiner: Joiner) -> tuple[Draft, ...]:
    """The drafts of the blocks in `lines`, headings told by their markup alone."""
    parser = _Parser(lines, layout, joiner)
    return tuple(parser.run())


class _Parser:
    """Walks down the lines once; what is open is the last draft while `open` is true."""

    def __init__(self, lines: Sequence[SourceLine], layout: Layout, joiner: Joiner) -> None:
        self._lines = lines
        self._layout = layout
        self._joiner = joiner
        self._drafts: list[Draft] = []
        self._pieces: list[Piece] = []
        self._open = False
        self._gap = 0
        self._indents: list[int] = []
        self._last_line = SourceLine("")
        self._no_table_before = 0
        self._page = lines[0].page if lines else None
        self._at = 0

    def run(self) -> list[Draft]:
        """Every draft, in order."""
        index = 0
        while index < len(self._lines):
            index = self._step(index)
        self._close()
        return self._drafts

    def _step(self, index: int) -> int:
        """Read what begins at `index` and give the index behind it."""
        self._at = index
        line = self._lines[index]
        if line.page != self._page:
            self._close()
            self._page = line.page
        if line.is_blank:
            self._close()
            self._gap += 1
            return index + 1
        behind = self._read_table(index)
        if behind > index:
            return behind
        if self._read_marked(line):
            return index + 1
        self._read_text(line)
        return index + 1

    # --- tables ---

    def _read_table(self, index: int) -> int:
        line = self._lines[index]
        if _TABLE_TAG.search(line.text):
            return self._read_html_table(index)
        found = find_bar_table(self._lines, index)
        ruled = found is not None
        if not found and index >= self._no_table_before:
            found = find_tab_table(self._lines, index, self._behind_note)
            ruled = found is not None
            found = found or find_aligned_table(self._lines, index)
        if found and not found.rows:
            self._no_table_before = found.stop
        return self._add_found(found, index, ruled) if found and found.rows else index

    def _add_found(self, found: Found, index: int, ruled: bool) -> int:
        table = build_table(found.rows, self._joiner, header_rows=found.header_rows, ruled=ruled)
        self._add_table(table, self._lines[index : found.stop])
        for at in range(index, found.stop):
            self._read_note_between(at, found.stop)
        return found.stop

    def _read_note_between(self, at: int, stop: int) -> None:
        """Footnotes printed between the rows of a table become drafts behind it."""
        behind = self._behind_note(at)
        if behind > at and at < stop:
            note = read_definition(self._lines[at].text)
            if note:
                texts = [note.text, *(line.text.strip() for line in self._lines[at + 1 : behind])]
                self._add(Draft(DraftKind.NOTE, (Piece(" ".join(texts), self._lines[at].page),), marker=note.label))

    def _behind_note(self, index: int) -> int:
        """The index behind the footnote that begins at `index`; `index` itself when none does."""
        if not read_definition(self._lines[index].text) or is_tab_row(self._lines[index].text):
            return index
        stop = index + 1
        while stop < len(self._lines) and not self._lines[stop].is_blank:
            text = self._lines[stop].text
            if read_definition(text) or is_tab_row(text) or text.lstrip().startswith(("|", "<", "#")):
                break
            stop += 1
        return stop

    def _add_table(self, table: RawTable | None, lines: Sequence[SourceLine]) -> None:
        if table:
            pieces = tuple(Piece("", page) for page in dict.fromkeys(line.page for line in lines))
            self._add(Draft(DraftKind.TABLE, pieces, table=table))

    def _read_html_table(self, index: int) -> int:
        """An HTML table from its first tag to the last that closes one; what stands beside it is read as text."""
        depth, stop = 0, index
        while stop < len(self._lines):
            text = self._lines[stop].text
            depth += len(_TABLE_TAG.findall(text)) - len(_TABLE_END.findall(text))
            stop += 1
            if depth <= 0:
                break
        markup = "\n".join(line.text for line in self._lines[index:stop])
        start = _TABLE_TAG.search(markup)
        before = markup[: start.start()].strip() if start else ""
        ends = [match.end() for match in _TABLE_END.finditer(markup)]
        after = markup[ends[-1] :].strip() if ends else ""
        page = self._lines[index].page
        if before:
            self._read_text(SourceLine(before, page))
        self._add_table(parse_table(markup), self._lines[index:stop])
        if after:
            self._read_text(SourceLine(after, page))
        return stop

    # --- lines with markup ---

    def _read_marked(self, line: SourceLine) -> bool:
        """Read a rule, fence, heading, footnote or list item; False for a line of running text."""
        text = line.text
        if self._pieces and self._open and _UNDERLINE.fullmatch(text) and self._is_underlined():
            self._drafts[-1] = replace(
                self._drafts[-1], kind=DraftKind.HEADING, level=1 if "=" in text else 2, marked=True
            )
            self._close()
            return True
        if _RULE.fullmatch(text) or _FENCE.fullmatch(text):
            self._close()
            if "_" not in text and "." not in text:
                self._gap += 1
                return True
        return self._read_heading(line) or self._read_note(line) or self._read_item(line)

    def _is_underlined(self) -> bool:
        draft = self._drafts[-1]
        return draft.kind is DraftKind.PARAGRAPH and len(self._pieces) == 1 and len(self._pieces[0].text) <= 100

    def _read_heading(self, line: SourceLine) -> bool:
        match = _HEADING.fullmatch(line.text)
        if not match:
            return False
        piece = Piece(match["text"], line.page)
        self._add(Draft(DraftKind.HEADING, (piece,), level=len(match["marks"]), marked=True))
        self._indents.clear()
        return True

    def _read_note(self, line: SourceLine) -> bool:
        note = read_definition(line.text)
        if not note:
            return False
        self._start(DraftKind.NOTE, line, note.text, marker=note.label)
        return True

    def _read_item(self, line: SourceLine) -> bool:
        match = _ITEM.fullmatch(line.text)
        if not match or not self._is_item(match):
            return False
        indent = len(match["indent"].expandtabs(4))
        level = self._nest(indent)
        marker = match["bullet"] or match["tight"] or match["number"] or match["close"]
        self._start(DraftKind.LIST_ITEM, line, match["text"], marker=marker, level=level, indent=indent)
        return True

    def _is_item(self, match: re.Match[str]) -> bool:
        """False for 'o' and tight dashes in running text, and for a line that goes on from the one above."""
        in_list = bool(self._drafts) and self._drafts[-1].kind is DraftKind.LIST_ITEM
        if match["bullet"] == "o":
            return in_list or bool(match["indent"]) or self._has_circle_beside()
        if match["tight"] in ("-", "–") or (match["tight"] or "")[:1] in (".", "…"):
            return not self._open or in_list
        number = match["number"] or match["close"]
        if number and self._open and not in_list:
            return has_ended(self._pieces[-1].text) or number.strip("().") in ("1", "a")
        return True

    def _has_circle_beside(self) -> bool:
        """True when the next line that is not blank begins with an 'o' too, as the line at hand does."""
        after = next((line.text for line in self._lines[self._at + 1 : self._at + 3] if not line.is_blank), "")
        return _CIRCLE.match(after) is not None

    def _nest(self, indent: int) -> int:
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1]:
            self._indents.append(indent)
        return len(self._indents)

    # --- running text ---

    def _read_text(self, line: SourceLine) -> None:
        text = _QUOTE.sub("", line.text).strip() if line.text.lstrip().startswith(">") else line.text.strip()
        if not text:
            return
        if self._open and self._goes_on(line, text):
            self._extend(line, text)
            return
        self._start(DraftKind.PARAGRAPH, line, text, indent=line.indent)
        if self._drafts[-1].indent <= (self._indents[0] if self._indents else 0) and not goes_on(text):
            self._indents.clear()

    def _goes_on(self, line: SourceLine, text: str) -> bool:
        """True when `text` belongs to the open draft; in a text without blank lines only a wrapped line does."""
        last = self._drafts[-1]
        if self._last_line.hard and not _LABELLED.match(text):
            return True
        if self._is_wrapped(text) or (goes_on(text) and not has_ended(self._last_line.text)):
            return True
        if last.kind is DraftKind.LIST_ITEM:
            return line.indent > last.indent
        if _LABELLED.match(text):
            return False
        if self._layout.width:
            return False
        return self._layout.spaced and not _BOLD_LINE.fullmatch(text) and not _BOLD_LINE.fullmatch(self._last_line.text)

    def _is_wrapped(self, text: str) -> bool:
        """True when the line above is so full that the first word of this one had no room on it."""
        if self._last_line.hard or not self._layout.width:
            return False
        word = text.split(maxsplit=1)[0]
        share = _FULL if has_ended(self._last_line.text) else _NEARLY_FULL
        return len(self._last_line.text) + 1 + len(word) > share * self._layout.width

    def _extend(self, line: SourceLine, text: str) -> None:
        above = self._pieces[-1]
        if self._is_wrapped(text) or self._is_one_sentence(above.text, text):
            left, glue = self._joiner.glue(above.text, text)
            self._pieces[-1] = above._replace(text=left)
        else:
            glue = "\n"
        self._pieces.append(Piece(text, line.page, glue))
        self._last_line = line

    def _is_one_sentence(self, above: str, text: str) -> bool:
        """True when the sentence runs over the line end; over a hard break only where a small word shows it."""
        if has_ended(above):
            return False
        if not self._last_line.hard:
            return goes_on(text)
        return above.rsplit(maxsplit=1)[-1] in open_words() or text.split(maxsplit=1)[0] in open_words()

    def _start(
        self, kind: DraftKind, line: SourceLine, text: str, *, marker: str = "", level: int = 0, indent: int = 0
    ) -> None:
        self._add(Draft(kind, (), level=level, marker=marker, indent=indent))
        self._pieces = [Piece(text.strip(), line.page)]
        self._open = True
        self._last_line = line

    def _add(self, draft: Draft) -> None:
        self._close()
        self._drafts.append(replace(draft, gap=self._gap))
        self._gap = 0

    def _close(self) -> None:
        if self._open:
            draft = replace(self._drafts[-1], pieces=tuple(self._pieces))
            self._drafts[-1] = _as_bold_heading(draft)
        self._open = False


def _as_bold_heading(draft: Draft) -> Draft:
    """The draft as a heading when it is one line and bold from end to end; a sentence in bold stays a paragraph."""
    if draft.kind is not DraftKind.PARAGRAPH or len(draft.pieces) != 1:
        return draft
    match = _BOLD_LINE.fullmatch(draft.pieces[0].text)
    if not match:
        return draft
    text = (match["stars"] or match["lines"] or match["tagged"]).strip("* ")
    if len(text) > _LONGEST_HEADING or text.endswith((".", ",", ";")):
        return draft
    return replace(draft, kind=DraftKind.HEADING, marked=True)


def split_marker(text: str) -> tuple[str, str]:
    """The list marker that `text` begins with and the rest; an empty marker when it begins with none."""
    match = _ITEM.fullmatch(text)
    if not match or match["bullet"] == "o" or match["tight"] in ("-", "–"):
        return "", text
    return match["bullet"] or match["tight"] or match["number"] or match["close"], match["text"]
