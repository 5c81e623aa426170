"""Takes a data set and its numbers, gives what is written about it: card, data dictionary, citation file."""

from __future__ import annotations

import json
from collections.abc import Mapping

from samsyn.models.dataset import Dataset
from samsyn.models.table import Table
from samsyn.write.row_labels import LABELS

_LIMITS = """\
- Värdena är utlästa av ett program, inte av människor, utom där `corrections` i tabellen `agreements` är större än 0.
  Tomt betyder att inget hittades, inte att det saknas i dokumentet.
- Varje värdes belägg (sida, plats på sidan och ordalydelse) finns i tabellen `evidence`.
- Tabellen `warnings` säger vad som bör betvivlas, `disagreements` var två exemplar av samma dokument lästs olika.
- Urvalet av kommuner och år är inte slumpmässigt; se vilka som saknas innan något sägs om andelar i landet.
- I CSV-filer står en apostrof framför text som ett kalkylprogram annars skulle ta för en formel.
"""
_NAMES_GONE = (
    "Namnen på dem som undertecknat är ersatta med beteckningar (`person-…`) i alla tabeller och texter. Andra namn, "
    "till exempel på kontaktpersoner, kan finnas kvar i löpande text."
)
_NAMES_HERE = (
    "Datamängden innehåller personuppgifter: namn på dem som undertecknat. Dokumenten är allmänna handlingar, men "
    "den som behandlar uppgifterna ansvarar för att det sker enligt dataskyddsförordningen. `--pseudonymise` utelämnar "
    "namnen."
)


def write_card(dataset: Dataset, sizes: Mapping[str, int], version: str) -> str:
    """The dataset card: a head that catalogues read, then what people should know, as Markdown."""
    lines = [
        "---",
        f"pretty_name: {_quoted(dataset.title)}",
        "language:\n- sv",
        f"license: {_quoted(dataset.licence or 'unknown')}",
        f"size_categories:\n- {_size(sum(sizes.values()))}",
        "tags:\n- samverkansöverenskommelse\n- medborgarlöfte\n- public-safety\n- sweden",
        "---",
        "",
        f"# {dataset.title}",
        "",
        "Överenskommelser, handlingsplaner, medborgarlöften och uppföljningar mellan svenska kommuner och polisen, "
        "utlästa ur de dokument som kommunerna och polisen publicerat.",
        "",
        "## Innehåll",
        "",
        "| tabell | rader | vad |",
        "| --- | ---: | --- |",
        *(f"| `{t.schema.name}` | {sizes.get(t.schema.name, 0)} | {t.schema.description} |" for t in dataset.tables),
        "",
        "Kolumnerna beskrivs i [DATA_DICTIONARY.md](DATA_DICTIONARY.md) och, för program, i `datapackage.json`.",
        "",
        "## Hur den gjorts",
        "",
        f"- Urval: {dataset.selection}",
        f"- Version: {version} (ändras när innehållet ändras; filernas hashar står i `SHA256SUMS`)",
        *(f"- {name}: {value}" for name, value in dataset.versions.items()),
        "",
        "## Kvalitet",
        "",
        *_quality(dataset.quality),
        "",
        "## Att veta",
        "",
        _LIMITS,
        "## Personuppgifter",
        "",
        _NAMES_GONE if dataset.pseudonymised else _NAMES_HERE,
        "",
        "## Hänvisning",
        "",
        "Se [CITATION.cff](CITATION.cff).",
    ]
    return "\n".join(lines) + "\n"


def _quality(quality: Table | None) -> list[str]:
    rows = list(quality.rows) if quality is not None else []
    if quality is None or not rows:
        return ["Inga värden har granskats. `samsyn corpus sample` drar ett urval att granska."]
    names = [LABELS.get(name, name) for name in quality.schema.names]
    cells = [["" if value is None else str(value).replace(".", ",") for value in row] for row in rows]
    return [
        "Andel rätta värden i ett slumpmässigt urval som människor granskat, med 95 procents konfidensintervall "
        "(Wilson).",
        "",
        f"| {' | '.join(names)} |",
        f"|{' --- |' * len(names)}",
        *(f"| {' | '.join(row)} |" for row in cells),
    ]


def write_dictionary(dataset: Dataset) -> str:
    """The data dictionary: every column of every table, as Markdown."""
    lines = [f"# Datalexikon: {dataset.title}", ""]
    for table in dataset.tables:
        schema = table.schema
        lines += [f"## {schema.name}", "", f"{schema.description}. Nyckel: {', '.join(schema.key)}.", ""]
        lines += ["| kolumn | slag | rubrik | vad | pekar på |", "| --- | --- | --- | --- | --- |"]
        for column in schema.columns:
            label = LABELS.get(column.name, "")
            lines.append(
                f"| `{column.name}` | {column.kind} | {label} | {column.description} | {column.references or ''} |"
            )
        lines.append("")
    return "\n".join(lines)


def write_citation(dataset: Dataset, version: str) -> str:
    """The citation file (CFF 1.2)."""
    authors = dataset.authors or ("Okänd upphovsperson",)
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them as below.",
        "type: dataset",
        f"title: {_quoted(dataset.title)}",
        f"version: {_quoted(version)}",
        "authors:",
        *(f"  - name: {_quoted(author)}" for author in authors),
        *([f"license: {_quoted(dataset.licence)}"] if dataset.licence else []),
        "keywords:",
        *(f"  - {word}" for word in ("samverkansöverenskommelse", "medborgarlöfte", "polis", "kommun")),
        "references:",
        "  - type: software",
        "    title: samsyn",
        f"    version: {_quoted(dataset.versions.get('samsyn', ''))}",
        "    authors:",
        "      - name: The samsyn founders",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """The text as YAML takes it whatever it holds: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _size(rows: int) -> str:
    """The size as catalogues of data name it."""
    for limit, name in ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")):
        if rows < limit:
            return name
    return "1M<n<10M"
