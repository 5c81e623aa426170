"""Drafts of the next agreement: what was agreed is read back, old years are marked, nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.draft import draft_agreement, read_source
from samsyn.drafting.columns import header_groups, merge_columns, row_cells, split_header
from samsyn.drafting.content import Selection
from samsyn.drafting.redating import redate
from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.drafting.years import stale_years
from samsyn.errors import UnreadableDocument
from samsyn.extract.headings import heading_meanings
from samsyn.models.agreement import Measure, Period, ProblemPicture, Signatory
from samsyn.models.draft import Chapter, Item, MeasureTable, NoteKind, Paragraph, PlainTable, Standing
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import phrase_list
from tests.agreements import agreement, evidence
from tests.drafts import (
    PERIOD,
    drafted,
    goals_of,
    measures_of,
    parts_of,
    plain_agreement,
    read_back,
    share_kept,
    texts_in,
)

DOCUMENTS = Path(__file__).parent / "accuracy" / "documents"
SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples"
READ_BACK = [
    "arjeplog-2010-2012.bold-docx.docx",
    "borlange-2017-2019.web-text.txt",
    "helsingborg-2024-2027.word-pdf.pdf",
    "hudiksvall-2021-2024.docx.docx",
    "kiruna-2024-2027.docx.docx",
    "tranas-2025-2027.docx.docx",
    "vetlanda-uppfoljning-2021.docx.docx",
    "ystad-2019-2022.shaded-pdf.pdf",
]
"""Rows, cards, bullets, promises with outcomes, prose; headers in two rows; from Word, PDF and text."""


def chapters_called(draft_chapters: tuple[Chapter, ...], heading: str) -> list[Chapter]:
    return [chapter for chapter in draft_chapters if chapter.heading == heading]


# ---- reading back ----


@pytest.mark.parametrize("name", READ_BACK)
def test_documents_read_back(name: str) -> None:
    """Protects the promise of the command: areas, goals and measures come back, with the new period, unsigned."""
    source = read_source(DOCUMENTS / name)
    back = read_back(drafted(source))
    assert [area.title for area in back.focus_areas] == [area.title for area in source.agreement.focus_areas]
    assert share_kept(goals_of(source.agreement), goals_of(back)) >= 0.98
    assert share_kept(measures_of(source.agreement), measures_of(back)) >= 0.98
    assert (back.period.start, back.period.end) == PERIOD
    assert not back.signatories


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize("name", ["sundsvall-2012-2014.docx.docx", "karlshamn-medborgarlofte-2021.docx.docx"])
def test_samples_read_back(name: str) -> None:
    """Protects against drafts that suit only documents of our own making."""
    source = read_source(SAMPLES / name)
    back = read_back(drafted(source))
    assert share_kept(goals_of(source.agreement), goals_of(back)) >= 0.98
    assert share_kept(measures_of(source.agreement), measures_of(back)) >= 0.98
    assert (back.period.start, back.period.end) == PERIOD


def test_json_is_enough(tmp_path: Path) -> None:
    """Protects those who kept only what `samsyn extract` wrote: it is a source like a document."""
    old = plain_agreement()
    path = tmp_path / "old.json"
    path.write_text(old.model_dump_json(), encoding="utf-8")
    back = read_back(drafted(read_source(path)))
    assert [area.title for area in back.focus_areas] == [area.title for area in old.focus_areas]
    assert goals_of(back) == goals_of(old)
    assert measures_of(back) == measures_of(old)


def test_other_json_is_refused_with_its_name(tmp_path: Path) -> None:
    """Protects against a traceback where somebody gives the wrong file."""
    path = tmp_path / "list.json"
    path.write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"list\.json"):
        read_source(path)


def test_clean_drafts_read_back_as_well() -> None:
    """Protects --clean: it leaves out marks and questions, never a goal or a measure."""
    old = plain_agreement()
    back = read_back(drafted(old, clean=True))
    assert goals_of(back) == goals_of(old)
    assert measures_of(back) == measures_of(old)


def test_nothing_to_draft_from_is_an_error() -> None:
    """Protects against an empty agreement made of no source."""
    with pytest.raises(ValueError, match="nothing to draft from"):
        draft_agreement([], PERIOD)


# ---- headings and words are known to the reader ----


def test_headings_of_drafts_mean_what_they_are_listed_for() -> None:
    """Protects reading back: a heading that the vocabulary does not know would open a focus area or lose its goals."""
    wanted = {
        "problem": "problem",
        "problem_overall": "problem",
        "cause": "cause",
        "goals_overall": "goals-overall",
        "goals_area": "goals",
        "goals_area_alone": "goals-area",
        "goals_sub": "goals-sub",
        "focus_areas": "focus-areas",
        "measures": "measures",
        "promises": "promises",
        "background": "background",
        "purpose": "purpose",
        "organisation": "organisation",
        "communication": "communication",
        "follow_up": "follow-up",
        "period": "period",
        "signatures": "signatures",
        "contents": "contents",
    }
    headings = load_toml("drafting.toml")["headings"]
    assert {key: heading_meanings(headings[key]) for key in wanted} == {key: (wanted[key],) for key in wanted}
    assert load_toml("drafting.toml")["outcome"]["label"].casefold() in phrase_list("promise", "outcome_labels")


# ---- old years ----


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("Senast 2027 ska andelen vara 70 procent", ["2027"]),
        ("Klart 2026-03-01 och 2031-03-01", ["2026-03-01"]),
        ("Enligt lag (2023:196) om kommuners ansvar", []),
        ("Buss 2019 går från torget under 2024–2027", ["2019", "2024", "2027"]),
        ("Klart i maj 2030", []),
    ],
)
def test_old_years_are_marked(text: str, stale: list[str]) -> None:
    """Protects against a plan for the past: every year before the new period is marked, laws are left alone."""
    assert [text[start:end] for start, end in stale_years(text, 2029)] == stale


def test_old_years_are_never_changed() -> None:
    """Protects the parties' words: carried-over text stays letter by letter, whatever years it has."""
    old = plain_agreement()
    draft = draft_agreement([old], PERIOD)
    tables = [block for chapter in draft.chapters for block in chapter.blocks if isinstance(block, MeasureTable)]
    assert [cell.text for table in tables for row in table.rows for cell in row.cells if cell.stale] == ["Maj 2026"]
    notes = [note for chapter in draft.chapters for note in chapter.notes if note.kind is NoteKind.OLD_YEAR]
    assert any("Maj 2026" in note.text or "2026" in note.text for note in notes)


