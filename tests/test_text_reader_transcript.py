"""The reader of web transcripts: what flowed together on long lines is taken apart where something shows it was apart."""

from __future__ import annotations

from samsyn.extract.read import read_document
from samsyn.extract.readers.text_reader import read_text
from samsyn.models.document import BlockKind, Document
from samsyn.pipeline import understand_document

KNOWN = ("bakgrund", "syfte", "uppföljning", "giltighetstid", "nuläge", "mål")
COLUMNS = ("åtgärd", "ansvarig", "tid", "uppföljning", "åtgärd kommun", "åtgärd polis")
FILLER = (
    "Kommunen och polisen möts varje månad och går igenom vad som har hänt på torget, i parken och vid stationen. Det "
    "som boende och föreningar berättar vägs in, och arbetet planeras för en månad i taget med stöd av statistik. "
)


def frame(*pages: str) -> str:
    numbered = "\n\n".join(f"{number} {page}" for number, page in enumerate(pages, start=1))
    return (
        "Överenskommelse för Ödeby kommun\n\nStorlek: px\nStarta visningen från sidan:\n\n"
        f'Download "Överenskommelse för Ödeby kommun"\n\nTranskript\n\n{numbered}\n\n'
        "Relevanta dokument\nBudget för Ödeby\nBudget för Ödeby. Innehåll ... Läs mer\n"
    )


def read(*pages: str) -> Document:
    return read_text(frame(*pages).encode(), file="avskrift.txt", known_headings=KNOWN, known_columns=COLUMNS)


def headings(*pages: str) -> list[str]:
    return [block.text for block in read(*pages).blocks if block.kind is BlockKind.HEADING]


def texts(*pages: str) -> list[str]:
    return [block.text for block in read(*pages).blocks]


def test_frame_and_page_numbers() -> None:
    """The page around the copy is furniture, the numbers glued on are pages, and that the copy is lossy is said."""
    document = read(FILLER * 3, "Rådet träffas i maj. " + FILLER * 2)
    assert document.source.pages == 2
    assert [line.page for block in document.blocks for line in block.lines] == [1, 2]
    assert document.blocks[0].text.startswith("Kommunen och polisen")
    assert document.blocks[1].text.startswith("Rådet träffas")
    assert "Storlek: px" in [block.text for block in document.furniture]
    assert not any("Budget" in block.text for block in document.blocks)
    assert [caution.code for caution in document.cautions] == ["lossy-transcript"]


def test_ordinary_text_is_no_transcript() -> None:
    """Numbered headings on lines of their own do not make a transcript."""
    text = f"1 Bakgrund\n\n{FILLER}\n\n2 Syfte\n\n{FILLER}\n"
    assert read_text(text.encode(), file="a.txt").cautions == ()


def test_sentence_over_the_page_turn() -> None:
    """A page that begins in lower case goes on with the paragraph before."""
    document = read(FILLER + "Unga kan hamna i", "svåra lägen. " + FILLER)
    assert len(document.blocks) == 1
    assert "hamna i svåra lägen." in document.blocks[0].text
    assert [line.page for line in document.blocks[0].lines] == [1, 2]


def test_title_of_the_frame_and_known_headings() -> None:
    """The title the frame gives is a heading at the start, and so is each phrase the caller knows."""
    assert headings(f"Överenskommelse för Ödeby kommun Bakgrund {FILLER}Syfte {FILLER * 2}") == [
        "Överenskommelse för Ödeby kommun",
        "Bakgrund",
        "Syfte",
    ]


def test_known_word_inside_a_sentence_is_no_heading() -> None:
    """'Syfte' with a sentence going on in lower case behind it is a word like others."""
    assert headings(FILLER + "Syfte och roller beskrivs i bilagan. " + FILLER) == []


def test_phrase_without_a_verb_before_a_sentence() -> None:
    """A short phrase is a heading when the next word has no other reason for its capital."""
    found = headings(
        f"{FILLER}Tryggt torg Kommunen ansvarar för belysningen. {FILLER}Arbetet på skolorna Det leds av två. {FILLER}"
    )
    assert found == ["Tryggt torg", "Arbetet på skolorna"]


def test_names_are_no_openers() -> None:
    """A place name in the middle of a sentence does not make a heading of the words before it."""
    text = "Boende i Ödeby är nöjda. Boende i Ödeby får svar. I stadsdelen Ödeby finns flera. " * 3
    assert headings(FILLER + text + FILLER) == []


