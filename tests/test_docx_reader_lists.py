"""The Word reader: list items get the marker that is printed before them and the depth that is seen."""

from __future__ import annotations

import pytest

from samsyn.extract.readers.docx_numbering import write_number
from samsyn.extract.readers.docx_reader import read_docx
from samsyn.models.document import Block, BlockKind
from tests.docx_builder import BREAK, DEFAULT_STYLES, LONG, TAB, b, build, level, numbering, p, r, style, tbl, tc

OUTLINE = [level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "bullet", "\uf0b7")]
LEGAL = [level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "upperRoman", "%1.%2.%3")]


def blocks(*body: str, **options: object) -> list[Block]:
    return list(read_docx(build(*body, **options), file="lista.docx").blocks)  # type: ignore[arg-type]


def items(*body: str, **options: object) -> list[tuple[int, str, str]]:
    return [(block.level, block.marker, block.text) for block in blocks(*body, **options)]


def indent(twips: int) -> str:
    return f'<w:ind w:left="{twips}"/>'


def test_counted_list_with_three_depths() -> None:
    """Numbers, letters and bullets are counted as Word counts; a deeper list starts over under a new item."""
    assert items(
        p("ett", num=(1, 0)),
        p("a", num=(1, 1)),
        p("b", num=(1, 1)),
        p("två", num=(1, 0)),
        p("c", num=(1, 1)),
        p("djup", num=(1, 2)),
        numbering_xml=numbering({0: OUTLINE}, {1: 0}),
    ) == [
        (1, "1.", "ett"),
        (2, "a)", "a"),
        (2, "b)", "b"),
        (1, "2.", "två"),
        (2, "a)", "c"),
        (3, "•", "djup"),
    ]


def test_list_goes_on_after_a_paragraph() -> None:
    """A counted list interrupted by text goes on counting; another instance starts over when it says so."""
    fresh = '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert items(
        p("ett", num=(1, 0)),
        LONG,
        p("två", num=(1, 0)),
        p("om", num=(2, 0)),
        p("tre?", num=(3, 0)),
        numbering_xml=numbering({0: OUTLINE}, {1: 0, 2: fresh, 3: 0}),
    ) == [(1, "1.", "ett"), (0, "", LONG), (1, "2.", "två"), (1, "1.", "om"), (1, "2.", "tre?")]


def test_nested_items_keep_their_depth_after_a_paragraph() -> None:
    """A sub-list that goes on below a paragraph stays a sub-list."""
    found = items(
        p("ett", num=(1, 0)),
        p("a", num=(1, 1)),
        LONG,
        p("b", num=(1, 1)),
        numbering_xml=numbering({0: OUTLINE}, {1: 0}),
    )
    assert found[-1] == (2, "b)", "b")


def test_depth_within_one_counted_list_needs_no_indent() -> None:
    """'1.1' below '1' is deeper even where both begin at the margin, and after a paragraph between them."""
    flat = [level(0, "decimal", "%1", left=0), level(1, "decimal", "%1.%2", left=0)]
    body = [
        p("a", num=(1, 0)),
        p("b", num=(1, 1)),
        LONG,
        p("c", num=(1, 1)),
        p("d", num=(1, 0)),
        LONG,
        p("e", num=(1, 1)),
    ]
    found = items(*body, numbering_xml=numbering({0: flat}, {1: 0}))
    assert [(depth, marker) for depth, marker, _ in found if marker] == [
        (1, "1"),
        (2, "1.1"),
        (2, "1.2"),
        (1, "2"),
        (2, "2.1"),
    ]


def test_lists_below_a_new_heading_begin_anew() -> None:
    """Under a new heading a list that begins at its second depth is not nested in one from above."""
    found = items(
        p("a", num=(1, 0)),
        p("Mål", style="Heading1"),
        p("b", num=(1, 1)),
        numbering_xml=numbering({0: OUTLINE}, {1: 0}),
    )
    assert [depth for depth, marker, _ in found if marker] == [1, 1]


def test_sub_list_alone_is_outermost() -> None:
    """A list that someone began at the second depth is not nested in anything."""
    assert items(p("a", num=(1, 1)), p("b", num=(1, 1)), numbering_xml=numbering({0: OUTLINE}, {1: 0})) == [
        (1, "a)", "a"),
        (1, "b)", "b"),
    ]