@pytest.mark.parametrize(
    ("text", "old", "expected"),
    [
        ("2025–2028", ("2025-01-01", "2028-12-31"), "2029–2032"),
        ("Avtal 2025-28", ("2025-01-01", "2028-12-31"), "Avtal 2029-32"),
        ("från den 1 januari 2025 till den 31 december 2028", ("2025-01-01", "2028-12-31"),
         "från den 1 januari 2029 till den 31 december 2032"),
        ("gäller 1 april 2025–31 mars 2028", ("2025-04-01", "2028-03-31"), "gäller 1 januari 2029–31 december 2032"),
        ("januari – december 2025", ("2025-01-01", "2025-12-31"), "2029-01-01 – 2032-12-31"),
        ("beslutad 2024-12-12, gäller 2025–2028", ("2025-01-01", "2028-12-31"),
         "beslutad 2024-12-12, gäller 2029–2032"),
        ("2025-01-01", ("2025-01-01", "2028-12-31"), "2029-01-01"),
    ],
)  # fmt: skip
def test_periods_are_redated_in_their_own_manner(text: str, old: tuple[str, str], expected: str) -> None:
    """Protects revisions: the new days stand as the old ones did, and other dates are not touched."""
    assert redate(text, Period(start=old[0], end=old[1]), PERIOD) == expected


# ---- tables ----


def test_empty_cells_make_no_table_of_its_own() -> None:
    """Protects tables whole: a row with an empty cell has fewer columns and is of the same table."""
    assert merge_columns(("Vad", "Vem", "När"), ("Vad", "När")) == ("Vad", "Vem", "När")
    assert merge_columns(("Vad", "När"), ("Vad", "Vem", "När")) == ("Vad", "Vem", "När")
    assert merge_columns(("Vad", "När"), ("Orsak", "Mål")) is None
    assert merge_columns(("Vad", "När"), ("När", "Vad")) is None


def test_headers_in_two_rows_are_told_by_their_second_capital() -> None:
    """Protects 'Ansvarig' over 'Kommunen' and 'Polisen', which a single row would read as one long word."""
    row = Measure(id="m1", form="row", cells={"Vad": "a", "Ansvarig Kommunen": "b", "Ansvarig Polisen": "c"})
    groups = header_groups([row])
    assert split_header("Ansvarig Polisen", groups) == ("Ansvarig", "Polisen")
    assert split_header("Vad", groups) == ("", "Vad")
    flat = Measure(id="m2", form="row", cells={"Ansvar kommun": "b", "Ansvar polis": "c"})
    assert split_header("Ansvar polis", header_groups([flat])) == ("", "Ansvar polis")


