"""Takes a question in words, gives the passages of agreements that answer it, best agreements first.

`words` all stand somewhere in the agreement, in any inflection; `"words in a row"`; `word*` the beginning, `*word*` a
part of compounds; `-word` not there; `OR` between two: either. Agreements are ranked by how much they are about the
words (bm25 over stems); then their passages are looked at.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from samsyn.corpora.filters import ONE_COPY, Condition
from samsyn.errors import CorpusError
from samsyn.models.table import Column, TableSchema
from samsyn.vocabulary.load import load_toml
from samsyn.words import words_of

_TERM = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_OR = ("OR", "ELLER", "|")
_MOST_FORMS = 400
"""Words that one `*` may stand for; the most common would otherwise mean half the language."""
_AROUND = 90
"""Letters of context on each side of what was found."""
_MOST_RANKED = 4000
"""Agreements that are ranked: where more answer, the word is so common that no order says much."""
_NEVER = "(stems : zzznothingzzz)"


class Hit(NamedTuple):
    """A passage that answers: of which agreement, of what kind, on which page; the words found stand in [brackets]."""

    agreement: str
    municipality: str | None
    kind: str
    start_date: str | None
    end_date: str | None
    found_in: str
    """What the passage is: goal, measure, problem_picture ..., or text for what is none of these."""
    value: str | None
    page: int | None
    context: str
    score: float


HITS = TableSchema(
    "hits",
    "Passages that answer a search",
    (
        Column("agreement"),
        Column("municipality"),
        Column("kind"),
        Column("start_date", "date"),
        Column("end_date", "date"),
        Column("found_in"),
        Column("value"),
        Column("page", "integer"),
        Column("context"),
        Column("score", "number"),
    ),
    key=(),
)


class Found(NamedTuple):
    """The hits, and how many agreements have any."""

    hits: tuple[Hit, ...]
    agreements: int


@dataclass(frozen=True, slots=True)
class _Term:
    """A word, phrase or pattern: the stems it stands for, at each place of a phrase, and how it looks in a text."""

    excluded: bool
    stems: tuple[tuple[str, ...], ...]
    looks: str
    """A regular expression."""
    beginning: str = ""
    """What the words begin with, when that is all that is known."""


def search(
    connection: sqlite3.Connection, query: str, condition: Condition, *, limit: int = 20, hits_each: int = 3
) -> Found:
    """The best `limit` agreements that answer the query under the condition, with at most `hits_each` passages each.

    Raises CorpusError for a query without a word to look for.
    """
    groups = _parse(connection, query)
    if not any(not term.excluded for group in groups for term in group):
        raise CorpusError(f"there is no word to look for in {query!r}")
    expression = _match(groups)
    answering = _answering(connection, expression, condition)
    ranked = _ranked(connection, expression, answering)[:limit]
    pattern = _pattern(term for group in groups for term in group if not term.excluded)
    hits = tuple(hit for entry, rank in ranked for hit in _hits(connection, entry, rank, pattern, hits_each))
    return Found(hits, len(answering))


def _answering(connection: sqlite3.Connection, expression: str, condition: Condition) -> list[int]:
    """The entries of the index that match and are of agreements under the condition, in the order they were added."""
    rows = connection.execute("SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid", (expression,))
    matching = [row[0] for row in rows]
    if condition == ONE_COPY:  # nearly all of them: it is quicker to ask for the others
        copies = _entries(connection, Condition("copy_of IS NOT NULL", ()))
        return [entry for entry in matching if entry not in copies]
    allowed = _entries(connection, condition)
    return [entry for entry in matching if entry in allowed]


def _entries(connection: sqlite3.Connection, condition: Condition) -> set[int]:
    rows = connection.execute(
        "SELECT search_entries.id FROM agreements JOIN search_entries ON agreement = agreements.id "
        f"WHERE {condition.sql}",
        condition.parameters,
    )
    return {row[0] for row in rows}


def _ranked(connection: sqlite3.Connection, expression: str, answering: Sequence[int]) -> list[tuple[int, float]]:
    """The entries with their ranks, the best first. Of words that nearly all have, those added last are ranked."""
    if not answering:
        return []
    last = answering[-_MOST_RANKED:]
    rows = connection.execute(  # the plus and no ORDER BY: a rank is worked out for the entries that are wanted alone
        "SELECT rowid, bm25(search_index) FROM search_index WHERE search_index MATCH ? AND rowid >= ? "
        "AND +rowid IN (SELECT value FROM json_each(?))",
        (expression, last[0], json.dumps(last)),
    ).fetchall()
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _parse(connection: sqlite3.Connection, query: str) -> list[list[_Term]]:
    """Groups of alternatives; an answer has one term of each group."""
    groups: list[list[_Term]] = []
    either = False
    for match in _TERM.finditer(query):
        if match["word"] in _OR and groups:
            either = True
            continue
        term = _term(connection, match)
        if term is None:
            continue
        if either and not term.excluded:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    return groups


def _term(connection: sqlite3.Connection, match: re.Match[str]) -> _Term | None:
    written = match["phrase"] if match["phrase"] is not None else match["word"]
    words = words_of(written.replace("*", ""))
    excluded = bool(match["minus"])
    if not words:
        return None
    if len(words) > 1:
        forms = (_same_stem(connection, word.norm, word.stem) for word in words)
        return _Term(excluded, tuple((word.stem,) for word in words), r"[\W_]+".join(map(_either, forms)))
    norm, stem = words[0].norm, words[0].stem
    if "*" in written:
        before, after = (_LETTERS if written.startswith("*") else ""), (_LETTERS if written.endswith("*") else "")
        stems = _stems_like(connection, written, norm)
        return _Term(excluded, (stems,), before + re.escape(norm) + after, "" if before else norm)
    found = _inflections(connection, norm, stem)
    return _Term(excluded, (tuple(stem for _, stem in found),), _either(form for form, _ in found))


_LETTERS = r"[^\W_]*"


def _either(forms: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, _longest_first(forms)))})"


def _stems_like(connection: sqlite3.Connection, written: str, norm: str) -> tuple[str, ...]:
    """The stems of the words of the corpus that begin with `norm`, end with it, or hold it."""
    if written.startswith("*"):
        source = "words_fts JOIN words ON words.id = words_fts.rowid WHERE words_fts.word LIKE ?"
        wanted = f"%{norm}%" if written.endswith("*") else f"%{norm}"
    else:
        source, wanted = "words WHERE word GLOB ?", f"{norm}*"
    rows = connection.execute(
        f"SELECT words.stem FROM {source} ORDER BY length(words.word), words.word LIMIT ?", (wanted, _MOST_FORMS)
    )
    return tuple(dict.fromkeys(row[0] for row in rows))


def _same_stem(connection: sqlite3.Connection, norm: str, stem: str) -> tuple[str, ...]:
    rows = connection.execute("SELECT word FROM words WHERE stem = ? ORDER BY word", (stem,))
    return tuple(dict.fromkeys((norm, *(row[0] for row in rows))))


def _inflections(connection: sqlite3.Connection, norm: str, stem: str) -> list[tuple[str, str]]:
    """The forms of the word, with their stems: those of its stem, and words of the corpus that differ by an ending."""
    found = dict.fromkeys((form, stem) for form in _same_stem(connection, norm, stem))
    endings, shortest = load_toml("corpus.toml")["search"].values()
    near = [norm + ending for ending in endings] if len(norm) >= shortest else []
    near += [norm.removesuffix(end) for end in endings if norm.endswith(end) and len(norm) - len(end) >= shortest]
    for word in near:
        row = connection.execute("SELECT word, stem FROM words WHERE word = ?", (word,)).fetchone()
        if row:
            found[row[0], row[1]] = None
    return list(found)


def _match(groups: Sequence[Sequence[_Term]]) -> str:
    wanted = [f"({' OR '.join(_expression(term) for term in group)})" for group in groups if not group[0].excluded]
    unwanted = [_expression(group[0]) for group in groups if group[0].excluded]
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _expression(term: _Term) -> str:
    """The term in FTS5's language: a phrase has one stem a place, a pattern any of its stems."""
    if len(term.stems) > 1:
        return '"' + " ".join(stems[0] for stems in term.stems) + '"'
    alternatives = [f'"{stem}"' for stem in term.stems[0] if not term.beginning or not stem.startswith(term.beginning)]
    if term.beginning:  # one expression for all stems that begin so; a stem may be shorter than what was asked for
        alternatives.append(f'"{term.beginning}"*')
    return f"({' OR '.join(alternatives)})" if alternatives else _NEVER


