"""Takes the values of a register entry, gives it as the TOML text that `load_register` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def register_entry(values: Mapping[str, str | Sequence[str] | None]) -> str:
    """One `[[measure]]` table; values that are empty or None are left out. Ends with a newline."""
    lines = [f"{key} = {_literal(value)}" for key, value in values.items() if value]
    return "\n".join(["[[measure]]", *lines]) + "\n"


def _literal(value: str | Sequence[str]) -> str:
    """TOML's basic strings are JSON's, but for the delete character, which TOML wants escaped."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(_literal(item) for item in value) + "]"