def test_fields_without_a_cell_get_a_column() -> None:
    """Protects measures that come as JSON from elsewhere: nothing that is said of one is lost in its table."""
    cells = row_cells(agreement().measures[0])
    assert cells["Polisen"] == "Områdespolisen deltar varannan fredag."
    assert cells["Ansvarig"] == "SN, KFN"
    assert list(cells)[:2] == ["Vad", "Klart"]


# ---- goals, problems, outcomes ----


def test_last_periods_figures_are_the_baseline() -> None:
    """Protects the next goal: what was to be reached stands under it, with a place for what was."""
    draft = draft_agreement([plain_agreement()], PERIOD)
    goals = chapters_called(draft.chapters, "Mål")[0]
    words = [(block.passage.text, block.passage.standing) for block in goals.blocks if isinstance(block, Item)]
    assert ("Utgångsläge: målet 2025–2028 var ”från 62,5 till minst 70 procent”.", Standing.NEW) in words
    assert Standing.PROMPT in {standing for _, standing in words}


def test_problem_pictures_are_to_be_brought_up_to_date() -> None:
    """Protects against an old picture of the problem passing for today's."""
    draft = draft_agreement([plain_agreement()], PERIOD)
    picture = chapters_called(draft.chapters, "Problembild")[0]
    assert {block.passage.standing for block in picture.blocks if isinstance(block, Paragraph)} == {Standing.OUTDATED}
    assert any("Uppdatera" in note.text and "s. 2" in note.text for note in picture.notes)


def test_what_is_missing_is_asked() -> None:
    """Protects the coordinator from an old gap: no problem picture, no measurable goal, no responsible unit."""
    draft = draft_agreement([plain_agreement()], PERIOD)
    asked = [
        block.passage.text
        for chapter in draft.chapters
        for block in chapter.blocks
        if isinstance(block, Paragraph | Item) and block.passage.standing is Standing.QUESTION
    ]
    assert any("problemet" in question for question in asked)
    assert any("Hur mycket" in question for question in asked)
    notes = [note.text for chapter in draft.chapters for note in chapter.notes if note.kind is NoteKind.QUESTION]
    assert any("saknar ansvarig" in note for note in notes)


def test_follow_ups_say_what_was_done() -> None:
    """Protects decisions from forgetting: what was reported of a measure stands beside it, done or not."""
    report = agreement(
        kind="uppföljning",
        measures=(
            Measure(
                id="m1",
                form="promise",
                title="Cykelvärdar vid stationen",
                outcomes=("Ställdes in på grund av bygget.",),
            ),
        ),
    )
    draft = draft_agreement([plain_agreement(), DraftSource(report, role=SourceRole.FOLLOW_UP)], PERIOD)
    rows = [
        row
        for chapter in draft.chapters
        for block in chapter.blocks
        if isinstance(block, MeasureTable)
        for row in block.rows
    ]
    notes = [note.text for row in rows for note in row.notes]
    assert len(notes) == 1
    assert "inte eller bara delvis" in notes[0]
    assert "Ställdes in på grund av bygget." in notes[0]


# ---- choosing ----


def test_dropped_ids_are_left_out() -> None:
    """Protects --drop: a measure, a goal, a whole focus area with all in it."""
    back = read_back(drafted(plain_agreement(), selection=Selection(frozenset({"m2", "g1"}))))
    assert [measure.title for measure in back.measures] == ["Cykelvärdar vid stationen"]
    assert "Fler ska trivas i Habo." not in [goal.text for goal in back.goals]
    without = read_back(drafted(plain_agreement(), selection=Selection(frozenset({"f1"}))))
    assert [area.title for area in without.focus_areas] == ["Trafik kring skolor"]


def test_only_recurring_measures_can_be_carried_over() -> None:
    """Protects --only recurring: what the register does not know is left out."""
    old = plain_agreement()
    known = old.measures[0].model_copy(update={"recurring": agreement().measures[0].recurring})
    draft = draft_agreement(
        [plain_agreement(measures=(known, old.measures[1]))], PERIOD, selection=Selection(only_recurring=True)
    )
    titles = [
        c.text
        for chapter in draft.chapters
        for b in chapter.blocks
        if isinstance(b, MeasureTable)
        for r in b.rows
        for c in r.cells
    ]
    assert "Cykelvärdar vid stationen" in titles
    assert not any(
        isinstance(b, Item) and "Vuxna" in b.passage.text for chapter in draft.chapters for b in chapter.blocks
    )


