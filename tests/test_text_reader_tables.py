"""The reader of text: tables written with bars, tabs, spaces or HTML come out as one logical grid."""

from __future__ import annotations

import pytest

from samsyn.extract.readers.text_reader import read_text
from samsyn.models.document import Block, BlockKind, Document, Table


def read(text: str) -> Document:
    return read_text(text.encode(), file="plan.txt")


def table_of(text: str, number: int = 0) -> Table:
    tables = [block.table for block in read(text).blocks if block.table is not None]
    return tables[number]


def grid(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.rows()]


def kinds(document: Document) -> list[BlockKind]:
    return [block.kind for block in document.blocks]


HEADER = "Vad\tVem\tNär\n"

# --- bars ---


def test_markdown_table() -> None:
    """The row above the dashes is the header; an escaped bar is text; a break makes paragraphs."""
    table = table_of("| Vad | Vem |\n|:---|---:|\n| Nattvandring \\| fika | Polisen<br>Kommunen |\n")
    assert grid(table) == [["Vad", "Vem"], ["Nattvandring | fika", "Polisen\nKommunen"]]
    assert table.header_rows == 1
    assert [block.id for block in table.cells[3].blocks] == ["b1.r1.c1.0", "b1.r1.c1.1"]


def test_empty_header_row_is_dropped() -> None:
    """Markdown needs a header; an empty one is none."""
    table = table_of("| | |\n|---|---|\n| Beslutad av | Nämnden |\n| Gäller | 2031 |\n")
    assert (grid(table)[0], table.header_rows) == (["Beslutad av", "Nämnden"], 0)


def test_bars_without_edges_and_grid_tables() -> None:
    assert grid(table_of("Vad | Vem\n--- | ---\nFika | Rådet\n")) == [["Vad", "Vem"], ["Fika", "Rådet"]]
    assert grid(table_of("+-----+-----+\n| Vad | Vem |\n+=====+=====+\n| Fika| Rådet|\n+-----+-----+\n"))[1] == [
        "Fika",
        "Rådet",
    ]


def test_band_row() -> None:
    """A bold cell alone in its row covers the row's whole width."""
    table = table_of("| Vad | Vem | När |\n|---|---|---|\n| **Trygga torg** | | |\n| Fika | Rådet | Maj |\n")
    assert [(cell.text, cell.column_span) for cell in table.cells if cell.row == 1] == [("Trygga torg", 3)]


def test_bullets_in_a_cell() -> None:
    """Items typed in a cell are list items with their markers."""
    cell = table_of("| Vad | Hur |\n|---|---|\n| Fika | • varje vecka<br>• på torget |\n").cells[3]
    assert [(block.kind, block.marker, block.text) for block in cell.blocks] == [
        (BlockKind.LIST_ITEM, "•", "varje vecka"),
        (BlockKind.LIST_ITEM, "•", "på torget"),
    ]


# --- tabs ---


def test_tab_table_with_empty_cells() -> None:
    """A row keeps its empty cells, first, middle and last."""
    table = table_of(HEADER + "Fika\t\tMaj\n\tRådet\t\nVakt\tPolisen\tJuni\n")
    assert grid(table) == [["Vad", "Vem", "När"], ["Fika", "", "Maj"], ["", "Rådet", ""], ["Vakt", "Polisen", "Juni"]]
    assert table.header_rows == 0


def test_key_values() -> None:
    """Bold labels with values beside them are a table of two columns."""
    table = table_of("<b>Beslutad av</b>\tNämnden\n<b>Gäller</b>\t2031\n")
    assert grid(table) == [["Beslutad av", "Nämnden"], ["Gäller", "2031"]]
    assert table.cells[0].is_bold


def test_cell_on_several_lines() -> None:
    """A line without tabs goes on with the cell above it."""
    text = HEADER + "Fika\tRådet\tMaj\noch juni\nSIG\n(sociala insatsgrupper)\tSocialtjänsten\tMars\n"
    assert grid(table_of(text))[1:] == [
        ["Fika", "Rådet", "Maj\noch juni"],
        ["SIG\n(sociala insatsgrupper)", "Socialtjänsten", "Mars"],
    ]


