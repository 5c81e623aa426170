"""`samsyn measures discover`: takes documents, folders or corpora, proposes entries for measures no register knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from samsyn.commands.reading import Reading, reading_options
from samsyn.terminal import complain, open_output, shows_output

if TYPE_CHECKING:
    from samsyn.discover import MeasureText, ProposedMeasure
    from samsyn.models.agreement import Agreement

_CORPUS_MARK = b"SQLite format 3\0"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Documents that must name it.")
@click.option("--write", "target", metavar="FILE", help="Write the proposals as register entries (TOML) to edit.")
@click.option("--format", "form", type=click.Choice(("json", "text")), help="Default: text on a terminal, else JSON.")
@reading_options
def discover(*, paths: tuple[str, ...], least: int, target: str | None, form: str | None, reading: Reading) -> int:
    """Group the measures that match nothing, over many agreements, and propose new entries.

    PATH is a document, a folder, an archive (.zip), a list (.csv) or a corpus. Copies of one agreement count as one
    document. A proposal is a guess: look at its examples, change its name and aliases, and keep what holds in a
    register of your own (--write, then --register).
    """
    from samsyn.discover import discover_measures
    from samsyn.match import Matcher
    from samsyn.vocabulary.register import load_register

    gathered = _Gathered(reading)
    proposals = discover_measures(gathered.texts(paths), Matcher(load_register(reading.register)), least_sources=least)
    if target is not None:
        _write(proposals, target)
    elif form == "text" or (form is None and shows_output()):
        _print(proposals)
    else:
        click.echo(json.dumps([proposal._asdict() for proposal in proposals], ensure_ascii=False, indent=2))
    return 1 if gathered.failed else 0


class _Gathered:
    """Reads what the paths stand for; `failed` tells whether any of it could not be read."""

    def __init__(self, reading: Reading) -> None:
        self.failed = False
        self._reading = reading

    def texts(self, paths: Sequence[str]) -> Iterator[MeasureText]:
        """What each measure says, and in which agreement."""
        from samsyn.discover import MeasureText

        seen: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name, agreement in self._agreements(paths):
            labels = frozenset(measure.label for measure in agreement.measures)
            of_same = seen.setdefault(agreement.id, [])
            source = next((other for other, said in of_same if _are_copies(said, labels)), name)
            of_same.append((source, labels))
            for measure in agreement.measures:
                yield MeasureText(measure.label, source)

    def _agreements(self, paths: Sequence[str]) -> Iterator[tuple[str, Agreement]]:
        documents = [path for path in paths if not _is_corpus(path)]
        for path in paths:
            if path not in documents:
                yield from _of_corpus(path)
        yield from self._of_documents(documents)

    def _of_documents(self, paths: Sequence[str]) -> Iterator[tuple[str, Agreement]]:
        from contextlib import ExitStack, closing

        from samsyn.corpora.intake import list_files, opened
        from samsyn.errors import CorpusError

        with ExitStack() as stack:
            tasks = []
            incomings = list_files(paths)
            reading = self._reading.for_files(len(incomings))
            for incoming in incomings:
                try:
                    file = stack.enter_context(opened(incoming))
                except CorpusError as error:
                    self._fail(incoming.sighting.name, str(error))
                    continue
                tasks.append(reading.task(file.path, incoming.sighting.name, every=True))
            for outcome in stack.enter_context(closing(reading.read(tasks))):
                if outcome.error is not None:
                    self._fail(outcome.name, outcome.error)
                yield from ((outcome.name, agreement) for agreement in outcome.agreements)

    def _fail(self, name: str, reason: str) -> None:
        self.failed = True
        complain(reason if reason.startswith(name) else f"{name}: {reason}")


def _are_copies(first: frozenset[str], second: frozenset[str]) -> bool:
    """True when two files of one agreement have most measures in common: they are renderings of one document."""
    return len(first & second) * 2 > max(len(first), len(second))


def _is_corpus(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return stream.read(len(_CORPUS_MARK)) == _CORPUS_MARK
    except OSError:
        return False


def _of_corpus(path: str) -> Iterator[tuple[str, Agreement]]:
    from samsyn.corpora.corpus import Corpus

    with Corpus(path) as corpus:
        for agreement in corpus.agreements():
            yield agreement.id, agreement


def _write(proposals: Sequence[ProposedMeasure], target: str) -> None:
    from samsyn.write.as_register import register_entry

    with open_output(target, binary=False) as stream:
        stream.write("\n".join(register_entry(proposal.as_entry()) for proposal in proposals))
    complain(f"{target}: {len(proposals)} proposed entries")


def _print(proposals: Sequence[ProposedMeasure]) -> None:
    if not proposals:
        complain("nothing to propose: no unknown measure comes back in enough documents (--least)")
    for proposal in proposals:
        click.echo(f"{proposal.id}: {proposal.name} ({len(proposal.sources)} documents)")
        for example in proposal.examples:
            click.echo(f"    {' '.join(example.split())}")
