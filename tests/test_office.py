"""Files of older word processors: told by content, read through LibreOffice, one clear line where that cannot be."""

from __future__ import annotations

import contextlib
import http.server
import io
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from samsyn.errors import UnreadableDocument
from samsyn.extract.formats import format_of
from samsyn.extract.office import FORMATS, convert_to_docx, find_office
from samsyn.extract.read import read_document
from samsyn.models.agreement import Agreement
from samsyn.pipeline import extract_agreement
from tests.docx_builder import pack

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.docx"
RTF = rb"{\rtf1\ansi\ansicpg1252 M\'e5l: Minst tio trygghetsvandringar ska genomf\'f6ras varje \'e5r.\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OLD_WORD = OLE + b"\xec\xa5\xc1\x00" + bytes(508) + "WordDocument".encode("utf-16-le")
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
NAMESPACES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)


def open_text(body: str = "<text:p>Mål</text:p>", *, scripts: str = "", manifest: str = MANIFEST) -> bytes:
    """An OpenDocument text by hand."""
    content = (
        f'<office:document-content {NAMESPACES} office:version="1.2">{scripts}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    return pack({"mimetype": FORMATS["odt"].media_type, **parts})


@pytest.mark.parametrize(
    ("data", "kind"), [(RTF, "rtf"), (b"\n" + RTF, "rtf"), (OLD_WORD, "doc"), (open_text(), "odt"), (OLE, "docx")]
)
@pytest.mark.parametrize("name", ["plan.doc", "plan.docx", "plan.odt", "plan"])
def test_formats_are_told_by_content(data: bytes, kind: str, name: str) -> None:
    """Protects files whose ending lies: much that is called .doc is RTF."""
    assert format_of(data, name) == kind


def test_files_under_a_password_are_told_before_anything_is_started() -> None:
    """Protects the user from LibreOffice's silence about files that it cannot open."""
    locked = bytearray(OLD_WORD)
    locked[512 + 11] |= 1
    for data in (bytes(locked), open_text(manifest="<x><manifest:encryption-data/></x>")):
        with pytest.raises(UnreadableDocument, match="protected by a password"):
            format_of(data, "plan")


@pytest.mark.parametrize(("data", "name"), [(RTF, "RTF"), (OLD_WORD, "older Word"), (open_text(), "OpenDocument")])
def test_without_libreoffice_the_line_says_what_to_install(
    data: bytes, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the user without LibreOffice: what the file is, and what is needed, in one line."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, file="plan")
    assert name in caught.value.reason
    assert "LibreOffice is needed to read it (apt install" in caught.value.reason


@pytest.fixture
def pretender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called soffice that does what the test writes into it."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return program


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 77", "failed over it"), ("exit 0", "damaged"), ("sleep 30 & sleep 30", "took longer than 0.5 seconds")],
)
def test_failing_libreoffice_costs_one_line(pretender: Path, script: str, reason: str) -> None:
    """Protects the batch: a conversion that fails, gives nothing or hangs is one line, and nothing goes on running."""
    pretender.write_text(f"#!/bin/sh\necho $$ > {pretender}.pid\n{script}\n")
    with pytest.raises(UnreadableDocument, match=reason):
        convert_to_docx(RTF, "rtf", file="plan.rtf", seconds=0.5 if "sleep" in script else 20)
    group = (pretender.parent / "soffice.pid").read_text().strip()
    assert not [state for state in _states_of(group) if state != "Z"]


def _states_of(group: str) -> Iterator[str]:
    """The states of the processes of a group."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, own = path.read_text().rpartition(")")[2].split()[:3]
            if own == group:
                yield state


def test_open_text_that_is_a_bomb_is_not_given_to_libreoffice(pretender: Path) -> None:
    """Protects memory: LibreOffice has no limit on what it unpacks."""
    pretender.write_text("#!/bin/sh\nexit 77\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", FORMATS["odt"].media_type)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w") as stream:
            for _ in range(140):
                stream.write(b"<text:p/>" * 120_000)
    with pytest.raises(UnreadableDocument, match="absurd amount"):
        read_document(packed.getvalue(), file="bomb.odt")


def test_what_libreoffice_gives_is_read_as_the_file_it_came_from(pretender: Path) -> None:
    """Protects traceability: name, hash and kind are those of the file that the user has, not of a passing copy."""
    pretender.write_text(
        '#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n'
        f'mkdir -p "$out"; cp {EXAMPLE} "$out/document.docx"\n'
    )
    document = read_document(RTF, file="mapp/plan.rtf")
    assert document.source.file == "mapp/plan.rtf"
    assert document.source.sha256 == sha256(RTF).hexdigest()
    assert document.source.media_type == "application/rtf"
    assert document.source.pages is None
    assert document.blocks == read_document(EXAMPLE).blocks


# --- with LibreOffice -------------------------------------------------------------------------------------------------


needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed: no old formats tested")


@cache
def converted(ending: str) -> bytes:
    """The example agreement as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as name:
        profile = f"-env:UserInstallation=file://{name}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", ending, "--outdir", name, str(EXAMPLE)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(name) / EXAMPLE.with_suffix(f".{ending}").name).read_bytes()


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("ending", ["doc", "odt", "rtf"])
def test_old_formats_give_what_the_word_file_gives(ending: str) -> None:
    """Protects the way through LibreOffice: everything found in the Word file is found in the others."""
    data = converted(ending)
    found = extract_agreement(data, file=f"ange.{ending}")
    assert found.source.media_type == FORMATS[ending].media_type
    assert found.source.sha256 == sha256(data).hexdigest()
    assert _content(found) == _content(extract_agreement(EXAMPLE))


