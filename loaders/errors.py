"""The exceptions users can meet; everything that is wrong *inside* a readable report is data, not an exception.

    GongkaiError
    ├── SourceError        a file that is no readable report: empty, binary, scanned, too large, no permission
    ├── DatabaseError      MongoDB cannot be started, reached or written
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

    code = "DATABASE_UNAVAILABLE"


class SettingsError(GongkaiError):
    """A setting that cannot be used as given."""

    code = "SETTING_INVALID"
