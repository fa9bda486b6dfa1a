"""The bytes of an entry, whether it is a file, a member of an archive or a record of a corpus."""

from pathlib import Path
from stat import S_ISREG

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.archives import member_bytes
from loaders.file_formats.sources.model import Entry, Origin, Record, SourceFile
from loaders.file_formats.sources.names import shown
from loaders.file_formats.sources.refusals import LARGEST_FILE, refusal, too_large, under, unreadable
from loaders.file_formats.sources.sidecars import beside, merged


def fetch(entry: Entry) -> SourceFile:
    """The bytes of an entry, with what is known of it; raises SourceError where they cannot be had."""
    try:
        source = _record(entry, entry.record) if entry.record else _stored(entry)
    except SourceError as fault:
        raise under(entry.name, fault) from None
    except OSError as fault:
        raise unreadable(entry.name, fault) from fault
    if not source.data:
        what = "record" if entry.record else "file"
        raise refusal(entry.name, ErrorCode.EMPTY_FILE, f"the {what} is empty (0 bytes)")
    return source


def _record(entry: Entry, record: Record) -> SourceFile:
    if record.fault:
        raise record.fault
    origin = entry.origin or Origin()
    return SourceFile(
        entry.name, record.data, entry.path, origin, record=record.place, ending=record.ending, charset=record.charset
    )


def _stored(entry: Entry) -> SourceFile:
    told = entry.origin or Origin()
    if entry.member is not None:
        return SourceFile(entry.name, member_bytes(entry.path, entry.member), entry.path, told)
    data = _file(entry.path)
    origin, warnings = beside(entry.path)
    return SourceFile(entry.name, data, entry.path, merged(told, origin), warnings=warnings)


def _file(path: Path) -> bytes:
    status = path.stat()
    if not S_ISREG(status.st_mode):
        name = shown(str(path))
        raise refusal(name, ErrorCode.UNSUPPORTED_FORMAT, "this is no ordinary file", "give a file or a folder")
    if status.st_size > LARGEST_FILE:
        raise too_large(status.st_size)
    return path.read_bytes()
