"""Hooks of MkDocs: pages at the repository's root are pages of the site too, links between the two keep working.

On GitHub a page links to `../CONTRIBUTING.md` or `../samsyn/vocabulary/headings.toml`. In the site the first is a page
beside it; the second is not there, so its words stay and the link goes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
ROOT_PAGES = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "NOTICE.md", "LICENSE")
"""Files at the root that the site shows as pages; LICENSE becomes LICENSE.md."""

_LINK = re.compile(r"(?P<mark>!?)\[(?P<shown>[^\]]*)\]\((?P<target>[^)\s]+)\)")


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add the pages of the root."""
    for name in ROOT_PAGES:
        path = ROOT / name
        if path.exists():
            text = path.read_text(encoding="utf-8")
            content = text if path.suffix else f"# Licence\n\n```text\n{text}```\n"
            files.append(File.generated(config, _in_site(name), content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The page with its links as they are in the site."""
    at_root = page.file.src_uri in map(_in_site, ROOT_PAGES)
    return _LINK.sub(lambda found: _link(found, at_root=at_root), markdown)


def _link(found: re.Match[str], *, at_root: bool) -> str:
    target = found["target"]
    if re.match(r"https?:|#|mailto:", target):
        return found[0]
    path = target.removeprefix("docs/") if at_root else target.removeprefix("../")
    in_docs = target.startswith("docs/") if at_root else not target.startswith("../")
    name, _, anchor = path.partition("#")
    if in_docs or name in ROOT_PAGES:
        name = name if in_docs else _in_site(name)
        return f"{found['mark']}[{found['shown']}]({name}{'#' * bool(anchor)}{anchor})"
    return found["shown"]


def _in_site(name: str) -> str:
    return name if name.endswith(".md") else f"{name}.md"
