"""Takes the bytes of a text file and gives its text in NFC, free of typographic traps, and says what was mended."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from samsyn.errors import UnreadableDocument
from samsyn.limits import MB, TEXT_BYTES
from samsyn.models.source import Caution

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "mac-roman", "cp850")
_LETTERS = frozenset("åäöÅÄÖéÉüÜ")
_MARKS = frozenset("–—”“’‘…•·§°´»«½€²³¹\u00a0\u00ad")
_LETTER_SCORE, _MARK_SCORE, _ODD_SCORE = 4, 1, -3


class Decoded(NamedTuple):
    """The text of a file, and what a reader should know about how it was decoded."""

    text: str
    cautions: tuple[Caution, ...]


def decode_text(data: bytes, *, file: str) -> Decoded:
    """The text in `data`, decoded by its mark or by measurement, mended and tidied.

    Raises UnreadableDocument for a file that is empty, too large, or no text.
    """
    if not data.strip():
        raise UnreadableDocument(file, "the file is empty")
    if len(data) > TEXT_BYTES:
        raise UnreadableDocument(file, f"the text is larger than {TEXT_BYTES // MB} MB")
    text, cautions = _decode(data, file)
    text, mended = _mend_twice_encoded(text)
    text = tidy_characters(text)
    if _is_binary(text):
        raise UnreadableDocument(file, "not a text file")
    if not text.strip():
        raise UnreadableDocument(file, "the file holds no text")
    return Decoded(_drop_controls(text), cautions + mended)


def _decode(data: bytes, file: str) -> tuple[str, tuple[Caution, ...]]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), ()
    wide = _guess_wide(data)
    if wide:
        return data.decode(wide, errors="replace"), ()
    if b"\0" in data:
        raise UnreadableDocument(file, "not a text file")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_single_byte(data)


def _guess_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    sample = data[: 4096 - len(data) % 2]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _decode_single_byte(data: bytes) -> tuple[str, tuple[Caution, ...]]:
    """The reading in which the bytes above 127 make most Swedish letters; a few broken UTF-8 bytes are replaced."""
    whole = data.decode("utf-8", errors="replace")
    broken = whole.count("\ufffd")
    if broken * 20 < sum(letter in _LETTERS for letter in whole):
        message = f"{broken} tecken i filen gick inte att avkoda och har ersatts."
        return whole, (Caution(code="undecodable-characters", message=message),)
    readings = [data.decode(name, errors="replace") for name in _SINGLE_BYTE]
    return max(readings, key=_western_score), ()


def _western_score(text: str) -> int:
    score = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        letter = match.group()
        near = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        if letter in _LETTERS and any(other.isascii() and other.isalpha() for other in near):
            score += _LETTER_SCORE
        else:
            score += _MARK_SCORE if letter in _MARKS or letter in _LETTERS else _ODD_SCORE
    return score


def _latin_bytes() -> dict[str, int]:
    """The characters that a byte above 127 becomes when UTF-8 is read as Latin-1 or Windows-1252."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        decoded = bytes([byte]).decode("cp1252", errors="ignore")
        if decoded:
            table[decoded] = byte
    return table


_BYTE_OF = _latin_bytes()
_TAILS = "".join(re.escape(letter) for letter, byte in _BYTE_OF.items() if byte < 0xC0)
# 'Ã¥' for 'å', 'â€“' for an en dash: a lead byte and its one or two tails, each shown as a letter of its own.
_TWICE = re.compile(rf"[\u00c2-\u00df][{_TAILS}]|[\u00e0-\u00ef][{_TAILS}]{{2}}")
_LEAST_TWICE = 2


def _mend_twice_encoded(text: str) -> tuple[str, tuple[Caution, ...]]:
    """The text with UTF-8 that was read as Latin-1 (even twice over) set right."""
    mended = text
    for _ in range(2):
        if len(_TWICE.findall(mended)) < _LEAST_TWICE:
            break
        mended = _TWICE.sub(_decode_again, mended)
    if mended == text:
        return text, ()
    message = "Filens text var felkodad (till exempel 'Ã¥' för 'å') och har rättats."
    return mended, (Caution(code="mended-encoding", message=message),)


def _decode_again(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTE_OF[letter] for letter in match.group()).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


_CHARACTERS = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    "\u2011": "-",
    # Bullets of the fonts Symbol and Wingdings, which have no letters of their own.
    **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06e\uf09f", "•"),
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "ft",
    "\ufb06": "st",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n\n",
    "\x0b": "\n",
}
_TRANSLATION = str.maketrans(_CHARACTERS)
# A soft hyphen, or what pdfium puts in its place, at a line end or inside a word.
_SOFT_HYPHEN = re.compile(r"[\u00ad\x02\ufffe]+(?:[ \t]*\n[ \t]*(?=[^\W\d_]))?")
_LOOSE_DIAERESIS = re.compile(r"([aoAO]) ?\u00a8")
_LOOSE_RING = re.compile(r"([aA]) ?\u02da")


def tidy_characters(text: str) -> str:
    """`text` in NFC with one kind of line end and space, no soft hyphens or ligatures, loose accents put back."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TRANSLATION)
    text = _SOFT_HYPHEN.sub("", text)
    text = _LOOSE_DIAERESIS.sub("\\1\u0308", text)
    text = _LOOSE_RING.sub("\\1\u030a", text)
    return unicodedata.normalize("NFC", text)


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_CONTROLS = 0.02


def _is_binary(text: str) -> bool:
    odd = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    return odd > 3 and odd > _MOST_CONTROLS * len(text)


def _drop_controls(text: str) -> str:
    return _CONTROLS.sub("", text)
