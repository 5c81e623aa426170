"""Where things come from: the file, and the place on its pages that a value was read from."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of every published value: immutable, closed to unknown fields, ready for JSON both ways."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Box(NamedTuple):
    """A rectangle on a page in PDF points (1/72 inch), measured from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """The horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The vertical extent in points."""
        return self.bottom - self.top

    @property
    def rounded(self) -> tuple[float, float, float, float]:
        """The edges as published, in tenths of a point."""
        return (round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


class Source(Frozen):
    """The file a document was read from."""

    file: str = Field(description="file name without folders")
    sha256: str = Field(description="hash of the file's bytes")
    media_type: str = Field(description="such as application/pdf")
    pages: int | None = Field(description="number of pages; null where the format has none")
    ocr: bool = Field(default=False, description="true when any page's text was recognised from its picture")


class Evidence(Frozen):
    """One stretch of text that a value was read from; a value that runs over a page turn has two."""

    page: int | None = Field(description="page number from 1; null where the format has no pages")
    bbox: tuple[float, float, float, float] | None = Field(
        description="x0, top, x1, bottom in PDF points from the page's top left; null where the format has none"
    )
    text: str = Field(description="the text as read there")
    block: str = Field(default="", description="id of the document's block, such as b12 or b14.r2.c0.0")
    start: int = Field(default=0, description="offset of the text in that block")
    end: int = Field(default=0, description="offset behind the text in that block")


class Caution(Frozen):
    """Something a reader should doubt: printed among an agreement's `warnings`."""

    code: str = Field(description="stable name of the kind of doubt, such as scanned-pages")
    message: str = Field(description="what is doubtful, in Swedish, for the person who reads the result")
    evidence: tuple[Evidence, ...] = ()
