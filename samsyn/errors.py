"""The errors samsyn raises: each carries one line that a person can act on."""

from __future__ import annotations


def why_not(error: OSError, name: str) -> str:
    """Why the file that the user called `name` cannot be had, in a few words."""
    if isinstance(error, FileNotFoundError) and name.lower().startswith(("http:/", "https:/")):
        return "an address on the web; samsyn reads files, so save the document first"
    return (error.strerror or "cannot be read").lower()


class SamsynError(Exception):
    """Base of every error raised on purpose; `str(error)` is one line fit to be shown to the user."""


class UnreadableDocument(SamsynError):
    """A file that cannot be read at all: empty, broken, encrypted, of an unknown kind, or over a limit.

    `file` is the name as the user gave it, `reason` the one-line explanation.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


class VocabularyError(SamsynError):
    """A vocabulary or register file that does not hold together; the text names file and entry."""


class CorpusError(SamsynError):
    """A corpus that cannot be opened or used as asked; the text names the file and what to do."""


class CorrectionsError(SamsynError):
    """Corrections that cannot be read, or that do not fit the file they are laid over; the text says why."""
