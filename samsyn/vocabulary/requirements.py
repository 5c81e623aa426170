"""Takes a language and gives what the requirements of `samsyn check` are called in it."""

from __future__ import annotations

from functools import cache

from samsyn.vocabulary.load import load_toml


@cache
def requirement_titles(language: str) -> dict[str, str]:
    """The titles by the requirements' ids, in Swedish ('sv') or English ('en')."""
    requirements = load_toml("requirements.toml")["requirement"]
    return {raw["id"]: raw["title"] if language == "sv" else raw[language]["title"] for raw in requirements}
