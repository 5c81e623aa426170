"""Takes the code, writes the reference pages of docs/: python -m tools.reference [--check].

Each page is made from one declaration (the commands, the model, the docstrings, the tables, the vocabulary), so that
it cannot say anything else than the code does. `--check` writes nothing and names the pages that are out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tools.reference_agreement import agreement_page
from tools.reference_commands import commands_page
from tools.reference_python import python_page
from tools.reference_tables import tables_page
from tools.reference_vocabulary import vocabulary_page

DOCS = Path(__file__).parent.parent / "docs"

PAGES: dict[str, Callable[[], str]] = {
    "reference-commands.md": commands_page,
    "reference-python.md": python_page,
    "reference-agreement.md": agreement_page,
    "reference-tables.md": tables_page,
    "reference-vocabulary.md": vocabulary_page,
}
"""Every page that is made, and what makes it."""


def outdated() -> list[str]:
    """The names of the pages that are not what the code gives now."""
    return [name for name, make in PAGES.items() if _read(DOCS / name) != make()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write the pages, or check them; 1 when a checked page is out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a page is out of date")
    if parser.parse_args().check:
        pages = outdated()
        for name in pages:
            sys.stderr.write(f"docs/{name} is out of date: make reference\n")
        return 1 if pages else 0
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
