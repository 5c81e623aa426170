"""What a comparison looks like in each format: complete, safe to open, readable without colour."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from samsyn.compare import compare_agreements, compare_series
from samsyn.models.comparison import SECTIONS, Change, Comparison, Series, WordRun
from samsyn.write.clean import cut
from samsyn.write.comparisons import DIFF_FORMATS, diff_format_of, write_comparison
from samsyn.write.diff_phrases import LANGUAGES, Language, phrases
from samsyn.write.diff_view import shorten_runs, view_of
from samsyn.write.page import page_link
from samsyn.write.series_view import series_view_of
from tests.agreements import agreement, measure
from tests.alignment.pairs import load_pairs

PAIRS = {pair.name: pair for pair in load_pairs()}
NASTY = "=1+1 <script>alert(1)</script> | `x` \x1b[31m\u202e [a](http://b)"


def compared(name: str = "alvesta") -> Comparison:
    """The comparison of one of our pairs."""
    return compare_agreements(PAIRS[name].old, PAIRS[name].new)


def in_series() -> Series:
    """Three agreements in a row."""
    pair = PAIRS["alvesta"]
    return compare_series((pair.old, pair.new, pair.old))


def written(what: Comparison | Series, form: str, language: Language = "sv", **options: Any) -> Any:
    """What the format makes of it: text or bytes."""
    stream: Any = io.BytesIO() if DIFF_FORMATS[form].binary else io.StringIO()
    write_comparison(what, stream, form, language=language, **options)
    return stream.getvalue()


def text_of(what: Comparison | Series, form: str, language: Language = "sv") -> str:
    """Every word that a reader of the format sees."""
    found = written(what, form, language)
    if form == "docx":
        document = Document(io.BytesIO(found))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if form == "xlsx":
        book = load_workbook(io.BytesIO(found))
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)
    if form == "html":
        return re.sub(r"<[^>]+>", "", re.sub(r"<(style|script)>.*?</\1>", "", found, flags=re.DOTALL))
    return str(found)


def nasty() -> Comparison:
    """A comparison in which every text tries to be more than text."""
    old = agreement(title=NASTY, measures=(measure(title=NASTY, police_action="går varje fredag " + NASTY),))
    new = agreement(
        title=NASTY + " ny",
        measures=(measure(title=NASTY, police_action="går varje lördag " + NASTY), measure(title=NASTY + NASTY)),
    )
    return compare_agreements(old, new)


def test_numbers_and_words_agree() -> None:
    """Protects the Swedish: '1 ny', '2 nya', an area that is one is neuter, a title is no rewording."""
    words = phrases("sv")
    told = [words.tally(number, kind, section) for number, kind, section in (
        (1, "dropped", "measures"), (2, "dropped", "goals"), (1, "kept", "focus_areas"), (1, "new", "goals"),
        (3, "substance", "measures"), (1, "reworded", "signatories"), (2, "reworded", "focus_areas"),
    )]  # fmt: skip
    assert told == [
        "1 borttagen", "2 borttagna", "1 oförändrat", "1 nytt", "3 ändrade i sak", "1 ny titel", "2 nya namn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (1, 1, "Den enda åtgärden i den tidigare överenskommelsen finns kvar i den nya, utan ändring."),
        (1, -1, "Den enda åtgärden i den tidigare överenskommelsen finns inte kvar i den nya."),
        (2, 2, "Av de 2 åtgärderna i den tidigare överenskommelsen finns 2 kvar i den nya, alla utan ändring."),
        (2, 1, "Av de 2 åtgärderna i den tidigare överenskommelsen finns 1 kvar i den nya, utan ändring."),
        (2, -1, "Av de 2 åtgärderna i den tidigare överenskommelsen finns ingen kvar i den nya."),
    ],
)
def test_headline_reads_well_for_any_number(old: int, new: int, expected: str) -> None:
    """Protects the first sentence that a council reads: one, all and none have words of their own."""
    titles = ("Grannsamverkan", "Hastighetskontroller vid skolor")
    measures = tuple(measure(id=f"m{number}", title=title) for number, title in enumerate(titles))
    other = (measure(title="Läxhjälp", municipality_action="Biblioteken", police_action=None, recurring=(), cells={}),)
    kept = measures[:new] if new > 0 else other
    headline = view_of(compare_agreements(agreement(measures=measures[:old]), agreement(measures=kept))).headline
    assert headline.startswith(expected)


def test_promises_are_called_promises() -> None:
    """Protects a promise from being called an agreement, in each language, and in a series too."""
    old, new = (agreement(kind="medborgarlöfte", measures=(measure(schedule=when),)) for when in ("Maj", "Juni"))
    shown = text_of(compare_agreements(old, new), "text")
    assert "Det enda löftet i det tidigare medborgarlöftet finns kvar i det nya" in shown
    assert "Löften (1 → 1)" in shown
    assert "överenskommelse" not in shown.replace(old.title or "", "").casefold()
    assert "Promises (1 → 1)" in text_of(compare_agreements(old, new), "text", "en")
    assert "Löftena över perioderna" in text_of(compare_series((old, new, old)), "markdown")


def test_what_is_told_in_a_sentence_is_not_told_again() -> None:
    """Protects brevity: 'Oftare: en gång i månaden → varannan vecka' leaves nothing for a row on the schedule."""
    old, new = (agreement(measures=(measure(schedule=when),)) for when in ("En gång i månaden", "Varannan vecka"))
    shown = text_of(compare_agreements(old, new), "text")
    assert "Oftare: En gång i månaden → Varannan vecka" in shown
    assert "Tidsplan" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", DIFF_FORMATS)
def test_every_format_writes_both_kinds(form: str, language: Language) -> None:
    """Protects the table of formats: two agreements and a series, in each language."""
    for what in (compared(), in_series(), compared("hoganas")):
        assert written(what, form, language)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx", "xlsx"])
def test_every_part_is_named(form: str) -> None:
    """Protects completeness: each change of each section can be found in the report by its label."""
    shown = " ".join(text_of(compared(), form).replace("\\", "").split())
    for section in SECTIONS:
        for change in compared().section(section):
            assert " ".join(change.label.split()[:5]) in shown


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx"])
def test_changes_are_told_in_words(form: str) -> None:
    """Protects the council: what happened stands there in words, not in colours alone."""
    shown = " ".join(text_of(compared(), form).split())
    for words in (
        "Ändrat i sak",
        "Borttaget",
        "Nytt",
        "Omformulerat",
        "Oförändrat",
        "Oftare: en gång i månaden → varannan vecka",
    ):
        assert words in shown
    assert "Flyttat från ”Trygghet på offentliga platser” till ”Barn och unga”" in shown


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_same_comparison_gives_same_bytes(form: str) -> None:
    """Protects archives and tests: no clock in the files."""
    assert written(compared(), form) == written(compared(), form)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_control_characters_do_not_reach_the_reader(form: str) -> None:
    """Protects terminal and editor: escape sequences and reversed writing in a document are not passed on."""
    assert not set(text_of(nasty(), form)) & set("\x1b\x07\u202e")


def test_markdown_shows_markup_instead_of_obeying_it() -> None:
    """Protects the readers of the report: links, HTML and bars in a document are shown as they stand."""
    text = written(nasty(), "markdown")
    assert "<script>" not in text
    assert "\\[a\\](http://b)" in text


def test_html_holds_nothing_foreign() -> None:
    """Protects the page: a document's text is escaped, no address is fetched, only the page's own script may run."""
    page = written(nasty(), "html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src 'none'" in page
    assert len(re.findall(r"<script\b", page)) == 1
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "\x1b" not in page


def test_html_policy_fits_its_script() -> None:
    """Protects the filters: the digest in the policy is that of the script, else no browser would run it."""
    import base64
    import hashlib

    page = written(compared(), "html")
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page


def test_html_marks_words_on_their_side() -> None:
    """Protects side by side: what is gone is struck through on the left, what is new underlined on the right."""
    page = written(compared(), "html")
    assert "<del>en gång i månaden</del>" in page
    assert "<ins>varannan vecka</ins>" in page
    assert page.count("<article") == sum(len(compared().section(name)) for name in SECTIONS)


def test_html_is_well_formed() -> None:
    """Protects every browser and screen reader: elements are closed in order, and the language is given."""
    from lxml import etree

    cases: tuple[tuple[Comparison | Series, Language], ...] = ((compared("hoganas"), "sv"), (in_series(), "en"))
    for what, language in cases:
        page = written(what, "html", language)
        parser = etree.HTMLParser(recover=False)
        root = etree.fromstring(re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL), parser)
        assert root.get("lang") == language
        assert not [error for error in parser.error_log if "invalid" not in error.message]


@pytest.mark.parametrize(
    ("document", "page", "address"),
    [
        (None, 4, None),
        ("a.pdf", 4, "a.pdf#page=4"),
        ("a.docx", 4, "a.docx"),
        ("å b#.pdf", None, "%C3%A5%20b%23.pdf"),
        ("javascript:alert(1).pdf", 1, "javascript%3Aalert%281%29.pdf#page=1"),
    ],
)
def test_links_point_to_files_alone(document: str | None, page: int | None, address: str | None) -> None:
    """Protects the reader who clicks: a file's name is never taken for an address or a script."""
    assert page_link(document, page) == address


