"""Every setting of the process, declared once, as a field of `Settings`.

A value that its kind cannot read or that lies outside its bounds is refused: `SettingsError` names the variable, the
value and what is expected. Variables that are not declared here are left alone. An empty variable counts as not set.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path

from loaders.errors import SettingsError
from loaders.file_formats.ocr import VARIABLES, Bounds
from loaders.workers import Limits

Value = str | int | Path | tuple[str, ...]
Kind = Literal["text", "number", "path", "address", "database name", "origins"]
LONGEST_DATABASE_NAME = 63  # bytes; MongoDB's own bound

ANY_ORIGIN = "*"
ORIGIN = re.compile(r"([a-z][a-z\d+.-]*)://([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?", re.IGNORECASE)
USUAL_PORTS = {"http": 80, "https": 443}
LAST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How one setting is read from the environment, what it may be, and what it does."""

    variable: str
    kind: Kind
    help: str
    least: int = 0
    most: int = 0
    shown_default: str = ""
    name: str = ""
    default: Value = ""


def declared(default: Value | Callable[[], Value], *, repr: bool = True, **setting: Any) -> Any:  # noqa: A002 - its name
    """A field of `Settings` with what is said of it in its metadata."""
    metadata = {"setting": Setting(**setting)}
    if callable(default):
        return field(default_factory=default, repr=repr, metadata=metadata)
    return field(default=default, repr=repr, metadata=metadata)


