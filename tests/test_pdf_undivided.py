"""Tables of a PDF whose rules and shading show only some of their columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samsyn.models.document import Document
from tests.pdf_builder import LEFT, Page, read, tables

INTRODUCTION = "Planen gås igenom två gånger om året i rådet, som kan ändra den och som följer hur det går."
EDGES = (LEFT, 200.0, 300.0, 400.0, 500.0)
HEADER = ("Åtgärd", "Ansvarig", "Målgrupp", "Tidplan")
ROWS = (
    ("Trygghetsvandring med\nboende och värdar", "Samordnaren", "Alla boende", "Varje april"),
    ("Läxhjälp på\nbiblioteket", "Kultur och\nfritid", "Årskurs 6–9", "Tisdagar"),
    ("Nattvandring", "Föreningarna", "Unga 13–18", "Fredagar"),
)
MORE = (
    ("Grannsamverkan", "Kommunpolisen", "Villaägare", "Löpande"),
    ("Belysning", "Gatukontoret", "Alla", "2026"),
)
LABELS = ("Aktivitet", "Ansvarig", "Resurser", "Uppföljning")
VALUES = ("Nattvandring", "Föreningarna\noch fritidsgården", "Västar och fika", "Antal kvällar")


def draw_rows(
    page: Page,
    rows: Sequence[Sequence[str]],
    *,
    y: float | None = None,
    edges: Sequence[float] = EDGES,
    gap: float = 8,
    bold: bool = False,
    labels: bool = False,
) -> list[float]:
    """Sets rows of cells 4 points from their edges; gives the y of the edge above each row and of the last one below."""
    top = page.y if y is None else y
    places = [top]
    for row in rows:
        for column, cell in enumerate(row):
            for index, line in enumerate(cell.split("\n")):
                heavy = bold or (labels and column == 0)
                page.text(edges[column] + 4, top + 12 + 11 * index, line, size=9, bold=heavy)
        top += 11 * max(cell.count("\n") + 1 for cell in row) + gap
        places.append(top)
    page.y = top + 20
    return places


def close_edges(rows: Sequence[Sequence[str]], gap: float) -> list[float]:
    """The edges of columns whose longest texts end `gap` points before the next column's begin."""
    edges = [LEFT]
    for texts in zip(*rows, strict=True):
        longest = max(
            stringWidth(text, f"Helvetica{'' if number else '-Bold'}", 9) for number, text in enumerate(texts)
        )
        edges.append(edges[-1] + longest + gap)
    return edges


def frame(page: Page, top: float, bottom: float, edges: Sequence[float] = EDGES) -> None:
    for y in (top, bottom):
        page.rule(edges[0], y, edges[-1], y)
    for x in (edges[0], edges[-1]):
        page.rule(x, top, x, bottom)


def on_lines(document: Document) -> list[list[list[str]]]:
    return [flat(table) for table in tables(document)]


def written(*pages: Page) -> list[list[list[str]]]:
    return on_lines(read(*pages))


def flat(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[cell.replace("\n", " ") for cell in row] for row in rows]


class TestColumns:
    def test_rows_without_upright_rules_have_the_columns_of_the_others(self) -> None:
        """Banded styles draw the columns of every other row only."""
        page = Page().paragraph(INTRODUCTION)
        places = [page.y, *draw_rows(page, [HEADER], bold=True)[1:]]
        places += draw_rows(page, ROWS, y=places[-1])[1:]
        frame(page, places[0], places[-1])
        for y in places[1:-1]:
            page.rule(EDGES[0], y, EDGES[-1], y)
        for x in EDGES[1:-1]:
            for top, bottom in (places[0:2], places[2:4]):
                page.rule(x, top, x, bottom)
        assert written(page) == [flat([HEADER, *ROWS])]

    def test_a_text_over_all_columns_stays_one_cell(self) -> None:
        """A band runs across the columns, or stands in the first of them alone."""
        for band in ("Fokusområde 1 – Trygga och levande platser i hela kommunen", "Trygg skola"):
            page = Page().paragraph(INTRODUCTION)
            places = [page.y, *draw_rows(page, [HEADER], bold=True)[1:]]
            places += draw_rows(page, [(band,)], y=places[-1])[1:]
            places += draw_rows(page, ROWS, y=places[-1])[1:]
            frame(page, places[0], places[-1])
            for y in places[1:-1]:
                page.rule(EDGES[0], y, EDGES[-1], y)
            for x in EDGES[1:-1]:
                page.rule(x, places[0], x, places[1]).rule(x, places[2], x, places[-1])
            assert written(page) == [flat([HEADER, (band,), *ROWS])]