def _content(agreement: Agreement) -> dict[str, object]:
    return {
        "period": (agreement.period.start, agreement.period.end),
        "areas": [area.title for area in agreement.focus_areas],
        "goals": [goal.text for goal in agreement.goals],
        "problems": [picture.text for picture in agreement.problem_pictures],
        "measures": [(measure.label, measure.responsible, measure.schedule) for measure in agreement.measures],
        "signed": [(one.name, one.title) for one in agreement.signatories],
    }


@pytest.mark.slow
@needs_office
def test_damaged_file_is_one_line() -> None:
    """Protects the user of a file cut off: whatever LibreOffice makes of it is a document or the error meant for it."""
    data = converted("doc")
    for part in (data[:3000], data[:512] + bytes(len(data) - 512)):
        with contextlib.suppress(UnreadableDocument):
            read_document(part, file="trasig.doc")


class _Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_OPTIONS = do_HEAD = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None: ...


@pytest.mark.slow
@needs_office
def test_links_are_not_followed_and_macros_not_run(tmp_path: Path) -> None:
    """Protects the machine: nothing is fetched for a document, no file is read into it, no macro of it runs."""
    asked: list[str] = []
    handler = type("Handler", (_Listener,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    secret, written = tmp_path / "secret.txt", tmp_path / "written"
    secret.write_text("hemlighet")
    try:
        linked = open_text(
            f'<text:p>Mål <draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/odt.png" '
            f'xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
            f'<text:section text:name="x"><text:section-source xlink:href="{secret.as_uri()}" xlink:type="simple"/>'
            "<text:p>tom</text:p></text:section>"
        )
        rtf = (
            rf"{{\rtf1 M\'e5l {{\field{{\*\fldinst INCLUDEPICTURE \"{address}/rtf.png\" \\d}}{{\fldrslt x}}}}"
            rf"{{\field{{\*\fldinst INCLUDETEXT \"{secret}\"}}{{\fldrslt y}}}}\par}}"
        ).encode()
        texts = ""
        for name, data in {"a.odt": linked, "b.rtf": rtf, "c.odt": _with_macro(written)}.items():
            texts += " ".join(block.text for block in read_document(data, file=name).walk())
        assert "Mål" in texts
        assert "hemlighet" not in texts
        assert asked == []
        assert not written.exists()
    finally:
        server.shutdown()
        server.server_close()


def _with_macro(target: Path) -> bytes:
    """A text with a macro that writes a file when it is opened."""
    with zipfile.ZipFile(io.BytesIO(open_text(scripts=_ON_LOAD))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    library = (
        '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
        'library:readonly="false" library:passwordprotected="false"><library:element library:name="M"/></library:library>'
    )
    index = (
        '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/>'
        "</library:libraries>"
    )
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">'
        f'Sub Main\nOpen "{target}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub</script:module>'
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="Basic/{name}" manifest:media-type="text/xml"/>'
        for name in ("script-lc.xml", "Standard/script-lb.xml", "Standard/M.xml")
    )
    return pack(
        {
            **parts,
            "META-INF/manifest.xml": MANIFEST.replace("</manifest:manifest>", f"{entries}</manifest:manifest>"),
            "Basic/script-lc.xml": index,
            "Basic/Standard/script-lb.xml": library,
            "Basic/Standard/M.xml": module,
        }
    )


_ON_LOAD = (
    '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
    'script:event-name="dom:load" xlink:type="simple" '
    'xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>'
    "</office:event-listeners></office:scripts>"
)
