"""What comes out of pdfium: words with boxes and style, rules and shading, and files that cannot be read."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.layout_page import PageContent
from samsyn.extract.readers.pdf_characters import clean_letters
from samsyn.extract.readers.pdf_drawing import MAX_SEGMENTS
from samsyn.extract.readers.pdf_forms import calls_explode
from samsyn.extract.readers.pdf_pages import add_drawn_bullets, open_pdf
from samsyn.models.source import Box
from tests.hostile.pdf import form, pdf, pdfs
from tests.pdf_builder import A4, Page, build


def contents(*pages: Page) -> list[PageContent]:
    """The contents of drawn pages, all of them sound."""
    read = list(open_pdf(build(*pages), file="prov.pdf").pages)
    assert not any(isinstance(page, int) for page in read)
    return [page for page in read if not isinstance(page, int)]


def words(page: PageContent) -> list[str]:
    return [word.text for word in page.words]


def test_a_word_has_its_place_size_and_weight() -> None:
    """Places are measured from the top left corner, whatever the file measures from."""
    page = contents(Page().text(100, 200, "Trygg", size=12, bold=True).text(150, 200, "stad", italic=True))[0]
    first, second = page.words
    assert (first.text, first.size, first.bold, first.italic) == ("Trygg", 12.0, True, False)
    assert first.x0 == pytest.approx(100, abs=1)
    assert first.baseline == pytest.approx(200, abs=0.5)
    assert first.top < 200 < first.bottom
    assert (second.bold, second.italic) == (False, True)


def test_a_style_change_within_a_word_parts_it() -> None:
    """'Mål:' with a bold word and a plain colon is one word in two pieces."""
    width = stringWidth("Delmål", "Helvetica-Bold", 11)
    page = contents(Page().text(100, 200, "Delmål", bold=True).text(100 + width, 200, ":"))[0]
    assert [(word.text, word.bold, word.glued) for word in page.words] == [
        ("Delmål", True, False),
        (":", False, True),
    ]


def test_a_hyphen_at_a_line_end_stays_a_hyphen() -> None:
    """pdfium puts U+0002 there and runs the two lines together."""
    page = contents(Page().text(100, 200, "brottsföre-").text(100, 214, "byggande arbete"))[0]
    assert words(page) == ["brottsföre-", "byggande", "arbete"]
    assert page.words[1].baseline == pytest.approx(214, abs=0.5)


def test_letters_drawn_twice_are_read_once() -> None:
    """Old programs make bold type by drawing it twice, a fraction of a point apart."""
    page = contents(Page().text(100, 200, "Bakgrund").text(150, 300, "annat").text(100.4, 200, "Bakgrund"))[0]
    assert sorted(words(page)) == ["Bakgrund", "annat"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    """A page's own rotation changes its size and the places of its words, not their order."""
    width, height = A4
    # reportlab lays the paper on its side for a quarter turn, so that it is seen upright.
    origin = {0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[turn]

    def draw(canvas: object) -> None:
        canvas.saveState()  # type: ignore[attr-defined]
        canvas.translate(*origin)  # type: ignore[attr-defined]
        canvas.rotate(turn)  # type: ignore[attr-defined]
        canvas.drawString(100, 400, "Åtgärder för trygghet")  # type: ignore[attr-defined]
        canvas.drawString(100, 380, "i hela kommunen")  # type: ignore[attr-defined]
        canvas.restoreState()  # type: ignore[attr-defined]

    page = contents(Page(rotate=turn).do(draw))[0]
    assert page.turn == 0
    assert (page.width, page.height) == pytest.approx(A4)
    assert words(page) == ["Åtgärder", "för", "trygghet", "i", "hela", "kommunen"]
    first, last = page.words[0], page.words[3]
    assert first.x0 == pytest.approx(last.x0, abs=1)
    assert last.baseline - first.baseline == pytest.approx(20, abs=0.5)


def test_sideways_text_brings_its_page_upright() -> None:
    """A landscape table set sideways on a page that is not turned; boxes lead back to the page as seen."""

    def draw(canvas: object) -> None:
        canvas.saveState()  # type: ignore[attr-defined]
        canvas.translate(300, 100)  # type: ignore[attr-defined]
        canvas.rotate(90)  # type: ignore[attr-defined]
        canvas.drawString(0, 0, "Handlingsplan på tvären")  # type: ignore[attr-defined]
        canvas.restoreState()  # type: ignore[attr-defined]

    page = contents(Page().do(draw))[0]
    assert page.turn == 1
    assert (page.width, page.height) == pytest.approx((842, 595))
    assert words(page) == ["Handlingsplan", "på", "tvären"]
    word = page.words[0]
    seen = page.as_seen(Box(word.x0, word.top, word.x1, word.bottom))
    assert seen.x0 < 300 < seen.x1 + 3
    assert seen.bottom == pytest.approx(842 - 100, abs=1)


def test_slanting_text_is_kept_apart() -> None:
    """A watermark runs in no direction of the page's text."""

    def draw(canvas: object) -> None:
        canvas.saveState()  # type: ignore[attr-defined]
        canvas.translate(200, 300)  # type: ignore[attr-defined]
        canvas.rotate(45)  # type: ignore[attr-defined]
        canvas.drawString(0, 0, "UTKAST")  # type: ignore[attr-defined]
        canvas.restoreState()  # type: ignore[attr-defined]

    page = contents(Page().text(100, 200, "Avtalet gäller.").do(draw))[0]
    assert words(page) == ["Avtalet", "gäller."]
    assert [word.text for word in page.turned] == ["UTKAST"]


def test_unseen_text_is_not_read() -> None:
    """White letters on white paper, and invisible ones without a picture over them."""
    page = Page().text(100, 200, "Synlig text i flera ord så att sidan har något")
    page.text(100, 300, "osynlig", mode=3)
    page.do(lambda canvas: canvas.setFillGray(1)).text(100, 400, "vit").do(lambda canvas: canvas.setFillGray(0))
    assert "osynlig" not in words(contents(page)[0])
    assert "vit" not in words(contents(page)[0])


def test_white_text_on_a_dark_cell_is_read() -> None:
    """Header rows are often white on blue."""
    page = Page().shade(90, 180, 300, 220, grey=0.2)
    page.do(lambda canvas: canvas.setFillGray(1)).text(100, 200, "Ansvarig").do(lambda canvas: canvas.setFillGray(0))
    assert words(contents(page)[0]) == ["Ansvarig"]


def test_invisible_text_over_a_picture_is_the_scanners_layer() -> None:
    """Such a layer is read, and its letters are counted as hidden."""
    page = contents(Page().picture(0, 0, 595, 842).text(100, 200, "Inskannat avtal", mode=3))[0]
    assert words(page) == ["Inskannat", "avtal"]
    assert page.hidden == 14
    assert page.picture_share == pytest.approx(1.0, abs=0.01)


def test_rules_come_from_lines_and_thin_boxes_and_forms() -> None:
    """Word draws its table rules as filled boxes half a point thin; some programs put tables in a form."""

    def draw(canvas: object) -> None:
        canvas.beginForm("tabell")  # type: ignore[attr-defined]
        canvas.line(50, 500, 250, 500)  # type: ignore[attr-defined]
        canvas.endForm()  # type: ignore[attr-defined]
        canvas.doForm("tabell")  # type: ignore[attr-defined]
        canvas.rect(50, 400, 200, 0.5, stroke=0, fill=1)  # type: ignore[attr-defined]
        canvas.rect(50, 300, 200, 60, stroke=0, fill=1)  # type: ignore[attr-defined]

    page = contents(Page().rule(50, 100, 50, 300).do(draw))[0]
    flat = sorted((round(rule.x0), round(rule.top), round(rule.x1)) for rule in page.rules if rule.is_horizontal)
    assert flat == [(50, 342, 250), (50, 442, 250)]
    assert [(round(rule.x0), round(rule.bottom - rule.top)) for rule in page.rules if not rule.is_horizontal] == [
        (50, 200)
    ]
    assert [(round(shade.x0), round(shade.top), shade.dark) for shade in page.shades] == [(50, 482, True)]


def test_a_drawn_dot_before_a_line_is_its_bullet() -> None:
    """Browsers draw list bullets as small circles."""
    page = (
        Page().text(100, 200, "Fler ska känna sig trygga").do(lambda canvas: canvas.circle(88, 842 - 197, 1.8, fill=1))
    )
    found = contents(page)[0]
    assert "•" in words(found)
    bullet = next(word for word in found.words if word.text == "•")
    assert bullet.x1 < 100
    assert bullet.baseline == pytest.approx(200, abs=0.5)


def test_a_dot_far_from_any_line_is_no_bullet() -> None:
    """Maps and charts are full of dots."""
    page = contents(Page().text(100, 200, "Karta"))[0]
    assert add_drawn_bullets(page.words, [Box(300, 400, 303, 403)]) == page.words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("eﬀektmål", "effektmål"),
        ("o\u0308ka", "öka"),
        ("trygg\u00adhet", "trygghet"),
        ("brotts\u00ad", "brotts\u00ad"),
        ("kommun\u2011polis", "kommun-polis"),
        ("\uf0b7", "•"),
    ],
)
def test_letters_are_cleaned(written: str, read: str) -> None:
    """Ligatures, loose diacritics, soft hyphens within words, and the bullets of symbol fonts."""
    assert clean_letters(written) == read


