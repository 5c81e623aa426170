"""Takes an Office file as a library saved it, gives the same file without the clock: equal content, equal bytes."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
_SAME_MOMENT = b"1980-01-01T00:00:00Z"


def write_without_clock(draft: BinaryIO, stream: BinaryIO) -> None:
    """Copy the zip archive `draft` to the stream; the libraries and zip both write down when it was."""
    with zipfile.ZipFile(draft) as written, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in written.infolist():
            content = written.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _SAME_MOMENT, content)
            archive.writestr(zipfile.ZipInfo(entry.filename, _SAME_DAY), content, zipfile.ZIP_DEFLATED)
