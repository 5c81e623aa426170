"""Texts: no structure that is expensive by its size alone may be read in more than proportion."""

from __future__ import annotations

_SENTENCE = "Polisen och kommunen ska minska antalet inbrott till högst 40 under 2027. "
_MANY = 60_000


def texts() -> dict[str, bytes]:
    """Each text by its name; the ending says what it claims to be."""
    made = {
        "one line.txt": "a" * 3_000_000,
        "one line of words.txt": _SENTENCE * 20_000,
        "one line of digits.txt": "1" * _MANY,
        "numbers with full stops.txt": "1." * _MANY,
        "many short lines.txt": "- x\n" * _MANY,
        "many headings.md": "# Mål\n\nx\n\n" * 4_000,
        "the same cue.txt": "Vi lovar att\n" * 20_000,
        "only blanks.md": " " * 500_000 + "Mål",
        "blanks in lines.txt": ("Mål" + " " * 2_000 + "x\n") * 200,
        "tabs.txt": ("a\t" * 300 + "\n") * 200,
        "pipes.md": "|" * _MANY,
        "wide table.md": "|".join(["x"] * 3_000) + "\n" + "|".join(["-"] * 3_000) + "\n" + "|".join(["y"] * 3_000),
        "long table.md": "| Åtgärd | Ansvarig |\n|---|---|\n" + "| Grannsamverkan | Polisen |\n" * 8_000,
        "stars.md": "*" * _MANY,
        "open stars.md": "*a " * 20_000,
        "brackets.md": "[" * _MANY,
        "links.md": "[a](" * 20_000,
        "backticks.md": "`" * _MANY,
        "quotes.md": ">" * _MANY,
        "hashes.md": "#" * _MANY,
        "underlines.txt": "_" * _MANY,
        "leaders.txt": ("Mål" + "." * 500 + "3\n") * 500,
        "hyphens at line ends.txt": "sam-\n" * 20_000,
        "divs.md": "<div>" * _MANY + "Mål",
        "nested tables.md": "<table><tr><td>" * 5_000 + "Mål",
        "wide spans.md": "<table><tr><td colspan=99999999 rowspan=99999999>Mål</td></tr></table>",
        "open comments.md": "<!--" * 20_000,
        "entities.md": "&" * _MANY + "&#99999999999;&#x0;&amp",
        "marks on a letter.txt": "a" + "\u0301" * _MANY,
        "soft hyphens.txt": "\u00ad" * _MANY + "Mål",
        "footnotes.md": "[^1] " * 20_000 + "\n[^1]: x\n" * 2_000,
        "dates.txt": "2024-01-01--2027-12-31 " * 5_000,
        "years.txt": "2019, 2020, 2021 och " * 5_000,
        "names.txt": "Anna Andersson, kommunstyrelsens ordförande\n" * 5_000,
        "signature lines.txt": "Ort och datum\t____________\n" * 5_000,
        "municipalities.txt": "Habo Håbo Mora Åre Nora " * 8_000,
        "initials.txt": "A. " * _MANY,
        "brackets in prose.txt": "(" * _MANY + ")" * _MANY,
        "percent.txt": "från 3,72 till 4,72 procent " * 5_000,
    }
    others = {
        "nul.txt": b"M\xc3\xa5l\0\0\0" * 100,
        "odd utf-16.txt": "Mål".encode("utf-16") + b"\0",
        "lone surrogates.txt": b"\xff\xfe" + b"\x00\xd8" * 500,
        "escape codes.txt": b"M\xc3\xa5l \x1b[2J\x1b]0;x\x07 \x9b31m",
    }
    return {name: text.encode() for name, text in made.items()} | others
