"""Takes the signatories of two agreements, gives who signs again, who is new in a role, who has a new role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from samsyn.comparing.changes import GRAVITY, side_of
from samsyn.comparing.fields import compare_fields, overall_similarity
from samsyn.comparing.pairing import assign
from samsyn.comparing.substance import Periods
from samsyn.comparing.wording import same_wording, wording_ratio
from samsyn.models.agreement import Signatory
from samsyn.models.comparison import Change, ChangeKind, FieldChange, Reason
from samsyn.similarity import normal_form, text_ratio
from samsyn.vocabulary.load import load_toml
from samsyn.words import words_of

if TYPE_CHECKING:
    from samsyn.comparing.vectors import Matrix

_SAME_NAME = 0.88
"""Names as near as this are one spelt in two ways ('Stefan Hallberg', 'Stefan Halberg')."""
_PERSON, _ROLE, _TITLE, _ORGANISATION = 4.0, 2.0, 1.6, 0.4
_SAME_TITLE = 0.75


def compare_signatories(old: Sequence[Signatory], new: Sequence[Signatory], periods: Periods) -> tuple[Change, ...]:
    """The changes among those who sign: the same person first, else the same role of the same party."""
    pairs = dict(assign(_scores(old, new)))
    changes = [
        _alone(person, f"s{number}", "removed") if number - 1 not in pairs
        else _pair(person, new[pairs[number - 1]], (f"s{number}", f"s{pairs[number - 1] + 1}"), periods)
        for number, person in enumerate(old, start=1)
    ]  # fmt: skip
    taken = set(pairs.values())
    changes += [_alone(person, f"s{number + 1}", "added") for number, person in enumerate(new) if number not in taken]
    return tuple(changes)


def _scores(old: Sequence[Signatory], new: Sequence[Signatory]) -> Matrix:
    import numpy

    scores = [[_score(left, right) for right in new] for left in old]
    return numpy.array(scores, dtype=float).reshape(len(old), len(new))


def _score(old: Signatory, new: Signatory) -> float:
    if text_ratio(old.name, new.name) >= _SAME_NAME:
        return _PERSON
    if old.party and new.party and old.party != new.party:
        return 0.0
    score = _same_role(old, new)
    if score and _organisations_differ(old, new):
        return 0.0
    return score + (_ORGANISATION if score and old.organisation and new.organisation else 0.0)


def _same_role(old: Signatory, new: Signatory) -> float:
    if not old.title or not new.title:
        return 0.0
    first, second = role_of(old.title), role_of(new.title)
    if first and second:
        return _ROLE if first == second else 0.0
    return _TITLE if same_wording(old.title, new.title) or wording_ratio(old.title, new.title) >= _SAME_TITLE else 0.0


def _organisations_differ(old: Signatory, new: Signatory) -> bool:
    """True for two bodies of the same party that sign side by side, such as two municipalities."""
    if old.party == "police" or not old.organisation or not new.organisation:
        return False
    return text_ratio(old.organisation, new.organisation) < _SAME_TITLE


@cache
def _roles() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names of roles, the longest first: a title is the role whose longest name it holds."""
    roles = [(name, role) for role, names in load_toml("comparison.toml")["roles"].items() for name in names]
    roles.sort(key=lambda entry: -len(entry[0]))
    return tuple((re.compile(rf"(?<!\w){re.escape(normal_form(name))}"), role) for name, role in roles)


def role_of(title: str) -> str | None:
    """The role that a title is a name of ('närpolischef' and 'lokalpolisområdeschef' are one); None for others."""
    plain = normal_form(title)
    role = next((role for pattern, role in _roles() if pattern.search(plain)), None)
    deputies = load_toml("comparison.toml")["deputies"]["words"]
    return f"deputy {role}" if role and any(word.norm in deputies for word in words_of(title)) else role


def _pair(old: Signatory, new: Signatory, identifiers: tuple[str, str], periods: Periods) -> Change:
    fields = tuple(filter(_is_told, compare_fields(old, new, periods)))
    before, after = (side_of(person, one, person.name, {}) for person, one in zip((old, new), identifiers, strict=True))
    kinds = _kinds(old, new, changed=bool(fields))
    person = text_ratio(old.name, new.name) >= _SAME_NAME
    return Change(
        change="changed" if fields else "unchanged",
        kind=kinds[0],
        kinds=kinds,
        similarity=round(overall_similarity(after.content, fields), 3) if fields else 1.0,
        confidence=1.0 if person else 0.9,
        old=before,
        new=after,
        fields=fields,
        reasons=(
            Reason(
                signal="person" if person else "role", weight=_score(old, new), detail=new.name if person else new.title
            ),
        ),
    )


def _is_told(field: FieldChange) -> bool:
    """False for an organisation that one of the signature blocks leaves out: nobody has left it."""
    return field.field != "organisation" or bool(field.old and field.new)


def _kinds(old: Signatory, new: Signatory, *, changed: bool) -> tuple[ChangeKind, ...]:
    found: set[ChangeKind] = set()
    if text_ratio(old.name, new.name) < _SAME_NAME:
        found.add("new_person")
    elif not _holds_same_role(old, new):
        found.add("new_role")
    if changed and not found:
        found.add("reworded")
    return tuple(kind for kind in GRAVITY if kind in found) or ("kept",)


def _holds_same_role(old: Signatory, new: Signatory) -> bool:
    return _same_role(old, new) > 0 or not old.title or not new.title


def _alone(person: Signatory, identifier: str, state: str) -> Change:
    side = side_of(person, identifier, person.name, {})
    if state == "removed":
        return Change(change="removed", kind="dropped", kinds=("dropped",), similarity=0.0, old=side)
    return Change(change="added", kind="new", kinds=("new",), similarity=0.0, new=side)
