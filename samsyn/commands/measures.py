"""`samsyn measures`: the register of recurring measures: takes ids or texts, prints entries or what was recognised."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from samsyn.commands.measures_discover import discover
from samsyn.terminal import complain, open_output, shows_output

if TYPE_CHECKING:
    from samsyn.models.recurring import Match, RecurringMeasure, WordPattern
    from samsyn.vocabulary.register import Register

_ENTRY_FIELDS = ("id", "name", "aliases", "category", "kind", "parent", "first_year", "last_year", "description")
_MATCH_FIELDS = ("id", "name", "score", "matched")
_REASON_FIELDS = ("start", "end", "method", "alias", "reasons")
_WHOLE: Mapping[str, Callable[[RecurringMeasure], object]] = {
    "certainty": attrgetter("certainty"),
    "reported": attrgetter("reported"),
    "look_alikes": attrgetter("look_alikes"),
    "patterns": lambda entry: tuple(map(_pattern, entry.patterns)),
    "examples": attrgetter("examples"),
    "not": attrgetter("counterexamples"),
}
"""What one entry says beside what is listed of all."""
_OPTION_FIELDS = {"counterexamples": "not"}
"""Where an option's name differs from the register's key."""
_IDENTITY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLIPS = 2
"""So many letters may a name be off to be suggested."""

_register = click.option(
    "--register",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Entries of your own (TOML, or a table: .csv), laid over the built-in register.",
)
_form = click.option(
    "--format", "form", type=click.Choice(("json", "text")), help="Default: text on a terminal, else JSON."
)


@click.group()
def measures() -> None:
    """Show the recurring measures that are known, find them in texts, add your own."""


measures.add_command(discover)


@measures.command("list")
@_register
@click.option(
    "--format",
    "form",
    type=click.Choice(("json", "text", "spacy-patterns")),
    help="Default: text on a terminal, else JSON. spacy-patterns: the names for a spaCy EntityRuler, as JSON lines.",
)
@click.option("--category", help="Only this category.")
def list_measures(*, register: Path | None, form: str | None, category: str | None) -> None:
    """List the register."""
    known = _load(register)
    categories = sorted({entry.category for entry in known})
    if category is not None and category not in categories:
        raise click.UsageError(f"the register has no category {category!r}; it has {', '.join(categories)}")
    entries = [entry for entry in known if category in (None, entry.category)]
    if form == "spacy-patterns":
        from samsyn.vocabulary.register import Register
        from samsyn.write.as_spacy_patterns import spacy_patterns

        for line in spacy_patterns(Register(tuple(entries))):
            click.echo(line)
        return
    if not _wants_text(form):
        _print_json_list(map(_plain, entries))
        return
    for entry in entries:
        click.echo(_in_one_line(entry))


@measures.command("show")
@click.argument("identity", metavar="ID")
@_register
@_form
def show_measure(*, identity: str, register: Path | None, form: str | None) -> None:
    """Show one entry whole, with its examples. ID may also be one of its names."""
    entry = _entry(_load(register), _argument(identity))
    whole = {**_plain(entry), **{key: value(entry) for key, value in _WHOLE.items()}}
    if not _wants_text(form):
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for key, value in whole.items():
        if value:
            click.echo(f"{key}:{_in_text(value)}")


@measures.command("match")
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@_register
@_form
@click.option("--explain", is_flag=True, help="Also say where, by which alias and method, and why.")
@click.option("--heading", help="What the texts stand under; it may name the topic of 'Tillsyn görs gemensamt'.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Report from this score on. Default: 0.8; below lie doubtful ones, for a person to judge.",
)
def match_texts(
    *,
    texts: tuple[str, ...],
    register: Path | None,
    form: str | None,
    explain: bool,
    heading: str | None,
    threshold: float | None,
) -> None:
    """Find recurring measures in each TEXT; without any, in each line of standard input."""
    from samsyn.match import THRESHOLD, Matcher

    matcher = Matcher(_load(register), threshold=THRESHOLD if threshold is None else threshold)
    above = None if heading is None else _argument(heading)
    lines = map(_argument, texts) if texts else _lines_of_input()
    found = ((text, matcher.match(text, heading=above)) for text in lines)
    if _wants_text(form):
        for text, matches in found:
            click.echo(f"{text}: " + (", ".join(f"{match.id} {match.score:.2f}" for match in matches) or "–"))
            for match in matches if explain else ():
                click.echo(f"    {match.id}: '{match.matched}' ({match.start}–{match.end}), {'; '.join(match.reasons)}")
        return
    fields = _MATCH_FIELDS + (_REASON_FIELDS if explain else ())
    _print_json_list({"text": text, "matches": [_match(match, fields) for match in matches]} for text, matches in found)


@measures.command("add")
@click.argument("identity", metavar="ID")
@click.argument("name", metavar="NAME")
@click.option(
    "--register",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="Your register; made when it is not there.",
)
@click.option("--alias", "aliases", multiple=True, help="Another name. May be given several times.")
@click.option("--category", required=True, help="Such as those of 'samsyn measures list'.")
@click.option("--kind", default="method", show_default=True, help="What it is: method, programme, activity, forum.")
@click.option("--description", default="", help="What is done, in one sentence.")
@click.option("--parent", help="Id of the measure that this one is a kind of.")
@click.option("--example", "examples", multiple=True, help="A text it must be found in. May be given several times.")
@click.option("--not", "counterexamples", multiple=True, help="A text it must not be found in.")
def add_measure(*, identity: str, name: str, register: Path, **values: Any) -> None:
    """Add an entry to a register of your own, for use with --register FILE."""
    from samsyn.vocabulary.register import parse_register
    from samsyn.write.as_register import register_entry

    if not _IDENTITY.fullmatch(identity):
        raise click.UsageError(f"{identity!r} is no id; small letters a–z, digits and hyphens, such as 'natt-vandring'")
    if register.suffix.lower() == ".csv":
        raise click.UsageError(f"{register} is a table; add the measure as a row of it")
    present = register.read_text(encoding="utf-8") if register.exists() else ""
    if any(entry.id == identity for entry in parse_register(present, source=register.name)):
        raise click.UsageError(f"{register} has a measure {identity!r} already")
    renamed = {_OPTION_FIELDS.get(key, key): value for key, value in values.items()}
    text = "\n".join(part for part in (present, register_entry({"id": identity, "name": name, **renamed})) if part)
    _check_register(text, register.name, identity)
    with open_output(str(register), binary=False) as stream:
        stream.write(text)
    instead = ", in place of the built-in one" if identity in _load(None) else ""
    complain(f"{register}: {identity!r} added{instead}; use it with --register {register}")


def _check_register(text: str, name: str, identity: str) -> None:
    """Raise VocabularyError unless the text holds together with the built-in register, and the entry with itself."""
    from samsyn.errors import VocabularyError
    from samsyn.match import Matcher, failing_examples

    with TemporaryDirectory() as folder:
        trial = Path(folder) / name
        trial.write_text(text, encoding="utf-8")
        register = _load(trial)
    failing = failing_examples(Matcher(register), [entry for entry in register if entry.id == identity])
    if failing:
        raise VocabularyError(f"{name}: {failing[0]}")


def _load(path: Path | None) -> Register:
    from samsyn.vocabulary.register import load_register

    return load_register(path)


def _entry(register: Register, wanted: str) -> RecurringMeasure:
    """The entry with that id, or with that name where it is only one's; UsageError, with what is near, otherwise."""
    from samsyn.similarity import closest

    found = register.get(wanted)
    if found is not None:
        return found
    names = {name.casefold(): entry for entry in register for name in (*entry.aliases, entry.name, entry.id)}
    named = names.get(wanted.casefold())
    if named is not None:
        return named
    near = closest(wanted.casefold(), tuple(names), _SLIPS)
    hint = f"did you mean {names[near].id!r}?" if near else "see 'samsyn measures list'"
    raise click.UsageError(f"the register has no measure {wanted!r}; {hint}")


