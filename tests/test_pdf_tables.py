"""Tables of a PDF: with rules, with some, with none; over page turns; activity cards; and what is no table."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from samsyn.extract.read import read_document
from samsyn.models.document import BlockKind, Document, Table
from samsyn.pipeline import extract_agreement
from tests.pdf_builder import LEFT, Page, build, read, rows_of, tables, texts, wrap

PROSE = (
    "Handlingsplanen samlar de åtgärder som parterna har kommit överens om. Den gås igenom två gånger om året i det "
    "lokala brottsförebyggande rådet, som kan ändra den. Det som är klart stryks och nytt läggs till efter hand."
)
HEADER = ("Åtgärd", "Ansvarig", "Tidplan")
ROWS = (
    HEADER,
    ("Trygghetsvandring i alla kommundelar med boende och fastighetsägare", "Säkerhetssamordnaren", "Varje år i april"),
    ("Föräldramöten i årskurs 6 om alkohol och narkotika", "Rektorerna, fältgruppen", "Höstterminen"),
    ("Grannsamverkan i nya områden", "Kommunpolisen", "Löpande"),
)
WIDTHS = (210.0, 140.0, 105.0)
CARD = [["Aktivitet", "Nattvandring"], ["Ansvarig", "Föreningarna"], ["Tid", "Fredagar"], ["Resurser", "Västar"]]


def first_table(document: Document) -> Table:
    table = next(block.table for block in document.blocks if block.table is not None)
    assert table is not None
    return table


def count_known(rows: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], int]:
    """A hint that knows the labels of these rows."""
    return lambda texts: sum(text in {row[0] for row in rows} for text in texts)


def grid_page(*, below: str = "Efter tabellen följer en mening.", **style: Any) -> Page:
    page = Page().paragraph(PROSE).table(ROWS, WIDTHS, **style)
    return page.paragraph(below)


class TestRuled:
    def test_cells_rows_and_header(self) -> None:
        """Wrapped cells are whole, the bold row at the top is the header, the text around stays outside."""
        document = read(grid_page())
        assert tables(document) == [[list(row) for row in ROWS]]
        table = first_table(document)
        assert (table.row_count, table.column_count, table.header_rows, table.ruled) == (4, 3, 1, True)
        assert texts(document, BlockKind.PARAGRAPH) == [PROSE, "Efter tabellen följer en mening."]
        cell = next(cell for cell in table.cells if cell.row == 2 and cell.column == 1)
        assert cell.blocks[0].id == "b2.r2.c1.0"
        assert cell.blocks[0].lines[0].box is not None

    def test_the_cells_are_those_that_pdfplumber_finds(self) -> None:
        """pdfplumber's own page is the slow reference for what our rules give."""
        import pdfplumber

        data = build(grid_page())
        with pdfplumber.open(io.BytesIO(data)) as reference:
            wanted = reference.pages[0].extract_tables()
        found = tables(read(grid_page()))
        assert [[[cell.split() for cell in row] for row in table] for table in found] == [
            [[(cell or "").split() for cell in row] for row in table] for table in wanted
        ]

    def test_a_band_over_all_columns_is_one_cell(self) -> None:
        """Focus areas often stand as rows over the whole width."""
        rows = (HEADER, ("Fokusområde 1 – Trygg skola",), *ROWS[1:3], ("Fokusområde 2 – Trygga hem",), ROWS[3])
        table = first_table(read(Page().paragraph(PROSE).table(rows, WIDTHS)))
        bands = [(cell.row, cell.column_span, cell.text) for cell in table.cells if cell.column_span > 1]
        assert bands == [(1, 3, "Fokusområde 1 – Trygg skola"), (4, 3, "Fokusområde 2 – Trygga hem")]

    def test_a_missing_rule_merges_cells_downwards(self) -> None:
        """The first column names the area once for the rows beside it."""
        page = Page().paragraph(PROSE)
        top = page.y
        for y, x0 in ((top, 70), (top + 30, 200), (top + 60, 200), (top + 90, 70)):
            page.rule(x0, y, 500, y)
        for x in (70, 200, 500):
            page.rule(x, top, x, top + 90)
        page.text(76, top + 18, "Trygg uppväxt", size=9)
        for index, text in enumerate(("Nattvandring", "Läxhjälp", "Öppen fritidsgård")):
            page.text(206, top + 18 + 30 * index, text, size=9)
        table = first_table(read(page))
        assert [(cell.row, cell.row_span, cell.text) for cell in table.cells if cell.column == 0] == [
            (0, 3, "Trygg uppväxt")
        ]
        assert table.row_count == 3

    def test_tables_side_by_side(self) -> None:
        """Two cards with a gap between them, every row at the same height, are two tables."""
        page = Page().paragraph(PROSE)
        top = page.y
        for left in (70, 300):
            for index in range(4):
                page.rule(left, top + 25 * index, left + 200, top + 25 * index)
            for x in (left, left + 60, left + 200):
                page.rule(x, top, x, top + 75)
            for index, (label, value) in enumerate((("Vad", f"Insats {left}"), ("Vem", "Polisen"), ("När", "Våren"))):
                page.text(left + 6, top + 16 + 25 * index, label, size=9)
                page.text(left + 66, top + 16 + 25 * index, value, size=9)
        assert tables(read(page)) == [
            [["Vad", f"Insats {left}"], ["Vem", "Polisen"], ["När", "Våren"]] for left in (70, 300)
        ]

    def test_open_sides_are_closed(self) -> None:
        """Many tables have rules between rows and columns but none around."""
        page = Page().paragraph(PROSE)
        top = page.y
        for index in range(4):
            page.rule(70, top + 25 * index, 500, top + 25 * index)
        page.rule(250, top, 250, top + 75)
        for index, (left, right) in enumerate(
            (("Insats", "Ansvarig"), ("Belysning", "Gatuchefen"), ("Tillsyn", "Nämnden"))
        ):
            page.text(76, top + 16 + 25 * index, left, size=9).text(256, top + 16 + 25 * index, right, size=9)
        assert tables(read(page)) == [[["Insats", "Ansvarig"], ["Belysning", "Gatuchefen"], ["Tillsyn", "Nämnden"]]]

    def test_a_header_without_a_rule_above_it_is_closed_at_its_sides_too(self) -> None:
        """Rules between the cells alone: the outer header cells have no side, and nothing above them."""
        page = Page().paragraph(PROSE)
        top = page.y
        for index in (1, 2, 3):
            page.rule(70, top + 25 * index, 500, top + 25 * index)
        for x in (200, 350):
            page.rule(x, top, x, top + 75)
        rows = (("Mål", "Insats", "Tid"), ("Färre rån", "Belysning", "2025"), ("Fler ute", "Vandring", "2026"))
        for index, row in enumerate(rows):
            for x, text in zip((76, 206, 356), row, strict=True):
                page.text(x, top + 16 + 25 * index, text, size=9)
        assert tables(read(page)) == [[list(row) for row in rows]]

    def test_a_frame_around_text_is_no_table(self) -> None:
        """Its paragraphs are ordinary blocks."""
        page = Page().paragraph(PROSE)
        top = page.y
        page.y += 6
        page.paragraph("Faktaruta", bold=True, x=80, width=400, gap=2).paragraph(
            "Kommunen har 9 000 invånare.", x=80, width=400
        )
        for a, b, c, d in (
            (70, top, 500, top),
            (70, page.y, 500, page.y),
            (70, top, 70, page.y),
            (500, top, 500, page.y),
        ):
            page.rule(a, b, c, d)
        document = read(page)
        assert tables(document) == []
        assert texts(document)[1:] == ["Faktaruta", "Kommunen har 9 000 invånare."]

    def test_a_table_in_a_cell_is_a_block_of_the_cell(self) -> None:
        """Nested tables keep their own rows."""
        page = Page().paragraph(PROSE)
        top = page.y
        for y in (top, top + 120, top + 150):
            page.rule(70, y, 520, y)
        for x in (70, 200, 520):
            page.rule(x, top, x, top + 150)
        page.text(76, top + 16, "Insatser", size=9).text(76, top + 136, "Totalt", size=9).text(
            206, top + 136, "Två", size=9
        )
        inner = Page(y=top + 20)
        inner.table((("Vad", "Vem"), ("Vandring", "Polisen")), (120, 120), x=220)
        page.steps += inner.steps
        table = first_table(read(page))
        holder = next(cell for cell in table.cells if (cell.row, cell.column) == (0, 1))
        (nested,) = [block for block in holder.blocks if block.table is not None]
        assert rows_of(nested) == [["Vad", "Vem"], ["Vandring", "Polisen"]]
        assert nested.id == "b2.r0.c1.0"
        assert nested.table is not None
        assert nested.table.cells[0].blocks[0].id == "b2.r0.c1.0.r0.c0.0"

    def test_paragraphs_and_items_in_a_cell_stay_apart(self) -> None:
        """A cell is read like a small page."""
        rows = (HEADER, ("Bygga om torget\n- ny belysning\n- färre buskar", "Tekniska nämnden", "2026"))
        table = first_table(read(Page().paragraph(PROSE).table(rows, WIDTHS)))
        blocks = next(cell.blocks for cell in table.cells if cell.row == 1)
        assert [(block.kind, block.text) for block in blocks] == [
            (BlockKind.PARAGRAPH, "Bygga om torget"),
            (BlockKind.LIST_ITEM, "ny belysning"),
            (BlockKind.LIST_ITEM, "färre buskar"),
        ]

    def test_a_long_word_cut_by_its_column_is_made_whole(self) -> None:
        """Word processors cut what does not fit, without a hyphen; the rest of the document knows the word."""
        page = Page().paragraph("Säkerhetssamordnaren håller ihop arbetet. " + PROSE)
        rows = (HEADER, ("Vandring", "Säkerhetssa\nmordnaren", "Maj"))
        page.table(rows, (210, 62, 105))
        assert tables(read(page))[0][1] == ["Vandring", "Säkerhetssamordnaren", "Maj"]


