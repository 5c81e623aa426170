"""Running text of a PDF as blocks: paragraphs, headings, lists, hyphens, columns, footnotes, furniture, signatures."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from samsyn.models.document import BlockKind, Document
from tests.pdf_builder import LEFT, Page, read, tables, texts, wrap

PROSE = (
    "Kommunen och polisen har under flera år arbetat sida vid sida med trygghet i centrum och i bostadsområdena. "
    "Arbetet utgår från en gemensam lägesbild som uppdateras två gånger om året. Den visar var brott begås, vilka som "
    "utsätts och vad invånarna oroar sig för."
)
OTHER = (
    "Parterna är överens om att satsa på färre platser och att stanna kvar längre på var och en av dem. En plats "
    "lämnas först när två mätningar i rad visar att läget har blivit bättre."
)


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]


def items(document: Document) -> list[tuple[int, str, str]]:
    found = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    return [(block.level, block.marker, block.text) for block in found]


def body(*extra: str) -> Page:
    """A page with enough prose to tell what is usual in it."""
    page = Page().paragraph(PROSE).paragraph(OTHER)
    for text in extra:
        page.paragraph(text)
    return page


class TestParagraphs:
    def test_lines_are_joined_and_keep_their_places(self) -> None:
        """A block's text runs on; each printed line is known with page and box."""
        document = read(body())
        assert texts(document) == [PROSE, OTHER]
        block = document.blocks[0]
        assert len(block.lines) == len(wrap(PROSE, 455, 11))
        assert [line.page for line in block.lines] == [1] * len(block.lines)
        second = block.lines[1]
        assert block.text[second.start :].startswith(wrap(PROSE, 455, 11)[1])
        evidence = block.locate(PROSE.index("lägesbild"), PROSE.index("lägesbild") + 9)
        assert evidence[0].page == 1
        assert evidence[0].bbox is not None

    def test_a_short_line_ends_its_paragraph_without_any_space_after(self) -> None:
        """Where the next word would have fit, the break was meant."""
        page = body()
        page.paragraph("Diarienummer: KS 2024/17", gap=0).paragraph("Förslag till kommunstyrelsen", gap=0)
        assert texts(read(page))[2:] == ["Diarienummer: KS 2024/17", "Förslag till kommunstyrelsen"]

    def test_a_line_stretched_from_edge_to_edge_stays_whole(self) -> None:
        """In justified text a line that a manual break ends has wide gaps, all alike: no columns."""
        page = body()
        page.y += 20
        words = ["Målet", "gäller", "hela", "kommunens", "område"]
        gap = (455 - sum(stringWidth(word, "Helvetica", 11) for word in words)) / (len(words) - 1)
        x = LEFT
        for word in words:
            page.text(x, page.y, word)
            x += stringWidth(word, "Helvetica", 11) + gap
        assert "Målet gäller hela kommunens område" in "\n".join(texts(read(page)))

    def test_two_long_words_may_fill_a_justified_line(self) -> None:
        """No third word had room beside them, and the lines around end at the same margin."""
        lines = (
            ("Samverkansöverenskommelsen", "mellan"),
            ("polismyndigheten", "och", "Sjöviks", "kommun", "om"),
            ("arbetet", "i", "alla", "stadsdelar", "ska", "följas", "upp"),
            ("varje", "år", "av", "det", "lokala", "rådet", "som", "redan"),
            ("efter", "sommaren", "redovisar", "till", "styrelsen"),
        )
        page = body()
        for words in lines:
            page.y += 13.75
            gap = (250 - sum(stringWidth(word, "Helvetica", 11) for word in words)) / (len(words) - 1)
            x = float(LEFT)
            for word in words:
                page.text(x, page.y, word)
                x += stringWidth(word, "Helvetica", 11) + gap
        assert " ".join(lines[0]) in "\n".join(texts(read(page)))

    def test_a_label_in_capitals_begins_a_paragraph(self) -> None:
        """'MÅL: …' right below a line that was full."""
        page = body()
        page.y += 13.75
        full = "Mer om det står i den bilaga som parterna har fogat till överenskommelsen (bilaga 1, sidan 4)"
        page.text(LEFT, page.y, full)
        page.text(LEFT, page.y + 13.75, "MÅL: Färre ska utsättas för våld.")
        assert texts(read(page))[-1] == "MÅL: Färre ska utsättas för våld."

    def test_notes_set_closer_do_not_tell_how_text_is_spaced(self) -> None:
        """Footnotes as large as the text have lines of single spacing below text of one and a half."""
        page = Page()
        for line in wrap(f"{PROSE} {OTHER}", 455, 11):
            page.y += 20
            page.text(LEFT, page.y, line)
        page.text(LEFT, page.y + 40, "Se mätningen").text(LEFT + 66, page.y + 36, "1", size=6)
        page.rule(LEFT, 640, 200, 640).text(LEFT, 652, "1", size=6)
        for index, line in enumerate(wrap(f"{PROSE} {OTHER} {PROSE}", 440, 11)):
            page.text(LEFT + 6, 656 + 12.5 * index, line)
        assert texts(read(page))[0] == f"{PROSE} {OTHER}"

    @pytest.mark.parametrize("last", ["Storvik den 12 mars 2025", "Storvik, 2025-03-12"])
    def test_a_place_and_a_day_right_below_a_full_line_stand_by_themselves(self, last: str) -> None:
        """The line before has ended its sentence and left no room; this one ends in a number, without a full stop."""
        full = "Överenskommelsen gäller från den dag då båda har undertecknat den, och i tre år därefter."
        page = Page().paragraph(OTHER)
        page.paragraph(full, gap=0, width=460).paragraph(last, gap=0).paragraph("För Storviks kommun")
        assert texts(read(page)) == [OTHER, full, last, "För Storviks kommun"]

    def test_a_sentence_that_ends_in_a_number_and_a_full_stop_belongs_to_its_paragraph(self) -> None:
        """So does one that begins within the line before."""
        full = "Överenskommelsen gäller från den dag då båda har undertecknat den, och i tre år därefter."
        assert stringWidth(full, "Helvetica", 11) > 440
        text = f"{full} Den ersätter den som skrevs 2021."
        assert texts(read(Page().paragraph(OTHER).paragraph(text, width=460))) == [OTHER, text]

    def test_a_first_line_indent_begins_a_paragraph(self) -> None:
        """Older agreements set paragraphs apart by indent alone."""
        page = Page()
        for text in (PROSE, OTHER, PROSE):
            first, *rest = wrap("      " + text, 455, 11)
            page.y += 13.75
            page.text(LEFT + 18, page.y, first.strip())
            for line in rest:
                page.y += 13.75
                page.text(LEFT, page.y, line)
        assert texts(read(page)) == [PROSE, OTHER, PROSE]

    def test_a_sentence_goes_on_over_the_page_turn(self) -> None:
        """The block then has lines on both pages, past the furniture between."""
        words = (PROSE + " " + OTHER).split(" ")
        first, second = " ".join(words[:30]), " ".join(words[30:])
        lines = wrap(first, 455, 11)
        pages = [
            Page(y=700).paragraph(first, gap=0).text(300, 810, "1 (2)", size=8),
            Page().paragraph(second).text(300, 810, "2 (2)", size=8),
        ]
        # The last line of the first page must be full, as a typesetter would leave it.
        rest = first.split(lines[-1])[0].strip()
        pages[0] = Page(y=700).paragraph(rest, gap=0).text(300, 810, "1 (2)", size=8)
        pages[1] = Page().paragraph(f"{lines[-1]} {second}").text(300, 810, "2 (2)", size=8)
        document = read(*pages)
        assert texts(document) == [PROSE + " " + OTHER]
        assert (document.blocks[0].page, document.blocks[0].last_page) == (1, 2)

    def test_each_paper_of_a_bundle_has_its_own_spacing(self) -> None:
        """A widely set agreement behind a closely set memo is not one paragraph a line."""
        pages = [Page(), Page()]
        for page, leading in zip(pages, (12.5, 22.0), strict=True):
            for text in (PROSE, OTHER, PROSE + " " + OTHER):
                for line in wrap(text, 455, 11):
                    page.y += leading
                    page.text(LEFT, page.y, line)
                page.y += 12
        assert texts(read(*pages)) == [PROSE, OTHER, PROSE + " " + OTHER] * 2

    def test_a_line_in_bold_goes_on_a_sentence_with_bold_words(self) -> None:
        """A goal with its first and last words in bold is one paragraph, though its last line is all bold."""
        page = body()
        page.y += 14
        page.text(70, page.y, "Ett tryggt och säkert Sjövik", bold=True)
        page.text(215.5, page.y, "där vi under hela perioden har tagit stora steg mot ett tryggare")
        page.text(70, page.y + 13.75, "Sjövik utan otrygga platser", bold=True)
        page.y += 40
        assert texts(read(page.paragraph(OTHER)))[-2].endswith("mot ett tryggare Sjövik utan otrygga platser")

    def test_bold_stretches_are_kept_as_emphasis(self) -> None:
        """A bold lead does not make its paragraph a heading."""
        page = body()
        page.y += 20
        page.text(LEFT, page.y, "Problembild:", bold=True).text(
            LEFT + 76, page.y, "Unga samlas vid stationen om kvällarna."
        )
        block = read(page).blocks[-1]
        assert block.kind is BlockKind.PARAGRAPH
        assert block.text == "Problembild: Unga samlas vid stationen om kvällarna."
        assert block.text[: block.bold_lead] == "Problembild:"


