"""What a client asks for: a media type of those on offer by `Accept`, codings by `Accept-Encoding` (RFC 9110, 12.5).

A range that cannot be read is passed over, as is every parameter but `q`.
"""

from collections.abc import Sequence
from typing import NamedTuple

LAST_CHOICE = 0.001  # the least weight that can be written


class Range(NamedTuple):
    """One media range of the header, such as `text/*;q=0.8`."""

    kind: str
    subtype: str
    quality: float
    position: int

    def precision(self, media_type: str) -> int:
        """How exactly this range names the type: 3 by name, 2 by its kind, 1 by `*/*`, 0 not at all."""
        kind, _, subtype = media_type.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return 3
        if (self.kind, self.subtype) == (kind, "*"):
            return 2
        return 1 if (self.kind, self.subtype) == ("*", "*") else 0


class Codings(NamedTuple):
    """How gladly a client takes an answer in gzip and one that is not compressed; 0 is not at all."""

    gzip: float
    identity: float

    @property
    def prefers_gzip(self) -> bool:
        """Gzip is taken, and no less gladly than a plain answer."""
        return 0 < self.gzip >= self.identity


def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """The offer of highest quality; among equals the one the client lists first, then the one we offer first.

    >>> preferred("text/html, */*;q=0.8", ["application/json", "text/html"])
    'text/html'
    >>> preferred("image/png", ["application/json"]) is None
    True
    """
    if not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    ranked = [(best, offer) for offer in offers if (best := _most_precise(ranges, offer)) and best.quality > 0]
    if not ranked:
        return None
    return min(ranked, key=lambda one: (-one[0].quality, one[0].position))[1]


def codings(accept_encoding: str) -> Codings:
    """The codings that the header takes; a plain answer is the last choice of a client that does not speak of it.

    >>> codings("br, gzip;q=0.5, *;q=0")
    Codings(gzip=0.5, identity=0.0)
    """
    named = {}
    for part in accept_encoding.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name and (quality := _quality(parameters)) is not None:
            named[name.removeprefix("x-")] = quality  # x-gzip is an older name of gzip
    return Codings(named.get("gzip", named.get("*", 0.0)), named.get("identity", named.get("*", LAST_CHOICE)))


def _most_precise(ranges: Sequence[Range], media_type: str) -> Range | None:
    fitting = [one for one in ranges if one.precision(media_type)]
    return max(fitting, key=lambda one: (one.precision(media_type), -one.position), default=None)


def _ranges(accept: str) -> list[Range]:
    found = []
    for position, part in enumerate(accept.lower().split(",")):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, subtype = name.partition("/")
        quality = _quality(parameters)
        if slash and kind and subtype and quality is not None:
            found.append(Range(kind, subtype, quality, position))
    return found


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return _weight(value.strip())
    return 1.0


def _weight(text: str) -> float | None:
    if not text.isascii() or not text.replace(".", "", 1).isdecimal():
        return None
    weight = float(text[:5])
    return weight if weight <= 1 else None