class TestOverPages:
    def split(self, head: tuple[str, ...], *, repeat: bool) -> Document:
        first = Page(y=560).paragraph(PROSE).table((*ROWS[:2], head), WIDTHS)
        rest = ("boende och polis deltar.", "", "")
        second = Page().table(((HEADER,) if repeat else ()) + (rest, ROWS[3]), WIDTHS, bold_header=repeat)
        return read(first, second.paragraph("Efter tabellen."))

    @pytest.mark.parametrize("repeat", [True, False])
    def test_a_row_cut_by_the_turn_is_made_whole(self, repeat: bool) -> None:
        """The sentence goes on in lower case and no other column gets text; a repeated header is dropped."""
        document = self.split(("Nattvandring varje fredag där", "Föreningarna", "Löpande"), repeat=repeat)
        assert tables(document) == [
            [
                list(HEADER),
                list(ROWS[1]),
                ["Nattvandring varje fredag där boende och polis deltar.", "Föreningarna", "Löpande"],
                list(ROWS[3]),
            ]
        ]
        table = first_table(document)
        assert len(table.joins) == 2
        assert "row goes on" in table.joins[1]
        cell = next(cell for cell in table.cells if cell.row == 2)
        assert [line.page for line in cell.blocks[0].lines] == [1, 2]
        assert [line.page for line in next(block for block in document.blocks if block.table).lines] == [1, 2]

    def test_whole_rows_stay_apart(self) -> None:
        """A new row begins where the cells had ended and all columns get text."""
        first = Page(y=560).paragraph(PROSE).table(ROWS[:3], WIDTHS)
        document = read(first, Page().table((ROWS[3], ROWS[1]), WIDTHS, bold_header=False))
        assert tables(document) == [[list(row) for row in (*ROWS, ROWS[1])]]

    def test_a_header_alone_at_a_pages_end_has_its_rows_on_the_next(self) -> None:
        """The first row there may be shaded or in bold: it is no header of another table."""
        first = Page(y=730).table([HEADER], WIDTHS)
        second = Page().table(ROWS[1:], WIDTHS, bold_header=True)
        assert tables(read(first, second)) == [[list(row) for row in ROWS]]

    def test_a_label_at_the_top_begins_a_row_of_its_card(self) -> None:
        """'Syfte' in bold is no rest of the row above, however that ended."""
        card = [
            ["Aktivitet", "Nattvandring"],
            ["Medverkande", "Skolan, fältgruppen,"],
            ["Syfte", "Färre bråk"],
            ["Tid", "Fredagar"],
        ]
        style: dict[str, Any] = {"bold_header": False, "bold_labels": True}
        first = Page(y=700).table(card[:2], (110, 300), **style)
        assert tables(read(first, Page().table(card[2:], (110, 300), **style)))[0] == card

    def test_a_cell_alone_at_the_top_goes_on(self) -> None:
        """A name of two lines, cut between them, is no row of its own where all other rows are filled."""
        first, second = Page(y=700), Page()
        first.table([["Vad", "Kommun", "Polis"], ["SIG", "Socialtjänsten", "Deltar"]], (120, 150, 150))
        rows = [["Sociala insatsgrupper", "", ""], ["Nattvandring", "Fritid", "Deltar"]]
        second.table(rows, (120, 150, 150), bold_header=False)
        assert tables(read(first, second))[0][1:] == [
            ["SIG\nSociala insatsgrupper", "Socialtjänsten", "Deltar"],
            ["Nattvandring", "Fritid", "Deltar"],
        ]

    def test_two_words_set_to_both_edges_of_a_justified_cell_are_one_line(self) -> None:
        """'Individ- och' reaches from edge to edge where the break after it is a manual one."""
        page = Page()
        top = page.y + 21.25
        text = "Stöd till familjer som har det svårt i vardagen"
        page.table([["Åtgärd", "Ansvarig"], [text, ""]], (150, 120))
        right = LEFT + 265 - stringWidth("och", "Helvetica", 9)
        page.text(LEFT + 155, top + 14, "Individ-", size=9).text(right, top + 14, "och", size=9)
        page.text(LEFT + 155, top + 25.25, "familjeomsorgen", size=9)
        assert tables(read(page))[0][1] == [text, "Individ- och familjeomsorgen"]

    def test_a_merged_cell_goes_on_over_the_turn(self) -> None:
        """The empty cell at the top of the next page is the rest of the merged one, where others are merged too."""
        widths = (120.0, 200.0, 135.0)
        first = Page(y=700).table((("Mål", "Åtgärd", "Tid"), ("Färre inbrott", "Grannsamverkan", "2025")), widths)
        second = Page()
        grid = (
            ("", "Märkning av cyklar", "2026"),
            ("Trygga torg", "Ny belysning", "2026"),
            ("", "Ordningsvakter", "2027"),
        )
        for number, row in enumerate(grid):
            top = 80.0 + 24 * number
            for x0, x1, text in zip((70, 190, 390), (190, 390, 525), row, strict=True):
                second.rule(x0, top, x0, top + 24).rule(x1, top, x1, top + 24)
                if number != 2 or text != "":
                    second.rule(x0, top, x1, top)
                second.text(x0 + 5, top + 14, text, size=9)
        second.rule(70, 152, 525, 152)
        table = first_table(read(first, second))
        goals = [row[0].text if row[0] is not None else None for row in table.rows()]
        assert goals == ["Mål", "Färre inbrott", "Färre inbrott", "Trygga torg", "Trygga torg"]

    def test_a_merged_cell_cut_in_its_text_goes_on_over_the_turn(self) -> None:
        """It alone has no rule below it at the page's end: the row beside it has ended, its own text has not."""
        places = ((70, 190), (190, 390), (390, 525))
        first, second = Page(y=700).paragraph(PROSE), Page()
        top = first.y
        rows = (("Mål", "Åtgärd", "Tid"), ("Fler ska trivas på", "Ny belysning", "2026"))
        for number, row in enumerate(rows):
            for column, ((x0, x1), text) in enumerate(zip(places, row, strict=True)):
                y = top + 24 * number
                first.rule(x0, y, x0, y + 24).rule(x1, y, x1, y + 24).rule(x0, y, x1, y)
                first.text(x0 + 5, y + 14, text, size=9, bold=number == 0)
                if number == 1 and column:
                    first.rule(x0, y + 24, x1, y + 24)
        for (x0, x1), text in zip(places, ("torgen.", "Trygghetsvärdar", "2027"), strict=True):
            second.rule(x0, 80, x0, 104).rule(x1, 80, x1, 104).rule(x0, 80, x1, 80).rule(x0, 104, x1, 104)
            second.text(x0 + 5, 94, text, size=9)
        table = first_table(read(first, second))
        assert [[cell.text if cell else None for cell in row] for row in table.rows()] == [
            ["Mål", "Åtgärd", "Tid"],
            ["Fler ska trivas på torgen.", "Ny belysning", "2026"],
            ["Fler ska trivas på torgen.", "Trygghetsvärdar", "2027"],
        ]

    def test_a_cell_cut_behind_a_word_that_leads_on_goes_on(self) -> None:
        """'i' ends no cell, so that the next page's capital begins no row."""
        rows = (HEADER, ("Grannsamverkan marknadsförs i radhusområdena i", "Kommunpolisen och", "Löpande"))
        first = Page(y=700).table(rows, WIDTHS)
        second = Page().table((("Björkekärr och Torpa", "Grannföreningen", ""), ROWS[3]), WIDTHS, bold_header=False)
        found = tables(read(first, second, leading_words=frozenset({"i", "och"})))[0]
        assert [text.replace("\n", " ") for text in found[1][:2]] == [
            "Grannsamverkan marknadsförs i radhusområdena i Björkekärr och Torpa",
            "Kommunpolisen och Grannföreningen",
        ]

    def test_tables_with_a_heading_between_stay_apart(self) -> None:
        """Same columns are not enough."""
        first = Page(y=600).paragraph(PROSE).table(ROWS[:2], WIDTHS)
        second = Page().heading("Fokusområde 2").table((HEADER, ROWS[2]), WIDTHS)
        assert len(tables(read(first, second))) == 2

    def test_a_tail_with_text_in_one_cell_alone_belongs_to_its_row(self) -> None:
        """On its own it would be a frame, not a table."""
        first = (
            Page(y=600).paragraph(PROSE).table((HEADER, ("Vandring", "Polisen", "När det är mörkt ute och")), WIDTHS)
        )
        second = Page().table((("", "", "många rör sig."),), WIDTHS, bold_header=False)
        assert tables(read(first, second.paragraph("Slut.")))[0][1][2] == "När det är mörkt ute och många rör sig."

    def test_a_card_that_begins_with_a_label_seen_before_is_another(self) -> None:
        """Two activity cards with the same labels are never one table."""
        card = (("Aktivitet", "Nattvandring"), ("Ansvarig", "Föreningarna"), ("Tid", "Fredagar"))
        other = (("Aktivitet", "Läxhjälp"), ("Ansvarig", "Skolan"))
        style: dict[str, Any] = {"bold_header": False, "bold_labels": True}
        first = Page(y=620).paragraph(PROSE).table(card, (120, 300), **style)
        second = Page().table(other, (120, 300), **style)
        assert tables(read(first, second)) == [[list(row) for row in card], [list(row) for row in other]]

    def test_the_rest_of_a_card_goes_on(self) -> None:
        """Labels that the card did not have yet continue it."""
        style: dict[str, Any] = {"bold_header": False, "bold_labels": True}
        first = (
            Page(y=620)
            .paragraph(PROSE)
            .table((("Aktivitet", "Vandring"), ("Ansvarig", "Polisen")), (120, 300), **style)
        )
        second = Page().table((("Tid", "Våren"), ("Uppföljning", "Protokoll")), (120, 300), **style)
        assert [len(table) for table in tables(read(first, second))] == [4]


