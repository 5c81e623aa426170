"""Takes the raw text of one block and gives it clean, with its bold and italic stretches and footnote marks apart."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from samsyn.models.document import Emphasis, NoteMark


class Rich(NamedTuple):
    """Clean text, what was emphasised in it, where footnote marks stood, and where the given anchors ended up."""

    text: str
    emphasis: tuple[Emphasis, ...]
    notes: tuple[NoteMark, ...]
    anchors: tuple[int, ...]


SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
RAISED_DIGITS = str.maketrans("0123456789", SUPERSCRIPTS)
_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|s|"
    "section|small|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_TOKEN = re.compile(
    rf"""
    (?P<url>(?:https?://|www\.)[^\s<>"”|]+)
  | (?P<auto><(?:https?://|mailto:)[^\s<>]{{1,2000}}>)
  | (?P<raised><sup>\s*\[?(?P<raised_label>\d{{1,3}}|\*{{1,3}})\]?\s*</sup>)
  | (?P<tag></?(?P<name>{_TAGS})(?:\s[^<>]{{0,500}})?/?>)
  | (?P<comment><!--.{{0,2000}}?-->)
  | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,30}});)
  | (?P<escape>\\[\\`*_{{}}\[\]()\#+\-.!|<>~])
  | (?P<image>!\[[^\[\]]{{0,300}}\]\([^()\s]{{0,2000}}\))
  | (?P<reference>\[\^(?P<reference_label>[\w-]{{1,20}})\])
  | (?P<link>\[(?P<link_text>[^\[\]]{{1,500}})\]\((?P<target>[^()\s]{{0,2000}})(?:\s+"[^"]{{0,300}}")?\))
  | (?P<stars>\*+)
  | (?P<underscores>_+)
  | (?P<strike>~~)
  | (?P<super>[{SUPERSCRIPTS}]{{1,3}})
  | (?P<space>[ ]*[\t\n][ \t\n]*|[ ]{{2,}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPECIAL = re.compile(rf"[*_<&\\\[~\t\n{SUPERSCRIPTS}]|  ")
"""What text without markup has none of."""
_BOLD_TAGS = ("b", "strong")
_ITALIC_TAGS = ("i", "em")
_UNIT = re.compile(r"(?:^|[\s\d])(?:[kcdm]?m)$")
"""A raised 2 or 3 after a unit of length is an exponent and no footnote mark."""


class _Token(NamedTuple):
    start: int
    end: int
    match: re.Match[str]


def read_inline(raw: str, *, anchors: Sequence[int] = (), labels: frozenset[str] = frozenset()) -> Rich:
    """`raw` without its markup; `labels` are the footnotes known to exist, `anchors` rising offsets to carry over."""
    if not _SPECIAL.search(raw):
        return _read_plain(raw, anchors)
    tokens = [_Token(*match.span(), match) for match in _TOKEN.finditer(raw)]
    pairs = _pair_delimiters(raw, tokens)
    writer = _Writer(labels)
    at = 0
    for index, token in enumerate(tokens):
        writer.write(raw[at : token.start], at)
        _write_token(writer, token, raw, pairs.get(index))
        at = token.end
    writer.write(raw[at:], at)
    return writer.finish(anchors)


def _read_plain(raw: str, anchors: Sequence[int]) -> Rich:
    text = raw.strip()
    lead = len(raw) - len(raw.lstrip())
    return Rich(text, (), (), tuple(min(len(text), max(0, anchor - lead)) for anchor in anchors))


def plain_text(raw: str) -> str:
    """Only the clean text of `raw`."""
    return read_inline(raw).text


def _kind_of(token: _Token) -> str:
    """The alternative that matched: its group closes last, after the groups inside it."""
    return token.match.lastgroup or ""


class _Pair(NamedTuple):
    """Whether a delimiter opens, and what it makes of the text between."""

    opens: bool
    bold: bool
    italic: bool


def _pair_delimiters(raw: str, tokens: list[_Token]) -> dict[int, _Pair]:
    """Which delimiters belong together; those left alone stay in the text."""
    waiting: dict[str, list[int]] = {}
    pairs: dict[int, _Pair] = {}
    for index, token in enumerate(tokens):
        text = raw[token.start : token.end]
        if text[0] not in "*_" or len(text) > 3:
            continue
        before, after = raw[token.start - 1 : token.start], raw[token.end : token.end + 1]
        opened = waiting.setdefault(text, [])
        if opened and before.strip() and not (text[0] == "_" and after.isalnum()):
            pair = _Pair(True, len(text) >= 2, len(text) != 2)
            pairs[opened.pop()] = pair
            pairs[index] = pair._replace(opens=False)
        elif after.strip() and not (text[0] == "_" and before.isalnum()):
            opened.append(index)
    return pairs


def _write_token(writer: _Writer, token: _Token, raw: str, pair: _Pair | None) -> None:
    text, match, kind = raw[token.start : token.end], token.match, _kind_of(token)
    if kind == "space":
        writer.space("\n" if "\n" in text else "\t" if "\t" in text or len(text) >= 4 else " ", token.start)
    elif kind in ("stars", "underscores") and pair:
        writer.toggle(pair.bold, pair.italic, opens=pair.opens)
    elif kind == "tag":
        _write_tag(writer, match["name"].lower(), text, token.start)
    elif kind == "raised":
        writer.mark(match["raised_label"])
    elif kind == "reference":
        writer.mark(match["reference_label"])
    elif kind == "super":
        writer.superscript(text, token.start)
    elif kind == "entity":
        writer.write(_unescape(text), token.start)
    elif kind == "escape":
        writer.write(text[1], token.start)
    elif kind == "auto":
        writer.write(text[1:-1].removeprefix("mailto:"), token.start)
    elif kind == "link":
        writer.write(_link_text(match["link_text"], match["target"]), token.start)
    elif kind not in ("comment", "image", "strike"):
        writer.write(text, token.start)


def _unescape(entity: str) -> str:
    text = html.unescape(entity)
    return "" if text == "\u00ad" else " " if text.isspace() else text


def _link_text(text: str, target: str) -> str:
    """What a link shows; its address is kept where it is all there is to see."""
    return text if text.strip() else target


def _write_tag(writer: _Writer, name: str, text: str, at: int) -> None:
    opens = not text.startswith("</")
    if name in _BOLD_TAGS or name in _ITALIC_TAGS:
        writer.toggle(name in _BOLD_TAGS, name in _ITALIC_TAGS, opens=opens)
    elif name == "br" or (name in ("p", "div", "li", "tr") and not opens):
        writer.space("\n", at)
    elif name in ("td", "th"):
        writer.space(" ", at)


class _Writer:
    """Gathers the clean text piece by piece, with one space where there were several."""

    def __init__(self, labels: frozenset[str]) -> None:
        self._labels = labels
        self._parts: list[str] = []
        self._length = 0
        self._pending = ""
        self._after_mark = False
        self._raw: list[int] = [0]
        self._clean: list[int] = [0]
        self._open: dict[str, list[int]] = {"bold": [], "italic": []}
        self._spans: list[tuple[int, int, str]] = []
        self._notes: list[NoteMark] = []

    def write(self, text: str, at: int) -> None:
        """Add `text`, which stood at `at` of the raw text."""
        if text[:1] == " ":
            self.space(" ", at)
            text, at = text[1:], at + 1
        if not text:
            return
        trailing = text[-1] == " "
        text = text.rstrip(" ")
        if self._pending and self._length and not (self._after_mark and text[0] in "-.,;:!?)"):
            self._parts.append(self._pending)
            self._length += len(self._pending)
        self._pending = ""
        self._after_mark = False
        self._raw.append(at)
        self._clean.append(self._length)
        self._parts.append(text)
        self._length += len(text)
        if trailing:
            self._pending = " "

    def space(self, kind: str, at: int) -> None:
        """Note a gap: a newline outranks a tab, a tab a space."""
        self._raw.append(at)
        self._clean.append(self._length)
        if self._pending != "\n" and not (self._pending == "\t" and kind == " "):
            self._pending = kind

    def toggle(self, bold: bool, italic: bool, *, opens: bool) -> None:
        """Begin or end a bold or italic stretch here."""
        for flag, wanted in (("bold", bold), ("italic", italic)):
            if not wanted:
                continue
            if opens:
                self._open[flag].append(self._length)
            elif self._open[flag]:
                self._spans.append((self._open[flag].pop(), self._length, flag))

    def mark(self, label: str) -> None:
        """Note a footnote mark here."""
        self._notes.append(NoteMark(self._length, label))
        self._after_mark = True

    def superscript(self, text: str, at: int) -> None:
        """A raised number: a footnote mark, or an exponent that stays in the text."""
        label = text.translate(PLAIN_DIGITS)
        before = "".join(self._parts[-2:])[-4:]
        if label not in self._labels and label in ("2", "3") and not self._pending and _UNIT.search(before):
            self.write(text, at)
        else:
            self.mark(label)

    def finish(self, anchors: Sequence[int]) -> Rich:
        """The text as gathered, trimmed at its end."""
        whole = "".join(self._parts)
        text = whole.rstrip()
        for flag, starts in self._open.items():
            # A tag never closed covers the block when the block begins with it, and nothing otherwise.
            self._spans.extend((0, len(text), flag) for start in starts if start == 0)
        spans = ((start, min(end, len(text)), flag) for start, end, flag in self._spans)
        carried = tuple(min(len(text), self._carry(anchor)) for anchor in anchors)
        notes = tuple(NoteMark(min(note.offset, len(text)), note.label) for note in self._notes)
        return Rich(text, _merge_spans(text, [span for span in spans if span[0] < span[1]]), notes, carried)

    def _carry(self, anchor: int) -> int:
        index = max(0, bisect_right(self._raw, anchor) - 1)
        return self._clean[index] + (anchor - self._raw[index])


def _merge_spans(text: str, spans: list[tuple[int, int, str]]) -> tuple[Emphasis, ...]:
    """Overlapping bold and italic stretches as stretches one after another, white space trimmed off."""
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    events: dict[int, list[tuple[str, int]]] = {}
    for start, end, flag in spans:
        events.setdefault(start, []).append((flag, 1))
        events.setdefault(end, []).append((flag, -1))
    depth = {"bold": 0, "italic": 0}
    merged: list[Emphasis] = []
    for edge, following in pairwise(edges):
        for flag, change in events[edge]:
            depth[flag] += change
        bold, italic = depth["bold"] > 0, depth["italic"] > 0
        if bold or italic:
            _add_span(merged, text, Emphasis(edge, following, bold, italic))
    return tuple(merged)


def _add_span(merged: list[Emphasis], text: str, span: Emphasis) -> None:
    stretch = text[span.start : span.end]
    start = span.start + len(stretch) - len(stretch.lstrip())
    end = start + len(stretch.strip())
    if start >= end:
        return
    last = merged[-1] if merged else None
    if last and last[2:] == span[2:] and not text[last.end : start].strip():
        merged[-1] = last._replace(end=end)
    else:
        merged.append(span._replace(start=start, end=end))
