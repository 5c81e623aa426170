"""How complete an agreement is: verdicts by what is written, with evidence; goals by whether they can be measured."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from samsyn.check import check_agreement
from samsyn.checking.goals import check_goal
from samsyn.checking.requirements import load_requirements, word_pattern
from samsyn.cli import main
from samsyn.extract.divide import divide_document
from samsyn.extract.finders.targets import find_targets
from samsyn.extract.read import read_document
from samsyn.models.agreement import Agreement, Goal, Party, Period, Signatory
from samsyn.models.check import CheckPoint, CheckReport
from samsyn.models.section import Part
from samsyn.pipeline import understand_document
from samsyn.vocabulary.load import load_toml
from samsyn.write.checks import CHECK_FORMATS, check_format_of, write_checks
from tests.agreements import agreement, measure

FULL = """# Samverkansöverenskommelse mellan Vaggeryds kommun och Polismyndigheten 2026–2029

## Organisation

En styrgrupp med kommunstyrelsens ordförande och chefen för lokalpolisområdet leder arbetet. Kommunens trygghetssamordnare och
kommunpolisen bereder frågorna i det brottsförebyggande rådet. Mötena dokumenteras i protokoll.

## Fokusområden

### Fokusområde 1: Stationen

Problembild: Vid stationen anmäldes 42 cykelstölder 2025. Orsaken är mörker och få vuxna på kvällarna.

Mål: Antalet anmälda cykelstölder ska minska från 42 till högst 20 år 2029.

| Insats | Ansvarig | När | Uppföljning |
| --- | --- | --- | --- |
| Belysning längs cykelparkeringen | Tekniska kontoret | Mars 2026 | Antal lampor |
| Kvällsvandring med föreningarna | Kommunpolisen | Varje månad | Antal vandringar |

## Kommunikation

Parterna berättar om arbetet på sina webbplatser varje halvår.

## Uppföljning

Styrgruppen följer upp överenskommelsen två gånger per år. Handlingsplanen, kommunikationsplanen och lägesbilden ses
över samtidigt. Föreningar och fastighetsägare bjuds in att delta i arbetet varje termin.
Annat arbete pågår vid sidan av överenskommelsen.

## Giltighetstid

Överenskommelsen gäller från och med den 1 januari 2026 till och med den 31 december 2029.
"""
"""An agreement that holds all but signatures."""

EMPTY = """# Samverkansöverenskommelse mellan Vaggeryds kommun och Polismyndigheten

## Inledning

