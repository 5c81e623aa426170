"""Takes an agreement, gives its single values with their addresses, so that people can check and correct them.

An address says which list of the agreement ('' for the agreement's own fields), which item of it and which field. An
item is known by an anchor: its id, its label and where it was read, so that it is found again in another extraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from samsyn.models.agreement import Agreement, Measure, Target
from samsyn.models.source import Evidence
from samsyn.similarity import text_ratio

Plain: TypeAlias = str | float | tuple[str, ...] | None
"""A value as a person sees it: text, a number, or several texts."""

OWN_FIELDS = (
    "title", "kind", "municipalities", "period.start", "period.end", "diary_number", "replaces", "decided.body",
    "decided.date",
)  # fmt: skip
"""The agreement's own fields; they are checked also when they are empty."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "focus_areas": ("title",),
    "goals": ("text", "level", "focus_area"),
    "targets": ("quantity", "comparator", "value", "unit", "baseline", "by"),
    "problem_pictures": ("title", "text", "focus_area"),
    "measures": (
        "title", "cause", "municipality_action", "police_action", "joint_action", "responsible", "participants",
        "target_group", "goal", "effect", "indicator", "schedule", "follow_up", "communication", "resources", "status",
        "place", "outcomes", "focus_area", "undertaken_by", "commitment", "recurring",
    ),
    "mentions": ("id",),
    "signatories": ("name", "title", "party", "organisation", "date"),
}  # fmt: skip
"""The lists of an agreement that are checked, and their fields."""

MAIN_FIELDS = {
    "focus_areas": "title",
    "goals": "text",
    "problem_pictures": "text",
    "measures": "title",
    "mentions": "id",
    "signatories": "name",
}
"""The field that makes an item; a new one is added by it."""

_LONGEST_LABEL = 300
_NEAR = 0.75
"""Labels this alike (0-1) may be the same item, when no other comes near."""


class Anchor(NamedTuple):
    """What an item is known by: its id, its label, and where its first evidence lies."""

    id: str
    label: str
    page: int | None = None
    block: str = ""
    start: int = 0


NO_ANCHOR = Anchor("", "")
"""The anchor of the agreement itself."""


@dataclass(frozen=True, slots=True)
class ValueAt:
    """A value and its address; `rule` found it, `score` (0-1) says how sure the matcher was, where it says so."""

    list: str
    anchor: Anchor
    field: str
    value: Plain
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    score: float | None = None


def values_of(agreement: Agreement) -> Iterator[ValueAt]:
    """Every value of the agreement: its own fields, then what its lists hold; empty fields of items are left out."""
    for field in OWN_FIELDS:
        yield ValueAt("", NO_ANCHOR, field, own_value(agreement, field), _own_evidence(agreement, field))
    areas = {area.id: area.title for area in agreement.focus_areas}
    for name, fields in FIELDS.items():
        for item, anchor in zip(items_of(agreement, name), anchors_of(agreement, name), strict=True):
            for field in fields:
                value = item_value(item, field, areas)
                if value not in (None, ()):
                    yield ValueAt(
                        name, anchor, field, value, _evidence(item), getattr(item, "rule", ""), _score(item, field)
                    )


def items_of(agreement: Agreement, name: str) -> tuple[Any, ...]:
    """The items of the list called `name`; targets of all goals in a row."""
    if name == "targets":
        return tuple(target for goal in agreement.goals for target in goal.targets)
    return tuple(getattr(agreement, name))


def anchors_of(agreement: Agreement, name: str) -> tuple[Anchor, ...]:
    """The anchors of the items of a list, in order; ids are made up where the model has none."""
    if name == "targets":
        return tuple(
            Anchor(f"{goal.id}.t{number}", f"{target.text}: {goal.text}"[:_LONGEST_LABEL])
            for goal in agreement.goals
            for number, target in enumerate(goal.targets, start=1)
        )
    return tuple(_anchor(name, number, item) for number, item in enumerate(getattr(agreement, name), start=1))


def _anchor(name: str, number: int, item: Any) -> Anchor:
    identity = f"{name[0]}{number}" if name in ("mentions", "signatories") else str(item.id)
    evidence = item.evidence[0] if item.evidence else None
    if evidence is None:
        return Anchor(identity, _label(item))
    return Anchor(identity, _label(item), evidence.page, evidence.block, evidence.start)


def _label(item: Any) -> str:
    if isinstance(item, Measure):
        return item.label[:_LONGEST_LABEL]
    named = (getattr(item, field, None) for field in ("text", "title", "name", "id"))
    return str(next(name for name in named if name))[:_LONGEST_LABEL]


def own_value(agreement: Agreement, field: str) -> Plain:
    """A field of the agreement's own, as a person sees it: municipalities by name."""
    if field == "municipalities":
        return tuple(municipality.name for municipality in agreement.municipalities)
    value: Any = agreement
    for part in field.split("."):
        value = getattr(value, part)
    plain: Plain = value
    return plain


def item_value(item: Any, field: str, areas: Mapping[str, str]) -> Plain:
    """A field of an item, as a person sees it: a focus area by title, recurring measures by id."""
    value = getattr(item, field)
    if field == "focus_area":
        return str(areas.get(value, value)) if value else None
    if field == "recurring":
        return tuple(match.id for match in value)
    plain: Plain = value
    return plain


def _own_evidence(agreement: Agreement, field: str) -> tuple[Evidence, ...]:
    if field.startswith("period."):
        return agreement.period.evidence
    return agreement.decided.evidence if field.startswith("decided.") else ()


def _evidence(item: Any) -> tuple[Evidence, ...]:
    if isinstance(item, Target):
        return (Evidence(page=None, bbox=None, text=item.text),)
    return tuple(item.evidence)


def _score(item: Any, field: str) -> float | None:
    if field == "recurring" and item.recurring:
        return float(min(match.score for match in item.recurring))
    return float(item.score) if hasattr(item, "score") else None


def find_anchor(anchor: Anchor, anchors: Sequence[Anchor]) -> int | None:
    """Where among the anchors of another extraction the item is; None when it is not, or more than one may be it."""
    for same in _SAME:
        found = [index for index, other in enumerate(anchors) if same(anchor, other)]
        if len(found) == 1:
            return found[0]
    return _nearest(anchor, anchors)


def _place(anchor: Anchor) -> tuple[int | None, str, int]:
    return anchor.page, anchor.block, anchor.start


_SAME: tuple[Callable[[Anchor, Anchor], bool], ...] = (
    lambda one, other: one == other,
    lambda one, other: one.label == other.label and _place(one) == _place(other),
    lambda one, other: one.label == other.label and one.id == other.id,
    lambda one, other: one.label == other.label,
    lambda one, other: bool(one.block) and _place(one) == _place(other),
)
"""What makes two anchors the same item, the surest first; the next is asked where one finds none or several."""


def _nearest(anchor: Anchor, anchors: Sequence[Anchor]) -> int | None:
    ranked = sorted(
        ((text_ratio(anchor.label, other.label), -index) for index, other in enumerate(anchors)), reverse=True
    )
    if not ranked or ranked[0][0] < _NEAR:
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.1:
        return None
    return -ranked[0][1]
