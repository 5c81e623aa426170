"""Takes a comparison, gives it in words: sections, groups and entries that every format sets in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from samsyn.models.agreement import Period, Target
from samsyn.models.comparison import (
    Aspect,
    Change,
    ChangeKind,
    Comparison,
    Edition,
    FieldChange,
    Value,
    WordRun,
    count_kinds,
)
from samsyn.write.clean import clean_text, cut, one_line
from samsyn.write.diff_kinds import phrases_of
from samsyn.write.diff_phrases import Language, Phrases
from samsyn.write.labels import pages_label, period_label, target_label

KINDS_IN_ORDER: tuple[ChangeKind, ...] = (
    "substance", "merged", "split", "moved", "new_person", "new_role", "reworded", "dropped", "new", "renewed", "kept",
)  # fmt: skip
"""What a reader wants to see first."""
_READING_ORDER = ("measures", "goals", "focus_areas", "problem_pictures", "signatories")
_DAYS_A_YEAR, _DAYS_ASIDE = 365.25, 2
LONGEST_LABEL = 160
_LONGEST_QUOTE = 90


class Row(NamedTuple):
    """A field that differs: its name, how it was and is, and the words one by one."""

    label: str
    old: str
    new: str
    words: tuple[WordRun, ...]
    remark: str


class Entry(NamedTuple):
    """One change in words."""

    change: Change
    kind: ChangeKind
    tags: tuple[str, ...]
    title: str
    area: str
    pages: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    same: tuple[tuple[str, str], ...]
    """The fields that stay as they are, by name; all fields of what is new or gone."""
    why: tuple[str, ...]


class Group(NamedTuple):
    """The entries of one kind."""

    kind: ChangeKind
    label: str
    entries: tuple[Entry, ...]


class Section(NamedTuple):
    """One list of the comparison: how many there were and are, how many of each kind, and the entries."""

    name: str
    label: str
    old_count: int
    new_count: int
    counts: Mapping[ChangeKind, int]
    entries: tuple[Entry, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The entries by kind, the gravest first; kinds without any are left out."""
        return tuple(
            Group(kind, found[0].tags[0], found)
            for kind in KINDS_IN_ORDER
            if (found := tuple(entry for entry in self.entries if entry.kind == kind))
        )


class View(NamedTuple):
    """A comparison in words."""

    words: Phrases
    title: str
    old: Edition
    new: Edition
    headline: str
    periods: str
    cautions: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]
    differs: bool

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """The kinds that occur, the gravest first."""
        return tuple(kind for kind in KINDS_IN_ORDER if any(section.counts.get(kind) for section in self.sections))


def view_of(comparison: Comparison, language: Language = "sv") -> View:
    """The comparison in the words of the language."""
    words = phrases_of((comparison.old, comparison.new), language)
    return View(
        words=words,
        title=words.says["title"],
        old=comparison.old,
        new=comparison.new,
        headline=_headline(comparison, words),
        periods=_periods(comparison, words),
        cautions=tuple(words.notes[note] for note in comparison.notes),
        facts=tuple(
            (words.field(fact.field), _fact(fact.old, words), _fact(fact.new, words)) for fact in comparison.metadata
        ),
        sections=tuple(_section(comparison, name, words) for name in _READING_ORDER),
        differs=comparison.differs,
    )


def edition_label(edition: Edition) -> str:
    """The title of an agreement on one line; its id where it has none."""
    return one_line(edition.title or edition.id)


def short_label(edition: Edition) -> str:
    """What tells the agreement from the others of a series: its years, else its id."""
    years = [day[:4] for day in (edition.period.start, edition.period.end) if day]
    return "–".join(dict.fromkeys(years)) or edition.id


def _periods(comparison: Comparison, words: Phrases) -> str:
    step = comparison.period_step
    sentence = words.says.get(step.relation, "")
    return sentence.format(length=_length(step.days or 0, words))


def _length(days: int, words: Phrases) -> str:
    """Days as a length of time: whole years where they are some."""
    years = round(days / _DAYS_A_YEAR)
    if years > 1 and abs(days - years * _DAYS_A_YEAR) < _DAYS_ASIDE:
        return words.says["years"].format(count=years)
    return words.says["day"] if days == 1 else words.says["days"].format(count=days)