class TestHyphens:
    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("Det är ett brottsföre-", "byggande arbete.", "Det är ett brottsförebyggande arbete."),
            (
                "Vi satsar på brotts-",
                "och drogförebyggande arbete.",
                "Vi satsar på brotts- och drogförebyggande arbete.",
            ),
            ("Flera har en EPA-", "traktor i dag.", "Flera har en EPA-traktor i dag."),
            ("Det gäller till 2025-", "12-31 i hela kommunen.", "Det gäller till 2025-12-31 i hela kommunen."),
            ("Avtalet gäller 2024–", "2027 och följs upp.", "Avtalet gäller 2024–2027 och följs upp."),
            ("Se www.exempel.se/", "trygghet för mer.", "Se www.exempel.se/trygghet för mer."),
        ],
    )
    def test_a_line_end_is_undone_on_evidence(self, first: str, second: str, joined: str) -> None:
        """Hyphens carry meaning in Swedish; the caller knows the conjunctions that a hanging one stands before."""
        page = body()
        page.y += 30
        fill = "x" * 3
        # The line is drawn as wide as the text above, so that its end looks like a break of the typesetter's.
        page.text(525 - 5.2 * len(first) - 20, page.y, f"{fill} {first}")
        page.text(525 - 5.2 * len(first) - 20, page.y + 13.75, second)
        document = read(page, joining_words=("och",))
        assert texts(document)[-1] == f"{fill} {joined}"


