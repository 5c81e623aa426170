"""PDF files: drawn from words, rules and pictures at odd places, or a good one with objects and operators changed."""

from __future__ import annotations

import re
import zlib
from random import Random
from typing import NamedTuple

from fuzz.strange import MOST_BYTES, broken_bytes, number, phrase
from tests.pdf_builder import Page, build

_OBJECT = re.compile(rb"(\d+) (\d+) obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w.#/])[-+]?\d+(?:\.\d+)?(?![\w.#])")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_KEYS = (b"MediaBox", b"CropBox", b"Rotate", b"Contents", b"Resources", b"Font", b"ToUnicode", b"Widths", b"Encoding",
         b"Kids", b"Count", b"Parent", b"Filter", b"Length", b"DescendantFonts", b"W", b"Matrix", b"BBox", b"Type",
         b"FontDescriptor", b"FirstChar", b"LastChar", b"Width", b"Height", b"XObject", b"Subtype")  # fmt: skip
_OPERATORS = (
    b"q", b"Q", b"BT", b"ET", b"0 0 1e9 1e9 re S", b"1 0 0 1 1e9 -1e9 cm", b"0 0 0 0 0 0 cm", b"0 1 -1 0 300 300 cm",
    b"/F1 0 Tf", b"/F1 -12 Tf", b"/F1 1e6 Tf", b"/F9 9 Tf", b"3 Tr", b"0 Tz", b"-100 Tz", b"1e9 Tw", b"1e9 Tc", b"0 TL",
    b"T*", b"1 0 0 -1 0 0 Tm", b"0 1 -1 0 300 300 Tm", b"NaN NaN Td", b"(a) Tj", b"<00ff> Tj", b"[(a) -1e9 (b)] TJ",
    b"W n", b"f", b"0 w", b"1e9 w", b"[1] 0 d", b"10 10 m 500 10 l S", b"1 1 m 1 1 l S", b"50 50 400 0.1 re f",
    b"/X0 Do",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", b"/Span << /ActualText (x) >> BDC", b"EMC", b"1 g", b"0.9 g", b"h",
    b"\xff\x00",
)  # fmt: skip


def make(random: Random) -> bytes:
    """A PDF whose pages hold words, rules, shades, tables and pictures, in order and out of it."""
    return build(*(_page(random) for _ in range(random.choice((1, 1, 1, 2, 3, 8)))))


def _page(random: Random) -> Page:
    sizes = ((595.0, 842.0), (842.0, 595.0), (1.0, 1.0), (3.0, 14400.0), (14400.0, 14400.0))
    page = Page(random.choice(sizes[:2]) if random.random() < 0.9 else random.choice(sizes))
    page.rotate = random.choice((0, 0, 0, 90, 180, 270))
    for _ in range(random.randint(0, 14)):
        random.choice((_words, _paragraph, _table, _lines, _shades, _grid, _same_place))(page, random)
    return page


def _at(random: Random) -> float:
    return random.choice((random.uniform(0, 842), random.uniform(-50, 900), random.choice((70.0, 71.0, 80.0, 300.0))))


def _words(page: Page, random: Random) -> None:
    for _ in range(random.randint(1, 60)):
        size = random.choice((0.1, 1, 6, 9, 11, 11, 11, 14, 40, 500))
        mode = random.choice((0, 0, 0, 0, 3, 7))
        page.text(
            _at(random), _at(random), _latin(phrase(random))[:60], size=size, bold=random.random() < 0.2, mode=mode
        )


def _paragraph(page: Page, random: Random) -> None:
    page.paragraph(
        _latin(phrase(random))[:3000], width=random.choice((30, 100, 455)), size=random.choice((7, 9, 11, 16))
    )


def _table(page: Page, random: Random) -> None:
    widths = [random.uniform(15, 200) for _ in range(random.randint(1, 7))]
    rows = [
        [_latin(phrase(random))[:200] for _ in (widths if random.random() < 0.9 else widths[:1])]
        for _ in range(random.randint(1, 12))
    ]
    page.table(
        rows, widths, ruled=random.random() < 0.6, size=random.choice((5, 8, 9)), row_gap=random.choice((0, 4, 9))
    )


def _lines(page: Page, random: Random) -> None:
    for _ in range(random.randint(1, 30)):
        x, y = _at(random), _at(random)
        page.rule(x, y, random.choice((x, _at(random))), random.choice((y, _at(random))))


def _grid(page: Page, random: Random) -> None:
    """A grid of very small or very many cells."""
    step = random.choice((1.0, 3.0, 8.0, 20.0))
    count = random.randint(2, 60)
    x, y = _at(random), _at(random)
    for index in range(count):
        page.rule(x, y + index * step, x + count * step, y + index * step)
        page.rule(x + index * step, y, x + index * step, y + count * step)


def _shades(page: Page, random: Random) -> None:
    for _ in range(random.randint(1, 10)):
        page.shade(_at(random), _at(random), _at(random), _at(random), grey=random.choice((0, 0.5, 0.9, 1)))
    if random.random() < 0.3:
        page.picture(_at(random), _at(random), _at(random), _at(random))


def _same_place(page: Page, random: Random) -> None:
    x, y = _at(random), _at(random)
    for _ in range(random.randint(2, 80)):
        page.text(x, y, random.choice(("•", "a", "Mål", "1", ".")))


def _latin(text: str) -> str:
    """The text in one line, of letters that the standard fonts have."""
    return "".join(letter for letter in text.encode("cp1252", "replace").decode("cp1252", "replace") if letter >= " ")


# --- objects ----------------------------------------------------------------------------------------------------------


class _Object(NamedTuple):
    head: bytes
    stream: bytes | None


