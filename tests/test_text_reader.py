"""The reader of text and Markdown: headings, paragraphs, lists and footnotes come out as from the other readers."""

from __future__ import annotations

import pytest

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.text_reader import read_text
from samsyn.models.document import BlockKind, Document


def read(text: str, *, file: str = "plan.txt") -> Document:
    return read_text(text.encode(), file=file)


def outline(text: str) -> list[str]:
    """The document's blocks as short lines: '#2 Rubrik', '-1 punkt', 'stycke'."""
    signs = {BlockKind.HEADING: "#", BlockKind.LIST_ITEM: "-", BlockKind.PARAGRAPH: "", BlockKind.TABLE: "|"}
    return [f"{signs[b.kind]}{b.level or ''} {b.text}".strip() for b in read(text).blocks]


PROSE = "Parterna träffas varje månad och går igenom läget i kommunens alla stadsdelar."

# --- encodings and bad input ---


@pytest.mark.parametrize(
    "data",
    [
        "Åtgärder för Ödeby är många".encode(),
        "Åtgärder för Ödeby är många".encode("utf-8-sig"),
        "Åtgärder för Ödeby är många".encode("utf-16"),
        "Åtgärder för Ödeby är många".encode("utf-16-le"),
        "Åtgärder för Ödeby är många".encode("utf-16-be"),
        "Åtgärder för Ödeby är många".encode("cp1252"),
        "Åtgärder för Ödeby är många".encode("mac-roman"),
        "Åtgärder för Ödeby är många".encode("cp850"),
        "A\u030atga\u0308rder fo\u0308r O\u0308deby a\u0308r ma\u030anga".encode(),
        "A˚tga¨rder fo ¨r O¨deby a¨r ma˚nga".encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    """Swedish letters are read whatever the file was saved as, composed or with loose accents."""
    assert read_text(data, file="a.txt").blocks[0].text == "Åtgärder för Ödeby är många"


def test_twice_encoded_text_is_mended_and_said() -> None:
    """UTF-8 once read as Latin-1 is set right, with a caution."""
    broken = "Trygghet i Älvåker – för alla".encode().decode("cp1252").encode()
    document = read_text(broken, file="a.txt")
    assert document.blocks[0].text == "Trygghet i Älvåker – för alla"
    assert [caution.code for caution in document.cautions] == ["mended-encoding"]


def test_right_text_is_never_mended() -> None:
    """A capital with a tilde that belongs to a name is left alone."""
    assert read("São Paulo och Ångström").blocks[0].text == "São Paulo och Ångström"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\x00\x01\x02\x03" * 40, bytes(range(256)) * 8, b"\xef\xbb\xbf"])
def test_no_text_is_refused(data: bytes) -> None:
    """What is empty or binary raises one line that names the file."""
    with pytest.raises(UnreadableDocument) as caught:
        read_text(data, file="tom.txt")
    assert str(caught.value).startswith("tom.txt: ")
    assert "\n" not in str(caught.value)


def test_source() -> None:
    """The media type follows the name; a text without form feeds has no pages."""
    assert read("# Plan", file="plan.md").source.media_type == "text/markdown"
    source = read("Plan").source
    assert (source.media_type, source.pages, source.file, len(source.sha256)) == ("text/plain", None, "plan.txt", 64)


# --- paragraphs ---


def test_traps_are_tidied() -> None:
    """No-break spaces, ligatures and soft hyphens are gone; a page is known by its form feed."""
    document = read("Of\ufb01ciellt\u00a0mål för trygg\u00adhet.\fNästa sida.")
    assert [(block.text, block.page) for block in document.blocks] == [
        ("Officiellt mål för trygghet.", 1),
        ("Nästa sida.", 2),
    ]
    assert [page.number for page in document.pages] == [1, 2]


WRAPPED = """Kommunen och polisen arbetar tillsammans för att fler ska känna sig
trygga på torget, i parken och vid stationen. Arbetet leds av brotts-
förebyggande rådet, där brotts- och trygghetsfrågor samlas. Rådet möts
fyra gånger per år.

Under hösten tas en ny lägesbild fram. Den bygger på det som boende,
föreningar och näringsliv har berättat för kommunens trygghets-
samordnare och på polisens statistik över anmälda brott och händelser
under de senaste tolv månaderna.

Parterna är överens.
"""


def test_wrapped_lines_become_paragraphs() -> None:
    """Lines cut at a margin are one text, with broken words whole and hanging hyphens kept."""
    first, second, third = read(WRAPPED).blocks
    assert "Arbetet leds av brottsförebyggande rådet, där brotts- och" in first.text
    assert "kommunens trygghetssamordnare och på" in second.text
    assert third.text == "Parterna är överens."
    assert "\n" not in first.text + second.text


def test_hyphen_before_a_small_word_is_kept() -> None:
    """'skol-' before 'och' at a line end hangs; the joined word would be no word."""
    lines = [
        "Föreningar och skolor och bibliotek hjälps åt i alla delar av kommunen så att skol-",
        "och fritidspersonal får stöd av polisen och av socialtjänsten när det behövs som mest",
        "och kan berätta vidare för föräldrar och andra vuxna om vad som gäller på orten i dag",
    ]
    assert "så att skol- och fritidspersonal" in read("\n".join(lines * 4)).blocks[0].text


def test_manual_breaks_stay() -> None:
    """Short lines under one another are a manual break, as name and title are; so are Markdown's two spaces."""
    assert outline("Ebba Granlund\nKommunchef") == ["Ebba Granlund\nKommunchef"]
    assert read("Ebba Granlund  \nkommunchef i Ödeby").blocks[0].text == "Ebba Granlund\nkommunchef i Ödeby"


def test_paragraph_cut_by_page_and_footnote() -> None:
    """A sentence that a page turn cuts is one paragraph, though a footnote stands between its halves."""
    text = f"{PROSE} Unga kan hamna i¹\n\n¹ Se barnkonventionen.\n\n\fsvåra lägen. Det vill vi ändra.\n"
    document = read(text)
    assert [block.text for block in document.blocks] == [f"{PROSE} Unga kan hamna i svåra lägen. Det vill vi ändra."]
    block = document.blocks[0]
    assert [line.page for line in block.lines] == [1, 2]
    assert block.text[block.lines[1].start :].startswith("svåra")
    assert [(note.label, block.text[: note.offset][-1]) for note in block.notes] == [("1", "i")]
    assert [(note.label, note.block.text) for note in document.footnotes] == [("1", "Se barnkonventionen.")]


def test_lines_of_a_card_are_paragraphs() -> None:
    """A label and its value is a paragraph, also when the next label stands on the next line."""
    assert outline("Aktivitet: Nattvandring\nVem: Föreningarna\nNär: Fredagar") == [
        "Aktivitet: Nattvandring",
        "Vem: Föreningarna",
        "När: Fredagar",
    ]


def test_text_without_blank_lines() -> None:
    """Where no blank line parts them, each unwrapped line is a paragraph."""
    text = f"Bakgrund\n{PROSE} {PROSE}\n{PROSE}\nSyfte\n{PROSE} {PROSE}\n"
    assert [line[:10].strip() for line in outline(text)] == [
        "#1 Bakgrun",
        "Parterna t",
        "Parterna t",
        "#1 Syfte",
        "Parterna t",
    ]


COPIED = """Ödeby kommun\tPolisen
Samverkansöverenskommelse mellan Ödeby
kommun och Polismyndigheten 2031–2034
Diarienummer KS 2030/17
Inledning
Överenskommelsen bygger på det som invånare, föreningar och näringsliv har
berättat för kommunpolisen och för kommunens trygghetssamordnare under året.
Den gäller i fyra år.
Nästa stycke handlar om rådet, där Ebba Granlund och lokalpolisområdeschefen
möts fyra gånger om året för att gå igenom läget i kommunen.
Vad vi vill uppnå
\uf0b7 Färre ska utsättas för inbrott, högst fyrtio anmälningar om året räknat från
starten av perioden
\uf0b7 Fler ska känna sig trygga
"""


def test_lines_copied_from_a_page() -> None:
    """Without blank lines a short line ends its paragraph; a title may be wrapped once; symbol bullets are bullets."""
    assert outline(COPIED) == [
        "Ödeby kommun\tPolisen",
        "#1 Samverkansöverenskommelse mellan Ödeby kommun och Polismyndigheten 2031–2034",
        "#1 Diarienummer KS 2030/17",
        "#1 Inledning",
        "Överenskommelsen bygger på det som invånare, föreningar och näringsliv har berättat för kommunpolisen och för "
        "kommunens trygghetssamordnare under året. Den gäller i fyra år.",
        "Nästa stycke handlar om rådet, där Ebba Granlund och lokalpolisområdeschefen möts fyra gånger om året för att "
        "gå igenom läget i kommunen.",
        "#1 Vad vi vill uppnå",
        "-1 Färre ska utsättas för inbrott, högst fyrtio anmälningar om året räknat från starten av perioden",
        "-1 Fler ska känna sig trygga",
    ]


# --- headings ---


def test_markdown_headings() -> None:
    """Levels are as written; a line in bold ranks below them; an underlined line is a heading."""
    text = f"# Plan\n\n## Mål ##\n\n{PROSE}\n\n**Delmål**\n\n{PROSE}\n\nTid\n---\n\n{PROSE}\n"
    assert [line for line in outline(text) if line.startswith("#")] == ["#1 Plan", "#2 Mål", "#3 Delmål", "#2 Tid"]


def test_bold_sentence_is_no_heading() -> None:
    """A whole sentence in bold, or a bold word in a line, stays a paragraph."""
    assert outline(f"# Plan\n\n**Vi ska göra mer.**\n\n**Mål** är viktiga.\n\n{PROSE}")[1:3] == [
        "Vi ska göra mer.",
        "Mål är viktiga.",
    ]


def test_plain_headings() -> None:
    """In text without markup a short line alone above prose is a heading; capitals rank above the rest."""
    text = f"SAMVERKAN\n\n{PROSE}\n\nBakgrund\n\n{PROSE}\n\nMål och syfte\n\nMål\n\n{PROSE}\n\nUppföljning?\n\n- en\n- två\n"
    headings = [line for line in outline(text) if line.startswith("#")]
    assert headings == ["#1 SAMVERKAN", "#2 Bakgrund", "#2 Mål och syfte", "#2 Mål", "#2 Uppföljning?"]


def test_items_that_are_titles() -> None:
    """Short items each alone above prose are headings; the items of one list, or one such item only, are none."""
    text = f"Löfte\n\n{PROSE}\n\n• Trafik\n\n{PROSE}\n\n• Synlighet\n\n{PROSE}\n"
    assert [line for line in outline(text) if line.startswith("#")] == ["#1 Löfte", "#1 Trafik", "#1 Synlighet"]
    listed = f"Löfte\n\n{PROSE}\n\n• Trafik\n• Synlighet\n\n{PROSE}\n"
    assert [line for line in outline(listed) if line.startswith("#")] == ["#1 Löfte"]


def test_name_and_years_right_above_prose() -> None:
    """An older promise on the same page begins at its name with years, though no blank line parts it from its text."""
    text = f"Löfte\n\n{PROSE}\n\nMedborgarlöften i Ödeby kommun 2018-2019\n{PROSE}\n"
    document = read_text(text.encode(), file="a.txt", known_titles=lambda line: line.startswith("Medborgarlöften"))
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Löfte",
        "Medborgarlöften i Ödeby kommun 2018-2019",
    ]


def test_names_of_other_documents() -> None:
    """What stands below 'Relevanta dokument' first on a page or last tells of other documents: no furniture either."""
    others = "Relevanta dokument\nPlan för Norrby\n\nAvtal med Sörby\n\nLöfte i Västby 2019\n\nPolicy för Österby\n"
    for text in (f"Avtal för Ödeby\n\n{others}", f"Avtal för Ödeby\n\n{PROSE}\n\n{others}"):
        document = read_text(text.encode(), file="a.txt")
        said = " ".join(block.text for block in (*document.blocks, *document.furniture))
        assert "Avtal för Ödeby" in said
        assert "Sörby" not in said


def test_abbreviation_among_headings_ranks_with_them() -> None:
    """One heading in capitals among others is an abbreviation and sets no rank."""
    text = f"Löfte\n\n{PROSE}\n\nSSPF\n\n{PROSE}\n\nSynlighet\n\n{PROSE}\n"
    assert [line for line in outline(text) if line.startswith("#")] == ["#1 Löfte", "#1 SSPF", "#1 Synlighet"]


def test_heading_above_a_line_that_announces_a_list() -> None:
    """A promise for each party below a heading: the line with 'att' is text, what stands above it a heading."""
    document = read(
        "Löfte\n\nTrafik\n\nKommunen lovar att\n\n- bygga farthinder\n\nSkolan\n\nPolisen lovar att\n\n- komma"
    )
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == ["Löfte", "Trafik", "Skolan"]


def test_heading_with_a_relative_clause() -> None:
    """'som kommer att gälla' says more of the noun before it and makes no sentence; 'har svarat' does."""
    heading = "Medborgarlöfte som kommer att gälla i vinter"
    document = read(
        f"{heading}\n\nVi märker cyklar i november.\n\nDe som bor här har svarat på en enkät\n\nVi läste den."
    )
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == [heading]


def test_dots_before_small_words_are_list_marks() -> None:
    document = read("Löftena innefattar:\n\n... att märka cyklar\n\n… att röja stigar\n\n... Och så vidare.")
    items = [block.text for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items == ["att märka cyklar", "att röja stigar"]


def test_line_that_ends_with_a_year_is_whole() -> None:
    """The caption of a picture below a page's title begins small and is no part of it."""
    document = read("Medborgarlöfte Orsa kommun 2023-2024\n\nen hand på en cykel\n\nHär står löftet som vi gav.")
    assert document.blocks[0].text == "Medborgarlöfte Orsa kommun 2023-2024"


def test_paragraph_signs_number_headings() -> None:
    document = read(
        "§ 1 Parter\n\nAvtalet är slutet.\n\n§ 2 Skoltrafiken\n\n2.1 Läget\n\nDet är rörigt.\n\n§ 3 Tvist\n\nSlut."
    )
    headings = [block.text for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["§ 1 Parter", "§ 2 Skoltrafiken", "2.1 Läget", "§ 3 Tvist"]


def test_numbering_gives_the_depth() -> None:
    """'2.1' is a level below '2', whatever the heading says."""
    text = "".join(
        f"{title}\n\n{PROSE}\n\n" for title in ("1 Inledning", "2 Det ska vi nå 2030", "2.1 Område A: Torget", "3 Tid")
    )
    headings = [line for line in outline(text) if line.startswith("#")]
    assert headings == ["#1 1 Inledning", "#1 2 Det ska vi nå 2030", "#2 2.1 Område A: Torget", "#1 3 Tid"]


@pytest.mark.parametrize(
    "line",
    [
        "Avtalet gäller 2031-01-01 till 2032-12-31",
        "Överenskommelsen gäller till årets slut",
        "Kommunen lovar att",
        "Mål: Färre inbrott",
        "Läs mer på www.odeby.example",
        "................................",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    """Dates, sentences without a full stop, lead-ins, labels, addresses and lines to sign on stay paragraphs."""
    assert line in outline(f"Plan\n\n{PROSE}\n\n{line}\n\n{PROSE}\n\n- en\n- två")


def test_signatures_are_no_headings() -> None:
    """A run of short lines is a signature block; only the last, right above prose, can be a heading."""
    lines = ["Ödeby den ____ 2031", "Ebba Granlund", "Kommunchef", "Olle Strand", "Lokalpolisområdeschef", "Bilaga"]
    text = f"Plan\n\n{PROSE}\n\n" + "\n\n".join(lines) + f"\n\n{PROSE}"
    assert [line for line in outline(text) if line.startswith("#")] == ["#1 Plan", "#1 Bilaga"]


def test_letterhead_is_furniture() -> None:
    """A name set off by wide gaps in three places is a logotype and no text."""
    part = f"\n\n\nÖdeby kommun\n\n\n\nRubrik\n\n{PROSE}\n"
    document = read(f"Plan\n\n{PROSE}\n" + part * 3)
    assert [block.text for block in document.furniture] == ["Ödeby kommun"] * 3
    assert "Ödeby kommun" not in [block.text for block in document.blocks]


# --- lists ---


def test_nested_lists() -> None:
    """Depth follows the indent, also one of a single space; the marker stands apart."""
    document = read("- löfte ett\n - utfall a\n - utfall b\n\n- löfte två\n 1. först\n 2. sedan\n")
    items = [(block.kind, block.marker, block.level, block.text) for block in document.blocks]
    assert {kind for kind, *_ in items} == {BlockKind.LIST_ITEM}
    assert [item[1:] for item in items] == [
        ("-", 1, "löfte ett"),
        ("-", 2, "utfall a"),
        ("-", 2, "utfall b"),
        ("-", 1, "löfte två"),
        ("1.", 2, "först"),
        ("2.", 2, "sedan"),
    ]


@pytest.mark.parametrize("marker", ["-", "–", "•", "*", "·", "a)", "1.", "(2)"])
def test_markers(marker: str) -> None:
    block = read(f"{marker} fler vuxna ute\n{marker} färre inbrott").blocks[0]
    assert (block.kind, block.marker, block.text) == (BlockKind.LIST_ITEM, marker, "fler vuxna ute")


def test_item_cut_by_a_page() -> None:
    """An item goes on behind a blank line when it breaks off and the next line begins in lower case."""
    assert outline("- fler vuxna, gemensamma\n\noch enskilda insatser.\n\n- färre brott") == [
        "-1 fler vuxna, gemensamma och enskilda insatser.",
        "-1 färre brott",
    ]


@pytest.mark.parametrize(
    "text", ["1:e vice ordförande Ebba Granlund", "2030 genomfördes en enkät.", "5 procent av dem"]
)
def test_numbers_that_are_no_markers(text: str) -> None:
    assert read(text).blocks[0].kind is not BlockKind.LIST_ITEM


# --- marks in the line ---


def test_emphasis_and_remnants() -> None:
    """Markdown and HTML emphasis becomes spans, the rest of the markup goes; addresses are kept whole."""
    block = read(
        "Mot **narkotika** och *våld*, <b>alla</b> &amp; ***envar***: https://odeby.example/a_b_c/ den ____"
    ).blocks[0]
    assert block.text == "Mot narkotika och våld, alla & envar: https://odeby.example/a_b_c/ den ____"
    spans = [(block.text[span.start : span.end], span.bold, span.italic) for span in block.emphasis]
    assert spans == [
        ("narkotika", True, False),
        ("våld", False, True),
        ("alla", True, False),
        ("envar", True, True),
    ]


def test_marks_left_alone_stay() -> None:
    """An asterisk, an underscore or a bracket that pairs with nothing is text."""
    text = "5 * 3, snake_case_ord, <namn>, [ort], 100 m², ett ** ensamt"
    assert read(text).blocks[0].text == text


def test_html_text() -> None:
    """Headings, paragraphs and list items of pasted HTML are blocks; scripts are none."""
    text = f"<html><script>var a = '<p>nej</p>';</script><h2>Mål</h2><p>{PROSE}</p><ul><li>ett</li><li>två</li></ul></html>"
    assert outline(text) == ["#2 Mål", PROSE, "-1 ett", "-1 två"]


def test_footnotes() -> None:
    """Raised, bracketed and plain notes become footnotes; their marks leave the text."""
    text = (
        "Områden<sup>1</sup> och index² finns. Kartan[^k] visar läget.\n\n---\n\n"
        "<sup>1</sup> <https://odeby.example/omraden> Läst i mars\n\n2 Ett mått på trygghet\nmed fem steg\n\n[^k]: Se bilagan.\n"
    )
    document = read(text)
    block = document.blocks[0]
    assert block.text == "Områden och index finns. Kartan visar läget."
    assert [(note.label, block.text[: note.offset].split()[-1]) for note in block.notes] == [
        ("1", "Områden"),
        ("2", "index"),
        ("k", "Kartan"),
    ]
    assert [(note.label, note.block.text.split()[0]) for note in document.footnotes] == [
        ("1", "https://odeby.example/omraden"),
        ("2", "Ett"),
        ("k", "Se"),
    ]
    assert len(document.blocks) == 1


def test_sunken_mark_is_raised_when_one_place_fits() -> None:
    """'index5' is a mark when footnote 5 has no other; with two such places the text is left alone."""
    note = "\n\n⁵ Ett mått på trygghet.\n"
    block = read(f"Höj kommunens trygghetsindex5 till normalvärdet. {PROSE}{note}").blocks[0]
    assert block.text.startswith("Höj kommunens trygghetsindex till")
    assert block.notes[0].label == "5"
    assert "index5 och värdet5" in read(f"Både index5 och värdet5 finns. {PROSE}{note}").blocks[0].text


# --- furniture ---


def test_running_headers_and_page_numbers() -> None:
    """What stands at the edge of every page, or counts the pages, is kept apart."""
    pages = [f"Ödeby kommun\nSida {number} av 4\n\n{PROSE} Del {number}.\n\n{number}" for number in range(1, 5)]
    document = read("\f".join(pages))
    assert [block.text for block in document.blocks] == [f"{PROSE} Del {number}." for number in range(1, 5)]
    assert len(document.furniture) == 12


def test_web_page_around_the_text() -> None:
    """Cookie notices, buttons and captions of a municipal page are no text."""
    text = f"Hoppa till huvudinnehållet\n\nPlan\n\n{PROSE}\n\n[bild]\n\nSkriv ut\n\nSidan uppdaterad: 2031-02-03\n"
    document = read(text)
    assert [block.text for block in document.blocks] == ["Plan", PROSE]
    assert len(document.furniture) == 4


def test_same_bytes_same_document() -> None:
    text = (WRAPPED + "| a | b |\n|---|---|\n| c | d |\n").encode()
    assert read_text(text, file="a.md") == read_text(text, file="a.md")


def test_ids_are_places() -> None:
    """Blocks are b1, b2 …, furniture f1 …, footnotes n1 …"""
    document = read(f"Plan¹\n\n{PROSE}\n\nSkriv ut\n\n¹ En not.")
    assert [block.id for block in document.blocks] == ["b1", "b2"]
    assert [block.id for block in document.furniture] == ["f1"]
    assert [note.block.id for note in document.footnotes] == ["n1"]


def test_circles_and_tight_letters_are_marks() -> None:
    """Two lines or more that begin with an 'o' are a list; a letter and its bracket need no space behind them."""
    assert outline("Polisen ska\n\no synas mer\no svara fort\n\nParterna ska\n\na)lämna lokaler\nb)bjuda in") == [
        "Polisen ska",
        "-1 synas mer",
        "-1 svara fort",
        "Parterna ska",
        "-1 lämna lokaler",
        "-1 bjuda in",
    ]


def test_a_lone_o_is_no_mark() -> None:
    """'o' for 'och' may begin a line of running text."""
    assert outline("Sommar\no vinter är det lugnt i hamnen.") == ["Sommar o vinter är det lugnt i hamnen."]