class TestHeadings:
    def test_levels_follow_size_and_numbering(self) -> None:
        """The same style has the same level all through; section numbers tell levels of one style apart."""
        page = Page()
        page.heading("Överenskommelse om samverkan", size=20)
        page.heading("1. Bakgrund").paragraph(PROSE)
        page.heading("2. Mål").paragraph(OTHER)
        page.heading("2.1 Trygghet i centrum", size=11).paragraph(PROSE)
        page.heading("3. Uppföljning").paragraph(OTHER)
        assert headings(read(page)) == [
            (1, "Överenskommelse om samverkan"),
            (2, "1. Bakgrund"),
            (2, "2. Mål"),
            (3, "2.1 Trygghet i centrum"),
            (2, "3. Uppföljning"),
        ]

    def test_a_title_of_several_short_lines_is_one_heading(self) -> None:
        """Covers break their title by sense, not by width."""
        page = Page()
        for line in ("Överenskommelse", "mellan polisen och Sjöviks kommun", "2025–2028"):
            page.paragraph(line, size=22, bold=True, gap=0)
        page.y += 20
        page.paragraph(PROSE)
        assert headings(read(page))[0] == (1, "Överenskommelse mellan polisen och Sjöviks kommun 2025–2028")

    def test_a_bold_label_alone_on_its_line_is_a_heading(self) -> None:
        """'Delmål:' heads the list below it."""
        page = body().paragraph("Delmål:", bold=True, gap=2).paragraph("Färre ska utsättas för våld.")
        assert headings(read(page)) == [(1, "Delmål:")]

    def test_capitals_head_the_text_below_them_but_not_a_signature(self) -> None:
        """A unit's name in capitals over the names that sign is no heading."""
        page = body().paragraph("GEMENSAMMA MÅL", gap=2).paragraph(PROSE)
        page.paragraph("KOMMUNLEDNINGSKONTORET", gap=14).paragraph("Ylva Sandmark", gap=0).paragraph("Kommundirektör")
        assert headings(read(page)) == [(1, "GEMENSAMMA MÅL")]

    def test_a_line_under_a_text_makes_it_a_heading(self) -> None:
        """Underlining was the typewriter's bold."""
        page = body()
        page.y += 20
        page.text(LEFT, page.y, "Samverkansformer").rule(LEFT, page.y + 1.5, LEFT + 86, page.y + 1.5)
        page.paragraph(PROSE)
        assert headings(read(page)) == [(1, "Samverkansformer")]

    def test_bold_lines_smaller_than_the_text_head_it(self) -> None:
        """A text set large keeps the headings of its template; one small bold line alone is a caption."""
        page = Page()
        for title, text in (("Bakgrund", PROSE), ("Syfte", OTHER), ("Mål", PROSE)):
            page.paragraph(title, size=12, bold=True, gap=2).paragraph(text, size=14)
        assert [text for _, text in headings(read(page))] == ["Bakgrund", "Syfte", "Mål"]
        page = Page().paragraph(PROSE, size=14).paragraph("Bild från torget", size=12, bold=True, gap=2)
        assert headings(read(page.paragraph(OTHER, size=14))) == []

    def test_lines_a_little_larger_than_the_text_head_it_time_and_again(self) -> None:
        """In plain type a point more is little: it takes three such lines, and no text in their size."""
        page = Page()
        for title, text in (("Bakgrund", PROSE), ("Syfte", OTHER), ("Mål för tiden", PROSE)):
            page.paragraph(title, size=11, gap=6).paragraph(text, size=10)
        assert [text for _, text in headings(read(page))] == ["Bakgrund", "Syfte", "Mål för tiden"]
        page.paragraph(PROSE, size=11).paragraph(OTHER, size=11)
        assert headings(read(page)) == []

    def test_headings_of_two_sizes_below_each_other_are_two(self) -> None:
        """The plan's title, and right below it its first area, a point smaller."""
        page = body().paragraph(
            "Handlingsplan för polisen och Sjöviks kommun åren 2024–2027", size=14, bold=True, gap=0
        )
        page.paragraph("Trygghet i centrum", size=13, bold=True, gap=0).paragraph(PROSE)
        assert headings(read(page)) == [
            (1, "Handlingsplan för polisen och Sjöviks kommun åren 2024–2027"),
            (2, "Trygghet i centrum"),
        ]

    def test_a_heading_that_fills_its_line_ends_there(self) -> None:
        """Right below it, without space, the text begins anew in ordinary type."""
        title = "Tidiga insatser för barn och unga som riskerar att dras in i brott, i skolan och på gatan"
        page = body().paragraph(title, bold=True, gap=0).paragraph(OTHER)
        assert headings(read(page)) == [(1, title)]

    def test_a_title_of_widely_spaced_lines_is_one_heading(self) -> None:
        """Line spacing of one and a half and more holds for titles too, where the line was full."""
        page = Page(y=100)
        first, second = "Överenskommelse om samverkan mellan polisen och", "Sjöviks kommun 2025–2028"
        page.text(LEFT, 100, first, size=18, bold=True).text(LEFT, 133, second, size=18, bold=True)
        page.y = 150
        for line in wrap(f"{PROSE} {OTHER}", 455, 11):
            page.y += 21
            page.text(LEFT, page.y, line)
        assert headings(read(page)) == [(1, f"{first} {second}")]

    def test_a_long_bold_sentence_is_no_heading(self) -> None:
        """Bold type also stresses whole sentences."""
        page = body().paragraph("Ingen ska behöva vara rädd när man går hem på kvällen.", bold=True)
        assert headings(read(page)) == []

    def test_a_bold_line_with_a_full_stop_above_a_list_is_a_heading(self) -> None:
        """Set as the other headings are and right above a list, a line is one of them; above running text it is not."""
        page = body().paragraph("Ljusare torg", bold=True, gap=2).paragraph("• Polisen besöker torget varje lördag.")
        page.paragraph("Lugnare trafik vid skolan.", bold=True, gap=2)
        page.paragraph("• Kommunen sätter upp en fartvisare.", gap=2).paragraph("• Polisen mäter farten.")
        page.paragraph("Det är vad vi lovar.", bold=True, gap=2).paragraph(PROSE)
        assert [text for _, text in headings(read(page))] == ["Ljusare torg", "Lugnare trafik vid skolan."]

    def test_a_time_at_the_beginning_of_a_line_is_no_number(self) -> None:
        """Where the line breaks before '10.00' the sentence goes on; '2.1' numbers."""
        page = Page(y=100)
        for line in (
            "Polisen står på torget i Björnäs varje helgfri torsdag mellan klockan",
            "10.00 och 11.30 fram till maj.",
        ):
            page.text(LEFT, page.y, line)
            page.y += 14
        assert [block.kind for block in read(page).blocks] == [BlockKind.PARAGRAPH]

    def test_a_number_that_fills_its_tab_is_parted_from_the_heading(self) -> None:
        """Numbers of three levels often reach their tab, so that no space is left: '3.1.1Problembild'."""
        page = Page().heading("3.1.1Problembild", size=13).paragraph(PROSE).heading("3.1.2Åtgärder", size=13)
        assert texts(read(page.paragraph(OTHER)), BlockKind.HEADING) == ["3.1.1 Problembild", "3.1.2 Åtgärder"]


