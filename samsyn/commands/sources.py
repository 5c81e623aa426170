"""Reading what a draft or a check is made from: documents, or the JSON that `samsyn extract` wrote of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samsyn.commands.reading import Reading, outcomes_of
from samsyn.errors import UnreadableDocument

if TYPE_CHECKING:
    from samsyn.batch import Outcome
    from samsyn.drafting.sources import DraftSource, SourceRole


def read_sources(files: Sequence[str], roles: Sequence[SourceRole], reading: Reading) -> Iterator[DraftSource]:
    """The files as sources, in order and in their roles; raises UnreadableDocument for the first that is none."""
    for _, source in try_sources(files, reading, roles):
        if isinstance(source, UnreadableDocument):
            raise source
        yield source


def try_sources(
    files: Sequence[str], reading: Reading, roles: Sequence[SourceRole] = ()
) -> Iterator[tuple[str, DraftSource | UnreadableDocument]]:
    """Each file with the source that it is, or with the error that says why it is none."""
    from samsyn.drafting.reading import stored_source
    from samsyn.drafting.sources import SourceRole

    documents = [file for file in files if not _is_json(file)]
    with contextlib.closing(outcomes_of(documents, reading, keep=True)) as outcomes:
        for index, file in enumerate(files):
            role = roles[index] if roles else SourceRole.OWN
            try:
                yield file, stored_source(Path(file), role) if _is_json(file) else _source_of(next(outcomes), role)
            except UnreadableDocument as error:
                yield file, error


def _source_of(outcome: Outcome, role: SourceRole) -> DraftSource:
    from samsyn.drafting.reading import source_of
    from samsyn.models.stored import unpack_document

    if outcome.error is not None:
        raise UnreadableDocument(outcome.name, outcome.error)
    return source_of(unpack_document(outcome.document), outcome.agreements[0], role)


def _is_json(file: str) -> bool:
    return file.lower().endswith(".json")
