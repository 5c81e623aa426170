"""The Word reader: tables come out as the logical grid that is seen, whatever grid Word laid under them."""

from __future__ import annotations

import pytest

from samsyn.extract.readers.docx_reader import read_docx
from samsyn.models.document import BlockKind, Table
from tests.docx_builder import DEFAULT_STYLES, TAB, Markup, b, build, p, r, sdt, size, style, tbl, tc, tr

HEADER = "<w:tblHeader/>"


def read_table(*rows: object, **options: object) -> Table:
    table_options = {key: options.pop(key) for key in ("widths", "props") if key in options}
    data = build(tbl(rows, **table_options), **options)  # type: ignore[arg-type]
    table = read_docx(data, file="tabell.docx").blocks[0].table
    assert table is not None
    return table


def grid(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.rows()]


def test_plain_table() -> None:
    """Cells come by row and column, with ids by their place."""
    table = read_table(["Vad", "Vem"], ["Nattvandring", "Polisen"])
    assert (table.row_count, table.column_count, table.ruled) == (2, 2, True)
    assert grid(table) == [["Vad", "Vem"], ["Nattvandring", "Polisen"]]
    assert table.cells[3].blocks[0].id == "b1.r1.c1.0"


def test_spans() -> None:
    """Cells merged across and downwards count once, with their spans."""
    table = read_table(
        [tc("Område", span=3)],
        [tc("Löpande", merge="restart"), "a", "b"],
        [tc(merge="continue"), tc("c", span=2)],
        ["ny", "d", "e"],
    )
    assert grid(table) == [["Område"] * 3, ["Löpande", "a", "b"], ["Löpande", "c", "c"], ["ny", "d", "e"]]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells}
    assert (spans["Område"], spans["Löpande"], spans["c"], spans["d"]) == ((1, 3), (2, 1), (1, 2), (1, 1))


def test_two_merges_above_each_other_stay_apart() -> None:
    """A new merge begins where Word restarts it."""
    table = read_table(
        [tc("A", merge="restart"), "1"],
        [tc(merge="continue"), "2"],
        [tc("B", merge="restart"), "3"],
        [tc(merge="continue"), "4"],
    )
    assert [row[0] for row in grid(table)] == ["A", "A", "B", "B"]


def test_merge_without_beginning_is_a_cell() -> None:
    """A damaged merge loses no text."""
    assert grid(read_table([tc("kvar", merge="continue"), "1"], ["x", "2"]))[0] == ["kvar", "1"]


def test_older_horizontal_merge() -> None:
    """Cells merged the old way become one over both columns."""
    table = read_table(
        [tc("Rubrik", props='<w:hMerge w:val="restart"/>'), tc(props="<w:hMerge/>"), "x"], ["a", "b", "c"]
    )
    assert grid(table) == [["Rubrik", "Rubrik", "x"], ["a", "b", "c"]]


def test_row_that_begins_further_in() -> None:
    """A row with a skipped beginning has no cell there."""
    row = tr("b", "c", props='<w:gridBefore w:val="1"/>')
    assert grid(read_table(["1", "2", "3"], row)) == [["1", "2", "3"], [None, "b", "c"]]


def test_hidden_grid_columns_vanish() -> None:
    """Edges dragged a little apart are one edge, and grid columns no cell begins at are none."""
    table = read_table(
        [tc("Vad", span=2), tc("Vem", span=3)],
        [tc("a"), tc("b", span=4)],
        [tc("c", span=2), tc("d", span=3)],
        widths=(3000, 80, 2000, 500, 1000),
    )
    assert (table.column_count, grid(table)) == (2, [["Vad", "Vem"], ["a", "b"], ["c", "d"]])


def test_narrow_column_with_text_stays() -> None:
    """A column narrower than a dragged edge is a column when a cell stands in it."""
    table = read_table(["1", "2", "3"], ["a", "b", "c"], widths=(3000, 80, 2000))
    assert table.column_count == 3


def test_absurd_spans_cost_nothing() -> None:
    """A span of a million columns is as wide as the cells that need it."""
    table = read_table([tc("x", span=1_000_000), "y"], ["a", "b"])
    assert table.column_count <= 4
    assert len(table.rows()) == 2


def test_more_columns_than_word_allows() -> None:
    """Cells beyond any real table's width are read into the last one; edges finer than any table's are ignored."""
    wide = read_table(["x"] * 400, ["y"] * 2)
    steps = [tr("a", props=f'<w:gridBefore w:val="{n}"/>') for n in range(400)]
    assert wide.column_count == 150
    assert wide.cells[149].text.count("x") == 251
    assert read_table(*steps).column_count == 1