class TestLists:
    def test_markers_nesting_and_continuation(self) -> None:
        """Typed markers leave the text; the indent tells the depth; wrapped lines join."""
        page = body()
        long = "genomföra minst fyra trygghetsvandringar om året tillsammans med fastighetsägare, skolor och föreningar"
        for x, marker, text in (
            (90, "•", long),
            (120, "–", "en i varje kommundel"),
            (90, "•", "bemanna ett mobilt kontor"),
        ):
            for index, line in enumerate(wrap(text, 525 - x - 18, 11)):
                page.y += 13.75
                if index == 0:
                    page.text(x, page.y, marker)
                page.text(x + 18, page.y, line)
        assert items(read(page)) == [
            (1, "•", long),
            (2, "–", "en i varje kommundel"),
            (1, "•", "bemanna ett mobilt kontor"),
        ]

    @pytest.mark.parametrize("markers", [("1.", "2."), ("a)", "b)"), ("-", "-"), ("(1)", "(2)"), ("o", "o")])
    def test_numbers_and_letters_mark_items(self, markers: tuple[str, str]) -> None:
        """Promises are often numbered or lettered."""
        page = body()
        for marker, text in zip(markers, ("Färre inbrott i villaområden", "Fler poliser till fots"), strict=True):
            page.paragraph(f"{marker} {text}", gap=0)
        assert [(marker, text) for _, marker, text in items(read(page))] == [
            (markers[0], "Färre inbrott i villaområden"),
            (markers[1], "Fler poliser till fots"),
        ]

    def test_a_list_below_a_bold_line_that_fills_its_column(self) -> None:
        """In a narrow column the cue over a list leaves no room for the first mark; it is one all the same."""
        page = body()
        page.paragraph("Polisen kommer under hela året att", bold=True, gap=0, width=180)
        for marker, text in (("a)", "gå till fots i centrum"), ("b)", "besöka alla skolor")):
            page.paragraph(f"{marker} {text}", gap=0, width=180)
        assert [text for _, _, text in items(read(page))] == ["gå till fots i centrum", "besöka alla skolor"]

    def test_the_end_of_a_sentence_is_no_marker(self) -> None:
        """A line may begin with the last letter of a cut word, or with a span's second half."""
        page = body()
        page.y += 20
        page.text(300, page.y, "Läget tas upp av tra nsportrådet").text(
            300, page.y + 13.75, "t. Därefter beslutar nämnden."
        )
        page.text(80, page.y + 60, "Perioden är 2025-02-01").text(80, page.y + 73.75, "– 2028-12-31.")
        assert items(read(page)) == []


