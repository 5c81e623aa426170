"""Takes a sentence or a line and says whether it commits a party, or announces that measures follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import takewhile

from samsyn.extract.finders.organisations import find_organisations
from samsyn.extract.finders.targets import find_targets
from samsyn.extract.language import ends_with_that, leads_on, split_sentences
from samsyn.models.document import Block, BlockKind
from samsyn.vocabulary.phrases import either_of, has_phrase, phrase_list, phrase_pattern

_LEAST_PROMISED = 3
"""Words behind 'lovar'; 'Vi lovar …' with fewer only stands above what is promised."""
_LONGEST_ITEM_NAME = 3
"""Words of the first sentence of an item that only names it."""
_LONGEST_SUBJECT = 80
"""Characters before the verb of a promise in running text."""


def states_aim(text: str) -> bool:
    """True for a state to reach that nobody is said to bring about: 'Skillnaden ska minska', 'Fler ska våga …'."""
    if not has_phrase(text, "goal", "shall") or has_phrase(text, "goal", "action") or _party_acts(text):
        return False
    if has_phrase(text, "goal", "exclude") or has_phrase(text, "goal", "defines") or promises_in_prose(text):
        return False
    return has_phrase(text, "goal", "quantifiers") or tells_change(text) or bool(find_targets(text))


def tells_change(text: str) -> bool:
    """True where something is to change or to be so: 'Otryggheten skall minska', 'Unga ska veta vart de vänder sig'."""
    short, *older = phrase_list("goal", "shall")
    return has_phrase(re.sub(rf"\b(?:{either_of(older)})\b", short, text, flags=re.IGNORECASE), "goal", "change")


def binds_somebody(text: str) -> bool:
    """True for a sentence that commits a party: 'Polisen ska …', 'Tillsyn ska göras …', 'Vi bjuder in …'."""
    if promises_in_prose(text):
        return True
    if (
        text.rstrip().endswith(":")
        or explains_layout(text)
        or has_phrase(text, "goal", "cues")
        or has_phrase(text, "goal", "exclude")
        or is_formal(text)
    ):
        return False
    if _acts_now(text):
        return True
    return has_phrase(text, "commitment", "strong") and not states_aim(text)


def is_formal(text: str) -> bool:
    """True for a sentence about the paper's own way: 'Löftena ska undertecknas av båda parter'."""
    return has_phrase(text, "commitment", "formal")


def promises_in_prose(text: str) -> bool:
    """True for a sentence in which a party, named first, promises something: 'Orsa kommun och polisen lovar att …'."""
    if leads_on(text) or is_formal(text) or _points_below(text):
        return False
    first = phrase_pattern("commitment", "promise_verbs").search(text)
    if first is None or first.start() > _LONGEST_SUBJECT or len(text[first.end() :].split()) < _LEAST_PROMISED:
        return False
    named = find_organisations(text[: first.start()])
    return names_actor(text) or (bool(named) and named[0].start == 0)


def _points_below(text: str) -> bool:
    """'… lovar att öka tryggheten genom de aktiviteter som anges nedan.', '… lovar att genomföra en rad åtgärder': what
    is promised stands further down."""
    if text.rstrip(" .").casefold().endswith(phrase_list("commitment", "below")):
        return True
    return _promises_unnamed().search(text) is not None


@cache
def _promises_unnamed() -> re.Pattern[str]:
    """A verb of promising, and some steps that are not named."""
    verbs, that, unnamed, steps = (
        either_of(phrase_list(table, key))
        for table, key in (
            *(("commitment", "promise_verbs"), ("grammar", "that")),
            *(("commitment", "unnamed"), ("commitment", "steps")),
        )
    )
    promised = rf"\b(?:{verbs})(?:\s+(?:{that}))?(?:\s+\w+){{0,3}}?\s+(?:{unnamed})"
    return re.compile(rf"{promised}(?:\s+\w+)?\s+(?:{steps})\b", re.IGNORECASE)


