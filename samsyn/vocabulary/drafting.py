"""Takes the name of a text of a draft and gives its Swedish, filled in."""

from __future__ import annotations

from samsyn.vocabulary.load import load_toml


def draft_text(table: str, key: str, **values: object) -> str:
    """The text listed under `key` in the table `table` of drafting.toml, its braces filled with `values`."""
    text: str = load_toml("drafting.toml")[table][key]
    return text.format(**values) if values else text