class TestColumns:
    def test_running_columns_are_read_one_after_the_other(self) -> None:
        """A brochure: title over both columns, then left, then right, then what stands below them."""
        page = Page().heading("Medborgarlöfte för Sjövik", size=20)
        top = page.y + 10
        left, right = Page(y=top), Page(y=top)
        left.paragraph("Så här gör vi", size=14, bold=True, width=215).paragraph(PROSE, width=215)
        right.paragraph(OTHER, x=310, width=215).paragraph("Vi lovar", x=310, size=14, bold=True, width=215)
        right.paragraph(PROSE, x=310, width=215)
        page.steps += left.steps + right.steps
        page.y = max(left.y, right.y) + 40
        page.paragraph("Vill du veta mer? Ring kommunens växel.")
        assert texts(read(page)) == [
            "Medborgarlöfte för Sjövik",
            "Så här gör vi",
            PROSE,
            OTHER,
            "Vi lovar",
            PROSE,
            "Vill du veta mer? Ring kommunens växel.",
        ]

    def test_columns_of_lists_with_headings_beside_their_marks(self) -> None:
        """Headings stand a little left of the marks below them, and the last lines of items are short."""
        page = Page().paragraph(PROSE, gap=20)
        top = page.y
        wanted: list[str] = []
        for x, party in ((70, "Polisen"), (310, "Kommunen")):
            column = Page(y=top)
            column.paragraph(f"{party} lovar att", size=14, bold=True, x=x, width=215)
            wanted.append(f"{party} lovar att")
            for item in (
                "gå till fots i centrum varje fredag och lördag kväll",
                "besöka alla skolor minst två gånger",
            ) * 3:
                for index, line in enumerate(wrap(item, 180, 11)):
                    column.y += 13.75
                    column.text(x + 2 + 10 * (index > 0), column.y, f"• {line}" if index == 0 else line)
                wanted.append(item)
            page.steps += column.steps
        assert texts(read(page))[1:] == wanted

    def test_a_mark_that_stands_out_from_the_inner_ones_begins_the_column(self) -> None:
        """A right column may begin with the inner items of a list and have one outer item alone."""
        left, right = Page(), Page()
        left.paragraph(PROSE, width=215).paragraph(OTHER, width=215)
        wanted = [PROSE, OTHER]
        inner = "samtalen med föräldrarna har hållits varje månad under hela året"
        for depth, item in (
            (1, inner),
            (1, inner),
            (0, "öka närvaron vid skolorna under kvällar och helger"),
            (1, inner),
        ):
            for index, line in enumerate(wrap(item, 180, 11)):
                right.y += 13.75
                right.text(310 + 15 * depth + 10 * (index > 0), right.y, f"• {line}" if index == 0 else line)
            wanted.append(item)
        page = Page(steps=left.steps + right.steps)
        assert texts(read(page)) == wanted

    def test_a_column_longer_than_the_other_is_read_to_its_end(self) -> None:
        """The last page of a text in columns has the right one shorter, or the left one alone."""
        first, last, alone = Page(), Page(), Page()
        for page, x, paragraphs in (
            (first, 70, (PROSE, OTHER, PROSE)),
            (first, 310, (OTHER, PROSE, OTHER)),
            (last, 70, (PROSE, OTHER, PROSE)),
            (last, 310, (PROSE,)),
            (alone, 70, (PROSE, OTHER)),
        ):
            column = Page()
            for text in paragraphs:
                column.paragraph(text, x=x, width=215, gap=16)
            page.steps += column.steps
        assert texts(read(first, last)) == [PROSE, OTHER, PROSE, OTHER, PROSE, OTHER, PROSE, OTHER, PROSE, PROSE]
        assert texts(read(first, alone)) == [PROSE, OTHER, PROSE, OTHER, PROSE, OTHER, PROSE, OTHER]

    def test_signatures_side_by_side_are_read_line_by_line(self) -> None:
        """One block a printed line with a tab between the sides; a lone right side has its tab first."""
        page = body()
        page.y += 20
        for left, right in (
            ("Sjöviks kommun", "Polismyndigheten"),
            ("Sjövik den ____ 2025", "Sjövik den ____ 2025"),
            ("........................", "........................"),
            ("Astrid Löwenkvist", "Henning Bråse"),
            ("", "Lokalpolisområdeschef"),
        ):
            page.y += 16
            page.text(LEFT, page.y, left).text(320, page.y, right)
        assert texts(read(page))[2:] == [
            "Sjöviks kommun\tPolismyndigheten",
            "Sjövik den ____ 2025\tSjövik den ____ 2025",
            "........................\t........................",
            "Astrid Löwenkvist\tHenning Bråse",
            "\tLokalpolisområdeschef",
        ]

    def test_names_side_by_side_that_nearly_meet_are_parted(self) -> None:
        """A long name leaves hardly a space before the next column's, which the lines above show."""
        page = body()
        page.y += 20
        for left, middle, right in (
            ("Ekby kommun", "Sjövik kommun", "Polismyndigheten"),
            ("....................", "....................", "...................."),
            ("Ada Berg", "Rose-Marie Strandberg", "Stefan Viken"),
            ("Kommunalråd", "Kommunalråd", "Chef"),
        ):
            page.y += 14
            page.text(70, page.y, left).text(190, page.y, middle).text(310, page.y, right)
        assert texts(read(page))[-2:] == [
            "Ada Berg\tRose-Marie Strandberg\tStefan Viken",
            "Kommunalråd\tKommunalråd\tChef",
        ]

    def test_an_empty_column_of_side_by_side_text_is_kept(self) -> None:
        """A third party's second name stands below its first, whatever its neighbours leave empty."""
        page = body()
        page.y += 20
        for row in (
            ("Ekby kommun", "Sjövik kommun", "Polisen"),
            ("Ada Berg", "Bo Ek", "Cia Dal"),
            ("Kommunchef", "", "Chef"),
        ):
            page.y += 14
            for x, text in zip((70, 200, 330), row, strict=True):
                page.text(x, page.y, text)
        page.text(330, page.y + 14, "Dan Fors")
        assert texts(read(page))[-3:] == ["Ada Berg\tBo Ek\tCia Dal", "Kommunchef\t\tChef", "\t\tDan Fors"]

    def test_terms_and_their_meaning_stay_together(self) -> None:
        """A list of abbreviations: the explanation's second line belongs to its term."""
        page = body()
        for term, meaning in (
            ("SIG", "Social insatsgrupp"),
            ("SSPF", "Samverkan mellan skola, socialtjänst, polis och fritid kring unga i risk för att begå brott"),
            ("EST", "Effektiv samordning för trygghet"),
        ):
            lines = wrap(meaning, 300, 11)
            page.text(LEFT, page.y + 14, term)
            for line in lines:
                page.y += 14
                page.text(LEFT + 80, page.y, line)
            page.y += 4
        assert texts(read(page))[2:] == [
            "SIG\tSocial insatsgrupp",
            "SSPF\tSamverkan mellan skola, socialtjänst, polis och fritid kring unga i risk för att begå brott",
            "EST\tEffektiv samordning för trygghet",
        ]