def first_commitment(blocks: Sequence[Block]) -> int:
    """Where in a description of the problem a line begins a list of undertakings; the number of blocks where none does.

    Its items commit the parties: 'Därför lovar vi följande:' followed by what was seen is no such line. A line that has
    lost its colon, or was a heading, is one by its words: 'Orsa kommun och polisen ger följande löften'. A list that no
    line leads in begins itself where all its items commit somebody, a party among them.
    """
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.LIST_ITEM and _is_list_of_deeds(blocks, index):
            return index
        if block.kind is BlockKind.PARAGRAPH and (announces_measures(block.text) or _announces_openly(block.text)):
            items = list(takewhile(lambda after: after.kind is BlockKind.LIST_ITEM, blocks[index + 1 :]))
            if items and binding_list(items):
                return index
    return len(blocks)


def _is_list_of_deeds(blocks: Sequence[Block], start: int) -> bool:
    before = blocks[start - 1] if start else None
    if before is not None and (
        before.kind is not BlockKind.PARAGRAPH or leads_on(before.text) or _is_wish(before.text)
    ):
        return False
    run = takewhile(lambda block: block.kind is BlockKind.LIST_ITEM, blocks[start:])
    items = [first_sentence(item.text) for item in _items(list(run))]
    return len(items) > 1 and all(map(binds_somebody, items)) and any(map(binds_party, items))


def _is_wish(text: str) -> bool:
    """True for a text that ends by saying what people wish or think: '… vill de boende att polisen ska synas.'"""
    last = split_sentences(text)[-1:]
    return any(has_phrase(sentence.text, "commitment", key) for sentence in last for key in ("opinions", "wishes"))


def explains_layout(text: str) -> bool:
    """True for a sentence that tells how to read what follows: 'Tabellerna visar vad parterna åtar sig'."""
    return phrase_pattern("commitment", "layout").match(text.strip()) is not None


def binds_party(text: str) -> bool:
    """True for a sentence in which a party is the one who shall: 'Polisen ska …', 'Därför ska kommunen …'."""
    return _party_acts(text) or _acts_now(text)


def names_actor(title: str) -> bool:
    """True for a heading that begins with who acts: 'Vi gör det ihop', 'Polisen bidrar'."""
    return re.match(rf"(?:{_subjects()})\b", title.strip(), re.IGNORECASE) is not None


def binding_list(blocks: Sequence[Block]) -> bool:
    """True when most of the outermost list items among the blocks commit a party, cue or no cue.

    Items such as 'Förbättra dialogen' go with the others, one of which at least must commit.
    """
    items = [_first_telling(item.text) for item in _items(blocks)]
    bound = sum(bool(binds_somebody(text) or tells_to_do(text) or _had_promised().match(text)) for text in items)
    open_ones = sum(phrase_pattern("commitment", "either").match(text) is not None for text in items)
    return bound >= max(1, (len(items) - open_ones) / 2) and (bound * 3 >= len(items))


def acts_list(blocks: Sequence[Block]) -> bool:
    """True when at least half of the outermost list items tell what somebody does: 'Familjer erbjuds …'.

    None of them states an aim or describes what is wrong.
    """
    items = [first_sentence(item.text) for item in _items(blocks)]
    if not items or any(states_aim(text) or _describes(text) for text in items):
        return False
    return 2 * sum(_tells_act(text) for text in items) >= len(items)


def _tells_act(text: str) -> bool:
    return (
        has_phrase(text, "commitment", "verbs")
        or bool(binds_somebody(text) or tells_to_do(text))
        or _somebody_in_present().match(text) is not None
    )


@cache
def _somebody_in_present() -> re.Pattern[str]:
    """'Fritidsgårdarna håller …', 'Alla elever erbjuds …': a few words and a verb in the present."""
    still, present = (either_of(phrase_list("commitment", key)) for key in ("no_action", "present"))
    return re.compile(rf"^[A-ZÅÄÖ][\w-]+(?:\s+[\w-]+){{0,3}}?\s+(?!(?:{still})\b)[a-zåäö]+(?:{present})\b")


def first_sentence(text: str) -> str:
    """The first sentence of an item, which says what it is; what follows may tell why, when and to what end."""
    return next((sentence.text for sentence in split_sentences(text)), text)


def _first_telling(text: str) -> str:
    """The first sentence of an item behind a name of its own: 'Riktade insatser. Polisen ska …'."""
    named, *others = split_sentences(text)[:2] or (None,)
    is_name = named is not None and len(named.text.split()) <= _LONGEST_ITEM_NAME
    return others[0].text if others and is_name else first_sentence(text)


