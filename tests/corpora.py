"""Small corpora for the tests: agreements of invented content, made as values, as text files, kept in a corpus."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from samsyn.batch import Outcome as ReadOutcome
from samsyn.batch import Task
from samsyn.corpora.corpus import Corpus, Outcome
from samsyn.corpora.truth import Reading, Sighting
from samsyn.errors import UnreadableDocument
from samsyn.extract.read import read_document
from samsyn.models.agreement import Agreement, Goal, Measure, Municipality, Period, RecurringMatch
from samsyn.models.stored import pack_document, unpack_document
from samsyn.pipeline import understand_document
from tests.agreements import agreement, evidence

PLACES = {
    "Habo": ("0643", "Jönköpings län"),
    "Håbo": ("0305", "Uppsala län"),
    "Åre": ("2321", "Jämtlands län"),
    "Ystad": ("1286", "Skåne län"),
    "Eskilstuna": ("0484", "Södermanlands län"),
    "Ängelholm": ("1292", "Skåne län"),
}
_DEEDS = (
    "Vuxna vandrar i centrum på fredagskvällar", "Belysningen ses över vid gångtunneln", "Områdespolis besöker skolan",
    "Fältgruppen möter unga vid badplatsen", "Föräldramöten hålls om alkohol", "Hastigheten mäts vid skolvägen",
    "Grannar samverkar mot inbrott", "Krogarna får utbildning om servering", "Klotter tas bort inom ett dygn",
)  # fmt: skip


def place(name: str) -> tuple[Municipality, ...]:
    """The municipality of that name, as a field of an agreement."""
    code, county = PLACES[name]
    return (Municipality(code=code, name=name, county=county),)


def made(name: str = "Habo", start: int = 2025, end: int | None = 2028, **fields: Any) -> Agreement:
    """An agreement of the municipality for the years, with two goals and measures of its own."""
    slug = f"{name.lower().translate(str.maketrans('åäö', 'aao'))}-{start}-{end or ''}".rstrip("-")
    chance = random.Random(slug + str(fields.pop("seed", "")))
    deeds = chance.sample(_DEEDS, 3)
    whole: dict[str, Any] = {
        "id": slug,
        "title": f"Samverkansöverenskommelse {name} {start}–{end}",
        "municipalities": place(name),
        "period": Period(start=f"{start}-01-01", end=f"{end}-12-31" if end else None, text=f"{start}–{end}"),
        "replaces": None,
        "goals": (
            Goal(id="g1", text=f"Fler ska känna sig trygga i {name}.", level="overall", evidence=evidence("Fler", 2)),
        ),
        "measures": tuple(
            Measure(
                id=f"m{number}",
                form="row",
                title=deed,
                responsible=("Kommunen", "Polisen"),
                recurring=(RecurringMatch(id="est", name="EST", score=0.9),) if number == 1 else (),
                evidence=evidence(deed, 3),
            )
            for number, deed in enumerate(deeds, start=1)
        ),
    }
    return agreement(**{**whole, **fields})


def keep(corpus: Corpus, *agreements: Agreement, name: str | None = None, **sighting: Any) -> Outcome:
    """Keep the agreements as if they had been read of one file."""
    text = "".join(one.model_dump_json() for one in agreements)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    file = name or f"{agreements[0].id}-{sha256[:6]}.pdf"
    run = corpus.start_run("add", "test", {})
    reading = Reading(sha256, len(text), "test", agreements)
    return corpus.keep(run, Sighting(file, f"/papper/{file}", **sighting), reading)


def write_file(folder: Path, name: str, start: int, *, end: int | None = None, seed: str = "") -> Path:
    """A text file that the extractor reads as an agreement of the municipality for the years: five measures."""
    end = end or start + 3
    chance = random.Random(f"{name}{start}{seed}")
    measures = "\n".join(
        f"| {deed} | Kommunen | {chance.randint(2, 40)} kvällar |" for deed in chance.sample(_DEEDS, 5)
    )
    path = folder / f"{name}-{start}{seed}.md"
    path.write_text(
        f"""# Samverkansöverenskommelse mellan {name} kommun och Polismyndigheten {start}–{end}

## Mål

- Fler ska känna sig trygga i {name}.

## Åtgärder

| Åtgärd | Ansvarig | När |
| --- | --- | --- |
{measures}

## Giltighetstid

Överenskommelsen gäller från den 1 januari {start} till den 31 december {end}.
""",
        encoding="utf-8",
    )
    return path


def read_here(tasks: Iterable[Task], *_: object) -> Iterator[ReadOutcome]:
    """Reads the tasks in this process: what `samsyn.batch.read_files` gives, without waiting for a reader to start."""
    for task in tasks:
        data = Path(task.path).read_bytes()
        try:
            document = unpack_document(data) if task.stored else read_document(data, file=task.name)
            yield ReadOutcome(task.name, understand_document(document), document=pack_document(document), seconds=0.1)
        except UnreadableDocument as error:
            yield ReadOutcome(task.name, error=error.reason)
