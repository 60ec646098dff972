"""Which encoding a text file is written in; the whole file is looked at, a chunk at a time."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from pathlib import Path

from essor.outside.issues import NotATable, WrongEncoding
from essor.outside.words import gettext as _

CHUNK = 1 << 18
SALVAGE = "essor_salvage"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)
_NOT_ROWS = (b"<!doctype", b"<html", b"<?xml", b"{\\rtf")
_ASCII = bytes(range(128))
_FRENCH = "éèàêçâîôûëïüùœÉÈÀÇÊ’«»–…€°"
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp850")
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_TWICE_ENCODED = ("Ã©", "Ã¨", "Ãª", "Ã§", "â€™")


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """`errors` is the decoding policy to open the file with; `warnings` are sentences for people."""

    name: str
    errors: str = "strict"
    warnings: tuple[str, ...] = ()
    has_nul: bool = False


def _salvage(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes which are not UTF-8 as Windows-1252, the usual case of files stuck together."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(SALVAGE, _salvage)


def detect_encoding(path: Path, asked: str | None = None) -> TextEncoding:
    """The encoding of the file; `asked` is checked, else it is guessed, with a warning when unsure.

    Raises `WrongEncoding` when `asked` does not fit and `NotATable` when the file is not text.
    """
    if asked:
        return _checked(path, asked)
    head = _head(path)
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    found = TextEncoding(marked) if marked.startswith(("utf-16", "utf-32")) else _without_wide_bom(path, head)
    if found.name == "utf-8" and marked:
        found = replace(found, name=marked)
    if found.name.startswith(("utf-16", "utf-32")):
        found = replace(found, errors="replace")
    return found


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4096)


def _without_wide_bom(path: Path, head: bytes) -> TextEncoding:
    wide = _wide_without_bom(head)
    if wide:
        return TextEncoding(wide, warnings=(_guessed(wide),))
    _refuse_what_is_not_text(head)
    return _scanned(path)


def _wide_without_bom(head: bytes) -> str:
    """UTF-16 without its mark shows as a NUL every other byte."""
    even, odd = head[0::2], head[1::2]
    if not odd or b"\0" not in head:
        return ""
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _refuse_what_is_not_text(head: bytes) -> None:
    start = head.lstrip().lower()
    json_like = start[:1] in (b"{", b"[") and start[1:].lstrip()[:1] in (b'"', b"{", b"[")
    binary = head.count(0) > 0.05 * len(head)
    if head.startswith(_NOT_TEXT) or start.startswith(_NOT_ROWS) or json_like or binary:
        raise NotATable(
            _("Ce fichier n’est ni un CSV ni un classeur."),
            _("Enregistrez vos données au format CSV, XLSX ou ODS, puis redéposez le fichier."),
        )


def _scanned(path: Path) -> TextEncoding:
    """UTF-8 when it holds to the end (or nearly), else the likeliest one-byte encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    accented = broken = 0
    high = bytearray()
    has_nul = False
    sample = ""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            has_nul = has_nul or b"\0" in chunk
            text = decoder.decode(chunk)
            sample = sample or text
            if chunk.isascii() and text.isascii():
                continue
            broken += text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd")
            beyond = chunk.translate(None, _ASCII)
            accented += sum(1 for byte in beyond[:10_000] if byte >= 0xC2)
            if len(high) < CHUNK:
                high += beyond
        broken += bool(decoder.decode(b"", final=True))
    if broken <= 0:
        return TextEncoding("utf-8", warnings=_twice_encoded(sample), has_nul=has_nul)
    if accented > 10 * broken:
        return TextEncoding("utf-8", errors=SALVAGE, warnings=(_salvaged(broken),), has_nul=has_nul)
    name = _one_byte(bytes(high))
    return TextEncoding(name, errors="replace", warnings=(_guessed(name),), has_nul=has_nul)


def _one_byte(high: bytes) -> str:
    """The one-byte encoding in which most of these bytes are letters French uses."""
    scores = {
        name: sum(high.count(letter) for letter in {c.encode(name, "ignore") for c in _FRENCH} - {b""})
        for name in _SINGLE_BYTE
    }
    best = max(_SINGLE_BYTE, key=lambda name: scores[name])
    if best == "cp1252" and any(byte in high for byte in _UNDEFINED_IN_CP1252):
        return "latin-1"
    return best


def _checked(path: Path, asked: str) -> TextEncoding:
    lines = 1
    has_nul = False
    try:
        decoder = codecs.getincrementaldecoder(asked)("strict")
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                text = decoder.decode(chunk)
                lines += text.count("\n")
                has_nul = has_nul or "\0" in text
            decoder.decode(b"", final=True)
    except LookupError as error:
        raise WrongEncoding(
            _("L’encodage « %(encoding)s » est inconnu.") % {"encoding": asked},
            _("Choisissez UTF-8, UTF-16 ou Windows-1252, ou laissez Essor le reconnaître."),
            encoding=asked,
        ) from error
    except UnicodeError as error:
        raise WrongEncoding(
            _("Le fichier n’est pas en %(encoding)s : un caractère est illisible après la ligne %(line)d.")
            % {"encoding": asked, "line": lines},
            _("Laissez Essor reconnaître l’encodage, ou enregistrez le fichier au format « CSV UTF-8 »."),
            encoding=asked,
            line=lines,
        ) from error
    return TextEncoding(
        "utf-8-sig" if asked.lower().replace("_", "-") in {"utf-8", "utf8"} else asked, has_nul=has_nul
    )


def _guessed(name: str) -> str:
    return _(
        "Le fichier ne dit pas son encodage ; il a été lu comme du %(encoding)s. "
        "Vérifiez les lettres accentuées dans l’aperçu."
    ) % {"encoding": name}


def _salvaged(count: int) -> str:
    return _(
        "Le fichier est en UTF-8, sauf %(count)d caractères lus comme du Windows-1252. "
        "Vérifiez les lettres accentuées dans l’aperçu."
    ) % {"count": count}


def _twice_encoded(sample: str) -> tuple[str, ...]:
    if sum(sample.count(pair) for pair in _TWICE_ENCODED) < 3:
        return ()
    return (
        _(
            "Des accents semblent avoir été abîmés avant l’envoi (« Ã© » au lieu de « é »). "
            "Refaites l’export d’origine en UTF-8."
        ),
    )
