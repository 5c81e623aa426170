"""Word files: parts that reach outside, ask for entities, nest, repeat or name each other without end."""

from __future__ import annotations

import io
import warnings
import zipfile

from tests.docx_builder import HEAD, LONG, NAMESPACES, build, p, pack, tbl, tc

_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


def docxs() -> dict[str, bytes]:
    """Each file by its name."""
    body = f"{HEAD}<w:document {NAMESPACES}><w:body>%s</w:body></w:document>"
    cell = "<w:tc><w:p/></w:tc>"
    outside = (
        '<Relationship Id="rId50" Type="x/attachedTemplate" Target="http://example.invalid/x.dotm" TargetMode="External"/>'
        '<Relationship Id="rId51" Type="x/image" Target="file:///etc/passwd" TargetMode="External"/>'
        '<Relationship Id="rId52" Type="x/aFChunk" Target="../../../etc/passwd"/>'
    )
    return {
        "plain.docx": build(LONG),
        "entities in styles.docx": build(LONG, parts={"word/styles.xml": f"{_ENTITIES}<w:styles {NAMESPACES}/>"}),
        "entities.docx": build(
            parts={"word/document.xml": _ENTITIES + body % "<w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p>"}
        ),
        "a million cells.docx": build(
            parts={"word/document.xml": body % f"<w:tbl>{f'<w:tr>{cell * 1000}</w:tr>' * 1000}</w:tbl>"}
        ),
        "wide spans.docx": build(LONG, *(tbl([[tc(f"{n}", span=1_000_000)] for n in range(200)]) for _ in range(3))),
        "bomb.docx": build(parts={"word/document.xml": body % ("<w:p/>" * 3_000_000)}),
        "outside.docx": build(LONG, p("x"), relationships=outside),
        "paths.docx": build(LONG, parts={"../../../tmp/utanför.xml": "<x/>", "/etc/passwd": "x", "C:\\x": "x"}),
        "twice the same part.docx": _twice(),
        "deep.docx": build(parts={"word/document.xml": body % ("<w:sdt>" * 20_000)}),
        "long word.docx": build(LONG, "a" * 5_000_000),
        "many paragraphs.docx": build(*["Punkt"] * 20_000),
        "empty.docx": pack({}),
    }


def _twice() -> bytes:
    """An archive that lists a part twice."""
    packed = io.BytesIO(build(LONG))
    with zipfile.ZipFile(packed, "a") as archive, warnings.catch_warnings(action="ignore"):
        archive.writestr(zipfile.ZipInfo("word/styles.xml"), "<x/>")
    return packed.getvalue()