def test_docx_strikes_what_is_gone_and_bolds_what_is_new() -> None:
    """Protects the council's papers: marks that survive a black and white printer; rows of headings repeat."""
    document = Document(io.BytesIO(written(compared(), "docx")))
    runs = [
        run for table in document.tables for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs
    ]
    assert any(run.font.strike and run.text == "en gång i månaden" for run in runs)
    assert any(run.bold and run.underline and run.text == "varannan vecka" for run in runs)
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    levels = [
        paragraph.style.name
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.style.name.startswith("Heading")
    ]
    assert {"Heading 1", "Heading 2"} <= set(levels)


def test_docx_survives_control_characters() -> None:
    """Protects the file: characters that XML forbids are left out, not the whole report lost."""
    assert "går varje" in text_of(nasty(), "docx")


def test_xlsx_keeps_formulas_as_text() -> None:
    """Protects the one who opens the workbook: what begins like a formula is text, quoted, unchanged."""
    book = load_workbook(io.BytesIO(written(nasty(), "xlsx")))
    cells = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=1+1")]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_xlsx_prints_readably_on_paper() -> None:
    """Protects who prints it: A4 in landscape, headings on each page, and no more columns than can be read there."""
    sheet = load_workbook(io.BytesIO(written(compared(), "xlsx")))["Åtgärder"]
    columns = sheet.print_area.replace("$", "").partition("!")[2].partition(":")[2].rstrip("0123456789")
    width = sum(sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ" if letter <= columns)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$1:$1"
    assert 100 < width < 160  # characters: more are printed smaller than can be read


def test_xlsx_has_a_filtered_sheet_a_section() -> None:
    """Protects the workbook's use: headings stay in sight and filter all the rows."""
    book = load_workbook(io.BytesIO(written(compared(), "xlsx")))
    assert book.sheetnames == [
        "Sammanfattning",
        "Uppgifter om överenskommelsen",
        "Åtgärder",
        "Mål",
        "Fokusområden",
        "Problembilder",
        "Undertecknare",
    ]
    sheet = book["Åtgärder"]
    assert sheet.freeze_panes == "B2"
    assert sheet.max_row == len(compared().measures) + 1
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row))  # fmt: skip


