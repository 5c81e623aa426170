"""Texts: made line by line from what agreements hold, or a good one with its lines broken."""

from __future__ import annotations

from random import Random

from fuzz.strange import CELLS, HEADINGS, LETTERS, MOST_BYTES, broken_bytes, phrase

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp865", "utf-7")


def make(random: Random) -> bytes:
    """A text out of headings, paragraphs, lists and tables set in every way."""
    makers = (_heading, _paragraph, _list, _pipe_table, _spaced_table, _html_table, _flowed, _signatures, _noise)
    parts = [random.choice(makers)(random) for _ in range(random.randint(1, 30))]
    return _encoded(random.choice(("\n", "\n\n", "\r\n", "\f", "\r"))).join(parts_bytes(parts, random))


def parts_bytes(parts: list[str], random: Random) -> list[bytes]:
    """The parts in one encoding, now and then in several."""
    encoding = random.choice(_ENCODINGS) if random.random() < 0.2 else "utf-8"
    mixed = random.random() < 0.05
    return [part.encode(random.choice(_ENCODINGS) if mixed else encoding, "replace") for part in parts]


def _encoded(text: str) -> bytes:
    return text.encode()


def mutate(data: bytes, random: Random) -> bytes:
    """The text with lines doubled, dropped, swapped, joined and filled with odd letters; or its bytes broken."""
    if random.random() < 0.2:
        return broken_bytes(data, random)
    lines = data.decode("utf-8", "replace").splitlines()
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(lines) + 1)
        stop = at + random.randint(1, 6)
        kind = random.randrange(9)
        if kind == 0:
            lines[at:at] = lines[at:stop] * random.randint(1, 30)
        elif kind == 1:
            del lines[at:stop]
        elif kind == 2:
            lines[at:at] = [phrase(random)]
        elif kind == 3:
            lines[at:stop] = ["".join(lines[at:stop])]
        elif kind == 4 and at < len(lines):
            place = random.randint(0, len(lines[at]))
            lines[at] = lines[at][:place] + random.choice(LETTERS) + lines[at][place:]
        elif kind == 5 and at < len(lines):
            lines[at] = random.choice(("\t", "  ", "#", "> ", "| ", "- ", "1. ", "    ", "\f")) + lines[at]
        elif kind == 6 and at < len(lines):
            lines[at] = random.choice(("   ", "\t", "|", " | ", ";", "  ")).join(lines[at].split())
        elif kind == 7:
            lines[at:at] = random.choice((_pipe_table, _spaced_table, _html_table, _flowed))(random).splitlines()
        else:
            random.shuffle(lines) if random.random() < 0.1 else lines.reverse() if random.random() < 0.1 else None
    return "\n".join(lines).encode()[:MOST_BYTES]


def _heading(random: Random) -> str:
    title = random.choice(HEADINGS)
    return random.choice(("# ", "## ", "", "1. ", "**", "1.2.3 ")) + title + random.choice(("", ":", "\n====", "\n---"))


def _paragraph(random: Random) -> str:
    return random.choice((" ", "\n", "-\n")).join(phrase(random) for _ in range(random.randint(1, 6)))


def _list(random: Random) -> str:
    markers = ("- ", "* ", "• ", "1. ", "a) ", "o ", "\t- ", "[ ] ", "(i) ", "99999. ")
    return "\n".join(random.choice(markers) + phrase(random) for _ in range(random.randint(1, 12)))


def _pipe_table(random: Random) -> str:
    columns = random.randint(1, 6 if random.random() < 0.9 else 200)
    rows = [["| " + random.choice(CELLS) for _ in range(columns)] for _ in range(random.randint(1, 12))]
    rows[1:1] = [["|---"] * random.randint(0, columns + 1)]
    return "\n".join("".join(row) + random.choice(("|", "")) for row in rows)


def _spaced_table(random: Random) -> str:
    columns = random.randint(2, 6)
    widths = [random.randint(1, 40) for _ in range(columns)]
    gap = random.choice(("\t", "  ", "     ", " "))
    rows = []
    for _ in range(random.randint(1, 15)):
        rows.append(gap.join(random.choice(CELLS)[: 3 * width].ljust(width) for width in widths))
    return "\n".join(rows)


def _html_table(random: Random) -> str:
    cells = ("<td>", "<th>", '<td rowspan="3">', '<td colspan="99999">', '<td rowspan="-1">', "<td><table><tr><td>")
    rows = ("".join(random.choice(cells) + phrase(random) for _ in range(random.randint(1, 5))) for _ in range(5))
    return "<table>" + "<tr>".join(rows) + random.choice(("</table>", "", "</td></table></table>"))


def _flowed(random: Random) -> str:
    """A copied page: cells one after the other, without lines of a table."""
    return "\n".join(random.choice(CELLS) for _ in range(random.randint(4, 60)))


def _signatures(random: Random) -> str:
    names = ("Anna Andersson", "Bo Berg", "KOMMUNDIREKTÖR", "Lokalpolisområdeschef", "____________", "Ort och datum")
    return "\n".join(
        random.choice(("\t\t", "        ", "\n")).join(random.choices(names, k=random.randint(1, 3)))
        for _ in range(random.randint(1, 6))
    )


def _noise(random: Random) -> str:
    return "".join(random.choice(LETTERS) for _ in range(random.randint(1, 40)))