def test_several_paragraphs_and_nested_table() -> None:
    """A cell holds its paragraphs and, as a block of its own, a table within."""
    inner = tbl([["1", "2"], ["3", "4"]])
    table = read_table([tc(p("ett"), p("två"), inner, p("tre")), "x"], ["y", "z"])
    blocks = table.cells[0].blocks
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.PARAGRAPH, "ett"),
        (BlockKind.PARAGRAPH, "två"),
        (BlockKind.TABLE, ""),
        (BlockKind.PARAGRAPH, "tre"),
    ]
    assert blocks[2].table is not None
    assert blocks[2].table.cells[3].blocks[0].id == "b1.r0.c0.2.r1.c1.0"
    assert table.cells[0].text == "ett\ntvå\ntre"


def test_rows_and_cells_in_content_controls() -> None:
    """Rows and cells wrapped in content controls are rows and cells; a prompt in one is no text."""
    prompt = sdt(
        tc(p(Markup('<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Välj</w:t></w:r>'))),
        props="<w:showingPlcHdr/>",
    )
    table = read_table(["Vad", "Vem"], sdt(tr("a", "b")), tr("c", prompt), tr("d", sdt(tc("e"))))
    assert grid(table) == [["Vad", "Vem"], ["a", "b"], ["c", ""], ["d", "e"]]


def test_deleted_cells_and_hidden_rows_are_gone() -> None:
    """Cells whose deletion is tracked and hidden rows are not read."""
    table = read_table(
        ["a", "b", tc("bort", props='<w:cellDel w:id="1"/>')], tr("x", "y", "z", props="<w:hidden/>"), ["c", "d"]
    )
    assert grid(table) == [["a", "b"], ["c", "d"]]


def bold(text: str) -> Markup:
    return tc(p(b(text)))


HEADERS = {
    "repeated by Word": ([tr("Vad", "Vem", props=HEADER), ["a", "b"]], 1),
    "repeated, two rows": ([tr("Vad", tc("Vem", span=1), props=HEADER), tr("x", "y", props=HEADER), ["a", "b"]], 2),
    "bold": ([[bold("Vad"), bold("Vem")], ["a", "b"]], 1),
    "shaded": ([[tc("Vad", fill="D9E2F3"), tc("Vem", fill="D9E2F3")], ["a", "b"]], 1),
    "white ground": ([[tc("Vad", fill="FFFFFF"), tc("Vem", fill="auto")], ["a", "b"]], 0),
    "plain": ([["Vad", "Vem"], ["a", "b"]], 0),
    "first cell empty": ([["", bold("Vem")], ["a", "b"]], 1),
    "labels down the side": ([[bold("Vad"), "a"], [bold("Vem"), "b"]], 0),
    "label beside nothing": ([[bold("Vad"), ""], [bold("Vem"), "b"]], 0),
    "all bold": ([[bold("Vad"), bold("Vem")], [bold("a"), bold("b")]], 0),
    "band above rows": ([[tc(p(b("Område 1")), span=2)], ["a", "b"]], 0),
    "band above header": ([[tc(p(b("Område 1")), span=2)], [bold("Vad"), bold("Vem")], ["a", "b"]], 2),
    "band below header": ([[bold("Vad"), bold("Vem")], [tc(p(b("Område 1")), span=2)], ["a", "b"]], 1),
    "grouped in two rows": (
        [
            [tc(p(b("Vad")), merge="restart"), tc(p(b("Ansvar")), span=2)],
            [tc(merge="continue"), bold("Kommun"), bold("Polis")],
            ["a", "b", "c"],
        ],
        2,
    ),
    "bold first row of data below": ([[bold("Vad"), bold("Vem")], [bold("a"), bold("b")], ["c", "d"]], 1),
    "larger": ([[tc(p(r("Vad", props=size(14)))), tc(p(r("Vem", props=size(14))))], ["a", "b"], ["c", "d"]], 1),
    "set in heading style": ([[tc(p("Vad", style="Kolumn")), tc(p("Vem", style="Kolumn"))], ["a", "b"]], 1),
    "only row": ([[bold("Vad"), bold("Vem")]], 0),
}


