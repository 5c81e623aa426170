"""Which format a file has, told by its content: gives the key of the reader for it."""

from __future__ import annotations

import io
import zipfile

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.docx_package import ZIP_ERRORS

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0"
"""An OLE container: an old .doc, or an encrypted .docx."""
_WORD_STREAM, _ENCRYPTED_STREAM = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_WORD_HEADER = b"\xec\xa5"
"""How the main stream of a .doc begins; it begins where a sector does."""
_SECTOR = 512
_LOCKED = 0x01
"""In the byte at 11 of that stream: the text is encrypted."""
_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text")
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"


def format_of(data: bytes, name: str) -> str:
    """The reader's key for a file by its first bytes; the name's ending decides only between kinds of text.

    Raises UnreadableDocument for kinds that are known and not read.
    """
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_ZIP):
        return "odt" if _is_open_text(data, name) else "docx"
    if head.startswith(_OLE):
        return "doc" if _is_old_word(data, name) else "docx"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if _is_picture(head):
        raise UnreadableDocument(name, "this is a picture, not a document; put it in a PDF")
    if name.lower().endswith((".pdf", ".docx")):
        kind = "PDF" if name.lower().endswith(".pdf") else "Word document"
        raise UnreadableDocument(name, f"not a {kind}, though its name says so")
    if not name.lower().endswith(_TEXT_SUFFIXES) and not _is_text(head):
        raise UnreadableDocument(name, "of an unknown kind; PDF, DOCX, DOC, ODT, RTF, TXT and MD files are read")
    return "text"


def _is_old_word(data: bytes, name: str) -> bool:
    """True for a .doc; raises UnreadableDocument for one that is encrypted."""
    if _WORD_STREAM not in data or _ENCRYPTED_STREAM in data:
        return False
    at = next((at for at in range(_SECTOR, len(data) - 12, _SECTOR) if data.startswith(_WORD_HEADER, at)), None)
    if at is not None and data[at + 11] & _LOCKED:
        raise UnreadableDocument(name, "the document is protected by a password and cannot be read")
    return True


def _is_open_text(data: bytes, name: str) -> bool:
    """True for an OpenDocument text; raises UnreadableDocument for one that is encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            with archive.open("mimetype") as stream:
                if not stream.read(100).startswith(_OPEN_TEXT):
                    return False
            with archive.open("META-INF/manifest.xml") as stream:
                locked = b"encryption-data" in stream.read(2**20)
    except ZIP_ERRORS:
        return False
    if locked:
        raise UnreadableDocument(name, "the document is protected by a password and cannot be read")
    return True


def _is_text(head: bytes) -> bool:
    """True for UTF-8, or for UTF-16 with its mark; a file that calls itself text may have any encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        head[:-3].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return b"\0" not in head


def _is_picture(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*"))
