"""Takes what was paired and what was not, gives what became of each part: changes with kinds, fields and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from samsyn.comparing.fields import Part, compare_fields, content_of, overall_similarity
from samsyn.comparing.items import Item
from samsyn.comparing.pairing import Link
from samsyn.comparing.particulars import particulars
from samsyn.comparing.relations import Relation, Relations
from samsyn.comparing.substance import Periods, goal_aspects, measure_aspects
from samsyn.comparing.vectors import is_telling, words_in
from samsyn.models.agreement import Agreement, Goal, Measure, ProblemPicture
from samsyn.models.comparison import Aspect, Change, ChangeKind, FieldChange, Reason, Side

GRAVITY: tuple[ChangeKind, ...] = (
    "merged", "split", "substance", "moved", "new_person", "new_role", "reworded", "renewed", "kept", "new", "dropped",
)  # fmt: skip
"""The kinds of change, the one that a summary counts first."""
_WORDING = ("wording", "cover", "lead", "concepts", "other_concepts")
_WEIGHT_TOLD = 0.2
_WORDS_TOLD = 6
_STATED_BY = 0.25
"""A field that fewer of an agreement's measures have is no column of it."""


class Context(NamedTuple):
    """What must be known of the two agreements as wholes to judge a pair."""

    periods: Periods
    areas: tuple[Mapping[str, str], Mapping[str, str]]
    followed_by: Mapping[str, frozenset[str]]
    stated: frozenset[str]


class _Pair(NamedTuple):
    """Two parts that belong together, as parts and as items."""

    old: Part
    new: Part
    items: tuple[Item, Item]
    link: Link


def context_of(old: Agreement, new: Agreement, followed_by: Mapping[str, frozenset[str]]) -> Context:
    """The context; `followed_by` gives for the id of each old focus area those of the new ones that it became."""
    titles = tuple({area.id: area.title for area in agreement.focus_areas} for agreement in (old, new))
    return Context(Periods(old.period, new.period), (titles[0], titles[1]), followed_by, _stated(old, new))


def _stated(old: Agreement, new: Agreement) -> frozenset[str]:
    def column(agreement: Agreement, field: str) -> bool:
        filled = sum(bool(getattr(measure, field)) for measure in agreement.measures)
        return filled > _STATED_BY * len(agreement.measures)

    return frozenset(field for field in ("responsible", "schedule") if column(old, field) and column(new, field))


def list_changes(
    parts: tuple[Sequence[Part], Sequence[Part]],
    items: tuple[Sequence[Item], Sequence[Item]],
    links: Iterable[Link],
    relations: Relations,
    context: Context,
) -> tuple[Change, ...]:
    """One change for each pair and each part that is alone: the old ones in their order, then what is new."""
    by_old = {link.old: link for link in links}
    paired = {link.new for link in by_old.values()}
    changes = []
    for number, part in enumerate(parts[0]):
        link = by_old.get(number)
        if link is None:
            changes.append(_alone(part, items[0][number], context, 0, relations.old.get(number)))
        else:
            sides = _Pair(part, parts[1][link.new], (items[0][number], items[1][link.new]), link)
            changes.append(_paired(sides, [relations.old.get(link.old), relations.new.get(link.new)], context))
    for number, part in enumerate(parts[1]):
        if number not in paired:
            changes.append(_alone(part, items[1][number], context, 1, relations.new.get(number)))
    return tuple(changes)


def _alone(part: Part, item: Item, context: Context, which: int, relation: Relation | None) -> Change:
    kind: ChangeKind = "dropped" if which == 0 else "new"
    relatives: tuple[str, ...] = ()
    if relation is not None:
        kind, relatives = relation
    side = side_of(part, item.id, item.label, context.areas[which])
    return Change(
        change="removed" if which == 0 else "added",
        kind=kind,
        kinds=(kind,),
        similarity=0.0,
        old=side if which == 0 else None,
        new=side if which == 1 else None,
        relatives=relatives,
    )


def _paired(pair: _Pair, relations: Iterable[Relation | None], context: Context) -> Change:
    old, new, items, link = pair
    titles = tuple(_area_title(part, known) for part, known in zip((old, new), context.areas, strict=True))
    fields = compare_fields(old, new, context.periods, (titles[0], titles[1]))
    aspects = _aspects(old, new, context)
    area = _area_change(old, new, context)
    if area is not None:
        fields = (*fields, area)
    related = [relation for relation in relations if relation]
    kinds = _kinds(fields, aspects, moved=area is not None, related=[kind for kind, _ in related])
    # Who undertakes a bullet stands above its list, in none of the fields whose words are compared.
    passed = (aspect for aspect in aspects if aspect.field == "undertaken_by")
    fields = (*fields, *(FieldChange(field=aspect.field, old=aspect.old, new=aspect.new) for aspect in passed))
    sides = (
        side_of(part, item.id, item.label, titles)
        for part, item, titles in zip((old, new), items, context.areas, strict=True)
    )
    before, after = sides
    return Change(
        change="changed" if fields else "unchanged",
        kind=kinds[0],
        kinds=kinds,
        similarity=_similarity(after, fields, link),
        confidence=round(link.confidence, 3),
        old=before,
        new=after,
        fields=fields,
        aspects=aspects,
        relatives=tuple(one for _, relatives in related for one in relatives),
        reasons=reasons_of(items, link, context),
    )