Vi vill att det ska kännas bra att bo här.
"""


def understood(text: str) -> tuple[Agreement, tuple[Part, ...]]:
    document = read_document(text.encode(), file="avtal.md")
    return understand_document(document)[0], divide_document(document)


def checked(text: str) -> CheckReport:
    return check_agreement(*understood(text))


def point(report: CheckReport, identifier: str) -> CheckPoint:
    return next(one for one in report.points if one.id == identifier)


# ---- verdicts ----


def test_what_is_written_is_found() -> None:
    """Protects the good agreement: every point that it meets is found, and says where."""
    report = checked(FULL)
    missing = {one.id: one.verdict for one in report.points if one.verdict != "found"}
    assert missing == {"signatures": "missing"}
    assert point(report, "follow-up").evidence[0].text.startswith("Styrgruppen följer upp")
    assert point(report, "documentation").evidence[0].text == "Mötena dokumenteras i protokoll."
    assert report.score is not None
    assert report.score > 90


def test_what_is_not_written_is_missing() -> None:
    """Protects against kindness: an agreement of good will alone holds next to nothing, and each gap says what it is."""
    report = checked(EMPTY)
    wrong = [one for one in report.points if one.verdict == "missing"]
    assert {"causes", "measures", "responsible", "follow-up", "period", "law-situation"} <= {one.id for one in wrong}
    assert all(one.reason for one in wrong)
    assert report.score is not None
    assert report.score < 20


def test_what_one_focus_area_lacks_is_partly_met() -> None:
    """Protects detail: a gap names the focus area it is in."""
    found = point(check_agreement(agreement()), "problem")
    assert (found.verdict, found.lacking) == ("partly", ("Trafik kring skolor",))
    assert found.reason == "Problembild saknas (Trafik kring skolor)."
    assert found.question


def test_a_sentence_counts_whatever_heading_it_stands_under() -> None:
    """Protects agreements with headings of their own: who follows up, and how often, may be said anywhere."""
    text = EMPTY + "\n## Hur vet du att vi håller ord?\n\nStyrgruppen stämmer av arbetet två gånger per år.\n"
    found = point(checked(text), "follow-up")
    assert (found.verdict, found.evidence[0].text) == ("found", "Styrgruppen stämmer av arbetet två gånger per år.")
    assert point(checked(text), "law-follow-up").verdict == "found"


@pytest.mark.parametrize(
    ("signatories", "verdict"),
    [
        ([("Kommunstyrelsens ordförande", "municipality"), ("Lokalpolisområdeschef", "police")], "found"),
        ([("Säkerhetssamordnare", "municipality"), ("Kommunpolis", "police")], "partly"),
        ([("Kommunstyrelsens ordförande", "municipality")], "partly"),
        ([], "missing"),
    ],
)
def test_those_who_sign_must_lead(signatories: list[tuple[str, Any]], verdict: str) -> None:
    """Protects the level of signing: the chair of the board and the head of the local police area."""
    signed = tuple(Signatory(name="N. N.", title=title, party=party) for title, party in signatories)
    assert point(check_agreement(agreement(signatories=signed)), "signatures").verdict == verdict


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        (Period(start="2026-01-01", end="2029-12-31"), "found"),
        (Period(start="2026-01-01"), "partly"),
        (Period(text="tills vidare"), "partly"),
        (Period(), "missing"),
    ],
)
def test_the_period_has_two_ends(period: Period, verdict: str) -> None:
    """Protects the period: half of one is half a period."""
    assert point(check_agreement(agreement(period=period)), "period").verdict == verdict


def test_measures_are_counted() -> None:
    """Protects proportion: one measure of many with a responsible unit is a part, and the rest are counted."""
    bare = {"responsible": (), "municipality_action": None, "police_action": None, "schedule": None}
    measures = (measure(), *(measure(id=f"m{n}", **bare) for n in range(2, 6)))
    found = point(check_agreement(agreement(measures=measures)), "responsible")
    assert (found.verdict, found.reason) == ("partly", "4 av 5 åtgärder saknar ansvarig.")


def test_the_law_is_asked_of_its_own_time_only() -> None:
    """Protects old agreements from a law that came after them."""
    old = check_agreement(agreement(period=Period(start="2015-01-01", end="2018-12-31")))
    new = check_agreement(agreement())
    assert not any(one.id.startswith("law-") for one in old.points)
    assert point(new, "law-situation").source.paragraph == "4 §"


@pytest.mark.parametrize(
    ("identifier", "sentence"),
    [
        ("law-council", "Orsaksanalyserna har gjorts enligt Brottsförebyggande rådets mall."),
        ("law-coordination", "Sedan den 1 juli 2023 ska varje kommun ha ett råd och en samordningsfunktion."),
        ("law-coordination", "Socialtjänsten utser en samordnare och kallar till möte inom två veckor."),
        ("law-partners", "Nolltolerans mot narkotika på alla skolor i kommunen."),
        ("communication", "Rekryteringen sker i sociala medier och i närheten av skolor."),
        ("documentation", "I centrum förekommer sammanställningar av ungdomar och skadegörelse."),
        ("documents", "Lägesbilden och problembilden beskrivs nedan, och handlingsplanen likaså."),
        ("scope", "Databasen är i drift från 2026, i övrigt löpande."),
        ("causes", "Rapporten säger vad som inte blivit gjort och varför."),
    ],
)
def test_a_word_alone_shows_nothing(identifier: str, sentence: str) -> None:
    """Protects against kindness: words that say something else in their sentence make nothing found."""
    assert point(checked(f"{EMPTY}\n{sentence}\n"), identifier).verdict != "found"


@pytest.mark.parametrize(
    ("identifier", "sentence"),
    [
        ("law-council", "Det lokala brottsförebyggande rådet träffas fyra gånger per år."),
        ("law-coordination", "Säkerhetschefen har samordningsfunktionen."),
        ("law-partners", "Fastighetsägare och föreningar bjuds in att delta i arbetet."),
        ("documents", "Åtgärderna finns i handlingsplanen, bilaga 1."),
        ("scope", "Polisens ordinarie verksamhet ligger utanför överenskommelsen."),
    ],
)
def test_a_sentence_that_says_it_is_enough(identifier: str, sentence: str) -> None:
    """Protects the good agreement from a check that is too hard."""
    parties = "Överenskommelsen sluts mellan Vaggeryds kommun och Polismyndigheten."
    assert point(checked(f"{EMPTY}\n{parties} {sentence}\n"), identifier).verdict == "found"


def test_reports_are_told_in_english() -> None:
    """Protects readers abroad: every word but the document's own is English, in every format."""
    report = check_agreement(*understood(FULL), language="en")
    assert {one.id for one in report.points} == {one.id for one in checked(FULL).points}
    swedish = re.compile(r"[åäöÅÄÖ]|\b(?:och|inte|saknas|åtgärder)\b")
    told = [text for one in report.points for text in (one.title, one.asks, one.question or "", one.reason or "")]
    assert not [text for text in told if swedish.search(text.replace("Brå", ""))]
    assert "is missing" in (point(report, "signatures").reason or "")
    for form in CHECK_FORMATS:
        stream = io.StringIO()
        write_checks([report], stream, form, language="en")
        assert "Signed by those who lead" in stream.getvalue()
        for word in ("Kontroll av", "Punkt för punkt", "saknas", "mätbara"):
            assert word not in stream.getvalue(), (form, word)