def tells_to_do(text: str) -> bool:
    """True for an item that begins with what is to be done: 'Genomföra minst fyra insatser per år'."""
    that = phrase_pattern("grammar", "that").match(text.strip())
    bare = text.strip()[that.end() :].lstrip() if that else text.strip()
    begins = phrase_pattern("commitment", "infinitives").match(bare) or phrase_pattern("goal", "action").match(bare)
    if begins is None and phrase_pattern("undertakers", "with").match(bare):
        begins = phrase_pattern("goal", "deeds").search(bare)
    return begins is not None and not has_phrase(text, "goal", "exclude")


def opens_with_deed(text: str) -> bool:
    """True for a sentence without a subject that begins with what is to be done: 'Utveckla stödet'.

    Only where undertakings are expected: among goals 'Öka tryggheten' is one.
    """
    either = phrase_pattern("commitment", "either").match(text.strip())
    return tells_to_do(text) or (
        either is not None and either.group().endswith(phrase_list("commitment", "infinitive_endings"))
    )


_TITLED = re.compile(r"^[^\W\d_][^.:;–—]{2,45}?\s[–—-]\s(?=\S+\s+\S)")
"""A name, a dash and a description: 'Nattvandring – föreningar går varje fredag'."""


def titled_list(blocks: Sequence[Block]) -> bool:
    """True when most of the outermost list items among the blocks name an activity and say behind a dash what it is."""
    return _mostly(blocks, _names_activity)


def _names_activity(text: str) -> bool:
    return _TITLED.match(text) is not None and not states_aim(text) and not _describes(text)


def _describes(text: str) -> bool:
    return len({sign.casefold() for sign in phrase_pattern("descriptive", "words").findall(text)}) >= 2


def reads_as_measure(text: str) -> bool:
    """True for an item that tells what is to be done, not what is to be reached.

    'Minst två vandringar ska genomföras varje år' sets a figure and binds nobody: below a goal it is another goal.
    """
    if phrase_pattern("goal", "quantifiers").match(text.strip()) is not None and not _party_acts(text):
        return False
    return not states_aim(text) and (tells_to_do(text) or binds_somebody(text) or _names_activity(text))


def aims_list(blocks: Sequence[Block]) -> bool:
    """True when all of the outermost list items among the blocks state aims."""
    items = _items(blocks)
    return bool(items) and all(states_aim(item.text) for item in items)


def _items(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind is BlockKind.LIST_ITEM and block.level <= 1]


def _mostly(blocks: Sequence[Block], test: Callable[[str], object]) -> bool:
    items = _items(blocks)
    return sum(bool(test(item.text)) for item in items) >= max(1, len(items) / 2)


@cache
def _subjects() -> str:
    return either_of(phrase_list("commitment", "subjects"))


@cache
def _acting() -> re.Pattern[str]:
    subjects, shall = _subjects(), either_of(phrase_list("goal", "shall"))
    staff, that = (either_of(phrase_list(*keys)) for keys in (("commitment", "staff"), ("grammar", "that")))
    between = rf"(?:(?!\b(?:{that})\b)[^.]){{0,60}}?"  # 'Polisen vill att fler ska …': not the police shall
    return re.compile(
        rf"^(?:{subjects}|\w*(?:{staff}))\b{between}\b(?:{shall})\b|\b(?:{shall})\s+(?:{subjects})\b",
        re.IGNORECASE,
    )


def _party_acts(text: str) -> bool:
    """True when a party is the one who shall: 'Polisen ska …', 'ska polisen och kommunen …'."""
    return _acting().search(text) is not None


@cache
def _had_promised() -> re.Pattern[str]:
    """'Polisen lovade …', 'Kommunen och polisen skulle …': a promise told again."""
    verbs = either_of(phrase_list("commitment", "had_promised"))
    return re.compile(rf"^(?:{_subjects()})\b(?:\s+\w+){{0,3}}?\s+(?:{verbs})\b", re.IGNORECASE)


def is_promise_again(text: str) -> bool:
    """True for a text that begins by committing a party, now or then: 'Polisen ska …', 'Kommunen lovade …'."""
    first = split_sentences(text)[:1]
    return bool(first) and (binds_somebody(first[0].text) or _had_promised().match(first[0].text) is not None)


