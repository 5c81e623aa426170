"""What the report of a corpus is told in: takes a language, gives its headings, sentences and names of columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from samsyn.models.corpus_report import FigureName
from samsyn.write.diff_phrases import Language
from samsyn.write.row_labels import LABELS


class FigureWords(NamedTuple):
    """The words of a figure: heading, how to read it, and what it shows in one sentence (a template)."""

    title: str
    reading: str
    finding: str


class ReportWords(NamedTuple):
    """The words of a report in one language."""

    code: Language
    title: str
    says: Mapping[str, str]
    figures: Mapping[FigureName, FigureWords]
    columns: Mapping[str, str]

    def percent(self, share: float) -> str:
        """The share as a whole percentage, as the language writes it."""
        return f"{round(100 * share)} %" if self.code == "sv" else f"{round(100 * share)}%"


_SWEDISH = ReportWords(
    code="sv",
    title="Överenskommelserna i {corpus}",
    says={
        "of": "{} av {}",
        "municipalities": "kommuner",
        "measurable": "mätbara",
        "partly": "delvis",
        "not_measurable": "inte mätbara",
        "found": "uppfyllt",
        "missing": "saknas",
        "municipality": "kommunen",
        "police": "polisen",
        "other": "annan",
        "new": "ny i så många kommuner",
        "gone": "borta i så många kommuner",
        "command": "Ger tabellen:",
        "table": "Visa tabellen",
        "scroll": "Tabell: {title}",
        "scroll_chart": "Figur: {title}",
        "first_rows": "De {shown} första av {rows} rader; kommandot ger alla.",
        "first_columns": "De {shown} kommuner som har flest överenskommelser, av {columns}; kommandot ger alla.",
        "nothing": "Här finns inget att visa: samlingen har inga sådana uppgifter.",
        "only": "Urval: {options}",
        "contents": "Innehåll",
        "about": "Uppgifterna är lästa av samsyn ur dokumenten, och en kopia av varje överenskommelse räknas. "
        "Läsningen kan ha fel: "
        "kommandot samsyn corpus quality säger hur rätt den är, när någon har granskat ett urval.",
        "lead": "{agreements} dokument från {municipalities} av landets 290 kommuner.",
        "agreements": "Överenskommelser, planer och löften",
        "municipalities with an agreement": "Kommuner",
        "goals": "Mål",
        "measures": "Åtgärder",
        "problem_pictures": "Problembilder",
        "signatories": "Underskrifter",
        "files that could not be read": "Filer som inte gick att läsa",
        "(ingen titel)": "(ingen titel)",
        "(annan titel)": "(annan titel)",
        "measure": "återkommande åtgärd",
        "area": "fokusområde",
    },
    figures={
        "counties": FigureWords(
            "Täckning län för län",
            "Varje ruta är ett län, ungefär där det ligger i landet, med antalet kommuner som har en överenskommelse "
            "i samlingen. Ju mörkare, desto större andel av kommunerna.",
            "{count} av {of} kommuner finns med; störst andel i {name} ({part}).",
        ),
        "years": FigureWords(
            "Täckning år för år",
            "Antal kommuner som har en gällande överenskommelse i samlingen det året.",
            "Flest kommuner täcks {name}: {count} av {of}.",
        ),
        "timeline": FigureWords(
            "Återkommande åtgärder över åren",
            "Andel av de kommuner som har en gällande överenskommelse det året där åtgärden nämns. De åtgärder som "
            "har nått flest kommuner något år.",
            "Längst har {name} nått: {count} av kommunerna {year}.",
        ),
        "matrix": FigureWords(
            "Återkommande åtgärder kommun för kommun",
            "Siffran är antalet av kommunens överenskommelser som har åtgärden; ju mörkare, desto fler.",
            "Vanligast är {name}: {count} överenskommelser.",
        ),
        "areas": FigureWords(
            "Fokusområden och hur de ändras",
            "Andel i procent av de överenskommelser som gäller det året och har fokusområden. Rubriker med samma ämne "
            "räknas ihop; en rubrik med två ämnen räknas under båda.",
            "Vanligast är {name}, i {count} överenskommelser.",
        ),
        "goals": FigureWords(
            "Hur mycket av målen som går att mäta",
            "Målen i de överenskommelser som börjar gälla det året. Mätbara har en siffra, eller säger alla eller "
            "inga; delvis mätbara anger en riktning utan siffra. Över staplarna står antalet mål.",
            "{count} av {of} mål går att mäta ({part}).",
        ),
        "roles": FigureWords(
            "Vilka som skriver under",
            "Andel av de undertecknade överenskommelserna som någon i rollen har skrivit under. Inga namn används.",
            "Oftast skriver {name} under: {part} av överenskommelserna.",
        ),
        "completeness": FigureWords(
            "Hur fullständiga överenskommelserna är",
            "Andel av överenskommelserna som uppfyller varje punkt i samsyn check, bland dem där den kan bedömas.",
            "Oftast uppfyllt: {name} ({part}). Mest sällan: {last}.",
        ),
        "renewals": FigureWords(
            "Vad som är nytt i den senaste perioden",
            "Varje kommuns senaste dokument jämfört med det närmast föregående av samma sort: i hur många kommuner "
            "åtgärden eller ämnet har tillkommit, och i hur många det är borta.",
            "Kommuner som kan jämföras: {of}. Störst förändring: {name} (ny i {count}, borta i {gone}).",
        ),
    },
    columns={
        **LABELS,
        "missing": "Saknas",
        "title": "Punkt",
    },
)

_ENGLISH = ReportWords(
    code="en",
    title="The agreements in {corpus}",
    says={
        "of": "{} of {}",
        "municipalities": "municipalities",
        "measurable": "measurable",
        "partly": "in part",
        "not_measurable": "not measurable",
        "found": "met",
        "missing": "missing",
        "municipality": "the municipality",
        "police": "the police",
        "other": "other",
        "new": "new in so many municipalities",
        "gone": "gone in so many municipalities",
        "command": "Gives the table:",
        "table": "Show the table",
        "scroll": "Table: {title}",
        "scroll_chart": "Figure: {title}",
        "first_rows": "The first {shown} of {rows} rows; the command gives all.",
        "first_columns": "The {shown} municipalities with most agreements, of {columns}; the command gives all.",
        "nothing": "Nothing to show: the corpus holds nothing of the kind.",
        "only": "Selection: {options}",
        "contents": "Contents",
        "about": "What is told was read from the documents by samsyn, one copy of each agreement. "
        "Readings can be wrong: "
        "samsyn corpus quality says how right they are, once somebody has judged a sample.",
        "lead": "{agreements} documents from {municipalities} of the country's 290 municipalities.",
        "agreements": "Agreements, plans and promises",
        "municipalities with an agreement": "Municipalities",
        "goals": "Goals",
        "measures": "Measures",
        "problem_pictures": "Problem pictures",
        "signatories": "Signatures",
        "files that could not be read": "Files that could not be read",
        "(ingen titel)": "(no title)",
        "(annan titel)": "(another title)",
        "measure": "recurring measure",
        "area": "focus area",
    },
    figures={
        "counties": FigureWords(
            "Coverage by county",
            "Each square is a county, roughly where it lies, with the number of its municipalities that have an "
            "agreement in the corpus. The darker, the larger the share.",
            "{count} of {of} municipalities are in it; the largest share in {name} ({part}).",
        ),
        "years": FigureWords(
            "Coverage by year",
            "Municipalities with an agreement in the corpus that is valid in the year.",
            "Most municipalities are covered in {name}: {count} of {of}.",
        ),
        "timeline": FigureWords(
            "Recurring measures over the years",
            "Of the municipalities with a valid agreement in the year, the share in which the measure is named. The "
            "measures that have reached most municipalities in any year.",
            "{name} has reached furthest: in {count} of the municipalities in {year}.",
        ),
        "matrix": FigureWords(
            "Recurring measures by municipality",
            "The number is how many of the municipality's agreements have the measure; the darker, the more.",
            "The most common is {name}: {count} agreements.",
        ),
        "areas": FigureWords(
            "Focus areas and how they change",
            "Per cent of the agreements with focus areas that are valid in the year. Titles about the same are counted "
            "together; a title about two things counts for both.",
            "The most common is {name}, in {count} agreements.",
        ),
        "goals": FigureWords(
            "How many of the goals can be measured",
            "The goals of agreements that begin in the year. A measurable one has a figure, or says all or none; one "
            "that is measurable in part has a direction without a figure. Above the bars: the number of goals.",
            "{count} of {of} goals can be measured ({part}).",
        ),
        "roles": FigureWords(
            "Who signs",
            "Of the signed agreements, the share that somebody in the role has signed. No names are used.",
            "Most often signed by: {name}, {part} of the agreements.",
        ),
        "completeness": FigureWords(
            "How complete the agreements are",
            "The share of agreements that meet each point of samsyn check, of those that can be judged by it.",
            "Most often met: {name} ({part}). Least often: {last}.",
        ),
        "renewals": FigureWords(
            "What is new in the latest period",
            "Each municipality's newest document beside the one before it of the same kind: in how many "
            "municipalities the measure or theme has come, and in how many it is gone.",
            "Municipalities that can be compared: {of}. The largest change: {name} (new in {count}, gone in {gone}).",
        ),
    },
    columns={
        "id": "Id",
        "not_measurable": "Not measurable",
        "partly": "In part",
        "found": "Met",
        "with_agreement": "With an agreement",
        "of": "Of",
        "titles": "Commonest titles",
        "title": "Point",
    },
)


def report_words(language: Language) -> ReportWords:
    """The words of the language."""
    return _ENGLISH if language == "en" else _SWEDISH