def _data_folder() -> Path:
    return user_data_path("gongkai", appauthor=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force; construct with `from_env`, or by name in tests."""

    mongodb_uri: str = declared(
        "",
        variable="MONGODB_URI",
        kind="address",
        shown_default="a private server",
        help="MongoDB server to use (replica set, sharded cluster or Atlas), as mongodb://… or mongodb+srv://…; "
        "without it a private mongod is started under the data folder",
    )
    data: Path = declared(  # noqa: RUF009 - it makes a field
        _data_folder,
        variable="GONGKAI_DATA",
        kind="path",
        shown_default="the platform's user data folder",
        help="folder that holds the private mongod's data, socket and log",
    )
    database: str = declared(
        "gongkai",
        variable="GONGKAI_DATABASE",
        kind="database name",
        help="name of the database inside MongoDB",
    )
    mongod: str = declared(
        "",
        variable="GONGKAI_MONGOD",
        kind="text",
        shown_default="found by itself",
        help="mongod program to start as the private server; else the embedded one, else mongod on PATH",
    )
    host: str = declared(
        "127.0.0.1",
        variable="GONGKAI_HOST",
        kind="text",
        help="address that `gongkai serve` listens on; 0.0.0.0 opens it to the network",
    )
    port: int = declared(
        8000,
        variable="GONGKAI_PORT",
        kind="number",
        most=LAST_PORT,
        help="port that `gongkai serve` listens on; 0 picks a free one",
    )
    file_seconds: int = declared(
        Limits().seconds,
        variable="GONGKAI_FILE_SECONDS",
        kind="number",
        least=1,
        most=86_400,
        help="seconds of CPU time that reading one file may take",
    )
    file_memory_mb: int = declared(
        Limits().memory_mb,
        variable="GONGKAI_FILE_MEMORY_MB",
        kind="number",
        least=16,
        most=1_000_000,
        help="megabytes of memory that reading one file may take (held to on Linux)",
    )
    ocr_dpi: int = declared(
        Bounds().dpi,
        variable=VARIABLES["dpi"],
        kind="number",
        least=72,
        most=600,
        help="dots an inch at which scanned pages of a PDF are recognised",
    )
    ocr_pages: int = declared(
        Bounds().pages,
        variable=VARIABLES["pages"],
        kind="number",
        least=1,
        most=400,
        help="pages of one file that are recognised; a file with more pictures of pages is refused",
    )
    ocr_seconds: int = declared(
        Bounds().seconds,
        variable=VARIABLES["seconds"],
        kind="number",
        least=1,
        most=86_400,
        help="seconds that recognising the pages of one file may take; a page takes about ten",
    )
    body_limit: int = declared(
        100_000,
        variable="GONGKAI_BODY_LIMIT",
        kind="number",
        least=1_000,
        most=100_000_000,
        help="largest request body in bytes",
    )
    deadline_ms: int = declared(
        10_000,
        variable="GONGKAI_DEADLINE_MS",
        kind="number",
        least=1,
        most=600_000,
        help="milliseconds one request may take before it is given up; a database call gets nine tenths of it",
    )
    concurrency: int = declared(
        200,
        variable="GONGKAI_CONCURRENCY",
        kind="number",
        least=1,
        most=100_000,
        help="connections and requests served at the same time; more are answered 503",
    )
    export_rows: int = declared(
        100_000,
        variable="GONGKAI_EXPORT_ROWS",
        kind="number",
        least=1,
        most=100_000_000,
        help="rows that one export over HTTP may have; `gongkai export` has no such bound",
    )
    origins: tuple[str, ...] = declared(
        (ANY_ORIGIN,),
        variable="GONGKAI_ORIGINS",
        kind="origins",
        help="origins whose pages may read `/graphql` and `/export` in a browser, such as `https://data.example.org`, "
        "with commas between; `*` is any; none may send credentials",
    )
    secret: str = declared(
        "",
        variable="GONGKAI_SECRET",
        kind="text",
        shown_default="made once and kept in the database",
        help="text that signs cursors, the same for all servers behind one address; to be set where they have "
        "databases of their own",
        repr=False,
    )

    @property
    def database_deadline_ms(self) -> int:
        """Milliseconds for one database call: below the request's own, so that the clearer of the two errors wins."""
        return max(1, self.deadline_ms * 9 // 10)

    @property
    def file_limits(self) -> Limits:
        """What reading one file may take."""
        return Limits(seconds=self.file_seconds, memory_mb=self.file_memory_mb)


SETTINGS: tuple[Setting, ...] = tuple(
    replace(one.metadata["setting"], name=one.name, default="" if one.default is MISSING else one.default)
    for one in fields(Settings)
)


def from_env(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment asks for, defaults elsewhere; raises `SettingsError`."""
    given = os.environ if environment is None else environment
    written = {one: given.get(one.variable, "").strip() for one in SETTINGS}
    values: dict[str, Any] = {one.name: READERS[one.kind](one, text) for one, text in written.items() if text}
    return Settings(**values)


def dump(settings: Settings) -> dict[str, str]:
    """The environment that reproduces `settings`: `from_env(dump(s)) == s`."""
    return {one.variable: _written(getattr(settings, one.name)) for one in SETTINGS}


def settings_table() -> str:
    """The settings as a Markdown table, for the README."""
    rows = [
        f"| `{one.variable}` | {one.kind} | {one.shown_default or f'`{_written(one.default)}`'} | {one.help} |"
        for one in SETTINGS
    ]
    return "\n".join(["| variable | kind | default | what it does |", "|---|---|---|---|", *rows])


def _written(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _text(_setting: Setting, text: str) -> str:
    return text


def _number(setting: Setting, text: str) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(setting.most))
    if not plain or not setting.least <= int(text) <= setting.most:
        raise _refused(setting, text, expected=f"a whole number from {setting.least} to {setting.most}")
    return int(text)


def _path(_setting: Setting, text: str) -> Path:
    return Path(text).expanduser()


def _address(setting: Setting, text: str) -> str:
    if not text.startswith(("mongodb://", "mongodb+srv://")):
        raise _refused(setting, text, expected="an address that starts with mongodb:// or mongodb+srv://")
    return text


def _database_name(setting: Setting, text: str) -> str:
    if set(text) & set('/\\. "$*<>:|?\0') or len(text.encode()) > LONGEST_DATABASE_NAME:
        raise _refused(setting, text, expected='at most 63 bytes without any of /\\. "$*<>:|?')
    return text


def _origins(setting: Setting, text: str) -> tuple[str, ...]:
    if text == ANY_ORIGIN:
        return (ANY_ORIGIN,)
    found = {one.strip(): _origin(one.strip()) for one in text.split(",")}
    bad = [without_password(given) for given, origin in found.items() if not origin]
    if bad:
        examples = "https://data.example.org or http://127.0.0.1:3000, nothing after host and port"
        raise _refused(setting, text, expected=f"* alone, or origins such as {examples}; {bad[0]!r} is none")
    return tuple(dict.fromkeys(found.values()))


def _origin(text: str) -> str:
    """The origin as browsers write it (small letters, no usual port, Punycode), or nothing if it is none."""
    match = ORIGIN.fullmatch(text)
    if not match:
        return ""
    scheme, host, port = match[1].lower(), match[2].lower(), int(match[3] or 0)
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    suffix = f":{port}" if port and port != USUAL_PORTS.get(scheme) else ""
    return f"{scheme}://{host}{suffix}" if port <= LAST_PORT else ""


READERS: dict[Kind, Callable[[Setting, str], Value]] = {
    "text": _text,
    "number": _number,
    "path": _path,
    "address": _address,
    "database name": _database_name,
    "origins": _origins,
}


def _refused(setting: Setting, value: str, *, expected: str) -> SettingsError:
    return SettingsError(f"cannot use {without_password(value)!r}", hint=f"expected {expected}", where=setting.variable)


def without_password(value: str) -> str:
    """A MongoDB address as it may be printed: what stands between the last `:` and `@` never reaches a log."""
    before, at, after = value.rpartition("@")
    user, colon, _ = before.rpartition(":")
    return f"{user}:***@{after}" if at and colon else value