def _acts_now(text: str) -> bool:
    """'Kommunen utbildar …', 'Orsa kommun startar …': a party and a verb in the present, 'har' and the like aside."""
    named = find_organisations(text[:_LONGEST_SUBJECT]) if text[:1].isupper() else ()
    behind = text[named[0].end :] if named and named[0].start == 0 else ""
    return _party_in_present().match(text) is not None or _verb_in_present().match(behind) is not None


@cache
def _party_in_present() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_subjects()}){_verb_in_present().pattern}", re.IGNORECASE)


@cache
def _verb_in_present() -> re.Pattern[str]:
    still, present = (either_of(phrase_list("commitment", key)) for key in ("no_action", "present"))
    return re.compile(rf"\s+(?!(?:{still})\b)\w+(?:{present})\b", re.IGNORECASE)


def announces_measures(text: str) -> bool:
    """True for a line that a list of measures follows: 'Detta gör vi genom att:', 'Tillsammans ska vi:'."""
    stripped = text.rstrip()
    if not leads_on(stripped):
        return False
    last = split_sentences(stripped)[-1].text
    ending = _without_among(last.rstrip(" :;").casefold())
    if announces_areas(last):
        return False
    if has_phrase(last, "commitment", "promise_cues"):
        return True
    if any(ending.endswith(cue) for cue in phrase_list("commitment", "cues")) or _is_open(ending):
        return True
    if _actor_alone().match(last.rstrip(" :;")) or _acts_now(last):
        return True
    if phrase_pattern("commitment", "either").match(last) and ending.endswith(phrase_list("commitment", "by")):
        return True
    if ends_with_that(ending) and not has_phrase(last, "commitment", "not_cues"):
        return True
    if has_phrase(last, "commitment", "opinions"):
        return False
    known = has_phrase(last, "commitment", "cues") and has_phrase(last, "commitment", "verbs")
    return known or (has_phrase(last, "commitment", "strong") and has_phrase(last, "commitment", "subjects"))


def _announces_openly(text: str) -> bool:
    """True for a line without a mark at its end that announces measures where a colon is added to it."""
    stripped = text.rstrip()
    return stripped[-1:].isalnum() and "\n" not in stripped and announces_measures(f"{stripped}:")


def announces_areas(sentence: str) -> bool:
    """True when a sentence ends with what its list names: '… åtgärder inom fem fokusområden:', '… fyra inriktningar som
    kommunen ska arbeta med:'."""
    ending = sentence.rstrip(" .:;").casefold()
    if any(ending.endswith(words) for words in phrase_list("areas", "announce")):
        return True
    return _told_areas().search(ending) is not None


@cache
def _told_areas() -> re.Pattern[str]:
    """Areas and, to the end of the line, who works with them: 'de områden som polisen ska arbeta med är'."""
    announce, which, told = (either_of(phrase_list("areas", key)) for key in ("announce", "which", "told"))
    return re.compile(rf"\b(?:{announce})\s+(?:{which})\s.*\b(?:{told})$")


def _is_open(ending: str) -> bool:
    """'För att öka närvaron kommer': a purpose and a verb whose subject the items bring."""
    words = ending.split()
    opens = len(words) > 3 and words[0] in phrase_list("commitment", "open_leads")
    return opens and words[-1] in phrase_list("commitment", "open_verbs")


def _without_among(ending: str) -> str:
    """'genom att bland annat' without its last two words."""
    tail = next((words for words in phrase_list("commitment", "among") if ending.endswith(f" {words}")), "")
    return ending.removesuffix(tail).rstrip(" ,") if tail else ending


@cache
def _actor_alone() -> re.Pattern[str]:
    """A party, a few words and 'att', with nothing done yet: 'Kommunen svarar för att', 'Vi tänker under året att'."""
    that = either_of(phrase_list("grammar", "that"))
    return re.compile(rf"^(?:{_subjects()})\b(?:\s+\w+){{1,6}}\s+(?:{that})$", re.IGNORECASE)


def announces_promises(text: str) -> bool:
    """True when the measures that a line announces are promises: 'Kommunen lovar att:'."""
    sentences = split_sentences(text.rstrip())
    return bool(sentences) and has_phrase(sentences[-1].text, "commitment", "promise_cues")
