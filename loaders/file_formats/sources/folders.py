"""The files under the paths that were given: files, folders, patterns and archives.

Refused is what does not exist or may not be read, and folders that hold nothing to be read. Links in a folder that
lead out of it are passed over: who gives a folder means what is in it.
"""

import os
from collections.abc import Collection, Iterable
from glob import glob
from pathlib import Path

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats.sources.archives import members_of
from loaders.file_formats.sources.model import Entry, Inventory
from loaders.file_formats.sources.names import hidden, is_archive, passed_over, shown
from loaders.file_formats.sources.refusals import refusal, unreadable
from loaders.file_formats.sources.sidecars import is_sidecar

OUTSIDE = "a link that leads out of the folder"


def inventory(paths: Iterable[str | Path], *, suffixes: Collection[str]) -> Inventory:
    """Everything under the paths that has one of the suffixes; a file named outright is taken whatever its suffix."""
    total = Inventory.of(_under(str(path), frozenset(suffixes)) for path in paths)
    once = {(os.path.realpath(entry.path), entry.member): entry for entry in reversed(total.entries)}
    return Inventory(tuple(reversed(once.values())), total.skipped, total.failures)


def _under(path: str, suffixes: frozenset[str]) -> Inventory:
    place = Path(path)
    try:
        if place.is_dir():
            return _folder(place, suffixes)
        if place.exists():
            return _named(place, place.name, suffixes)
    except (OSError, ValueError) as fault:
        return Inventory(failures=(_no_path(path, fault),))
    # Path.glob takes no absolute patterns.
    matches = sorted(glob(path, recursive=True)) if any(sign in path for sign in "*?[") else []  # noqa: PTH207
    if matches:
        places = [Path(match) for match in matches]
        return Inventory.of(
            _folder(place, suffixes) if place.is_dir() else _within(place, place.name, suffixes) for place in places
        )
    hint = "check the spelling; put patterns with * in quotes, or give a folder to take everything in it"
    return Inventory(failures=(refusal(shown(path), ErrorCode.NO_SUCH_FILE, "there is no such file or folder", hint),))


def _no_path(path: str, fault: OSError | ValueError) -> SourceError:
    if isinstance(fault, OSError):
        return unreadable(shown(path), fault)
    return refusal(shown(path), ErrorCode.NO_SUCH_FILE, f"this is no path ({fault})", "check the spelling")


def _named(path: Path, kept_name: str, suffixes: frozenset[str]) -> Inventory:
    if is_archive(path.name):
        return _not_nothing(shown(str(path)), members_of(path, shown(kept_name), suffixes))
    return Inventory((Entry(shown(str(path)), path, shown(kept_name), size=_size(path)),))


def _size(path: Path) -> int:
    """How large the file is, as far as that can be told before it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _folder(folder: Path, suffixes: frozenset[str]) -> Inventory:
    faults: list[OSError] = []
    parts: list[Inventory] = []
    home = os.path.realpath(folder)
    for place, below, names in os.walk(folder, onerror=faults.append):
        below[:] = sorted(name for name in below if not hidden(name))
        away = [name for name in below if _leads_out(Path(place, name), home)]
        parts.append(Inventory(skipped=tuple((shown(str(Path(place, name))), OUTSIDE) for name in away)))
        files = [Path(place, name) for name in sorted(names)]
        parts.extend(_in_folder(path, folder, home, suffixes) for path in files)
    failures = tuple(unreadable(shown(str(fault.filename)), fault) for fault in faults)
    return _not_nothing(shown(str(folder)), Inventory.of([*parts, Inventory(failures=failures)]))


def _in_folder(path: Path, folder: Path, home: str, suffixes: frozenset[str]) -> Inventory:
    if not hidden(path.name) and _leads_out(path, home):
        return Inventory(skipped=((shown(str(path)), OUTSIDE),))
    return _within(path, path.relative_to(folder).as_posix(), suffixes)


def _leads_out(path: Path, home: str) -> bool:
    """Whether this is a link to something that is not in the folder; a link to nothing leads nowhere."""
    if not path.is_symlink():
        return False
    target = os.path.realpath(path)
    return os.path.lexists(target) and target != home and not target.startswith(os.path.join(home, ""))  # noqa: PTH118


def _not_nothing(name: str, found: Inventory) -> Inventory:
    if found.entries or found.failures:
        return found
    return Inventory(skipped=found.skipped, failures=(_without_reports(name, found),))


def _within(path: Path, kept_name: str, suffixes: frozenset[str]) -> Inventory:
    reason = "what is known of the file beside it" if is_sidecar(path) else passed_over(path.name, suffixes)
    if reason:
        return Inventory(skipped=((shown(str(path)), reason),))
    return _named(path, kept_name, suffixes)


def _without_reports(name: str, found: Inventory) -> SourceError:
    held = "; ".join(f"{count} x {reason}" for reason, count in found.skipped_reasons().items()) or "it is empty"
    return refusal(name, ErrorCode.NO_REPORTS, f"no report files here ({held})")
