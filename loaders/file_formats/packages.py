"""Packages: ZIP files whose members are XML, as OFD and Excel write them, read with every bound that hostile ones need.

Nothing is unpacked to disk. Refused: packages that are damaged or protected, members that are missing, point outside,
or swell without end, and XML that declares entities.
"""

import posixpath
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.model import damaged, encrypted
from loaders.file_formats.sources import SourceFile
from loaders.file_formats.sources.refusals import MEGABYTE

_LARGEST_PART = 64 * MEGABYTE
_LARGEST_WHOLE = 256 * MEGABYTE
_MOST_MEMBERS = 20_000
_ENCRYPTED_FLAG = 0x1
_AGAIN = "download the file again, or save it again with the program that wrote it"


class Package:
    """The members of one package, found by the paths that its members give each other."""

    def __init__(self, source: SourceFile, kind: str) -> None:
        self.name = source.name
        self.kind = kind
        self._left = _LARGEST_WHOLE
        try:
            self._archive = ZipFile(BytesIO(source.data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise self.broken(f"it cannot be opened ({type(fault).__name__})") from fault
        members = self._archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise self._swollen(f"has {len(members):,} members")
        if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
            raise encrypted(self.name, kind)
        # Writers on Windows part folders with backslashes, and mind no case.
        self._members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    def has(self, path: str) -> bool:
        """Whether there is a member of that path."""
        return path.lower() in self._members

    def resolve(self, location: str, *, beside: str = "") -> str:
        """The path of a member as another one, `beside`, names it."""
        location = location.strip().replace("\\", "/")
        folder = "" if location.startswith("/") else posixpath.dirname(beside)
        path = posixpath.normpath(posixpath.join(folder, location.lstrip("/")))
        if path.startswith("..") or "\0" in path:
            raise self.broken(f"it names a member outside of itself ({location[:80]})")
        return path

    def xml(self, path: str) -> etree._Element:
        """The root of a member that is XML."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(self._bytes(path), parser)
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise self.broken(f"its member {path} is no XML") from fault
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.broken(f"its member {path} declares entities, which such a file never needs")
        return root

    def broken(self, found: str) -> SourceError:
        """The refusal of this package, with what was found instead of what it should be."""
        return damaged(self.name, expected=f"an {self.kind}", found=found, hint=_AGAIN)

    def _bytes(self, path: str) -> bytes:
        member = self._members.get(path.lower())
        if member is None:
            raise self.broken(f"its member {path[:120]} is missing")
        data = self._unpacked(member)
        self._left -= len(data)
        if len(data) > _LARGEST_PART or self._left < 0:
            raise self._swollen(f"unpacks to more than {min(_LARGEST_PART, _LARGEST_WHOLE) // MEGABYTE} MB")
        return data

    def _unpacked(self, member: ZipInfo) -> bytes:
        try:
            with self._archive.open(member) as stream:
                return stream.read(_LARGEST_PART + 1)
        except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as fault:
            raise self.broken(f"its member {member.filename[:120]} cannot be unpacked") from fault

    def _swollen(self, what: str) -> SourceError:
        return SourceError(
            f"the {self.kind} {what}, as no report does",
            where=self.name,
            code=ErrorCode.FILE_TOO_LARGE,
            hint="save it without embedded objects, or split it into one file a report",
        )
