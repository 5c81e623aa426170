"""From a file to its agreements: read, divide, find, assemble, each taking what the one before gave."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from samsyn.errors import UnreadableDocument
from samsyn.extract.assemble import assemble_agreement
from samsyn.extract.divide import divide_document
from samsyn.extract.find import find_in
from samsyn.extract.generations import split_generations
from samsyn.extract.read import ReadOptions, read_document
from samsyn.match import Matcher
from samsyn.models.agreement import Agreement
from samsyn.models.document import Document
from samsyn.models.source import Caution
from samsyn.vocabulary.register import load_register


def extract_agreement(
    source: str | Path | bytes, *, file: str | None = None, password: str | None = None, register: Path | None = None
) -> Agreement:
    """The main agreement in a PDF, Word or text file.

    `source` is a path, or the file's bytes with `file` as its name; `password` opens an encrypted PDF; `register`
    is a file of further recurring measures. Other agreements in the file are named in `warnings`.
    Raises UnreadableDocument with one line that says why a file cannot be read.

        >>> agreement = extract_agreement("samverkan.pdf")          # doctest: +SKIP
        >>> [goal.text for goal in agreement.goals]                 # doctest: +SKIP
    """
    first, *others = extract_agreements(source, file=file, password=password, register=register)
    if not others:
        return first
    named = ", ".join(other.title or other.id for other in others)
    caution = Caution(code="several-agreements", message=f"Filen innehåller också: {named}.")
    return first.model_copy(update={"warnings": (*first.warnings, caution)})


def extract_agreements(
    source: str | Path | bytes, *, file: str | None = None, password: str | None = None, register: Path | None = None
) -> tuple[Agreement, ...]:
    """Every agreement in the file, the main one first; nearly always one. Arguments as for `extract_agreement`."""
    document = read_document(source, file=file, options=ReadOptions(password=password))
    return understand_document(document, register=register)


def understand_document(document: Document, *, register: Path | None = None) -> tuple[Agreement, ...]:
    """The agreements of a document that has been read already, the main one first."""
    if not document.blocks and not document.cautions:
        raise UnreadableDocument(document.source.file, "there is no text in it")
    matcher = _matcher(register)
    groups = split_generations(divide_document(document))
    return tuple(assemble_agreement(document, parts, find_in(document, parts, matcher), matcher) for parts in groups)


@cache
def _matcher(register: Path | None) -> Matcher:
    return Matcher(load_register(register))