class TestRows:
    def test_below_a_header_in_a_frame_columns_and_rows_come_from_the_text(self) -> None:
        """Only the header has its columns drawn; a frame goes around the rest."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        below = draw_rows(page, [HEADER], bold=True)[-1]
        bottom = draw_rows(page, ROWS, y=below)[-1]
        frame(page, top, bottom)
        page.rule(EDGES[0], below, EDGES[-1], below)
        for x in EDGES[1:-1]:
            page.rule(x, top, x, below)
        assert written(page) == [flat([HEADER, *ROWS])]

    def test_between_upright_rules_alone_spacing_tells_the_rows(self) -> None:
        """No rule runs below the header either."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        below = draw_rows(page, [HEADER], bold=True)[-1]
        bottom = draw_rows(page, ROWS, y=below)[-1]
        frame(page, top, bottom)
        for x in EDGES[1:-1]:
            page.rule(x, top, x, bottom)
        document = read(page)
        assert on_lines(document) == [flat([HEADER, *ROWS])]
        assert next(block.table.header_rows for block in document.blocks if block.table) == 1

    def test_bands_where_upright_rules_stop(self) -> None:
        """No rule runs above or below the bands, only the frame goes on beside them."""
        page = Page().paragraph(INTRODUCTION)
        places = [page.y, *draw_rows(page, [HEADER], bold=True)[1:]]
        bands = (("Trygga platser i hela kommunen",), ("Stöd till unga",))
        for band, rows in zip(bands, (ROWS, MORE), strict=True):
            places.append(draw_rows(page, [band], y=places[-1], bold=True)[-1])
            places.append(draw_rows(page, rows, y=places[-1])[-1])
        frame(page, places[0], places[-1])
        page.rule(EDGES[0], places[1], EDGES[-1], places[1])
        for x in EDGES[1:-1]:
            for top, bottom in (places[0:2], places[2:4], places[4:6]):
                page.rule(x, top, x, bottom)
        assert written(page) == [flat([HEADER, bands[0], *ROWS, bands[1], *MORE])]

    def test_the_rest_of_a_row_stands_above_rows(self) -> None:
        """Its first column alone has text left; below it whole rows begin."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        rest = draw_rows(page, [("med boende och\nvärdar i området",)])[-1]
        bottom = draw_rows(page, ROWS, y=rest)[-1]
        frame(page, top, bottom)
        for x in EDGES[1:-1]:
            page.rule(x, top, x, bottom)
        assert written(page) == [flat([("med boende och\nvärdar i området", "", "", ""), *ROWS])]

    def test_two_rows_are_enough_where_all_columns_begin_anew(self) -> None:
        """The end of a page may leave two rows below the header."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        below = draw_rows(page, [HEADER], bold=True)[-1]
        bottom = draw_rows(page, ROWS[:2], y=below)[-1]
        frame(page, top, bottom)
        page.rule(EDGES[0], below, EDGES[-1], below)
        for x in EDGES[1:-1]:
            page.rule(x, top, x, bottom)
        assert written(page) == [flat([HEADER, *ROWS[:2]])]

    def test_labels_beside_values_in_a_frame(self) -> None:
        """A card with one rule between its columns, and its rest in a frame on the next page."""
        edges = (LEFT, 180.0, 500.0)
        first, second = Page(y=700).paragraph(INTRODUCTION), Page()
        top = first.y
        bottom = draw_rows(first, list(zip(LABELS[:3], VALUES[:3], strict=True)), edges=edges, labels=True)[-1]
        for x in edges:
            first.rule(x, top, x, bottom)
        first.rule(edges[0], top, edges[-1], top)
        rest = [("Uppföljning", "Antal kvällar"), ("Status", "Pågår")]
        places = draw_rows(second, rest, edges=edges, labels=True)
        for x in edges:
            second.rule(x, places[0], x, places[-1])
        second.rule(edges[0], places[-1], edges[-1], places[-1])
        wanted = [*zip(LABELS[:3], VALUES[:3], strict=True), *rest]
        assert written(first, second.paragraph(INTRODUCTION)) == [flat(wanted)]

    def test_the_rest_in_a_frame_has_the_columns_of_the_page_before(self) -> None:
        """On the next page nothing but the frame is drawn; its first row is shaded as every other row, not as a header."""
        first, second = Page(y=660).paragraph(INTRODUCTION), Page()
        top = first.y
        below = draw_rows(first, [HEADER], bold=True)[-1]
        bottom = draw_rows(first, ROWS, y=below)[-1]
        frame(first, top, bottom)
        first.rule(EDGES[0], below, EDGES[-1], below)
        for x in EDGES[1:-1]:
            first.rule(x, top, x, below)
        first.shade(EDGES[0], below, EDGES[-1], below + 30, 0.9)
        second.shade(EDGES[0], second.y, EDGES[-1], second.y + 19, 0.9)
        places = draw_rows(second, MORE)
        frame(second, places[0], places[-1])
        second.y = places[-1] + 20
        assert written(first, second.paragraph(INTRODUCTION)) == [flat([HEADER, *ROWS, *MORE])]

    def test_cells_set_from_the_middle_are_no_rows(self) -> None:
        """In a fully ruled row the short cells begin below the first line of the long one."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        long = "Trygghetsvandring\nmed boende\noch värdar i\nalla områden"
        below = draw_rows(page, [HEADER], bold=True)[-1]
        bottom = draw_rows(page, [(long,)], y=below)[-1]
        for column, text in enumerate(("Samordnaren", "Alla boende", "Varje april"), 1):
            page.text(EDGES[column] + 4, below + 28, text, size=9)
        frame(page, top, bottom)
        page.rule(EDGES[0], below, EDGES[-1], below)
        for x in EDGES[1:-1]:
            page.rule(x, top, x, bottom)
        assert written(page) == [flat([HEADER, (long, "Samordnaren", "Alla boende", "Varje april")])]

    def test_a_row_of_lists_is_one_row(self) -> None:
        """Lists side by side in one ruled row have their lines on the same heights; nothing parts them."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        lists = (
            "Belysning\nKameror\nVärdar",
            "Samordnaren\nPolisen\nBostadsbolaget",
            "Boende\nResande\nUnga",
            "Maj\nJuni\nJuli",
        )
        below = draw_rows(page, [HEADER], bold=True)[-1]
        bottom = draw_rows(page, [lists], y=below)[-1]
        frame(page, top, bottom)
        page.rule(EDGES[0], below, EDGES[-1], below)
        for x in EDGES[1:-1]:
            page.rule(x, top, x, bottom)
        found = written(page)
        assert [len(table) for table in found] == [2]

    def test_a_frame_alone_with_columns_close_together(self) -> None:
        """Text in a frame is parted at gaps as it is outside of one: here at one and a half type sizes."""
        rows = (
            ("Åtgärder i planen", "Ansvarig part", "Målgruppen", "Tidplan"),
            ("Trygghetsvandring", "Samordnaren", "Alla boende", "April"),
            ("Läxhjälp i skolor", "Kulturskolan", "Årskurs 6–9", "Tisdagar"),
        )
        edges = close_edges(rows, 14)
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        below = draw_rows(page, rows[:1], edges=edges, bold=True)[-1]
        frame(page, top, draw_rows(page, rows[1:], edges=edges, y=below)[-1], edges)
        assert written(page) == [flat(rows)]


