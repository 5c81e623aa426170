"""Takes the way a measure was met, gives the chance that it is right (0-1), as measured on labelled lines."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from samsyn.vocabulary.load import load_toml


@cache
def _scores() -> Mapping[str, float]:
    scores: Mapping[str, float] = load_toml("matching.toml")["scores"]
    return scores


@cache
def _names() -> Mapping[str, str]:
    names: Mapping[str, str] = load_toml("matching.toml")["methods"]
    return names


def score_of(grade: str) -> float:
    """The share of labelled cases met this way that were right."""
    return _scores()[grade]


def method_name(method: str) -> str:
    """The method in Swedish, for a person to read."""
    return _names()[method]