def mutate(data: bytes, random: Random) -> bytes:
    """The file with objects, references and operators changed and written anew; or with its bytes broken."""
    if random.random() < 0.15:
        return broken_bytes(data, random)
    objects = _objects(data)
    root = next((key for key, one in objects.items() if b"/Catalog" in one.head), None)
    if root is None:
        return broken_bytes(data, random)
    for _ in range(random.randint(1, 6)):
        key = _interesting(objects, random)
        one = objects[key]
        if one.stream is not None and random.random() < 0.8:
            objects[key] = one._replace(stream=_changed_stream(one.stream, random)[: MOST_BYTES * 2])
        else:
            objects[key] = one._replace(head=_changed_head(one.head, key, list(objects), random))
    written = _written(objects, root)
    return broken_bytes(written, random, 2) if random.random() < 0.05 else written


def _interesting(objects: dict[int, _Object], random: Random) -> int:
    """Mostly pages, what is drawn on them, and fonts; pictures and font programs seldom."""
    keys = [key for key, one in objects.items() if one.stream is None or b" Tf" in one.stream or b" re" in one.stream]
    return random.choice(keys if keys and random.random() < 0.85 else list(objects))


def _objects(data: bytes) -> dict[int, _Object]:
    """The objects by number, streams unpacked, those in streams of objects among them."""
    found: dict[int, _Object] = {}
    for match in _OBJECT.finditer(data):
        body = match.group(3)
        stream = _STREAM.search(body)
        if stream is None:
            found[int(match.group(1))] = _Object(body, None)
            continue
        head, content = body[: stream.start()], stream.group(1)
        if b"/XRef" in head:
            continue
        if b"/FlateDecode" in head and b"/Predictor" not in head:
            try:
                content = zlib.decompressobj().decompress(content, 4_000_000)
                head = re.sub(rb"/Filter\s*(/FlateDecode|\[\s*/FlateDecode\s*\])", b"", head)
            except zlib.error:
                pass
        if b"/ObjStm" in head:
            found.update(_packed_objects(head, content))
        else:
            found[int(match.group(1))] = _Object(head, content)
    return found


def _packed_objects(head: bytes, content: bytes) -> dict[int, _Object]:
    first = re.search(rb"/First (\d+)", head)
    if first is None:
        return {}
    start = int(first.group(1))
    numbers = [int(word) for word in content[:start].split() if word.isdigit()]
    keys, places = numbers[::2], [*numbers[1::2], len(content) - start]
    return {
        key: _Object(b" " + content[start + places[index] : start + places[index + 1]] + b" ", None)
        for index, key in enumerate(keys)
    }


def _changed_stream(stream: bytes, random: Random) -> bytes:
    lines = stream.split(b"\n")
    for _ in range(random.randint(1, 10)):
        at = random.randrange(len(lines) + 1)
        stop = at + random.randint(1, 8)
        kind = random.randrange(8)
        if kind == 0:
            lines[at:at] = lines[at:stop] * random.choice((1, 3, 100))
        elif kind == 1:
            del lines[at:stop]
        elif kind == 2:
            lines[at:at] = [random.choice(_OPERATORS)] * random.choice((1, 1, 1, 50, 3000))
        elif kind in (3, 4) and at < len(lines):
            lines[at] = _changed_number(lines[at], random)
        elif kind == 5 and at < len(lines):
            lines[at] = broken_bytes(lines[at], random, 2)
        elif kind == 6:
            other = random.randrange(len(lines) + 1)
            lines[at:at] = lines[other : other + random.randint(1, 40)]
        elif at < len(lines):
            lines[at] = re.sub(
                rb"\((?:[^()\\]|\\.)*\)", lambda _: b"(" + random.randbytes(6).hex().encode() + b")", lines[at]
            )
    return b"\n".join(lines)


def _changed_number(text: bytes, random: Random) -> bytes:
    places = list(_NUMBER.finditer(text))
    if not places:
        return text
    place = random.choice(places)
    return text[: place.start()] + number(random).encode() + text[place.end() :]


def _changed_head(head: bytes, key: int, keys: list[int], random: Random) -> bytes:
    kind = random.randrange(6)
    references = list(_REFERENCE.finditer(head))
    if kind == 0 and references:
        place = random.choice(references)
        return head[: place.start(1)] + b"%d" % random.choice((key, random.choice(keys), 10**6)) + head[place.end(1) :]
    if kind in (1, 2):
        return _changed_number(head, random)
    if kind == 3:
        name = random.choice(_KEYS)
        return head.replace(b"/" + name, b"/" + random.choice((b"X", *_KEYS)), 1)
    if kind == 4 and b"[" in head:
        at = head.index(b"[")
        stop = head.find(b"]", at)
        return head[: at + 1] + head[at + 1 : stop] * random.choice((2, 40, 2000)) + head[stop:]
    name, value = (
        random.choice(_KEYS),
        random.choice((number(random).encode(), b"null", b"[]", b"<<>>", b"%d 0 R" % key)),
    )
    return head.replace(b">>", b" /" + name + b" " + value + b" >>", 1)[:MOST_BYTES]


def _written(objects: dict[int, _Object], root: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for key, one in sorted(objects.items()):
        places[key] = len(out)
        head = one.head
        if one.stream is not None:
            head = re.sub(rb"/Length \d+( 0 R)?", b"/Length %d" % len(one.stream), head)
        out += b"%d 0 obj" % key + head
        if one.stream is not None:
            out += b"stream\n" + one.stream + b"\nendstream\n"
        out += b"endobj\n"
    start = len(out)
    size = max(places) + 1
    out += b"xref\n0 %d\n" % size
    for key in range(size):
        out += b"%010d 00000 n \n" % places[key] if key in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)