def test_checks_of_symbol_fonts_keep_their_meaning() -> None:
    """A tick in a matrix of who does what is a letter of Wingdings."""
    assert clean_letters("ü", symbol=True) == "✓"
    assert clean_letters("§", symbol=True) == "•"


WHOLE = build(Page().text(100, 200, "Hej"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0\0\0\n", "empty"),
        (b"Protokoll", "not a PDF"),
        (WHOLE[: len(WHOLE) // 2], "cut off"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
    ],
)
def test_what_is_no_sound_pdf_is_refused_in_one_line(data: bytes, reason: str) -> None:
    """The error names the file and why."""
    with pytest.raises(UnreadableDocument, match=rf"^prov\.pdf: .*{reason}") as caught:
        open_pdf(data, file="prov.pdf")
    assert "\n" not in str(caught.value)


def test_an_encrypted_file_needs_its_password() -> None:
    """Without one and with a wrong one the reasons differ; with the right one it is read."""
    data = build(Page().text(100, 200, "Hemligt"), password="sesam")
    with pytest.raises(UnreadableDocument, match="give its password"):
        open_pdf(data, file="prov.pdf")
    with pytest.raises(UnreadableDocument, match="password is wrong"):
        open_pdf(data, file="prov.pdf", password="fel")
    page = next(open_pdf(data, file="prov.pdf", password="sesam").pages)
    assert isinstance(page, PageContent)
    assert words(page) == ["Hemligt"]


def test_too_many_pages_are_refused() -> None:
    """A limit keeps a hostile file from taking all day."""
    with pytest.raises(UnreadableDocument, match="3 pages are more than the limit of 2"):
        open_pdf(build(Page(), Page(), Page()), file="prov.pdf", max_pages=2)


def test_a_page_of_endless_drawing_is_cut() -> None:
    """The text is still read, and the page says that something was left out."""

    def draw(canvas: object) -> None:
        path = canvas.beginPath()  # type: ignore[attr-defined]
        for index in range(MAX_SEGMENTS):
            path.moveTo(index % 500, index % 800)
            path.lineTo(index % 500 + 10, index % 800)
        canvas.drawPath(path)  # type: ignore[attr-defined]

    page = contents(Page().text(100, 200, "Karta").do(draw))[0]
    assert page.cut
    assert words(page) == ["Karta"]


def test_drawings_that_call_one_another_without_end_are_refused_at_once() -> None:
    """Protects time and memory: 2^40 drawings are counted from what calls what, before pdfium draws the first."""
    for name in ("forms doubled.pdf", "forms doubled, packed.pdf"):
        with pytest.raises(UnreadableDocument, match="call one another more than 100000 times"):
            open_pdf(pdfs()[name], file=name)


def test_drawings_within_drawings_are_read() -> None:
    """Protects ordinary files: a logo in a header in a frame, a form that calls itself, are no bombs."""
    for name in ("plain.pdf", "form in itself.pdf"):
        assert not calls_explode(pdfs()[name])
    framed = [form(b"/X0 Do " * 9, b"/X0 7 0 R"), form(b"/X0 Do " * 9, b"/X0 8 0 R"), form(b"0 0 m 9 9 l S", b"")]
    assert not calls_explode(pdf(b"/X0 Do " * 9, objects=framed))
    assert calls_explode(pdf(b"/X0 Do " * 2000, objects=framed))
