"""A command run on a real terminal of so many columns: what it shows there, and its exit code."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_LINES = 24
_GONE_BACK = re.compile(r"\n(\x1b\[\?25h)?\r?\x1b\[1A")  # what follows is written over the line before
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def on_terminal(
    command: Sequence[str | Path], environment: Mapping[str, str], *, columns: int = 80, answer: str = ""
) -> tuple[list[str], int]:
    """The lines that a command leaves on a terminal, where its question is answered so; and its exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, columns, 0, 0))
    settings = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", **environment}
    with subprocess.Popen(command, env=settings, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        for part in _parts(ours):
            shown += part
            if answer and shown.endswith(b": "):
                os.write(ours, answer.encode())
    os.close(ours)
    lines = _CONTROLS.sub("", _GONE_BACK.sub("\r", shown.decode())).split("\n")
    return [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in lines], process.returncode


def _parts(ours: int) -> Iterator[bytes]:
    """All that is written until the last program has closed the terminal, which Linux tells by an error."""
    while True:
        try:
            part = os.read(ours, 65_536)
        except OSError:
            return
        if not part:
            return
        yield part