def test_row_cut_by_a_page_with_a_footnote_between() -> None:
    """The halves of a row are one; the footnote that stood between them is a footnote."""
    text = (
        HEADER + "Fältare² är\tOmrådespolis i\tMars 2031\n\n² Socialsekreterare ute bland unga.\n\n"
        "utsedda i två områden.\tde utsatta områdena.\t\nFika\tRådet\tMaj\n"
    )
    document = read(text)
    assert kinds(document) == [BlockKind.TABLE]
    table = document.blocks[0].table
    assert table is not None
    assert grid(table)[1] == ["Fältare är utsedda i två områden.", "Områdespolis i de utsatta områdena.", "Mars 2031"]
    assert len(table.joins) == 1
    assert document.footnotes[0].block.text == "Socialsekreterare ute bland unga."
    assert table.cells[3].blocks[0].notes[0].label == "2"


def test_rest_of_one_cell_on_the_next_page() -> None:
    """A row with only the rest of one cell belongs to the row above."""
    text = HEADER + "Utbildning för\tRådet och unga\tMaj\n\n\tfrån hela kommunen\t\nFika\tRådet\tJuni\n"
    assert grid(table_of(text))[1] == ["Utbildning för", "Rådet och unga från hela kommunen", "Maj"]


def test_rows_in_lower_case_are_not_joined() -> None:
    """In a table written in lower case a small letter says nothing."""
    text = "vad\tvem\tnär\n" + "".join(f"insats {n}\tpolisen\tmaj\n\n" for n in range(6))
    assert table_of(text).row_count == 7


def test_repeated_header_and_filler_rows() -> None:
    """A header said again on the next page, and rows of dashes, are no rows; the header is known by its repetition."""
    table = table_of(HEADER + "Fika\tRådet\tMaj\n--\t---\t--\n\n" + HEADER + "Vakt\tPolisen\tJuni\n")
    assert grid(table) == [["Vad", "Vem", "När"], ["Fika", "Rådet", "Maj"], ["Vakt", "Polisen", "Juni"]]
    assert table.header_rows == 1


def test_collapsed_rows_are_split_when_counts_agree() -> None:
    """Rows that flowed into one, each cell holding their paragraphs, are told apart."""
    text = (
        HEADER + "Fika\tRådet\tMaj\n<p>Vandring</p> <p>Vakt</p>\t<p>Alla</p> <p>Polisen</p>\t<p>Juni</p> <p>Juli</p>\n"
    )
    document = read(text)
    table = document.blocks[0].table
    assert table is not None
    assert grid(table)[2:] == [["Vandring", "Alla", "Juni"], ["Vakt", "Polisen", "Juli"]]
    assert document.cautions == ()


def test_collapsed_rows_are_aligned_with_a_caution_when_counts_differ() -> None:
    """A missing paragraph leaves its row where the words fit least; that this is uncertain is said."""
    text = (
        "Kommun\tPolis\tEffekt\nFika\tMed\tLugn\n"
        "<p>Belysning i parkerna (TF)</p> <p>Dopningsarbete på gymmen (KS)</p>\t"
        "<p>Mobilt kontor</p> <p>Deltar</p> <p>Ingår</p>\t"
        "<p>Synliga poliser</p> <p>Parkernas belysning bättre</p> <p>Gymmen fria från dopning</p>\n"
    )
    document = read(text)
    table = document.blocks[0].table
    assert table is not None
    assert [row[0] for row in grid(table)[2:]] == ["", "Belysning i parkerna (TF)", "Dopningsarbete på gymmen (KS)"]
    assert [caution.code for caution in document.cautions] == ["collapsed-rows"]


def test_collapsed_rows_that_nothing_tells_apart_stay_whole() -> None:
    """Without two columns that agree the text is kept as it is, with a caution."""
    text = HEADER + "<p>a</p> <p>b</p>\t<p>c</p> <p>d</p> <p>e</p>\t<p>f</p> <p>g</p> <p>h</p> <p>i</p>\n"
    document = read(text)
    table = document.blocks[0].table
    assert table is not None
    assert table.row_count == 2
    assert [caution.code for caution in document.cautions] == ["collapsed-rows"]


def test_several_paragraphs_in_one_cell_are_no_collapsed_rows() -> None:
    """Paragraphs in one cell of a row belong to that row."""
    table = table_of(HEADER + "Fika\t<p>Rådet</p> <p>Polisen</p>\tMaj\nVakt\tPolisen\tJuni\n")
    assert grid(table)[1] == ["Fika", "Rådet\nPolisen", "Maj"]


