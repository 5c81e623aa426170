"""From a file to its agreements: read, divide, find, assemble, each taking what the one before gave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Unpack

from samsyn.errors import UnreadableDocument
from samsyn.extract.assemble import assemble_agreement
from samsyn.extract.divide import divide_document
from samsyn.extract.find import find_in
from samsyn.extract.generations import split_generations
from samsyn.extract.read import read_document, say_why_empty
from samsyn.match import Matcher
from samsyn.models.agreement import Agreement
from samsyn.models.document import Document
from samsyn.models.reading import READ_AS_USUAL, ReadArguments, ReadOptions
from samsyn.models.source import Caution
from samsyn.vocabulary.register import load_register


def extract_agreement(
    source: str | Path | bytes,
    *,
    file: str | None = None,
    register: Path | None = None,
    **reading: Unpack[ReadArguments],
) -> Agreement:
    """The main agreement in a PDF, Word or text file.

    `source` is a path, or the file's bytes with `file` as its name; `register` is a file of further recurring
    measures. `reading` says how the file is read (`samsyn.ReadOptions`): `password`, `ocr`, `ocr_language`, `cache`,
    `jobs`, `max_pages`, `max_bytes`. Other agreements in the file are named in `warnings`.
    Raises UnreadableDocument with one line that says why a file cannot be read.

        >>> agreement = extract_agreement("samverkan.pdf")          # doctest: +SKIP
        >>> [goal.text for goal in agreement.goals]                 # doctest: +SKIP
    """
    return name_others(extract_agreements(source, file=file, register=register, **reading))


def extract_agreements(
    source: str | Path | bytes,
    *,
    file: str | None = None,
    register: Path | None = None,
    **reading: Unpack[ReadArguments],
) -> tuple[Agreement, ...]:
    """Every agreement in the file, the main one first; nearly always one. Arguments as for `extract_agreement`."""
    options = ReadOptions(**reading)
    return understand_document(read_document(source, file=file, options=options), register=register, options=options)


def understand_document(
    document: Document, *, register: Path | None = None, options: ReadOptions = READ_AS_USUAL
) -> tuple[Agreement, ...]:
    """The agreements of a document that has been read already (as `options` say), the main one first.

    Raises UnreadableDocument when there is nothing in it.
    """
    if not document.blocks:
        raise UnreadableDocument(document.source.file, say_why_empty(document, options))
    matcher = _matcher(register).remembering()
    groups = split_generations(divide_document(document))
    return tuple(assemble_agreement(document, parts, find_in(document, parts, matcher), matcher) for parts in groups)


def name_others(agreements: Sequence[Agreement]) -> Agreement:
    """The first of a file's agreements, with a warning that names the others."""
    first, *others = agreements
    if not others:
        return first
    named = ", ".join(other.title or other.id for other in others)
    caution = Caution(code="several-agreements", message=f"Filen innehåller också: {named}.")
    return first.model_copy(update={"warnings": (*first.warnings, caution)})


@cache
def _matcher(register: Path | None) -> Matcher:
    return Matcher(load_register(register))
