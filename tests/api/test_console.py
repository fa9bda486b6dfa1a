"""What the command line shows, on a terminal and in a pipe."""

import io
from collections.abc import Callable

import orjson
import pytest
from rich.console import Console

from api import console
from api.console import MOST_NAMED, Output, Tally, counted, fault_as_json
from loaders.errors import SourceError


def table_on(width: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[list[str]]], str]:
    """The table that a terminal of that many columns shows."""
    shown = io.StringIO()

    def terminal(**_options: object) -> Console:
        return Console(file=shown, width=width, force_terminal=True, no_color=True, highlight=False, soft_wrap=False)

    monkeypatch.setattr(console, "Console", terminal)

    def show(rows: list[list[str]]) -> str:
        Output().table(("agency", "message"), rows)
        return shown.getvalue()

    return show


def test_a_long_chinese_message_is_folded_and_never_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    message = "本年度办理结果各项之和等于总计：左边合计一百二十五，右边合计一百二十八，相差三"

    lines = table_on(40, monkeypatch)([["青岚县", message]]).splitlines()

    assert "".join(line.split()[-1] for line in lines[1:]) == message
    assert len(lines) > 2


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports"), (5000, "5,000 reports")]
)
def test_a_number_agrees_with_its_noun(count: int, words: str) -> None:
    assert counted(count, "report") == words


def test_a_file_that_is_not_read_is_named_with_its_reason_and_many_are_counted() -> None:
    few = Tally(not_read=[("a/film.mp4", "unknown suffix .mp4")])
    many = Tally(not_read=[(f"{number}.mp4", "unknown suffix .mp4") for number in range(MOST_NAMED + 1_500)])

    assert list(few.lines_not_read()) == ["a/film.mp4: not read (unknown suffix .mp4)"]
    assert len(list(many.lines_not_read())) == MOST_NAMED + 1
    assert list(many.lines_not_read())[-1] == "and 1,500 more files not read; --json names all"
    assert many.as_json()["notRead"][-1] == {"file": "1519.mp4", "reason": "unknown suffix .mp4"}


@pytest.mark.parametrize(
    "name", ["a\x1b]0;title\x07.txt", "a\x9b31m", "a\nb", "a\tb", "a\u202egpj.txt", "a\udcff.txt", "a\rb"]
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    output.fault(SourceError(f"in {name}", where=name, hint=f"look at {name}"))
    output.note(name)
    output.result(None, f"1 loaded from {name.replace(chr(10), '')}")
    output.table(["name", "more"], [[name, "2"]])

    out, err = capsys.readouterr()

    assert (out + err).isascii()
    assert [line for line in (out + err).split("\n") if not line.replace("\t", " ").isprintable()] == []
    assert (out.count("\n"), err.count("\n")) == (3, 3)
    orjson.dumps(fault_as_json(SourceError(where=name)))