class TestUnruled:
    def test_a_bold_header_hangs_the_columns(self) -> None:
        """Rows are told by columns that end and begin again, and by what the cells say."""
        document = read(grid_page(ruled=False))
        assert tables(document) == [[list(row) for row in ROWS]]
        assert (first_table(document).header_rows, first_table(document).ruled) == (1, False)
        assert texts(document, BlockKind.PARAGRAPH) == [PROSE, "Efter tabellen följer en mening."]

    def test_known_header_words_do_where_type_says_nothing(self) -> None:
        """The caller knows the words that head measure tables."""
        page = grid_page(ruled=False, bold_header=False)
        assert tables(read(page, header_hint=lambda words: sum(word in HEADER for word in words)))[0][0] == list(HEADER)

    def test_a_row_may_begin_with_an_empty_cell(self) -> None:
        """A measure that only the police take has no municipal cell."""
        rows = (
            ("Åtgärd kommun", "Åtgärd polis", "Effekt"),
            ("Tillsyn av serveringsställen minst fyra gånger om året", "Delta vid tillsyn", "Färre bråk vid stängning"),
            ("", "Mobilt poliskontor i centrum på helgerna", "Ökad synlighet när många är ute"),
            ("Utbilda krögare i ansvarsfull servering", "Delta", "Mindre överservering"),
        )
        assert tables(read(Page().paragraph(PROSE).table(rows, (160, 150, 145), ruled=False))) == [
            [list(r) for r in rows]
        ]

    def test_the_table_goes_on_over_the_page_turn(self) -> None:
        """The columns are remembered, and a cut row is made whole."""
        head = ("Nattvandring varje fredag där", "Föreningarna", "Löpande")
        first = Page(y=640).paragraph(PROSE).table((HEADER, ROWS[1], head), WIDTHS, ruled=False)
        rest = (("boende och polis deltar", "", ""), ROWS[3])
        second = Page().table(rest, WIDTHS, ruled=False, bold_header=False).heading("Uppföljning").paragraph(PROSE)
        document = read(first, second)
        assert tables(document)[0][2:] == [
            ["Nattvandring varje fredag där boende och polis deltar", "Föreningarna", "Löpande"],
            list(ROWS[3]),
        ]
        assert texts(document)[-2:] == ["Uppföljning", PROSE]

    def test_a_shaded_band_is_a_row_of_its_own(self) -> None:
        """Bold over the columns, with the columns going on below."""
        rows = (
            HEADER,
            ROWS[1],
            ("Fokusområde 2 – Trygga mötesplatser i hela kommunen för alla åldrar",),
            ROWS[2],
            ROWS[3],
        )
        table = first_table(read(Page().paragraph(PROSE).table(rows, WIDTHS, ruled=False)))
        assert [(cell.row, cell.column_span) for cell in table.cells if cell.column_span > 1] == [(2, 3)]
        assert table.row_count == 5

    def test_rules_between_rows_part_them_whatever_they_say(self) -> None:
        """Two measures whose first cells both begin in lower case."""
        page = Page().paragraph(PROSE)
        for row in (HEADER, ("öppna fritidsgården", "nämnden", "våren"), ("bemanna torget", "polisen", "hösten")):
            page.rule(LEFT, page.y, 525, page.y)
            for x, text in zip((LEFT + 5, 285, 425), row, strict=True):
                page.text(x, page.y + 14, text, size=9, bold=row is HEADER)
            page.y += 20
        page.rule(LEFT, page.y, 525, page.y)
        assert tables(read(page)) == [
            [list(HEADER), ["öppna fritidsgården", "nämnden", "våren"], ["bemanna torget", "polisen", "hösten"]]
        ]

    def test_shading_shows_narrow_columns_and_a_header_of_two_rows(self) -> None:
        """A matrix of crosses under a header that stands over its columns."""
        page = Page().paragraph(PROSE)
        top = page.y
        edges = (70, 250, 300, 350, 520)
        for index in (0, 2):
            for x0, x1 in pairwise(edges):
                page.shade(x0, top + (0 if index == 0 else 30 + 20), x1, top + (30 if index == 0 else 30 + 40))
        page.text(75, top + 11, "Aktivitet", size=9, bold=True).text(255, top + 11, "Ansvarig", size=9, bold=True)
        page.text(355, top + 11, "När", size=9, bold=True)
        page.text(255, top + 24, "Kom.", size=9, bold=True).text(305, top + 24, "Polis", size=9, bold=True)
        for index, row in enumerate(
            (("Nattvandring", "X", "", "Fredagar"), ("Tillsyn av krogar", "X", "X", "Varje månad"))
        ):
            for x, text in zip(edges, row, strict=False):
                page.text(x + 5, top + 30 + 20 * index + 13, text, size=9)
        table = first_table(read(page))
        assert table.header_rows == 2
        spans = {cell.text: (cell.row, cell.row_span, cell.column_span) for cell in table.cells if cell.row < 2}
        assert spans["Ansvarig"] == (0, 1, 2)
        assert spans["Polis"] == (1, 1, 1)
        assert spans["Aktivitet"] == (0, 2, 1)
        assert [[cell.text for cell in row if cell] for row in table.rows()[2:]] == [
            ["Nattvandring", "X", "", "Fredagar"],
            ["Tillsyn av krogar", "X", "X", "Varje månad"],
        ]

    def test_labels_beside_values_are_cards(self) -> None:
        """A wide gap begins the next card."""
        page = Page().paragraph(PROSE)
        for card in (
            (
                ("Aktivitet", "Nattvandring med föräldrar"),
                ("Ansvarig", "Föreningarna"),
                ("Tid", "Fredagar och lördagar"),
            ),
            (("Aktivitet", "Läxhjälp på biblioteket"), ("Ansvarig", "Skolan och biblioteket"), ("Tid", "Tisdagar")),
        ):
            page.table(card, (110, 300), ruled=False, bold_header=False, bold_labels=True)
            page.y += 16
        found = tables(read(page))
        assert [len(table) for table in found] == [3, 3]
        assert found[1][0] == ["Aktivitet", "Läxhjälp på biblioteket"]

    def test_cards_whose_labels_alone_are_shaded(self) -> None:
        """Shading behind labels says nothing of the values: none of them is merged, no card begins with a header."""
        page = Page().paragraph(PROSE)
        for card in (
            ("Nattvandring med föräldrar", "Föreningarna", "Fredagar"),
            ("Läxhjälp på biblioteket", "Skolan", "Tisdagar"),
        ):
            for label, value in zip(("Aktivitet", "Ansvarig", "Tid"), card, strict=True):
                page.shade(LEFT, page.y, LEFT + 110, page.y + 14)
                page.text(LEFT + 4, page.y + 10, label, size=9, bold=True).text(LEFT + 120, page.y + 10, value, size=9)
                page.y += 15
            page.y += 20
        assert tables(read(page)) == [
            [["Aktivitet", "Nattvandring med föräldrar"], ["Ansvarig", "Föreningarna"], ["Tid", "Fredagar"]],
            [["Aktivitet", "Läxhjälp på biblioteket"], ["Ansvarig", "Skolan"], ["Tid", "Tisdagar"]],
        ]

    def test_a_card_cut_by_the_page_turn_is_made_whole(self) -> None:
        """The rest of a card comes first on the next page; the first label coming back begins another card."""
        cards = [
            (("Aktivitet", name), ("Ansvarig", "Kommunen"), ("Tid", "Löpande"), ("Status", "Pågår"))
            for name in ("Nattvandring med föräldrar", "Läxhjälp på biblioteket", "Tillsyn av krogar")
        ]
        style: dict[str, Any] = {"ruled": False, "bold_header": False, "bold_labels": True, "row_gap": 1}
        first = Page(y=640).paragraph(PROSE).table(cards[0], (110, 300), **style)
        first.table(cards[1][:1], (110, 300), **style)
        second = Page().table(cards[1][1:], (110, 300), **style).table(cards[2], (110, 300), **style)
        assert tables(read(first, second)) == [[list(row) for row in card] for card in cards]

    def test_a_card_with_a_rule_below_its_first_row_has_no_header(self) -> None:
        """The left column holds known labels: the first row is a label with its value as well."""
        page = Page().paragraph(PROSE)
        page.rule(LEFT, page.y + 14, LEFT + 410, page.y + 14)
        page.table(CARD, (110, 300), ruled=False, bold_header=False, bold_labels=True, row_gap=1)
        assert tables(read(page, header_hint=count_known(CARD))) == [CARD]

    def test_a_card_may_have_its_first_row_alone_at_the_end_of_a_page(self) -> None:
        """A known label in bold beside a value opens it."""
        style: dict[str, Any] = {"ruled": False, "bold_header": False, "bold_labels": True, "row_gap": 1}
        first = Page(y=700).paragraph(PROSE).table(CARD[:1], (110, 300), **style)
        second = Page().table(CARD[1:], (110, 300), **style).paragraph(PROSE)
        assert tables(read(first, second, header_hint=count_known(CARD))) == [CARD]

    def test_the_longest_label_may_come_near_its_value(self) -> None:
        """The last row of a card belongs to it though no wide gap parts label and value."""
        card = [["Aktivitet", "Nattvandring"], ["Ansvarig", "Föreningarna"], ["Så här följer vi upp", "Antal kvällar"]]
        page = Page().table(card, (90, 300), ruled=False, bold_header=False, bold_labels=True, row_gap=1)
        assert tables(read(page.paragraph(PROSE))) == [card]

    def test_a_control_table_is_known_by_its_labels(self) -> None:
        """Neither rules nor bold type tell its rows apart: the words of the left column do."""
        rows = [
            ["Beslutad när", "2023-12-14"],
            ["Beslutad av", "Kommunfullmäktige"],
            ["Diarienummer", "KS 2023/57"],
            ["Ersätter", "Samverkansöverenskommelse mellan polisen och Sjöviks kommun 2020–2023"],
        ]
        page = Page().heading("Överenskommelse om samverkan")
        page.table(rows, (150, 200), size=11, ruled=False, bold_header=False)
        page.paragraph(PROSE).paragraph(PROSE)
        assert tables(read_document(build(page), file="prov.pdf")) == [rows]

    def test_words_drawn_apart_in_a_cell_are_no_column(self) -> None:
        """A gap in a justified cell parts the strip between two columns for a line; the rest of the strip stays open."""
        page = Page().paragraph(PROSE)
        widths = (LEFT, LEFT + 180, LEFT + 330)
        cells: list[tuple[tuple[str, int], ...]] = []
        cells.append((("Åtgärd", 0), ("Ansvarig", 0), ("Tidplan", 0)))
        for action, unit, time in (
            ("Läxhjälp i skolan på tisdagar", ("Individ-", "och", "familjeomsorgen"), "Varje vecka"),
            ("Nattvandring i centrum", ("Kultur-", "och", "fritidsnämnden"), "Fredagar"),
            ("Tillsyn av alla krogar", ("Miljö-", "och", "byggnadsnämnden"), "Varje månad"),
        ):
            cells.append(((action, 0), (unit[0], 0), (unit[1], 74), (time, 0)))
            cells.append(((unit[2], 0),))
        for index, row in enumerate(cells):
            y = page.y + 12 * index
            places = [place for place in row if place[1] == 0]
            starts = [widths[1]] if len(row) == 1 else [widths[0], widths[1], widths[2]]
            for (text, _), x in zip(places, starts, strict=True):
                page.text(x, y, text, size=9, bold=index == 0)
            for text, offset in row:
                if offset:
                    page.text(widths[1] + offset, y, text, size=9)
        page.y += 100
        found = tables(read(page.paragraph(PROSE)))
        assert [row[1:] for row in found[0]] == [
            ["Ansvarig", "Tidplan"],
            ["Individ- och familjeomsorgen", "Varje vecka"],
            ["Kultur- och fritidsnämnden", "Fredagar"],
            ["Miljö- och byggnadsnämnden", "Varje månad"],
        ]

    def test_a_heading_below_the_table_stands_below_it(self) -> None:
        """Headings short enough for the first column end the table, though another with the same columns follows."""
        page = Page().table(ROWS, WIDTHS, ruled=False, row_gap=5)
        page.y += 20
        page.paragraph("2. Trafik", size=9, bold=True, gap=12).table(ROWS[:3], WIDTHS, ruled=False, row_gap=5)
        document = read(page)
        assert [len(table) for table in tables(document)] == [4, 3]
        assert texts(document, BlockKind.HEADING) == ["2. Trafik"]

    def test_a_merged_cell_whose_lines_lie_between_those_of_its_neighbours(self) -> None:
        """Rows further apart than lines push a merged cell's lines off the others': both keep their own lines."""
        page = Page().paragraph(PROSE)
        for x, text in ((LEFT, "Åtgärd"), (LEFT + 200, "Ansvarig"), (LEFT + 320, "Uppföljning")):
            page.text(x, page.y + 10, text, size=9, bold=True)
        top = page.y + 26
        for row, (first, second) in enumerate(
            (
                (("Föräldramöten i årskurs 6", "om alkohol"), ("Rektorerna",)),
                (("Tillsyn av krogar på helger", "i hela kommunen"), ("Miljökontoret",)),
            )
        ):
            for x, lines in ((LEFT, first), (LEFT + 200, second)):
                for index, line in enumerate(lines):
                    page.text(x, top + row * 29 + index * 11, line, size=9)
        for index, line in enumerate(("Rådet går igenom", "läget varje månad", "och redovisar för", "nämnden")):
            page.text(LEFT + 320, top + index * 11, line, size=9)
        page.y = top + 80
        page.paragraph(PROSE)
        follow_up = "Rådet går igenom läget varje månad och redovisar för nämnden"
        assert tables(read(page)) == [
            [
                ["Åtgärd", "Ansvarig", "Uppföljning"],
                ["Föräldramöten i årskurs 6 om alkohol", "Rektorerna", follow_up],
                ["Tillsyn av krogar på helger i hela kommunen", "Miljökontoret"],
            ]
        ]

    def test_an_empty_cell_below_a_goal_stands_under_it(self) -> None:
        """Without rules nothing shows that the goal's cell is merged: it counts for the rows that leave it empty."""
        rows = (
            ("Mål", "Aktivitet", "Ansvarig"),
            ("Färre ska bli av med sin cykel", "Cykelmärkning vid stationen", "Polisen"),
            ("", "Bevakade ställ på torget och vid badet, med belysning", "Kommunen"),
        )
        page = Page().heading("Samverkansöverenskommelse 2025-2026").paragraph(PROSE).heading("Åtgärder")
        found = extract_agreement(build(page.table(rows, WIDTHS, ruled=False, row_gap=6)), file="prov.pdf").measures
        assert [(measure.title, measure.goal) for measure in found] == [
            ("Cykelmärkning vid stationen", "Färre ska bli av med sin cykel"),
            ("Bevakade ställ på torget och vid badet, med belysning", "Färre ska bli av med sin cykel"),
        ]

    def test_a_band_that_runs_over_a_narrow_gap_parts_no_columns(self) -> None:
        """Cells three points apart: the bold band between the rows says nothing of where their columns stand."""
        page = Page().paragraph(PROSE)
        middle = LEFT + stringWidth("Elever vet inte vem de", "Helvetica", 9) + 3
        rows = (
            (("Orsak till problemet", True), ("Metod", True), ("Ansvar", True)),
            (("Kränkningar", True),),
            (("Elever vet inte vem de", False), ("Kurator på varje skola och", False), ("Rektor", False)),
            (("ska vända sig till", False), ("med fasta tider", False)),
            (("Vuxna saknas ute", False), ("Rastvärdar i gula västar", False), ("Rektor", False)),
            (("Stölder ur bilar vid stationen", True),),
            (("Det är mörkt ute", False), ("Ny belysning längs spåret", False), ("Gatuchefen", False)),
            (("och ingen ser något", False), ("och vid cykelställen", False)),
        )
        y = page.y
        for number, row in enumerate(rows):
            y += 17 if number not in (3, 7) else 11
            for (text, bold), x in zip(row, (LEFT, middle, 400), strict=False):
                page.text(x, y, text, size=9, bold=bold)
        found = tables(read(page))[0]
        assert [text.replace("\n", " ") for text in found[2]] == [
            "Elever vet inte vem de ska vända sig till",
            "Kurator på varje skola och med fasta tider",
            "Rektor",
        ]
        assert [len(row) for row in found] == [3, 1, 3, 3, 1, 3]

    def test_headers_set_from_the_bottom_are_whole(self) -> None:
        """The first line of a header of two stands alone above the row that the others are in."""
        page = Page().paragraph(PROSE)
        y = page.y + 20
        page.text(200, y, "Ansvarig", size=9, bold=True)
        rows = (("Insats", "förvaltning", "Tid"), ("Vandring", "Socialkontoret", "Maj"), ("Läxhjälp", "Skolan", "Juni"))
        for number, row in enumerate(rows):
            for x, text in zip((LEFT, 200, 400), row, strict=True):
                page.text(x, y + 11 + 17 * number, text, size=9, bold=number == 0)
        found = tables(read(page))[0]
        assert found[0] == ["Insats", "Ansvarig\nförvaltning", "Tid"]
        assert found[1:] == [list(row) for row in rows[1:]]

    def test_a_heading_right_above_the_first_header_is_none_of_it(self) -> None:
        """A heading begins where the first column does: it has a name of its own, which the header does not go on."""
        page = Page().paragraph(PROSE)
        y = page.y + 20
        page.text(LEFT, y, "Trygga torg", size=9, bold=True)
        rows = (("Insats", "Ansvarig", "Tid"), ("Vandring", "Socialkontoret", "Maj"), ("Läxhjälp", "Skolan", "Juni"))
        for number, row in enumerate(rows):
            for x, text in zip((LEFT, 200, 400), row, strict=True):
                page.text(x, y + 11 + 17 * number, text, size=9, bold=number == 0)
        assert tables(read(page)) == [[list(row) for row in rows]]

    def test_words_set_apart_in_a_justified_cell_make_no_column(self) -> None:
        """Nothing heads what stands behind the gap, and its cell goes on below."""
        rows = (("Insats", "Vem", "Tid"), ("Träffar", "Polisen", "Maj"), ("Lampor", "Gatukontoret", "Juni"))
        page = Page().paragraph(PROSE)
        y = page.y + 20
        for number, row in enumerate(rows):
            for x, text in zip((LEFT, 200, 300), row, strict=True):
                page.text(x, y + 24 * number, text, size=9, bold=number == 0)
        right = 200 + stringWidth("Gatukontoret", "Helvetica", 9) + 20
        page.text(right - stringWidth("och", "Helvetica", 9), y + 24, "och", size=9).text(200, y + 35, "skolan", size=9)
        assert tables(read(page))[0][1] == ["Träffar", "Polisen och skolan", "Maj"]

    def test_rows_below_a_header_that_ends_its_page(self) -> None:
        """A browser leaves a row's cells of one line above the turn; justified lines of the rest begin the next page."""
        columns = (LEFT, 200.0, 330.0, 450.0)
        first, second = Page(y=700).paragraph(PROSE), Page()
        for x, text in zip(columns, ("Insats", "Ansvarig", "Målgrupp", "Status"), strict=True):
            first.text(x, 780, text, size=9, bold=True)
        first.text(450, 797, "Planering", size=9)
        rows = (
            (("Stöd till unga", "som vill byta liv"), ("Trygghets-", "enheten"), ("De tre största", "nätverken"), ()),
            (("Kontroller mot", "fusk"), ("Näringsenheten",), ("Företag",), ("Klart",)),
        )
        y = 85.0
        for row in rows:
            for x, lines in zip(columns, row, strict=True):
                for number, line in enumerate(lines):
                    second.text(x, y + 11 * number, line, size=9)
            y += 28
        second.text(300, 85, "och", size=9)
        found = tables(read(first, second))[0]
        assert [[text.replace("\n", " ") for text in row] for row in found] == [
            ["Insats", "Ansvarig", "Målgrupp", "Status"],
            ["Stöd till unga som vill byta liv", "Trygghets- och enheten", "De tre största nätverken", "Planering"],
            ["Kontroller mot fusk", "Näringsenheten", "Företag", "Klart"],
        ]

    def test_a_rule_that_points_at_a_line_of_a_merged_cell_parts_the_rows(self) -> None:
        """Inner rules stop at the second column; the lines of the first lie between those of its neighbours."""
        page = Page().paragraph(PROSE)
        top = page.y
        for x, text in ((LEFT, "Mål"), (230, "Insats"), (400, "Ansvarig")):
            page.text(x, top + 14, text, size=9, bold=True)
        goal = "Färre ska utsättas för brott i centrum och fler ska känna sig trygga där på kvällarna"
        for number, line in enumerate(wrap(goal, 120, 9)):
            page.text(LEFT, top + 34 + 11 * number, line, size=9)
        rows = (("Belysning längs", "Gatukontoret"), ("Värdar på torget", "Trygghetsenheten"))
        for number, (what, who) in enumerate(rows):
            page.text(230, top + 34 + 29 * number, what, size=9).text(400, top + 34 + 29 * number, who, size=9)
        page.text(230, top + 45, "gångvägarna", size=9)
        page.rule(LEFT, top, 525, top).rule(LEFT, top + 20, 525, top + 20).rule(LEFT, top + 84, 525, top + 84)
        page.rule(228, top + 53, 525, top + 53)
        found = first_table(read(page)).rows()
        assert [[cell.text.replace("\n", " ") if cell else None for cell in row] for row in found] == [
            ["Mål", "Insats", "Ansvarig"],
            [goal, "Belysning längs gångvägarna", "Gatukontoret"],
            [goal, "Värdar på torget", "Trygghetsenheten"],
        ]

    def test_cards_below_each_other_have_columns_of_their_own(self) -> None:
        """Each card is as broad as its labels: where the first one comes back, the values stand elsewhere."""
        cards = (
            (("Vad", "Nattvandring"), ("Vem", "Fritid"), ("När", "Fredagar")),
            (("Vad", "Läxhjälp"), ("Förväntad effekt", "Fler klarar skolan"), ("När", "Tisdagar")),
        )
        page = Page().paragraph(PROSE)
        y = page.y + 20
        for card, start in zip(cards, (100, 150), strict=True):
            for label, value in card:
                page.text(LEFT, y, label, size=9, bold=True).text(start, y, value, size=9)
                y += 17
        assert tables(read(page)) == [[list(row) for row in card] for card in cards]

    def test_a_card_below_the_rest_of_another_has_columns_of_its_own(self) -> None:
        """At the top of a page too, where a card goes on whose first label stands on the page before."""
        first, second = Page(y=740).paragraph("Efter beslut."), Page()
        for number, (label, value) in enumerate((("Vad", "Nattvandring"), ("Vem", "Fritid"), ("När", "Fredagar"))):
            first.text(LEFT, 760 + 17 * number, label, size=9, bold=True).text(100, 760 + 17 * number, value, size=9)
        rest = (
            ("Mått", "Kvällar", 100),
            ("Hur", "I par", 100),
            ("Vad", "Läxhjälp", 130),
            ("Förväntat", "Mer tid", 130),
        )
        for number, (label, value, x) in enumerate(rest):
            y = 85 + 17 * number
            second.text(LEFT, y, label, size=9, bold=True).text(x, y, value, size=9)
        second.text(LEFT, 153, "När", size=9, bold=True).text(130, 153, "Tisdagar", size=9)
        assert [[row[0] for row in table] for table in tables(read(first, second))] == [
            ["Vad", "Vem", "När", "Mått", "Hur"],
            ["Vad", "Förväntat", "När"],
        ]

    @pytest.mark.parametrize("gap", [3.0, 5.0, 12.0])
    def test_a_header_whose_words_stand_close_ends_its_page(self, gap: float) -> None:
        """It reads like a sentence in bold: the rows on the next page tell where its columns begin."""
        headers = ("Aktivitet för året", "Ansvarig part", "Tidplan", "Uppföljning")
        rows = (
            ("Belysning vid", "Gatan", "Maj", "Antal stolpar"),
            ("Vandringar", "Polisen", "Juni", "Protokoll"),
            ("Värdar ute", "Fritid", "Alltid", "Antal pass"),
        )
        first, second = Page().paragraph(PROSE), Page(y=180)
        for number in range(3):
            second.text(LEFT, 96 + 28 * number, "i byarna", size=9)
        x = LEFT
        for column, header in enumerate(headers):
            first.text(x, 780, header, size=9, bold=True)
            for number, row in enumerate(rows):
                second.text(x, 85 + 28 * number, row[column], size=9)
            x += stringWidth(header, "Helvetica-Bold", 9) + gap
        assert tables(read(first, second.paragraph(PROSE))) == [
            [list(headers), *([f"{row[0]}\ni byarna", *row[1:]] for row in rows)]
        ]

    def test_a_heading_that_ends_its_page_heads_the_text_on_the_next(self) -> None:
        """Prose runs across where its words begin."""
        first = Page().paragraph(PROSE).text(LEFT, 780, "Trygga platser i hela kommunen", size=11, bold=True)
        document = read(first, Page().paragraph(PROSE))
        assert tables(document) == []
        assert texts(document, BlockKind.HEADING) == ["Trygga platser i hela kommunen"]


