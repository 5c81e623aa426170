"""Looks into what was built: python .ci/package.py SDIST WHEEL_FROM_SDIST WHEEL_FROM_TREE; fails with one line."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
NEEDED = ("LICENSE", "NOTICE.md", "py.typed", "METADATA", "entry_points.txt")


def contents(wheel: str) -> dict[str, bytes]:
    """Every file of the wheel with its bytes."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def problems(sdist: str, from_sdist: str, from_tree: str) -> list[str]:
    """What is wrong with the packages, a line each."""
    built, other = contents(from_sdist), contents(from_tree)
    found = [f"the wheels differ in {name}" for name in sorted({*built, *other}) if built.get(name) != other.get(name)]
    names = {name.rpartition("/")[2] for name in built}
    found += [f"the wheel has no {name}" for name in NEEDED if name not in names]
    for path in sorted((ROOT / "samsyn").rglob("*")):
        relative = path.relative_to(ROOT).as_posix()
        if path.is_file() and "__pycache__" not in relative and relative not in built:
            found.append(f"the wheel has no {relative}")
    found += [f"the wheel has {name}" for name in built if not name.startswith(("samsyn/", "samsyn-"))]
    with tarfile.open(sdist) as archive:
        members = {member.name.partition("/")[2] for member in archive.getmembers()}
    wanted = ("LICENSE", "NOTICE.md", "CHANGELOG.md", "README.md", "CITATION.cff", "SECURITY.md", "pyproject.toml")
    found += [f"the source archive has no {name}" for name in wanted if name not in members]
    return found


def main() -> int:
    """1 when anything is wrong."""
    found = problems(*sys.argv[1:4])
    for line in found:
        sys.stderr.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