def _headline(comparison: Comparison, words: Phrases) -> str:
    """What became of the measures, in one sentence; nothing where there are none."""
    measures = comparison.measures
    if not any(change.old for change in measures) or not any(change.new for change in measures):
        return ""
    same = sum(change.change == "unchanged" or change.kind == "renewed" for change in measures)
    stay = sum(change.old is not None and change.kind != "dropped" for change in measures)
    counts = {kind: sum(change.kind == kind for change in measures) for kind in ("dropped", "new")}
    rest = words.says["rest"].format(**counts)
    before = sum(change.old is not None for change in measures)
    if before == 1:
        told = words.says["one_same"] if stay and same else ""
        return words.says["headline_one"].format(
            stay=words.says["one_stays" if stay else "one_goes"], same=told, rest=rest
        )
    how = "none_same" if not same else "some_same" if same < stay else "all_same" if same > 1 else "one_same"
    return words.says["headline"].format(
        old=before,
        stay=stay or words.says["none_stay"],
        same=words.says[how].format(same=same) if stay else "",
        rest=rest,
    )


def _fact(value: Value, words: Phrases) -> str:
    if isinstance(value, dict) and "start" in value:
        return period_label(Period(start=value["start"], end=value["end"], text=value["text"]))
    if isinstance(value, dict):
        return ", ".join(one_line(part) for part in (value.get("body"), value.get("date")) if part)
    return words.values.get(text := value_text(value), text)


def value_text(value: Value) -> str:
    """A value of a field as text: a list by commas, nothing as ''."""
    if value is None:
        return ""
    return clean_text(value if isinstance(value, str) else ", ".join(value))


def _section(comparison: Comparison, name: str, words: Phrases) -> Section:
    changes = comparison.section(name)
    old = {change.old.id: change.old.label for change in changes if change.old}
    new = {change.new.id: change.new.label for change in changes if change.new}
    return Section(
        name=name,
        label=words.sections[name],
        old_count=len(old),
        new_count=len(new),
        counts=count_kinds(changes),
        entries=tuple(_entry(change, name, words, (old, new)) for change in changes),
    )


def _entry(change: Change, section: str, words: Phrases, labels: Sequence[Mapping[str, str]]) -> Entry:
    side = change.new or change.old
    area = side.focus_area if side and section != "focus_areas" else None
    told = {aspect.field for aspect in change.aspects if aspect.kind in ("responsible", "schedule")}
    told |= {field.field for field in change.fields if any(_tells_all(aspect, field) for aspect in change.aspects)}
    told |= {"name"} if "new_person" in change.kinds else set()
    rows = [row for field in change.fields if (row := _row(field, section, words, skip=told))]
    return Entry(
        change=change,
        kind=change.kind,
        tags=tuple(words.kind(kind, section) for kind in change.kinds),
        title=_title(change, section),
        area=one_line(area or ""),
        pages=_pages(change, words),
        notes=tuple(_notes(change, words, labels)),
        rows=tuple(rows),
        same=tuple(_same(change, section, words)),
        why=tuple(_why(change, words)),
    )


def _tells_all(aspect: Aspect, field: FieldChange) -> bool:
    """True when the sentence on the aspect says all that the field held and holds."""
    texts = (aspect.field, aspect.old, aspect.new), (field.field, value_text(field.old), value_text(field.new))
    return texts[0] == texts[1]


def _same(change: Change, section: str, words: Phrases) -> Iterator[tuple[str, str]]:
    side = change.new or change.old
    changed = {name for field in change.fields for name in (field.field, field.old_field)}
    for field, text in (side.content if side else {}).items():
        if field not in changed and field not in ("level", "party"):
            yield field_heading(field, section, words), clean_text(text)


def field_heading(field: str, section: str, words: Phrases) -> str:
    """What a field is called in a section: the title of a measure is what is to be done."""
    return (words.headings.get(section, "") if field == "title" else "") or words.field(field)


def _title(change: Change, section: str) -> str:
    side = change.new or change.old
    title = one_line(change.label)
    if section == "signatories" and side and side.content.get("title"):
        title = f"{title}, {one_line(side.content['title'])}"
    return cut(title, _LONGEST_QUOTE if section == "problem_pictures" else LONGEST_LABEL)


def _row(field: FieldChange, section: str, words: Phrases, *, skip: set[str]) -> Row | None:
    if field.field in ("focus_area", "level") or field.field in skip:
        return None
    remark = words.says["was_in"].format(field=words.field(field.old_field)) if field.old_field else ""
    if field.follows_period:
        remark = words.says["follows"]
    return Row(
        field_heading(field.field, section, words), value_text(field.old), value_text(field.new), field.words, remark
    )