class TestFootnotes:
    def test_notes_leave_the_text_and_keep_their_marks(self) -> None:
        """The mark is taken out of its sentence, the note out of the flow, both with the label."""
        page = Page().paragraph(PROSE)
        page.y += 14
        after = LEFT + stringWidth("Läget följs med ett index", "Helvetica", 11)
        page.text(LEFT, page.y, "Läget följs med ett index").text(after, page.y - 4, "1", size=6)
        page.text(after + stringWidth("1", "Helvetica", 6), page.y, ". Det mäts varje år.")
        page.paragraph(OTHER)
        page.rule(LEFT, 700, 200, 700).text(LEFT, 712, "1", size=6).text(
            LEFT + 6, 715, "Enligt kommunens egen mätning.", size=9
        )
        document = read(page)
        assert texts(document) == [PROSE, "Läget följs med ett index. Det mäts varje år.", OTHER]
        assert [(note.offset, note.label) for note in document.blocks[1].notes] == [(25, "1")]
        assert [(note.label, note.block.text) for note in document.footnotes] == [
            ("1", "Enligt kommunens egen mätning.")
        ]

    def test_the_exponent_of_a_unit_is_no_mark(self) -> None:
        """'20 m²' with a raised 2."""
        page = body().text(LEFT, 400, "Lokalen är på 20 m").text(LEFT + 98, 396, "2", size=6)
        assert texts(read(page))[-1] == "Lokalen är på 20 m²"

    def test_a_note_that_goes_on_on_the_next_page_is_one(self) -> None:
        """Its rest stands under the rule of the next page without a label."""
        first = body().text(LEFT, 500, "Se mätningen").text(LEFT + 66, 496, "1", size=6)
        first.rule(LEFT, 700, 200, 700).text(LEFT, 712, "1", size=6)
        first.text(LEFT + 6, 715, "Mätningen görs av kommunen tillsammans med", size=9)
        second = body().rule(LEFT, 700, 200, 700).text(LEFT, 715, "polisen vart tredje år.", size=9)
        document = read(first, second)
        assert [note.block.text for note in document.footnotes] == [
            "Mätningen görs av kommunen tillsammans med polisen vart tredje år."
        ]

    def test_the_rest_of_a_note_may_be_as_large_as_the_text(self) -> None:
        """It stands under the short rule, set as the note it goes on with."""
        first = body().text(LEFT, 500, "Se mätningen").text(LEFT + 66, 496, "1", size=6)
        first.rule(LEFT, 700, 200, 700).text(LEFT, 714, "1", size=6)
        first.text(LEFT + 6, 718, "Mätningen görs av kommunen med frågor om")
        second = body().rule(LEFT, 700, 200, 700).text(LEFT, 715, "8 olika platser.")
        document = read(first, second)
        assert [note.block.text for note in document.footnotes] == [
            "Mätningen görs av kommunen med frågor om 8 olika platser."
        ]


