"""PDF files written by hand: page trees and forms that go round, absurd boxes and counts, bombs, fonts without maps."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_TEXT = b"BT /F1 12 Tf 72 720 Td (Samverkan mellan kommunen och polisen) Tj ET\n"


def pdf(
    content: bytes = _TEXT,
    *,
    page: bytes = b"/MediaBox [0 0 595 842]",
    tree: bytes = b"/Kids [3 0 R] /Count 1",
    stream: bytes = b"",
    catalog: bytes = b"",
    objects: Sequence[bytes] = (),
    font: bytes = _FONT,
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page: 1 is the catalog, 2 the page tree, 3 the page, 4 its content, 5 its font, 6 on `objects`."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages " + tree + b" >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X0 6 0 R >> >> "
        + page
        + b" >>",
        b"<< /Length %d " % len(content) + stream + b" >>\nstream\n" + content + b"\nendstream",
        font,
        *objects,
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R " % (len(bodies) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def form(content: bytes, resources: bytes, more: bytes = b"") -> bytes:
    """A drawing that a page or another drawing calls by name; `resources` names those that it calls itself."""
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << " + resources + b" >> >> "
    head += more
    return head + b"/Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def _packed(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def _grid(side: int) -> bytes:
    """A grid of so many cells a side."""
    step = 500 / side
    lines = [b"%.2f 50 m %.2f 550 l S\n" % (50 + n * step, 50 + n * step) for n in range(side + 1)]
    lines += [b"50 %.2f m 550 %.2f l S\n" % (50 + n * step, 50 + n * step) for n in range(side + 1)]
    return b"0.1 w\n" + b"".join(lines)


def _everywhere(count: int) -> bytes:
    """One word so many times, each at a place of its own."""
    places = ((20 + 3.1 * (n % 170), 830 - 4.7 * (n // 170)) for n in range(count))
    return b"".join(b"BT /F1 3 Tf %.2f %.2f Td (a) Tj ET\n" % place for place in places)


def pdfs() -> dict[str, bytes]:
    """Each file by its name."""
    unmapped = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
        b"/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >>] >>"
    )
    acting = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (/bin/sh) >> >>"
    deep = b"q\n" * 200_000 + _TEXT
    doubled = [form(b"/X0 Do /X1 Do", b"/X0 %d 0 R /X1 %d 0 R" % (7 + n, 7 + n)) for n in range(40)]
    flat = b"/Filter /FlateDecode "
    packed = [form(_packed(b"/X0 Do " * 50), b"/X0 %d 0 R" % (7 + n), flat) for n in range(4)]
    return {
        "plain.pdf": pdf(),
        "many pages.pdf": pdf(tree=b"/Kids [" + b"3 0 R " * 3000 + b"] /Count 3000"),
        "a number of pages.pdf": pdf(tree=b"/Kids [3 0 R] /Count 2000000000"),
        "page tree in a ring.pdf": pdf(tree=b"/Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R"),
        "form in itself.pdf": pdf(_TEXT + b"/X0 Do", objects=[form(b"/X0 Do", b"/X0 6 0 R")]),
        "forms doubled.pdf": pdf(_TEXT + b"/X0 Do", objects=[*doubled, form(b"", b"")]),
        "forms doubled, packed.pdf": pdf(_TEXT + b"/X0 Do", objects=[*packed, form(b"", b"")]),
        "huge box.pdf": pdf(page=b"/MediaBox [0 0 1000000000 1000000000]"),
        "no box.pdf": pdf(page=b"/MediaBox [0 0 0 0]"),
        "box inside out.pdf": pdf(page=b"/MediaBox [595 842 0 0]"),
        "deep states.pdf": pdf(deep),
        "deep arrays.pdf": pdf(objects=[b"[" * 50_000 + b"]" * 50_000]),
        "a million cells.pdf": pdf(_TEXT + _grid(1000)),
        "many words.pdf": pdf(b"BT /F1 1 Tf 1 0 0 1 72 720 Tm\n" + b"(ord ) Tj 0 -0.01 Td\n" * 60_000 + b"ET\n"),
        "one word everywhere.pdf": pdf(_everywhere(20_000)),
        "same words.pdf": pdf(b"BT /F1 9 Tf 72 720 Td\n" + b"(ord) Tj 0 0 Td\n" * 20_000 + b"ET\n"),
        "bomb.pdf": pdf(_packed(b" " * 300_000_000, 2), stream=b"/Filter [/FlateDecode /FlateDecode]"),
        "font without map.pdf": pdf(b"BT /F1 12 Tf 72 720 Td <00010002000300040005> Tj ET\n", font=unmapped),
        "no font.pdf": pdf(_TEXT.replace(b"/F1", b"/F9")),
        "huge type.pdf": pdf(_TEXT + b"BT /F1 100000 Tf 72 420 Td (jatte) Tj ET\n"),
        "acting.pdf": pdf(catalog=acting),
        "table of places in a ring.pdf": pdf(trailer=b"/Prev 9 "),
        "cut off.pdf": pdf()[:300],
        "length too long.pdf": pdf(stream=b"/Length 999999999"),
    }