def test_a_first_column_without_rules_on_the_background_of_the_table() -> None:
    """The rules begin at the second column and leave out a band; the filled background is as wide as the table."""
    page = Page().paragraph(INTRODUCTION)
    band = ("Trygga platser",)
    top = page.y
    page.shade(EDGES[0], top, EDGES[-1], top + 19 + 19 + 30 + 30 + 19, 0.9)
    places = [top, *draw_rows(page, [HEADER], bold=True)[1:]]
    places += draw_rows(page, [band], y=places[-1], bold=True)[1:]
    places += draw_rows(page, ROWS, y=places[-1])[1:]
    for y in places:
        page.rule(EDGES[1], y, EDGES[-1], y)
    for x in EDGES[1:]:
        page.rule(x, places[0], x, places[1]).rule(x, places[2], x, places[-1])
    assert written(page) == [flat([HEADER, band, *ROWS])]


class TestHeadersInTwoRows:
    HEADS = ("Åtgärd", "Kommunen", "Polisen", "Tidplan")

    def table(self, page: Page, rows: Sequence[Sequence[str]] = ROWS, *, bold: bool, apart: float = 0.0) -> float:
        """A header over two others; the outer ones `apart` points above these."""
        top = page.y
        page.text(EDGES[1] + 4, top + 12, "Ansvarig", size=9, bold=bold)
        for column, text in enumerate(self.HEADS):
            y = top + 30 - (apart if column in (0, 3) else 0)
            page.text(EDGES[column] + 4, y, text, size=9, bold=bold)
        page.y = top + 34
        draw_rows(page, rows)
        return top

    WANTED = (["Åtgärd", "Ansvarig", "Tidplan"], ["Kommunen", "Polisen"])

    def test_the_outer_headers_stand_in_the_middle(self) -> None:
        """Without rules their height tells which headers the upper one is common to."""
        page = Page().paragraph(INTRODUCTION)
        self.table(page, bold=True, apart=9)
        assert written(page) == [[*self.WANTED, *flat(ROWS)]]

    def test_a_rule_below_the_common_header(self) -> None:
        """The rule is as long as what the header is common to, and the header comes back on the next page."""
        pages = (Page(y=640).paragraph(INTRODUCTION), Page())
        for page, rows in zip(pages, (ROWS, MORE), strict=True):
            top = self.table(page, rows, bold=False)
            page.rule(EDGES[1], top + 17, EDGES[3], top + 17)
            page.rule(EDGES[0], top + 34, EDGES[-1], top + 34)
        assert written(pages[0], pages[1].paragraph(INTRODUCTION)) == [[*self.WANTED, *flat(ROWS), *flat(MORE)]]

    def test_a_shaded_cell_is_as_wide_as_the_common_header(self) -> None:
        """In plain type the shades of the cells show the header and where it ends."""
        page = Page().paragraph(INTRODUCTION)
        top = page.y
        page.shade(EDGES[0], top, EDGES[1], top + 34).shade(EDGES[1], top, EDGES[3], top + 17)
        page.shade(EDGES[3], top, EDGES[4], top + 34)
        page.shade(EDGES[1], top + 17, EDGES[2], top + 34).shade(EDGES[2], top + 17, EDGES[3], top + 34)
        for left, right in pairwise(EDGES):
            page.shade(left, top + 34, right, top + 34 + 30, 0.95)
        self.table(page, bold=False)
        assert written(page) == [[*self.WANTED, *flat(ROWS)]]