def test_title_said_again() -> None:
    """A phrase that the next sentence begins with is its heading."""
    assert headings(f"{FILLER}Nattvandring Nattvandring är när vuxna går ute på kvällen. {FILLER}") == ["Nattvandring"]


def test_capitals() -> None:
    """A run of capitals is a heading; an abbreviation in a sentence is none."""
    text = f"{FILLER}TRYGGHET I PARKEN {FILLER}Arbetet sker i SSPF enligt planen. {FILLER}TID Avtalet gäller i två år. {FILLER}"
    assert headings(text)[0] == "TRYGGHET I PARKEN"
    assert "SSPF" not in headings(text)


def test_numbered_headings() -> None:
    """Numbers that count up over the pages number headings."""
    first = f"1 Läget i dag {FILLER}2 Vad vi ska göra {FILLER}2.1 Torget, parken och stationen {FILLER}"
    assert headings(first, f"{FILLER}3 Tid {FILLER}") == [
        "1 Läget i dag",
        "2 Vad vi ska göra",
        "2.1 Torget, parken och stationen",
        "3 Tid",
    ]


def test_headings_counted_by_letters() -> None:
    """'A.', 'B.' and 'C.' far apart count headings, even behind one and between flattened tables; initials do not."""
    table = "Åtgärd Ansvarig Tid A1 Tillsyn på krogarna Alkoholhandläggaren Varje kvartal "
    found = headings(
        f"Mål {FILLER}Insatsområden A. Staden Syftet är att våldet vid torget ska minska. {table}B. Norrängen och Sörby "
        f"Syftet är att färre unga ska pröva narkotika. {table}C. Skärgården Syftet är att stölderna ska halveras. {table}"
    )
    assert found == ["Mål", "A. Staden", "B. Norrängen och Sörby", "C. Skärgården"]
    assert headings(f"Bakgrund {FILLER}Arbetet leds av A. Ek, B. Al och C. Ask. {FILLER}") == ["Bakgrund"]


def test_heading_behind_the_number_of_the_paper() -> None:
    """The paper's number below its title parts the title from the first heading, whatever begins the sentence."""
    found = texts(f"Överenskommelse för Ödeby kommun KS18/237 Bakgrund Ödeby kommun har ett torg. {FILLER}")
    assert found[:3] == ["Överenskommelse för Ödeby kommun", "KS18/237", "Bakgrund"]


def test_series() -> None:
    """'Område 1' and 'Område 2' begin headings, with a colon or a dash."""
    text = f"{FILLER}Område 1: Lugnt torg Nuläge {FILLER}Område 2: Trygg skola Nuläge {FILLER}"
    assert headings(text) == ["Område 1: Lugnt torg", "Nuläge", "Område 2: Trygg skola", "Nuläge"]


def test_labels() -> None:
    """A label with its colon begins a paragraph, wherever it stands."""
    text = f"{FILLER}MÅL: Färre inbrott Problembild: Många fönster är olåsta. {FILLER}"
    assert [line[:12] for line in texts(text)][1:] == ["MÅL: Färre i", "Problembild:"]


def test_lists() -> None:
    """Bullets make items; the lead-in of a list is a paragraph, also of one that follows another."""
    text = f"{FILLER}Kommunen lovar att • tända lampor • klippa häckar Polisen lovar att • synas mer • svara fort Uppföljning {FILLER}"
    document = read(text)
    assert [(block.marker, block.text) for block in document.blocks][1:8] == [
        ("", "Kommunen lovar att"),
        ("•", "tända lampor"),
        ("•", "klippa häckar"),
        ("", "Polisen lovar att"),
        ("•", "synas mer"),
        ("•", "svara fort"),
        ("", "Uppföljning"),
    ]