@pytest.mark.parametrize(
    "text",
    [
        "Bakgrund\t2\nMål och syfte\t3\nUppföljning\t12\n",
        "För kommunen\tFör polisen\n\nEbba Granlund\tOlle Strand\n",
        "____________\t____________\nEbba Granlund\tOlle Strand\nKommunchef\tPolischef\n",
        "Ebba Granlund\tOlle Strand\nKommunchef\tPolischef\n",
    ],
)
def test_tabs_that_make_no_table(text: str) -> None:
    """A table of contents and a signature block are lines with a wide gap: the tab stays."""
    document = read(text)
    assert BlockKind.TABLE not in kinds(document)
    assert all("\t" in line for block in document.blocks for line in block.text.split("\n"))


def test_marker_and_tab_is_a_list_item() -> None:
    assert kinds(read("•\tfler vuxna\n•\tfärre brott\n")) == [BlockKind.LIST_ITEM] * 2


# --- spaces ---


def test_columns_set_with_spaces() -> None:
    """Columns are told by the gaps that no line crosses; blank lines part the rows."""
    text = (
        "Aktivitet            Ansvarig          Tid\n\n"
        "Nattvandring         Föreningarna      Fredagar\n"
        "på torget            och rådet\n\n"
        "Fika                 Biblioteket       Maj\n"
    )
    table = table_of(text)
    assert grid(table) == [
        ["Aktivitet", "Ansvarig", "Tid"],
        ["Nattvandring på torget", "Föreningarna och rådet", "Fredagar"],
        ["Fika", "Biblioteket", "Maj"],
    ]
    assert not table.ruled


def test_aligned_table_over_pages() -> None:
    """On the next page the columns may stand elsewhere; a cut row is joined, a full-width row is a band."""
    text = (
        "Aktivitet              Ansvarig           Tid\n"
        "Trygga och lugna torg i hela kommunen under året\n"
        "Nattvandring           Föreningarna       Fredagar\n"
        "Kontroller under       Polisen            Minst fyra\n"
        "\f"
        "skolavslutning och                 gånger\n"
        "nyår.                              per år\n"
        "Fika på torget       Biblioteket   Maj\n"
    )
    document = read(text)
    assert kinds(document) == [BlockKind.TABLE]
    table = document.blocks[0].table
    assert table is not None
    assert [(cell.text, cell.column_span) for cell in table.cells if cell.row == 1] == [
        ("Trygga och lugna torg i hela kommunen under året", 3)
    ]
    assert grid(table)[3:] == [
        ["Kontroller under skolavslutning och nyår.", "Polisen", "Minst fyra gånger per år"],
        ["Fika på torget", "Biblioteket", "Maj"],
    ]
    assert [line.page for line in document.blocks[0].lines] == [1, 2]


def test_two_columns_of_names_keep_the_gap() -> None:
    """Two signatures side by side are a line with a tab, not a table."""
    block: Block = read("Ebba Granlund              Olle Strand\n").blocks[0]
    assert block.text == "Ebba Granlund\tOlle Strand"


# --- HTML ---


def test_html_table() -> None:
    """Spans, header cells, breaks, emphasis, entities and unclosed tags are read; a nested table is a block."""
    text = (
        "Före\n\n<table>\n<tr><th>Vad<th>Vem</th></tr>\n<tr><td rowspan=2><b>Fika</b> &amp; bulle<td>Rådet<br>Polisen\n"
        "<tr><td><table><tr><td>inre</td></tr></table></td></tr>\n<tr><td colspan='2'>Slut</td></tr></table>\n\nEfter\n"
    )
    document = read(text)
    assert kinds(document) == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]
    table = document.blocks[1].table
    assert table is not None
    assert (table.header_rows, table.row_count, table.column_count) == (1, 4, 2)
    first = table.cells[2]
    assert (first.text, first.row_span) == ("Fika & bulle", 2)
    assert first.blocks[0].emphasis[0].bold
    assert table.cells[3].text == "Rådet\nPolisen"
    assert table.cells[4].blocks[0].kind is BlockKind.TABLE
    assert table.cells[5].column_span == 2


@pytest.mark.parametrize("text", ["<table", "<table><tr><td", "<table></table>", "<table>" * 50 + "<tr><td>x"])
def test_broken_html_is_no_error(text: str) -> None:
    """Whatever is left of a table, the text around it is read."""
    assert "Efter" in [block.text for block in read(f"Före\n\n{text}\n\n</table>\n\nEfter").blocks] or read(text)


def test_absurd_spans_are_bounded() -> None:
    table = table_of("<table><tr><td rowspan=999999 colspan=999999>x</td><td>y</td></tr><tr><td>z</td></tr></table>")
    assert table.column_count <= 60
    assert all(cell.row + cell.row_span <= table.row_count for cell in table.cells)
