"""The exceptions users can meet; everything that is wrong *inside* a readable report is data, not an exception.

GongkaiError
├── SourceError        a file that is no readable report: empty, binary, scanned, too large, no permission
├── DatabaseError      MongoDB cannot be started, reached or written
│   ├── DatabaseUnavailableError   away, or could not be started
│   ├── DatabaseTimeoutError       no answer within the time a call was given
│   ├── DatabaseForbiddenError     user, password, right or kind of server not good enough
│   ├── DiskFullError              no space left where MongoDB writes
│   ├── DuplicateKeyError          a unique index already holds this key
│   └── DocumentRefusedError       the validator, or a bound of MongoDB itself, turned a document away
└── SettingsError      an environment variable or option that cannot be used
"""

from loaders.faults import ErrorCode


class GongkaiError(Exception):
    """A fault a user can mend: `message` says what is wrong, `hint` what to do, `where` names the file or setting."""

    fault = ErrorCode.INTERNAL

    def __init__(self, message: str = "", *, hint: str = "", where: str = "", code: ErrorCode | None = None) -> None:
        self.fault = code or self.fault
        self.message = message or self.fault.meaning
        self.hint = hint or self.fault.hint
        self.where = where
        super().__init__(self.message)

    @property
    def code(self) -> str:
        """The name under which the fault stands in the list."""
        return self.fault.name

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" — {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class SourceError(GongkaiError):
    """A file that cannot be read as a report."""

    fault = ErrorCode.SOURCE_UNREADABLE


class DatabaseError(GongkaiError):
    """MongoDB is away, refuses, or cannot be started."""

    fault = ErrorCode.DATABASE_ERROR


class DatabaseUnavailableError(DatabaseError):
    """MongoDB cannot be started or does not answer."""

    fault = ErrorCode.DATABASE_UNAVAILABLE


class DatabaseTimeoutError(DatabaseError):
    """MongoDB did not answer within the time that the call was given."""

    fault = ErrorCode.TIMEOUT


class DatabaseForbiddenError(DatabaseError):
    """MongoDB answers, but not to this user, or is no replica set."""

    fault = ErrorCode.DATABASE_FORBIDDEN


class DiskFullError(DatabaseError):
    """There is no space left where MongoDB writes; what was stored before is unharmed."""

    fault = ErrorCode.DISK_FULL


class DuplicateKeyError(DatabaseError):
    """A unique index already holds this key; nothing of the transaction was written."""

    fault = ErrorCode.DUPLICATE_KEY


class DocumentRefusedError(DatabaseError):
    """A document breaks the collection's validator or a bound of MongoDB; nothing of the transaction was written."""

    fault = ErrorCode.DOCUMENT_REFUSED


class SettingsError(GongkaiError):
    """A setting that cannot be used as given."""

    fault = ErrorCode.SETTING_INVALID