def test_a_neighbours_measures_are_proposed_with_their_origin() -> None:
    """Protects --also: new measures are marked as another's, those we have are not proposed again."""
    old = plain_agreement()
    new = old.measures[0].model_copy(
        update={"title": "Ljusslinga vid torget", "cells": {"Insats": "Ljusslinga vid torget", "Ansvarig": "Parkenheten"},
                "responsible": ("Parkenheten",), "schedule": None, "follow_up": None}
    )  # fmt: skip
    lent = plain_agreement(title="Avtal i Mullsjö", measures=(old.measures[0], new))
    draft = draft_agreement([old, DraftSource(lent, role=SourceRole.NEIGHBOUR)], PERIOD)
    tables = [block for chapter in draft.chapters for block in chapter.blocks if isinstance(block, MeasureTable)]
    proposed = [
        cell.text for table in tables for row in table.rows for cell in row.cells if cell.standing is Standing.PROPOSED
    ]
    assert "Ljusslinga vid torget" in proposed
    assert "Cykelvärdar vid stationen" not in proposed
    assert draft.has_proposals
    assert any("Förslag hämtat från" in note.text for table in tables for note in table.notes)


# ---- title page and signatures ----


def test_the_title_gets_the_new_years() -> None:
    """Protects the title: its words stay, its years are the new period's."""
    assert draft_agreement([agreement()], PERIOD).title == "Överenskommelse om samverkan i Habo 2029–2032"


def test_a_report_gives_a_new_promise() -> None:
    """Protects against a follow-up of the future: what is drafted from a report is the next promise."""
    report = agreement(kind="uppföljning", title="Uppföljning av medborgarlöfte 2024")
    assert draft_agreement([report], PERIOD).title == "Medborgarlöfte för Habo kommun 2029–2032"


def test_those_who_signed_are_roles_without_names() -> None:
    """Protects people: an old name under a new agreement would be a forgery; roles stay, and a missing party is asked."""
    alone = agreement(
        signatories=(
            Signatory(
                name="Vilgot Askelund", title="Kommunstyrelsens ordförande", party="municipality", date="2024-12-16"
            ),
        )
    )
    text = "\n".join(read_text(drafted(alone, clean=True)))
    assert "Kommunstyrelsens ordförande" in text
    assert "Chef för lokalpolisområdet" in text
    assert "Askelund" not in text
    assert "2024-12-16" not in text


def read_text(data: bytes) -> list[str]:
    from samsyn.extract.read import read_document

    return [block.text for block in read_document(data, file="new.docx").walk()]


def test_evidence_pages_are_named() -> None:
    """Protects traceability: what was carried over says from which page."""
    old = plain_agreement()
    draft = draft_agreement([old], PERIOD)
    tables = [block for chapter in draft.chapters for block in chapter.blocks if isinstance(block, MeasureTable)]
    assert tables[0].notes[0].text == "Hämtat från Samverkansöverenskommelse 2025–2028, s. 3."
    assert evidence("x", 3)[0].page == 3


def test_who_promises_stands_over_the_promises(tmp_path: Path) -> None:
    """Protects the parties: 'Kommunen lovar att' over its list stays there, or nobody knows who promised what."""
    path = tmp_path / "lofte.md"
    path.write_text(
        "# Medborgarlöfte för Eksjö kommun 2026\n\nVi gör det ihop.\n\n## Kommunen lovar att\n\n- tända ljusen vid sjön\n- klippa häcken\n\n"
        "## Polisen lovar att\n\n- gå en runda varje kväll\n- räkna cyklarna\n",
        encoding="utf-8",
    )
    source = read_source(path)
    promises = chapters_called(draft_agreement([source], PERIOD).chapters, "Våra löften")[0]
    lines = [block.passage.text for block in promises.blocks if isinstance(block, Paragraph | Item)]
    assert lines[0] == "Kommunen lovar att:"
    assert lines[3:5] == ["Polisen lovar att:", "gå en runda varje kväll"]
    back = read_back(drafted(source))
    assert measures_of(back) == measures_of(source.agreement)


