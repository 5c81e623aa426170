"""Source: reads an agreement's neutral source file (agreements/*.agreement) into blocks; see agreements/README.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.accuracy.blocks import (
    Band,
    Block,
    Card,
    Cards,
    Column,
    Contents,
    Heading,
    Item,
    KeyValue,
    Listing,
    Outcomes,
    PageBreak,
    Paragraph,
    Part,
    Person,
    Problem,
    Region,
    Row,
    Run,
    Signatures,
    SigningParty,
    Source,
    Table,
    Undertaking,
    Undertakings,
)

AGREEMENTS = Path(__file__).parent / "agreements"
ATTRIBUTE = re.compile(r"\s*\{(?![+-])([^{}]*)\}\s*$")
REGIONS = ("landscape", "columns", "box", "control")
GOLD_TAG = re.compile(r"</?(?:g|og|m)(?::[\w,-]*)?>")
INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\{\+(?P<ins>.+?)\+\}|\{-(?P<del>.+?)-\}|\[\^(?P<note>.+?)\]|_/(?P<it>.+?)/_"
)


class SourceError(ValueError):
    """The source file does not follow its own grammar."""


def load_sources() -> tuple[Source, ...]:
    """All agreements, by name."""
    return tuple(load_source(path) for path in sorted(AGREEMENTS.glob("*.agreement")))


def load_source(path: Path) -> Source:
    """One agreement. Raises SourceError where a line is not understood."""
    text = path.read_text(encoding="utf-8")
    head, _, body = text.partition("\n---\n")
    settings: dict[str, str] = {}
    mentions: list[tuple[str, str]] = []
    for line in head.splitlines():
        key, _, value = line.partition(":")
        if key == "mention":
            identifier, _, quote = value.partition("=")
            mentions.append((identifier.strip(), quote.strip()))
        elif line.strip():
            settings[key.strip()] = value.strip()
    return Source(
        name=path.stem,
        meta=_meta(settings),
        parts=_parts(body),
        variants=tuple(settings["variants"].split()),
        split=settings["split"],
        look=dict(pair.split("=", 1) for pair in settings.get("look", "").split("; ") if pair),
        mentions=tuple(mentions),
        optional_mentions=tuple(settings.get("optional_mentions", "").split()),
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def runs(text: str) -> tuple[Run, ...]:
    """The runs of a text in inline markup, gold marks taken out, deletions kept as such."""
    plain = GOLD_TAG.sub("", text)
    found: list[Run] = []
    position = 0
    for match in INLINE.finditer(plain):
        if match.start() > position:
            found.append(Run(plain[position : match.start()]))
        position = match.end()
        kind, value = match.lastgroup, match.group(match.lastgroup or 0)
        if kind == "note":
            last = found.pop() if found else Run("")
            found.append(Run(last.text, last.bold, last.italic, value, last.change))
        else:
            change = {"ins": "inserted", "del": "deleted"}.get(kind or "", "")
            found.append(Run(value, bold=kind == "bold", italic=kind == "it", change=change))
    if position < len(plain):
        found.append(Run(plain[position:]))
    return tuple(found)


def plain(text: str) -> str:
    """The text as read once changes are accepted: no marks, no notes."""
    return "".join(run.text for run in runs(text) if run.change != "deleted")


def attributes(text: str) -> tuple[str, dict[str, str]]:
    """The text and the attributes in braces at its end; a bare list of ids is under 'is'."""
    found: dict[str, str] = {}
    while match := ATTRIBUTE.search(text):
        key, separator, value = match.group(1).partition("=")
        found[key if separator else "is"] = value if separator else key
        text = text[: match.start()]
    return text.strip(), found


def _meta(settings: dict[str, str]) -> dict[str, object]:
    start, _, end = settings.get("period", "").partition(" to")
    date, _, body = settings.get("decided", "").partition(" ")
    decided = {"date": None if date == "-" else date, "body": body or None} if date else None
    return {
        "title": settings["title"],
        "kind": settings["kind"],
        "municipalities": settings["municipalities"],
        "period": {"start": start.strip() or None, "end": end.strip() or None} if start else None,
        "diary_number": settings.get("diary_number") or None,
        "decided": decided,
        "replaces": settings.get("replaces") or None,
    }


def _parts(body: str) -> tuple[Part, ...]:
    sections = re.split(r"^@part ", body, flags=re.MULTILINE)
    if sections[0].strip():
        raise SourceError(f"text before the first @part: {sections[0].strip()[:60]!r}")
    return tuple(_part(section) for section in sections[1:])


def _part(section: str) -> Part:
    first, _, rest = section.partition("\n")
    kind, _, title = (word.strip() for word in first.partition("|"))
    header, footer = ("", ""), "{page}"
    lines = rest.splitlines()
    while lines and lines[0].startswith(("@header", "@footer")):
        line = lines.pop(0)
        if line.startswith("@header"):
            left, _, right = line.removeprefix("@header").partition("|")
            header = (left.strip(), right.strip())
        else:
            footer = line.removeprefix("@footer").strip()
    return Part(kind, title, tuple(_blocks(_Lines(lines))), header, footer)


class _Lines:
    """The lines of a part with a place in them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def peek(self) -> str | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    def take(self) -> str:
        self.at += 1
        return self.lines[self.at - 1]

    def until_end(self) -> list[str]:
        """The lines of a simple directive, continuation lines joined."""
        found: list[str] = []
        while (line := self.take()) != "@end":
            if line.startswith("  ") and not line.lstrip().startswith(("> ", "- ")) and found:
                found[-1] += " " + line.strip()
            elif line.strip():
                found.append(line)
        return found

    def paragraph(self) -> str:
        """The lines up to a blank line or a directive, joined."""
        found = [self.take()]
        while (line := self.peek()) is not None and line.strip() and not line.startswith(("@", "#", "- ")):
            found.append(self.take())
        return " ".join(line.strip() for line in found).replace(" \\\\ ", "\n")


