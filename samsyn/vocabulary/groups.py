"""Takes the title of a focus area or of one who signs, gives the group in which a corpus counts it; see groups.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from samsyn.errors import VocabularyError
from samsyn.similarity import normal_form
from samsyn.vocabulary.load import load_toml

_FILE = "groups.toml"
_KEYS = frozenset({"id", "sv", "en", "general", "words", "examples", "not"})
_SPACES = re.compile(r"[\s/,;:.()&+–—]+")


@dataclass(frozen=True, slots=True)
class Group:
    """A theme or a role: its id, its names in Swedish and English, and what proves its words."""

    id: str
    sv: str
    en: str
    general: bool
    """True for a theme that counts only where no other does."""
    words: tuple[str, ...]
    examples: tuple[str, ...]
    lookalikes: tuple[str, ...]

    def name(self, language: str) -> str:
        """The name in the language, 'sv' or 'en'."""
        return self.en if language == "en" else self.sv


@cache
def load_themes() -> tuple[Group, ...]:
    """The themes of focus areas, in the order of the file; VocabularyError names the one that is not whole."""
    return tuple(_group(raw) for raw in load_toml(_FILE)["theme"])


@cache
def load_roles() -> tuple[Group, ...]:
    """The roles of those who sign, the first that fits counts; VocabularyError names the one that is not whole."""
    return tuple(_group(raw) for raw in load_toml(_FILE)["role"])


@lru_cache(maxsize=65536)
def themes_of(title: str) -> tuple[Group, ...]:
    """The themes that a focus area's title names, in the order of the file; empty where it names none."""
    plain = _plain(title)
    found: set[str] = set()
    for pattern, identity in _theme_patterns():
        plain, count = pattern.subn(" | ", plain)
        if count:
            found.add(identity)
    themes = [theme for theme in load_themes() if theme.id in found]
    special = [theme for theme in themes if not theme.general]
    return tuple(special or themes)


@lru_cache(maxsize=65536)
def role_of(title: str) -> Group | None:
    """The role that the title of a signatory names, or None."""
    plain = _plain(title)
    return next((role for role, pattern in _role_patterns() if pattern.search(plain)), None)


def _plain(title: str) -> str:
    return _SPACES.sub(" ", normal_form(title)).strip()


@cache
def _theme_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every wording with its theme: those of several words first, then the order of the file."""
    wordings = [(word, theme.id) for theme in load_themes() for word in theme.words]
    wordings.sort(key=lambda wording: -len(wording[0].split()))
    return tuple((_pattern((word,)), identity) for word, identity in wordings)


@cache
def _role_patterns() -> tuple[tuple[Group, re.Pattern[str]], ...]:
    return tuple((role, _pattern(role.words)) for role in load_roles())


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word).replace(r"\*", r"[\w-]*").replace(r"\ ", " ") for word in words)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")


def _group(raw: dict[str, Any]) -> Group:
    missing = {"id", "sv", "en", "words", "examples"} - set(raw)
    if missing or set(raw) - _KEYS:
        raise VocabularyError(f"{_FILE}: {raw.get('id', '?')}: {', '.join(sorted(missing | (set(raw) - _KEYS)))}")
    return Group(
        id=raw["id"],
        sv=raw["sv"],
        en=raw["en"],
        general=raw.get("general", False),
        words=tuple(raw["words"]),
        examples=tuple(raw["examples"]),
        lookalikes=tuple(raw.get("not", ())),
    )