def test_text_is_plain_and_narrow_when_not_for_a_terminal() -> None:
    """Protects pipes and files: no colours, no trailing blanks, changes in brackets, short lines."""
    text = written(compared("hoganas"), "text")
    assert "\x1b" not in text
    assert all(len(line) <= 100 and line == line.rstrip() for line in text.splitlines())
    assert "[-" in text
    assert "{+" in text


@pytest.mark.parametrize("columns", ["48", "160"])
def test_text_fits_the_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects small windows and wide ones: no line is longer than the terminal; the summary comes before the rest."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for what in (compared(), in_series()):
        stream = Terminal()
        write_comparison(what, stream, "text")
        shown = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
        assert max(map(len, shown.splitlines())) <= int(columns)
        assert shown.index("Sammanfattning") < shown.index("Åtgärd", shown.index("Sammanfattning"))


def test_nothing_different_is_said() -> None:
    """Protects the good news: two equal agreements give one clear sentence in every readable format."""
    same = compare_agreements(PAIRS["sala"].old, PAIRS["sala"].old)
    for form in ("text", "markdown", "html", "docx"):
        assert "Inga skillnader hittades." in text_of(same, form)


def test_cautions_are_shown() -> None:
    """Protects against misuse: that the two are of different municipalities is said on top."""
    odd = compare_agreements(PAIRS["sala"].old, PAIRS["nora"].new)
    for form in ("text", "markdown", "html", "docx", "xlsx"):
        assert "olika kommuner" in text_of(odd, form)