class TestFurniture:
    def test_running_headers_and_page_numbers_are_kept_apart(self) -> None:
        """What repeats at the same place, and numbers that count on, are no text."""
        pages = []
        for number, text in ((1, PROSE), (2, OTHER), (3, PROSE)):
            page = Page().paragraph(text)
            page.text(LEFT, 40, "Sjöviks kommun", size=9).text(450, 40, "Polisen", size=9)
            pages.append(page.text(280, 815, f"Sida {number} av 3", size=9))
        document = read(*pages)
        assert texts(document) == [PROSE, OTHER, PROSE]
        assert [block.text for block in document.furniture][:3] == ["Sjöviks kommun", "Polisen", "Sida 1 av 3"]

    @pytest.mark.parametrize("number", ["1", "- 1 -", "1(1)", "1 (1)", "1/1", "Sid 1 (1)", "Sida 1 av 1", "9:1"])
    def test_page_numbers_of_all_forms_on_a_single_page(self, number: str) -> None:
        """Where nothing repeats, the form and the place at the edge must do."""
        document = read(body().text(280, 815, number, size=9))
        assert texts(document) == [PROSE, OTHER]

    def test_a_title_at_the_top_is_not_eaten(self) -> None:
        """Two parts of a bundle may begin alike, lower on the page than a running header."""
        pages = [Page().heading("Överenskommelse", size=18).paragraph(text) for text in (PROSE, OTHER)]
        pages += [Page().paragraph(PROSE), Page().paragraph(OTHER), Page().paragraph(PROSE)]
        assert texts(read(*pages)).count("Överenskommelse") == 2

    def test_a_page_on_its_side_has_margins_as_wide(self) -> None:
        """A footer on both of two lying pages goes aside, and the table runs on past it."""
        rows = [["Vad", "Vem"], ["Nattvandring på lördagar", "Fritid"]]
        pages = [Page(size=(842, 595)), Page(size=(842, 595))]
        for number, page in enumerate(pages):
            page.y = 490 if number == 0 else 60
            page.table(rows if number == 0 else [["Grannsamverkan", "Polisen"]], (200, 100), bold_header=number == 0)
            page.text(70, 558, "Utskrivet 2024-01-17")
        document = read(*pages)
        assert [block.text for block in document.furniture] == ["Utskrivet 2024-01-17"] * 2
        assert tables(document) == [[*rows, ["Grannsamverkan", "Polisen"]]]

    def test_a_header_stands_elsewhere_in_the_margin_of_a_page_on_its_side(self) -> None:
        """Its margins are others, so that neither edge is as far away; the table below it begins at once."""
        rows = [["Vad", "Vem"], ["Nattvandring på lördagar", "Fritid"]]
        pages = [body(), Page(size=(842, 595), y=60).table(rows, (200, 100)), body()]
        for page, left, y in zip(pages, (LEFT, 49, LEFT), (40, 33, 40), strict=True):
            page.text(left, y, "Sjöviks kommun", size=9)
        document = read(*pages)
        assert [block.text for block in document.furniture] == ["Sjöviks kommun"] * 3
        assert tables(document) == [rows]

    def test_a_header_right_above_the_text_is_known_by_being_on_most_pages(self) -> None:
        """A header of two lines pushes the text down, so that no space is left between them."""
        pages = [Page(y=66).paragraph(text) for text in (PROSE, OTHER, PROSE, OTHER)]
        for page in pages:
            page.text(LEFT, 52, "Samverkan i Sjövik").text(LEFT, 66, "2024-02-02")
        document = read(*pages)
        assert texts(document) == [PROSE, OTHER, PROSE, OTHER]
        assert [block.text for block in document.furniture] == ["Samverkan i Sjövik", "2024-02-02"] * 4

    def test_a_header_over_a_page_with_nothing_but_a_table(self) -> None:
        """All lines outside the table are furniture then, and the table goes on from the page before."""
        pages = [body(), body(), Page(y=65)]
        pages[1].y = 700
        pages[1].table([["Åtgärd", "Ansvarig"]], (200, 100))
        pages[2].table([["Nattvandring", "Fritid"], ["Grannsamverkan", "Polisen"]], (200, 100), bold_header=False)
        for page in pages:
            page.text(LEFT, 40, "Sjöviks kommun", size=9).text(LEFT, 52, "Kommunledningskontoret", size=9)
        document = read(*pages)
        assert tables(document) == [[["Åtgärd", "Ansvarig"], ["Nattvandring", "Fritid"], ["Grannsamverkan", "Polisen"]]]

    def test_equal_pages_are_not_all_furniture(self) -> None:
        """Copies of one page have nothing but repeated text."""
        assert texts(read(body(), body())) == [PROSE, OTHER] * 2

    def test_a_table_of_contents_is_furniture(self) -> None:
        """Its entries would otherwise be sections twice."""
        page = Page().heading("Innehåll")
        for text, number in (("Bakgrund", "1"), ("Mål och syfte", "2"), ("Uppföljning", "4")):
            page.y += 14
            page.text(LEFT, page.y, f"{text} {'.' * 60}").text(510, page.y, number)
        document = read(page.paragraph(PROSE))
        assert texts(document) == ["Innehåll", PROSE]
        assert len(document.furniture) == 6 or len(document.furniture) == 3

    def test_a_watermark_is_furniture(self) -> None:
        """Slanting text across the page."""

        def draw(canvas: object) -> None:
            canvas.saveState()  # type: ignore[attr-defined]
            canvas.translate(200, 300)  # type: ignore[attr-defined]
            canvas.rotate(45)  # type: ignore[attr-defined]
            canvas.drawString(0, 0, "UTKAST")  # type: ignore[attr-defined]
            canvas.restoreState()  # type: ignore[attr-defined]

        document = read(body().do(draw))
        assert texts(document) == [PROSE, OTHER]
        assert [block.text for block in document.furniture] == ["UTKAST"]


