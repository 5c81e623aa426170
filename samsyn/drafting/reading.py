"""Takes a file, gives it as a source of a draft: a document read and divided, or the JSON of one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.errors import UnreadableDocument
from samsyn.extract.divide import divide_document
from samsyn.extract.generations import split_generations
from samsyn.extract.read import ReadOptions, read_document
from samsyn.models.agreement import Agreement
from samsyn.pipeline import understand_document


def read_draft_source(path: Path, *, role: SourceRole, password: str | None) -> DraftSource:
    """The source in the file; its role is 'follow-up' when the document is one and none was asked for.

    Raises UnreadableDocument for a file that cannot be read, and for JSON that is no agreement.
    """
    if path.suffix.lower() == ".json":
        return _with_role(DraftSource(_agreement_in(path), role=role))
    document = read_document(path, options=ReadOptions(password=password))
    agreement = understand_document(document)[0]
    return _with_role(DraftSource(agreement, split_generations(divide_document(document))[0], role))


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
