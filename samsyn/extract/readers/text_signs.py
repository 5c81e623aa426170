"""Takes a place or a stretch of running text and says what its words show: a sentence, a title's shape, a name."""

from __future__ import annotations

import re

from samsyn.extract.readers.text_web import asking_words, finite_verbs, open_words, opening_words
from samsyn.extract.readers.text_words import LONGEST_HEADING, RunningText, Use

YEARS = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)?\d\d")
_SENTENCE = 14
"""So many words are looked at to tell a sentence from names and fragments."""
_LONG_WORD = 9
_DEFINITE = ("en", "et", "na")
"""Endings of the definite form."""


class Signs:
    """Judges the words of one text."""

    def __init__(self, text: RunningText, use: Use) -> None:
        self._text = text
        self._words = text.words
        self._use = use
        self._sentences: dict[tuple[int, bool, bool], bool] = {}

    def is_sentence(self, index: int, *, strict: bool = True, whole: bool = True) -> bool:
        """True when the words from `index` on are a sentence: at least three of them, nearly all in lower case.

        With `whole` no more than the first sentence is looked at; `strict` asks more where its second word has a
        capital.
        """
        asked = (index, strict, whole)
        if asked not in self._sentences:
            self._sentences[asked] = self._judge_sentence(index, strict, whole)
        return self._sentences[asked]

    def _judge_sentence(self, index: int, strict: bool, whole: bool) -> bool:
        stop = index
        last = min(len(self._words), index + _SENTENCE)
        while stop < last and not (whole and self._text.enders[stop]):
            stop += 1
        words = self._words[index : stop + 1]
        if len(words) < 2:
            return False
        lower = sum(word.core[:1].islower() for word in words)
        lettered = sum(word.core[:1].isalpha() for word in words)
        told = not finite_verbs().isdisjoint(word.key for word in words)
        enough = lower >= 0.6 * lettered and (len(words) >= 4 or (len(words) == 3 and told)) and lower > 1
        return enough and (not strict or not words[1].is_upper or lower >= 0.8 * lettered)

    def has_shape(self, start: int, stop: int) -> bool:
        """True for words that may be a title: no verb among them, no small word last, brackets closed."""
        words = self._words[start:stop]
        cores = [word.key for word in words]
        if not cores[0][:1].isalpha() or not self.may_be_closed(stop, cores[0]):
            return False
        text = " ".join([word.text for word in words])
        if any(sum(map(str.isdigit, core)) > 4 and not YEARS.fullmatch(core) for core in cores):
            return False
        if text.count("(") != text.count(")") or any(word.is_rule for word in words):
            return False
        return cores[0] in asking_words() or len(cores) == 1 or finite_verbs().isdisjoint(cores)

    def may_be_closed(self, stop: int, first: str) -> bool:
        """True when a title that begins with the word `first` may end before `stop`."""
        return not self._words[stop - 1].closes if first in asking_words() else self.may_end(stop)

    def may_end(self, stop: int) -> bool:
        """True when a title may end before `stop`: on no small word, and with no sign behind it."""
        last = self._words[stop - 1]
        return last.key not in open_words() and not last.closes and last.text[-1] not in "/-–"

    def opens_as_others(self, index: int) -> bool:
        """True when other sentences, or rather titles before them, open with the same two words."""
        return self._use.openings[self._text.key(index, index + 2)] >= 2

    def told_again(self, start: int, stop: int) -> float:
        """The share of a title's longer words that stand again in what follows it; 0 for a title with only one."""
        wanted = [word.key for word in self._words[start:stop] if len(word.core) >= 4]
        following = [word.key for word in self._words[stop : stop + 25]]
        told = [any(word.startswith(part) for word in following) for part in wanted]
        return sum(told) / len(told) if len(told) > 1 else 0.0

    def is_opener(self, index: int) -> bool:
        """True for a word that is ordinarily written in lower case: only a sentence gives it a capital."""
        key = self._words[index].key
        known = key in open_words() or self.opens_sentence(index)
        return known or self._use.lower[key] > max(0, self._use.inside[key] - 1) or self.is_subject(index)

    def opens_sentence(self, index: int) -> bool:
        """True for a word that begins sentences more often than it stands with a capital within one."""
        key = self._words[index].key
        return key in opening_words() and self._use.inside[key] <= 1

    def is_subject(self, index: int) -> bool:
        """True for a long word in the definite form behind one in lower case and right before a finite verb.

        'Ungas hälsa Stockholmsenkäten visar …': names are shorter, or follow on a capital.
        """
        word, before = self._words[index], self._words[index - 1] if index else None
        apart = before is not None and not before.is_upper and not before.closes
        definite = len(word.core) >= _LONG_WORD and word.core.endswith(_DEFINITE) and word.core[1:].islower()
        following = self._words[index + 1 : index + 2]
        return apart and definite and any(verb.key in finite_verbs() for verb in following)

    def is_unknown(self, index: int) -> bool:
        """True for a word with a capital here and nowhere else inside a sentence."""
        return self._use.inside[self._words[index].key] <= 1

    def is_name(self, index: int) -> bool:
        """True when the word keeps its capital inside sentences, alone or after the word before it."""
        key = self._words[index].key
        before = self._words[index - 1].key if index else ""
        if self._use.pairs[before, key] >= 2:
            return True
        return self._use.inside[key] >= 2 and not self._use.lower[key] and key not in open_words()

    def tells(self, index: int) -> bool:
        """True when a finite verb stands soon after `index`: cells of a table seldom have one."""
        words = self._words[index : index + LONGEST_HEADING]
        return not finite_verbs().isdisjoint(word.key for word in words)