def test_a_border_filled_between_two_rectangles_is_four_rules() -> None:
    """Some programs fill the ring instead of drawing lines, a cell at a time."""
    page = Page().paragraph(INTRODUCTION)
    places = draw_rows(page, [HEADER, *ROWS])

    def ring(canvas: Canvas, x0: float, top: float, x1: float, bottom: float) -> None:
        path = canvas.beginPath()
        for inset in (0.7, 0.0):
            path.rect(x0 + inset, 842 - bottom + inset, x1 - x0 - 2 * inset, bottom - top - 2 * inset)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)

    for top, bottom in pairwise(places):
        for left, right in pairwise(EDGES):
            page.do(partial(ring, x0=left, top=top, x1=right - 1, bottom=bottom - 1))
    document = read(page)
    assert on_lines(document) == [flat([HEADER, *ROWS])]
    assert all(block.table.ruled for block in document.blocks if block.table)


class TestNarrowGaps:
    """Columns so close that only where their text begins parts them."""

    STARTS = (LEFT, 150.0, 230.0, 330.0)
    ROWS = (
        ("Belysning i parken", "Gatukontor", "Boende", "Maj"),
        ("Värdar på torgen", "Polisen", "Alla", "Juni"),
    )

    def table(self, page: Page, rows: Sequence[Sequence[str]], *, aside: float = 0.0) -> None:
        """Rows of one line, the first text of each stretched to 3 points before the second."""
        for row in rows:
            page.y += 16
            words = row[0].split(" ")
            width = sum(stringWidth(word, "Helvetica", 9) for word in words)
            space = (self.STARTS[1] - 3 - LEFT - width) / max(1, len(words) - 1)
            x = LEFT
            for word in words:
                page.text(x, page.y, word, size=9)
                x += stringWidth(word, "Helvetica", 9) + space
            for start, text in zip(self.STARTS[1:], row[1:], strict=True):
                page.text(start - aside, page.y, text, size=9)

    def test_text_that_begins_a_hair_before_its_header(self) -> None:
        """Justified lines are set to hundredths of a point."""
        page = Page().paragraph(INTRODUCTION)
        page.y += 16
        for start, text in zip(self.STARTS, HEADER, strict=True):
            page.text(start, page.y, text, size=9, bold=True)
        self.table(page, [*self.ROWS, *self.ROWS], aside=0.06)
        assert written(page) == [flat([HEADER, *self.ROWS, *self.ROWS])]

    def test_a_band_with_a_space_where_a_column_begins(self) -> None:
        """By chance a word of the band begins there; in bold, a row's distance below, it is a band all the same."""
        page = Page().paragraph(INTRODUCTION)
        page.y += 16
        for start, text in zip(self.STARTS, HEADER, strict=True):
            page.text(start, page.y, text, size=9, bold=True)
        page.y += 16
        first = "TRYGGA PLATSER"
        page.text(self.STARTS[1] - 2.5 - stringWidth(first, "Helvetica-Bold", 9), page.y, first, size=9, bold=True)
        page.text(self.STARTS[1], page.y, "FÖR ALLA", size=9, bold=True)
        self.table(page, [*self.ROWS, *self.ROWS])
        assert written(page) == [flat([HEADER, ("TRYGGA PLATSER FÖR ALLA",), *self.ROWS, *self.ROWS])]
