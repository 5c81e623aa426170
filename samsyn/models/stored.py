"""A read document as JSON and back, so that it can be kept beside what was found in it."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from samsyn.models.document import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DOCUMENT_SCHEMA = 1
"""Version of the stored form; grows when a field of `Document` changes its meaning."""

_COMPRESSION = 6


def pack_document(document: Document) -> bytes:
    """The document as compressed JSON (zlib); fields that have their default are left out."""
    return zlib.compress(_adapter().dump_json(document, exclude_defaults=True), _COMPRESSION)


def unpack_document(packed: bytes) -> Document:
    """The document that `pack_document` packed, equal in every field."""
    return _adapter().validate_json(zlib.decompress(packed))


@cache
def _adapter() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter

    return TypeAdapter(Document)