def test_every_requirement_has_its_english() -> None:
    """Protects English reports from Swedish left in them: each requirement has all its words in both languages."""
    for swedish, english in zip(load_requirements(), load_requirements("en"), strict=True):
        assert english.title
        for name in ("asks", "gap"):
            assert getattr(swedish, name) != getattr(english, name), (swedish.id, name)
        assert bool(swedish.question) == bool(english.question), swedish.id
        assert re.findall(r"\{\w+\}", swedish.gap) == re.findall(r"\{\w+\}", english.gap), swedish.id
        assert swedish.source.title != english.source.title


def test_nothing_to_count_is_said_so() -> None:
    """Protects against '0 of 0 measures lack a time'."""
    assert point(checked(EMPTY), "time").reason == "Det finns inga åtgärder."


def test_without_the_document_text_is_unknown_not_missing() -> None:
    """Protects against blame: JSON has no text on organisation, so nobody can say that it is missing."""
    found = check_agreement(agreement(parties=(Party(name="Habo kommun", party="municipality"),)))
    unknown = point(found, "organisation")
    assert (unknown.verdict, unknown.counted, unknown.reason) == ("unknown", False, None)


def test_reports_have_no_points() -> None:
    """Protects against judging a report as an agreement."""
    report = check_agreement(agreement(kind="uppföljning"))
    assert (report.points, report.score) == ((), None)


# ---- goals ----


@pytest.mark.parametrize(
    ("text", "measurable", "reason"),
    [
        ("Andelen trygga ska öka från 62 till 70 procent.", "yes", ""),
        ("Minst tolv familjer ska få stöd varje år.", "yes", ""),
        ("Alla elever i årskurs 7 ska ha mött kommunpolisen.", "yes", ""),
        ("Inga bränder ska anläggas på skolgårdarna.", "yes", ""),
        ("Antalet inbrott ska minska med 20 procent jämfört med 2024.", "yes", ""),
        ("Antalet inbrott ska minska med 20 procent.", "partly", "Utgångsvärdet"),
        ("Tryggheten i centrum ska öka.", "partly", "Riktningen"),
        ("85 procent av invånarna ska känna sig trygga.", "yes", ""),
        ("Högst var fjärde ska känna sig otrygg.", "yes", ""),
        ("Antalet inbrott ska understiga 2019 års nivå.", "yes", ""),
        ("Antalet inbrott ska vara färre än i riket.", "yes", ""),
        ("Antalet inbrott ska inte öka.", "partly", "Utgångsvärdet"),
        ("Andelen trygga ska öka (68 procent 2022).", "partly", "Riktningen"),
        ("Parterna ska verka för ett gott samhälle.", "no", "”verka för”"),
        ("Habo ska vara en fin plats att bo på.", "no", "vad som ska öka eller minska"),
    ],
)
def test_goals_are_measurable_or_say_why_not(text: str, measurable: str, reason: str) -> None:
    """Protects the judgement of goals: a figure, all or none can be measured; a direction half; fine words not."""
    found = check_goal(Goal(id="g1", text=text, level="overall", targets=find_targets(text)), agreement())
    assert found.measurable == measurable
    assert reason in " ".join(found.reasons)
    assert bool(found.reasons) == bool(reason)


