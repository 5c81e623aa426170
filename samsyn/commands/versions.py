"""Which versions are installed: takes the name of a distribution, gives its version without importing it."""

from __future__ import annotations


def version_of(name: str) -> str | None:
    """The version of the installed distribution; None when it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None
