"""What the tests have worker processes do; not beside the tests, for a worker is quicker to start without pytest."""

import ctypes
import os
import re
import signal
import time
from subprocess import Popen

from loaders.workers import more_time

MEGABYTE = 1024 * 1024


def endless() -> None:
    while True:
        pass


def getting_on() -> str:
    """More CPU time than one second in all, but never a second without a word."""
    for _ in range(3):
        until = time.process_time() + 0.5
        while time.process_time() < until:
            pass
        more_time()
    return "got there"


def endless_in_c() -> None:
    re.fullmatch("(a*)*b", "a" * 40)


def crash() -> None:
    ctypes.string_at(0)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def failing() -> None:
    raise ValueError("nobody\nforesaw this")


def exit_at_once() -> None:
    os._exit(7)


def talkative() -> str:
    print("not a reply")  # noqa: T201 - as libraries do
    return "said"


def greedy() -> str:
    try:
        return str(len(bytearray(100 * MEGABYTE)))
    except MemoryError:
        return "bounded"


def starting_another() -> int:
    return Popen(["sleep", "600"]).pid


def done(item: object) -> object:
    return item() if callable(item) else item


def process(item: object) -> tuple[object, int]:
    return item, os.getpid()


def unprepared() -> None:
    raise ImportError("no such library")


def held(megabytes: int) -> int:
    globals()["kept"] = bytearray(megabytes * MEGABYTE)
    return os.getpid()
