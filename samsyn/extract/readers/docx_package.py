"""Bytes of a Word file in, its XML parts out: opened with limits, without network, entities or anything executed.

python-docx is not used for this: it parses every part whether needed or not, has no limits on size and raises half a
dozen kinds of exceptions on damaged files.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from samsyn.errors import UnreadableDocument
from samsyn.limits import ENTRIES, PACKAGE_BYTES, PART_BYTES, RATIO, RATIO_MATTERS_FROM, TAGS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

MAIN_DOCUMENT_TYPES = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroenabled.main+xml",
        "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
    }
)
# "Strict Open XML" is the same markup under other namespaces; read as the common one.
STRICT_NAMESPACES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", b"http://schemas.openxmlformats.org/drawingml/2006/diagram"),
)
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What zipfile raises on damaged input, depending on which byte is wrong."""


class Relationship(NamedTuple):
    """A tie from one part to another: its kind (last word of the type) and the target's name in the package."""

    kind: str
    target: str


class DamagedPart(Exception):
    """A part that is there but cannot be read; fatal only for the main part."""


@dataclass(slots=True)
class Package:
    """An opened Word file; parts are unpacked and parsed when asked for."""

    file: str
    archive: zipfile.ZipFile
    main: str = "word/document.xml"
    damaged: list[str] = field(default_factory=list)
    """Names of the parts that were there but could not be read."""
    _read: int = 0
    _entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Names of parts ignore case, and some programs write them with the slashes of Windows.
        self._entries = {info.filename.replace("\\", "/").lower(): info for info in self.archive.infolist()}

    def has(self, name: str) -> bool:
        """True when the package lists a part of that name."""
        return name.lower() in self._entries

    def part(self, name: str) -> Element | None:
        """The root element of a part; None when it is missing or damaged (then named in `damaged`)."""
        if not self.has(name):
            return None
        try:
            return self.required_part(name)
        except DamagedPart:
            self.damaged.append(name)
            return None

    def required_part(self, name: str) -> Element:
        """The root element of a part; raises DamagedPart when it cannot be read."""
        return parse_xml(self._unpack(name))

    def relationships(self, name: str) -> dict[str, Relationship]:
        """The ties of a part by their id; those that lead out of the package are left out, never followed."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", base + ".rels"))
        ties: dict[str, Relationship] = {}
        for element in root.iter(RELATIONSHIPS) if root is not None else ():
            if element.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            kind = element.get("Type", "").rpartition("/")[2]
            ties[element.get("Id", "")] = Relationship(kind, target.lstrip("/"))
        return ties

    def _unpack(self, name: str) -> bytes:
        try:
            info = self._entries[name.lower()]
            with self.archive.open(info) as stream:
                data = stream.read(PART_BYTES + 1)
        except ZIP_ERRORS as error:
            raise DamagedPart(name) from error
        self._read += len(data)
        too_dense = len(data) > RATIO_MATTERS_FROM and len(data) > RATIO * max(1, info.compress_size)
        too_much = len(data) > PART_BYTES or self._read > PACKAGE_BYTES or data.count(b"<") > TAGS
        if too_much or too_dense:
            raise UnreadableDocument(self.file, "the file unpacks to an absurd amount of data (a zip bomb?)")
        return data


def open_package(data: bytes, *, file: str) -> Package:
    """The Word package in `data`, with its main part found; raises UnreadableDocument."""
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument(file, "the file is empty")
    if data.startswith(OLE_SIGNATURE):
        raise UnreadableDocument(file, _say_ole_kind(data))
    if not data.startswith(b"PK"):
        raise UnreadableDocument(file, "not a Word document (docx)")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise UnreadableDocument(file, "the file is damaged or cut off (its zip archive cannot be read)") from error
    if len(archive.infolist()) > ENTRIES:
        raise UnreadableDocument(file, "the file has an absurd number of parts")
    package = Package(file=file, archive=archive)
    package.main = _find_main_part(package)
    return package


def parse_xml(data: bytes) -> Element:
    """The root element; raises DamagedPart for broken XML, a document type declaration or excessive depth."""
    from lxml import etree

    if b"purl.oclc.org" in data:
        for strict, common in STRICT_NAMESPACES:
            data = data.replace(strict, common)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedPart(str(error)) from error
    # No Word file has one; it is only good for entity attacks.
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedPart("document type declaration")
    return root


def _say_ole_kind(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "the document is protected by a password and cannot be read"
    if "WordDocument".encode("utf-16-le") in data:
        return "the file is in the older Word format (doc); save it as docx"
    return "not a Word document (docx)"


def _find_main_part(package: Package) -> str:
    ties = package.relationships("")
    named = [tie.target for tie in ties.values() if tie.kind == "officeDocument" and package.has(tie.target)]
    main = named[0] if named else "word/document.xml"
    if not package.has(main):
        raise UnreadableDocument(package.file, _say_package_kind(package, ""))
    kind = _content_type(package, main)
    # A content type that is missing or unheard of is let through when the part lies where Word puts it.
    if kind and kind not in MAIN_DOCUMENT_TYPES and not (main.startswith("word/") and "spreadsheet" not in kind):
        raise UnreadableDocument(package.file, _say_package_kind(package, kind))
    return main


def _content_type(package: Package, name: str) -> str:
    root = package.part("[Content_Types].xml")
    if root is None:
        return ""
    kinds: dict[str, str] = {
        element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "").lower()
        for element in root.iter(CONTENT_TYPES + "Override")
    }
    return kinds.get(name.lower(), "")


def _say_package_kind(package: Package, kind: str) -> str:
    if "spreadsheet" in kind or "ms-excel" in kind or package.has("xl/workbook.xml"):
        return "an Excel workbook, not a Word document"
    if "presentation" in kind or "powerpoint" in kind or package.has("ppt/presentation.xml"):
        return "a PowerPoint presentation, not a Word document"
    if package.has("mimetype"):
        return "an OpenDocument or e-book file, not a Word document; save it as docx"
    return "a zip archive without a Word document in it"
