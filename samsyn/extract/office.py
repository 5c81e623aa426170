"""Files of older and other word processors (.doc, .odt, .rtf) → Word files, by LibreOffice where it is installed.

LibreOffice sees bytes that nobody vouches for: it gets a profile folder of its own that is gone afterwards, runs no
macros, follows no links, updates no fields from elsewhere, and is ended when its time is up.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.docx_package import ZIP_ERRORS
from samsyn.limits import FILE_BYTES, MB, OFFICE_SECONDS, PACKAGE_BYTES
from samsyn.programs import ProgramFailed, find_program, run_program

PROGRAMS = ("soffice", "libreoffice")
INSTALL = "apt install libreoffice-writer-nogui"
"""What to do on Debian and Ubuntu; `samsyn doctor` tells for other systems."""


class OfficeFormat(NamedTuple):
    """A format that LibreOffice reads: what people call it, its media type, its ending, LibreOffice's filter for it."""

    name: str
    media_type: str
    ending: str
    filter: str


FORMATS = {
    "doc": OfficeFormat("an older Word file (.doc)", "application/msword", ".doc", "MS Word 97"),
    "odt": OfficeFormat("an OpenDocument text (.odt)", "application/vnd.oasis.opendocument.text", ".odt", "writer8"),
    "rtf": OfficeFormat("an RTF file", "application/rtf", ".rtf", "Rich Text Format"),
}

_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableOLEAutomation" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisablePythonRuntime" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
<prop oor:name="Field" oor:op="fuse"><value>false</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
</oor:items>
"""
"""The profile's settings; should a link be followed all the same, it goes to a port where nobody listens."""
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")


def find_office() -> str | None:
    """The path of the installed LibreOffice, None when there is none."""
    return find_program(*PROGRAMS)


def convert_to_docx(data: bytes, kind: str, *, file: str, seconds: float = OFFICE_SECONDS) -> bytes:
    """The bytes of a Word file with the content of `data`, which is of a kind in FORMATS; `file` is its name.

    Raises UnreadableDocument when LibreOffice is missing, fails over it or takes longer than `seconds`.
    """
    form = FORMATS[kind]
    program = find_office()
    if program is None:
        raise UnreadableDocument(file, f"{form.name}; LibreOffice is needed to read it ({INSTALL})")
    if kind == "odt":
        _check_size(data, file)
    with tempfile.TemporaryDirectory(prefix="samsyn-") as name:
        folder = Path(name)
        source, target = folder / f"document{form.ending}", folder / "out" / "document.docx"
        source.write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        conversion = (
            f"--infilter={form.filter}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(target.parent),
        )
        try:
            run_program(
                [program, profile, *_OPTIONS, *conversion, str(source)],
                seconds=seconds,
                environment={"HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
                own_group=True,
            )
        except ProgramFailed as error:
            reason = f"took longer than {seconds:g} seconds" if error.timed_out else "failed"
            raise UnreadableDocument(file, f"{form.name}; LibreOffice {reason} over it") from error
        return _result(target, form, file)


def _check_size(data: bytes, file: str) -> None:
    """Raises UnreadableDocument for an OpenDocument text whose parts unpack to far more than a document has."""
    left = PACKAGE_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not entry.filename.lower().endswith((".xml", ".rdf")):
                    continue
                with archive.open(entry) as stream:
                    while left >= 0 and (block := stream.read(MB)):
                        left -= len(block)
    except ZIP_ERRORS as error:
        raise UnreadableDocument(file, "the file is damaged or cut off (its zip archive cannot be read)") from error
    if left < 0:
        raise UnreadableDocument(file, "the file unpacks to an absurd amount of data (a zip bomb?)")


def _result(target: Path, form: OfficeFormat, file: str) -> bytes:
    try:
        if target.stat().st_size > FILE_BYTES:
            raise UnreadableDocument(file, f"{form.name}; as a Word file it would be absurdly large")
        return target.read_bytes()
    except OSError as error:
        raise UnreadableDocument(file, f"{form.name}; it is damaged, LibreOffice cannot open it") from error
