"""The reader's pure functions over words and lines: votes of columns, joined text, cut words, marks, broken input."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import TableFinder

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.layout_cuts import Spelling
from samsyn.extract.readers.layout_flow import measure_norms
from samsyn.extract.readers.layout_growth import grow_region
from samsyn.extract.readers.layout_lattice import find_cells
from samsyn.extract.readers.layout_lines import TextLine, find_lines, make_line
from samsyn.extract.readers.layout_page import Rule, Word
from samsyn.extract.readers.layout_regions import Ground, Region, Row, Strip, find_rows
from samsyn.extract.readers.layout_rows import vote_of_column
from samsyn.extract.readers.layout_slots import cut_region
from samsyn.extract.readers.layout_text import compose, count_words
from samsyn.extract.readers.pdf_cautions import name_pages
from samsyn.extract.readers.pdf_reader import read_pdf
from samsyn.vocabulary.words import known_words
from tests.hostile.pdf import pdf
from tests.pdf_builder import Page, build

EM = 10.0


def words(text: str, *, x: float = 0.0, y: float = 100.0, size: float = EM, **style: Any) -> list[Word]:
    """Words set half a size wide a letter, one space apart."""
    found = []
    for part in text.split(" "):
        width = 0.5 * size * len(part)
        found.append(Word(part, x, y - 0.78 * size, x + width, y + 0.22 * size, y, size, **style))
        x += width + 0.25 * size
    return found


def line(text: str, *, x: float = 0.0, y: float = 100.0, **style: bool) -> TextLine:
    return make_line(1, words(text, x=x, y=y, **style))


def column(*texts: str) -> list[TextLine]:
    """Lines below each other."""
    return [line(text, y=100.0 + 12 * index) for index, text in enumerate(texts)]


class TestVotes:
    """Whether a line begins a table row, as one column sees it; the column is 100 points wide."""

    @pytest.mark.parametrize(
        ("before", "following", "ended"),
        [
            (("Alla skolor har en plan.",), "Nattvandring", False),
            (("Polisen",), "Polisen", False),
            (("Polisen",), "Räddningstjänsten", True),
            ((), "Löpande", False),
        ],
    )
    def test_for_a_new_row(self, before: tuple[str, ...], following: str, ended: bool) -> None:
        """A cell that had ended, that says the same as the one above, or a column that was closed or empty."""
        assert vote_of_column(column(*before), line(following), right=100, ended=ended).weight > 0

    @pytest.mark.parametrize(
        ("before", "following"),
        [
            (("Genomföra minst fyra",), "trygghetsvandringar"),
            (("Polisen, kommunen,",), "Fritidsgården"),
            (("Barn- och utbildnings-",), "nämnden"),
            (("Återkoppling i Trygga",), "Sjövik"),
            (("Samtal med ungdomen.",), "(SN, KFN)"),
        ],
    )
    def test_for_going_on(self, before: tuple[str, ...], following: str) -> None:
        """A sentence in the middle, an open list, a hyphen, a full line without an end, a bracket."""
        assert vote_of_column(column(*before), line(following), right=100, ended=False).weight < 0

    def test_the_reason_is_told(self) -> None:
        """Joins say why they were made."""
        assert vote_of_column((), line("Löpande"), right=100, ended=False).reason == "a column without text gets some"


class TestText:
    def test_lines_know_where_they_start(self) -> None:
        """Also over a hyphen that was undone."""
        lines = column("Det är ett brottsföre-", "byggande arbete")
        composed = compose(lines, count_words(lines))
        assert composed.text == "Det är ett brottsförebyggande arbete"
        assert [composed.text[part.start :][:6] for part in composed.lines] == ["Det är", "byggan"]

    def test_emphasis_over_a_line_end_is_one_stretch(self) -> None:
        """Spaces between bold words are bold too."""
        lines = [line("Viktigt", bold=True), line("att veta", y=112, bold=True)]
        assert [(span.start, span.end) for span in compose(lines, count_words(lines)).emphasis] == [(0, 16)]

    def test_a_hyphen_stays_where_the_document_writes_it(self) -> None:
        """'e-tjänst' elsewhere keeps its hyphen at a line end."""
        lines = column("Anmäl via en e-", "tjänst på webben")
        stock = count_words([*lines, *column("Kommunen har en e-tjänst för klotter")])
        assert compose(lines, stock).text == "Anmäl via en e-tjänst på webben"

    @pytest.mark.parametrize(
        ("parts", "known", "joined"),
        [
            (("Säkerhetssam", "ordnaren"), "vår säkerhetssamordnare leder", "Säkerhetssamordnaren"),
            (("Kom", "mune", "n"), "varje kommun i länet", "Kommunen"),
            (("Områdespolis", "en"), "", "Områdespolisen"),
            (("Fastighetsägare", ", föreningar"), "", "Fastighetsägare, föreningar"),
            (("Nattvandring", "med föräldrar"), "en nattvandring med vuxna", "Nattvandring med föräldrar"),
            (("Polis", "en gång om året"), "möte med polis en gång om året", "Polis en gång om året"),
            (("Bostadsföretagen", "samverkar"), "", "Bostadsföretagen samverkar"),
            (("Ungdomsmottagni", "ngen"), "", "Ungdomsmottagningen"),
            (("Åtgärdsansvarig", "i kommunen"), "", "Åtgärdsansvarig i kommunen"),
        ],
    )
    def test_words_cut_by_a_narrow_column(self, parts: tuple[str, ...], known: str, joined: str) -> None:
        """A lone word that fills its line may go on below; the spelling of the document and the vocabulary decides."""
        lines = [
            # Each part but the last is drawn to the column's edge at 60 points.
            make_line(1, [words(part)[0]._replace(x0=0, x1=60.0, baseline=100 + 12 * index), *words(part, x=70)[1:]])
            for index, part in enumerate(parts)
        ]
        stock = count_words([*lines, *(column(known) if known else [])], known_words=known_words)
        assert compose(lines, stock, reach=60.0).text == joined

    @given(st.lists(st.text(alphabet="abcåäö -", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6))
    def test_every_line_starts_within_the_text(self, texts: list[str]) -> None:
        """Offsets never run past the text, nor backwards."""
        lines = column(*(" ".join(text.split()) for text in texts))
        composed = compose(lines, count_words(lines))
        starts = [part.start for part in composed.lines]
        assert starts == sorted(starts)
        assert starts[0] == 0
        assert starts[-1] <= len(composed.text)


class TestLines:
    def test_a_raised_mark_leaves_the_line(self) -> None:
        """With the number of words before it."""
        (found,) = find_lines(1, [*words("enligt index"), *words("2", x=62, y=96, size=6), *words("varje år", x=70)])
        assert found.text == "enligt index varje år"
        assert found.marks == ((2, "2"),)

    def test_superscript_letters_are_marks_too(self) -> None:
        """Some files write '¹' as a letter of its own."""
        (found,) = find_lines(1, words("förhållanden¹. Det gäller"))
        assert found.text == "förhållanden. Det gäller"
        assert found.marks == ((1, "1"),)

    def test_a_wide_gap_parts_a_line(self) -> None:
        """But not the gap behind a list marker."""
        parted = find_lines(1, [*words("Kommunen"), *words("Polisen", x=200)])
        assert [part.text for part in parted] == ["Kommunen", "Polisen"]
        (item,) = find_lines(1, [*words("•"), *words("fler poliser", x=30)])
        assert item.text == "• fler poliser"


_PLACES = st.lists(st.integers(0, 40), min_size=2, max_size=5, unique=True).map(sorted)


@settings(deadline=None)
@given(_PLACES, _PLACES, st.data())
def test_the_cells_of_rules_are_those_that_pdfplumber_finds(xs: list[int], ys: list[int], data: st.DataObject) -> None:
    """Whatever sides are missing, and however near the rules lie; its finder is the slow reference."""
    drawn = st.booleans()
    flat = [Rule(a, y, b, y) for y in ys for a, b in pairwise(xs) if data.draw(drawn)]
    upright = [Rule(x, a, x, b) for x in xs for a, b in pairwise(ys) if data.draw(drawn)]
    rules = [*flat, *upright]
    kinds = [{"object_type": "line", "orientation": "h" if rule.is_horizontal else "v"} for rule in rules]
    sizes = [{"width": rule.x1 - rule.x0, "height": rule.bottom - rule.top} for rule in rules]
    edges = [rule._asdict() | kind | size for rule, kind, size in zip(rules, kinds, sizes, strict=True)]
    page: Any = SimpleNamespace(edges=edges, bbox=(0, 0, 50, 50), chars=[])
    assert find_cells(rules) == TableFinder(page).cells


def test_pages_are_named_in_spans() -> None:
    """One page, several, and runs."""
    assert name_pages([4]) == "Sida 4"
    assert name_pages([1, 2, 3, 7, 9, 10]) == "Sidorna 1–3, 7, 9–10"


WHOLE = build(
    Page().paragraph("Avtalet gäller från den 1 januari.").table((("Insats", "När"), ("Tillsyn", "Maj")), (200, 100))
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_end_in_our_own_error_or_a_document(place: int, noise: bytes) -> None:
    """A file is never trusted: nothing but UnreadableDocument comes out."""
    data = WHOLE[:place] + noise + WHOLE[place + len(noise) :]
    with suppress(UnreadableDocument):
        assert read_pdf(data, file="prov.pdf").pages


def test_word_of_one_letter_may_be_cut() -> None:
    """Protects tables with single letters in narrow columns: how words end is known for every length that is asked."""
    spelling = Spelling({"n": 600, "nabo": 1, "man": 5})
    assert spelling.is_cut("n", "abo") in (True, False)


def test_a_column_of_single_words_leaves_no_gap_to_look_in() -> None:
    """Protects tables whose body is one column of single words: what the header says of the columns is kept."""
    header = Row((line("Aktivitet", bold=True), line("Ansvarig", x=200, bold=True)))
    body = [Row((line(text, y=100 + 12 * number),)) for number, text in enumerate(("Nattvandring", "Tillsyn"), 1)]
    region = Region((header, *body), (Strip(60, 200),), frozenset(), 0.0)
    norms = measure_norms([row.lines for row in region.rows])
    slots = cut_region(region, Ground((), (), norms))
    assert slots.column_count == 2
    assert [slots.texts(index) for index in range(3)] == [["Aktivitet", "Ansvarig"], ["Nattvandring"], ["Tillsyn"]]


def test_a_band_below_the_rows_of_a_table_is_none_of_it() -> None:
    """Protects against an index out of range: bands that headings below a table take with them are left out."""
    body = [line(text, x=x, y=100 + 12 * row) for row in range(4) for x, text in ((0, "Insats"), (200, "Polisen"))]
    band = line("Ett band i fetstil som går tvärs över båda kolumnerna", y=160, bold=True)
    far = [line("Annat", y=300), line("Mer", x=200, y=300)]
    rows = find_rows([*body, band, line("Rubrik", y=178, bold=True), *far])
    region = grow_region(rows, 0, Ground((), (), measure_norms([[line for row in rows for line in row.lines]])))
    assert region is not None
    assert (len(region.rows), region.bands) == (4, frozenset())


def test_letters_larger_than_their_page_are_not_read() -> None:
    """Protects every measure of a page: a letter of a thousand points is seen by nobody and would drown the rest."""
    text = b"BT /F1 12 Tf 72 720 Td (Samverkan mellan kommunen och polisen) Tj ET\n"
    document = read_pdf(pdf(text + b"BT /F1 1000 Tf 100 420 Td (j) Tj ET\n"), file="prov.pdf")
    assert [block.text for block in document.blocks] == ["Samverkan mellan kommunen och polisen"]
