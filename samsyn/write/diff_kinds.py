"""What a comparison calls what it compares: takes the kind of the documents, gives its phrases in their own nouns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from samsyn.models.comparison import Edition
from samsyn.write.diff_phrases import Language, Phrases, phrases


class _Nouns(NamedTuple):
    """What differs from the phrases for agreements."""

    says: Mapping[str, str]
    notes: Mapping[str, str]
    measures: str | None = None
    measure: str | None = None
    neuter: bool = False


_NOUNS: Mapping[tuple[Language, str], _Nouns] = {
    ("sv", "medborgarlöfte"): _Nouns(
        says={
            "title": "Jämförelse av medborgarlöften",
            "series_title": "Löftena över perioderna",
            "series_lead": "Varje löfte från det första medborgarlöftet till det sista.",
            "old_agreement": "Tidigare medborgarlöfte",
            "new_agreement": "Nytt medborgarlöfte",
            "facts": "Uppgifter om medborgarlöftet",
            "empty_section": "Finns inte i något av medborgarlöftena.",
            "whole_measure": "hela löftet",
            "headline": "Av de {old} löftena i det tidigare medborgarlöftet finns {stay} kvar i det nya{same}. {rest}",
            "headline_one": "Det enda löftet i det tidigare medborgarlöftet finns {stay} i det nya{same}. {rest}",
            "none_stay": "inget",
            "none_same": ", inget utan ändring",
        },
        notes={
            "other_municipality": "Medborgarlöftena gäller olika kommuner.",
            "reversed": "Det medborgarlöfte som angavs först gäller en senare period än det andra.",
            "replaces_other": "Det nyare medborgarlöftet anger att det ersätter ett annat än det som det jämförs med.",
            "no_measures_in_old": "I det äldre medborgarlöftet hittades inga löften; kontrollera det mot originalet.",
            "no_measures_in_new": "I det nyare medborgarlöftet hittades inga löften; kontrollera det mot originalet.",
        },
        measures="Löften",
        measure="Löfte",
        neuter=True,
    ),
    ("sv", "handlingsplan"): _Nouns(
        says={
            "title": "Jämförelse av handlingsplaner",
            "series_lead": "Varje åtgärd från den första planen till den sista.",
            "old_agreement": "Tidigare plan",
            "new_agreement": "Ny plan",
            "facts": "Uppgifter om planen",
            "empty_section": "Finns inte i någon av planerna.",
            "headline": "Av de {old} åtgärderna i den tidigare planen finns {stay} kvar i den nya{same}. {rest}",
            "headline_one": "Den enda åtgärden i den tidigare planen finns {stay} i den nya{same}. {rest}",
        },
        notes={
            "other_municipality": "Planerna gäller olika kommuner.",
            "reversed": "Den plan som angavs först gäller en senare period än den andra.",
            "replaces_other": "Den nyare planen anger att den ersätter en annan än den som den jämförs med.",
            "no_measures_in_old": "I den äldre planen hittades inga åtgärder; kontrollera den mot originalet.",
            "no_measures_in_new": "I den nyare planen hittades inga åtgärder; kontrollera den mot originalet.",
        },
    ),
    ("en", "medborgarlöfte"): _Nouns(
        says={
            "title": "Comparison of citizen promises",
            "series_title": "The promises over the periods",
            "series_lead": "Every promise from the first document to the last.",
            "old_agreement": "Earlier document",
            "new_agreement": "New document",
            "facts": "Facts of the document",
            "empty_section": "In neither of the documents.",
            "whole_measure": "the whole promise",
            "headline": "Of the {old} earlier promises {stay} remain in the new document{same}. {rest}",
            "headline_one": "The only earlier promise {stay} in the new document{same}. {rest}",
        },
        notes={
            "other_municipality": "The promises are those of different municipalities.",
            "reversed": "The document given first is valid for a later period than the other.",
            "replaces_other": "The newer document says that it replaces another than the one it is compared with.",
            "no_measures_in_old": "No promises were found in the older document; check it against the original.",
            "no_measures_in_new": "No promises were found in the newer document; check it against the original.",
        },
        measures="Promises",
        measure="Promise",
    ),
    ("en", "handlingsplan"): _Nouns(
        says={
            "title": "Comparison of action plans",
            "series_lead": "Every measure from the first plan to the last.",
            "old_agreement": "Earlier plan",
            "new_agreement": "New plan",
            "facts": "Facts of the plan",
            "empty_section": "In neither of the plans.",
            "headline": "Of the {old} measures of the earlier plan {stay} remain in the new one{same}. {rest}",
            "headline_one": "The only measure of the earlier plan {stay} in the new one{same}. {rest}",
        },
        notes={
            "other_municipality": "The plans are those of different municipalities.",
            "reversed": "The plan given first is valid for a later period than the other.",
            "replaces_other": "The newer plan says that it replaces another than the one it is compared with.",
            "no_measures_in_old": "No measures were found in the older plan; check it against the original.",
            "no_measures_in_new": "No measures were found in the newer plan; check it against the original.",
        },
    ),
}


def phrases_of(editions: Iterable[Edition], language: Language) -> Phrases:
    """The words of the language for documents of one kind; those for agreements where the kinds differ."""
    words = phrases(language)
    kinds = {edition.kind for edition in editions}
    nouns = _NOUNS.get((language, kinds.pop())) if len(kinds) == 1 else None
    if nouns is None:
        return words
    words = words._replace(says={**words.says, **nouns.says}, notes={**words.notes, **nouns.notes})
    if nouns.measure is None or nouns.measures is None:
        return words
    return words._replace(
        sections={**words.sections, "measures": nouns.measures},
        fields={**words.fields, "measure": nouns.measure},
        headings={**words.headings, "measures": nouns.measure},
        neuter=words.neuter | {"measures"} if nouns.neuter else words.neuter,
    )