def _pattern(terms: Iterable[_Term]) -> re.Pattern[str]:
    """Finds the words of the terms in a text, phrases as one."""
    choices = _longest_first(term.looks for term in terms)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(choices)})(?![^\W_])", re.IGNORECASE)


def _longest_first(choices: Iterable[str]) -> list[str]:
    return sorted(choices, key=lambda choice: (-len(choice), choice))


def _hits(
    connection: sqlite3.Connection, entry: int, rank: float, pattern: re.Pattern[str], most: int
) -> Iterator[Hit]:
    row = connection.execute(
        "SELECT agreements.id, municipality, agreements.kind, start_date, end_date FROM search_entries "
        "JOIN agreements ON agreements.id = agreement WHERE search_entries.id = ?",
        (entry,),
    ).fetchone()
    identity, municipality, kind, start, end = row
    hit = partial(Hit, identity, municipality, kind, start, end)
    passages = connection.execute(
        "SELECT kind, value, page, text FROM passages WHERE agreement = ? ORDER BY id", (identity,)
    )
    scored = []
    for number, (found_in, value, page, text) in enumerate(passages):
        spans = [match.span() for match in pattern.finditer(text)]
        if spans:
            different = len({text[a:b].casefold() for a, b in spans})
            scored.append((-different, found_in == "text", number, (found_in, value, page, text, spans)))
    score = float(f"{-rank:.4g}")
    for *_, (found_in, value, page, text, spans) in sorted(scored)[:most]:
        yield hit(found_in, value, page, _context(text, spans), score)
    if not scored:
        yield hit("agreement", None, None, "", score)


def _context(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text around the first word found, on one line, with the words found in brackets."""
    first, last = spans[0]
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    while start and not text[start - 1].isspace() and start < first:
        start += 1
    while end < len(text) and not text[end].isspace() and end > last:
        end -= 1
    pieces, at = ["… " if start else ""], start
    for left, right in spans:
        if start <= left and right <= end:
            pieces += [text[at:left], "[", text[left:right], "]"]
            at = right
    pieces += [text[at:end], " …" if end < len(text) else ""]
    return " ".join("".join(pieces).split())
