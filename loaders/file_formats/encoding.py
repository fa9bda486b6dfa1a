"""Bytes to text: which encoding a file is in.

Strict decoding decides wherever it can; frequent characters tell tables apart that all fit; charset-normalizer is
asked last. Refused: binary files, and bytes that no table turns into Chinese.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import LONGEST_TEXT, nothing_in, too_long
from loaders.vocabulary.characters import COMMON, COMMON_TRADITIONAL

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP-based file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format", "a database"),
)
# GB2312 and GBK are read as GB18030, which holds both: Python's own gb2312 table turns the dash into another character.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "ascii": "utf-8"}
_CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5")
_CJK = re.compile(r"[\u3400-\u9fff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffe\uffff]")
_SAMPLE = 64 * 1024
# Of Chinese prose about one character in seven is in COMMON; of a wrongly decoded one, one in fifty.
_PLAUSIBLE_SHARE = 0.06
_STRANGE_SHARE = 0.01
_LONGEST_CHARACTER = 4
# A crawler that cut a page may have spoiled single characters; more than this is a wrong table.
_SPOILED_SHARE = 0.002
_LOST = "\ufffd"
_LOST_SHARE = 0.05
_MOST_BYTES = LONGEST_TEXT * 6


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what had to be tolerated."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str, *, declared: str | None = None) -> Decoded:
    """The text of a file; raises SourceError that says what the bytes look like instead."""
    if not data.strip(b" \t\r\n\x00"):
        raise nothing_in(name)
    if len(data) > _MOST_BYTES:
        raise too_long(name, len(data) // 3)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise _binary(name, what)
    decoded = _strict(data, declared) or _spoiled(data, declared) or _guessed(data, name)
    if decoded.text.count(_LOST) > len(decoded.text) * _LOST_SHARE:
        raise _unknown(name, "most characters were already lost when this file was written")
    return decoded


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    decoded = _decoded(data, encoding)
    if decoded is None:
        raise _unknown(name, f"the byte order mark promises {encoding}, but the bytes are not {encoding}")
    if not decoded.text.strip():
        raise nothing_in(name)
    return decoded


def _strict(data: bytes, declared: str | None) -> Decoded | None:
    """Strict decoding: UTF-8 can hardly fit by chance; of the others, the one that reads best and well enough."""
    if b"\x00" not in data:
        utf8 = _decoded(data, "utf-8")
        if utf8 is not None and not _too_many(_CONTROLS, utf8.text[:_SAMPLE]):
            return utf8
    best: Decoded | None = None
    best_share = _PLAUSIBLE_SHARE
    for encoding in _candidates(data, declared):
        found = _decoded(data, encoding)
        if found is not None and (share := _plausibility(found.text)) > best_share:
            best, best_share = found, share
    return best


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    if declared is not None and (known := _python_name(declared)) not in {None, "utf-8", *_CANDIDATES}:
        yield str(known)
    for encoding in _CANDIDATES:
        # NUL bytes are half of each Latin letter in UTF-16 and appear in no other table.
        if encoding.startswith("utf-16") or b"\x00" not in data:
            yield encoding


def _python_name(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name)


def _decoded(data: bytes, encoding: str) -> Decoded | None:
    """Strictly decoded; a last character that was cut in two is dropped, and said."""
    try:
        return Decoded(str(data, encoding), encoding)
    except UnicodeDecodeError as fault:
        at_the_end = len(data) - fault.start < _LONGEST_CHARACTER
        if not at_the_end or fault.start == 0:
            return None
        text = data[: fault.start].decode(encoding, errors="ignore")
        return Decoded(text, encoding, ("the last character is cut in two: the file is truncated",))
    except (LookupError, UnicodeError):
        return None


def _plausibility(text: str) -> float:
    """The share of frequent characters among the Chinese ones; 0 for texts no report can be."""
    sample = text[:_SAMPLE]
    chinese = _CJK.findall(sample)
    if not chinese or _too_many(_CONTROLS, sample) or _too_many(_PRIVATE, sample):
        return 0.0
    return max(sum(char in common for char in chinese) for common in (COMMON, COMMON_TRADITIONAL)) / len(chinese)


def _too_many(pattern: re.Pattern[str], sample: str) -> bool:
    return len(pattern.findall(sample)) > len(sample) * _STRANGE_SHARE


def _spoiled(data: bytes, declared: str | None) -> Decoded | None:
    """Decoded with a few characters lost, where the rest leaves no doubt."""
    if b"\x00" in data:
        return None
    names = ("utf-8", "gb18030") if _python_name(declared or "") != "gb18030" else ("gb18030", "utf-8")
    for encoding in names:
        text = data.decode(encoding, errors="replace")
        lost = text.count(_LOST)
        if 0 < lost <= 1 + len(text) * _SPOILED_SHARE and _plausibility(text) > _PLAUSIBLE_SHARE:
            return Decoded(text, encoding, (f"{lost} spoiled character(s), the first at {text.index(_LOST)}",))
    return None


def _guessed(data: bytes, name: str) -> Decoded:
    sample = data[:_SAMPLE]
    if len(re.findall(rb"[\x00-\x08\x0e-\x1f]", sample)) > len(sample) * 0.01:
        raise _binary(name, "binary data")
    guess = from_bytes(sample).best()
    if guess is not None:
        found = _decoded(data, _SUPERSETS.get(guess.encoding, guess.encoding))
        if found is not None and _plausibility(found.text) > _PLAUSIBLE_SHARE:
            return found
    place = _first_fault(data)
    raise _unknown(name, f"the bytes from position {place:,} on are neither UTF-8, UTF-16 nor GB18030")


def _first_fault(data: bytes) -> int:
    places = []
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as fault:
            places.append(fault.start)
    return max(places, default=0)


def _binary(name: str, what: str) -> SourceError:
    return SourceError(
        f"expected text, but this is {what}",
        where=name,
        code=ErrorCode.BINARY_FILE,
    )


def _unknown(name: str, what: str) -> SourceError:
    return SourceError(
        f"the encoding cannot be told: {what}",
        where=name,
        code=ErrorCode.ENCODING_UNKNOWN,
    )