def _pages(change: Change, words: Phrases) -> str:
    pages = [pages_label(side.pages) if side else "" for side in (change.old, change.new)]
    if change.old and change.new:
        parts = [
            words.says[key].format(pages=page)
            for key, page in zip(("page_old", "page_new"), pages, strict=True)
            if page
        ]
        return ", ".join(parts)
    page = pages[0] or pages[1]
    return words.says["page"].format(pages=page) if page else ""


def _notes(change: Change, words: Phrases, labels: Sequence[Mapping[str, str]]) -> Iterator[str]:
    yield from _kinship(change, words, labels)
    if "new_person" in change.kinds and change.old:
        yield words.says["predecessor"].format(old=one_line(change.old.label))
    for field in change.fields:
        if field.field == "focus_area":
            yield words.says["moved_area"].format(old=quoted(field.old), new=quoted(field.new))
        if field.field == "level":
            levels = [words.says.get(f"level_{level}", str(level)) for level in (field.old, field.new)]
            yield words.says["moved_level"].format(old=levels[0], new=levels[1])
    for aspect in change.aspects:
        yield aspect_sentence(aspect, words)


def _kinship(change: Change, words: Phrases, labels: Sequence[Mapping[str, str]]) -> Iterator[str]:
    for kind, whole in (("split", 1), ("merged", 0)):
        if kind not in change.kinds or not change.relatives:
            continue
        paired = change.old is not None and change.new is not None
        which = whole if paired else (1 if change.old is not None else 0)
        others = "; ".join(quoted(labels[which].get(one, one)) for one in change.relatives)
        yield words.says[f"{kind}_{'whole' if paired else 'part'}"].format(others=others)


def aspect_sentence(aspect: Aspect, words: Phrases) -> str:
    """What changed in substance, in one sentence."""
    old, new = _sides(aspect, words)
    key = aspect.kind if aspect.direction is None else f"{aspect.kind}_{aspect.direction}"
    if old is None or new is None:
        key = f"{aspect.kind}_{'unstated' if new is None else 'stated'}"
    return words.says[key].format(old=one_line(old or ""), new=one_line(new or ""))


def _sides(aspect: Aspect, words: Phrases) -> tuple[str | None, str | None]:
    """What it was and is; a target in Swedish words, and what is measured only once; in English as it is written."""
    before, after = aspect.old_target, aspect.new_target
    if words.code != "sv":
        return _said(aspect.old, before, alone=after is None), _said(aspect.new, after, alone=before is None)
    if before and after and before.quantity == after.quantity:
        after = after.model_copy(update={"quantity": None})
    return target_label(before) if before else aspect.old, target_label(after) if after else aspect.new


def _said(text: str | None, target: Target | None, *, alone: bool) -> str | None:
    """A target as it is written, after what is measured where there is no other to lay it beside."""
    return f"{target.quantity}: {text}" if alone and target and target.quantity else text


def _why(change: Change, words: Phrases) -> Iterator[str]:
    """The signs in words, the weightiest first; those against it by their opposite's name."""
    for reason in change.reasons:
        against = reason.weight < 0 and not reason.signal.startswith("other_")
        name = words.signals.get(f"other_{reason.signal}" if against else reason.signal, reason.signal)
        yield f"{name}: {one_line(reason.detail)}" if reason.detail and not against else name
    if change.confidence is not None:
        yield words.says["certain"].format(percent=round(change.confidence * 100))


def quoted(value: Value) -> str:
    """A label within a sentence: on one line, in quotation marks, not too long."""
    return f"”{cut(one_line(value_text(value)), _LONGEST_QUOTE)}”"


def counted(section: Section, words: Phrases) -> str:
    """How many of each kind, on one line: '4 ändrat i sak · 2 omformulerat · 3 borttaget'."""
    return " · ".join(
        words.tally(section.counts[kind], kind, section.name) for kind in KINDS_IN_ORDER if section.counts.get(kind)
    )


def shorten_runs(runs: Sequence[WordRun], around: int = 8) -> tuple[WordRun, ...]:
    """The runs with long stretches that stay the same cut to `around` words beside each change."""
    last = len(runs) - 1
    return tuple(
        run if run.op != "equal" else _shortened(run, head=around if number else 0, tail=around if number < last else 0)
        for number, run in enumerate(runs)
    )


def _shortened(run: WordRun, *, head: int, tail: int) -> WordRun:
    words = run.text.split(" ")
    if len(words) <= head + tail + 2:
        return run
    shown = [*words[:head], "…", *(words[-tail:] if tail else ())]
    return run.model_copy(update={"text": " ".join(shown)})
