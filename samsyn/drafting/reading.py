"""Takes a file, or what was read of it, gives a source of a draft: a document divided, or the JSON of one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.errors import UnreadableDocument
from samsyn.extract.divide import divide_document
from samsyn.extract.generations import split_generations
from samsyn.extract.read import read_document
from samsyn.models.agreement import Agreement
from samsyn.models.document import Document
from samsyn.models.reading import ReadOptions
from samsyn.pipeline import understand_document


def read_draft_source(path: Path, *, role: SourceRole, options: ReadOptions) -> DraftSource:
    """The source in the file; its role is 'follow-up' when the document is one and none was asked for.

    Raises UnreadableDocument for a file that cannot be read, and for JSON that is no agreement.
    """
    if path.suffix.lower() == ".json":
        return stored_source(path, role)
    document = read_document(path, options=options)
    return source_of(document, understand_document(document, options=options)[0], role)


def source_of(document: Document, agreement: Agreement, role: SourceRole = SourceRole.OWN) -> DraftSource:
    """The source that a document is, with the main agreement found in it."""
    return _with_role(DraftSource(agreement, split_generations(divide_document(document))[0], role))


def stored_source(path: Path, role: SourceRole = SourceRole.OWN) -> DraftSource:
    """The source in a JSON file that `samsyn extract` wrote; raises UnreadableDocument for JSON that is none."""
    return _with_role(DraftSource(_agreement_in(path), role=role))


def _with_role(source: DraftSource) -> DraftSource:
    """The source; a report of what was done informs a draft, whatever it was given as."""
    if source.role is SourceRole.OWN and source.agreement.kind == "uppföljning":
        return replace(source, role=SourceRole.FOLLOW_UP)
    return source


def _agreement_in(path: Path) -> Agreement:
    from pydantic import ValidationError

    try:
        return Agreement.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableDocument(path.name, (error.strerror or "cannot be read").lower()) from error
    except ValidationError as error:
        raise UnreadableDocument(path.name, "not the JSON of an agreement that samsyn extract wrote") from error