def test_languages_have_the_same_words() -> None:
    """Protects translations: what Swedish has a word for, English has, with the same blanks to fill in."""
    swedish, english = phrases("sv"), phrases("en")
    assert swedish.counted.keys() == english.counted.keys() == swedish.kinds.keys()
    assert swedish.own.keys() == english.own.keys()
    for table in ("sections", "kinds", "signals", "notes", "says", "headings"):
        first, second = getattr(swedish, table), getattr(english, table)
        assert first.keys() == second.keys()
        for key in first:
            assert set(re.findall(r"{\w+}", first[key])) == set(re.findall(r"{\w+}", second[key])), key


def test_every_field_has_a_label_in_both_languages() -> None:
    """Protects readers from code names: each field that can differ is called something."""
    from samsyn.comparing.fields import MEASURE_FIELDS
    from samsyn.comparing.metadata import FIELDS

    for language in LANGUAGES:
        assert {*MEASURE_FIELDS, *FIELDS, "text", "name", "organisation"} <= phrases(language).fields.keys()


def test_long_stretches_that_stay_are_cut() -> None:
    """Protects the eye: of a long text only the words around the changes are shown."""
    runs = (
        WordRun(op="equal", text="ett två tre fyra fem"),
        WordRun(op="delete", text=" sex"),
        WordRun(op="equal", text=" sju åtta nio tio elva tolv"),
        WordRun(op="insert", text=" slut"),
    )
    assert [run.text for run in shorten_runs(runs, around=2)] == ["… fyra fem", " sex", " sju … elva tolv", " slut"]


def test_labels_are_cut_between_words() -> None:
    """Protects headings: a long label ends with a whole word."""
    assert cut("Kommunen och polisen går tillsammans", 24) == "Kommunen och polisen…"
    assert cut("kort", 24) == "kort"


def test_life_of_a_measure_that_comes_back() -> None:
    """Protects the series: what was dropped and comes back is called returned."""
    view = series_view_of(in_series())
    cells = [[cell.tag for cell in row.cells] for row in view.lives]
    assert ["Finns", "Borttaget", "Återkommet"] in cells


def test_merged_parts_name_each_other() -> None:
    """Protects the thread: what was merged says where it went, and the whole says what it is made of."""
    view = view_of(compared("hoganas"))
    notes = [note for section in view.sections for entry in section.entries for note in entry.notes]
    assert any(note.startswith("Ingår nu i: ”Polisen ska utbilda") for note in notes)
    assert "Sammanslaget av: ”Märk-DNA”; ”Grannsamverkan”" in notes


def test_comparison_survives_json() -> None:
    """Protects those who keep it: a comparison is read back from its JSON as it was."""
    whole = compared()
    assert Comparison.model_validate_json(written(whole, "json")) == whole
    assert all(isinstance(change, Change) for change in whole.measures)


@pytest.mark.parametrize(("name", "form"), [("a.HTML", "html"), ("b.md", "markdown"), ("c.pdf", None)])
def test_format_follows_from_the_ending(name: str, form: str | None) -> None:
    """Protects `-o FILE` without --format."""
    assert diff_format_of(name) == form