def _blocks(lines: _Lines) -> Iterator[Block]:
    while (line := lines.peek()) is not None:
        if not line.strip():
            lines.take()
        elif line == "@end":
            lines.take()
            return
        elif line.startswith("@"):
            lines.take()
            yield _directive(line[1:], lines)
        elif line.startswith("#"):
            yield _heading(lines.take())
        elif line.startswith("- "):
            yield Listing(tuple(_items(_list_lines(lines))))
        else:
            yield _paragraph(lines.paragraph())


def _directive(line: str, lines: _Lines) -> Block:
    name, _, argument = line.partition(" ")
    words = argument.split()
    if name in REGIONS:
        return Region(name, tuple(_blocks(lines)))
    if name == "problem":
        return Problem(argument.strip(), tuple(_blocks(lines)))
    if name == "break":
        return PageBreak()
    if name == "contents":
        return Contents(argument.strip() or "Innehåll")
    makers: dict[str, Callable[[list[str]], Block]] = {
        "list": lambda body: Listing(tuple(_items(body)), words[0]),
        "undertakings": lambda body: _undertakings(words, body),
        "outcomes": lambda body: Outcomes(tuple(line[2:].strip() for line in body), (words or ["bullet"])[0]),
        "table": lambda body: _table(words, body),
        "cards": lambda body: _cards(words, body),
        "keyvalue": lambda body: _key_value(words, [_pair(text) for text in body]),
        "signatures": lambda body: Signatures(words[0], tuple(_signing_parties(body))),
    }
    if name not in makers:
        raise SourceError(f"unknown directive @{name}")
    return makers[name](lines.until_end())


def _heading(line: str) -> Heading:
    marks, _, rest = line.partition(" ")
    text, found = attributes(rest)
    level = 0 if marks == "#0" else len(marks)
    return Heading(level, text, found.get("area"))


def _paragraph(text: str) -> Paragraph:
    label, separator, rest = text.partition(":: ")
    return Paragraph(rest, f"{label}:") if separator and len(label) < 60 else Paragraph(text)


def _list_lines(lines: _Lines) -> list[str]:
    found: list[str] = []
    while (line := lines.peek()) is not None and line.startswith(("- ", "  ")):
        if line.lstrip().startswith("- "):
            found.append(line)
        else:
            found[-1] += " " + line.strip()
        lines.take()
    return found


def _items(body: list[str]) -> Iterator[Item]:
    for index, line in enumerate(body):
        if line.startswith("- "):
            text, found = attributes(line[2:])
            children = tuple(_nested(body[index + 1 :]))
            yield Item(text, children, found.get("area"))


