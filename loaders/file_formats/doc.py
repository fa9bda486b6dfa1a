"""Word and WPS files from before packages (.doc, .wps, .dot), and Word's XML of 2003: converted with LibreOffice.

LibreOffice is started where it is installed, in a profile of its own that runs no macros, follows no links and is
thrown away, and is ended when its time is over. Refused: all of them where it is not installed, files that hold no
document or a protected one, and files that it cannot convert.
"""

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from shutil import which
from subprocess import DEVNULL, TimeoutExpired, run
from tempfile import TemporaryDirectory

from loaders.errors import SourceError
from loaders.faults import ErrorCode
from loaders.file_formats import docx
from loaders.file_formats.model import Draft, damaged, encrypted
from loaders.file_formats.recognition import is_protected, is_word_stream
from loaders.file_formats.sources import SourceFile

MEDIA_TYPE = "application/msword"
SECONDS = 60
_START_AGAIN = 81  # asked for by the first start in a new profile
_MOST_STARTS = 3
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SETTINGS = {
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("org.openoffice.Office.Writer/Content/Update", "Link"): "0",
}
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)
_ITEM = '<item oor:path="/{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_INSTALL = "install LibreOffice (on Debian or Ubuntu: apt install libreoffice-writer-nogui), or save it as .docx"
_AGAIN = "open it in Word or WPS and save it as .docx"


def read(source: SourceFile) -> Draft:
    """The report in an old Word file."""
    if is_protected(source.data):
        raise encrypted(source.name, "Word file")
    if not is_word_stream(source.data):
        raise damaged(source.name, expected="a Word file", found="there is no document in it", hint=_AGAIN)
    program = converter()
    if program is None:
        raise SourceError(
            "an old Word file (.doc, .wps) is read with LibreOffice, which is not installed",
            where=source.name,
            code=ErrorCode.UNSUPPORTED_FORMAT,
            hint=_INSTALL,
        )
    with TemporaryDirectory(prefix="gongkai-doc-", ignore_cleanup_errors=True) as folder:
        converted = _converted(source, program, Path(folder))
    return replace(docx.read(replace(source, data=converted)), media_type=MEDIA_TYPE)


@lru_cache(maxsize=1)
def converter() -> str | None:
    """Where LibreOffice is, or None; on Linux the program itself, for the script before it cannot be ended with it."""
    script = next((found for program in _PROGRAMS if (found := which(program))), None)
    if script is None:
        return None
    program = Path(script).resolve().with_name("soffice.bin")
    return str(program) if program.is_file() else script


def _converted(source: SourceFile, program: str, folder: Path) -> bytes:
    given, profile = folder / "given.doc", folder / "profile" / "user"
    given.write_bytes(source.data)
    profile.mkdir(parents=True)
    items = (_ITEM.format(path, name, value) for (path, name), value in _SETTINGS.items())
    (profile / "registrymodifications.xcu").write_text(_PROFILE.format("".join(items)), encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore"]
    command += ["--nolockcheck", "--nodefault", "--nologo"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(given)]
    try:
        for _ in range(_MOST_STARTS):
            if _run(command, folder) != _START_AGAIN:
                break
        return (folder / "given.docx").read_bytes()
    except TimeoutExpired as fault:
        message = f"LibreOffice has not converted it within {SECONDS} seconds"
        raise SourceError(message, where=source.name, code=ErrorCode.FILE_TOO_LARGE, hint=_AGAIN) from fault
    except FileNotFoundError as fault:
        found = "LibreOffice cannot convert it"
        raise damaged(source.name, expected="a Word file", found=found, hint=_AGAIN) from fault


def _run(command: list[str], folder: Path) -> int:
    """The exit code of a program, which ends with us, and has nowhere to write but to a folder that is thrown away."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    ended = run(  # noqa: S603  a program found by us, and arguments made by us
        command,
        cwd=folder,
        env=environment,
        timeout=SECONDS,
        check=False,
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    return ended.returncode