@pytest.mark.parametrize(("rows", "expected"), HEADERS.values(), ids=HEADERS)
def test_header_rows(rows: list[object], expected: int) -> None:
    """Header rows are those Word repeats, else those set apart by type from the rows below."""
    styles = DEFAULT_STYLES + style("Kolumn", "heading 5", based="Normal")
    assert read_table(*rows, styles=styles).header_rows == expected


def test_header_by_table_style() -> None:
    """A table style that sets the first row in bold makes it a header, when the table uses that part of the style."""
    styles = DEFAULT_STYLES + (
        '<w:style w:type="table" w:styleId="Rutnat"><w:name w:val="Rutnät"/><w:tblStylePr w:type="firstRow">'
        "<w:rPr><w:b/>"
        '</w:rPr><w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>'
    )
    look = '<w:tblStyle w:val="Rutnat"/><w:tblLook w:val="{}"/>'
    with_first = read_table(["Vad", "Vem"], ["a", "b"], props=look.format("04A0"), styles=styles)
    without = read_table(["Vad", "Vem"], ["a", "b"], props=look.format("0480"), styles=styles)
    assert (with_first.header_rows, without.header_rows) == (1, 0)
    assert [(cell.shaded, cell.is_bold) for cell in with_first.cells] == [(True, True)] * 2 + [(False, False)] * 2


def test_table_without_cells_is_nothing() -> None:
    """An empty table leaves no block."""
    assert read_docx(build("x", tbl([]), tbl([tr()])), file="t.docx").blocks[-1].id == "b1"


def test_deeply_nested_tables_are_flattened() -> None:
    """Tables nested beyond reason are read as the paragraphs they hold."""
    inner: Markup = p("längst in")
    for _ in range(30):
        inner = tbl([[tc(inner), "x"], ["y", "z"]])
    document = read_docx(build(inner), file="t.docx")
    assert any(block.text == "längst in" for block in document.walk())
    assert max(block.id.count(".") for block in document.walk()) < 40


def test_time_grows_with_rows_only() -> None:
    """A table of a thousand rows is read in one pass."""
    import time

    def seconds(rows: int) -> float:
        data = build(tbl([["a", "b", "c", "d"]] * rows))
        begin = time.process_time()
        read_docx(data, file="t.docx")
        return time.process_time() - begin

    seconds(100)
    assert seconds(1200) < 12 * max(0.02, seconds(300))


NEW_LINE = Markup("<w:r><w:br/></w:r>")


def tabbed(*words: str) -> list[str]:
    """Words set apart by tabs, as the content of a paragraph."""
    return [part for word in words for part in (TAB, word)][1:]


def blocks_of(*paragraphs: str) -> list[list[list[str | None]] | str]:
    """What is read: tables as their grids, other blocks as their text."""
    read = read_docx(build(*paragraphs), file="flikar.docx").blocks
    return [grid(block.table) if block.table else block.text for block in read]


def test_lines_with_tabs_under_bold_heads_are_a_table() -> None:
    """Columns made with the tab key, in paragraphs or in lines of one, are columns; a cell missing at the end is empty."""
    rows = [["Åtgärd", "Ansvarig", "När"], ["Nattvandring", "Fritid", "Maj"], ["Grannstöd", "Polisen", "Juni"]]
    head = p(*tabbed(*map(b, rows[0])))
    table = blocks_of(head, p(*tabbed(*rows[1])), p(*tabbed(*rows[2])), p("Så gör vi."))
    assert table == [rows, "Så gör vi."]
    assert blocks_of(head, p(*tabbed(*rows[1]), NEW_LINE, *tabbed(*rows[2]))) == [rows]
    doubled = p("Nattvandring", TAB, TAB, "Fritid", TAB, "Maj")
    assert blocks_of(head, doubled, p(*tabbed("Grannstöd", "Polisen"))) == [
        [rows[0], rows[1], ["Grannstöd", "Polisen", None]]
    ]


def test_names_side_by_side_are_no_table() -> None:
    """Lines to sign on, two texts beside each other and lines without bold heads stay paragraphs."""
    names = [p(*tabbed("Eva Ek", "Bo Alm", "Per Ask")), p(*tabbed("Ordförande", "Chef", "Rektor"))]
    two = [p(*tabbed(b("Kommunen"), b("Polisen"))), p(*tabbed("Eva Ek", "Bo Alm"))]
    lines = [p(*tabbed(*map(b, ("Ort", "Namn", "Titel")))), p(*tabbed("________", "________", "________"))]
    for paragraphs in (names, two, lines):
        assert all(isinstance(block, str) for block in blocks_of(*paragraphs))