def _pattern(pattern: WordPattern) -> str:
    """The words of a pattern, and the heading it counts under."""
    return f"{pattern.words} [under: {pattern.under}]" if pattern.under else pattern.words


def _plain(entry: RecurringMeasure) -> dict[str, Any]:
    return {field: getattr(entry, field) for field in _ENTRY_FIELDS}


def _match(match: Match, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(match, field) for field in fields}


def _argument(text: str) -> str:
    """The argument as UTF-8, also where the locale made Python read it as something else."""
    return os.fsencode(text).decode("utf-8", "replace")


def _lines_of_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _in_one_line(entry: RecurringMeasure) -> str:
    aliases = f" ({', '.join(entry.aliases)})" if entry.aliases else ""
    return f"{entry.id:32} {entry.name}{aliases}"


def _in_text(value: object) -> str:
    return "\n    ".join(("", *map(str, value))) if isinstance(value, tuple) else f" {value}"


def _wants_text(form: str | None) -> bool:
    return form == "text" or (form is None and shows_output())


def _print_json_list(items: Iterable[Any]) -> None:
    """Print a JSON list, one item a line, as the items come."""
    opening = "["
    for item in items:
        click.echo(opening + json.dumps(item, ensure_ascii=False), nl=False)
        opening = ",\n "
    click.echo("[]" if opening == "[" else "]")