def _similarity(new: Side, fields: Sequence[FieldChange], link: Link) -> float:
    """The share of words in common and in order, or the likeness whatever the order, if that is greater."""
    if not fields:
        return 1.0
    return round(max(overall_similarity(new.content, fields), min(link.likeness, 0.99)), 3)


def side_of(part: Part, identifier: str, label: str, titles: Mapping[str, str]) -> Side:
    """The part as it is shown: label, focus area, pages, content."""
    area = _area_title(part, titles)
    pages = sorted({one.page for one in part.evidence if one.page is not None})
    return Side(id=identifier, label=label, focus_area=area or None, pages=tuple(pages), content=content_of(part, area))


def _area_title(part: Part, titles: Mapping[str, str]) -> str:
    return titles.get(getattr(part, "focus_area", None) or "", "")


def _aspects(old: Part, new: Part, context: Context) -> tuple[Aspect, ...]:
    if isinstance(old, Measure) and isinstance(new, Measure):
        return measure_aspects(old, new, context.periods, stated=context.stated)
    if isinstance(old, Goal) and isinstance(new, Goal):
        return goal_aspects(old, new)
    return ()


def _area_change(old: Part, new: Part, context: Context) -> FieldChange | None:
    """The change of focus area, when it is another one and not the same by another name."""
    if not isinstance(old, Measure | Goal | ProblemPicture):
        return None
    first, second = old.focus_area or "", getattr(new, "focus_area", None) or ""
    titles = context.areas
    if isinstance(old, Goal) and isinstance(new, Goal) and (old.level == "overall") != (new.level == "overall"):
        return FieldChange(field="level", old=old.level, new=new.level)
    if first not in titles[0] or second not in titles[1] or second in context.followed_by.get(first, ()):
        return None
    return FieldChange(field="focus_area", old=titles[0][first], new=titles[1][second])


def _kinds(
    fields: Sequence[FieldChange], aspects: Sequence[Aspect], *, moved: bool, related: Sequence[ChangeKind]
) -> tuple[ChangeKind, ...]:
    found: set[ChangeKind] = {*related}
    if aspects:
        found.add("substance")
    if moved:
        found.add("moved")
    told = {aspect.field for aspect in aspects} & _BARE | {"focus_area", "level"}
    wording = [field for field in fields if field.field not in told]
    if wording:
        found.add("renewed" if all(field.follows_period for field in wording) else "reworded")
    return tuple(kind for kind in GRAVITY if kind in found) or ("kept",)


_BARE = frozenset({"responsible", "schedule"})
"""Fields whose every change is told as an aspect, so that nothing is left to call a rewording."""


def reasons_of(items: tuple[Item, Item], link: Link, context: Context) -> tuple[Reason, ...]:
    """Why the two are taken for the same, the weightiest first; what speaks against it, too."""
    weights: Counter[str] = Counter()
    for signal, weight in link.gave.items():
        weights["wording" if signal in _WORDING else signal] += weight  # type: ignore[assignment]
    told = [(signal, weight) for signal, weight in weights.items() if abs(weight) >= _WEIGHT_TOLD]
    return tuple(
        Reason(signal=signal, weight=round(weight, 2), detail=_detail(signal, items, context))
        for signal, weight in sorted(told, key=lambda one: -abs(one[1]))
    )


def _detail(signal: str, items: tuple[Item, Item], context: Context) -> str | None:
    old, new = items
    if signal == "wording":
        return ", ".join(_shared_words(old, new)) or None
    if signal == "identity":
        return ", ".join(sorted(set(old.recurring) & set(new.recurring)))
    if signal in ("names", "other_names"):
        sides = [particulars("\n".join(text for _, text in item.what)) for item in items]
        return ", ".join(sorted(sides[0] & sides[1])) or None
    if signal == "area" and new.area is not None:
        return list(context.areas[1].values())[new.area]
    return None


def _shared_words(old: Item, new: Item) -> list[str]:
    """The telling words that both have, as the new one writes them, in its order."""
    stems = {word.stem for _, text in old.what for word in words_in(text)}
    shared = [word for _, text in new.what for word in words_in(text) if is_telling(word) and word.stem in stems]
    return list(dict.fromkeys(word.norm for word in shared))[:_WORDS_TOLD]