def test_list_without_marks_that_names_headings() -> None:
    """Phrases behind a lead-in that stand as headings later are the items of a list."""
    text = (
        f"{FILLER}Inriktningen ska vara; Lugn på stadens torg. Trygghet i skolans miljö Arbetet {FILLER}"
        f"Lugn på stadens torg Under kvällarna samlas många. {FILLER}Trygghet i skolans miljö Det ska vara tryggt. {FILLER}"
    )
    document = read(text)
    items = [block.text for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items == ["Lugn på stadens torg.", "Trygghet i skolans miljö"]
    assert headings(text) == ["Lugn på stadens torg", "Trygghet i skolans miljö"]


def test_flattened_table() -> None:
    """Column headers are kept as headers, all rows as one cell over their width, with a caution; a heading ends it."""
    rows = "Fika på torget Rådet Maj Vakt vid stationen (KS) Polisen Löpande"
    document = read(
        f"{FILLER}Åtgärd Ansvarig Tid {rows}",
        f"Belysning Nämnden Juni Uppföljning Uppföljning av planen sker i maj. {FILLER}",
    )
    table = next(block.table for block in document.blocks if block.table is not None)
    assert [cell.text for cell in table.cells if cell.row == 0] == ["Åtgärd", "Ansvarig", "Tid"]
    body = next(cell for cell in table.cells if cell.row == 1)
    assert (body.text, body.column_span) == (f"{rows}\nBelysning Nämnden Juni", 3)
    assert (table.header_rows, table.row_count) == (1, 2)
    assert [block.text for block in document.blocks][-2] == "Uppföljning"
    assert "flattened-table" in [caution.code for caution in document.cautions]


def test_cells_behind_the_header_of_a_flattened_table() -> None:
    """A known word in the first row, alone behind unknown ones, is a cell; one in the midst of the header is a header."""
    known = (*COLUMNS, "polisen")
    text = frame(f"{FILLER}Åtgärd Ansvarig Tid Uppföljning Kontroller vid skolan Polisen Varje månad Antal. {FILLER}")
    document = read_text(text.encode(), file="a.txt", known_headings=KNOWN, known_columns=known)
    (table,) = (block.table for block in document.blocks if block.table is not None)
    assert [cell.text for cell in table.cells if cell.row == 0] == ["Åtgärd", "Ansvarig", "Tid", "Uppföljning"]
    assert any(cell.text.startswith("Kontroller vid skolan Polisen") for cell in table.cells if cell.row == 1)


def test_rows_of_a_flattened_table_name_no_area() -> None:
    """What is left of a table's rows, one full-width row with nothing below it, opens no focus area."""
    table = (
        "Åtgärd Ansvarig Tid Uppföljning Kontroller vid skolan Närpolisen Varje månad Bygga farthinder Kontoret Juni "
    )
    text = frame(f"Handlingsplan för Ödeby Fokusområde 1: Trafik {FILLER}{table}Fokusområde 2: Torget {FILLER}{table}")
    agreement = understand_document(read_document(text.encode(), file="a.txt"))[0]
    assert [area.title for area in agreement.focus_areas] == ["Trafik", "Torget"]


def test_titles_in_front_of_a_label_that_recurs() -> None:
    """A title right before 'Mål:' is a heading below another heading, and at the end of a list's last item."""
    found = headings(
        f"Bakgrund {FILLER}Syfte Alkohol och unga Mål: Färre ska dricka. Polisen lovar att: • ringa hem • komma samma "
        f"kväll Skadegörelse Mål: Klottret ska minska. Polisen lovar att: • besöka skolan • gå i Ödeby "
    )
    assert found == ["Bakgrund", "Syfte", "Alkohol och unga", "Skadegörelse"]
    once = texts(f"Bakgrund {FILLER}Polisen lovar att: • ringa hem • komma med Ödeby Energi Mål: Färre ska dricka.")
    assert "komma med Ödeby Energi" in once


def test_footnotes() -> None:
    """The notes at a page's end are footnotes, and their marks leave the text."""
    document = read(
        f"{FILLER}Alla har rätt till trygghet 1. {FILLER}Mät med index 2 varje år. {FILLER}Unga hamnar i 1 Enligt lag 2 Ett mått",
        f"svåra lägen. {FILLER}",
    )
    assert [(note.label, note.block.text) for note in document.footnotes] == [("1", "Enligt lag"), ("2", "Ett mått")]
    text = document.blocks[0].text
    assert "rätt till trygghet. " in text
    assert "Mät med index varje år." in text
    assert "hamnar i svåra lägen" in text
    assert [note.label for note in document.blocks[0].notes] == ["1", "2"]


def test_numbers_in_the_text_are_no_footnotes() -> None:
    """A number before a capital at a page's end needs a mark above it."""
    assert read(f"{FILLER}{FILLER}Elever i årskurs 1 Och även andra.", FILLER).footnotes == ()


def test_signatures_stand_apart() -> None:
    """Names and titles behind the last sentence are a paragraph of their own, over a page turn too."""
    document = read(
        f"{FILLER}Avtalet gäller i två år. Ödeby den 2 maj 2031 ____________ Ebba Granlund Kommunchef ____________",
        "Olle Strand Lokalpolisområdeschef",
    )
    assert document.blocks[-1].text.startswith("Ödeby den 2 maj 2031")
    assert "Olle Strand" in document.blocks[-1].text


def test_signatures_behind_an_item() -> None:
    """A place and a day begin the signatures behind a list's last item, the party's name before them too."""
    listed = FILLER + "Kommunen lovar att • ta bort klotter inom en vecka • gå en vandring i Norrängen, Sörby och"
    plain = texts(f"{listed} Västanå Ödeby den 26 juni 2018 Alma Ek Kommunchef Bo Al Polischef Till toppen")
    assert plain[-2:] == [
        "gå en vandring i Norrängen, Sörby och Västanå",
        "Ödeby den 26 juni 2018 Alma Ek Kommunchef Bo Al Polischef",
    ]
    lead = f"{FILLER}Kommunen lovar att • ta bort klotter"
    named = texts(f"{lead} • tända ljuset Ödeby kommun Ödeby 2018-06-26 Alma Ek Bo Al")
    assert named[-2:] == ["tända ljuset", "Ödeby kommun Ödeby 2018-06-26 Alma Ek Bo Al"]
    dated = texts(f"{lead} • gå en vandring i Ödeby 26 juni 2018 med alla som vill")
    assert dated[-1] == "gå en vandring i Ödeby 26 juni 2018 med alla som vill"


def test_losses_are_said_with_their_places() -> None:
    """An orphaned genitive, doubled signs and missing years are named, with the text where they stand."""
    document = read(
        f"{FILLER}Planen tas fram av s styrgrupp och det lokala rådet,. Under har flera enkäter gjorts. {FILLER}"
    )
    losses = {caution.code: caution.evidence for caution in document.cautions}
    assert [item.page for item in losses["dropped-names"]] == [1, 1]
    assert "av s styrgrupp" in losses["dropped-names"][0].text
    assert "Under har" in losses["dropped-years"][0].text


def test_text_is_kept_word_for_word() -> None:
    """Whatever is taken apart, no word of the copy is lost or moved."""
    pages = (
        f"Överenskommelse för Ödeby kommun Bakgrund {FILLER}Mål: Färre inbrott • tända lampor • klippa häckar Syfte {FILLER}",
        f"Område 1: Torget Nuläge {FILLER}Åtgärd Ansvarig Tid Fika Rådet Maj Område 2: Skolan Nuläge {FILLER}",
    )
    document = read(*pages)
    words: list[str] = []
    for block in document.walk():
        words += [block.marker, *block.text.split()] if block.marker else block.text.split()
    assert words == " ".join(pages).split()


def test_heading_before_a_lead_in_that_recurs() -> None:
    """'Unga Polisen lovar att • …': what stands before a lead-in that recurs is a heading; a lead-in alone has none."""
    page = (
        f"{FILLER}Trygga torg Polisen lovar att • gå till fots. • svara på brev. Ödeby kommun lovar att • laga lampor. "
        f"Unga Polisen lovar att • besöka skolan. Ödeby kommun lovar att • ha öppet. {FILLER}"
    )
    assert [text for text in headings(page) if text in ("Trygga torg", "Unga", "Ödeby")] == ["Trygga torg", "Unga"]
    assert texts(page).count("Polisen lovar att") == 2
    assert texts(page).count("Ödeby kommun lovar att") == 2


def test_list_by_letters() -> None:
    """Letters count items as figures do, also of a list that follows another without a full stop."""
    text = f"{FILLER}Kommunen förbinder sig att a) tända lampor b) klippa häckar Polisen förbinder sig att a) synas b) svara {FILLER}"
    items = [(block.marker, block.text) for block in read(text).blocks][1:7]
    assert items[:5] == [
        ("", "Kommunen förbinder sig att"),
        ("a)", "tända lampor"),
        ("b)", "klippa häckar"),
        ("", "Polisen förbinder sig att"),
        ("a)", "synas"),
    ]


def test_heading_behind_an_item_without_full_stop() -> None:
    """A few words without a verb, and a sentence that shows by its subject or its first word that it is one."""
    text = (
        f"{FILLER}Kommunen lovar att • tända lampor • klippa häckar Brott i hemmet Bostadsinbrotten ska halveras i stan. "
        f"{FILLER}Polisen lovar att • synas mer • svara fort Trafikmiljön Avsikten är att alla ska kunna gå säkert. {FILLER}"
    )
    assert headings(text) == ["Brott i hemmet", "Trafikmiljön"]
    assert [block.text for block in read(text).blocks if block.kind is BlockKind.LIST_ITEM][1::2] == [
        "klippa häckar",
        "svara fort",
    ]


def test_name_behind_an_item_is_no_heading() -> None:
    """'Anna Andersson leder' begins a sentence with a name."""
    text = (
        f"{FILLER}Kommunen lovar att • tända lampor • fråga Anna Andersson leder arbetet på torget varje dag. {FILLER}"
    )
    assert headings(text) == []


def test_headings_before_a_lead_in() -> None:
    """A heading by its wording, a heading below it and the lead-in of a list, run together."""
    text = (
        f"{FILLER}Det här vill vi nå framåt Lugn trafik Polisen lovar att • synas mer • svara fort Uppföljning {FILLER}"
    )
    known = (*KNOWN, "polisen lovar att")
    document = read_text(
        frame(text).encode(),
        file="avskrift.txt",
        known_headings=known,
        worded_headings=lambda words: words.startswith("Det här vill"),
    )
    assert [(block.kind.value, block.text) for block in document.blocks][1:5] == [
        ("heading", "Det här vill vi nå framåt"),
        ("heading", "Lugn trafik"),
        ("paragraph", "Polisen lovar att"),
        ("list-item", "synas mer"),
    ]


def test_heading_by_its_wording_before_a_sentence() -> None:
    """'Det här vill vi nå' is no listed heading: it is cut where a word follows that only a sentence gives its capital."""
    text = f"{FILLER}Det här vill vi nå Under året ska alla kunna gå säkert. {FILLER}"
    document = read_text(
        frame(text).encode(), file="avskrift.txt", worded_headings=lambda words: words.startswith("Det här vill")
    )
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == ["Det här vill vi nå"]


def test_paragraph_behind_the_last_item() -> None:
    """Where all other items are one sentence, the last ends with its first sentence, unless the next goes on with it."""
    items = "Kommunen ska: • Hålla badet öppet. • Laga lyktor vid ån. • Klippa häckar. "
    after = "Överenskommelsen följs upp av rådet två gånger om året."
    assert texts(FILLER * 2 + items + after)[-2:] == ["Klippa häckar.", after]
    more = "Dessutom ska träden beskäras."
    assert texts(FILLER * 2 + items + more)[-1] == f"Klippa häckar. {more}"
    longer = items.replace("ån. ", "ån. Arbetet görs i maj. ")
    assert texts(FILLER * 2 + longer + after)[-1] == f"Klippa häckar. {after}"


def test_heading_before_a_sentence_that_opens_with_a_year() -> None:
    """'Nuläge Under 2021 har …': the year behind the first word is no capital that would speak against a sentence."""
    assert headings(f"{FILLER * 2}Nuläge Under 2021 har föreningar i Kilsbo hållit samtal. {FILLER}") == ["Nuläge"]


def test_titles_behind_a_sentence_in_front_of_a_label_that_recurs() -> None:
    """The words between a sentence's end and a label that recurs are a title; behind a label's colon they are its text."""
    text = (
        f"{FILLER}Unga och droger Nuläge: Cannabis säljs i parken. Lugnare trafik Nuläge: Bilar kör fort. "
        "Mål: Minska farten vid skolan Nuläge: Mopeder kör på gångvägar."
    )
    assert headings(text) == ["Unga och droger", "Lugnare trafik"]


def test_numbered_heading_that_leads_on_to_a_list() -> None:
    """'1.2 Polisen ser till att' above dashes ends at the first dash, though no title ends so elsewhere."""
    text = (
        f"1. Bakgrund {FILLER}2. Skolan 2.1 Mål Alla är trygga. 2.2 Polisen ser till att - vägen hålls fri "
        f"- klasser får besök 3. Uppföljning {FILLER}"
    )
    blocks = [(block.kind.value, block.text) for block in read(text).blocks]
    start = next(at for at, (_, words) in enumerate(blocks) if words.endswith("Polisen ser till att"))
    assert [kind for kind, _ in blocks[start : start + 4]] == ["heading", "list-item", "list-item", "heading"]
    assert blocks[start + 2][1] == "klasser får besök"


def test_known_heading_in_front_of_another() -> None:
    """Two headings that flowed together are cut behind the one that is known."""
    known = (*KNOWN, "vad vi lovar")
    text = f"{FILLER}Ni oroas av Ankeborgs Stora Vecka. Vad vi lovar Ankeborgs Stora Vecka Kommunen lovar att ha vakter. {FILLER}"
    document = read_text(frame(text).encode(), file="avskrift.txt", known_headings=known)
    found = [block.text for block in document.blocks if block.kind is BlockKind.HEADING]
    assert found == ["Vad vi lovar", "Ankeborgs Stora Vecka"]