class TestDoubts:
    def test_scanned_pages_are_named(self) -> None:
        """A page that is only a picture has no text; the caution says which."""
        document = read(body(), Page().picture(0, 0, 595, 842), Page().picture(0, 0, 595, 842))
        assert [page.has_text for page in document.pages] == [True, False, False]
        (caution,) = document.cautions
        assert caution.code == "scanned-pages"
        assert "2–3" in caution.message

    def test_an_empty_page_is_no_scan(self) -> None:
        """Blank pages are common behind covers."""
        assert read(body(), Page()).cautions == ()

    def test_a_scanners_text_layer_is_read_with_a_caution(self) -> None:
        """Its letters may be wrong."""
        page = Page().picture(0, 0, 595, 842)
        for line in wrap(PROSE, 455, 11):
            page.y += 14
            page.text(LEFT, page.y, line, mode=3)
        document = read(page)
        assert texts(document) == [PROSE]
        assert [caution.code for caution in document.cautions] == ["ocr-text-layer"]

    def test_ids_count_up_and_the_same_bytes_give_the_same_document(self) -> None:
        """Evidence points at ids, and golden files stay quiet."""
        first, second = (read(body().heading("Mål").paragraph(PROSE)) for _ in range(2))
        assert first == second
        assert [block.id for block in first.blocks] == ["b1", "b2", "b3", "b4"]


def test_a_line_below_the_marker_of_a_full_item_begins_anew() -> None:
    """The last item fills its line without a full stop; the cue of the next list stands back at the marker."""
    page = Page()
    lines = [
        (LEFT, "•"),
        (LEFT + 18, "erbjuda alla förare som ertappas kontakt med vården inom ett dygn, även i"),
    ]
    page.paragraph(PROSE)
    page.y += 14
    for x, text in lines:
        page.text(x, page.y, text, size=12.5)
    page.text(LEFT, page.y + 18, "Därför kommer kommunen att;", size=12.5)
    page.text(LEFT, page.y + 34, "•", size=12.5).text(LEFT + 18, page.y + 34, "ta emot dem", size=12.5)
    document = read(page)
    assert "Därför kommer kommunen att;" in texts(document)
    assert [text for _, _, text in items(document)] == [lines[1][1], "ta emot dem"]