def test_focus_areas_are_counted() -> None:
    """Protects the table of focus areas: what each holds of the chain."""
    first, second = check_agreement(agreement()).areas
    assert (first.problems, first.goals, first.measurable_goals, first.measures) == (1, 1, 1, 1)
    assert (second.problems, second.goals, second.measurable_goals, second.measures) == (0, 1, 0, 1)


# ---- the rules ----


def test_requirements_hold_together() -> None:
    """Protects the data: ids are unique, every gap can be filled in, every point says who asks and of whom."""
    requirements = load_requirements()
    assert len({one.id for one in requirements}) == len(requirements)
    for one in requirements:
        assert one.gap.format(where="", count=1, total=2)
        assert one.kinds
        assert one.found
        assert one.source.url.startswith("https://")


def test_word_lists_find_their_words() -> None:
    """Protects the word lists: an asterisk leaves the end of a word open, and no list matches inside a word."""
    assert word_pattern("documentation").search("Mötet dokumenteras")
    assert not word_pattern("council").search("området")
    assert word_pattern("political_lead").search("Kommunstyrelsens ordförande")
    assert all(word_pattern(name) for name in load_toml("requirements.toml")["words"])


# ---- writing ----


def written(report: CheckReport, form: str) -> str:
    stream = io.StringIO()
    write_checks([report], stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("form", list(CHECK_FORMATS))
def test_every_format_says_all(form: str) -> None:
    """Protects completeness: verdicts, reasons, sources and goals are in every format."""
    text = written(checked(EMPTY), form)
    for words in (
        "Troliga orsaker",
        "Orsakerna beskrivs inte för varje problem.",
        "Brå: Teckna samverkansöverenskommelse",
    ):
        assert words in " ".join(text.split())
    assert "Lag (2023:196)" in text


def test_json_is_the_report() -> None:
    """Protects programs: what is printed is the model, field by field."""
    report = checked(FULL)
    assert CheckReport.model_validate_json(written(report, "json")) == report


def test_markup_in_a_document_is_text_on_the_page() -> None:
    """Protects the browser: nothing that stands in a document runs or is markup there."""
    goal = Goal(id="g1", text="<script>alert(1)</script> ska minska", level="overall")
    page = written(check_agreement(agreement(goals=(goal,), title="Avtal <b>")), "html")
    assert "<script>alert" not in page
    assert "Avtal <b>" not in page


def test_formats_are_known_by_their_endings() -> None:
    """Protects -o: the ending of the file names the format."""
    assert [check_format_of(f"x{ending}") for ending in (".md", ".html", ".json", ".txt", ".pdf")] == [
        "markdown", "html", "json", "text", None,
    ]  # fmt: skip


# ---- the command ----


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document to check."""
    path = tmp_path / "avtal.md"
    path.write_text(EMPTY, encoding="utf-8")
    return path


def test_the_command_prints_and_fails_under(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects its use in a script: the exit code says when an agreement falls short."""
    assert main(["check", str(document)]) == 0
    assert "Kontroll av innehållet" in capsys.readouterr().out
    assert main(["check", str(document), "--fail-under", "80", "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["score"] < 80
    assert "less than 80" in printed.err


def test_several_files_and_one_that_cannot_be_read(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the others: a file that is not there is named, the rest are checked."""
    assert main(["check", str(document), "nowhere.pdf", str(document), "--format", "json"]) == 1
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == 2
    assert "nowhere.pdf" in printed.err
