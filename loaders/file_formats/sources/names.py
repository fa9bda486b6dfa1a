"""What a file is called in messages and documents, and which names say that it is none to be read."""

import os

ARCHIVE_SUFFIX = ".zip"
CORPUS_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".warc", ".warc.gz", ".wacz")


def bare(name: str) -> str:
    """The name of a file without the folders it lies in; of a member, from its archive on.

    >>> bare("/srv/reports/2020.txt"), bare("/srv/all.zip/2020/a.txt")
    ('2020.txt', 'all.zip/2020/a.txt')
    """
    steps = name.replace("\\", "/").split("/")
    archives = [place for place, step in enumerate(steps[:-1]) if step.lower().endswith(ARCHIVE_SUFFIX)]
    return "/".join(steps[archives[0] if archives else -1 :])


def shown(name: str) -> str:
    r"""The name as text: bytes that are no UTF-8 are read as the GBK of Chinese Windows, else written as escapes.

    >>> shown("2020\udcc4\udcea.txt"), shown("a\udcff.txt")
    ('2020年.txt', 'a\\xff.txt')
    """
    return "/".join(map(_shown_step, name.split("/")))


def _shown_step(step: str) -> str:
    try:
        step.encode("utf-8")
    except UnicodeEncodeError:
        return _unescaped(step)
    return step


def _unescaped(step: str) -> str:
    try:
        raw = step.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return step.encode("utf-8", "backslashreplace").decode()
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")


def is_corpus(name: str) -> bool:
    """Whether a file of that name holds many documents, one a record."""
    return name.lower().endswith(CORPUS_SUFFIXES)


def is_archive(name: str) -> bool:
    """Whether a file of that name is an archive of files."""
    return name.lower().endswith(ARCHIVE_SUFFIX)


def hidden(name: str) -> bool:
    """Whether a file of that name is none of its user's."""
    return name.startswith((".", "~$", "__MACOSX")) or name == "Thumbs.db"


def passed_over(name: str, suffixes: frozenset[str]) -> str:
    """Why a file found in a folder or an archive is not read; nothing where it is."""
    if hidden(name):
        return "hidden"
    if name.upper().startswith("README."):
        return "a readme"
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122  a member's name is no path
    if suffix in suffixes or is_archive(name) or is_corpus(name):
        return ""
    return f"unknown suffix {suffix}" if suffix else "no suffix"
