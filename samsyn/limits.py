"""What one document may cost: time, memory, pages, sizes. Every limit's default is here; hitting one gives one line.

Documents come from strangers. The limits are far above anything an agreement needs, and low enough that a file made to
do harm costs its own outcome and nothing else. Those that a user may change are options of the commands.
"""

from __future__ import annotations

import os

MB = 2**20

# --- a file, whatever its format: options of the commands -----------------------------------------------------------

SECONDS = 300.0
"""Time that a file may take, by the clock (`--timeout`); it begins anew with each page that is recognised."""
MEMORY = 6 * 1024 * MB
"""Bytes of address space of the process that reads it (`--max-memory`), where the system can enforce it."""
LEAST_MEMORY = 512 * MB
"""With less the reader itself cannot start."""
FILE_BYTES = 200 * MB
"""Size of the file (`--max-size`): the longest council papers seen have some thousand pages and under 100 MB."""
PAGES = 2000
"""Pages of a PDF (`--max-pages`)."""

# --- PDF --------------------------------------------------------------------------------------------------------------

PICTURE_DOTS = 30_000_000
"""Dots of a page's picture for recognition; an A3 page at 300 dots an inch has 17 million. Larger pages get fewer."""

FORM_CALLS = 100_000
"""Calls of drawings by name on a page, those within others counted; a page of a map has some thousand."""

# --- Word -------------------------------------------------------------------------------------------------------------

PART_BYTES = 64 * MB
"""Largest XML part read, unpacked; the main part of a Word document of 500 pages is around 10 MB."""
PACKAGE_BYTES = 128 * MB
"""All parts read, unpacked."""
RATIO = 400
"""Packed to unpacked; Word's most monotonous tables reach about 100, a bomb a thousand."""
RATIO_MATTERS_FROM = 4 * MB
ENTRIES = 20_000
"""Parts in a package."""
TAGS = 1_500_000
"""In one part; each costs about a hundred bytes of memory once parsed. A document of 500 pages has 350,000."""

# --- text -------------------------------------------------------------------------------------------------------------

TEXT_BYTES = 8 * MB
"""A text; a novel has one."""

# --- archives of documents, for a corpus ------------------------------------------------------------------------------

ARCHIVE_ENTRIES = 20_000
ARCHIVE_BYTES = 8 * 1024 * MB

# --- programs of others -----------------------------------------------------------------------------------------------

OFFICE_SECONDS = 120.0
"""Time that LibreOffice may take to convert a file; it takes three."""


def count_cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