def _nested(body: list[str]) -> Iterator[Item]:
    for line in body:
        if not line.startswith("  - "):
            return
        yield Item(line.strip()[2:])


def _undertakings(words: list[str], body: list[str]) -> Undertakings:
    options = dict(word.split("=") for word in words if "=" in word)
    items: list[Undertaking] = []
    for line in body:
        if line.startswith("- "):
            text, found = attributes(line[2:])
            items.append(Undertaking(text, _ids(found), _units(found) or ()))
        else:
            last = items.pop()
            outcome = line.strip()[2:]
            items.append(Undertaking(last.text, last.recurring, last.responsible, (*last.outcomes, outcome)))
    return Undertakings(tuple(items), options.get("form", "bullet"), options.get("marker", "bullet"), "below" in words)


def _table(words: list[str], body: list[str]) -> Table:
    columns: tuple[Column, ...] = ()
    groups: list[str] = []
    rows: list[Row | Band] = []
    for line in body:
        name, _, rest = line.partition(":")
        if name == "group":
            groups = [word.strip() for word in rest.split("|")]
        elif name == "head":
            columns = tuple(
                _column(word, groups[index] if groups else "") for index, word in enumerate(rest.split("|"))
            )
        elif name == "band":
            text, found = attributes(rest)
            rows.append(Band(text, found.get("area")))
        elif name == "row":
            rows.append(_row(rest, columns))
        else:
            raise SourceError(f"not a line of a table: {line[:60]!r}")
    return Table(columns, tuple(rows), "plain" not in words, "norepeat" not in words, "whole" not in words)


def _column(word: str, group: str) -> Column:
    header, _, rest = word.partition("=")
    holds, _, width = rest.partition(":")
    return Column(header.strip(), holds.strip() or None, int(width or 10), group)


def _row(rest: str, columns: tuple[Column, ...]) -> Row:
    text, found = attributes(rest)
    cells = tuple(None if cell.strip() == "^" else cell.strip().replace(" // ", "\n") for cell in text.split("|"))
    if len(cells) != len(columns):
        raise SourceError(f"{len(cells)} cells for {len(columns)} columns: {text[:80]!r}")
    return Row(cells, _ids(found), _units(found), found.get("area"))


def _cards(words: list[str], body: list[str]) -> Cards:
    labels: dict[str, str] = {}
    cards: list[Card] = []
    for line in body:
        if line.startswith("labels:"):
            labels = dict(pair.strip().split("=") for pair in line.removeprefix("labels:").split(";"))
        elif line.startswith("card:"):
            _, found = attributes(line)
            cards.append(Card((), _ids(found), _units(found)))
        else:
            label, value = _pair(line)
            last = cards.pop()
            cards.append(
                Card(
                    (*last.lines, (label, value.replace(" // ", "\n"), labels[label] or None)),
                    last.recurring,
                    last.responsible,
                )
            )
    return Cards(tuple(cards), "lines" in words, "pairs" in words)


def _pair(line: str) -> tuple[str, str]:
    label, _, value = line.partition("|")
    return label.strip(), value.strip()


def _signing_parties(body: list[str]) -> Iterator[SigningParty]:
    party: list[str] = []
    people: list[Person] = []
    for line in [*body, "party:"]:
        name, _, rest = line.partition(":")
        words = [word.strip() for word in rest.split(";")]
        if name == "party":
            if party:
                yield SigningParty(party[0], party[1], party[2], party[3] or None, tuple(people))
            party, people = words, []
        elif name == "person":
            people.append(Person(*words))
        else:
            raise SourceError(f"not a line of a signature block: {line[:60]!r}")


def _key_value(words: list[str], pairs: list[tuple[str, str]]) -> Block:
    """Labels with their values; with `apart` all labels come first and then the values there are."""
    if "apart" in words:
        lines = [f"{label}:" for label, _ in pairs] + [value for _, value in pairs if value]
        return Listing(tuple(Item(line) for line in lines), "paragraph")
    return KeyValue(tuple(pairs), "lines" not in words)


def _ids(found: dict[str, str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in found.get("is", "").split(",") if word.strip())


def _units(found: dict[str, str]) -> tuple[str, ...] | None:
    return tuple(word.strip() for word in found["by"].split(";") if word.strip()) if "by" in found else None
