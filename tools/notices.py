"""Takes what samsyn depends on as installed, writes NOTICE.md: each package with its licence: python -m tools.notices.

Nothing of theirs is in samsyn's own files; pip installs them beside it, with their licence texts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from tools.markdown import made_by, table

ROOT = Path(__file__).parent.parent

_HEAD = """\
# Notices

{made}

samsyn is under the [MIT licence](LICENSE). Its files hold no code of others. It needs the packages below, which are
installed beside it under their own licences; their texts lie in each package's own folder. Names and codes of
municipalities and counties are those of Statistics Sweden (SCB). Tesseract, where it is used, is a program under the
Apache Licence 2.0.
"""
_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
}


class Notice(NamedTuple):
    """A package that is needed: its name, its licence, and which of the extras needs it; '' for the core."""

    name: str
    licence: str
    extra: str


def notices() -> list[Notice]:
    """Everything that is installed with the core or an extra, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Notice] = {}
    for extra, needed in {"": project["dependencies"], **project["optional-dependencies"]}.items():
        for requirement in needed:
            if not requirement.startswith("samsyn["):
                for name, licence in _with_all_it_needs(_name_in(requirement), set()):
                    found.setdefault(name, Notice(name, licence, extra))
    return sorted(found.values())


def notices_page() -> str:
    """The file."""
    rows = [(notice.name, notice.licence, notice.extra or "core") for notice in notices()]
    return "\n".join([_HEAD.format(made=made_by("make notices")), *table(("package", "licence", "for"), rows)])


def _with_all_it_needs(name: str, met: set[str]) -> Iterator[tuple[str, str]]:
    if name in met:
        return
    met.add(name)
    try:
        found = distribution(name)
    except PackageNotFoundError:  # not for this system
        return
    yield name, _licence(found)
    for requirement in found.requires or ():
        if "extra ==" not in requirement and not _is_elsewhere(requirement):
            yield from _with_all_it_needs(_name_in(requirement), met)


def _is_elsewhere(requirement: str) -> bool:
    """True for what is needed on other systems or Pythons only."""
    marker = requirement.partition(";")[2]
    return "sys_platform" in marker or "platform_" in marker or "python_version" in marker or "os_name" in marker


def _name_in(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;(]", requirement, maxsplit=1)[0]).lower()


def _licence(found: Distribution) -> str:
    """The licence as the package states it: by SPDX, else by its classifier, else in its own words, if they are few."""
    data = found.metadata
    if "License-Expression" in data:
        return str(data["License-Expression"])
    for classifier in map(str, data.get_all("Classifier") or ()):
        name = classifier.rpartition(" :: ")[2]
        if classifier.startswith("License ::") and name != "OSI Approved":
            return str(_CLASSIFIERS.get(name, name))
    words = str(data["License"]) if "License" in data else ""
    return words if 0 < len(words) < 60 else "see its files"


def main() -> None:
    """Write the file."""
    (ROOT / "NOTICE.md").write_text(notices_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