BUNDLE = """# Medborgarlöfte för Eksjö kommun 2026

| Gäller | 2026-01-01–2026-12-31 |
| --- | --- |
| Diarienummer | KS 2025/14 |

Löftet gäller från och med den 1 januari 2026 till och med den 31 december 2026. Det kan sägas upp.

## Problembild

Kring sjön är det mörkt. Det rör framför allt

- strandpromenaden
- parkeringen vid badet

## Våra löften

1. Kommunen lovar:

- tända ljusen vid sjön
- klippa häcken vid parkeringen

2. Polisen lovar:

- gå en runda varje kväll
- räkna cyklarna vid badet
"""


def bundle(tmp_path: Path) -> DraftSource:
    """A promise as a document, with a list in its problem picture, leads in a list, and a table of its own facts."""
    path = tmp_path / "lofte.md"
    path.write_text(BUNDLE, encoding="utf-8")
    return read_source(path)


def test_lists_of_a_problem_picture_stay_lists(tmp_path: Path) -> None:
    """Protects the reader: what was a list in the old problem picture is one in the draft."""
    draft = draft_agreement([bundle(tmp_path)], PERIOD)
    items = [
        block.passage.text
        for chapter in draft.chapters
        for block in chapter.blocks
        if isinstance(block, Item) and block.passage.standing is Standing.OUTDATED
    ]
    assert items == ["strandpromenaden", "parkeringen vid badet"]


def test_lines_that_announce_in_a_list_are_no_promises(tmp_path: Path) -> None:
    """Protects the promises: '1. Kommunen lovar:' stands over them, once, and is none of them."""
    source = bundle(tmp_path)
    promises = chapters_called(draft_agreement([source], PERIOD).chapters, "Våra löften")[0]
    lines = [block.passage.text for block in promises.blocks if isinstance(block, Paragraph | Item)]
    assert [line for line in lines if "lovar" in line] == ["Kommunen lovar:", "Polisen lovar:"]
    assert measures_of(read_back(drafted(source))) == measures_of(source.agreement)


def test_facts_of_the_old_document_stay_there(tmp_path: Path) -> None:
    """Protects the new period: a table that gives the old one is not carried over, and the clause says the new in words."""
    draft = draft_agreement([bundle(tmp_path)], PERIOD)
    told = [block for chapter in draft.chapters for block in chapter.blocks]
    assert not any(isinstance(block, PlainTable) for block in told)
    words = [block.passage.text for block in told if isinstance(block, Paragraph)]
    assert "Löftet gäller från och med den 1 januari 2029 till och med den 31 december 2032." in words


def test_old_years_in_headings_are_marked() -> None:
    """Protects headings as it does text: 'Handlingsplan 2025–2028' is marked and named, not changed."""
    problem = ProblemPicture(id="p9", title="Problembild 2025", text="Mörkt.", focus_area=None)
    made = draft_agreement([plain_agreement(problem_pictures=(problem,))], PERIOD)
    (chapter,) = [one for one in made.chapters if one.heading == "Problembild 2025"]
    assert [chapter.heading[start:end] for start, end in chapter.stale] == ["2025"]
    assert any("2025" in note.text for note in chapter.notes if note.kind is NoteKind.OLD_YEAR)


def test_what_was_last_period_is_not_in_a_clean_draft() -> None:
    """Protects the finished agreement: outcomes and old states are for the one who writes, not for those who sign."""
    report = agreement(
        kind="uppföljning",
        measures=(Measure(id="m1", form="promise", title="Cykelvärdar", outcomes=("Ställdes in.",)),),
    )
    source = DraftSource(report, role=SourceRole.OWN)
    assert "Ställdes in." in texts_in(parts_of(drafted(source))["word/document.xml"])
    assert "Ställdes in." not in texts_in(parts_of(drafted(source, clean=True))["word/document.xml"])


def test_a_length_of_time_gives_way_to_a_last_day() -> None:
    """Protects the period: 'under ett år från' would make the new one a year, whatever was asked for."""
    old = Period(start="2025-02-01", end="2026-01-31")
    told = redate("Löftet gäller under ett år från och med den 1 februari 2025.", old, PERIOD)
    assert told == "Löftet gäller från och med den 1 januari 2029 till och med den 31 december 2032."
    same = Period(start="2025-01-01", end="2028-12-31")
    assert redate("gäller under fyra år från den 1 januari 2025", same, PERIOD).startswith("gäller under fyra år")
