"""Values that break programs: numbers at and over the edges, letters that are none, bytes; and words of agreements."""

from __future__ import annotations

from random import Random

NUMBERS = (
    "0", "-0", "1", "-1", "2", "0.0001", "-0.5", "7.99", "1e9", "-1e9", "99999999999", "2147483647", "-2147483648",
    "4294967296", "1e38", "1e400", "NaN", "inf", "-inf", "+", "--5", "0x10", "65535", "65536", "842", "595", "",
)  # fmt: skip
LETTERS = (
    "\x00", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\u00a0", "\u00ad", "\u0301", "\u0301" * 40, "\u200b", "\u200f",
    "\u2028", "\u2029", "\u202e", "\ufeff", "\ufffd", "\uffff", "\U0001f46e", "\U000e0041", "ﬁ", "²", "½", "٣", "Ⅳ",
    "•", "–", "…" * 20, "_" * 60, "." * 80, "\t" * 9, " " * 200, "=HYPERLINK(\"x\")", "<script>alert(1)</script>",
    "]]>", "&amp;", "{{7*7}}", "%s", "../../x", "| | |", "---", "***", "```", "<td rowspan=9999>", "[^1]:", "\\",
)  # fmt: skip
HEADINGS = (
    "Samverkansöverenskommelse", "Bakgrund", "Problembild", "Lägesbild", "Orsaksanalys", "Mål", "Övergripande mål",
    "Delmål", "Effektmål", "Åtgärder", "Aktiviteter", "Handlingsplan", "Fokusområde 1: Trygghet", "Insatsområde 2",
    "Uppföljning", "Giltighetstid", "Underskrifter", "Medborgarlöfte", "Polisen lovar", "Bilaga 1", "1.1.1.1", "Parter",
)  # fmt: skip
CELLS = (
    "Vad", "Vem", "När", "Ansvarig", "Åtgärd kommun", "Åtgärd polis", "Mål", "Indikator", "Uppföljning", "Status",
    "Grannsamverkan ska utökas", "SN, BUN (KS)", "Polisen", "Kommunen", "2024", "Q3 2025", "Löpande", "", "-",
    "Halvera antalet anmälda brott till 2027", "från 3,72 till 4,72", "minst 15 gånger per år", "99999999999 %",
)  # fmt: skip
SENTENCES = (
    "Överenskommelsen gäller från och med 1 januari 2024 till och med den 31 december 2027.",
    "Kommunen och polisen ska gemensamt arbeta för att minska otryggheten i centrum.",
    "Andelen som känner sig trygga ska öka från 55 procent till 70 procent senast 2026.",
    "Under helgerna samlas ungdomar vid busstationen, och skadegörelsen har ökat.",
    "För Norrdala kommun: Anna Andersson, kommunstyrelsens ordförande",
    "Datum: ____________  Ort: ____________",
    "Dnr KS 2023/00123. Antagen av kommunfullmäktige 2023-12-11 § 145.",
    "Vi lovar att patrullera till fots minst två kvällar i veckan under perioden 2024-2025.",
    "Gäller 31 februari 2024 - 1 januari 1999, tills vidare, dock längst till 99999.",
)  # fmt: skip
MOST_BYTES = 400_000
"""A mutated document is cut to this: what is looked for is reading that is out of proportion."""


def number(random: Random) -> str:
    """A number as text, odd as often as not."""
    return random.choice(NUMBERS) if random.random() < 0.7 else str(random.randint(-(10**6), 10**6))


def phrase(random: Random) -> str:
    """Words of an agreement, odd letters among them now and then."""
    text = random.choice(random.choice((HEADINGS, CELLS, SENTENCES)))
    while random.random() < 0.2:
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(LETTERS) + text[at:]
    return text * (random.randint(2, 60) if random.random() < 0.03 else 1)


def broken_bytes(data: bytes, random: Random, most: int = 8) -> bytes:
    """The bytes with some flipped, cut out, repeated, moved or put in, or the end missing."""
    whole = bytearray(data)
    for _ in range(random.randint(1, most)):
        at = random.randrange(len(whole) + 1)
        kind = random.randrange(6)
        if kind == 0 and whole:
            whole[at % len(whole)] = random.randrange(256)
        elif kind == 1:
            del whole[at : at + random.randint(1, 200)]
        elif kind == 2:
            whole[at:at] = random.randbytes(random.randint(1, 16))
        elif kind == 3:
            whole[at:at] = whole[at : at + random.randint(1, 400)] * random.randint(1, 20)
        elif kind == 4:
            other = random.randrange(len(whole) + 1)
            whole[at:at] = whole[other : other + random.randint(1, 200)]
        elif random.random() < 0.2:
            del whole[at:]
    return bytes(whole[:MOST_BYTES])
