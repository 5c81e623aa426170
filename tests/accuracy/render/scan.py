"""Scan: a rendered PDF → the same pages as a worn scan: pictures alone, crooked, noisy, signed by hand.

The same wear and seed give the same pixels, so that a document can be made anew. Sizes are in points, angles in
degrees, positive clockwise.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from tests.accuracy.blocks import Region, Signatures, Source


class Wear(NamedTuple):
    """What happens to a page on its way through printer, pen, copier and scanner."""

    dpi: int = 200
    skew: float = 1.0
    """Pages lie crooked by up to this angle."""
    turn: int = 0
    """Quarter turns clockwise of every page."""
    blur: float = 0.6
    """Radius in pixels."""
    grain: float = 8.0
    """Deviation of the noise in grey levels of 255."""
    specks: float = 0.0
    """Dark specks to the square centimetre."""
    fading: float = 0.0
    """How much of the ink is lost, 0-1."""
    shadow: float = 0.0
    """How much darker the page's far side is, 0-1, as in a photograph."""
    paper: float = 252.0
    """Grey level of the paper."""
    quality: int = 45
    """Of the JPEG."""


LIGHT = Wear(skew=0.5, blur=0.4, grain=5.0)
WORN = Wear(skew=1.5, blur=0.7, grain=12.0, specks=0.3)
BAD = Wear(skew=2.5, blur=0.9, grain=18.0, specks=0.8, fading=0.25, quality=35)
PHOTOGRAPHED = Wear(skew=2.0, blur=0.8, grain=8.0, shadow=0.45, fading=0.1)


def scan(pdf: bytes, wear: Wear, *, seed: int, signers: Sequence[str] = ()) -> bytes:
    """The pages of `pdf` as a PDF of pictures; above the names of `signers` stands a scribble."""
    pages = list(_worn_pages(pdf, wear, seed, signers))
    stream = io.BytesIO()
    pages[0].save(
        stream,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=wear.dpi,
        quality=wear.quality,
        title="",
        producer="scanner",
        creationDate=None,
        modDate=None,
    )
    return stream.getvalue()


def signers_of(source: Source) -> tuple[str, ...]:
    """The names in the source's signature blocks."""
    found: list[str] = []
    for part in source.parts:
        for block in part.blocks:
            inner = block.blocks if isinstance(block, Region) else (block,)
            for one in inner:
                if isinstance(one, Signatures):
                    found.extend(person.name for party in one.parties for person in party.people)
    return tuple(found)


def _worn_pages(pdf: bytes, wear: Wear, seed: int, signers: Sequence[str]) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        random = np.random.default_rng([seed, index])
        page = document[index]
        picture = page.render(scale=wear.dpi / 72, grayscale=True).to_pil()
        _sign(picture, page, wear.dpi / 72, signers, random)
        yield _wear_out(picture, wear, random)
    document.close()


def _sign(picture: Image.Image, page: Any, scale: float, signers: Sequence[str], random: Any) -> None:
    """Scribbles on the dotted line over each name, or right above the name, and now and then into it."""
    text = page.get_textpage()
    lines = list(_places(text, "....."))
    pen = ImageDraw.Draw(picture)
    for name in signers:
        for left, top in _places(text, name):
            near = [line for line in lines if 0 < line[1] - top < 60 and abs(line[0] - left) < 60]
            _, height = min(near, key=lambda line: line[1], default=(left, top + float(random.uniform(7, 12))))
            x, y = left * scale, (page.get_height() - height - 2) * scale
            pen.line(_scribble(x, y, 12.0 * scale, random), fill=40, width=max(2, round(0.9 * scale)), joint="curve")
            break


def _places(text: Any, wanted: str) -> Iterator[tuple[float, float]]:
    """Where a text stands: left and top of its first letter, in PDF coordinates."""
    search = text.search(wanted)
    while (found := search.get_next()) is not None:
        left, _, _, top = text.get_charbox(found[0])
        yield left, top


def _scribble(x: float, y: float, height: float, random: Any) -> list[tuple[float, float]]:
    """Loops that lean and shrink from left to right."""
    loops = int(random.integers(6, 11))
    phase, lean = random.uniform(0, 6), random.uniform(0.3, 0.9)
    points = []
    for step in range(loops * 12):
        angle = step / 12 * 2 * math.pi
        size = height * (1 - 0.6 * step / (loops * 12)) * (0.7 + 0.5 * math.sin(angle / 3 + phase))
        rise = size * math.sin(angle)
        points.append((x + step * height / 18 + lean * rise + 0.5 * size * math.cos(angle), y - height / 3 - rise))
    return points


def _wear_out(picture: Image.Image, wear: Wear, random: Any) -> Image.Image:
    angle = float(random.uniform(-wear.skew, wear.skew))
    picture = picture.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    if wear.turn:
        picture = picture.rotate(-90 * wear.turn, expand=True)
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    grey: np.ndarray[Any, np.dtype[np.floating[Any]]] = np.asarray(picture, dtype=np.float32)
    grey = wear.paper - (255 - grey) * (1 - wear.fading) * wear.paper / 252
    grey = _with_specks(grey, wear, random)
    if wear.shadow:
        rows, columns = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
        far = columns / grey.shape[1] * 0.6 + (rows / grey.shape[0]) ** 2 * 0.4
        grey = grey * (1 - wear.shadow * far)
    grey = grey + random.normal(0, wear.grain, grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8), "L")


def _with_specks(grey: Any, wear: Wear, random: Any) -> Any:
    area = grey.shape[0] * grey.shape[1] / (wear.dpi / 2.54) ** 2
    count = int(wear.specks * area)
    rows, columns = random.integers(0, grey.shape[0] - 3, count), random.integers(0, grey.shape[1] - 3, count)
    for row, column, size in zip(rows, columns, random.integers(1, 4, count), strict=True):
        grey[row : row + size, column : column + size] = random.uniform(0, 120)
    return grey


def render_scan(source: Source, pdf: Path, wear: Wear, target: Path) -> None:
    """Writes the agreement as a scan of the PDF at `pdf`, signed and worn."""
    seed = int(source.fingerprint[:8] or "0", 16)
    target.write_bytes(scan(pdf.read_bytes(), wear, seed=seed, signers=signers_of(source)))
