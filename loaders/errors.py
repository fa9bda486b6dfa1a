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


class GongkaiError(Exception):
    """A fault a user can mend: `message` says what is wrong, `hint` what to do, `where` names the file or setting."""

    code = "GONGKAI_ERROR"

    def __init__(self, message: str, *, hint: str = "", where: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        self.code = code or self.code

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" — {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class SourceError(GongkaiError):
    """A file that cannot be read as a report."""

    code = "SOURCE_UNREADABLE"


class DatabaseError(GongkaiError):
    """MongoDB is away, refuses, or cannot be started."""

    code = "DATABASE_ERROR"


class DatabaseUnavailableError(DatabaseError):
    """MongoDB cannot be started or does not answer."""

    code = "DATABASE_UNAVAILABLE"


class DatabaseTimeoutError(DatabaseError):
    """MongoDB did not answer within the time that the call was given."""

    code = "TIMEOUT"


class DatabaseForbiddenError(DatabaseError):
    """MongoDB answers, but not to this user, or is no replica set."""

    code = "DATABASE_FORBIDDEN"


class DiskFullError(DatabaseError):
    """There is no space left where MongoDB writes; what was stored before is unharmed."""

    code = "DISK_FULL"


class DuplicateKeyError(DatabaseError):
    """A unique index already holds this key; nothing of the transaction was written."""

    code = "DUPLICATE_KEY"


class DocumentRefusedError(DatabaseError):
    """A document breaks the collection's validator or a bound of MongoDB; nothing of the transaction was written."""

    code = "DOCUMENT_REFUSED"


class SettingsError(GongkaiError):
    """A setting that cannot be used as given."""

    code = "SETTING_INVALID"