def test_multilevel_numbers_and_legal_style() -> None:
    """'1.2.I' is put together from all depths; legal numbering writes them in digits."""
    legal = [LEGAL[0].replace("decimal", "upperRoman"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>")]
    body = [
        p("x", num=(1, 0)),
        p("x", num=(1, 1)),
        p("x", num=(1, 1)),
        p("x", num=(1, 2)),
        p("y", num=(2, 0)),
        p("y", num=(2, 1)),
    ]
    found = items(*body, numbering_xml=numbering({0: LEGAL, 1: legal}, {1: 0, 2: 1}))
    assert [marker for _, marker, _ in found] == ["1", "1.1", "1.2", "1.2.I", "I", "1.1"]


def test_skipped_depth_counts_as_begun() -> None:
    """A second-depth item with no first-depth item above shows '1.1'."""
    assert items(p("x", num=(1, 1)), numbering_xml=numbering({0: LEGAL}, {1: 0}))[0][1] == "1.1"


def test_empty_numbered_paragraph_is_counted_but_not_given() -> None:
    """Word prints a number on an empty line, so the next item has the number after it."""
    found = items(p("x", num=(1, 0)), p(num=(1, 0)), p("y", num=(1, 0)), numbering_xml=numbering({0: OUTLINE}, {1: 0}))
    assert [marker for _, marker, _ in found] == ["1.", "3."]


def test_numbering_from_a_style_and_switched_off() -> None:
    """A style's numbering counts; number zero takes it off again; the depth may be tied to the style."""
    styles = (
        DEFAULT_STYLES
        + style("Lista", "Egen lista", based="Normal", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("Lista2", "Egen lista 2", based="Lista")
    )
    levels = [level(0, "decimal", "%1."), level(1, "lowerLetter", "%2.", extra='<w:pStyle w:val="Lista2"/>')]
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert items(
        p("ett", style="Lista"),
        p("a", style="Lista2"),
        p("utan", style="Lista", props=off),
        p("två", style="Lista"),
        styles=styles,
        numbering_xml=numbering({0: levels}, {1: 0}),
    ) == [(1, "1.", "ett"), (2, "a.", "a"), (0, "", "utan"), (1, "2.", "två")]


def test_linked_numbering_style() -> None:
    """A definition that only points to a list style is read through it."""
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Punkter"/></w:abstractNum>'
    target = numbering({6: ['<w:styleLink w:val="Punkter"/>', level(0, "bullet", "–")]}, {2: 5})
    assert items(p("x", num=(2, 0)), numbering_xml=linked + target) == [(1, "–", "x")]


def test_numbering_that_prints_nothing_makes_no_list() -> None:
    """A 'none' numbering is only an indent."""
    found = blocks(p("x", num=(1, 0)), numbering_xml=numbering({0: [level(0, "none", "")]}, {1: 0}))
    assert found[0].kind is BlockKind.PARAGRAPH


def test_list_styles_by_name() -> None:
    """A bullet style without numbering is a bulleted list; 'List Paragraph' alone is only indented text."""
    styles = DEFAULT_STYLES + style("LB2", "List Bullet 2") + style("LP", "List Paragraph", ppr=indent(720))
    assert items(p("x", style="ListBullet"), p("y", style="LB2"), p("z", style="LP"), styles=styles) == [
        (1, "•", "x"),
        (2, "•", "y"),
        (0, "", "z"),
    ]


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("- fler vuxna ute", "-"),
        ("• fler vuxna ute", "•"),
        ("•fler vuxna ute", "•"),
        ("– fler vuxna ute", "–"),
        ("* fler vuxna ute", "*"),
        ("\uf0b7 fler vuxna ute", "•"),
        ("1. fler vuxna ute", "1."),
        ("12) fler vuxna ute", "12)"),
        ("a) fler vuxna ute", "a)"),
        ("(b) fler vuxna ute", "(b)"),
        ("ii) fler vuxna ute", "ii)"),
        ("2.3. fler vuxna ute", "2.3."),
        ("✓ fler vuxna ute", "✓"),
        ("b. fler vuxna ute", "b."),
    ],
)
def test_typed_markers(line: str, marker: str) -> None:
    """A marker written by hand goes to the block's marker."""
    assert items(LONG, line, LONG)[1] == (1, marker, "fler vuxna ute")


@pytest.mark.parametrize(
    "line",
    [
        "-5 grader",
        "A. Andersson",
        "2030. Ett år",
        "1.5 gånger fler",
        "o-ordning",
        "- - -",
        "–",
        "o andra sidan",
        "Mål 1. Fler",
        "100. x",
    ],
)
def test_what_only_looks_like_a_marker(line: str) -> None:
    """Numbers, initials, years, dashes and words stay in the text."""
    assert items(LONG, line, LONG)[1] == (0, "", line)


def test_letter_o_as_second_bullet() -> None:
    """Word's hollow bullet pasted as the letter 'o' is a bullet among bullets or before a tab."""
    assert items("• yttre", "o inre", "o inre två", p("o", TAB, "efter tabb")) == [
        (1, "•", "yttre"),
        (2, "o", "inre"),
        (2, "o", "inre två"),
        (2, "o", "efter tabb"),
    ]


def test_typed_nesting_by_indent_and_by_marker() -> None:
    """Depth follows the indent; at one indent another kind of marker is one deeper until the first returns."""
    by_indent = items(p("- a", props=indent(360)), p("- b", props=indent(720)), p("- c", props=indent(360)))
    by_tab = items("- a", p(TAB, "- b"), "- c")
    by_marker = items("1. a", "- b", "- c", "2. d")
    assert [depth for depth, _, _ in by_indent] == [depth for depth, _, _ in by_tab] == [1, 2, 1]
    assert [depth for depth, _, _ in by_marker] == [1, 2, 2, 1]


def test_text_between_lists_starts_them_over() -> None:
    """A list below a paragraph is a list of its own, whatever its indent."""
    found = items(p("- a", props=indent(360)), LONG, p("- b", props=indent(720)))
    assert [depth for depth, _, _ in found] == [1, 0, 1]


def test_list_typed_into_one_paragraph() -> None:
    """Items set on lines of their own by manual breaks are items of their own, in cells too."""
    lines = p("Polisen ska", BREAK, "- synas mer", BREAK, "- svara snabbt", BREAK, "också på helger")
    expected = [(0, "", "Polisen ska"), (1, "-", "synas mer"), (1, "-", "svara snabbt\nockså på helger")]
    assert items(lines) == expected
    (table,) = [block.table for block in blocks(tbl([[tc(lines), "x"], ["y", "z"]]))]
    assert table is not None
    assert [(block.level, block.marker, block.text) for block in table.cells[0].blocks] == expected


def test_bold_bullets_stay_list_items() -> None:
    """A bullet set wholly in bold is a list item with emphasis."""
    block = blocks(LONG, p("- ", b("Trygghet i centrum")), LONG)[1]
    assert (block.kind, block.text, block.is_bold) == (BlockKind.LIST_ITEM, "Trygghet i centrum", True)


def test_marker_and_emphasis_offsets() -> None:
    """Taking off the marker moves emphasis and notes along."""
    block = blocks(p("1. ", b("Mål:"), " lugn", r(raw='<w:footnoteReference w:id="1"/>')), footnotes={1: "Se bilaga"})[
        0
    ]
    assert [block.text[span.start : span.end] for span in block.emphasis] == ["Mål:"]
    assert [(mark.offset, mark.label) for mark in block.notes] == [(9, "1")]


def test_lists_in_cells() -> None:
    """Counted and bulleted items in a cell are items, with ids by their place in the cell."""
    found = blocks(
        tbl([["Vad", tc(p("ett", num=(1, 0)), p("två", num=(1, 0)), "slut")], ["x", "y"]]),
        numbering_xml=numbering({0: OUTLINE}, {1: 0}),
    )
    table = found[0].table
    assert table is not None
    assert [(block.id, block.level, block.marker) for block in table.cells[1].blocks] == [
        ("b1.r0.c1.0", 1, "1."),
        ("b1.r0.c1.1", 1, "2."),
        ("b1.r0.c1.2", 0, ""),
    ]


@pytest.mark.parametrize(
    ("count", "style_name", "expected"),
    [
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (7, "decimalZero", "07"),
        (5000, "lowerRoman", "5000"),
        (3, "ordinal", "3"),
        (1, "none", ""),
        (0, "lowerLetter", "0"),
    ],
)
def test_number_formats(count: int, style_name: str, expected: str) -> None:
    """Counts are written in Word's formats, and in digits where the format has no such number."""
    assert write_number(count, style_name) == expected


def test_numbers_of_several_parts_count_one_list() -> None:
    """'3.1' and '3.2' without a last stop are items of one depth."""
    paragraphs = [p("3.1", TAB, "Polisen besöker skolorna."), p("3.2", TAB, "Kommunen utbildar personalen.")]
    items = read_docx(build(*paragraphs), file="lista.docx").blocks
    assert [(item.marker, item.level) for item in items] == [("3.1", 1), ("3.2", 1)]
