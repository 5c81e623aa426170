"""What a comparison is told in: takes a language, gives its labels and sentences. Steers nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from samsyn.write.labels import FIELD_LABELS, VALUE_LABELS

Language: TypeAlias = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class Phrases(NamedTuple):
    """The words of one language. Sentences are templates for `str.format`."""

    code: Language
    sections: Mapping[str, str]
    kinds: Mapping[str, str]
    counted: Mapping[str, tuple[str, str]]
    """A kind behind a number: one of it, and more."""
    fields: Mapping[str, str]
    values: Mapping[str, str]
    signals: Mapping[str, str]
    notes: Mapping[str, str]
    says: Mapping[str, str]
    headings: Mapping[str, str]
    """What the field 'title' is called in a section."""
    own: Mapping[tuple[str, str], tuple[str, str]]
    """Kinds that are called otherwise in a section: one of it, and more."""
    neuter: frozenset[str] = frozenset()
    """Sections of which one is 'ett'."""

    def field(self, name: str) -> str:
        """What a field is called; a cell that no field holds by its own heading."""
        return name.removeprefix("cells.") if name.startswith("cells.") else self.fields.get(name, name)

    def kind(self, kind: str, section: str) -> str:
        """What a kind of change is called in a section."""
        return self.own[section, kind][0] if (section, kind) in self.own else self.kinds[kind]

    def tally(self, number: int, kind: str, section: str) -> str:
        """So many of a kind: '1 borttagen', '1 borttaget', '3 borttagna'."""
        one, more = self.own.get((section, kind), self.counted[kind])
        if number != 1 or (section, kind) in self.own:
            return f"{number} {(one if number == 1 else more).lower()}"
        return f"{number} {self.kinds[kind].partition(' till ')[0].lower() if section in self.neuter else one}"


_SWEDISH = Phrases(
    code="sv",
    sections={
        "focus_areas": "Fokusområden",
        "goals": "Mål",
        "problem_pictures": "Problembilder",
        "measures": "Åtgärder",
        "signatories": "Undertecknare",
    },
    kinds={
        "substance": "Ändrat i sak",
        "merged": "Sammanslaget",
        "split": "Delat",
        "moved": "Flyttat",
        "new_person": "Ny person i samma roll",
        "new_role": "Samma person i ny roll",
        "reworded": "Omformulerat",
        "renewed": "Förlängt till nya perioden",
        "kept": "Oförändrat",
        "dropped": "Borttaget",
        "new": "Nytt",
    },
    counted={
        "substance": ("ändrad i sak", "ändrade i sak"),
        "merged": ("sammanslagen", "sammanslagna"),
        "split": ("delad", "delade"),
        "moved": ("flyttad", "flyttade"),
        "new_person": ("ny person", "nya personer"),
        "new_role": ("ny roll", "nya roller"),
        "reworded": ("omformulerad", "omformulerade"),
        "renewed": ("förlängd", "förlängda"),
        "kept": ("oförändrad", "oförändrade"),
        "dropped": ("borttagen", "borttagna"),
        "new": ("ny", "nya"),
    },
    fields={**FIELD_LABELS, "title": "Rubrik", "measure": "Åtgärd"},
    values=VALUE_LABELS,
    signals={
        "wording": "ordalydelsen liknar",
        "identity": "samma återkommande åtgärd",
        "other_identity": "två olika återkommande åtgärder",
        "actors": "samma ansvariga",
        "other_party": "olika parter",
        "names": "samma namn",
        "other_names": "olika namn",
        "other_words": "talar om olika saker",
        "area": "samma fokusområde",
        "other_area": "olika fokusområden",
        "members": "samma innehåll",
        "place": "samma plats i texten",
        "other_place": "olika plats i texten",
        "other_wording": "ordalydelsen skiljer sig",
        "person": "samma person",
        "role": "samma roll",
    },
    notes={
        "other_municipality": "Överenskommelserna gäller olika kommuner.",
        "reversed": "Den överenskommelse som angavs först gäller en senare period än den andra.",
        "replaces_other": "Den nyare överenskommelsen anger att den ersätter en annan än den som den jämförs med.",
        "same_document": "Det är samma fil som jämförs med sig själv.",
        "no_measures_in_old": (
            "I den äldre överenskommelsen hittades inga åtgärder, och därför står alla i den nyare som nya. De kan "
            "stå i en egen plan; kontrollera mot originalet."
        ),
        "no_measures_in_new": (
            "I den nyare överenskommelsen hittades inga åtgärder, och därför står alla i den äldre som borttagna. De "
            "kan stå i en egen plan; kontrollera mot originalet."
        ),
    },
    says={
        "title": "Jämförelse av överenskommelser",
        "series_title": "Åtgärderna över perioderna",
        "series_lead": "Varje åtgärd från den första överenskommelsen till den sista.",
        "old": "Tidigare",
        "new": "Nu",
        "old_agreement": "Tidigare överenskommelse",
        "new_agreement": "Ny överenskommelse",
        "period": "Gäller",
        "summary": "Sammanfattning",
        "facts": "Uppgifter om överenskommelsen",
        "fact": "Uppgift",
        "headline": "Av de {old} åtgärderna i den tidigare överenskommelsen finns {stay} kvar i den nya{same}. {rest}",
        "headline_one": "Den enda åtgärden i den tidigare överenskommelsen finns {stay} i den nya{same}. {rest}",
        "one_stays": "kvar",
        "one_goes": "inte kvar",
        "one_same": ", utan ändring",
        "none_stay": "ingen",
        "none_same": ", ingen utan ändring",
        "some_same": ", varav {same} utan ändring",
        "all_same": ", alla utan ändring",
        "rest": "Borttagna: {dropped}. Helt nya: {new}.",
        "nothing": "Inga skillnader hittades.",
        "same_facts": "Inga uppgifter skiljer sig.",
        "none": "–",
        "empty_section": "Finns inte i någon av överenskommelserna.",
        "section_sentence": "{old} tidigare, {new} nu.",
        "total_old": "Tidigare",
        "total_new": "Nu",
        "number_up": "Antal höjt: {old} → {new}",
        "number_down": "Antal sänkt: {old} → {new}",
        "frequency_up": "Oftare: {old} → {new}",
        "frequency_down": "Mer sällan: {old} → {new}",
        "responsible": "Ansvarig: {old} → {new}",
        "responsible_stated": "Ansvarig anges nu: {new}",
        "responsible_unstated": "Ansvarig anges inte längre (tidigare {old})",
        "schedule": "Tidsplan: {old} → {new}",
        "schedule_later": "Senare i perioden: {old} → {new}",
        "schedule_earlier": "Tidigare i perioden: {old} → {new}",
        "time_up": "Längre tid: {old} → {new}",
        "time_down": "Kortare tid: {old} → {new}",
        "schedule_stated": "Tidsplan anges nu: {new}",
        "schedule_unstated": "Tidsplan anges inte längre (tidigare {old})",
        "target": "Målvärde: {old} → {new}",
        "target_up": "Målvärde höjt: {old} → {new}",
        "target_down": "Målvärde sänkt: {old} → {new}",
        "target_stated": "Nytt målvärde: {new}",
        "target_unstated": "Målvärdet finns inte kvar (tidigare {old})",
        "moved_area": "Flyttat från {old} till {new}",
        "moved_level": "Var tidigare {old}, är nu {new}",
        "level_overall": "övergripande mål",
        "level_area": "mål för ett fokusområde",
        "level_sub": "delmål",
        "split_whole": "Delat i: {others}",
        "split_part": "Del av det som tidigare var: {others}",
        "merged_whole": "Sammanslaget av: {others}",
        "merged_part": "Ingår nu i: {others}",
        "adjoining": "Den nya perioden tar vid direkt när den gamla slutar.",
        "gap": "Mellan perioderna är det ett glapp på {length}.",
        "overlap": "Perioderna överlappar varandra med {length}.",
        "same": "Båda gäller för samma period.",
        "day": "1 dag",
        "days": "{count} dagar",
        "years": "{count} år",
        "page": "s. {pages}",
        "page_old": "tidigare s. {pages}",
        "page_new": "nu s. {pages}",
        "why": "Varför de hör ihop",
        "certain": "säkerhet {percent} %",
        "whole_text": "Hela texten",
        "was_in": "tidigare under {field}",
        "follows": "följer den nya perioden",
        "whole_measure": "hela åtgärden",
        "predecessor": "Tidigare: {old}",
        "filter": "Visa",
        "all": "Alla",
        "search": "Sök i jämförelsen",
        "shown": "{count} visas",
        "legend": "Understruket är nytt, överstruket är borttaget.",
        "legend_docx": "I tabellerna är det borttagna överstruket och det nya fetstilt och understruket.",
        "legend_xlsx": "I kolumnen Ändringar står det borttagna som [-så här-] och det nya som {+så här+}.",
        "also": "Även",
        "kind": "Vad som hänt",
        "changes": "Ändringar",
        "focus_area": "Fokusområde",
        "similarity": "Likhet",
        "word_changes": "Ord för ord",
        "missing": "finns inte",
        "returned": "Återkommet",
        "there": "Finns",
        "check": "Att kontrollera",
        "reading": "Jämförelsen är gjord av ett program. Kontrollera den mot originalen före beslut.",
    },
    headings={"focus_areas": "Namn", "problem_pictures": "Rubrik", "measures": "Åtgärd", "signatories": "Titel"},
    own={
        ("signatories", "reworded"): ("Ny titel", "nya titlar"),
        ("focus_areas", "reworded"): ("Nytt namn", "nya namn"),
    },
    neuter=frozenset({"focus_areas", "goals"}),
)

_ENGLISH = Phrases(
    code="en",
    sections={
        "focus_areas": "Focus areas",
        "goals": "Goals",
        "problem_pictures": "Problem descriptions",
        "measures": "Measures",
        "signatories": "Signatories",
    },
    kinds={
        "substance": "Changed in substance",
        "merged": "Merged",
        "split": "Split",
        "moved": "Moved",
        "new_person": "New person in the same role",
        "new_role": "Same person in a new role",
        "reworded": "Reworded",
        "renewed": "Renewed for the new period",
        "kept": "Unchanged",
        "dropped": "Dropped",
        "new": "New",
    },
    counted={
        "substance": ("changed in substance", "changed in substance"),
        "merged": ("merged", "merged"),
        "split": ("split", "split"),
        "moved": ("moved", "moved"),
        "new_person": ("new person", "new persons"),
        "new_role": ("new role", "new roles"),
        "reworded": ("reworded", "reworded"),
        "renewed": ("renewed", "renewed"),
        "kept": ("unchanged", "unchanged"),
        "dropped": ("dropped", "dropped"),
        "new": ("new", "new"),
    },
    fields={
        "cause": "Cause",
        "communication": "Communication",
        "date": "Date",
        "decided": "Decided",
        "diary_number": "Reference number",
        "effect": "Effect",
        "focus_area": "Focus area",
        "follow_up": "Follow-up",
        "goal": "Goal",
        "indicator": "Indicator",
        "joint_action": "Together",
        "kind": "Type",
        "level": "Level",
        "measure": "Measure",
        "municipalities": "Municipality",
        "municipality_action": "Municipality",
        "name": "Name",
        "organisation": "Organisation",
        "outcomes": "Outcomes",
        "participants": "Participants",
        "pages": "Page",
        "parties": "Parties",
        "party": "Party",
        "period": "Period",
        "place": "Place",
        "police_action": "Police",
        "replaces": "Replaces",
        "resources": "Resources",
        "responsible": "Responsible",
        "undertaken_by": "Undertaken by",
        "schedule": "Schedule",
        "status": "Status",
        "target_group": "Target group",
        "targets": "Targets",
        "text": "Text",
        "title": "Title",
    },
    values={
        "area": "focus area",
        "municipality": "municipality",
        "other": "other",
        "overall": "overall",
        "police": "police",
        "sub": "intermediate",
    },
    signals={
        "wording": "similar wording",
        "identity": "the same recurring measure",
        "other_identity": "two different recurring measures",
        "actors": "the same units responsible",
        "other_party": "different parties",
        "names": "the same names",
        "other_names": "different names",
        "other_words": "they speak of different things",
        "area": "the same focus area",
        "other_area": "different focus areas",
        "members": "the same contents",
        "place": "the same place in the text",
        "other_place": "another place in the text",
        "other_wording": "different wording",
        "person": "the same person",
        "role": "the same role",
    },
    notes={
        "other_municipality": "The agreements are those of different municipalities.",
        "reversed": "The agreement given first is valid for a later period than the other.",
        "replaces_other": "The newer agreement says that it replaces another than the one it is compared with.",
        "same_document": "The same file is compared with itself.",
        "no_measures_in_old": (
            "No measures were found in the older agreement, so that all of the newer one are told as new. They may "
            "stand in a plan of their own; check against the original."
        ),
        "no_measures_in_new": (
            "No measures were found in the newer agreement, so that all of the older one are told as dropped. They may "
            "stand in a plan of their own; check against the original."
        ),
    },
    says={
        "title": "Comparison of agreements",
        "series_title": "The measures over the periods",
        "series_lead": "Every measure from the first agreement to the last.",
        "old": "Before",
        "new": "Now",
        "old_agreement": "Earlier agreement",
        "new_agreement": "New agreement",
        "period": "Valid",
        "summary": "Summary",
        "facts": "Facts of the agreement",
        "fact": "Fact",
        "headline": "Of the {old} measures of the earlier agreement {stay} remain in the new one{same}. {rest}",
        "headline_one": "The only measure of the earlier agreement {stay} in the new one{same}. {rest}",
        "one_stays": "remains",
        "one_goes": "is not",
        "one_same": ", without change",
        "none_stay": "none",
        "none_same": ", none of them without change",
        "some_same": ", {same} of them without change",
        "all_same": ", all of them without change",
        "rest": "Dropped: {dropped}. New: {new}.",
        "nothing": "No differences were found.",
        "same_facts": "No facts differ.",
        "none": "–",
        "empty_section": "In neither of the agreements.",
        "section_sentence": "{old} before, {new} now.",
        "total_old": "Before",
        "total_new": "Now",
        "number_up": "Number raised: {old} → {new}",
        "number_down": "Number lowered: {old} → {new}",
        "frequency_up": "More often: {old} → {new}",
        "frequency_down": "Less often: {old} → {new}",
        "responsible": "Responsible: {old} → {new}",
        "responsible_stated": "Responsible now stated: {new}",
        "responsible_unstated": "Responsible no longer stated (was {old})",
        "schedule": "Schedule: {old} → {new}",
        "schedule_later": "Later in the period: {old} → {new}",
        "schedule_earlier": "Earlier in the period: {old} → {new}",
        "time_up": "Longer time: {old} → {new}",
        "time_down": "Shorter time: {old} → {new}",
        "schedule_stated": "Schedule now stated: {new}",
        "schedule_unstated": "Schedule no longer stated (was {old})",
        "target": "Target: {old} → {new}",
        "target_up": "Target raised: {old} → {new}",
        "target_down": "Target lowered: {old} → {new}",
        "target_stated": "New target: {new}",
        "target_unstated": "Target gone (was {old})",
        "moved_area": "Moved from {old} to {new}",
        "moved_level": "Was {old}, is now {new}",
        "level_overall": "an overall goal",
        "level_area": "a goal of a focus area",
        "level_sub": "an intermediate goal",
        "split_whole": "Split into: {others}",
        "split_part": "Part of what was: {others}",
        "merged_whole": "Merged from: {others}",
        "merged_part": "Now part of: {others}",
        "adjoining": "The new period begins where the old one ends.",
        "gap": "There is a gap of {length} between the periods.",
        "overlap": "The periods overlap by {length}.",
        "same": "Both are valid for the same period.",
        "day": "1 day",
        "days": "{count} days",
        "years": "{count} years",
        "page": "p. {pages}",
        "page_old": "before p. {pages}",
        "page_new": "now p. {pages}",
        "why": "Why they belong together",
        "certain": "certainty {percent} %",
        "whole_text": "The whole text",
        "was_in": "formerly under {field}",
        "follows": "follows the new period",
        "whole_measure": "the whole measure",
        "predecessor": "Before: {old}",
        "filter": "Show",
        "all": "All",
        "search": "Search the comparison",
        "shown": "{count} shown",
        "legend": "Underlined is new, struck through is gone.",
        "legend_docx": "In the tables what is gone is struck through, what is new is bold and underlined.",
        "legend_xlsx": "In the column Changes what is gone stands as [-this-], what is new as {+this+}.",
        "also": "Also",
        "kind": "What happened",
        "changes": "Changes",
        "focus_area": "Focus area",
        "similarity": "Likeness",
        "word_changes": "Word by word",
        "missing": "not there",
        "returned": "Returned",
        "there": "Present",
        "check": "To be checked",
        "reading": "The comparison is made by a program. Check it against the originals before deciding on it.",
    },
    headings={"focus_areas": "Name", "problem_pictures": "Heading", "measures": "Measure", "signatories": "Title"},
    own={
        ("signatories", "reworded"): ("New title", "new titles"),
        ("focus_areas", "reworded"): ("New name", "new names"),
    },
)

_ALL: Mapping[str, Phrases] = {"sv": _SWEDISH, "en": _ENGLISH}


def phrases(language: Language = "sv") -> Phrases:
    """The words of a language; raises KeyError for one that there is none of."""
    return _ALL[language]