class TestNoTables:
    def test_prose_with_a_tab_in_it_is_prose(self) -> None:
        """One line with a wide gap makes no columns."""
        page = Page().paragraph(PROSE)
        page.text(LEFT, page.y + 14, "Bilaga 1").text(200, page.y + 14, "Lägesbild för Sjövik")
        page.y += 24
        document = read(page.paragraph(PROSE))
        assert tables(document) == []
        assert texts(document) == [PROSE, "Bilaga 1\tLägesbild för Sjövik", PROSE]

    def test_signatures_under_party_names_are_none(self) -> None:
        """Lines to sign on tell them from a table, even where the party names are known header words."""
        page = Page().paragraph(PROSE)
        page.y += 20
        for left, right in (
            ("Kommunen", "Polisen"),
            ("....................", "...................."),
            ("Ada Berg", "Bo Ek"),
        ):
            page.text(LEFT, page.y, left, bold=left == "Kommunen").text(320, page.y, right, bold=left == "Kommunen")
            page.y += 16
        document = read(page, header_hint=lambda words: sum(word in ("Kommunen", "Polisen") for word in words))
        assert tables(document) == []
        assert "Ada Berg\tBo Ek" in texts(document)

    def test_a_list_with_its_bullets_set_apart_is_a_list(self) -> None:
        """The gap behind a bullet is no column."""
        page = Page().paragraph(PROSE)
        for text in ("fler poliser till fots", "bättre belysning vid skolan", "nattvandring varje fredag"):
            page.y += 14
            page.text(80, page.y, "•").text(110, page.y, text)
        document = read(page)
        assert tables(document) == []
        assert len(texts(document, BlockKind.LIST_ITEM)) == 3

    def test_two_columns_of_prose_are_none(self) -> None:
        """Even on a shared grid of lines."""
        page = Page()
        lines = wrap(PROSE, 210, 11)
        for index, line in enumerate(lines):
            page.text(LEFT, 100 + 14 * index, line).text(310, 100 + 14 * index, line)
        document = read(page)
        assert tables(document) == []
        assert texts(document) == [PROSE, PROSE]
