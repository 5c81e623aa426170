"""Renders the agreements and writes their gold: python -m tests.accuracy.render [NAME ...] [--again] [--replace-gold].

Only what is out of date is rendered, unless --again. Needs LibreOffice and Chromium on the path, and WeasyPrint and
ReportLab of the development packages; the tests need none of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.accuracy.blocks import Source
from tests.accuracy.gold import build_gold, dump
from tests.accuracy.render.text import lossy_gold
from tests.accuracy.render.variants import VARIANTS
from tests.accuracy.source import load_sources

DOCUMENTS = Path(__file__).parents[1] / "documents"
RENDERED = DOCUMENTS / "rendered.json"


def main() -> int:
    """Renders what is asked for; returns 1 where gold would have been overwritten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="agreements to render (all where none is named)")
    parser.add_argument("--only", action="append", default=[], help="only this variant (may be repeated)")
    parser.add_argument("--again", action="store_true", help="render also what is up to date")
    parser.add_argument("--replace-gold", action="store_true", help="let changed sources change their gold")
    arguments = parser.parse_args()
    chosen = [source for source in load_sources() if not arguments.names or source.name in arguments.names]
    refused = [name for source in chosen for name in write_gold(source, arguments.replace_gold)]
    if refused:
        print("gold differs from what is committed, nothing rendered (--replace-gold to accept):", *refused)
        return 1
    for source in chosen:
        render(source, arguments.only, arguments.again)
    return 0


def golds(source: Source) -> dict[str, str]:
    """The gold files of an agreement by name; a transcript has one of its own."""
    gold = build_gold(source)
    found = {f"{source.name}.gold.json": dump(gold)}
    if "web-transcript" in source.variants:
        found[f"{source.name}-transcript.gold.json"] = dump(lossy_gold(gold))
    return found


def write_gold(source: Source, replace: bool) -> list[str]:
    """Writes the gold where there is none; returns the names of files that differ and were left alone."""
    refused = []
    for name, text in golds(source).items():
        path = DOCUMENTS / name
        if path.exists() and path.read_text(encoding="utf-8") != text and not replace:
            refused.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    return refused


def file_name(source: Source, variant: str) -> str:
    """The name of a rendering."""
    stem = f"{source.name}-transcript" if variant == "web-transcript" else source.name
    return f"{stem}.{variant}{VARIANTS[variant].ending}"


def render(source: Source, only: list[str], again: bool) -> None:
    """Renders an agreement in its variants and notes from which source each file was made."""
    rendered = json.loads(RENDERED.read_text()) if RENDERED.exists() else {}
    for variant in source.variants:
        if only and variant not in only:
            continue
        name = file_name(source, variant)
        if rendered.get(name) == source.fingerprint and (DOCUMENTS / name).exists() and not again:
            continue
        how = VARIANTS[variant]
        how.render(source, how.options, DOCUMENTS / name)
        rendered[name] = source.fingerprint
        print(name)
    RENDERED.write_text(json.dumps(dict(sorted(rendered.items())), indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
