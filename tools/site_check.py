"""Takes the built site, says what in it would be fetched from elsewhere: python -m tools.site_check build/site.

The site must work without a network, and must not tell others who reads it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_FETCHED = re.compile(
    r"<(?:script|img|iframe|source|embed)\b[^>]*?\bsrc=[\"']?(?P<src>(?:https?:)?//[^\"'\s>]+)"
    r"|<link\b(?![^>]*rel=[\"']?(?:canonical|next|prev|edit))[^>]*?\bhref=[\"']?(?P<href>(?:https?:)?//[^\"'\s>]+)"
)
_IN_STYLE = re.compile(r"(?:url\(|@import\s+)[\"']?(?P<src>(?:https?:)?//[^\"')\s]+)")


def fetched_from_elsewhere(site: Path) -> Iterator[tuple[Path, str]]:
    """Each page or style sheet with an address on another host that a browser would fetch on its own."""
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".svg", ".css"):
            text = path.read_text(encoding="utf-8")
            for pattern in (_FETCHED, _IN_STYLE):
                for found in pattern.finditer(text):
                    yield path, next(address for address in found.groups() if address)


def main() -> int:
    """1 when anything would be fetched, with one line for each address."""
    found = list(fetched_from_elsewhere(Path(sys.argv[1])))
    for path, address in found:
        sys.stderr.write(f"{path}: {address}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
