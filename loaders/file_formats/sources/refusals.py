"""The refusals that files, members and records share."""

from loaders.errors import SourceError
from loaders.faults import ErrorCode

MEGABYTE = 1024 * 1024
LARGEST_FILE = 64 * MEGABYTE


def refusal(name: str, code: ErrorCode, message: str, hint: str = "") -> SourceError:
    """A file that is not read, and why."""
    return SourceError(message, where=name, code=code, hint=hint)


def under(name: str, fault: SourceError) -> SourceError:
    """The same fault, of the file of that name."""
    return SourceError(fault.message, where=name, code=fault.fault, hint=fault.hint)


def too_large(size: int) -> SourceError:
    """A file of more bytes than one report can have."""
    message = f"{size / MEGABYTE:,.1f} MB; a report file has at most {LARGEST_FILE // MEGABYTE} MB"
    hint = "check that this is one report; for a PDF, save it without pictures"
    return refusal("", ErrorCode.FILE_TOO_LARGE, message, hint)


def unreadable(name: str, fault: OSError) -> SourceError:
    """A file that the system does not hand out."""
    if isinstance(fault, PermissionError):
        return refusal(name, ErrorCode.NO_PERMISSION, "no permission to read this")
    if isinstance(fault, FileNotFoundError):
        return refusal(name, ErrorCode.NO_SUCH_FILE, "the file is gone", "list the folder again")
    reason = fault.strerror or type(fault).__name__
    return refusal(name, ErrorCode.SOURCE_UNREADABLE, f"the system cannot read it: {reason}")
