"""What stands beside a file about it: `NAME.url` holds its address, `NAME.json` its `url`, `title` and `date`.

NAME is the whole name of the file, as in `2020.html.url`. A `.url` file is the bare address or a shortcut of Windows.
Nothing is refused: a sidecar that cannot be read is a warning of its file.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from loaders.file_formats.sources.model import Origin

ADDRESS, FACTS = ".url", ".json"
_LARGEST = 64 * 1024
_LONGEST = 2_000
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:\S+")
_LINE = re.compile(r"^(?:URL\s*=)?\s*([A-Za-z][A-Za-z0-9+.-]{1,20}://\S+)\s*$", re.MULTILINE | re.IGNORECASE)


def is_sidecar(path: Path) -> bool:
    """Whether this is no file to be read, but says something of the one beside it."""
    return path.suffix.lower() in (ADDRESS, FACTS) and path.with_suffix("").is_file()


def beside(path: Path) -> tuple[Origin, tuple[str, ...]]:
    """What the files beside it say of a file, and what of them cannot be read."""
    origin, warnings = Origin(), []
    for ending, reads in ((FACTS, _facts), (ADDRESS, _address)):
        sidecar = path.with_name(path.name + ending)
        try:
            if sidecar.is_file():
                origin = merged(reads(_head(sidecar)), origin)
        except (OSError, ValueError) as fault:
            warnings.append(f"the {ending} file beside it cannot be read ({fault})")
    return origin, tuple(warnings)


def merged(first: Origin, second: Origin) -> Origin:
    """What the first says, and of what it leaves open, what the second says."""
    return Origin(first.url or second.url, first.title or second.title, first.date or second.date)


def origin_of(values: Mapping[str, Any], names: tuple[str, str, str] = ("url", "title", "date")) -> Origin:
    """The address, the title and the day among some values; what is none of these is left out."""
    url, title, date = (_text(values.get(name)) for name in names)
    return Origin(url if url and _ADDRESS.fullmatch(url) else None, title, date)


def _text(value: Any) -> str | None:
    """A value as one line of text, None where it is none or far too long for what is asked."""
    text = " ".join(str(value).split()) if isinstance(value, str | int) or hasattr(value, "isoformat") else ""
    return text if 0 < len(text) <= _LONGEST else None


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_LARGEST)


def _facts(data: bytes) -> Origin:
    values = orjson.loads(data)
    if not isinstance(values, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - of the file's content, as all others here
    return origin_of(values)


def _address(data: bytes) -> Origin:
    match = _LINE.search(data.decode("utf-8-sig"))
    if match is None:
        raise ValueError("it holds no address")
    return Origin(match[1][:_LONGEST])
