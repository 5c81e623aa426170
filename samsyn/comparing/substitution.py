"""Takes two measures, gives how much speaks for one sentence about two things (0-1), whatever the things are.

'Städa skateparken varje vecka' and 'Städa pumptrackbanan varje vecka' are two measures, though no list knows the words:
each label names, in the same role, something that is nowhere in what the other says, and the rest of both is the same.
Told anew, a measure changes in more than the one word that says what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from samsyn.comparing.items import Item
from samsyn.comparing.kinship import are_alike, contrast, has_first_part
from samsyn.comparing.slots import Label, Noun, Role, Slot, Sort, deeds_in, is_said, label_of, said_in
from samsyn.words import Word

_OTHER_ROLE = 0.5
"""How much it says when one is what is done something to, and the other what something is done about."""
_LISTED_TOGETHER = 0.2
"""The same where the two stand in lists that have something in common: 'torget och parken', 'torget och stationen'."""
_OTHER_SORT = 0.8
"""The same where a place is named on one side and described on the other: 'vid Norasjön', 'vid minigolfbanan'."""
_OTHER_DEED = 0.8
"""How much it says that something else is done to the same things."""
_SHARPNESS = 2
"""A share of the rest that is the same counts to this power: what is half reworded may be reworded whole."""


class _Side(NamedTuple):
    """One item: its label taken apart, what all of it says, the deeds in it."""

    label: Label
    said: Mapping[str, Word]
    deeds: frozenset[str]


class _Unsaid(NamedTuple):
    """A slot with what of it the other item does not say at all, and what it does not say strictly."""

    slot: Slot
    loosely: tuple[Noun, ...]
    strictly: tuple[Noun, ...]


def substitution(old: Item, new: Item) -> float:
    """How much speaks for two things of which one sentence is said (0-1)."""
    sides = _sides(old, new)
    unsaid = (_unsaid(sides[0], sides[1]), _unsaid(sides[1], sides[0]))
    found = [_exchange(*pair) for pair in product(*unsaid)]
    best = _all_of(found)
    if not best.strength:
        best = _contrast(sides)
    if not best.strength:
        return _OTHER_DEED if _other_deed(sides) else 0.0
    rest = min(_rest_said(sides[0], sides[1], best.old), _rest_said(sides[1], sides[0], best.new))
    return float(best.strength * rest**_SHARPNESS)


def _sides(old: Item, new: Item) -> tuple[_Side, _Side]:
    """Both by their labels; beside a sentence, what has a title that the sentence does not say by its longest text."""
    sides = (_side(old, old.label), _side(new, new.label))
    return (
        _side(old, _longest(old)) if len(new.what) == 1 and _is_renamed(*sides) else sides[0],
        _side(new, _longest(new)) if len(old.what) == 1 and _is_renamed(*reversed(sides)) else sides[1],
    )


def _side(item: Item, label: str) -> _Side:
    texts = tuple(text for _, text in item.what)
    return _Side(label_of(label), said_in(texts), deeds_in(texts))


def _longest(item: Item) -> str:
    return max((text for _, text in item.what[1:]), key=len, default=item.label)


def _is_renamed(side: _Side, other: _Side) -> bool:
    both = _both(side, other)
    named = [*(noun for slot in side.label.slots for noun in slot.nouns), *side.label.others]
    return not any(is_said(noun, other.said, both, strictly=False) for noun in named)


def _unsaid(side: _Side, other: _Side) -> list[_Unsaid]:
    slots = [slot for slot in side.label.slots if slot.role != Role.WHEN]
    found = (_Unsaid(slot, *(_missing(slot, side, other, strictly=way) for way in (False, True))) for slot in slots)
    return [one for one in found if one.strictly]


def _missing(slot: Slot, side: _Side, other: _Side, *, strictly: bool) -> tuple[Noun, ...]:
    both = _both(side, other)
    return tuple(noun for noun in slot.nouns if not is_said(noun, other.said, both, strictly=strictly))


def _both(side: _Side, other: _Side) -> frozenset[str]:
    return side.label.stems & other.label.stems


class _Exchange(NamedTuple):
    """How much it says that one label names this where the other names that."""

    strength: float
    old: tuple[Noun, ...] = ()
    new: tuple[Noun, ...] = ()


def _exchange(old: _Unsaid, new: _Unsaid) -> _Exchange:
    """A slot that says what it is about is read loosely, for an activity is often named anew."""
    roles = {old.slot.role, new.slot.role}
    if len(roles) > 1 and roles != {Role.CORE, Role.ABOUT}:
        return _Exchange(0.0)
    loosely = Role.CORE in roles
    sides = (old.loosely, new.loosely) if loosely else (old.strictly, new.strictly)
    rivals = [pair for pair in product(*sides) if _may_be_rivals(*pair)]
    sure = 1.0
    if not rivals and roles == {Role.WHERE}:
        rivals, sure = list(product(*sides)), _OTHER_SORT
    if not rivals:
        return _Exchange(0.0)
    phrases = tuple({noun.phrase for noun in side} for side in zip(*rivals, strict=True))
    together = any(
        are_alike(noun.word, other.word, strictly=True)
        for noun, other in product(old.slot.nouns, new.slot.nouns)
        if noun.phrase not in phrases[0] and other.phrase not in phrases[1]
    )
    strength = sure * (1.0 if len(roles) == 1 else _OTHER_ROLE) * (_LISTED_TOGETHER if together else 1.0)
    return _Exchange(strength, *sides)


def _all_of(found: Sequence[_Exchange]) -> _Exchange:
    """What is exchanged with most force, in every slot: one sentence about other people and other dangers."""
    strength = max((one.strength for one in found), default=0.0)
    most = [one for one in found if one.strength == strength]
    return _Exchange(
        strength,
        tuple(dict.fromkeys(noun for one in most for noun in one.old)),
        tuple(dict.fromkeys(noun for one in most for noun in one.new)),
    )


_RIVALS = {
    Sort.THING: frozenset({Sort.THING, Sort.EITHER}),
    Sort.PROPER: frozenset({Sort.PROPER, Sort.EITHER, Sort.LETTERS}),
    Sort.EITHER: frozenset({Sort.THING, Sort.PROPER, Sort.EITHER}),
    Sort.LETTERS: frozenset({Sort.PROPER, Sort.LETTERS}),
}
"""A proper name and a common noun may say one thing in two ways, and so may letters and what they stand for."""


def _may_be_rivals(old: Noun, new: Noun) -> bool:
    return new.sort in _RIVALS[old.sort]


def _rest_said(side: _Side, other: _Side, exchanged: Sequence[Noun]) -> float:
    """How much of what the label says beside the one thing is in the other, too.

    That is what else it names; where it names no more, its other words, and where it has none, its verb.
    """
    named = [noun for slot in side.label.slots for noun in slot.nouns if noun not in exchanged]
    words = named or list(side.label.others)
    if not words:
        return 1.0 if side.label.verbs & other.label.verbs else 0.0
    both = _both(side, other)
    said = sum(is_said(noun, other.said, both, strictly=False) for noun in words)
    return said / len(words)


def _contrast(sides: Sequence[_Side]) -> _Exchange:
    """Two compounds of one head in one role, each of a kind that the other does not speak of: two clubs."""
    old, new = sides
    for one, other in _in_one_role(sides):
        if contrast(one.word, other.word) and not (
            has_first_part(one.word, new.said) or has_first_part(other.word, old.said)
        ):
            return _Exchange(1.0, (one,), (other,))
    return _Exchange(0.0)


def _in_one_role(sides: Sequence[_Side]) -> Iterator[tuple[Noun, Noun]]:
    for old, new in product(sides[0].label.slots, sides[1].label.slots):
        if old.role == new.role != Role.WHEN:
            yield from product(old.nouns, new.nouns)


def _other_deed(sides: Sequence[_Side]) -> bool:
    """True when something else is done to the same things: one bench is moved, one is painted."""
    old, new = sides
    if not (old.label.deeds and new.label.deeds) or old.deeds & new.label.deeds or new.deeds & old.label.deeds:
        return False
    return bool(old.label.slots and new.label.slots) and not (_unsaid(old, new) or _unsaid(new, old))
